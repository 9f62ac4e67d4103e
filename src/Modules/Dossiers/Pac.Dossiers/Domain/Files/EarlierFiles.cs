using Pac.SharedKernel;

namespace Pac.Dossiers.Domain.Files;

/// <summary>A file of an earlier dossier that may stand for a component again.</summary>
/// <param name="DossierId">The earlier dossier.</param>
/// <param name="DossierCode">Its code.</param>
/// <param name="Document">The file.</param>
/// <param name="Kind">What it was to that dossier.</param>
/// <param name="ComponentCode">The component it was there; null for a result.</param>
/// <param name="AddedAt">Since when it is there.</param>
/// <param name="ResultNumber">Number of the result, when it is one.</param>
/// <param name="Sha256">What is in it.</param>
/// <param name="Pinned">By which published list it was handed in.</param>
internal sealed record EarlierFile(
    DossierId DossierId,
    string DossierCode,
    FileId Document,
    FileKind Kind,
    string? ComponentCode,
    DateTimeOffset AddedAt,
    string? ResultNumber,
    string Sha256,
    PinnedVersion Pinned
);

/// <summary>The version of a procedure that a dossier follows.</summary>
/// <param name="ProcedureCode">The procedure.</param>
/// <param name="Number">The version.</param>
internal sealed record PinnedVersion(string ProcedureCode, int Number);

/// <summary>The files of people, as far as the caller may see them.</summary>
internal interface IEarlierFiles
{
    /// <summary>The files of the dossiers that are somebody's affair, newest first.</summary>
    /// <param name="identityIndex">Whose.</param>
    /// <param name="but">A dossier that is left out.</param>
    /// <param name="components">Codes of the components that they might stand for; results are there besides.</param>
    /// <param name="ct">Ends the search.</param>
    Task<IReadOnlyList<EarlierFile>> Of(byte[] identityIndex, DossierId? but, IReadOnlyList<string> components, CancellationToken ct);
}

/// <summary>Which earlier file may stand for which component (Decree 118/2025/ND-CP, art. 5 clause 1: nothing is asked for again).</summary>
internal static class Reusing
{
    // How the catalogue calls the request itself, and how such papers are named.
    private const string Request = "form";
    private static readonly string[] RequestNames = ["don ", "to khai ", "giay de nghi ", "van ban de nghi ", "phieu yeu cau "];

    /// <summary>
    /// Whether a file is the paper that a component asks for: the same component of the same procedure, one of the same code and name of another
    /// procedure, or the result that the component is named after. What is requested is stated anew each time, so a form is never used again.
    /// </summary>
    /// <param name="component">What is asked for.</param>
    /// <param name="procedureCode">By which procedure.</param>
    /// <param name="file">The file.</param>
    /// <param name="content">The published list by which it was handed in.</param>
    public static bool StandsFor(this EarlierFile file, RequiredComponent component, string procedureCode, ProcedureContent content)
    {
        var name = Folded.Of(component.Name);
        if (component.Code == Request || RequestNames.Any(n => (name + " ").StartsWith(n, StringComparison.Ordinal)))
            return false;
        if (file.Kind == FileKind.Result)
            return Folded.Of(content.Result) is { Length: > 0 } result && (name + " ").StartsWith(result + " ", StringComparison.Ordinal);
        return file.ComponentCode == component.Code
            && (
                file.Pinned.ProcedureCode == procedureCode
                || content.Components.Any(c => c.Code == component.Code && Folded.Of(c.Name) == name)
            );
    }

    /// <summary>Checks that nothing is asked for of which the administration has a file that can be used again, but to verify it.</summary>
    public static void CheckNotReusable(this IReadOnlyList<SupplementItem> items, ILookup<string, EarlierFile> reusable)
    {
        for (var i = 0; i < items.Count; i++)
            if (!items[i].Verification && reusable[items[i].Code].FirstOrDefault() is { } earlier)
                throw new BusinessRuleException(
                    ReuseErrors
                        .AskedAlthoughReusable.With(items[i].Code, earlier.Document.Value, earlier.DossierCode)
                        .At($"/items/{i}/code")
                );
    }
}
