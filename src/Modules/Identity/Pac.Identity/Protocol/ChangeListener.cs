using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Pac.Identity.Persistence;

namespace Pac.Identity.Protocol;

/// <summary>Hears from the database, on every host, that a token was revoked or a right changed, and forgets what was known.</summary>
internal sealed class ChangeListener(NpgsqlDataSource source, KnownTokens known, KeyKeeper keys, ILogger<ChangeListener> logger)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Probe = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Listen(stoppingToken);
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException or System.IO.IOException or InvalidOperationException)
            {
                // Until the line is back every request looks the token up, so nothing is missed.
                known.Listening = false;
                Log.ListenerLost(logger, e.GetType().Name);
                await Task.Delay(Pause, stoppingToken);
            }
            catch (OperationCanceledException)
            {
                known.Listening = false;
            }
        }
    }

    private async Task Listen(CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        connection.Notification += (_, said) =>
        {
            if (said.Payload == IdentitySql.KeysChanged)
                keys.Hear();
            else
                known.Forget();
        };
        await using (var listen = new NpgsqlCommand($"LISTEN {IdentitySql.Channel}", connection))
            await listen.ExecuteNonQueryAsync(ct);
        known.Listening = true;
        keys.Hear();
        try
        {
            while (true)
            {
                // A dead line is noticed by asking over it.
                if (!await connection.WaitAsync(Probe, ct))
                {
                    await using var probe = new NpgsqlCommand("SELECT 1", connection) { CommandTimeout = 3 };
                    await probe.ExecuteScalarAsync(ct);
                }
            }
        }
        finally
        {
            known.Listening = false;
            if (connection.State == System.Data.ConnectionState.Open)
            {
                await using var unlisten = new NpgsqlCommand("UNLISTEN *", connection);
                await unlisten.ExecuteNonQueryAsync(CancellationToken.None);
            }
        }
    }
}
