using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Files;

namespace Pac.Dossiers.Features;

/// <summary>Finds what the administration has already of what a procedure asks for; the same when it is offered and when nothing is asked for twice.</summary>
internal sealed class ReusableFiles(IEarlierFiles files, ICatalogue catalogue)
{
    /// <summary>By component, the files of earlier dossiers that may stand for it, newest first; the same content once.</summary>
    public async Task<ILookup<string, EarlierFile>> For(
        ProcedureContent content,
        string procedureCode,
        byte[] identityIndex,
        DossierId? dossier,
        CancellationToken ct
    )
    {
        var earlier = await files.Of(identityIndex, dossier, [.. content.Components.Select(c => c.Code)], ct);
        List<(string Component, EarlierFile File)> found = [];
        foreach (var version in earlier.GroupBy(f => f.Pinned))
            if (await ListOf(version.Key, ct) is { } list)
                found.AddRange(
                    from file in version
                    from component in content.Components
                    where file.StandsFor(component, procedureCode, list)
                    select (component.Code, file)
                );
        return found
            .OrderByDescending(f => f.File.AddedAt)
            .DistinctBy(f => (f.Component, f.File.Sha256))
            .ToLookup(f => f.Component, f => f.File);
    }

    /// <summary>The same for a dossier: the files of whoever's affair it is.</summary>
    public async Task<ILookup<string, EarlierFile>> For(Dossier dossier, ProcedureContent content, CancellationToken ct) =>
        dossier.AffairOf is { } index
            ? await For(content, dossier.ProcedureCode, index, dossier.Id, ct)
            : Enumerable.Empty<EarlierFile>().ToLookup(_ => "");

    // What came from elsewhere may be of a procedure that is not in the catalogue.
    private async Task<ProcedureContent?> ListOf(PinnedVersion version, CancellationToken ct)
    {
        var procedure = await catalogue.Find(version.ProcedureCode, ct);
        if (procedure is not null && procedure.LastVersion < version.Number)
            procedure = await catalogue.Refresh(version.ProcedureCode, ct);
        return procedure?.Versions.FirstOrDefault(v => v.Number == version.Number)?.Content;
    }
}
