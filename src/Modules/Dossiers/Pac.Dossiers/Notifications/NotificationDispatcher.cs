using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Notifications;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Notifications;

/// <summary>
/// Sends what people are to be told, on any number of hosts, each message by one. A host that dies between the sending and its mark has the
/// message sent once more when the lease ends: at least once, under the same key, by which mailbox and gateway can tell.
/// </summary>
internal sealed class NotificationDispatcher(
    IServiceScopeFactory scopes,
    IEmailSender email,
    ISmsSender sms,
    IZaloSender zalo,
    NotificationSettings settings,
    TimeProvider clock,
    ILogger<NotificationDispatcher> logger
) : BackgroundService
{
    private const int MostAtOnce = 20;
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromDays(1);

    /// <summary>The way out on a channel.</summary>
    public IMessageSender On(NotificationChannel channel) =>
        channel switch
        {
            NotificationChannel.Email => email,
            NotificationChannel.Sms => sms,
            _ => zalo,
        };

    /// <summary>Sends what is due now. Returns how many tries were made.</summary>
    public async Task<int> SendOnce(CancellationToken ct)
    {
        List<Notification> claimed;
        await using (var scope = scopes.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<DossiersDbContext>();
            var now = clock.GetUtcNow();
            var law = await scope.ServiceProvider.GetRequiredService<ILaw>().On(now.LocalDay(), ct);
            claimed = await db.ClaimNotifications(Open(law, now), MostAtOnce, now, settings.Timeout * 2 + Poll, ct);
        }
        await Task.WhenAll(claimed.Select(n => Deliver(n, ct)));
        return claimed.Count;
    }

    /// <summary>The channels without quiet hours at an instant; letters lie in their box until somebody looks.</summary>
    public static IReadOnlyList<NotificationChannel> Open(LawInForce law, DateTimeOffset now)
    {
        var (from, until) = (law.Time(LawInForce.QuietFrom), law.Time(LawInForce.QuietUntil));
        return TimeOnly.FromTimeSpan(now.ToLocal().TimeOfDay).IsBetween(from, until)
            ? [NotificationChannel.Email]
            : [NotificationChannel.Email, NotificationChannel.Sms, NotificationChannel.Zalo];
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await SendOnce(stoppingToken) == 0)
                    await Task.Delay(Poll, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // The database may be away; the next round tries again.
                Log.NotificationRoundFailed(logger, e.GetType().Name);
                await Task.Delay(Poll * 5, CancellationToken.None);
            }
        }
    }

    private async Task Deliver(Notification n, CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<DossiersDbContext>();
            var writer = scope.ServiceProvider.GetRequiredService<NotificationWriter>();
            var (message, state, why) = await Prepare(n, db, writer, ct);
            if (message is null)
            {
                await db.FinishNotification(n, state, why, clock.GetUtcNow(), TimeSpan.Zero, default, ct);
                return;
            }
            await Finish(n, message, await On(n.Channel).Send(message, ct), db, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The host stops; another one takes it when the lease ends.
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Log.NotificationRoundFailed(logger, e.GetType().Name);
        }
    }

    // What is to be sent, or why nothing is.
    private async Task<(Outgoing? Message, NotificationState State, string? Why)> Prepare(
        Notification n,
        DossiersDbContext db,
        NotificationWriter writer,
        CancellationToken ct
    )
    {
        var (address, name, written) = (default(string), "", default(Written));
        if (n.DossierId is { } id)
        {
            var dossier = await db.AllDossiers.AsNoTracking().FirstOrDefaultAsync(d => d.Id == id, ct);
            if (dossier is null || dossier.ErasedAt is not null)
                return (null, NotificationState.NotWanted, "erased");
            if (!(dossier.Wish ?? NotificationWish.Usual).Channels.Contains(n.Channel))
                return (null, NotificationState.NotWanted, "opted-out");
            if (!n.Holds(dossier, clock.GetUtcNow()) || await IsRated(n, db, ct))
                return (null, NotificationState.Superseded, "overtaken");
            (address, name) = (dossier.AddressOn(n.Channel), dossier.Applicant.Name);
            if (On(n.Channel).IsConfigured && address is not null)
                written = await writer.Write(n, dossier, ct);
        }
        else
        {
            var feedback = await db.AllFeedback.AsNoTracking().FirstOrDefaultAsync(f => f.Id == n.FeedbackId, ct);
            if (feedback is null || feedback.ErasedAt is not null)
                return (null, NotificationState.NotWanted, "erased");
            (address, name) = (feedback.AddressOn(n.Channel), feedback.Sender.Name ?? "");
            if (On(n.Channel).IsConfigured && address is not null)
                written = await writer.Write(n, feedback, ct);
        }
        if (address is null)
            return (null, NotificationState.NotWanted, "no-address");
        if (written is null)
            return (null, NotificationState.NotConfigured, "channel-not-configured");
        if (written.Missing is { } missing)
            return (null, NotificationState.NotConfigured, missing);
        var template = written.Template!;
        var message = new Outgoing(
            n.Id,
            address,
            name,
            template.Subject is { } subject ? Gaps.Fill(subject, written.Values) : null,
            Gaps.Fill(template.Body, written.Values),
            template.ProviderTemplate,
            written.Values.Where(v => Gaps.In(template.Body).Contains(v.Key)).ToDictionary(v => v.Key, v => v.Value),
            written.WishLink,
            template.Language == TextLanguage.En
        );
        return (message, NotificationState.Sent, null);
    }

    private static async Task<bool> IsRated(Notification n, DossiersDbContext db, CancellationToken ct) =>
        n.Kind == NotificationKind.RatingInvitation && await db.Ratings.AnyAsync(r => r.DossierId == n.DossierId, ct);

    private async Task Finish(Notification n, Outgoing message, SendOutcome outcome, DossiersDbContext db, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var sent = (Hidden(n.Channel, message.To), message.Text, outcome.Receipt);
        if (outcome.Error is null)
        {
            await db.FinishNotification(n, NotificationState.Sent, null, now, TimeSpan.Zero, sent, ct);
            return;
        }
        if (outcome.ForGood || n.Attempts > settings.Retries.Count)
        {
            await db.FinishNotification(n, NotificationState.GivenUp, outcome.Error, now, TimeSpan.Zero, sent, ct);
            Log.NotificationGivenUp(logger, n.Id, n.Attempts, outcome.Error);
            return;
        }
        var wait = settings.Retries[n.Attempts - 1];
        if (outcome.RetryAfter is { } asked && asked > wait)
            wait = asked < LongestRetryAfter ? asked : LongestRetryAfter;
        await db.FinishNotification(n, NotificationState.Waiting, outcome.Error, now, wait, sent, ct);
    }

    /// <summary>An address with its middle hidden.</summary>
    public static string Hidden(NotificationChannel channel, string address)
    {
        var at = address.IndexOf('@', StringComparison.Ordinal);
        if (channel != NotificationChannel.Email || at < 1)
            return BuildingBlocks.Web.Mask.Number(address)!;
        return $"{address[0]}***{address[at..]}";
    }
}
