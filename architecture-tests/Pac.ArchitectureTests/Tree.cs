using System.Text.RegularExpressions;

namespace Pac.ArchitectureTests;

/// <summary>Text files by their path from the root of the repository.</summary>
internal sealed partial class Tree(IReadOnlyDictionary<string, string> files)
{
    private static readonly string[] Endings = [".cs", ".csproj", ".props", ".json", ".md", ".txt"];

    public IReadOnlyDictionary<string, string> Files { get; } = files;

    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The files of this repository.</summary>
    public static Tree OfRepository()
    {
        var folders = new[] { "src", "tests", "samples", "architecture-tests" }.Select(f => Path.Combine(Root, f));
        var paths = folders
            .SelectMany(f => Directory.EnumerateFiles(f, "*", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(Root))
            .Where(p => Endings.Contains(Path.GetExtension(p)))
            .Where(p => !p.Split(Path.DirectorySeparatorChar).Any(s => s is "bin" or "obj" or "node_modules"));
        return new(paths.ToDictionary(p => Path.GetRelativePath(Root, p).Replace('\\', '/'), File.ReadAllText));
    }

    public IEnumerable<KeyValuePair<string, string>> In(string folder) =>
        Files.Where(f => f.Key.StartsWith(folder + "/", StringComparison.Ordinal)).OrderBy(f => f.Key, StringComparer.Ordinal);

    /// <summary>Source of the module projects without their migrations.</summary>
    public IEnumerable<Source> ModuleSources() =>
        from file in In("src/Modules")
        where file.Key.EndsWith(".cs", StringComparison.Ordinal) && !file.Key.Contains("/Migrations/", StringComparison.Ordinal)
        select new Source(file.Key, file.Value);

    public IEnumerable<Project> Projects() =>
        Files
            .Where(f => f.Key.EndsWith(".csproj", StringComparison.Ordinal))
            .OrderBy(f => f.Key, StringComparer.Ordinal)
            .Select(f => Project.Read(f.Key, f.Value));

    /// <summary>Names of the modules: the folders under <c>src/Modules</c>.</summary>
    public IReadOnlyList<string> Modules() => [.. In("src/Modules").Select(f => f.Key.Split('/')[2]).Distinct()];

    /// <summary>Whether the module has code already, not only its projects.</summary>
    public bool HasCode(string module) =>
        In($"src/Modules/{module}/Pac.{module}").Any(f => f.Key.EndsWith(".cs", StringComparison.Ordinal));

    /// <summary>Code without comments and without what stands in string literals.</summary>
    public static string Bare(string code) => Noise().Replace(code, m => m.Value.StartsWith('/') ? " " : "\"\"");

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "PAC.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("PAC.sln lies in no folder above the tests.");
    }

    [GeneratedRegex(
        """
            \"{3,}[\s\S]*?\"{3,}|@"(?:[^"]|"")*"|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\])'|//[^\n]*|/\*[\s\S]*?\*/
            """
    )]
    private static partial Regex Noise();
}

/// <summary>A source file of a module.</summary>
internal sealed record Source(string Path, string Text)
{
    public string Module { get; } = Path.Split('/')[2];

    public string FileName { get; } = System.IO.Path.GetFileNameWithoutExtension(Path);

    public bool IsFeature { get; } = Path.Contains("/Features/", StringComparison.Ordinal);

    public string Bare => Tree.Bare(Text);
}
