using System.Text.Json;
using System.Text.RegularExpressions;

namespace Pac.ArchitectureTests.Rules;

/// <summary>Which project may refer to what.</summary>
internal static partial class ProjectRules
{
    private const string Graph = "architecture-tests/decisions/0002-module-graph.md";

    private static readonly string[] TestPackages =
    [
        "CsCheck",
        "Microsoft.AspNetCore.Mvc.Testing",
        "Microsoft.Playwright",
        "Npgsql",
        "PdfPig",
        "Respawn",
        "TngTech.ArchUnitNET",
        "xunit.v3",
        "xunit.v3.extensibility.core",
    ];

    private static readonly string[] HostPackages =
    [
        "Npgsql.OpenTelemetry",
        "OpenTelemetry.Exporter.OpenTelemetryProtocol",
        "OpenTelemetry.Extensions.Hosting",
        "OpenTelemetry.Instrumentation.AspNetCore",
        "Swashbuckle.AspNetCore",
    ];

    // What a module or building block uses beyond the tools that all modules have.
    private static readonly Dictionary<string, string[]> OwnPackages = new()
    {
        ["Pac.BuildingBlocks"] =
        [
            "EFCore.NamingConventions",
            "FluentValidation",
            "MailKit",
            "MediatR",
            "Microsoft.EntityFrameworkCore.Relational",
            "Npgsql.EntityFrameworkCore.PostgreSQL",
        ],
        ["Pac.EmbeddedPostgres"] = ["Npgsql"],
        ["Pac.Dossiers"] =
        [
            "AWSSDK.S3",
            "CsvHelper",
            "MiniExcel",
            "QRCoder",
            "SkiaSharp",
            "SkiaSharp.NativeAssets.Linux.NoDependencies",
            "System.Security.Cryptography.Pkcs",
        ],
        ["Pac.Identity"] =
        [
            "Microsoft.AspNetCore.Authentication.OpenIdConnect",
            "CsvHelper",
            "Microsoft.AspNetCore.DataProtection.EntityFrameworkCore",
            "Microsoft.AspNetCore.Identity.EntityFrameworkCore",
            "OpenIddict.AspNetCore",
            "OpenIddict.EntityFrameworkCore",
            "QRCoder",
        ],
    };

    public static IReadOnlyList<Rule> All { get; } =
    [
        Rule.Each(1, "A module folder holds exactly the module and its contracts", "Pac.Broken.Extra", s => s.Files.Modules(), TwoProjects),
        Rule.Each(
            1,
            "The host refers to every module",
            "Broken is not referred to",
            s => s.Files.Modules(),
            (s, m) =>
                s.Files.Projects().Any(p => p.Kind == Kind.Host && p.References.Contains($"Pac.{m}"))
                    ? []
                    : [$"{m} is not referred to by the host"]
        ),
        Rule.Each(
            2,
            "A module refers to building blocks, its contracts and contracts of others",
            "Pac.Broken refers to Pac.Facilities",
            s => Of(s, Kind.Module),
            (s, p) => Forbidden(p, r => IsContracts(s, r) || r is "Pac.BuildingBlocks" or "Pac.SharedKernel")
        ),
        Rule.Each(
            3,
            "Contracts refer to the shared kernel only",
            "Pac.Broken.Contracts refers to Pac.Facilities.Contracts",
            s => Of(s, Kind.Contracts),
            (_, p) => Forbidden(p, r => r == "Pac.SharedKernel")
        ),
        Rule.Each(
            3,
            "The shared kernel refers to no project but the marker interfaces",
            "Pac.SharedKernel refers to Pac.BuildingBlocks",
            s => Of(s, Kind.Kernel),
            (_, p) => Forbidden(p, r => r == "MediatR.Contracts")
        ),
        Rule.Each(4, "Modules know each other as the decision on the module graph says", "Broken -> Facilities", Decision, EdgesDiffer),
        Rule.Each(4, "The module graph has no cycle but those listed", "Broken, Facilities", Decision, UnlistedCycles),
        Rule.Each(
            5,
            "Only the host, and the tests of a module, refer to the module",
            "Pac.Elsewhere.Tests refers to Pac.Broken",
            s => s.Files.Projects(),
            (s, p) =>
                p.Kind == Kind.Host
                    ? []
                    : Forbidden(
                        p,
                        r =>
                            !s.Files.Modules().Contains(r[(r.IndexOf('.', StringComparison.Ordinal) + 1)..])
                            || p.Name == r + ".Tests"
                            // What a token costs is measured on the identity module alone, with nothing else in the process.
                            || p.Name == "Pac.Benchmarks" && r == "Pac.Identity"
                    )
        ),
        Rule.Each(
            5,
            "Nothing but its tests refers to the host",
            "Pac.Broken refers to Pac.Host",
            s => s.Files.Projects(),
            (_, p) =>
                p.Name is "Pac.Host.Tests" or "Pac.Browser.Tests" or "Pac.ArchitectureTests" or "Pac.Benchmarks"
                    ? []
                    : Forbidden(p, r => r != "Pac.Host")
        ),
        Rule.Each(6, "No project states a version of a package", "Pac.Broken states a version", s => s.Files.Projects(), StatesVersion),
        Rule.Each(6, "Only test code turns warnings off", "Pac.Broken turns off CS0618", s => s.Files.Projects(), TurnsOff),
        Rule.Each(
            6,
            "A project uses the packages of its kind",
            "Pac.Broken uses Some.Package",
            s => s.Files.Projects(),
            (_, p) => p.Packages.Except(AllowedFor(p)).Select(r => $"{p.Name} uses {r}")
        ),
        Rule.Each(
            42,
            "MediatR is 12.5.0 and Microsoft's product packages are 10",
            "MediatR 13.0.0",
            s => s.Files.Files.Where(f => f.Key.EndsWith("packages.lock.json", StringComparison.Ordinal)),
            (_, f) => WrongVersions(f.Key, f.Value)
        ),
    ];

