using Microsoft.EntityFrameworkCore;
using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Persistence;

/// <summary>The statements behind closing, retention and erasure.</summary>
internal static class RetentionSql
{
    private const string AnswersDue = """
        SELECT a.id AS "Value" FROM dossiers.counter_answers a
        CROSS JOIN LATERAL (SELECT (a.answered_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS answered_on) c
        CROSS JOIN LATERAL (
            SELECT q.years FROM dossiers.retention_rules q
            WHERE q.procedure_code IS NULL AND q.field_code IS NULL AND q.effective_from <= c.answered_on
            ORDER BY q.effective_from DESC LIMIT 1) q
        WHERE a.erased_at IS NULL AND (c.answered_on + make_interval(years => q.years))::date <= {0}
        """;

    // By the rule for everything else, counted from when it was refused or answered; before that together with its dossier, if it was closed before
    // the day on which that was reported. What a hold on the dossier keeps stays.
    private const string FeedbackDue = """
        SELECT f.id AS "Value" FROM dossiers.feedback f
        CROSS JOIN LATERAL (SELECT (f.closed_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS closed_on) c
        LEFT JOIN LATERAL (
            SELECT q.years FROM dossiers.retention_rules q
            WHERE q.procedure_code IS NULL AND q.field_code IS NULL AND q.effective_from <= c.closed_on
            ORDER BY q.effective_from DESC LIMIT 1) q ON true
        WHERE f.erased_at IS NULL AND f.closed_at IS NOT NULL AND c.closed_on < {0}
            AND ((c.closed_on + make_interval(years => q.years))::date <= {0} OR EXISTS (
                SELECT 1 FROM dossiers.retention r WHERE r.dossier_id = f.dossier_id AND r.erased_at IS NULL AND r.erase_on <= {0}))
            AND NOT EXISTS (SELECT 1 FROM dossiers.legal_holds h WHERE h.dossier_id = f.dossier_id AND h.ended_at IS NULL)
        """;

