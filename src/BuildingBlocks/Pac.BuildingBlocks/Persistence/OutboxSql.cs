using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Messaging;

namespace Pac.BuildingBlocks.Persistence;

// The schema is a constant of the module and the only text that is spliced; values are parameters.
#pragma warning disable EF1002

/// <summary>The statements behind outbox and inbox, each in the schema of its own module.</summary>
public static class OutboxSql
{
    private const int LeaseSeconds = 30;

    /// <summary>Takes facts that nobody has tried to deliver yet. They are due at once, whatever the clock of the host that wrote them said.</summary>
    internal static Task<List<OutboxMessage>> ClaimFresh(this ModuleDbContext db, int most, CancellationToken ct) =>
        db
            .Outbox.FromSqlRaw(
                $"""
                UPDATE {db.Schema}.outbox SET attempts = 1, next_attempt_at = now() + make_interval(secs => {LeaseSeconds})
                WHERE id IN (
                    SELECT id FROM {db.Schema}.outbox
                    WHERE processed_at IS NULL AND parked_at IS NULL AND attempts = 0
                    ORDER BY next_attempt_at, id LIMIT {most} FOR UPDATE SKIP LOCKED)
                RETURNING *
                """
            )
            .AsNoTracking()
            .ToListAsync(ct);

    /// <summary>
    /// Takes one fact whose delivery failed, or whose host died over it. One alone, so that a fact that kills its host takes no other
    /// one's tries along; it is parked when its last try was never finished.
    /// </summary>
    internal static Task<List<OutboxMessage>> ClaimAgain(this ModuleDbContext db, int mostAttempts, CancellationToken ct) =>
        db
            .Outbox.FromSqlRaw(
                $"""
                WITH given_up AS (
                    UPDATE {db.Schema}.outbox SET parked_at = now(), last_error = coalesce(last_error, 'unfinished')
                    WHERE processed_at IS NULL AND parked_at IS NULL AND attempts >= {mostAttempts} AND next_attempt_at <= now())
                UPDATE {db.Schema}.outbox SET attempts = attempts + 1, next_attempt_at = now() + make_interval(secs => {LeaseSeconds})
                WHERE id = (
                    SELECT id FROM {db.Schema}.outbox
                    WHERE processed_at IS NULL AND parked_at IS NULL AND attempts BETWEEN 1 AND {mostAttempts} - 1 AND next_attempt_at <= now()
                    ORDER BY next_attempt_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
                RETURNING *
                """
            )
            .AsNoTracking()
            .ToListAsync(ct);

    internal static Task<int> FinishOutbox(
        this ModuleDbContext db,
        OutboxMessage message,
        string? failure,
        bool park,
        CancellationToken ct
    ) =>
        failure is null
            ? db.Database.ExecuteSqlRawAsync(
                $"UPDATE {db.Schema}.outbox SET processed_at = now(), last_error = NULL WHERE id = @p0",
                [message.Id],
                ct
            )
            // Back-off 1 s, 2 s, 4 s … at most 10 minutes.
            : db.Database.ExecuteSqlRawAsync(
                $"""
                UPDATE {db.Schema}.outbox SET last_error = @p1, parked_at = CASE WHEN @p2 THEN now() END,
                    next_attempt_at = now() + make_interval(secs => least(600, power(2, attempts - 1))) WHERE id = @p0
                """,
                [message.Id, failure, park],
                ct
            );

    internal static async Task<bool> EnterInbox(this ModuleDbContext db, Guid eventId, string handler, CancellationToken ct) =>
        await db.Database.ExecuteSqlRawAsync(
            $"INSERT INTO {db.Schema}.inbox (event_id, handler, applied_at) VALUES (@p0, @p1, now()) ON CONFLICT DO NOTHING",
            [eventId, handler],
            ct
        ) == 1;

    /// <summary>Puts the parked facts of a module back in line. Returns how many.</summary>
    public static Task<int> RedriveOutbox(this ModuleDbContext db, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Database.ExecuteSqlRawAsync(
            $"UPDATE {db.Schema}.outbox SET parked_at = NULL, attempts = 0, next_attempt_at = now() WHERE parked_at IS NOT NULL",
            ct
        );
    }

    /// <summary>Removes what was delivered or answered more than a week ago (the promise for repeated requests is 7 days).</summary>
    public static Task<int> ForgetOldMessages(this ModuleDbContext db, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Database.ExecuteSqlRawAsync(
            $"""
            DELETE FROM {db.Schema}.outbox WHERE processed_at < now() - interval '8 days';
            DELETE FROM {db.Schema}.inbox WHERE applied_at < now() - interval '30 days';
            DELETE FROM {db.Schema}.kept_answers WHERE kept_at < now() - interval '8 days';
            """,
            ct
        );
    }
}
