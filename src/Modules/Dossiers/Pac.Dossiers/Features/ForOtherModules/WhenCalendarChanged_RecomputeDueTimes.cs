using MediatR;
using Microsoft.EntityFrameworkCore;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Persistence;
using Pac.Facilities.Contracts;
using Pac.SharedKernel.WorkingTime;

namespace Pac.Dossiers.Features.ForOtherModules;

/// <summary>
/// A holiday decided late moves the promise of every open dossier that runs by the calendar. Receptions wait for the few moments this takes,
/// so that none slips through with the old version.
/// </summary>
internal sealed class WhenCalendarChanged_RecomputeDueTimes(DossiersDbContext db, CentreCalendars centres, TimeProvider clock)
    : INotificationHandler<CalendarChanged>
{
    public async Task Handle(CalendarChanged notification, CancellationToken ct)
    {
        await db.HoldReceptions(notification.Code, ct);
        await db.KnowCalendar(notification.Code, notification.Version, ct);
        var open = await db.AllDossiers.Where(d => d.SettledAt == null && d.CalendarCode == notification.Code).ToListAsync(ct);
        var now = clock.GetUtcNow();
        var calendars = new Dictionary<string, WorkingCalendar>();
        foreach (var dossier in open)
        {
            if (!calendars.TryGetValue(dossier.CentreCode, out var calendar))
            {
                var centre = await centres.Find(dossier.CentreCode, notification.Version, ct);
                calendars[dossier.CentreCode] = calendar = centre!.Calendar;
            }
            dossier.FollowCalendar(calendar, notification.Reason, now);
        }
        var feedback = await db
            .AllFeedback.Where(f =>
                f.CalendarCode == notification.Code && f.State != FeedbackState.Refused && f.State != FeedbackState.Published
            )
            .ToListAsync(ct);
        foreach (var matter in feedback)
        {
            if (!calendars.TryGetValue(matter.CentreCode, out var calendar))
            {
                var centre = await centres.Find(matter.CentreCode, notification.Version, ct);
                calendars[matter.CentreCode] = calendar = centre!.Calendar;
            }
            matter.FollowCalendar(calendar, notification.Reason, now);
        }
        await db.SaveChangesAsync(ct);
    }
}
