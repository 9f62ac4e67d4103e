using Microsoft.EntityFrameworkCore;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Files;
using Pac.Dossiers.Exchange;

namespace Pac.Dossiers.Persistence;

/// <summary>A dossier with its files and the names around it, as other systems want to be told.</summary>
internal sealed record ToldDossier(Dossier Dossier, string ProcedureName, string FieldName, string AgencyName)
{
    public IReadOnlyList<DossierFile> Files { get; init; } = [];
}

/// <summary>The statements behind the exchange. Any number of hosts may run them.</summary>
internal static class ExchangeSql
{
    private const int LeaseSeconds = 60;

    // The acts that change what other systems keep of a dossier beside its status; all others are told as progress alone.
    private static readonly string[] Whole =
    [
        "submitted",
        "received",
        "rejected",
        "supplementRequested",
        "supplementSubmitted",
        "supplementExpired",
        "paymentRequested",
        "paymentConfirmed",
        "paymentVoided",
        "paymentCancelled",
        "feeExempted",
        "dueTimeMoved",
        "appointmentMoved",
        "movedToVersion",
        "handedOver",
        "extended",
        "withdrawn",
        "stopped",
        "settled",
        "returned",
        "reopened",
    ];

    // What concerns nobody but us.
    private static readonly string[] Internal =
    [
        "duplicateJudged",
        "synchronisationNoted",
        "intakeOverdue",
        "overdue",
        "refundRequested",
        "refundRefused",
    ];

    /// <summary>
    /// Puts acts in line for a partner, in the order given: the dossier where it is wanted as a whole, and the progress. Whoever stated the status
    /// when it was done had to tell it.
    /// </summary>
    public static Task QueueExchange(
        this DossiersDbContext db,
        ExchangePartner partner,
        IReadOnlyList<RecordedEvent> events,
        CancellationToken ct
    )
    {
        var messages = events
            .Where(e => !Internal.Contains(e.Act))
            .SelectMany(e =>
                (Whole.Contains(e.Act) ? new[] { ExchangeKind.Dossier, ExchangeKind.Progress } : [ExchangeKind.Progress]).Select(k =>
                    (Event: e, Kind: k)
                )
            )
            .ToList();
        Guid[] ids = [.. messages.Select(m => Guid.CreateVersion7(m.Event.OccurredAt))];
        string[] kinds = [.. messages.Select(m => m.Kind.ToString())];
        Guid[] eventIds = [.. messages.Select(m => m.Event.Id)];
        return db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO dossiers.exchange_messages (id, partner, direction, kind, event_id, dossier_id, dossier_code, status, state, attempts,
                next_attempt_at, occurred_at, created_at, revision)
            SELECT w.id, {partner.ToString()}, 'Outbound', w.kind, e.id, e.dossier_id, e.code, e.status, 'Waiting', 0, now(), e.occurred_at, now(), 0
            FROM unnest({ids}, {kinds}, {eventIds}) WITH ORDINALITY AS w (id, kind, event_id, place)
            JOIN dossiers.events e ON e.id = w.event_id AND e.stated_by = 'Pac'
            ORDER BY w.place
            """,
            ct
        );
    }

    /// <summary>Puts dossiers in line once more, as they are now.</summary>
    public static Task QueueAgain(this DossiersDbContext db, ExchangePartner partner, string[] codes, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO dossiers.exchange_messages (id, partner, direction, kind, dossier_id, dossier_code, status, state, attempts,
                next_attempt_at, occurred_at, created_at, revision)
            SELECT gen_random_uuid(), {partner.ToString()}, 'Outbound', 'Dossier', d.id, d.code, d.status, 'Waiting', 0, now(),
                coalesce(d.returned_at, d.settled_at, d.received_at), now(), 0
            FROM dossiers.dossiers d WHERE (d.code = ANY({codes}) OR d.portal_code = ANY({codes})) AND d.stated_by = 'Pac'
            """,
            ct
        );

