using System.Collections.Concurrent;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Pac.BuildingBlocks;
using Pac.BuildingBlocks.Security;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Exchange;
using Pac.Dossiers.Persistence;
using Pac.Identity.Contracts;

namespace Pac.Dossiers.Webhooks;

/// <summary>
/// Brings events to subscribers, on any number of hosts. What it does is in the database before it is done, so a host that dies takes nothing
/// along: another one goes on when the lease of the try ends.
/// </summary>
internal sealed class WebhookDispatcher(
    IServiceScopeFactory scopes,
    WebhookSender sender,
    WebhookSecrets secrets,
    WebhookSettings settings,
    ExchangePartners partners,
    TimeProvider clock,
    ILogger<WebhookDispatcher> logger
) : BackgroundService
{
    private const int MostAtOnce = 200;
    private const int MostPerSubscription = 4;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Tidying = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromDays(1);
    private readonly ConcurrentDictionary<Guid, int> _underWay = new();
    private readonly SemaphoreSlim _ended = new(0);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        List<Task> running = [];
        var tidied = Environment.TickCount64;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                running.RemoveAll(t => t.IsCompleted);
                var moved = await FanOut(stoppingToken);
                var claimed = await Claim(MostAtOnce - running.Count, stoppingToken);
                running.AddRange(claimed.Select(c => Deliver(c, stoppingToken)));
                if (Environment.TickCount64 - tidied > Tidying.TotalMilliseconds)
                {
                    await Tidy(stoppingToken);
                    tidied = Environment.TickCount64;
                }
                // As soon as a try ends, the next event of its dossier may go.
                if (moved == 0 && claimed.Count == 0 && await _ended.WaitAsync(Poll, stoppingToken))
                    while (_ended.Wait(0, CancellationToken.None)) { }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // The database may be away; the next round tries again.
                Log.WebhookRoundFailed(logger, e.GetType().Name);
                await Task.Delay(Poll * 2, CancellationToken.None);
            }
        }
        await Task.WhenAll(running)
            .WaitAsync(settings.Timeout, CancellationToken.None)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Puts new events in line and sends what is due now, to the end. Returns how many tries were made.</summary>
    public async Task<int> DeliverOnce(CancellationToken ct)
    {
        while (await FanOut(ct) > 0) { }
        var claimed = await Claim(MostAtOnce, ct);
        await Task.WhenAll(claimed.Select(c => Deliver(c, ct)));
        return claimed.Count;
    }

    /// <summary>Puts events in line for whoever wants them, subscribers and partners, in one transaction with the mark that they are.</summary>
    private async Task<int> FanOut(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DossiersDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var events = await db.TakeEvents(ct);
        if (events.Count == 0)
            return 0;
        var subscriptions = await db.WebhookSubscriptions.AsNoTracking().Where(s => s.State == WebhookState.Active).ToListAsync(ct);
        var deliveries = events.SelectMany(e => subscriptions.Where(s => s.Wants(e)).Select(s => (s.Id, e))).ToList();
        await db.QueueDeliveries(deliveries, replayed: false, ct);
        foreach (var partner in partners.On)
            await db.QueueExchange(partner, events, ct);
        await db.FinishEvents([.. events.Select(e => e.Id)], ct);
        await transaction.CommitAsync(ct);
        return events.Count;
    }

    private async Task<List<Claimed>> Claim(int most, CancellationToken ct)
    {
        if (most <= 0)
            return [];
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DossiersDbContext>();
        Guid[] busy = [.. _underWay.Where(u => u.Value >= MostPerSubscription).Select(u => u.Key)];
        var lease = (int)Math.Ceiling(settings.Timeout.TotalSeconds * 2) + 1;
        var claimed = await db.ClaimDeliveries(busy, MostPerSubscription, most, lease, ct);
        if (claimed.Count == 0)
            return [];
        var ids = claimed.Select(d => d.SubscriptionId).Distinct().ToList();
        var subscriptions = await db.WebhookSubscriptions.Where(s => ids.Contains(s.Id)).ToDictionaryAsync(s => s.Id, ct);
        var eventIds = claimed.Select(d => d.EventId).ToList();
        var events = await db.RecordedEvents.AsNoTracking().Where(e => eventIds.Contains(e.Id)).ToDictionaryAsync(e => e.Id, ct);
        var standing = await Standing(scope.ServiceProvider.GetRequiredService<ISender>(), subscriptions.Values, ct);
        foreach (var fallen in subscriptions.Values.Where(s => !standing.Contains(s.Id)))
            await Disable(fallen.Id, WebhookStop.OwnerWithoutRight, ct);
        foreach (var kept in claimed.Where(d => !standing.Contains(d.SubscriptionId)))
            await db.ReleaseDelivery(kept, ct);
        return
        [
            .. claimed
                .Where(d => standing.Contains(d.SubscriptionId))
                .Select(d => new Claimed(d, subscriptions[d.SubscriptionId], events.GetValueOrDefault(d.EventId))),
        ];
    }

    /// <summary>The subscriptions whose owners are still there and still have the right over these data.</summary>
    private static async Task<HashSet<WebhookSubscriptionId>> Standing(
        ISender sender,
        IReadOnlyCollection<WebhookSubscription> subscriptions,
        CancellationToken ct
    )
    {
        var owners = subscriptions.Select(s => new CallerKey(s.OwnerSubject, s.OwnerClientId)).Distinct().ToList();
        var reaches = (await sender.Send(new GetReaches(owners, DossiersPermissions.ManageWebhooks.Name), ct)).ToDictionary(
            r => (r.Subject, r.ClientId),
            r => r.Scope
        );
        return
        [
            .. subscriptions
                .Where(s =>
                    reaches.TryGetValue((s.OwnerSubject, s.OwnerClientId), out var reach)
                    && s.StandsBy(DataScope.Parse(reach, s.OwnerSubject))
                )
                .Select(s => s.Id),
        ];
    }

    private async Task Deliver(Claimed claimed, CancellationToken ct)
    {
        var (delivery, subscription, e) = claimed;
        var key = subscription.Id.Value;
        _underWay.AddOrUpdate(key, 1, (_, n) => n + 1);
        using var activity = Telemetry.Source.StartActivity("webhook " + delivery.Type, System.Diagnostics.ActivityKind.Producer);
        try
        {
            var (id, now, body) = (delivery.EventId.ToString(), clock.GetUtcNow(), WebhookPayload.Of(delivery, e));
            var signature = secrets.Sign(subscription.Secrets, id, now, body);
            await Finish(claimed, await sender.Send(subscription.Url, id, now, signature, body, ct), ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The host stops; another one takes it when the lease ends.
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            Log.WebhookRoundFailed(logger, failure.GetType().Name);
        }
        finally
        {
            if (_underWay.AddOrUpdate(key, 0, (_, n) => n - 1) == 0)
                _underWay.TryRemove(new(key, 0));
            _ended.Release();
        }
    }

    private async Task Finish(Claimed claimed, WebhookAnswer answer, CancellationToken ct)
    {
        var (delivery, subscription, _) = claimed;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DossiersDbContext>();
        if (answer.Taken)
        {
            await db.FinishDelivery(delivery, DeliveryState.Delivered, answer.Status, null, TimeSpan.Zero, ct);
            await db.Pause(subscription.Id, null, ct);
            return;
        }
        if (answer.Status == 410)
        {
            // What waits goes on waiting: whoever mends the receiver and enables it again has lost nothing.
            await db.FinishDelivery(delivery, DeliveryState.Waiting, answer.Status, answer.Error, TimeSpan.Zero, ct);
            await Disable(subscription.Id, WebhookStop.Gone, ct);
            return;
        }
        var last = delivery.Attempts > settings.Retries.Count;
        var wait = last ? TimeSpan.Zero : Varied(settings.Retries[delivery.Attempts - 1]);
        if (answer.RetryAfter is { } asked && asked > wait)
            wait = asked < LongestRetryAfter ? asked : LongestRetryAfter;
        await db.FinishDelivery(delivery, last ? DeliveryState.GivenUp : DeliveryState.Waiting, answer.Status, answer.Error, wait, ct);
        if (last)
            Log.WebhookGivenUp(logger, delivery.Id, delivery.Attempts, answer.Error!);
        else if (answer.IsAway)
            await db.Pause(
                subscription.Id,
                answer.RetryAfter is not null || wait < settings.LongestPause ? wait : settings.LongestPause,
                ct
            );
    }

    private async Task Disable(WebhookSubscriptionId id, WebhookStop why, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().Act = nameof(Disable) + nameof(WebhookSubscription);
        var db = scope.ServiceProvider.GetRequiredService<DossiersDbContext>();
        if (
            await db.WebhookSubscriptions.FirstOrDefaultAsync(s => s.Id == id && s.State == WebhookState.Active, ct) is not { } subscription
        )
            return;
        subscription.Disable(why, clock.GetUtcNow());
        try
        {
            await db.SaveChangesAsync(ct);
            Log.WebhookDisabled(logger, id.Value, why.ToString());
        }
        catch (DbUpdateConcurrencyException)
        {
            // The owner changed it at this moment; the next try decides again.
        }
    }

    private async Task Tidy(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<DossiersDbContext>().ForgetEvents(settings.KeptDays, ct);
    }

    private TimeSpan Varied(TimeSpan wait) => wait * (1 + settings.Jitter * (Random.Shared.NextDouble() * 2 - 1));

    private sealed record Claimed(WebhookDelivery Delivery, WebhookSubscription Subscription, RecordedEvent? Event);

    public override void Dispose()
    {
        _ended.Dispose();
        base.Dispose();
    }
}
