using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Pac.BuildingBlocks.Auditing;

/// <summary>Seals every module's audit trail a few seconds after the acts. Harmless on several hosts at once.</summary>
/// <param name="scopes">Makes one scope per round.</param>
/// <param name="modules">The modules of this host.</param>
/// <param name="logger">Says what failed.</param>
internal sealed class AuditSealer(IServiceScopeFactory scopes, IEnumerable<ModuleContext> modules, ILogger<AuditSealer> logger)
    : BackgroundService
{
    private const int RoundsToEverything = 720;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause);
        for (var round = 1; await timer.WaitForNextTickAsync(stoppingToken); round++)
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                foreach (var module in modules)
                    await module.Resolve(scope.ServiceProvider).SealAudit(round % RoundsToEverything == 0, stoppingToken);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                Log.SealingFailed(logger, e.GetType().Name);
            }
        }
    }
}
