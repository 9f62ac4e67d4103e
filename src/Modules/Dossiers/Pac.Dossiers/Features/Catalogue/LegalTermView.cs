using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.SharedKernel.WorkingTime;

namespace Pac.Dossiers.Features.Catalogue;

/// <summary>A figure of the law.</summary>
/// <param name="Code">Stable word of the figure.</param>
/// <param name="FieldCode">The field whose special law sets it; left out for the general law.</param>
/// <param name="Name">What it says, in the language of the request.</param>
/// <param name="Value">How many units, or how many times.</param>
/// <param name="Unit">In what it is counted; left out for a number of times or a time of day.</param>
/// <param name="TimeOfDay">A local time of the day, where the figure is one.</param>
/// <param name="EffectiveFrom">First day on which it is in force; the newest that is in force counts.</param>
/// <param name="Basis">Where it stands.</param>
/// <param name="ToBeConfirmed">Whether the operator has to confirm it.</param>
/// <param name="ConfirmedBy">Subject of who confirmed it.</param>
/// <param name="ConfirmedAt">When it was confirmed.</param>
internal sealed record LegalTermView(
    string Code,
    string? FieldCode,
    string Name,
    decimal Value,
    TermUnit? Unit,
    TimeOnly? TimeOfDay,
    DateOnly EffectiveFrom,
    string Basis,
    bool ToBeConfirmed,
    string? ConfirmedBy,
    DateTimeOffset? ConfirmedAt
)
{
    public static LegalTermView Of(LegalTerm t) =>
        new(
            t.Code,
            t.FieldCode.Length == 0 ? null : t.FieldCode,
            Language.Pick(t.Name, t.NameEn),
            Plain(t.Value),
            t.Unit,
            t.TimeOfDay,
            t.EffectiveFrom,
            t.Basis,
            t.ToBeConfirmed,
            t.ConfirmedBy,
            t.ConfirmedAt
        );

    // As written in the law: 8, not 8.000 as kept.
    private static decimal Plain(decimal value) => value == decimal.Truncate(value) ? decimal.Truncate(value) : value;
}
