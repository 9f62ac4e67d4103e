using Microsoft.EntityFrameworkCore;

namespace Pac.Facilities.Persistence;

internal static class CounterDaySql
{
    /// <summary>Counts a dossier, unless the counter stands in another centre: nobody moves the figures of others.</summary>
    public static Task CountDossierAt(this FacilitiesDbContext db, Guid counter, string centre, DateOnly day, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO facilities.counter_days (counter_id, day, dossiers_received)
            SELECT id, {day}, 1 FROM facilities.counters WHERE id = {counter} AND centre_code = {centre}
            ON CONFLICT (counter_id, day) DO UPDATE SET dossiers_received = counter_days.dossiers_received + 1
            """,
            ct
        );
}
