using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Mediation;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Ratings;

/// <summary>A sheet that takes the place of the one in force from a day on.</summary>
/// <param name="EffectiveFrom" example="2030-01-01">First day it is in force; after today and after the last one.</param>
/// <param name="Levels" example="5">The best level, 2 to 10.</param>
/// <param name="SatisfiedFrom" example="4">The first level that counts as satisfied.</param>
/// <param name="SmallestGroup" example="5">Groups with fewer ratings show no levels, 2 to 100.</param>
/// <param name="Questions">The questions, at most 20.</param>
/// <param name="Source" example="Kế hoạch khảo sát 2030">Where it comes from.</param>
internal sealed record SetRatingForm(
    DateOnly EffectiveFrom,
    int Levels,
    int SatisfiedFrom,
    int SmallestGroup,
    IReadOnlyList<RatingQuestionInput> Questions,
    string Source
) : ICommand<RatingFormView>;

/// <summary>A question of a sheet.</summary>
/// <param name="Code" example="staff">Stable word, its own within the sheet.</param>
/// <param name="Vietnamese" example="Công chức lịch sự, tận tình">The question in Vietnamese.</param>
/// <param name="English" example="Staff are polite and helpful">The question in English.</param>
internal sealed record RatingQuestionInput(string Code, string Vietnamese, string English);

internal sealed class SetRatingFormValidator : AbstractValidator<SetRatingForm>
{
    public SetRatingFormValidator()
    {
        RuleFor(c => c.Levels).InclusiveBetween(2, 10);
        RuleFor(c => c.SatisfiedFrom).InclusiveBetween(1, 10);
        RuleFor(c => c.SmallestGroup).InclusiveBetween(2, 100);
        RuleFor(c => c.Source).NotEmpty().MaximumLength(300);
        RuleFor(c => c.Questions).NotNull().MostItems(20);
        RuleForEach(c => c.Questions).SetValidator(new RatingQuestionInputValidator());
    }
}

internal sealed class RatingQuestionInputValidator : AbstractValidator<RatingQuestionInput>
{
    public RatingQuestionInputValidator()
    {
        RuleFor(q => q.Code).NotEmpty().MaximumLength(40).MatchesWhole("^[a-z][a-zA-Z]*$");
        RuleFor(q => q.Vietnamese).NotEmpty().MaximumLength(300);
        RuleFor(q => q.English).NotEmpty().MaximumLength(300);
    }
}

internal sealed class SetRatingFormHandler(IRatings ratings, CurrentUser user, TimeProvider clock)
    : IRequestHandler<SetRatingForm, RatingFormView>
{
    public async Task<RatingFormView> Handle(SetRatingForm request, CancellationToken ct)
    {
        // One sheet for the whole province, so that figures can be compared.
        if (user.Scope.Kind != DataScopeKind.Province)
            throw new BusinessRuleException(DossierErrors.OutsideScope);
        if (request.SatisfiedFrom > request.Levels || request.Questions.DistinctBy(q => q.Code).Count() < request.Questions.Count)
            throw new BusinessRuleException(RatingErrors.FormBroken.At("/satisfiedFrom"));
        if (request.EffectiveFrom <= clock.GetUtcNow().LocalDay() || await ratings.LastForm(ct) >= request.EffectiveFrom)
            throw new BusinessRuleException(RatingErrors.FormNotLater.At("/effectiveFrom"));
        var form = new RatingForm(
            request.EffectiveFrom,
            request.Levels,
            request.SatisfiedFrom,
            request.SmallestGroup,
            [.. request.Questions.Select(q => new RatingQuestion(q.Code, q.Vietnamese, q.English))],
            request.Source,
            toBeConfirmed: false
        );
        await ratings.Save(form, ct);
        return RatingFormView.Of(form);
    }
}

internal sealed class SetRatingFormEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/rating-forms", Handle).Requires(DossiersPermissions.ManageTemplates);

    /// <summary>Set the rating sheet</summary>
    /// <remarks>Adds a sheet from a day on; what was rated on an earlier sheet keeps its own scale.</remarks>
    private static async Task<ValueAnswer<RatingFormView>> Handle(SetRatingForm command, ISender sender, CancellationToken ct) =>
        new(await sender.Send(command, ct));
}
