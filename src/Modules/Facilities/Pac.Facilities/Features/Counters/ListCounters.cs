using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Persistence;
using Pac.BuildingBlocks.Web;
using Pac.Facilities.Domain;
using Pac.Facilities.Persistence;
using Pac.SharedKernel;

namespace Pac.Facilities.Features.Counters;

internal sealed record ListCounters(string? Centre, PageRequest Page) : IQuery<Page<CounterView>>;

internal sealed class ListCountersHandler(FacilitiesDbContext db) : IRequestHandler<ListCounters, Page<CounterView>>
{
    public async Task<Page<CounterView>> Handle(ListCounters request, CancellationToken ct)
    {
        var size = request.Page.Size();
        var counters = db.Counters.AsQueryable();
        if (request.Centre is not null)
            counters = counters.Where(c => c.CentreCode == request.Centre);
        var page = counters;
        if (Cursors.ReadId(request.Page.Cursor) is { } after)
            page = page.Where(c => c.Id > new CounterId(after));
        var rows = await page.OrderBy(c => c.Id)
            .Take(size + 1)
            .Select(c => new CounterView(c.Id.Value, c.CentreCode, c.Number, c.Name, c.InService))
            .ToListAsync(ct);
        long? total = request.Page.WithTotal == true ? await counters.LongCountAsync(ct) : null;
        return Page<CounterView>.Of(rows, size, c => [c.Id], total);
    }
}

internal sealed class ListCountersEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/counters", Handle).Requires(FacilitiesPermissions.Read);

    /// <summary>List counters</summary>
    /// <remarks>Gives the counters in the order in which they were set up.</remarks>
    /// <param name="centre">Only those of this centre, by its code.</param>
    private static async Task<PageAnswer<CounterView>> Handle(
        string? centre,
        [AsParameters] PageRequest page,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new ListCounters(centre, page), ct));
}
