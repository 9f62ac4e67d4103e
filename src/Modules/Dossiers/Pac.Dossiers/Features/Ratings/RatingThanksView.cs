using FluentValidation;
using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Features.Ratings;

/// <summary>That a dossier was rated.</summary>
/// <param name="DossierCode" example="H15.09-261124-0012">Code of the dossier.</param>
/// <param name="RatedOn">The day.</param>
internal sealed record RatingThanksView(string DossierCode, DateOnly RatedOn);

internal static class RatingInput
{
    public static IReadOnlyList<RatingAnswer> Read(IReadOnlyList<RatingAnswerInput>? answers) =>
        [.. (answers ?? []).Select(a => new RatingAnswer(a.Question, a.Level))];
}

/// <summary>The answer to a question of the sheet.</summary>
/// <param name="Question" example="staff">Code of the question.</param>
/// <param name="Level" example="5">The level, from 1, the worst.</param>
internal sealed record RatingAnswerInput(string Question, int Level);

internal sealed class RatingAnswerInputValidator : AbstractValidator<RatingAnswerInput>
{
    public RatingAnswerInputValidator()
    {
        RuleFor(a => a.Question).NotEmpty().MaximumLength(40);
        RuleFor(a => a.Level).InclusiveBetween(1, 10);
    }
}
