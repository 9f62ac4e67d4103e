using System.Xml.Linq;

namespace Pac.ArchitectureTests;

/// <summary>What kind of project it is decides what it may refer to.</summary>
internal enum Kind
{
    Contracts,
    Module,
    Kernel,
    BuildingBlock,
    Host,
    Test,
}

/// <summary>A project file as its text says.</summary>
internal sealed record Project(string Path, string Name, IReadOnlyList<string> References, IReadOnlyList<string> Packages, XElement Xml)
{
    public Kind Kind { get; } =
        Path.StartsWith("src/Modules/", StringComparison.Ordinal)
            ? Name.EndsWith(".Contracts", StringComparison.Ordinal)
                ? Kind.Contracts
                : Kind.Module
            : Path.StartsWith("src/BuildingBlocks/", StringComparison.Ordinal)
                ? Name is "Pac.SharedKernel" or "MediatR.Contracts"
                    ? Kind.Kernel
                    : Kind.BuildingBlock
                : Path.StartsWith("src/", StringComparison.Ordinal)
                    ? Kind.Host
                    : Kind.Test;

    /// <summary>The module it belongs to; only for projects under <c>src/Modules</c>.</summary>
    public string Module { get; } = Path.StartsWith("src/Modules/", StringComparison.Ordinal) ? Path.Split('/')[2] : "";

    public static Project Read(string path, string text)
    {
        var xml = XElement.Parse(text);
        return new(
            path,
            System.IO.Path.GetFileNameWithoutExtension(path),
            [.. Included(xml, "ProjectReference").Select(r => System.IO.Path.GetFileNameWithoutExtension(r.Replace('\\', '/')))],
            [.. Included(xml, "PackageReference")],
            xml
        );
    }

    private static IEnumerable<string> Included(XElement xml, string item) =>
        xml.Descendants(item).Select(e => (string?)e.Attribute("Include") ?? (string?)e.Attribute("Update") ?? "");
}
