using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Facilities.Domain;
using Pac.Facilities.Persistence;
using Pac.SharedKernel;

namespace Pac.Facilities.Features.Counters;

internal sealed record GetCounterActivity(Guid Id, DateOnly? From, DateOnly? To) : IQuery<CounterActivity>;

/// <summary>How a counter was used.</summary>
/// <param name="CounterId">Identifier of the counter.</param>
/// <param name="Days">Days on which something passed over it, oldest first.</param>
internal sealed record CounterActivity(Guid CounterId, IReadOnlyList<CounterActivityDay> Days);

/// <summary>One day of a counter.</summary>
/// <param name="Day">The day.</param>
/// <param name="DossiersReceived">Dossiers received there.</param>
internal sealed record CounterActivityDay(DateOnly Day, int DossiersReceived);

internal sealed class GetCounterActivityHandler(FacilitiesDbContext db, CurrentUser user, TimeProvider clock)
    : IRequestHandler<GetCounterActivity, CounterActivity>
{
    private const int LongestPeriod = 366;

    public async Task<CounterActivity> Handle(GetCounterActivity request, CancellationToken ct)
    {
        var to = request.To ?? clock.GetUtcNow().LocalDay();
        var from = request.From ?? DateOnly.FromDayNumber(Math.Max(0, to.DayNumber - 30));
        if (from > to || to.DayNumber - from.DayNumber > LongestPeriod)
        {
            throw InvalidRequestException.Query(
                "from",
                "out-of-range",
                "Khoảng thời gian phải từ 0 đến 366 ngày.",
                "The period must be 0 to 366 days."
            );
        }
        // Counters are known to all staff; how many people came to them is a figure, and ends where the caller's data ends.
        var id = new CounterId(request.Id);
        var counter = await db.Counters.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, ct) ?? throw new NotFoundException("counter");
        user.MustCover(counter.CentreCode);
        var days = await db
            .CounterDays.Where(d => d.CounterId == request.Id && d.Day >= from && d.Day <= to)
            .OrderBy(d => d.Day)
            .Select(d => new CounterActivityDay(d.Day, d.DossiersReceived))
            .ToListAsync(ct);
        return new(request.Id, days);
    }
}

internal sealed class GetCounterActivityEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/counters/{id}/activity", Handle).Requires(FacilitiesPermissions.Read);

    /// <summary>Read the activity of a counter</summary>
    /// <remarks>Gives how many dossiers were received at a counter per day, for at most 366 days.</remarks>
    /// <param name="id">Identifier of the counter.</param>
    /// <param name="from">First day; 30 days before the last one when left out.</param>
    /// <param name="to">Last day; today when left out.</param>
    private static async Task<ValueAnswer<CounterActivity>> Handle(
        Guid id,
        DateOnly? from,
        DateOnly? to,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new GetCounterActivity(id, from, to), ct));
}
