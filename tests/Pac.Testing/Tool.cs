using System.Diagnostics;
using System.Text;

namespace Pac.Testing;

/// <summary>A program of the machine that some tests need: found, or installed where that is allowed, or missing with a reason.</summary>
public sealed record Tool(string? Path, string Missing)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private static readonly SemaphoreSlim OneInstaller = new(1);

    /// <summary>Finds a program under one of its names, else asks Debian's package manager for it.</summary>
    public static async Task<Tool> Find(string[] names, params string[] packages)
    {
        if (Search(names) is { } found)
            return new(found, "");
        var reason = await Install(packages);
        return Search(names) is { } installed
            ? new(installed, "")
            : new(null, $"{names[0]} is missing ({reason}). Install it with: apt-get install {string.Join(' ', packages)}");
    }

    /// <summary>Runs a program to its end.</summary>
    /// <returns>Its exit code, and everything it wrote.</returns>
    public static async Task<(int Code, string Said)> Run(
        string program,
        IEnumerable<string> arguments,
        string folder,
        params (string Name, string? Value)[] environment
    )
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(Patience);
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var error = process.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, await output + await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return (-1, $"{program} did not end within {Patience}.");
        }
    }

    private static string? Search(string[] names) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            // Daemons lie where only the path of root leads.
            .Append("/usr/sbin")
            .SelectMany(_ => names, (folder, name) => System.IO.Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);

    private static async Task<string> Install(string[] packages)
    {
        if (Search(["apt-get"]) is not { } apt)
            return "this is not a Debian system";
        string[] asRoot = [];
        if (Environment.UserName != "root")
        {
            if (Search(["sudo"]) is not { } sudo || (await Run(sudo, ["-n", "true"], "/")).Code != 0)
                return "this user may not install packages";
            asRoot = [sudo, "-n"];
        }
        await OneInstaller.WaitAsync();
        try
        {
            string[] get = [.. asRoot, apt, "-q", "-y", "-o", "DPkg::Lock::Timeout=300"];
            (string, string?) quiet = ("DEBIAN_FRONTEND", "noninteractive");
            await Console.Error.WriteLineAsync($"Installing {string.Join(' ', packages)}.");
            await Run(get[0], [.. get[1..], "update"], "/", quiet);
            var (code, said) = await Run(get[0], [.. get[1..], "install", "--no-install-recommends", .. packages], "/", quiet);
            return code == 0 ? "installed, but not found" : "apt-get said: " + said.Trim().Split('\n')[^1];
        }
        finally
        {
            OneInstaller.Release();
        }
    }
}
