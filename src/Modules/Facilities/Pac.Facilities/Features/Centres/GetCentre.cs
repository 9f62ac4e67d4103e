using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Web;
using Pac.Facilities.Features.Calendars;
using Pac.Facilities.Persistence;
using Pac.SharedKernel;

namespace Pac.Facilities.Features.Centres;

internal sealed record GetCentre(string Code) : IQuery<Versioned<CentreView>>;

internal sealed class GetCentreHandler(FacilitiesDbContext db) : IRequestHandler<GetCentre, Versioned<CentreView>>
{
    public async Task<Versioned<CentreView>> Handle(GetCentre request, CancellationToken ct)
    {
        var centre =
            await db.Centres.AsNoTracking().SingleOrDefaultAsync(c => c.Code == request.Code, ct) ?? throw new NotFoundException("centre");
        return new(CentreView.Of(centre), centre.Version);
    }
}

internal sealed class GetCentreEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/centres/{code}", Handle).Requires(FacilitiesPermissions.Read);

    /// <summary>Read a centre</summary>
    /// <remarks>Gives one service centre.</remarks>
    /// <param name="code">Code of the centre.</param>
    private static async Task<ItemAnswer<CentreView>> Handle(string code, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new GetCentre(code), ct));
}

internal sealed class GetCentreCalendarEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/centres/{code}/calendar", Handle).Requires(FacilitiesPermissions.Read);

    /// <summary>Read the calendar of a centre</summary>
    /// <remarks>Gives the present version of the working calendar that a centre follows.</remarks>
    /// <param name="code">Code of the centre.</param>
    private static async Task<ItemAnswer<CalendarView>> Handle(string code, ISender sender, CancellationToken ct)
    {
        var centre = await sender.Send(new GetCentre(code), ct);
        return new(await sender.Send(new GetCalendar(centre.Item.CalendarCode, null), ct));
    }
}
