using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Features.Ratings;

/// <summary>The sheet by which people rate.</summary>
/// <param name="EffectiveFrom">First day it is in force.</param>
/// <param name="Levels" example="5">The best level; the worst is 1.</param>
/// <param name="SatisfiedFrom" example="4">The first level that counts as satisfied.</param>
/// <param name="SmallestGroup" example="5">Groups with fewer ratings show no levels.</param>
/// <param name="Questions">The questions.</param>
/// <param name="Source" example="Quyết định 766/QĐ-TTg">Where it comes from.</param>
/// <param name="ToBeConfirmed">Whether the operator has to confirm it.</param>
internal sealed record RatingFormView(
    DateOnly EffectiveFrom,
    int Levels,
    int SatisfiedFrom,
    int SmallestGroup,
    IReadOnlyList<RatingQuestionView> Questions,
    string Source,
    bool ToBeConfirmed
)
{
    public static RatingFormView Of(RatingForm f) =>
        new(
            f.EffectiveFrom,
            f.Levels,
            f.SatisfiedFrom,
            f.SmallestGroup,
            [.. f.Questions.Select(q => new RatingQuestionView(q.Code, q.Vietnamese, q.English))],
            f.Source,
            f.ToBeConfirmed
        );
}

/// <summary>A question of the sheet.</summary>
/// <param name="Code" example="staff">Stable word.</param>
/// <param name="Vietnamese" example="Công chức lịch sự, tận tình">The question in Vietnamese.</param>
/// <param name="English" example="Staff are polite and helpful">The question in English.</param>
internal sealed record RatingQuestionView(string Code, string Vietnamese, string English);
