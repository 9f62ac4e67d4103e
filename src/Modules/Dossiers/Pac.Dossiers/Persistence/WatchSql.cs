using Microsoft.EntityFrameworkCore;
using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Persistence;

/// <summary>The statement that finds what time has passed for.</summary>
internal static class WatchSql
{
    /// <summary>Takes a batch whose time has passed. The rows stay locked until the save, and other hosts take others.</summary>
    public static async Task<List<Dossier>> TakeTimePassed(this DossiersDbContext db, DateTimeOffset now, int most, CancellationToken ct)
    {
        await db.Begin(ct);
        var at = now.ToUniversalTime();
        var ids = await db
            .Database.SqlQuery<Guid>(
                $"""
                SELECT id AS "Value" FROM dossiers.dossiers WHERE watch_at < {at} ORDER BY watch_at LIMIT {most} FOR UPDATE SKIP LOCKED
                """
            )
            .ToListAsync(ct);
        var taken = ids.ConvertAll(i => new DossierId(i));
        return await db.AllDossiers.Where(d => taken.Contains(d.Id)).ToListAsync(ct);
    }
}
