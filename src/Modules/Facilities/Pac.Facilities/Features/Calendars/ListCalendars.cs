using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Persistence;
using Pac.BuildingBlocks.Web;
using Pac.Facilities.Persistence;
using Pac.SharedKernel;

namespace Pac.Facilities.Features.Calendars;

internal sealed record ListCalendars(PageRequest Page) : IQuery<Page<CalendarSummary>>;

/// <summary>A working calendar in a list.</summary>
/// <param name="Code">Code of the calendar.</param>
/// <param name="Name">Name of the calendar.</param>
/// <param name="Version">Its present version.</param>
internal sealed record CalendarSummary(string Code, string Name, int Version);

internal sealed class ListCalendarsHandler(FacilitiesDbContext db) : IRequestHandler<ListCalendars, Page<CalendarSummary>>
{
    public async Task<Page<CalendarSummary>> Handle(ListCalendars request, CancellationToken ct)
    {
        var size = request.Page.Size();
        var after = Cursors.ReadText(request.Page.Cursor) ?? "";
        var rows = await db
            .Calendars.Where(c => string.Compare(c.Code, after) > 0)
            .OrderBy(c => c.Code)
            .Take(size + 1)
            .Select(c => new CalendarSummary(c.Code, c.Name, c.CurrentVersion))
            .ToListAsync(ct);
        long? total = request.Page.WithTotal == true ? await db.Calendars.LongCountAsync(ct) : null;
        return Page<CalendarSummary>.Of(rows, size, c => [c.Code], total);
    }
}

internal sealed class ListCalendarsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/calendars", Handle).Requires(FacilitiesPermissions.Read);

    /// <summary>List calendars</summary>
    /// <remarks>Gives the working calendars by code.</remarks>
    private static async Task<PageAnswer<CalendarSummary>> Handle([AsParameters] PageRequest page, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new ListCalendars(page), ct));
}
