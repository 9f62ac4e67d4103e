using Microsoft.EntityFrameworkCore;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Notifications;

namespace Pac.Dossiers.Persistence;

/// <summary>The statements that send notifications. Any number of hosts may run them: rows are claimed and skipped while locked.</summary>
internal static class NotificationSql
{
    /// <summary>
    /// Takes what is due on the channels that are open now. What concerns a dossier leaves on a channel in the order in which it happened: the
    /// next one waits until the one before it is finished.
    /// </summary>
    /// <param name="db">The context.</param>
    /// <param name="open">Channels without quiet hours now.</param>
    /// <param name="most">Most in all.</param>
    /// <param name="now">Now.</param>
    /// <param name="lease">After how long another host may take it.</param>
    /// <param name="ct">Cancels the work.</param>
    public static Task<List<Notification>> ClaimNotifications(
        this DossiersDbContext db,
        IReadOnlyList<NotificationChannel> open,
        int most,
        DateTimeOffset now,
        TimeSpan lease,
        CancellationToken ct
    )
    {
        string[] channels = [.. open.Select(c => c.ToString())];
        var (at, until) = (now.ToUniversalTime(), (now + lease).ToUniversalTime());
        return db
            .Notifications.FromSql(
                $"""
                UPDATE dossiers.notifications u SET attempts = u.attempts + 1, next_attempt_at = {until}
                FROM (
                    SELECT n.id FROM dossiers.notifications n
                    WHERE n.state = 'Waiting' AND n.channel = ANY({channels}) AND n.next_attempt_at <= {at} AND NOT EXISTS (
                        SELECT 1 FROM dossiers.notifications e
                        WHERE e.dossier_id = n.dossier_id AND e.channel = n.channel AND e.state = 'Waiting' AND e.position < n.position)
                    ORDER BY n.next_attempt_at, n.position LIMIT {most} FOR UPDATE SKIP LOCKED) c
                WHERE u.id = c.id
                RETURNING u.*
                """
            )
            .AsNoTracking()
            .ToListAsync(ct);
    }

    /// <summary>
    /// Notes what a gateway tells of a message, by our key or by its own. What it tells twice changes nothing, and neither does what comes late: a
    /// message that reached the person is not on its way again, and of two ends the later one counts.
    /// </summary>
    public static Task NoteDelivery(this DossiersDbContext db, NotificationChannel channel, DeliveryTold told, CancellationToken ct)
    {
        var at = told.At.ToUniversalTime();
        string[] weaker = [.. Enum.GetValues<DeliveryReport>().Where(r => r < told.State).Select(r => r.ToString())];
        var isEnd = told.State is DeliveryReport.Failed or DeliveryReport.Delivered;
        string[] ends = [nameof(DeliveryReport.Failed), nameof(DeliveryReport.Delivered)];
        return db.Database.ExecuteSqlAsync(
            $"""
            UPDATE dossiers.notifications SET delivery = {told.State.ToString()}, delivery_at = {at}, delivery_error = {told.Error}::text
            WHERE channel = {channel.ToString()} AND (id = {told.Id} OR receipt = {told.Receipt}::text)
                AND (delivery IS NULL
                    OR {isEnd} AND delivery = ANY({ends}) AND delivery_at < {at}
                    OR NOT ({isEnd} AND delivery = ANY({ends})) AND delivery = ANY({weaker}))
            """,
            ct
        );
    }

    /// <summary>Writes how a try ended. A try that was overtaken by a later one writes nothing.</summary>
    public static Task FinishNotification(
        this DossiersDbContext db,
        Notification claimed,
        NotificationState state,
        string? error,
        DateTimeOffset now,
        TimeSpan wait,
        (string? Address, string? Text, string? Receipt) sent,
        CancellationToken ct
    )
    {
        var (at, next) = (now.ToUniversalTime(), (now + wait).ToUniversalTime());
        DateTimeOffset? sentAt = state == NotificationState.Sent ? at : null;
        var (address, text, receipt) = sent;
        return db.Database.ExecuteSqlAsync(
            $"""
            UPDATE dossiers.notifications SET state = {state.ToString()}, last_error = {error}, last_attempt_at = {at}, next_attempt_at = {next},
                sent_at = coalesce({sentAt}, sent_at), address = coalesce({address}, address), text = coalesce({text}, text),
                receipt = coalesce({receipt}, receipt)
            WHERE id = {claimed.Id} AND attempts = {claimed.Attempts} AND state = 'Waiting'
            """,
            ct
        );
    }
}

internal sealed class NotificationQueue(DossiersDbContext db) : INotificationQueue
{
    public Task<Notification?> Find(Guid id, CancellationToken ct) =>
        db.VisibleNotifications.AsNoTracking().FirstOrDefaultAsync(n => n.Id == id, ct);

    public Task Save(NotificationChannel channel, DeliveryTold told, CancellationToken ct) => db.NoteDelivery(channel, told, ct);

    public async Task Save(Notification notification, DateTimeOffset now, CancellationToken ct)
    {
        await db.Begin(ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE dossiers.notifications SET state = 'Waiting', attempts = 0, next_attempt_at = {now.ToUniversalTime()}, last_error = NULL,
                delivery = NULL, delivery_at = NULL, delivery_error = NULL
            WHERE id = {notification.Id} AND state <> 'Waiting'
            """,
            ct
        );
        db.Note(nameof(Notification), notification.Id.ToString());
        await db.SaveChangesAsync(ct);
    }
}

internal sealed class NotificationTexts(DossiersDbContext db) : INotificationTexts
{
    public Task<DateOnly?> LastOf(TemplateUse use, CancellationToken ct) =>
        db
            .NotificationTemplates.Where(t => t.Kind == use.Kind && t.Channel == use.Channel && t.Language == use.Language)
            .MaxAsync(t => (DateOnly?)t.EffectiveFrom, ct);
}

/// <summary>Keys of holders: made of the id and the key of the blind index, which all hosts share and nobody else knows.</summary>
internal sealed class HolderKeys(IIdentityNumbers numbers) : IHolderKeys
{
    public ValueTask<string> Of(DossierId dossier, CancellationToken ct) => Of("holder:dossier:" + dossier.Value.ToString("N"), ct);

    // Short, since it goes out with every short message: 96 bits nobody guesses at the rate at which pages are given.
    public async ValueTask<string> OfMessages(DossierId dossier, CancellationToken ct) =>
        (await Of("holder:messages:" + dossier.Value.ToString("N"), ct))[..16];

    public ValueTask<string> Of(FeedbackId feedback, CancellationToken ct) => Of("holder:feedback:" + feedback.Value.ToString("N"), ct);

    public bool Same(string key, string given) =>
        System.Security.Cryptography.CryptographicOperations.FixedTimeEquals(
            System.Text.Encoding.UTF8.GetBytes(key),
            System.Text.Encoding.UTF8.GetBytes(given)
        );

    private async ValueTask<string> Of(string what, CancellationToken ct) =>
        System.Buffers.Text.Base64Url.EncodeToString(await numbers.IndexOf(what, ct));
}
