using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Pac.Host.Tests;

/// <summary>The real host as a program of its own, started as an operator starts it. What it says is kept.</summary>
internal sealed class HostProgram : IAsyncDisposable
{
    private const int Terminate = 15;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly Process _process;
    private readonly StringBuilder _said = new();
    private readonly TaskCompletionSource _silent = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _open = 2;

    private HostProgram(ProcessStartInfo start)
    {
        _process = new() { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Everything it wrote to its standard output and its standard error.</summary>
    public string Said
    {
        get
        {
            lock (_said)
                return _said.ToString();
        }
    }

    public bool HasEnded => _process.HasExited;

    /// <summary>Starts it with these settings as environment variables; null takes one away.</summary>
    public static HostProgram Start(IReadOnlyDictionary<string, string?> settings, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = Path.Combine(Testing.TestDatabase.RepositoryRoot(), "src", "Host"),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Pac.Host.dll"));
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var name in new[] { "ASPNETCORE_URLS", "DOTNET_ENVIRONMENT", "ConnectionStrings__Pac", "Pac__Sandbox" })
            start.Environment.Remove(name);
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        return new(start);
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<(int Code, string Said)> Run(IReadOnlyDictionary<string, string?> settings, params string[] arguments)
    {
        await using var program = Start(settings, arguments);
        return (await program.Ends(), program.Said);
    }

    /// <summary>Waits for its end and gives its exit code.</summary>
    public async Task<int> Ends()
    {
        using var limit = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(limit.Token);
        await _silent.Task.WaitAsync(limit.Token);
        return _process.ExitCode;
    }

    /// <summary>kill -9: it can neither finish nor clean up.</summary>
    public async Task Kill()
    {
        _process.Kill(entireProcessTree: true);
        await Ends();
    }

    /// <summary>Asks it to end, as a service manager does.</summary>
    public Task<int> Stop()
    {
        Assert.Equal(0, Signal(_process.Id, Terminate));
        return Ends();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await Kill();
        _process.Dispose();
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int process, int signal);

    private void Hear(string? line)
    {
        if (line is null)
        {
            if (Interlocked.Decrement(ref _open) == 0)
                _silent.TrySetResult();
            return;
        }
        lock (_said)
            _said.AppendLine(line);
    }
}
