using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Features.Catalogue;

/// <summary>A version that is being worked on.</summary>
/// <param name="Code">Code of the procedure.</param>
/// <param name="FieldCode">Its field.</param>
/// <param name="State">How far it has come: a draft.</param>
/// <param name="BasedOn">Number of the version it was begun from; left out for a new procedure.</param>
/// <param name="ChangedBy">Subject who changed it last.</param>
/// <param name="ChangedAt">When it was changed last.</param>
/// <param name="MissingParts">Mandatory parts that it does not state yet (Decree 63/2010, art. 8).</param>
/// <param name="Details">What it says.</param>
internal sealed record DraftView(
    string Code,
    string FieldCode,
    VersionState State,
    int? BasedOn,
    string ChangedBy,
    DateTimeOffset ChangedAt,
    IReadOnlyList<MandatoryPart> MissingParts,
    ProcedureDetails Details
)
{
    public static DraftView Of(ProcedureDraft d) =>
        new(
            d.Code,
            d.FieldCode,
            VersionState.Draft,
            d.BasedOn,
            d.ChangedBy,
            d.ChangedAt,
            d.Content.MissingParts(),
            ProcedureDetails.Of(d.Content)
        );
}
