using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Persistence;
using Pac.BuildingBlocks.Web;
using Pac.Facilities.Persistence;
using Pac.SharedKernel;

namespace Pac.Facilities.Features.Centres;

internal sealed record ListCentres(PageRequest Page) : IQuery<Page<CentreView>>;

internal sealed class ListCentresHandler(FacilitiesDbContext db) : IRequestHandler<ListCentres, Page<CentreView>>
{
    public async Task<Page<CentreView>> Handle(ListCentres request, CancellationToken ct)
    {
        var size = request.Page.Size();
        var after = Cursors.ReadText(request.Page.Cursor) ?? "";
        var rows = await db
            .Centres.Where(c => string.Compare(c.Code, after) > 0)
            .OrderBy(c => c.Code)
            .Take(size + 1)
            .Select(c => new CentreView(c.Code, c.Level, c.Name, c.NameEn, c.Address, c.CalendarCode))
            .ToListAsync(ct);
        long? total = request.Page.WithTotal == true ? await db.Centres.LongCountAsync(ct) : null;
        return Page<CentreView>.Of(rows, size, c => [c.Code], total);
    }
}

internal sealed class ListCentresEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/centres", Handle).Requires(FacilitiesPermissions.Read);

    /// <summary>List centres</summary>
    /// <remarks>Gives the service centres of the province by code.</remarks>
    private static async Task<PageAnswer<CentreView>> Handle([AsParameters] PageRequest page, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new ListCentres(page), ct));
}
