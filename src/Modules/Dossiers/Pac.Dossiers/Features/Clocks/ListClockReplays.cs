using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Jobs;
using Pac.BuildingBlocks.Persistence;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Clocks;

internal sealed record ListClockReplays(PageRequest Page) : IQuery<Page<ClockReplayLine>>;

/// <summary>That the clocks of open dossiers were computed anew.</summary>
/// <param name="Id">Identifier of the replay, and of the job that does it.</param>
/// <param name="CalendarCode">The calendar that has a new version.</param>
/// <param name="CalendarVersion">The new version.</param>
/// <param name="Reason">Why the calendar was changed.</param>
/// <param name="StartedAt">When it was ordered.</param>
/// <param name="FinishedAt">When every open dossier was computed anew; left out until then.</param>
/// <param name="State">Where the job stands.</param>
/// <param name="Moved">Dossiers that the caller may see and of which an instant moved.</param>
internal sealed record ClockReplayLine(
    Guid Id,
    string CalendarCode,
    int CalendarVersion,
    string Reason,
    DateTimeOffset StartedAt,
    DateTimeOffset? FinishedAt,
    JobState State,
    int Moved
);

internal sealed class ListClockReplaysHandler(DossiersDbContext db) : IRequestHandler<ListClockReplays, Page<ClockReplayLine>>
{
    public async Task<Page<ClockReplayLine>> Handle(ListClockReplays request, CancellationToken ct)
    {
        var size = request.Page.Size();
        var all = db.ClockReplays.AsNoTracking();
        long? total = request.Page.WithTotal == true ? await all.LongCountAsync(ct) : null;
        if (Cursors.ReadId(request.Page.Cursor) is { } before)
            all = all.Where(r => r.Id < before);
        var rows = await all.OrderByDescending(r => r.Id)
            .Take(size + 1)
            .Select(r => new ClockReplayLine(
                r.Id,
                r.CalendarCode,
                r.CalendarVersion,
                r.Reason,
                r.StartedAt,
                r.FinishedAt,
                db.Jobs.Where(j => j.Id == r.Id).Select(j => j.State).FirstOrDefault(),
                db.ClockMoves.Where(m => m.ReplayId == r.Id && db.Visible.Any(d => d.Id == m.DossierId))
                    .Select(m => m.DossierId)
                    .Distinct()
                    .Count()
            ))
            .ToListAsync(ct);
        return Page<ClockReplayLine>.Of(rows, size, r => [r.Id], total);
    }
}

internal sealed class ListClockReplaysEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/clock-replays", Handle).Requires(DossiersPermissions.Read);

    /// <summary>List the replays of the clock</summary>
    /// <remarks>Gives, newest first, when the open dossiers were computed anew because their calendar had a new version, and why.</remarks>
    private static async Task<PageAnswer<ClockReplayLine>> Handle([AsParameters] PageRequest page, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new ListClockReplays(page), ct));
}
