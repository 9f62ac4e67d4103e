using Microsoft.EntityFrameworkCore;

namespace Pac.Facilities.Persistence;

internal static class CounterDaySql
{
    public static Task CountDossierAt(this FacilitiesDbContext db, Guid counter, DateOnly day, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO facilities.counter_days (counter_id, day, dossiers_received) VALUES ({counter}, {day}, 1)
            ON CONFLICT (counter_id, day) DO UPDATE SET dossiers_received = counter_days.dossiers_received + 1
            """,
            ct
        );
}
