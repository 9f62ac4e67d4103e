using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Features;

/// <summary>The version of the procedure by which a dossier is judged to its end.</summary>
internal sealed class PinnedProcedures(ICatalogue catalogue)
{
    public async Task<ProcedureContent> ContentOf(Dossier dossier, CancellationToken ct)
    {
        // Published versions never change, so a remembered one will do unless it is older than the dossier.
        var procedure = await catalogue.Find(dossier.ProcedureCode, ct);
        if (procedure!.LastVersion < dossier.ProcedureVersion)
            procedure = await catalogue.Refresh(dossier.ProcedureCode, ct);
        return procedure!.Versions.Single(v => v.Number == dossier.ProcedureVersion).Content;
    }
}
