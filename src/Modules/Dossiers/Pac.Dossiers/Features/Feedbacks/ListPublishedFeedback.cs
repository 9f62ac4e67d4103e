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

namespace Pac.Dossiers.Features.Feedbacks;

internal sealed record ListPublishedFeedback(PageRequest Page) : IQuery<Page<PublishedFeedback>>;

/// <summary>Feedback and its answer, without the sender.</summary>
/// <param name="Code" example="PAKN-261124-9F3A01BC">Its code.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="CentreCode">The centre it concerns.</param>
/// <param name="AgencyCode" example="H15.09">The agency that answered.</param>
/// <param name="PublishedAt">When it was published.</param>
/// <param name="Text" example="Chờ ở quầy quá lâu vào sáng thứ Hai">The feedback.</param>
/// <param name="Answer" example="Trung tâm đã bố trí thêm quầy vào sáng thứ Hai.">The answer.</param>
internal sealed record PublishedFeedback(
    string Code,
    FeedbackKind Kind,
    string CentreCode,
    string? AgencyCode,
    DateTimeOffset PublishedAt,
    string Text,
    string Answer
);

internal sealed class ListPublishedFeedbackHandler(DossiersDbContext db) : IRequestHandler<ListPublishedFeedback, Page<PublishedFeedback>>
{
    public async Task<Page<PublishedFeedback>> Handle(ListPublishedFeedback request, CancellationToken ct)
    {
        var size = request.Page.Size();
        // What is published is for all.
        var all = db.AllFeedback.AsNoTracking().Where(f => f.PublishedAt != null);
        var page = all;
        if (Cursors.ReadId(request.Page.Cursor) is { } last)
        {
            var before = new FeedbackId(last);
            page = page.Where(f => f.Id < before);
        }
        var rows = await page.OrderByDescending(f => f.Id).Take(size + 1).ToListAsync(ct);
        long? total = request.Page.WithTotal == true ? await all.LongCountAsync(ct) : null;
        var cut = Page<Feedback>.Of(rows, size, f => [f.Id.Value], total);
        return new(
            [
                .. cut.Items.Select(f => new PublishedFeedback(
                    f.Code,
                    f.Kind,
                    f.CentreCode,
                    f.AgencyCode,
                    f.PublishedAt!.Value,
                    f.PublishedText!,
                    f.PublishedAnswer!
                )),
            ],
            cut.NextCursor,
            cut.Total
        );
    }
}

internal sealed class ListPublishedFeedbackEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/public-feedback", Handle).AllowsAnonymous();

    /// <summary>List published feedback</summary>
    /// <remarks>Gives feedback with its answer as it was published, newest first; who sent it is not told.</remarks>
    private static async Task<PageAnswer<PublishedFeedback>> Handle(
        [AsParameters] PageRequest page,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new ListPublishedFeedback(page), ct));
}
