namespace Pac.ArchitectureTests;

/// <summary>Broken files: the source of the violations as if it were modules, and projects and decisions that break rules.</summary>
internal static class PlantedTree
{
    private const string Source = "architecture-tests/Pac.ArchitectureTests.Violations/";

    private static readonly Dictionary<string, string> Samples = new()
    {
        ["src/Modules/Broken/Pac.Broken/Pac.Broken.csproj"] = """
            <Project>
              <PropertyGroup><NoWarn>$(NoWarn);CS0618</NoWarn></PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Some.Package" Version="1.0.0" />
                <ProjectReference Include="../../Facilities/Pac.Facilities/Pac.Facilities.csproj" />
                <ProjectReference Include="../../Facilities/Pac.Facilities.Contracts/Pac.Facilities.Contracts.csproj" />
                <ProjectReference Include="../../../Host/Pac.Host.csproj" />
              </ItemGroup>
            </Project>
            """,
        ["src/Modules/Broken/Pac.Broken/packages.lock.json"] = """
            { "version": 2, "dependencies": { "net10.0": { "MediatR": { "type": "Direct", "resolved": "13.0.0" } } } }
            """,
        ["src/Modules/Broken/Pac.Broken.Contracts/Pac.Broken.Contracts.csproj"] = Project("Pac.Facilities.Contracts"),
        ["src/Modules/Broken/Pac.Broken.Extra/Pac.Broken.Extra.csproj"] = Project(),
        ["src/Modules/Facilities/Pac.Facilities/Pac.Facilities.csproj"] = Project("Pac.Broken.Contracts"),
        ["src/Modules/Facilities/Pac.Facilities.Contracts/Pac.Facilities.Contracts.csproj"] = Project(),
        ["src/BuildingBlocks/Pac.SharedKernel/Pac.SharedKernel.csproj"] = Project("Pac.BuildingBlocks"),
        ["src/Host/Pac.Host.csproj"] = Project("Pac.Facilities"),
        ["tests/Pac.Elsewhere.Tests/Pac.Elsewhere.Tests.csproj"] = Project("Pac.Broken"),
        ["architecture-tests/decisions/0001-broken.md"] = "# A decision without number and headings\n",
        ["architecture-tests/decisions/0002-module-graph.md"] = "# 0002 A graph without edges\n",
        ["architecture-tests/decisions/0004-gap.md"] = "# 0004 A number too far\n",
        ["architecture-tests/approved/facts.txt"] = "violations.gone.v1: Id Guid\n",
        ["architecture-tests/approved/anonymous.txt"] = "",
    };

    public static Tree Files()
    {
        var planted = Subject.Product.Files.Files.Where(f =>
            f.Key.StartsWith(Source, StringComparison.Ordinal) && f.Key.EndsWith(".cs", StringComparison.Ordinal)
        );
        return new(Samples.Concat(planted.Select(f => KeyValuePair.Create(Moved(f.Key[Source.Length..]), f.Value))).ToDictionary());
    }

    private static string Moved(string path) =>
        path.StartsWith("Elsewhere/", StringComparison.Ordinal) ? "src/Modules/Elsewhere/Pac.Elsewhere/" + path["Elsewhere/".Length..]
        : path.StartsWith("Contracts/", StringComparison.Ordinal)
            ? "src/Modules/Violations/Pac.Violations.Contracts/" + path["Contracts/".Length..]
        : "src/Modules/Violations/Pac.Violations/" + path;

    private static string Project(params string[] references) =>
        $"<Project><ItemGroup>{string.Concat(references.Select(r => $"<ProjectReference Include=\"../{r}/{r}.csproj\" />"))}</ItemGroup></Project>";
}
