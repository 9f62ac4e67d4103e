using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Mediation;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Notifications;
using Pac.Dossiers.Domain.Specifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Ratings;

internal sealed record RateDossier(Guid Id, HolderRating Rating) : ICommand<RatingThanksView>;

internal sealed class RateDossierValidator : AbstractValidator<RateDossier>
{
    public RateDossierValidator()
    {
        RuleFor(c => c.Rating.Key).NotEmpty().MaximumLength(60).OverridePropertyName("key");
        RuleFor(c => c.Rating.Level).InclusiveBetween(1, 10).OverridePropertyName("level");
        RuleFor(c => c.Rating.Comment).MaximumLength(1000).OverridePropertyName("comment");
        RuleFor(c => c.Rating.Answers).MostItems(20).OverridePropertyName("answers");
        RuleForEach(c => c.Rating.Answers).SetValidator(new RatingAnswerInputValidator()).OverridePropertyName("answers");
    }
}

internal sealed class RateDossierHandler(
    IRepository<Dossier> dossiers,
    IRepository<Rating> kept,
    IRatings ratings,
    IHolderKeys keys,
    TimeProvider clock
) : IRequestHandler<RateDossier, RatingThanksView>
{
    public async Task<RatingThanksView> Handle(RateDossier request, CancellationToken ct)
    {
        var dossier = await dossiers.Get(new DossierWithId(new(request.Id)), ct);
        // Whoever stands behind the counter has no voice: the key is on the receipt of the person in front of it.
        if (!keys.Same(await keys.Of(dossier.Id, ct), request.Rating.Key))
            throw new BusinessRuleException(RatingErrors.KeyWrong.At("/key"));
        if (await ratings.IsRated(dossier.Id, ct))
            throw new BusinessRuleException(RatingErrors.RatedBefore);
        var now = clock.GetUtcNow();
        var r = request.Rating;
        kept.Add(
            Rating.Of(
                dossier,
                await ratings.FormOn(now.LocalDay(), ct),
                RatingChannel.Counter,
                r.Level,
                RatingInput.Read(r.Answers),
                r.Comment,
                now
            )
        );
        await kept.Save(ct);
        return new(dossier.Code, now.LocalDay());
    }
}

internal sealed class RateDossierEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/dossiers/{id}/rate", Handle).Requires(DossiersPermissions.Return);

    /// <summary>Take a rating at a counter</summary>
    /// <remarks>Takes what the person present says on the tablet of a counter, with the key of his or her receipt, once for each dossier; nobody reads it back with the dossier.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    private static async Task<ValueAnswer<RatingThanksView>> Handle(Guid id, HolderRating rating, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new RateDossier(id, rating), ct));
}
