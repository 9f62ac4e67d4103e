using System.Xml;
using Pac.Dossiers.Domain.Files;
using Pac.SharedKernel;

namespace Pac.Dossiers.Files;

/// <summary>What makes an office document more than a document: macros, controls, embedded objects, and parts that are loaded from elsewhere.</summary>
internal static class OfficeParts
{
    // A chart keeps its figures in a workbook of its own; those have no macros.
    private static readonly string[] Documents = [".docx", ".xlsx", ".pptx"];

    // What may lie elsewhere: it is followed when somebody clicks, or shown as a picture. A template or an object brings what it runs.
    private static readonly string[] Harmless = ["hyperlink", "image", "audio", "video", "media", "externalLinkPath"];

    private static readonly XmlReaderSettings Strict = new()
    {
        Async = true,
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
    };

    /// <summary>Whether a part runs, or holds what may.</summary>
    public static bool IsActive(string name) =>
        name.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase)
        || name.Contains("/activeX/", StringComparison.OrdinalIgnoreCase)
        || name.Contains("/macrosheets/", StringComparison.OrdinalIgnoreCase)
        || name.Contains("/embeddings/", StringComparison.OrdinalIgnoreCase)
            && !name.EndsWith('/')
            && !name.EndsWith(".rels", StringComparison.OrdinalIgnoreCase)
            && !Documents.Any(d => name.EndsWith(d, StringComparison.OrdinalIgnoreCase));

    /// <summary>What is wrong with the relations of a part to others, or null.</summary>
    public static async Task<Error?> CheckRelations(Stream relations, CancellationToken ct)
    {
        try
        {
            using var reader = XmlReader.Create(relations, Strict);
            while (await reader.ReadAsync())
            {
                ct.ThrowIfCancellationRequested();
                if (
                    reader is { NodeType: XmlNodeType.Element, LocalName: "Relationship" }
                    && string.Equals(reader.GetAttribute("TargetMode")?.Trim(), "External", StringComparison.OrdinalIgnoreCase)
                    && !Harmless.Any(h => (reader.GetAttribute("Type") ?? "").EndsWith("/" + h, StringComparison.Ordinal))
                )
                    return FileErrors.Active;
            }
            return null;
        }
        catch (XmlException)
        {
            return FileErrors.Broken;
        }
    }
}