    private static IEnumerable<string> Decision(Subject s) => [Graph];

    private static IEnumerable<Project> Of(Subject s, Kind kind) => s.Files.Projects().Where(p => p.Kind == kind);

    private static bool IsContracts(Subject s, string name) => s.Files.Modules().Any(m => name == $"Pac.{m}.Contracts");

    private static IEnumerable<string> Forbidden(Project project, Func<string, bool> allowed) =>
        project.References.Where(r => !allowed(r)).Select(r => $"{project.Name} refers to {r}");

    private static IEnumerable<string> TwoProjects(Subject s, string module)
    {
        var found = s.Files.Projects().Where(p => p.Module == module).Select(p => p.Name).ToHashSet();
        found.SymmetricExceptWith([$"Pac.{module}", $"Pac.{module}.Contracts"]);
        return found.Select(p => $"{module}: {p} is missing or too many");
    }

    private static IEnumerable<(string From, string To)> Edges(Subject s) =>
        from project in Of(s, Kind.Module)
        from reference in project.References
        where IsContracts(s, reference) && reference != project.Name + ".Contracts"
        select (project.Module, reference.Split('.')[1]);

    private static IEnumerable<string> EdgesDiffer(Subject s, string decision)
    {
        var listed = EdgeRow().Matches(s.Files.Files[decision]).Select(m => (m.Groups[1].Value, m.Groups[2].Value));
        var edges = Edges(s).ToHashSet();
        edges.SymmetricExceptWith(listed);
        return edges.Select(e => $"{e.From} -> {e.To} stands in the projects or in the decision, not in both");
    }

    private static IEnumerable<string> UnlistedCycles(Subject s, string decision)
    {
        var edges = Edges(s).ToLookup(e => e.From, e => e.To);
        var listed = ListedCycle().Matches(s.Files.Files[decision]).Select(m => m.Groups[1].Value).ToHashSet();
        return s
            .Files.Modules()
            .Select(m =>
                string.Join(", ", s.Files.Modules().Where(o => o == m || Reaches(m, o) && Reaches(o, m)).Order(StringComparer.Ordinal))
            )
            .Where(c => c.Contains(',', StringComparison.Ordinal) && !listed.Contains(c))
            .Distinct();

        bool Reaches(string from, string to)
        {
            HashSet<string> seen = [];
            Queue<string> open = new(edges[from]);
            while (open.TryDequeue(out var next))
            {
                if (next == to)
                    return true;
                if (seen.Add(next))
                    foreach (var further in edges[next])
                        open.Enqueue(further);
            }
            return false;
        }
    }

    private static IEnumerable<string> StatesVersion(Subject s, Project project) =>
        project
            .Xml.Descendants("PackageReference")
            .Any(p => p.Attribute("Version") is not null || p.Attribute("VersionOverride") is not null)
            ? [$"{project.Name} states a version of a package"]
            : [];

    private static IEnumerable<string> TurnsOff(Subject s, Project project) =>
        from element in project.Xml.Descendants("NoWarn")
        from warning in element.Value.Split(';', StringSplitOptions.RemoveEmptyEntries)
        where warning != "$(NoWarn)" && !(project.Kind == Kind.Test && warning == "CS1591")
        select $"{project.Name} turns off {warning}";

    private static IEnumerable<string> AllowedFor(Project project) =>
        project.Kind switch
        {
            Kind.Contracts or Kind.Kernel => [],
            Kind.Module => OwnPackages.GetValueOrDefault(project.Name, []).Append("Microsoft.EntityFrameworkCore.Design"),
            Kind.BuildingBlock => OwnPackages.GetValueOrDefault(project.Name, []),
            Kind.Host => HostPackages,
            _ => TestPackages,
        };

    private static IEnumerable<string> WrongVersions(string path, string text)
    {
        using var json = JsonDocument.Parse(text);
        return
        [
            .. from framework in json.RootElement.GetProperty("dependencies").EnumerateObject()
            from package in framework.Value.EnumerateObject()
            where package.Value.TryGetProperty("resolved", out _)
            let version = package.Value.GetProperty("resolved").GetString()!
            where
                package.Name == "MediatR" && version != "12.5.0"
                || package.Name.StartsWithAny("Microsoft.EntityFrameworkCore", "Microsoft.AspNetCore", "Microsoft.Extensions")
                    && !version.StartsWith("10.", StringComparison.Ordinal)
            select $"{path}: {package.Name} {version}",
        ];
    }

    [GeneratedRegex(@"^\| (\w+) \| (\w+)\.Contracts \|", RegexOptions.Multiline)]
    private static partial Regex EdgeRow();

    [GeneratedRegex(@"^Listed cycle: ([\w, ]+)\.", RegexOptions.Multiline)]
    private static partial Regex ListedCycle();
}