    /// <summary>Takes what is due for a partner; the next message of a dossier waits until the one before it is done or parked.</summary>
    public static Task<List<ExchangeMessage>> ClaimOutbound(
        this DossiersDbContext db,
        ExchangePartner partner,
        int most,
        CancellationToken ct
    ) =>
        db
            .ExchangeMessages.FromSql(
                $"""
                UPDATE dossiers.exchange_messages u SET attempts = u.attempts + 1, next_attempt_at = now() + make_interval(secs => {LeaseSeconds})
                FROM (
                    SELECT m.id FROM dossiers.exchange_messages m
                    WHERE m.partner = {partner.ToString()} AND m.direction = 'Outbound' AND m.state = 'Waiting' AND m.next_attempt_at <= now()
                        AND NOT EXISTS (
                            SELECT 1 FROM dossiers.exchange_messages p
                            WHERE p.partner = m.partner AND p.dossier_id = m.dossier_id AND p.direction = 'Outbound' AND p.state = 'Waiting'
                                AND p.position < m.position)
                    ORDER BY m.position LIMIT {most} FOR UPDATE SKIP LOCKED) c
                WHERE u.id = c.id
                RETURNING u.*, u.xmin
                """
            )
            .AsNoTracking()
            .ToListAsync(ct);

    /// <summary>Which acts were mended after a later one had been told: told now, they would be taken for the newest.</summary>
    public static async Task<HashSet<Guid>> Overtaken(this DossiersDbContext db, Guid[] messages, CancellationToken ct) =>
        [
            .. await db
                .Database.SqlQuery<Guid>(
                    $"""
                    SELECT m.id FROM dossiers.exchange_messages m
                    WHERE m.id = ANY({messages}) AND m.kind = 'Progress' AND EXISTS (
                        SELECT 1 FROM dossiers.exchange_messages l
                        WHERE l.dossier_id = m.dossier_id AND l.position > m.position AND l.partner = m.partner AND l.direction = 'Outbound'
                            AND l.kind = 'Progress' AND l.state = 'Done' AND l.answer = {ExchangeAnswer.Accepted})
                    """
                )
                .ToListAsync(ct),
        ];

    /// <summary>Whether a partner was told of an act that led to this status in this second: then it tells us what we told.</summary>
    public static Task<bool> WasTold(
        this DossiersDbContext db,
        ExchangePartner partner,
        DossierId dossier,
        DossierStatus status,
        DateTimeOffset second,
        CancellationToken ct
    )
    {
        var (from, to) = (second.ToUniversalTime(), second.ToUniversalTime().AddSeconds(1));
        return db.ExchangeMessages.AnyAsync(
            m =>
                m.DossierId == dossier
                && m.Partner == partner
                && m.Direction == ExchangeDirection.Outbound
                && m.Status == status
                && m.OccurredAt >= from
                && m.OccurredAt < to,
            ct
        );
    }

