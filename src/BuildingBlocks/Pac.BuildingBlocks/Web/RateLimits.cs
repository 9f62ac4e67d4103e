using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Pac.BuildingBlocks.Security;

namespace Pac.BuildingBlocks.Web;

/// <summary>How many requests are served per minute and host.</summary>
public sealed class RateLimitOptions
{
    /// <summary>For one user through one application.</summary>
    public int PerCaller { get; set; } = 6000;

    /// <summary>For one network address without a token.</summary>
    public int PerAddress { get; set; } = 1200;
}

/// <summary>
/// Counts requests in windows of one minute, per caller or, without a token, per address; every answer says what is left.
/// An application may have a limit of its own, which all its users share.
/// The count is this host's own: it protects the host and promises nothing across hosts.
/// </summary>
/// <param name="next">The rest of the pipeline.</param>
/// <param name="options">The limits.</param>
/// <param name="clock">The clock.</param>
public sealed class RateLimits(RequestDelegate next, IOptions<RateLimitOptions> options, TimeProvider clock)
{
    private const int Window = 60;
    private const int MostPartitions = 50_000;
    private readonly ConcurrentDictionary<(string, string), Counter> _counters = new();

    /// <summary>Runs the request, or refuses it.</summary>
    public Task Invoke(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        var caller = (http.User.Identity as CallerIdentity)?.Caller;
        var limit = caller is null ? options.Value.PerAddress : options.Value.PerCaller;
        var key = caller is null ? ("", http.Connection.RemoteIpAddress?.ToString() ?? "") : (caller.ClientId, caller.Subject);
        var seconds = clock.GetUtcNow().ToUnixTimeSeconds();
        if (_counters.Count > MostPartitions)
            _counters.Clear();
        var used = Count(key, seconds);
        // Of two limits the one that is nearer is told.
        if (caller?.ClientLimit is { } whole && Count((caller.ClientId, ""), seconds) is var all && whole - all < limit - used)
            (limit, used) = (whole, all);
        var reset = Window - (int)(seconds % Window);
        var headers = http.Response.Headers;
        headers["RateLimit-Limit"] = limit.ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Remaining"] = Math.Max(0, limit - used).ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Reset"] = reset.ToString(CultureInfo.InvariantCulture);
        if (used <= limit)
            return next(http);
        headers.RetryAfter = reset.ToString(CultureInfo.InvariantCulture);
        return Problems.Write(http, StatusCodes.Status429TooManyRequests);
    }

    private int Count((string, string) key, long seconds) => _counters.GetOrAdd(key, static _ => new()).Count(seconds / Window);

    private sealed class Counter
    {
        private readonly Lock _lock = new();
        private long _window;
        private int _used;

        public int Count(long window)
        {
            lock (_lock)
            {
                if (window != _window)
                    (_window, _used) = (window, 0);
                return ++_used;
            }
        }
    }
}
