using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Persistence;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Ratings;

internal sealed record ListRatingComments(PageRequest Page) : IQuery<Page<RatingComment>>;

/// <summary>What somebody said with a rating; of which dossier is not told.</summary>
/// <param name="AgencyCode" example="H15.09">The agency.</param>
/// <param name="FieldCode" example="road-traffic">The field.</param>
/// <param name="Month" example="2026-11">The month.</param>
/// <param name="Satisfied">Whether the person was satisfied.</param>
/// <param name="Comment" example="Nhanh, dễ hiểu">The words.</param>
internal sealed record RatingComment(string AgencyCode, string FieldCode, string Month, bool Satisfied, string Comment);

internal sealed class ListRatingCommentsHandler(DossiersDbContext db, IRatings ratings, TimeProvider clock)
    : IRequestHandler<ListRatingComments, Page<RatingComment>>
{
    public async Task<Page<RatingComment>> Handle(ListRatingComments request, CancellationToken ct)
    {
        var size = request.Page.Size();
        var others = (await ratings.FormOn(clock.GetUtcNow().LocalDay(), ct)).SmallestGroup - 1;
        // Agency, field and month of a comment tell who wrote it where hardly anybody else rated.
        var all = db
            .VisibleRatings.AsNoTracking()
            .Where(r =>
                r.Comment != null
                && db.VisibleRatings.Where(o =>
                        o.AgencyCode == r.AgencyCode
                        && o.FieldCode == r.FieldCode
                        && o.RatedOn >= new DateOnly(r.RatedOn.Year, r.RatedOn.Month, 1)
                        && o.RatedOn < new DateOnly(r.RatedOn.Year, r.RatedOn.Month, 1).AddMonths(1)
                    )
                    .OrderBy(o => o.RatedOn)
                    .Skip(others)
                    .Any()
            );
        var page = all;
        if (Cursors.ReadId(request.Page.Cursor) is { } last)
        {
            var before = new RatingId(last);
            page = page.Where(r => r.Id < before);
        }
        var rows = await page.OrderByDescending(r => r.Id).Take(size + 1).ToListAsync(ct);
        long? total = request.Page.WithTotal == true ? await all.LongCountAsync(ct) : null;
        var cut = Page<Rating>.Of(rows, size, r => [r.Id.Value], total);
        return new(
            [
                .. cut.Items.Select(r => new RatingComment(
                    r.AgencyCode,
                    r.FieldCode,
                    r.RatedOn.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture),
                    r.IsSatisfied,
                    r.Comment!
                )),
            ],
            cut.NextCursor,
            cut.Total
        );
    }
}

internal sealed class ListRatingCommentsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/dossier-ratings/comments", Handle).Requires(DossiersPermissions.Statistics);

    /// <summary>List what people said with their ratings</summary>
    /// <remarks>Gives the comments, newest first, with agency, field and month; of which dossier they are is not told, and none of groups so small that they tell who wrote it.</remarks>
    private static async Task<PageAnswer<RatingComment>> Handle([AsParameters] PageRequest page, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new ListRatingComments(page), ct));
}
