using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Features;

/// <summary>The version of the procedure by which a dossier is judged to its end.</summary>
internal sealed class PinnedProcedures(ICatalogue catalogue)
{
    /// <summary>What holds for the dossier: its version of the procedure, in its variant.</summary>
    public async Task<ProcedureContent> ContentOf(Dossier dossier, CancellationToken ct) =>
        (await PublishedFor(dossier, ct)).For(dossier.VariantCode);

    /// <summary>What its version of the procedure says, for all variants.</summary>
    public async Task<ProcedureContent> PublishedFor(Dossier dossier, CancellationToken ct) =>
        (await ProcedureOf(dossier, ct)).Versions.Single(v => v.Number == dossier.ProcedureVersion).Content;

    /// <summary>The procedure, with the dossier's version and those before it.</summary>
    public async Task<Procedure> ProcedureOf(Dossier dossier, CancellationToken ct)
    {
        // Published versions never change, so a remembered one will do unless it is older than the dossier.
        var procedure = await catalogue.Find(dossier.ProcedureCode, ct);
        if (procedure!.LastVersion < dossier.ProcedureVersion)
            procedure = await catalogue.Refresh(dossier.ProcedureCode, ct);
        return procedure!;
    }
}
