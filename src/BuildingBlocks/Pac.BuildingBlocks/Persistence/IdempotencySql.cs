using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Mediation;

namespace Pac.BuildingBlocks.Persistence;

#pragma warning disable EF1002 // The schema is a constant of the module; values are parameters.

/// <summary>The statements behind repeatable requests, each in the schema of its own module.</summary>
internal static class IdempotencySql
{
    public static async Task<bool> TryLockKey(this ModuleDbContext db, long number, CancellationToken ct) =>
        await db.Database.SqlQueryRaw<bool>("SELECT pg_try_advisory_xact_lock(@p0) AS \"Value\"", number).SingleAsync(ct);

    public static Task<KeptAnswer?> FindKeptAnswer(this ModuleDbContext db, string key, string owner, CancellationToken ct) =>
        db.Set<KeptAnswer>().AsNoTracking().SingleOrDefaultAsync(k => k.Key == key && k.Owner == owner, ct);

    public static Task KeepAnswer(this ModuleDbContext db, string key, string owner, byte[] hash, string answer, CancellationToken ct) =>
        db.Database.ExecuteSqlRawAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"INSERT INTO {db.Schema}.kept_answers (key, owner, request_hash, answer, kept_at) VALUES (@p0, @p1, @p2, @p3::jsonb, now())"
            ),
            [key, owner, hash, answer],
            ct
        );
}
