using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Pac.Identity.Protocol;

/// <summary>Follows the keys on this host second by second, and once an hour does for all hosts what is due.</summary>
internal sealed class KeyKeeper(ServerKeys store, KeyRing ring, IConfiguration configuration, ILogger<KeyKeeper> logger) : BackgroundService
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Reread = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private readonly bool _background = !string.Equals(configuration["Pac:Background"], "off", StringComparison.OrdinalIgnoreCase);
    private volatile bool _heard;

    /// <summary>The set of keys may have changed; it is read again within a second.</summary>
    public void Hear() => _heard = true;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Second);
        var (read, kept) = (Environment.TickCount64, 0L);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                var now = Environment.TickCount64;
                if (_background && (kept == 0 || now - kept > Hour.TotalMilliseconds))
                {
                    ring.Renew(store.KeepUp());
                    (read, kept) = (now, now);
                }
                else if (_heard || now - read > Reread.TotalMilliseconds)
                {
                    _heard = false;
                    ring.Renew(store.Read());
                    read = now;
                }
                ring.Turn();
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // The keys in hand go on, also by the clock.
                _heard = true;
                ring.Turn();
                Log.KeysNotRead(logger, e.GetType().Name);
                await Task.Delay(Pause, stoppingToken);
            }
        }
    }
}
