using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Features.CounterAnswers;

/// <summary>What a counter answered when it received nothing.</summary>
/// <param name="Id">Identifier of the answer.</param>
/// <param name="Number" example="2026/000123/HDHS">Number of its form.</param>
/// <param name="Kind">Whether papers are missing (form 02) or it was refused (form 03).</param>
/// <param name="CentreCode">The centre.</param>
/// <param name="CounterId">The counter.</param>
/// <param name="AgencyCode">The agency that would be competent.</param>
/// <param name="ProcedureCode">The procedure.</param>
/// <param name="ProcedureVersion">Its version.</param>
/// <param name="VariantCode">Its variant.</param>
/// <param name="FieldCode">Its field.</param>
/// <param name="PersonName">Who came; empty once erased.</param>
/// <param name="PersonIdentityNumber">Identity number with its middle hidden.</param>
/// <param name="Items">What is missing or wrong.</param>
/// <param name="Reason">Why it was refused.</param>
/// <param name="LegalBasis">The law it rests on.</param>
/// <param name="AnsweredAt">When.</param>
/// <param name="AnsweredBy">Subject who answered.</param>
/// <param name="ErasedAt">When its personal data were erased.</param>
internal sealed record CounterAnswerView(
    Guid Id,
    string Number,
    CounterAnswerKind Kind,
    string CentreCode,
    Guid? CounterId,
    string AgencyCode,
    string ProcedureCode,
    int ProcedureVersion,
    string? VariantCode,
    string FieldCode,
    string PersonName,
    string? PersonIdentityNumber,
    IReadOnlyList<SupplementItemView> Items,
    string? Reason,
    string LegalBasis,
    DateTimeOffset AnsweredAt,
    string AnsweredBy,
    DateTimeOffset? ErasedAt
)
{
    public static CounterAnswerView Of(CounterAnswer a) =>
        new(
            a.Id.Value,
            a.Number,
            a.Kind,
            a.CentreCode,
            a.CounterId,
            a.AgencyCode,
            a.ProcedureCode,
            a.ProcedureVersion,
            a.VariantCode,
            a.FieldCode,
            a.Person.Name,
            Mask.Number(a.Person.IdentityNumber?.Masked),
            [.. a.Lacking.Select(i => new SupplementItemView(i.Code, i.Reason, i.Verification))],
            a.Reason,
            a.LegalBasis,
            a.AnsweredAt,
            a.AnsweredBy,
            a.ErasedAt
        );
}
