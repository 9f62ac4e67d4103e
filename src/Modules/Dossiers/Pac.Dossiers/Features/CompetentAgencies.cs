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
        DateOnly today,
        CancellationToken ct
    )
    {
        if (named is not null && content.AgencyCode is not null && named != content.AgencyCode)
            throw new BusinessRuleException(DossierErrors.UnknownAgency.At("/agencyCode"));
        var code = content.AgencyCode ?? named ?? throw new BusinessRuleException(DossierErrors.AgencyMissing.At("/agencyCode"));
        var agency = await catalogue.StandingOf(code, ct);
        if (content.AgencyCode is null && agency?.Level != content.Level)
            throw new BusinessRuleException(DossierErrors.UnknownAgency.At("/agencyCode"));
        agency?.MustActOn(today, "/agencyCode");
        return code;
    }

    /// <summary>Refuses to give work to an agency that there is not, or that does not act on the day.</summary>
    public static async Task MustAct(this ICatalogue catalogue, string code, DateOnly day, Error unknown, CancellationToken ct)
    {
        var agency = await catalogue.StandingOf(code, ct) ?? throw new BusinessRuleException(unknown.At("/agencyCode"));
        agency.MustActOn(day, "/agencyCode");
    }
}
