using Pac.Dossiers.Domain;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features;

/// <summary>Which agency decides. The code of a dossier is that of the competent agency, wherever it was received.</summary>
internal static class CompetentAgencies
{
    public static async Task<string> CompetentAgency(
        this ICatalogue catalogue,
        string? named,
        ProcedureContent content,
        CancellationToken ct
    )
    {
        if (content.AgencyCode is { } fixedAgency)
            return named is null || named == fixedAgency
                ? fixedAgency
                : throw new BusinessRuleException(DossierErrors.UnknownAgency.At("/agencyCode"));
        if (named is null)
            throw new BusinessRuleException(DossierErrors.AgencyMissing.At("/agencyCode"));
        return await catalogue.LevelOf(named, ct) == content.Level
            ? named
            : throw new BusinessRuleException(DossierErrors.UnknownAgency.At("/agencyCode"));
    }
}
