using System.Collections.Concurrent;
using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using Pac.SharedKernel;
using Pac.SharedKernel.WorkingTime;

namespace Pac.Facilities.Persistence;

/// <summary>One version of a calendar, ready to compute with.</summary>
/// <param name="Clock">The engine.</param>
/// <param name="VietnameseNames">Why its special days are special, in Vietnamese.</param>
internal sealed record PublishedCalendar(WorkingCalendar Clock, FrozenDictionary<DateOnly, string> VietnameseNames);

/// <summary>Compiled calendars. A published version never changes, so it may be kept; which one is the present one is asked each time.</summary>
internal sealed class PublishedCalendars(FacilitiesDbContext db)
{
    private static readonly ConcurrentDictionary<(Guid, int), PublishedCalendar> Compiled = new();

    public async Task<PublishedCalendar> Present(string code, CancellationToken ct)
    {
        var calendar =
            await db.Calendars.Where(c => c.Code == code).Select(c => new { c.Id, c.CurrentVersion }).SingleOrDefaultAsync(ct)
            ?? throw new NotFoundException("calendar");
        if (Compiled.TryGetValue((calendar.Id.Value, calendar.CurrentVersion), out var known))
            return known;
        var version = await db
            .CalendarVersions.AsNoTracking()
            .SingleAsync(v => v.CalendarId == calendar.Id && v.Number == calendar.CurrentVersion, ct);
        if (Compiled.Count > 500)
            Compiled.Clear();
        return Compiled[(calendar.Id.Value, calendar.CurrentVersion)] = new(
            WorkingCalendar.Compile(version.Content.ToDefinition(code, version.Number)),
            version.Content.Days.ToFrozenDictionary(d => d.Date, d => d.NameVi)
        );
    }
}
