using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Persistence;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Catalogue;

internal sealed record ListAgencies(DateOnly? On, PageRequest Page) : IQuery<Page<AgencyView>>;

internal sealed class ListAgenciesHandler(DossiersDbContext db) : IRequestHandler<ListAgencies, Page<AgencyView>>
{
    public async Task<Page<AgencyView>> Handle(ListAgencies request, CancellationToken ct)
    {
        var size = request.Page.Size();
        var rows = db.Agencies.AsNoTracking();
        if (request.On is { } day)
            rows = rows.Where(a => (a.EffectiveFrom == null || a.EffectiveFrom <= day) && (a.EffectiveTo == null || a.EffectiveTo >= day));
        long? total = request.Page.WithTotal == true ? await rows.LongCountAsync(ct) : null;
        if (Cursors.ReadText(request.Page.Cursor) is { } after)
            rows = rows.Where(a => a.Code.CompareTo(after) > 0);
        var page = await rows.OrderBy(a => a.Code).Take(size + 1).ToListAsync(ct);
        return Page<AgencyView>.Of([.. page.Select(AgencyView.Of)], size, a => [a.Code], total);
    }
}

internal sealed class ListAgenciesEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/agencies", Handle).AllowsAnonymous().IsPublicData();

    /// <summary>List the agencies</summary>
    /// <remarks>Gives the agencies that decide on dossiers, by code, one page at a time.</remarks>
    /// <param name="on">Only those that act on this day.</param>
    private static async Task<PageAnswer<AgencyView>> Handle(
        DateOnly? on,
        [AsParameters] PageRequest page,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new ListAgencies(on, page), ct));
}
