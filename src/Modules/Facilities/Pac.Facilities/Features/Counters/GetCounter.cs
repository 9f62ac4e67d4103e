using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Web;
using Pac.Facilities.Domain;
using Pac.Facilities.Persistence;
using Pac.SharedKernel;

namespace Pac.Facilities.Features.Counters;

internal sealed record GetCounter(Guid Id) : IQuery<Versioned<CounterView>>;

internal sealed class GetCounterHandler(FacilitiesDbContext db) : IRequestHandler<GetCounter, Versioned<CounterView>>
{
    public async Task<Versioned<CounterView>> Handle(GetCounter request, CancellationToken ct)
    {
        var id = new CounterId(request.Id);
        var counter = await db.Counters.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, ct) ?? throw new NotFoundException("counter");
        return new(CounterView.Of(counter), counter.Version);
    }
}

internal sealed class GetCounterEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/counters/{id}", Handle).Requires(FacilitiesPermissions.Read);

    /// <summary>Read a counter</summary>
    /// <remarks>Gives one counter of a centre.</remarks>
    /// <param name="id">Identifier of the counter.</param>
    private static async Task<ItemAnswer<CounterView>> Handle(Guid id, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new GetCounter(id), ct));
}
