using MediatR;
using Microsoft.EntityFrameworkCore;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Persistence;
using Pac.Facilities.Contracts;
using Pac.SharedKernel.WorkingTime;

namespace Pac.Dossiers.Features.ForOtherModules;

/// <summary>The times to answer feedback run by the calendar too; there are few of them open at a time.</summary>
internal sealed class WhenCalendarChanged_MoveFeedbackTimes(DossiersDbContext db, CentreCalendars centres, TimeProvider clock)
    : INotificationHandler<CalendarChanged>
{
    public async Task Handle(CalendarChanged notification, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var calendars = new Dictionary<string, WorkingCalendar>();
        var open = await db
            .AllFeedback.Where(f =>
                f.CalendarCode == notification.Code && f.State != FeedbackState.Refused && f.State != FeedbackState.Published
            )
            .ToListAsync(ct);
        foreach (var matter in open)
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
