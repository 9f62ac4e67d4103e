using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Features.Consultations;

/// <summary>An opinion that is asked of another agency (lấy ý kiến phối hợp).</summary>
/// <param name="Id">Identifier of the consultation.</param>
/// <param name="DossierId">Identifier of the dossier.</param>
/// <param name="DossierCode">Code of the dossier.</param>
/// <param name="ProcedureCode">Its procedure.</param>
/// <param name="AskedFor">Code of the agency that asks.</param>
/// <param name="AgencyCode">Code of the agency that is asked.</param>
/// <param name="Question">What it is asked.</param>
/// <param name="AskedAt">When.</param>
/// <param name="DueAt">By when an answer is expected; after it nobody waits.</param>
/// <param name="AnsweredAt">When it answered.</param>
/// <param name="Opinion">What it thinks.</param>
/// <param name="Answer">In words.</param>
/// <param name="DocumentNumber">Number of the written answer.</param>
/// <param name="Result">Whether the answer was early, on time or late.</param>
/// <param name="WithdrawnAt">When the question was taken back.</param>
internal sealed record ConsultationView(
    Guid Id,
    Guid DossierId,
    string DossierCode,
    string ProcedureCode,
    string AskedFor,
    string AgencyCode,
    string Question,
    DateTimeOffset AskedAt,
    DateTimeOffset DueAt,
    DateTimeOffset? AnsweredAt,
    Opinion? Opinion,
    string? Answer,
    string? DocumentNumber,
    Timeliness? Result,
    DateTimeOffset? WithdrawnAt
)
{
    public static ConsultationView Of(AgencyConsultation c) =>
        new(
            c.Id.Value,
            c.DossierId.Value,
            c.DossierCode,
            c.ProcedureCode,
            c.AskedFor,
            c.AgencyCode,
            c.Question,
            c.AskedAt,
            c.DueAt,
            c.AnsweredAt,
            c.Opinion,
            c.Answer,
            c.DocumentNumber,
            c.Result,
            c.WithdrawnAt
        );
}
