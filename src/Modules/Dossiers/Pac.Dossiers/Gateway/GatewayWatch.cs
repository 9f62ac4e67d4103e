using MediatR;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Pac.Dossiers.Domain.Fees;
using Pac.Dossiers.Features.Payments;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Gateway;

/// <summary>Asks the gateway about orders whose notice never came. Every host may be at it; each order is taken by one.</summary>
internal sealed class GatewayWatch(
    IServiceScopeFactory scopes,
    IPaymentGateway gateway,
    GatewaySettings settings,
    IConfiguration configuration,
    TimeProvider clock,
    ILogger<GatewayWatch> logger
) : BackgroundService
{
    private const int Batch = 50;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    /// <summary>Asks about everything that is due once. Returns how many orders that were.</summary>
    public async Task<int> Once(CancellationToken ct)
    {
        List<string> codes;
        await using (var scope = scopes.CreateAsyncScope())
            codes = await scope
                .ServiceProvider.GetRequiredService<DossiersDbContext>()
                .TakeUnheard(clock.GetUtcNow(), settings.Patience, Batch, ct);
        foreach (var code in codes)
        {
            try
            {
                var said = await gateway.Ask(code, ct);
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<ISender>().Send(new TakeGatewayNotice(said), ct);
            }
            catch (BusinessRuleException e)
            {
                // Such as that no receipt number is left: asked again until somebody saw to it.
                Log.GatewayAskFailed(logger, e.Error.Code);
            }
        }
        return codes.Count;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (string.Equals(configuration["Pac:Background"], "off", StringComparison.OrdinalIgnoreCase) || gateway is NoGateway)
            return;
        using var timer = new PeriodicTimer(Pause);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Once(stoppingToken);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                Log.GatewayAskFailed(logger, e.GetType().Name);
            }
        }
    }
}
