using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Pac.Dossiers.Persistence;

namespace Pac.Dossiers.Features.Handling;

/// <summary>
/// Does what the passing of time brings: closes what was not supplemented in time, and notes once that an intake or a due instant has passed.
/// Every host may be at it; each dossier is taken by one.
/// </summary>
internal sealed class DeadlineWatch(
    IServiceScopeFactory scopes,
    IConfiguration configuration,
    TimeProvider clock,
    ILogger<DeadlineWatch> logger
) : BackgroundService
{
    private const int Batch = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    /// <summary>Works until nothing is left whose time has passed. Returns how many dossiers that were.</summary>
    public async Task<int> Once(CancellationToken ct)
    {
        var done = 0;
        while (true)
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<DossiersDbContext>();
            db.User.Act = "watch-deadlines";
            var now = clock.GetUtcNow();
            var passed = await db.TakeTimePassed(now, Batch, ct);
            foreach (var dossier in passed)
                dossier.TimePassed(now);
            await db.SaveChangesAsync(ct);
            done += passed.Count;
            if (passed.Count < Batch)
                return done;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (string.Equals(configuration["Pac:Background"], "off", StringComparison.OrdinalIgnoreCase))
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
                Log.WatchFailed(logger, e.GetType().Name);
            }
        }
    }
}
