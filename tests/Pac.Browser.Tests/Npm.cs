using System.Security.Cryptography;
using Pac.Testing;

namespace Pac.Browser.Tests;

/// <summary>Node with the packages of <c>package.json</c>: clients that other people wrote, and axe-core.</summary>
internal sealed class Npm
{
    /// <summary>The folder of <c>package.json</c>.</summary>
    public static readonly string Folder = Path.Combine(TestDatabase.RepositoryRoot(), "tests", "Pac.Browser.Tests");

    // The browser driver brings a Node of its own, so only npm has to be there.
    private static readonly string[] DriversNode = Directory.GetFiles(
        Path.Combine(AppContext.BaseDirectory, ".playwright", "node"),
        "node",
        SearchOption.AllDirectories
    );

    private Npm(string missing) => Missing = missing;

    /// <summary>The program that runs scripts.</summary>
    public static string Node => DriversNode[0];

    /// <summary>Why nothing can be run; empty when it can.</summary>
    public string Missing { get; }

    /// <summary>Installs the packages as the lock file says, unless that has been done.</summary>
    public static async Task<Npm> Prepare()
    {
        if (DriversNode.Length == 0)
            return new("The browser driver brings no Node for this kind of machine.");
        var wanted = Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(Folder, "package-lock.json"))));
        var stamp = Path.Combine(Folder, "node_modules", ".installed");
        if (File.Exists(stamp) && await File.ReadAllTextAsync(stamp) == wanted)
            return new("");
        var npm = await Tool.Find(["npm"], "npm");
        if (npm.Path is null)
            return new(npm.Missing);
        var (code, said) = await Tool.Run(npm.Path, ["ci", "--no-audit", "--no-fund"], Folder);
        if (code != 0)
            return new("The packages of npm cannot be installed: " + said.Trim());
        await File.WriteAllTextAsync(stamp, wanted);
        return new("");
    }

    /// <summary>A file of an installed package.</summary>
    public static Task<string> Read(params string[] path) => File.ReadAllTextAsync(Path.Combine([Folder, .. path]));

    /// <summary>
    /// Runs a script, given by its path from this project. It reports each check as a line <c>ok NAME</c> or
    /// <c>not ok NAME: WHY</c>; it fails unless it reports some, all are good, and it ends with 0.
    /// </summary>
    /// <returns>The lines it wrote.</returns>
    public async Task<string[]> Run(string script, params (string Name, string? Value)[] environment)
    {
        Assert.SkipUnless(Missing.Length == 0, Missing);
        var (code, said) = await Tool.Run(Node, [script], Folder, environment);
        var lines = said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        TestContext.Current.TestOutputHelper?.WriteLine(said);
        Assert.DoesNotContain(lines, l => l.StartsWith("not ok", StringComparison.Ordinal));
        Assert.True(code == 0, $"{script} ended with {code}:\n{said}");
        Assert.Contains(lines, l => l.StartsWith("ok ", StringComparison.Ordinal));
        return lines;
    }
}
