using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Pac.CentreYear.Running;

/// <summary>The host as a child of this command.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _said = new();

    private HostProcess(Process process) => _process = process;

    /// <summary>Starts the host from the sources of this repository and waits until it is ready.</summary>
    public static async Task<HostProcess?> Start(Uri url, CancellationToken ct)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        var ready = new Uri(url, "/health/ready");
        if (await IsReady(http, ready, ct))
        {
            Console.WriteLine($"A host is ready at {url} already; it is used and left running.");
            return null;
        }
        var info = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = Repository(),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var word in (string[])["run", "--project", "src/Host", "--", "--urls", url.GetLeftPart(UriPartial.Authority)])
            info.ArgumentList.Add(word);
        Console.WriteLine($"Starting the host at {url}");
        var host = new HostProcess(Process.Start(info)!);
        host.Listen();
        try
        {
            await host.WaitUntilReady(http, ready, ct);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await AskToStop();
            using var wait = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            try
            {
                await _process.WaitForExitAsync(wait.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
            }
        }
        _process.Dispose();
    }

    private static async Task<bool> IsReady(HttpClient http, Uri ready, CancellationToken ct)
    {
        try
        {
            using var answer = await http.GetAsync(ready, ct);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
        catch (TaskCanceledException) when (!ct.IsCancellationRequested)
        {
            return false;
        }
    }

    private static string Repository()
    {
        foreach (var start in (string[])[Directory.GetCurrentDirectory(), AppContext.BaseDirectory])
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
                if (File.Exists(Path.Combine(folder.FullName, "PAC.sln")))
                    return folder.FullName;
        throw new ArgumentException("--start works inside the repository: PAC.sln lies in no folder above this one.");
    }

    // The database of the host stops with it only if the host is asked to, not killed.
    private async Task AskToStop()
    {
        if (OperatingSystem.IsWindows())
        {
            _process.Kill(entireProcessTree: true);
            return;
        }
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    private void Listen()
    {
        _process.OutputDataReceived += (_, e) => Keep(e.Data);
        _process.ErrorDataReceived += (_, e) => Keep(e.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        _said.Enqueue(line);
        if (_said.Count > 40)
            _said.TryDequeue(out _);
    }

    private async Task WaitUntilReady(HttpClient http, Uri ready, CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        while (!await IsReady(http, ready, ct))
        {
            if (_process.HasExited || watch.Elapsed > Patience)
                throw new UnexpectedAnswerException("The host did not become ready. It said:\n" + string.Join('\n', _said));
            await Task.Delay(TimeSpan.FromMilliseconds(500), ct);
        }
    }
}
