using Microsoft.EntityFrameworkCore;
using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Persistence;

/// <summary>A dossier with the names around it, as other systems want to be told.</summary>
internal sealed record ToldDossier(Dossier Dossier, string ProcedureName, string FieldName, string AgencyName);

/// <summary>The statements behind the exchange. Any number of hosts may run them.</summary>
internal static class ExchangeSql
{
    private const int LeaseSeconds = 60;

    // The acts that other systems want the whole dossier for; all others are told as progress alone.
    private static readonly string[] Whole =
    [
        "submitted",
        "received",
        "rejected",
        "supplementRequested",
        "supplementExpired",
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

    /// <summary>Puts acts in line for a partner, in the order given: the dossier where it is wanted as a whole, and the progress.</summary>
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
            JOIN dossiers.events e ON e.id = w.event_id
            JOIN dossiers.dossiers d ON d.id = e.dossier_id AND d.stated_by = 'Pac'
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
            FROM dossiers.dossiers d WHERE d.code = ANY({codes}) AND d.stated_by = 'Pac'
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
                synced_at = CASE WHEN {state == ExchangeState.Done} THEN {now.ToUniversalTime()} END
            WHERE id = {message.Id.Value} AND attempts = {message.Attempts} AND state = 'Waiting'
            """,
            ct
        );

    /// <summary>What is told of dossiers: each with the names around it.</summary>
    public static async Task<Dictionary<DossierId, ToldDossier>> ToldDossiers(
        this DossiersDbContext db,
        List<DossierId> ids,
        CancellationToken ct
    ) =>
        await (
            from d in db.AllDossiers.AsNoTracking()
            where ids.Contains(d.Id)
            from p in db.Procedures.Where(p => p.Code == d.ProcedureCode).Select(p => p.Name).DefaultIfEmpty()
            from f in db.Fields.Where(f => f.Code == d.FieldCode).Select(f => f.Name).DefaultIfEmpty()
            from a in db.Agencies.Where(a => a.Code == d.AgencyCode).Select(a => a.Name).DefaultIfEmpty()
            select new ToldDossier(d, p ?? "", f ?? "", a ?? "")
        ).ToDictionaryAsync(t => t.Dossier.Id, ct);
}

/// <summary>Applies what other systems report.</summary>
internal static class ExchangeInbox
{
    /// <summary>Who acts when another system's report is taken over.</summary>
    public const string Reporter = "exchange";

    // What can be taken over by its status alone. An acceptance, a refusal or a stop brings more along than a status.
    private static readonly DossierStatus[] Reportable =
    [
        DossierStatus.InProcess,
        DossierStatus.SupplementRequested,
        DossierStatus.FinancialObligationRequested,
        DossierStatus.WithdrawalRequested,
        DossierStatus.Completed,
        DossierStatus.Returned,
    ];

    /// <summary>Takes the next inbound messages of a partner in the order they came, for the transaction in hand.</summary>
    public static Task<List<ExchangeMessage>> TakeInbound(this DossiersDbContext db, ExchangePartner partner, CancellationToken ct) =>
        db
            .ExchangeMessages.FromSql(
                $"""
                SELECT *, xmin FROM dossiers.exchange_messages
                WHERE partner = {partner.ToString()} AND direction = 'Inbound' AND state = 'Waiting'
                ORDER BY position LIMIT 1 FOR UPDATE SKIP LOCKED
                """
            )
            .ToListAsync(ct);

    /// <summary>Applies a message that was understood.</summary>
    public static async Task Apply(
        this DossiersDbContext db,
        ExchangeMessage message,
        string code,
        string procedureCode,
        int status,
        DateTimeOffset occurredAt,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        if (!Enum.IsDefined((DossierStatus)status))
        {
            message.Park("unknown-status");
            return;
        }
        var stated = (DossierStatus)status;
        var dossier = await db.AllDossiers.FirstOrDefaultAsync(d => d.Code == code, ct);
        message.Understand(code, dossier?.Id, stated, occurredAt);
        if (occurredAt > now.AddMinutes(5))
            message.Park("in-the-future");
        else if (dossier is null && stated != DossierStatus.Submitted)
            message.Park("unknown-dossier");
        else if (dossier is null && !await db.Procedures.AnyAsync(p => p.Code == procedureCode, ct))
            message.Park("unknown-procedure");
        else if (dossier is null)
            message.Finish("accepted", now);
        else if (dossier.StatedBy != StatingSystem(message.Partner))
            message.Finish(dossier.Status == stated ? "agrees" : "not-stating", now);
        else if (await IsOlder(db, message, occurredAt, ct))
            message.Finish("older", now);
        else if (dossier.Status == stated)
            message.Finish("repeated", now);
        else if (!Reportable.Contains(stated))
            message.Park("status-not-reportable");
        else if (occurredAt < dossier.ReceivedAt)
            message.Park("before-reception");
        else
        {
            dossier.Report(stated, Reporter, occurredAt);
            message.Finish("applied", now);
        }
    }

    /// <summary>The system that speaks through a partner.</summary>
    private static StatedBy StatingSystem(ExchangePartner partner) =>
        partner switch
        {
            ExchangePartner.NationalPortal => StatedBy.NationalPortal,
            _ => throw new InvalidOperationException($"{partner} states nothing."),
        };

    // Messages overtake one another; a status that was stated later stays.
    private static Task<bool> IsOlder(DossiersDbContext db, ExchangeMessage message, DateTimeOffset occurredAt, CancellationToken ct) =>
        db.ExchangeMessages.AnyAsync(
            m =>
                m.DossierId == message.DossierId
                && m.Direction == ExchangeDirection.Inbound
                && m.Answer == "applied"
                && m.OccurredAt > occurredAt,
            ct
        );
}
