using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Persistence;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Feedbacks;

/// <summary>Which feedback is wanted.</summary>
/// <param name="State">Where it stands.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Overdue">Only what is overdue, or only what is not.</param>
/// <param name="AgencyCode">Which agency has it in hand.</param>
/// <param name="AssignedTo">Subject of the officer in charge.</param>
internal sealed record FeedbackFilter(
    [property: FromQuery(Name = "state")] FeedbackState? State,
    [property: FromQuery(Name = "kind")] FeedbackKind? Kind,
    [property: FromQuery(Name = "overdue")] bool? Overdue,
    [property: FromQuery(Name = "agencyCode")] string? AgencyCode,
    [property: FromQuery(Name = "assignedTo")] string? AssignedTo
);

internal sealed record FindFeedback(FeedbackFilter Filter, PageRequest Page) : IQuery<Page<FeedbackView>>;

internal sealed class FindFeedbackHandler(DossiersDbContext db, TimeProvider clock) : IRequestHandler<FindFeedback, Page<FeedbackView>>
{
    public async Task<Page<FeedbackView>> Handle(FindFeedback request, CancellationToken ct)
    {
        var size = request.Page.Size();
        var now = clock.GetUtcNow();
        var (state, kind, overdue, agency, officer) = request.Filter;
        var all = db.FeedbackInHand.AsNoTracking();
        if (state is not null)
            all = all.Where(f => f.State == state);
        if (kind is not null)
            all = all.Where(f => f.Kind == kind);
        if (agency is not null)
            all = all.Where(f => f.AgencyCode == agency);
        if (officer is not null)
            all = all.Where(f => f.AssignedTo == officer);
        if (overdue == true)
            all = all.Where(f => f.DueAt < now);
        else if (overdue == false)
            all = all.Where(f => f.DueAt == null || f.DueAt >= now);
        var page = all;
        if (Cursors.ReadId(request.Page.Cursor) is { } last)
        {
            var before = new FeedbackId(last);
            page = page.Where(f => f.Id < before);
        }
        var rows = await page.OrderByDescending(f => f.Id).Take(size + 1).ToListAsync(ct);
        long? total = request.Page.WithTotal == true ? await all.LongCountAsync(ct) : null;
        var cut = Page<Feedback>.Of(rows, size, f => [f.Id.Value], total);
        return new([.. cut.Items.Select(f => FeedbackView.Of(f, now))], cut.NextCursor, cut.Total);
    }
}

internal sealed class FindFeedbackEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/feedback", Handle).Requires(DossiersPermissions.AnswerFeedback);

    /// <summary>Find feedback</summary>
    /// <remarks>Gives the feedback that the caller may see, newest first, such as what is overdue; to whoever only answers feedback, what was given to him or her.</remarks>
    private static async Task<PageAnswer<FeedbackView>> Handle(
        [AsParameters] FeedbackFilter filter,
        [AsParameters] PageRequest page,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new FindFeedback(filter, page), ct));
}
