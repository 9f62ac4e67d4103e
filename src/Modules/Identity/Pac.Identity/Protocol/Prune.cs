using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using OpenIddict.Abstractions;
using Pac.Identity.Persistence;

namespace Pac.Identity.Protocol;

/// <summary>Removes what has ended from the tables of the protocol: once an hour, on one host at a time, in small batches.</summary>
internal sealed class Prune(
    IServiceScopeFactory scopes,
    NpgsqlDataSource source,
    IConfiguration configuration,
    ILogger<Prune> logger,
    TimeProvider clock
) : BackgroundService
{
    private const long OneAtATime = 0x5041_4350_5255_4E01;

    // An entry is of use until the token has ended: a used refresh token that comes again is known by it.
    private static readonly TimeSpan Kept = ServerSetup.LongestLife * 2;

    /// <summary>One round. Null when another host is at it.</summary>
    public async Task<long?> Once(CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var take = new NpgsqlCommand($"SELECT pg_try_advisory_lock({OneAtATime})", connection);
        if (await take.ExecuteScalarAsync(ct) is not true)
            return null;
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var now = clock.GetUtcNow();
            var tokens = await scope.ServiceProvider.GetRequiredService<IOpenIddictTokenManager>().PruneAsync(now - Kept, ct);
            var grants = await scope.ServiceProvider.GetRequiredService<IOpenIddictAuthorizationManager>().PruneAsync(now - Kept, ct);
            var db = scope.ServiceProvider.GetRequiredService<IdentityStore>();
            var used = await db.UsedAssertions.Where(a => a.ExpiresAt < now).ExecuteDeleteAsync(ct);
            return tokens + grants + used;
        }
        finally
        {
            // The connection goes back to the pool, so the lock would stay with it.
            await using var release = new NpgsqlCommand($"SELECT pg_advisory_unlock({OneAtATime})", connection);
            await release.ExecuteScalarAsync(CancellationToken.None);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (string.Equals(configuration["Pac:Background"], "off", StringComparison.OrdinalIgnoreCase))
            return;
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1));
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (await Once(stoppingToken) is { } removed)
                    Log.Pruned(logger, removed);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                Log.PruneFailed(logger, e.GetType().Name);
            }
        }
    }
}