    /// <summary>Since when a partner has to be asked: the begin of the last look-up that came to its end.</summary>
    public static async Task<DateTimeOffset> PulledSince(
        this DossiersDbContext db,
        ExchangePartner partner,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        var known = db.Set<PullRow>().Where(p => p.Partner == partner).Select(p => (DateTimeOffset?)p.Since);
        if (await known.FirstOrDefaultAsync(ct) is { } since)
            return since;
        // The first time: since the newest that it told, or from now on.
        var at = now.ToUniversalTime();
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO dossiers.exchange_pulls (partner, since)
            SELECT {partner.ToString()}, coalesce(max(occurred_at), {at}) FROM dossiers.exchange_messages
            WHERE partner = {partner.ToString()} AND direction = 'Inbound' AND occurred_at <= {at}
            ON CONFLICT DO NOTHING
            """,
            ct
        );
        return (await known.FirstOrDefaultAsync(ct))!.Value;
    }

    /// <summary>Notes that a look-up came to its end.</summary>
    public static Task NotePull(this DossiersDbContext db, ExchangePartner partner, DateTimeOffset begun, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync(
            $"UPDATE dossiers.exchange_pulls SET since = greatest(since, {begun.ToUniversalTime()}) WHERE partner = {partner.ToString()}",
            ct
        );

    /// <summary>Keeps the report of a comparison with all differences that it found, in their order, in the transaction that is open.</summary>
    public static async Task KeepReport(
        this DossiersDbContext db,
        Reconciliation report,
        IReadOnlyList<StatusDifference> differences,
        CancellationToken ct
    )
    {
        string[] codes = [.. differences.Select(d => d.Code)];
        string[] kinds = [.. differences.Select(d => d.Kind)];
        int?[] here = [.. differences.Select(d => d.Here)];
        int?[] there = [.. differences.Select(d => d.There)];
        string?[] statedBy = [.. differences.Select(d => d.StatedBy?.ToString())];
        // The save of the report ends the transaction.
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO dossiers.reconciliation_differences (reconciliation_id, number, code, kind, here, there, stated_by)
            SELECT {report.Id}, n, code, kind, here, there, stated_by
            FROM unnest({codes}, {kinds}, {here}, {there}, {statedBy}) WITH ORDINALITY AS d (code, kind, here, there, stated_by, n)
            """,
            ct
        );
        db.Reconciliations.Add(report);
        await db.SaveChangesAsync(ct);
    }

    /// <summary>Keeps a claimed message in hand for longer; false when another host has taken it over.</summary>
    public static async Task<bool> HoldOutbound(this DossiersDbContext db, ExchangeMessage message, TimeSpan lease, CancellationToken ct) =>
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE dossiers.exchange_messages SET next_attempt_at = now() + {lease}
            WHERE id = {message.Id.Value} AND attempts = {message.Attempts} AND state = 'Waiting'
            """,
            ct
        ) == 1;

    /// <summary>Writes how a try ended; one that was overtaken writes nothing.</summary>
    public static Task FinishOutbound(
        this DossiersDbContext db,
        ExchangeMessage message,
        ExchangeState state,
        string answer,
        TimeSpan wait,
        DateTimeOffset now,
        CancellationToken ct
    ) =>
        db.Database.ExecuteSqlAsync(
            $"""
            UPDATE dossiers.exchange_messages SET state = {state.ToString()}, answer = {answer}, next_attempt_at = now() + {wait},
                synced_at = CASE WHEN {answer == ExchangeAnswer.Accepted} THEN {now.ToUniversalTime()} END
            WHERE id = {message.Id.Value} AND attempts = {message.Attempts} AND state = 'Waiting'
            """,
            ct
        );

    /// <summary>What is told of dossiers: each with its files and the names around it.</summary>
    public static async Task<Dictionary<DossierId, ToldDossier>> ToldDossiers(
        this DossiersDbContext db,
        List<DossierId> ids,
        CancellationToken ct
    )
    {
        var files = (await db.Files.AsNoTracking().Where(f => ids.Contains(f.DossierId) && f.RemovedAt == null).ToListAsync(ct)).ToLookup(
            f => f.DossierId
        );
        var told = await (
            from d in db.AllDossiers.AsNoTracking()
            where ids.Contains(d.Id)
            from p in db.Procedures.Where(p => p.Code == d.ProcedureCode).Select(p => p.Name).DefaultIfEmpty()
            from f in db.Fields.Where(f => f.Code == d.FieldCode).Select(f => f.Name).DefaultIfEmpty()
            from a in db.Agencies.Where(a => a.Code == d.AgencyCode).Select(a => a.Name).DefaultIfEmpty()
            select new ToldDossier(d, p ?? "", f ?? "", a ?? "")
        ).ToListAsync(ct);
        return told.ToDictionary(t => t.Dossier.Id, t => t with { Files = [.. files[t.Dossier.Id].OrderBy(f => f.Id.Value)] });
    }
}

/// <summary>The statements behind the files that another system names.</summary>
internal static class ExchangeFileSql
{
    /// <summary>Takes the next file of a partner in hand for a while; whoever dies with it leaves it to the next host.</summary>
    public static async Task<ExchangeMessageId?> ClaimFile(
        this DossiersDbContext db,
        ExchangePartner partner,
        TimeSpan lease,
        CancellationToken ct
    )
    {
        var ids = await db
            .Database.SqlQuery<Guid>(
                $"""
                UPDATE dossiers.exchange_messages u SET attempts = u.attempts + 1, next_attempt_at = now() + {lease}
                FROM (
                    SELECT m.id FROM dossiers.exchange_messages m
                    WHERE m.partner = {partner.ToString()} AND m.kind = 'File' AND m.state = 'Waiting' AND (m.attempts = 0 OR m.next_attempt_at <= now())
                    ORDER BY m.next_attempt_at LIMIT 1 FOR UPDATE SKIP LOCKED) c
                WHERE u.id = c.id
                RETURNING u.id
                """
            )
            .ToListAsync(ct);
        return ids.Count == 0 ? null : new(ids[0]);
    }

    /// <summary>Notes how a file that was not taken stands, unless another host has taken it over meanwhile.</summary>
    public static Task FinishFile(
        this DossiersDbContext db,
        ExchangeMessageId id,
        int attempt,
        ExchangeState state,
        string answer,
        TimeSpan wait,
        CancellationToken ct
    ) =>
        db.Database.ExecuteSqlAsync(
            $"""
            UPDATE dossiers.exchange_messages SET state = {state.ToString()}, answer = {answer}, next_attempt_at = now() + {wait}
            WHERE id = {id.Value} AND attempts = {attempt} AND state = 'Waiting'
            """,
            ct
        );

    /// <summary>What a partner calls the files that were sent to it, by their id here.</summary>
    public static Task<Dictionary<Guid, string>> SentFiles(
        this DossiersDbContext db,
        ExchangePartner partner,
        Guid[] files,
        CancellationToken ct
    ) =>
        db.Set<PartnerFileRow>()
            .Where(f => f.Partner == partner && files.Contains(f.FileId))
            .ToDictionaryAsync(f => f.FileId, f => f.TheirId, ct);

    /// <summary>Notes what a partner calls a file.</summary>
    public static Task NoteSentFile(this DossiersDbContext db, ExchangePartner partner, Guid file, string theirId, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO dossiers.exchange_files (partner, file_id, their_id) VALUES ({partner.ToString()}, {file}, {theirId})
            ON CONFLICT DO NOTHING
            """,
            ct
        );

    /// <summary>Which of these keys a partner's messages had at an instant.</summary>
    public static async Task<HashSet<string>> KnownKeys(
        this DossiersDbContext db,
        ExchangePartner partner,
        IReadOnlyList<string> keys,
        DateTimeOffset until,
        CancellationToken ct
    )
    {
        var at = until.ToUniversalTime();
        return
        [
            .. await db
                .ExchangeMessages.Where(m => m.Partner == partner && m.Key != null && keys.Contains(m.Key) && m.CreatedAt <= at)
                .Select(m => m.Key!)
                .ToListAsync(ct),
        ];
    }
}

