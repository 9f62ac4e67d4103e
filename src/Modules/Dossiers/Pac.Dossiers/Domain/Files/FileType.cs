using Pac.SharedKernel;

namespace Pac.Dossiers.Domain.Files;

/// <summary>A type of file that is taken. What it must hold is known by the inspection of files.</summary>
/// <param name="Code">Short word, also the name of its limit in the configuration.</param>
/// <param name="MediaType">Declared type.</param>
/// <param name="Extensions">Endings that a name may have, lower case with the dot.</param>
/// <param name="Largest">Most bytes.</param>
internal sealed record FileType(string Code, string MediaType, IReadOnlyList<string> Extensions, long Largest)
{
    /// <summary>The name as it is kept, when it is one that may stand on any machine and belongs to the type.</summary>
    /// <exception cref="BusinessRuleException">It cannot be taken.</exception>
    public string NameFor(string name)
    {
        var clean = name.IsNormalized() ? name : name.Normalize();
        if (
            clean.Length > FileTypes.LongestName
            || clean[0] is '.' or ' '
            || clean[^1] is '.' or ' '
            || clean.Contains("..", StringComparison.Ordinal)
            || clean.Any(IsUnsafe)
        )
            throw new BusinessRuleException(FileErrors.NameUnsafe.At("/fileName"));
        return Extensions.Any(e => clean.Length > e.Length && clean.EndsWith(e, StringComparison.OrdinalIgnoreCase))
            ? clean
            : throw new BusinessRuleException(FileErrors.ExtensionDiffers.At("/fileName"));
    }

    // Separators and wildcards of any system, and marks that turn the direction of writing, by which gpj.exe reads exe.jpg.
    private static bool IsUnsafe(char c) =>
        char.IsControl(c)
        || @"/\:*?""<>|".Contains(c, StringComparison.Ordinal)
        || c is >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069' or '\u200E' or '\u200F' or '\uFEFF' or >= '\uFFFE';
}

/// <summary>The types that are taken; an installation sets the limits.</summary>
/// <param name="All">Every type with its limit.</param>
/// <param name="LargestDirect">Most bytes of an upload in one request.</param>
internal sealed record FileTypes(IReadOnlyList<FileType> All, long LargestDirect)
{
    public const int LongestName = 200;
    private const long Megabyte = 1024 * 1024;

    /// <summary>Every type with the limit that holds where none is configured.</summary>
    public static readonly IReadOnlyList<FileType> Known =
    [
        new("pdf", "application/pdf", [".pdf"], 100 * Megabyte),
        new("jpeg", "image/jpeg", [".jpg", ".jpeg"], 20 * Megabyte),
        new("png", "image/png", [".png"], 20 * Megabyte),
        new("tiff", "image/tiff", [".tif", ".tiff"], 100 * Megabyte),
        new("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", [".docx"], 20 * Megabyte),
        new("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", [".xlsx"], 20 * Megabyte),
        new("xml", "application/xml", [".xml"], 5 * Megabyte),
    ];

    /// <summary>The type that is declared.</summary>
    /// <exception cref="BusinessRuleException">It is not taken.</exception>
    public FileType Declared(string mediaType) =>
        All.FirstOrDefault(t => t.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase))
        ?? throw new BusinessRuleException(FileErrors.TypeUnknown.At("/mediaType"));
}
