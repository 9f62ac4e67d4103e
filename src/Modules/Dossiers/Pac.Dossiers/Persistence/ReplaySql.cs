using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Jobs;
using Pac.BuildingBlocks.Security;
using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Persistence;

/// <summary>By which version of a calendar clocks are computed anew, and why.</summary>
internal sealed record ReplayOrder(string CalendarCode, int Version, string Reason);

/// <summary>What a replay reads and orders.</summary>
internal static class ReplaySql
{
    public const string JobKind = "replay-clocks";

    /// <summary>Orders a replay, in the transaction of the fact that asks for it.</summary>
    public static void QueueReplay(
        this DossiersDbContext db,
        Guid id,
        string calendarCode,
        int version,
        string reason,
        string subject,
        DateTimeOffset now
    )
    {
        var order = JsonSerializer.Serialize(new ReplayOrder(calendarCode, version, reason), JsonSerializerOptions.Web);
        db.Jobs.Add(Job.Queue(id, JobKind, order, null, subject, DataScope.Province.ToString(), now));
    }

    /// <summary>How many open dossiers run by a calendar.</summary>
    public static Task<long> OpenBy(this DossiersDbContext db, string calendarCode, CancellationToken ct) =>
        db.AllDossiers.LongCountAsync(d => d.SettledAt == null && d.CalendarCode == calendarCode, ct);

    /// <summary>The next open dossiers of a calendar, in the order of their keys.</summary>
    public static Task<List<DossierId>> OpenBy(
        this DossiersDbContext db,
        string calendarCode,
        DossierId after,
        int most,
        CancellationToken ct
    ) =>
        db
            .AllDossiers.Where(d => d.SettledAt == null && d.CalendarCode == calendarCode && d.Id > after)
            .OrderBy(d => d.Id)
            .Take(most)
            .Select(d => d.Id)
            .ToListAsync(ct);
}
