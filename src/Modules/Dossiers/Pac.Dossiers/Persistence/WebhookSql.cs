using Microsoft.EntityFrameworkCore;
using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Persistence;

/// <summary>The statements that bring events to subscribers. Any number of hosts may run them: rows are claimed and skipped while locked.</summary>
internal static class WebhookSql
{
    private const int FanOutSize = 200;

    /// <summary>
    /// Takes the next events of as many dossiers, for the transaction in hand. Only the first waiting event of a dossier: what another host
    /// has in hand still counts as waiting, so nothing overtakes it.
    /// </summary>
    public static Task<List<RecordedEvent>> TakeEvents(this DossiersDbContext db, CancellationToken ct) =>
        db
            .RecordedEvents.FromSql(
                $"""
                SELECT * FROM dossiers.events e
                WHERE fanned_out_at IS NULL AND NOT EXISTS (
                    SELECT 1 FROM dossiers.events p WHERE p.dossier_id = e.dossier_id AND p.fanned_out_at IS NULL AND p.seq < e.seq)
                ORDER BY seq LIMIT {FanOutSize} FOR UPDATE SKIP LOCKED
                """
            )
            .AsNoTracking()
            .ToListAsync(ct);

    public static Task FinishEvents(this DossiersDbContext db, Guid[] events, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"UPDATE dossiers.events SET fanned_out_at = now() WHERE id = ANY({events})", ct);

    /// <summary>Puts events in line for subscribers, in the order given.</summary>
    public static Task QueueDeliveries(
        this DossiersDbContext db,
        IReadOnlyList<(WebhookSubscriptionId Subscription, RecordedEvent Event)> deliveries,
        bool replayed,
        CancellationToken ct
    )
    {
        if (deliveries.Count == 0)
            return Task.CompletedTask;
        Guid[] ids = [.. deliveries.Select(d => Guid.CreateVersion7(d.Event.OccurredAt))];
        Guid[] subscriptions = [.. deliveries.Select(d => d.Subscription.Value)];
        Guid[] events = [.. deliveries.Select(d => d.Event.Id)];
        string[] types = [.. deliveries.Select(d => WebhookEventTypes.Of(d.Event.Act))];
        Guid[] dossiers = [.. deliveries.Select(d => d.Event.DossierId.Value)];
        return db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO dossiers.webhook_deliveries (id, subscription_id, event_id, type, dossier_id, state, replayed, attempts, next_attempt_at, created_at)
            SELECT w.id, w.subscription_id, w.event_id, w.type, w.dossier_id, 'Waiting', {replayed}, 0, now(), now()
            FROM unnest({ids}, {subscriptions}, {events}, {types}, {dossiers})
                WITH ORDINALITY AS w (id, subscription_id, event_id, type, dossier_id, place)
            WHERE EXISTS (SELECT 1 FROM dossiers.webhook_subscriptions s WHERE s.id = w.subscription_id)
            ORDER BY w.place
            """,
            ct
        );
    }

    /// <summary>
    /// Takes what is due, a few for each subscriber so that no one fills the line. The next event of a dossier waits until the one before it is
    /// delivered or given up.
    /// </summary>
    /// <param name="db">The context.</param>
    /// <param name="busy">Subscribers with enough under way.</param>
    /// <param name="perSubscription">Most for one subscriber.</param>
    /// <param name="most">Most in all.</param>
    /// <param name="leaseSeconds">After how long another host may take it.</param>
    /// <param name="ct">Cancels the work.</param>
    public static Task<List<WebhookDelivery>> ClaimDeliveries(
        this DossiersDbContext db,
        Guid[] busy,
        int perSubscription,
        int most,
        int leaseSeconds,
        CancellationToken ct
    ) =>
        db
            .WebhookDeliveries.FromSql(
                $"""
                UPDATE dossiers.webhook_deliveries u SET attempts = u.attempts + 1, next_attempt_at = now() + make_interval(secs => {leaseSeconds})
                FROM (
                    SELECT x.id FROM dossiers.webhook_subscriptions s
                    CROSS JOIN LATERAL (
                        SELECT d.id FROM dossiers.webhook_deliveries d
                        WHERE d.subscription_id = s.id AND d.state = 'Waiting' AND d.next_attempt_at <= now() AND NOT EXISTS (
                            SELECT 1 FROM dossiers.webhook_deliveries e
                            WHERE e.subscription_id = d.subscription_id AND e.dossier_id = d.dossier_id AND e.state = 'Waiting'
                                AND e.position < d.position)
                        ORDER BY d.next_attempt_at, d.position LIMIT {perSubscription} FOR UPDATE SKIP LOCKED) x
                    WHERE s.state = 'Active' AND s.id <> ALL({busy}) AND NOT EXISTS (
                        SELECT 1 FROM dossiers.webhook_pauses p WHERE p.subscription_id = s.id AND p.until > now())
                    LIMIT {most}) c
                WHERE u.id = c.id
                RETURNING u.*
                """
            )
            .AsNoTracking()
            .ToListAsync(ct);

    /// <summary>Writes how a try ended. A try that was overtaken by a later one writes nothing.</summary>
    /// <param name="db">The context.</param>
    /// <param name="delivery">The delivery as claimed.</param>
    /// <param name="state">Where it stands now.</param>
    /// <param name="status">HTTP status, when there was an answer.</param>
    /// <param name="error">Why it failed.</param>
    /// <param name="wait">When it is tried again, from now.</param>
    /// <param name="ct">Cancels the work.</param>
    public static Task FinishDelivery(
        this DossiersDbContext db,
        WebhookDelivery delivery,
        DeliveryState state,
        int? status,
        string? error,
        TimeSpan wait,
        CancellationToken ct
    ) =>
        db.Database.ExecuteSqlAsync(
            $"""
            UPDATE dossiers.webhook_deliveries SET state = {state.ToString()}, last_attempt_at = now(), last_status = {status}, last_error = {error},
                next_attempt_at = now() + {wait}
            WHERE id = {delivery.Id} AND attempts = {delivery.Attempts} AND state = 'Waiting'
            """,
            ct
        );

    /// <summary>Gives back what was claimed and not tried.</summary>
    public static Task ReleaseDelivery(this DossiersDbContext db, WebhookDelivery delivery, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync(
            $"""
            UPDATE dossiers.webhook_deliveries SET attempts = attempts - 1, next_attempt_at = now()
            WHERE id = {delivery.Id} AND attempts = {delivery.Attempts} AND state = 'Waiting'
            """,
            ct
        );

    /// <summary>Leaves a receiver that is away alone for a while, or ends that.</summary>
    public static Task Pause(this DossiersDbContext db, WebhookSubscriptionId subscription, TimeSpan? pause, CancellationToken ct) =>
        pause is { } time
            ? db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO dossiers.webhook_pauses AS p (subscription_id, until)
                SELECT id, now() + {time} FROM dossiers.webhook_subscriptions WHERE id = {subscription.Value}
                ON CONFLICT (subscription_id) DO UPDATE SET until = greatest(p.until, excluded.until)
                """,
                ct
            )
            : db.Database.ExecuteSqlAsync($"DELETE FROM dossiers.webhook_pauses WHERE subscription_id = {subscription.Value}", ct);