/// <summary>The reads behind what other systems report.</summary>
internal static class ExchangeInbox
{
    /// <summary>Who acts when another system's report is taken over.</summary>
    public const string Reporter = "exchange";

    /// <summary>Takes the next inbound messages of a partner in the order they came, for the transaction in hand.</summary>
    public static Task<List<ExchangeMessage>> TakeInbound(this DossiersDbContext db, ExchangePartner partner, CancellationToken ct) =>
        db
            .ExchangeMessages.FromSql(
                $"""
                SELECT *, xmin FROM dossiers.exchange_messages
                WHERE partner = {partner.ToString()} AND direction = 'Inbound' AND state = 'Waiting' AND kind <> 'File'
                ORDER BY position LIMIT 1 FOR UPDATE SKIP LOCKED
                """
            )
            .ToListAsync(ct);

    /// <summary>The dossier that another system speaks of: by the code it came with, else by ours.</summary>
    public static async Task<Dossier?> ReportedDossier(this DossiersDbContext db, string code, CancellationToken ct) =>
        await db.AllDossiers.FirstOrDefaultAsync(d => d.PortalCode == code, ct)
        ?? await db.AllDossiers.FirstOrDefaultAsync(d => d.Code == code, ct);

    /// <summary>
    /// What was said of a later instant and counts already, whether it changed something or said once more what held: messages overtake one another.
    /// Of two in the same second the one that stands further on in the life of a dossier is the newer one.
    /// </summary>
    public static async Task<List<ExchangeMessage>> NewerReports(
        this DossiersDbContext db,
        DossierId dossier,
        DossierStatus status,
        DateTimeOffset occurredAt,
        CancellationToken ct
    )
    {
        var at = occurredAt.ToUniversalTime();
        var newer = await db
            .ExchangeMessages.Where(m =>
                m.DossierId == dossier
                && m.Direction == ExchangeDirection.Inbound
                && m.Kind != ExchangeKind.File
                && (m.Answer == "applied" || m.Answer == "repeated")
                && m.OccurredAt >= at
            )
            .ToListAsync(ct);
        return [.. newer.Where(m => m.OccurredAt > at || m.Status > status).OrderBy(m => m.OccurredAt).ThenBy(m => m.Status)];
    }

    /// <summary>Takes back what was done since a savepoint, in the database and in memory; the message alone is kept, as it was.</summary>
    public static async Task Undo(this DossiersDbContext db, string savepoint, ExchangeMessage message, CancellationToken ct)
    {
        await db.Database.CurrentTransaction!.RollbackToSavepointAsync(savepoint, ct);
        foreach (var entry in db.ChangeTracker.Entries().Where(e => !ReferenceEquals(e.Entity, message)).ToList())
            entry.State = EntityState.Detached;
        await db.Entry(message).ReloadAsync(ct);
    }
}
