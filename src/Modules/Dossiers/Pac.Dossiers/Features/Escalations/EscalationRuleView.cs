using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Features.Escalations;

/// <summary>A rule of escalation.</summary>
/// <param name="Code">Stable word of the rule.</param>
/// <param name="EffectiveFrom">First day on which it is in force; the newest that is in force counts.</param>
/// <param name="Term">Which term it watches.</param>
/// <param name="Level">How urgent, from 1.</param>
/// <param name="Timing">When it takes effect.</param>
/// <param name="Value">Working hours, or percent; 0 at breach.</param>
/// <param name="To">Who is told.</param>
/// <param name="Basis">Where it stands.</param>
/// <param name="IsOff">Whether it no longer holds from that day on.</param>
internal sealed record EscalationRuleView(
    string Code,
    DateOnly EffectiveFrom,
    WatchedTermKind Term,
    int Level,
    EscalationTiming Timing,
    decimal Value,
    EscalationTo To,
    string Basis,
    bool IsOff
)
{
    public static EscalationRuleView Of(EscalationRule r) =>
        new(
            r.Code,
            r.EffectiveFrom,
            r.Term,
            r.Level,
            r.Timing,
            r.Value == decimal.Truncate(r.Value) ? decimal.Truncate(r.Value) : r.Value,
            r.To,
            r.Basis,
            r.IsOff
        );
}