    /// <summary>
    /// States for dossiers that are closed when that was and until when they are kept: by the rule of their procedure, else of their field,
    /// else of all others, as in force on that day. What was opened again is not closed.
    /// </summary>
    public static async Task PlaceInRetention(this DossiersDbContext db, Guid[] dossiers, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync(
            $"""
            DELETE FROM dossiers.retention r USING dossiers.dossiers d
            WHERE r.dossier_id = ANY({dossiers}) AND d.id = r.dossier_id AND d.status NOT IN ('Returned', 'Stopped', 'Rejected') AND r.erased_at IS NULL
            """,
            ct
        );
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO dossiers.retention AS r (dossier_id, closed_on, rule_id, erase_on)
            SELECT d.id, c.closed_on, q.id, (c.closed_on + make_interval(years => q.years))::date
            FROM dossiers.dossiers d
            CROSS JOIN LATERAL (SELECT (coalesce(d.returned_at, d.settled_at) AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS closed_on) c
            CROSS JOIN LATERAL (
                SELECT q.id, q.years FROM dossiers.retention_rules q
                WHERE q.effective_from <= c.closed_on
                    AND (q.procedure_code = d.procedure_code OR q.procedure_code IS NULL AND (q.field_code = d.field_code OR q.field_code IS NULL))
                ORDER BY q.procedure_code IS NULL, q.field_code IS NULL, q.effective_from DESC LIMIT 1) q
            WHERE d.id = ANY({dossiers}) AND d.status IN ('Returned', 'Stopped', 'Rejected')
            ON CONFLICT (dossier_id) DO UPDATE SET closed_on = excluded.closed_on, rule_id = excluded.rule_id, erase_on = excluded.erase_on
                WHERE r.erased_at IS NULL
            """,
            ct
        );
    }

    /// <summary>Closed dossiers that nobody has placed yet, such as imported ones, in the order of their ids.</summary>
    public static Task<List<Guid>> Unplaced(this DossiersDbContext db, Guid after, int most, CancellationToken ct) =>
        db
            .Database.SqlQuery<Guid>(
                $"""
                SELECT d.id AS "Value" FROM dossiers.dossiers d
                WHERE d.id > {after} AND d.status IN ('Returned', 'Stopped', 'Rejected') AND d.settled_at IS NOT NULL
                    AND NOT EXISTS (SELECT 1 FROM dossiers.retention r WHERE r.dossier_id = d.id)
                ORDER BY d.id LIMIT {most}
                """
            )
            .ToListAsync(ct);

    /// <summary>The next dossiers whose personal data are to be erased, in the order of their ids.</summary>
    public static Task<List<Guid>> DueAfter(this DossiersDbContext db, DateOnly day, Guid after, int most, CancellationToken ct) =>
        db
            .Database.SqlQuery<Guid>(
                $"""
                SELECT r.dossier_id AS "Value" FROM dossiers.retention r
                WHERE r.erased_at IS NULL AND r.erase_on <= {day} AND r.dossier_id > {after}
                    AND NOT EXISTS (SELECT 1 FROM dossiers.legal_holds h WHERE h.dossier_id = r.dossier_id AND h.ended_at IS NULL)
                ORDER BY r.dossier_id LIMIT {most}
                """
            )
            .ToListAsync(ct);

    /// <summary>Those of them that are still due; the rows stay locked until the save.</summary>
    public static Task<List<Guid>> TakeDue(this DossiersDbContext db, DateOnly day, Guid[] found, CancellationToken ct) =>
        db
            .Database.SqlQuery<Guid>(
                $"""
                SELECT r.dossier_id AS "Value" FROM dossiers.retention r
                WHERE r.erased_at IS NULL AND r.erase_on <= {day} AND r.dossier_id = ANY({found})
                ORDER BY r.dossier_id FOR UPDATE OF r
                """
            )
            .ToListAsync(ct);

    /// <summary>Answers of counters whose personal data are to be erased, by the rule for everything else that was in force on their day.</summary>
    public static Task<List<Guid>> CounterAnswersDue(this DossiersDbContext db, DateOnly day, int most, CancellationToken ct) =>
        db.Database.SqlQueryRaw<Guid>(AnswersDue + " ORDER BY a.id LIMIT {1} FOR UPDATE OF a SKIP LOCKED", day, most).ToListAsync(ct);

    /// <summary>How many answers of counters are due.</summary>
    public static async Task<long> CountCounterAnswersDue(this DossiersDbContext db, DateOnly day, CancellationToken ct) =>
        await db.Database.SqlQueryRaw<Guid>(AnswersDue, day).LongCountAsync(ct);

    /// <summary>The next closed feedback whose personal data are to be erased, in the order of its ids.</summary>
    public static Task<List<Guid>> FeedbackDueAfter(this DossiersDbContext db, DateOnly day, Guid after, int most, CancellationToken ct) =>
        db.Database.SqlQueryRaw<Guid>(FeedbackDue + " AND f.id > {1} ORDER BY f.id LIMIT {2}", day, after, most).ToListAsync(ct);

    /// <summary>What of it is still due; the rows stay locked until the save.</summary>
    public static Task<List<Guid>> TakeFeedbackDue(this DossiersDbContext db, DateOnly day, Guid[] found, CancellationToken ct) =>
        db.Database.SqlQueryRaw<Guid>(FeedbackDue + " AND f.id = ANY({1}) ORDER BY f.id FOR UPDATE OF f", day, found).ToListAsync(ct);

    /// <summary>How much closed feedback is due.</summary>
    public static async Task<long> CountFeedbackDue(this DossiersDbContext db, DateOnly day, CancellationToken ct) =>
        await db.Database.SqlQueryRaw<Guid>(FeedbackDue, day).LongCountAsync(ct);

    /// <summary>Takes what tells of people out of what hangs on feedback, in the transaction in hand: what its senders were told, and kept answers.</summary>
    public static async Task EraseAroundFeedback(this DossiersDbContext db, Guid[] feedback, CancellationToken ct)
    {
        string[] patterns = [.. feedback.Select(f => $"%{f}%")];
        await db.Database.ExecuteSqlAsync(
            $$"""
            UPDATE dossiers.notifications SET facts = '{}', text = NULL, address = NULL, receipt = NULL,
                state = CASE state WHEN 'Waiting' THEN 'NotWanted' ELSE state END
            WHERE feedback_id = ANY({{feedback}})
            """,
            ct
        );
        await db.Database.ExecuteSqlAsync($"DELETE FROM dossiers.kept_answers WHERE answer::text LIKE ANY({patterns})", ct);
    }

    /// <summary>
    /// Takes what tells of people out of everything that hangs on dossiers, in the transaction in hand: files and uploads, what they were told,
    /// what other systems said, comments, kept answers, and remarks of the timeline that somebody wrote freely.
    /// </summary>
    public static async Task EraseAround(this DossiersDbContext db, Guid[] dossiers, DateTimeOffset now, CancellationToken ct)
    {
        var at = now.ToUniversalTime();
        string[] patterns = [.. dossiers.Select(d => $"%{d}%")];
        // Content that nobody refers to any more goes with the next round of pruning.
        await db.Database.ExecuteSqlAsync(
            $"""
            WITH gone AS (
                DELETE FROM dossiers.files f USING dossiers.retention r JOIN dossiers.retention_rules q ON q.id = r.rule_id
                WHERE f.dossier_id = ANY({dossiers}) AND r.dossier_id = f.dossier_id AND NOT q.keeps_files
                RETURNING f.sha256)
            UPDATE dossiers.contents c SET released_at = 'epoch' FROM gone WHERE c.sha256 = gone.sha256
            """,
            ct
        );
        await db.Database.ExecuteSqlAsync(
            $$"""
            UPDATE dossiers.fee_receipts SET void_reason = CASE WHEN void_reason IS NULL THEN NULL ELSE '' END,
                lines = (SELECT coalesce(jsonb_agg(CASE WHEN l ->> 'code' = {{PaymentLine.Other}}
                    THEN (l - 'reason') || '{"name": "Khoản khác", "nameEn": "Other"}'::jsonb ELSE l - 'reason' END), '[]'::jsonb)
                    FROM jsonb_array_elements(lines) AS l)
            WHERE dossier_id = ANY({{dossiers}})
            """,
            ct
        );
        await db.Database.ExecuteSqlAsync($"DELETE FROM dossiers.uploads WHERE dossier_id = ANY({dossiers})", ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM dossiers.dossier_people WHERE dossier_id = ANY({dossiers})", ct);
        await db.Database.ExecuteSqlAsync(
            $$"""
            UPDATE dossiers.notifications SET facts = '{}', text = NULL, address = NULL, receipt = NULL,
                state = CASE state WHEN 'Waiting' THEN 'NotWanted' ELSE state END
            WHERE dossier_id = ANY({{dossiers}})
            """,
            ct
        );
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE dossiers.exchange_messages SET text = NULL, sealed = NULL
            WHERE id IN (SELECT id FROM dossiers.exchange_messages WHERE dossier_id = ANY({dossiers})
                UNION SELECT m.id FROM dossiers.dossiers d JOIN dossiers.exchange_messages m ON m.dossier_code = d.code WHERE d.id = ANY({dossiers})
                UNION SELECT m.id FROM dossiers.dossiers d JOIN dossiers.exchange_messages m ON m.dossier_code = d.portal_code WHERE d.id = ANY({dossiers}))
                AND (text IS NOT NULL OR sealed IS NOT NULL)
            """,
            ct
        );
        await db.Database.ExecuteSqlAsync(
            $"UPDATE dossiers.consultations SET question = '', answer = NULL WHERE dossier_id = ANY({dossiers})",
            ct
        );
        await db.Database.ExecuteSqlAsync(
            $"UPDATE dossiers.escalations SET message = NULL, answer = NULL WHERE dossier_id = ANY({dossiers})",
            ct
        );
        await db.Database.ExecuteSqlAsync($"UPDATE dossiers.ratings SET comment = NULL WHERE dossier_id = ANY({dossiers})", ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM dossiers.kept_answers WHERE answer::text LIKE ANY({patterns})", ct);
        await db.Database.ExecuteSqlAsync(
            $"UPDATE dossiers.timeline SET detail = NULL WHERE dossier_id = ANY({dossiers}) AND act IN ('movedToVersion', 'reopened', 'consultationWithdrawn', 'released', 'escalationAcknowledged', 'specialActApproved', 'paymentCancelled')",
            ct
        );
        await db.Database.ExecuteSqlAsync($"UPDATE dossiers.retention SET erased_at = {at} WHERE dossier_id = ANY({dossiers})", ct);
    }

    /// <summary>Forgets rows of imports that are over: those that could not be taken wait for a month for whoever mends them, then their line and code alone tell of them.</summary>
    public static Task ForgetImportRows(this DossiersDbContext db, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync(
            $"""
            DELETE FROM dossiers.import_rows r USING dossiers.jobs j WHERE j.id = r.import_id AND (j.state = 'Failed' OR j.state = 'Succeeded' AND j.finished_at < now() - interval '30 days')
            """,
            ct
        );
}