    /// <summary>Removes what is past its time: finished deliveries, and events that nobody waits for.</summary>
    public static Task ForgetEvents(this DossiersDbContext db, int keptDays, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync(
            $"""
            DELETE FROM dossiers.webhook_deliveries WHERE state <> 'Waiting' AND created_at < now() - make_interval(days => {keptDays});
            DELETE FROM dossiers.events e WHERE fanned_out_at < now() - make_interval(days => {keptDays}) AND NOT EXISTS (
                SELECT 1 FROM dossiers.webhook_deliveries d WHERE d.event_id = e.id AND d.state = 'Waiting');
            """,
            ct
        );
}

internal sealed class WebhookQueue(DossiersDbContext db) : IWebhookQueue
{
    private const int MostReplayed = 10_000;

    public WebhookDelivery AddTest(WebhookSubscription subscription, DateTimeOffset now)
    {
        var delivery = WebhookDelivery.Test(subscription.Id, now);
        db.WebhookDeliveries.Add(delivery);
        db.Note(nameof(WebhookSubscription), subscription.Id.Value.ToString());
        return delivery;
    }

    public async Task<int> Replay(
        WebhookSubscription subscription,
        DateTimeOffset? since,
        DateTimeOffset? until,
        IReadOnlyList<Guid>? events,
        CancellationToken ct
    )
    {
        // What has not been put in line yet will be, and needs no replay.
        var wanted = db.RecordedEvents.AsNoTracking().Where(e => e.FannedOutAt != null);
        wanted = events is not null
            ? wanted.Where(e => events.Contains(e.Id))
            : wanted.Where(e => e.OccurredAt >= since && (until == null || e.OccurredAt < until));
        var found = await wanted.OrderBy(e => e.Seq).Take(MostReplayed + 1).ToListAsync(ct);
        if (found.Count > MostReplayed)
            throw new SharedKernel.BusinessRuleException(WebhookErrors.ReplayTooLong.With(MostReplayed));
        var deliveries = found.Where(subscription.Wants).Select(e => (subscription.Id, e)).ToList();
        await db.Begin(ct);
        await db.QueueDeliveries(deliveries, replayed: true, ct);
        db.Note(nameof(WebhookSubscription), subscription.Id.Value.ToString());
        return deliveries.Count;
    }

    public Task<int> CountOf(string ownerSubject, CancellationToken ct) =>
        db.WebhookSubscriptions.CountAsync(s => s.OwnerSubject == ownerSubject, ct);
}
