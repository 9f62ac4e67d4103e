using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Pac.BuildingBlocks.Persistence;

namespace Pac.BuildingBlocks.Messaging;

/// <summary>Once an hour removes delivered facts and kept answers whose time is over. Harmless on several hosts at once.</summary>
/// <param name="scopes">Makes one scope per round.</param>
/// <param name="modules">The modules of this host.</param>
/// <param name="logger">Says what failed.</param>
internal sealed class MessageHousekeeping(
    IServiceScopeFactory scopes,
    IEnumerable<ModuleContext> modules,
    ILogger<MessageHousekeeping> logger
) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1));
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                foreach (var module in modules)
                    await module.Resolve(scope.ServiceProvider).ForgetOldMessages(stoppingToken);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                Log.OutboxRoundFailed(logger, e.GetType().Name);
            }
        }
    }
}
