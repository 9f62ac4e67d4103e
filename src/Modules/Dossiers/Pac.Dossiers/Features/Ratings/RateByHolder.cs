using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Mediation;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Notifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Ratings;

/// <summary>What the holder of a dossier thinks of how it was handled.</summary>
/// <param name="Key" example="abcdefghijklmnopqrstuv">The key that only the holder was given, with the receipt or the invitation.</param>
/// <param name="Level" example="5">The level, from 1, the worst.</param>
/// <param name="Answers">Answers to the questions of the sheet; any of them may be left out.</param>
/// <param name="Comment" example="Nhanh, dễ hiểu">What more there is to say.</param>
internal sealed record HolderRating(string Key, int Level, IReadOnlyList<RatingAnswerInput>? Answers = null, string? Comment = null);

internal sealed record RateByHolder(string Code, HolderRating Rating) : ICommand<RatingThanksView>;

internal sealed class RateByHolderValidator : AbstractValidator<RateByHolder>
{
    public RateByHolderValidator()
    {
        RuleFor(c => c.Rating.Key).NotEmpty().MaximumLength(60).OverridePropertyName("key");
        RuleFor(c => c.Rating.Level).InclusiveBetween(1, 10).OverridePropertyName("level");
        RuleFor(c => c.Rating.Comment).MaximumLength(1000).OverridePropertyName("comment");
        RuleFor(c => c.Rating.Answers).MostItems(20).OverridePropertyName("answers");
        RuleForEach(c => c.Rating.Answers).SetValidator(new RatingAnswerInputValidator()).OverridePropertyName("answers");
    }
}

internal sealed class RateByHolderHandler(IRepository<Rating> kept, IRatings ratings, IHolderKeys keys, TimeProvider clock)
    : IRequestHandler<RateByHolder, RatingThanksView>
{
    public async Task<RatingThanksView> Handle(RateByHolder request, CancellationToken ct)
    {
        // A wrong key and a wrong code are answered alike: nobody finds out which codes there are, or which key is near.
        if (
            await ratings.DossierWithCode(request.Code, ct) is not { ErasedAt: null } dossier
            || !keys.Same(await keys.Of(dossier.Id, ct), request.Rating.Key)
        )
            throw new NotFoundException("dossier");
        if (await ratings.IsRated(dossier.Id, ct))
            throw new BusinessRuleException(RatingErrors.RatedBefore);
        var now = clock.GetUtcNow();
        var r = request.Rating;
        kept.Add(
            Rating.Of(
                dossier,
                await ratings.FormOn(now.LocalDay(), ct),
                RatingChannel.Link,
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

internal sealed class RateByHolderEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/tracking/{code}/rating", Handle).AllowsAnonymous();

    /// <summary>Rate a dossier as its holder</summary>
    /// <remarks>Takes the rating of whoever holds the key that came with the receipt or the invitation, once for each dossier after it is over.</remarks>
    /// <param name="code">Dossier code, as printed on the receipt.</param>
    private static async Task<ValueAnswer<RatingThanksView>> Handle(
        string code,
        HolderRating rating,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new RateByHolder(code, rating), ct));
}
