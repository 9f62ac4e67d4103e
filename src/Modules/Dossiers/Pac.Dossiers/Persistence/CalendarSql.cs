using Microsoft.EntityFrameworkCore;

namespace Pac.Dossiers.Persistence;

/// <summary>The statements that let due instants follow their calendar.</summary>
internal static class CalendarSql
{
    /// <summary>Waits for receptions under way with this calendar and holds new ones off until the end of the transaction.</summary>
    public static Task HoldReceptions(this DossiersDbContext db, string calendarCode, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({DossierNumbers.CalendarLock}, hashtext({calendarCode}))", ct);

    /// <summary>Notes a version; older ones than the known one change nothing.</summary>
    public static Task KnowCalendar(this DossiersDbContext db, string code, int version, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO dossiers.known_calendars AS k (code, version) VALUES ({code}, {version})
            ON CONFLICT (code) DO UPDATE SET version = greatest(k.version, excluded.version)
            """,
            ct
        );
}
