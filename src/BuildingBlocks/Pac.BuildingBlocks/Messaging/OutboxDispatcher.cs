using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Pac.BuildingBlocks.Persistence;
using Pac.BuildingBlocks.Security;

namespace Pac.BuildingBlocks.Messaging;

/// <summary>Delivers the facts of all modules. Any number of hosts may run it: rows are claimed with a lease and skipped while locked.</summary>
/// <param name="scopes">Makes one scope per delivery.</param>
/// <param name="modules">The modules of this host.</param>
/// <param name="catalog">Who reacts to what.</param>
/// <param name="wake">Wakes it after a save.</param>
/// <param name="logger">Says what failed.</param>
public sealed class OutboxDispatcher(
    IServiceScopeFactory scopes,
    IEnumerable<ModuleContext> modules,
    EventCatalog catalog,
    OutboxWake wake,
    ILogger<OutboxDispatcher> logger
) : BackgroundService
{
    private const int BatchSize = 50;
    private const int AttemptsBeforeParking = 10;
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private static readonly Counter<long> Delivered = Telemetry.Meter.CreateCounter<long>("pac.outbox.delivered");
    private static readonly Counter<long> Parked = Telemetry.Meter.CreateCounter<long>("pac.outbox.parked");

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await DeliverOnce(stoppingToken) == 0)
                    await wake.Wait(Poll, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // The database may be away; the next round tries again.
                Log.OutboxRoundFailed(logger, e.GetType().Name);
                await Task.Delay(Poll, stoppingToken);
            }
        }
    }

    /// <summary>Delivers what is due now, in every module, until nothing is left. Returns how many rows were handled.</summary>
    public async Task<int> DeliverOnce(CancellationToken ct)
    {
        var handled = 0;
        foreach (var module in modules)
        {
            foreach (var message in await Claim(module, ct))
            {
                await Deliver(module, message, ct);
                handled++;
            }
        }
        return handled;
    }

    private async Task<List<OutboxMessage>> Claim(ModuleContext module, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = module.Resolve(scope.ServiceProvider);
        return [.. await db.ClaimFresh(BatchSize, ct), .. await db.ClaimAgain(AttemptsBeforeParking, ct)];
    }

    private async Task Deliver(ModuleContext module, OutboxMessage message, CancellationToken ct)
    {
        using var activity = Telemetry.Source.StartActivity("deliver " + message.Name, ActivityKind.Consumer, message.TraceParent);
        string? failure = null;
        if (catalog.TypeOf(message.Name) is { } type)
        {
            foreach (var consumer in catalog.ConsumersOf(type))
            {
                try
                {
                    var fact = JsonSerializer.Deserialize(message.Payload, type, JsonSerializerOptions.Web)!;
                    await Apply(consumer, message, fact, ct);
                }
                catch (Exception e) when (e is not OutOfMemoryException && !ct.IsCancellationRequested)
                {
                    failure = $"{consumer.Handler.Name}: {e.GetType().Name}";
                    Log.DeliveryFailed(logger, message.Name, message.Id, consumer.Handler.Name, e.GetType().Name);
                }
            }
        }
        await using var scope = scopes.CreateAsyncScope();
        var park = failure is not null && message.Attempts >= AttemptsBeforeParking;
        await module.Resolve(scope.ServiceProvider).FinishOutbox(message, failure, park, ct);
        (park ? Parked : Delivered).Add(failure is null || park ? 1 : 0, new KeyValuePair<string, object?>("event", message.Name));
    }

    private async Task Apply(Consumer consumer, OutboxMessage message, object fact, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().Act = consumer.Handler.Name;
        var db = (ModuleDbContext)scope.ServiceProvider.GetRequiredService(consumer.Context);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (!await db.EnterInbox(message.Id, consumer.Handler.Name, ct))
            return;
        await consumer.Invoke(ActivatorUtilities.CreateInstance(scope.ServiceProvider, consumer.Handler), fact, ct);
        await transaction.CommitAsync(ct);
    }
}
