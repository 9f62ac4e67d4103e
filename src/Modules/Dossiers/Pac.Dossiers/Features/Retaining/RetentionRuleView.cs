using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Features.Retaining;

/// <summary>For how long personal data are kept after closing.</summary>
/// <param name="Id">Identifier of the rule.</param>
/// <param name="ProcedureCode">The procedure it is for.</param>
/// <param name="FieldCode">The field it is for; a rule without procedure and field is for all others.</param>
/// <param name="Years" example="10">Years after closing; left out for what is kept for ever.</param>
/// <param name="KeepsFiles">Whether files stay when personal data are erased.</param>
/// <param name="EffectiveFrom">For what is closed from this day on.</param>
/// <param name="Source" example="Luật Lưu trữ 33/2024/QH15">Where it stands.</param>
/// <param name="ToBeConfirmed">Whether the operator has to confirm it.</param>
internal sealed record RetentionRuleView(
    Guid Id,
    string? ProcedureCode,
    string? FieldCode,
    int? Years,
    bool KeepsFiles,
    DateOnly EffectiveFrom,
    string Source,
    bool ToBeConfirmed
)
{
    public static RetentionRuleView Of(RetentionRule r) =>
        new(r.Id.Value, r.ProcedureCode, r.FieldCode, r.Years, r.KeepsFiles, r.EffectiveFrom, r.Source, r.ToBeConfirmed);
}
