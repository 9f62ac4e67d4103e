using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Web;
using Pac.Facilities.Persistence;
using Pac.SharedKernel;

namespace Pac.Facilities.Features.Calendars;

internal sealed record GetCalendar(string Code, int? Version) : IQuery<Versioned<CalendarView>>;

internal sealed class GetCalendarHandler(FacilitiesDbContext db) : IRequestHandler<GetCalendar, Versioned<CalendarView>>
{
    public async Task<Versioned<CalendarView>> Handle(GetCalendar request, CancellationToken ct)
    {
        var found =
            await (
                from calendar in db.Calendars
                where calendar.Code == request.Code
                from version in db.CalendarVersions
                where version.CalendarId == calendar.Id && version.Number == (request.Version ?? calendar.CurrentVersion)
                select new
                {
                    calendar.Code,
                    calendar.Name,
                    calendar.Version,
                    Content = version,
                }
            )
                .AsNoTracking()
                .SingleOrDefaultAsync(ct)
            ?? throw new NotFoundException("calendar");
        return new(CalendarView.Of(found.Code, found.Name, found.Content), found.Version);
    }
}

internal sealed class GetCalendarEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/calendars/{code}", Handle).Requires(FacilitiesPermissions.Read);

    /// <summary>Read a calendar</summary>
    /// <remarks>Gives the present version of a working calendar with all its special days.</remarks>
    /// <param name="code">Code of the calendar.</param>
    private static async Task<ItemAnswer<CalendarView>> Handle(string code, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new GetCalendar(code, null), ct));
}

internal sealed class GetCalendarVersionEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/calendars/{code}/versions/{version}", Handle).Requires(FacilitiesPermissions.Read);

    /// <summary>Read a version of a calendar</summary>
    /// <remarks>Gives a working calendar as it was published in one version; it never changes.</remarks>
    /// <param name="code">Code of the calendar.</param>
    /// <param name="version">Number of the version, from 1.</param>
    private static async Task<ValueAnswer<CalendarView>> Handle(string code, int version, ISender sender, CancellationToken ct) =>
        new((await sender.Send(new GetCalendar(code, version), ct)).Item);
}
