using System.Globalization;
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

internal sealed record ListCalendarVersions(string Code, PageRequest Page) : IQuery<Page<CalendarChange>>;

/// <summary>One change of a calendar.</summary>
/// <param name="Version">The version it made.</param>
/// <param name="Reason">Why.</param>
/// <param name="Author">Who, as the subject of the user or client.</param>
/// <param name="PublishedAt">When.</param>
internal sealed record CalendarChange(int Version, string Reason, string Author, DateTimeOffset PublishedAt);

internal sealed class ListCalendarVersionsHandler(FacilitiesDbContext db) : IRequestHandler<ListCalendarVersions, Page<CalendarChange>>
{
    public async Task<Page<CalendarChange>> Handle(ListCalendarVersions request, CancellationToken ct)
    {
        var calendar =
            await db.Calendars.Where(c => c.Code == request.Code).Select(c => new { c.Id }).SingleOrDefaultAsync(ct)
            ?? throw new NotFoundException("calendar");
        var size = request.Page.Size();
        var before = Cursors.ReadText(request.Page.Cursor) is { } text
            ? int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw Cursors.Invalid()
            : int.MaxValue;
        var versions = db.CalendarVersions.Where(v => v.CalendarId == calendar.Id);
        var rows = await versions
            .Where(v => v.Number < before)
            .OrderByDescending(v => v.Number)
            .Take(size + 1)
            .Select(v => new CalendarChange(v.Number, v.Reason, v.Author, v.PublishedAt))
            .ToListAsync(ct);
        long? total = request.Page.WithTotal == true ? await versions.LongCountAsync(ct) : null;
        return Page<CalendarChange>.Of(rows, size, v => [v.Version], total);
    }
}

internal sealed class ListCalendarVersionsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/calendars/{code}/versions", Handle).Requires(FacilitiesPermissions.Read);

    /// <summary>List the changes of a calendar</summary>
    /// <remarks>Gives who published which version when and why, newest first.</remarks>
    /// <param name="code">Code of the calendar.</param>
    private static async Task<PageAnswer<CalendarChange>> Handle(
        string code,
        [AsParameters] PageRequest page,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new ListCalendarVersions(code, page), ct));
}
