using Microsoft.EntityFrameworkCore;
using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Persistence;

/// <summary>
/// The statements that find which dossiers have to be looked at. What they read is what has not ended: the open dossiers and the results that
/// wait, each with a partial index.
/// </summary>
internal static class EscalationSql
{
    /// <summary>Begins to look at what is new: received, imported, or opened again.</summary>
    public static Task LookAtNew(this DossiersDbContext db, DateTimeOffset now, CancellationToken ct)
    {
        var at = now.ToUniversalTime();
        return db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO dossiers.escalation_looks (dossier_id, known_since, look_at, revision)
            SELECT d.id, {at}, {at}, -1 FROM dossiers.dossiers d
            WHERE d.settled_at IS NULL AND NOT EXISTS (SELECT 1 FROM dossiers.escalation_looks l WHERE l.dossier_id = d.id)
            UNION ALL
            SELECT d.id, {at}, {at}, -1 FROM dossiers.dossiers d
            WHERE d.delivery = 'Ready' AND d.settled_at IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM dossiers.escalation_looks l WHERE l.dossier_id = d.id)
            ON CONFLICT DO NOTHING
            """,
            ct
        );
    }

    /// <summary>Takes a batch whose time has come or on which something was done. The rows stay locked until the save; other hosts take others.</summary>
    public static async Task<Dictionary<DossierId, DateTimeOffset>> TakeLooks(
        this DossiersDbContext db,
        DateTimeOffset now,
        int most,
        CancellationToken ct
    )
    {
        await db.Begin(ct);
        var at = now.ToUniversalTime();
        var rows = await db
            .Database.SqlQuery<TakenLook>(
                $"""
                SELECT l.dossier_id, l.known_since FROM dossiers.escalation_looks l
                JOIN dossiers.dossiers d ON d.id = l.dossier_id
                WHERE l.look_at <= {at} OR l.revision <> d.revision
                ORDER BY l.dossier_id LIMIT {most} FOR UPDATE OF l SKIP LOCKED
                """
            )
            .ToListAsync(ct);
        return rows.ToDictionary(r => new DossierId(r.DossierId), r => r.KnownSince);
    }

    /// <summary>Notes when to look again; what has ended is looked at no more.</summary>
    public static async Task PutLooksOff(
        this DossiersDbContext db,
        IReadOnlyList<(Dossier Dossier, DateTimeOffset? NextAt, bool Ended)> looked,
        CancellationToken ct
    )
    {
        Guid[] ids = [.. looked.Select(l => l.Dossier.Id.Value)];
        int[] revisions = [.. looked.Select(l => l.Dossier.Revision)];
        DateTimeOffset?[] next = [.. looked.Select(l => l.NextAt?.ToUniversalTime())];
        Guid[] ended = [.. looked.Where(l => l.Ended).Select(l => l.Dossier.Id.Value)];
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE dossiers.escalation_looks l SET look_at = w.look_at, revision = w.revision
            FROM unnest({ids}, {revisions}, {next}) AS w (dossier_id, revision, look_at) WHERE l.dossier_id = w.dossier_id
            """,
            ct
        );
        if (ended.Length > 0)
            await db.Database.ExecuteSqlAsync($"DELETE FROM dossiers.escalation_looks WHERE dossier_id = ANY({ended})", ct);
    }

    private sealed record TakenLook(Guid DossierId, DateTimeOffset KnownSince);
}
