namespace Pac.CentreYear;

/// <summary>One row of an import, in the order of its columns.</summary>
internal sealed record DossierRow(
    string SourceId,
    string Code,
    string ProcedureCode,
    string CentreCode,
    string? AgencyCode,
    Channel Channel,
    string ApplicantKind,
    string ApplicantName,
    string ApplicantIdentity,
    string ApplicantPhone,
    DateTimeOffset ReceivedAt,
    DateTimeOffset DueAt,
    string? Outcome,
    DateTimeOffset? SettledAt,
    DateTimeOffset? ReturnedAt,
    string? ReturnMethod,
    string? LateCause
);
