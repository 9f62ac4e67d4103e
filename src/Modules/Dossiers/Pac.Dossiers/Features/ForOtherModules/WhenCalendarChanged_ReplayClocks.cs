using MediatR;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Security;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Persistence;
using Pac.Facilities.Contracts;

namespace Pac.Dossiers.Features.ForOtherModules;

/// <summary>
/// A holiday decided late moves the promise of every open dossier that runs by the calendar. From here on receptions begin with the new version;
/// they wait for this moment, so that none slips through with the old one. What is open is computed anew by a job.
/// </summary>
internal sealed class WhenCalendarChanged_ReplayClocks(DossiersDbContext db, TimeProvider clock) : INotificationHandler<CalendarChanged>
{
    public async Task Handle(CalendarChanged notification, CancellationToken ct)
    {
        await db.HoldReceptions(notification.Code, ct);
        await db.KnowCalendar(notification.Code, notification.Version, ct);
        if (await db.ClockReplays.AnyAsync(r => r.CalendarCode == notification.Code && r.CalendarVersion == notification.Version, ct))
            return;
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        db.ClockReplays.Add(ClockReplay.Of(id, notification.Code, notification.Version, notification.Reason, now));
        db.QueueReplay(id, notification.Code, notification.Version, notification.Reason, Caller.System.Subject, now);
        await db.SaveChangesAsync(ct);
    }
}
