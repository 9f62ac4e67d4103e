using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Ratings;

internal sealed record GetRatingForm : IQuery<RatingFormView>;

internal sealed class GetRatingFormHandler(IRatings ratings, TimeProvider clock) : IRequestHandler<GetRatingForm, RatingFormView>
{
    public async Task<RatingFormView> Handle(GetRatingForm request, CancellationToken ct) =>
        RatingFormView.Of(await ratings.FormOn(clock.GetUtcNow().LocalDay(), ct));
}

internal sealed class GetRatingFormEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/rating-form", Handle).AllowsAnonymous();

    /// <summary>Read the rating sheet</summary>
    /// <remarks>Gives the scale and the questions that are in force today, in both languages.</remarks>
    private static async Task<ValueAnswer<RatingFormView>> Handle(ISender sender, CancellationToken ct) =>
        new(await sender.Send(new GetRatingForm(), ct));
}
