using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Specifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Forms;

/// <summary>What forms are made of. Printing shows personal data in full, so it leaves an entry in the access log.</summary>
internal sealed class FormMaterial(
    IRepository<Dossier> dossiers,
    PinnedProcedures procedures,
    ICatalogue catalogue,
    CentreCalendars centres,
    IAccessLog access
)
{
    /// <summary>The dossier with what a form says about it; the following save writes the entry of the log.</summary>
    public async Task<(Dossier Dossier, ProcedureContent Content, KnownCentre Centre, string AgencyName)> Of(
        Guid id,
        string purpose,
        CancellationToken ct
    )
    {
        var dossier = await dossiers.Get(new DossierWithId(new(id)), ct);
        var content = await procedures.ContentOf(dossier, ct);
        var centre = await centres.Get(dossier, 0, ct);
        var agency = await catalogue.NameOf(dossier.AgencyCode, ct);
        access.Record(dossier.Id, purpose);
        return (dossier, content, centre, agency);
    }

    /// <summary>The dossier with the head of a form.</summary>
    /// <param name="id">Identifier of the dossier.</param>
    /// <param name="purpose">Stable word of the form.</param>
    /// <param name="suffix">What its number ends with.</param>
    /// <param name="address">Public address of the host.</param>
    /// <param name="ct">Cancels the work.</param>
    public async Task<(Dossier Dossier, ProcedureContent Content, FormHead Head)> Of(
        Guid id,
        string purpose,
        string suffix,
        string address,
        CancellationToken ct
    )
    {
        var (d, content, centre, agency) = await Of(id, purpose, ct);
        return (
            d,
            content,
            new(
                $"{d.Code}/{suffix}",
                d.Code,
                centre.Name,
                centre.Address,
                d.Applicant.Name,
                d.Applicant.Address,
                d.ProcedureCode,
                content.Name,
                agency,
                $"{address}/track/{d.Code}"
            )
        );
    }
}
