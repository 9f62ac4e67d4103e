using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Pac.Identity.Persistence;

namespace Pac.Identity.Account;

/// <summary>How many failures are free and how long the delay may grow.</summary>
/// <param name="Free">Failures without delay; each further one doubles the delay, beginning with four seconds.</param>
/// <param name="Longest">The delay grows no longer than this.</param>
internal sealed record Patience(int Free, TimeSpan Longest)
{
    /// <summary>Passwords for one name from browsers that never signed in with it: 5 min at most, or an attacker could keep its owner out.</summary>
    public static readonly Patience Name = new(8, TimeSpan.FromMinutes(5));

    /// <summary>Passwords and codes from a browser in which the user has signed in before.</summary>
    public static readonly Patience KnownBrowser = new(8, TimeSpan.FromMinutes(15));

    /// <summary>Anything from one network address; a whole office may stand behind it.</summary>
    public static readonly Patience Address = new(100, TimeSpan.FromMinutes(15));

    /// <summary>Second factors: a million codes, three of them good at a time.</summary>
    public static readonly Patience Code = new(5, TimeSpan.FromMinutes(15));

    /// <summary>Letters asked for.</summary>
    public static readonly Patience Letter = new(3, TimeSpan.FromHours(1));
}

/// <summary>
/// Counts attempts in the database, so that all hosts count together. An attempt is counted before it is made and taken back when it succeeds:
/// a thousand at once cost as much as one after the other. What is not blocked says so by an instant long past, never by the present one: of two at
/// the same time the one who read the clock first may come last.
/// </summary>
internal sealed class Throttles(IdentityStore db)
{
    /// <summary>Counts an attempt. False while the key is blocked; the block is not prolonged by asking.</summary>
    public async Task<bool> Take(string key, Patience patience, CancellationToken ct)
    {
        var now = db.Now;
        var (free, longest) = (patience.Free, patience.Longest.TotalSeconds);
        return await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO identity.throttles AS t (key, failures, last_at, blocked_until) VALUES ({key}, 1, {now}, 'epoch')
                ON CONFLICT (key) DO UPDATE SET last_at = {now},
                    failures = CASE WHEN t.last_at < {now}::timestamptz - interval '1 day' THEN 1 ELSE t.failures + 1 END,
                    blocked_until = CASE WHEN t.last_at < {now}::timestamptz - interval '1 day' OR t.failures + 1 < {free} THEN 'epoch'::timestamptz
                        ELSE {now}::timestamptz + make_interval(secs => least({longest}, 4 * power(2, least(20, t.failures + 1 - {free})))) END
                WHERE t.blocked_until <= {now}
                """,
                ct
            ) == 1;
    }

    /// <summary>Takes back what a successful attempt was counted for.</summary>
    public Task Forgive(string key, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"DELETE FROM identity.throttles WHERE key = {key}", ct);

    /// <summary>Takes back one attempt and leaves the others counted.</summary>
    public Task Return(string key, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync(
            $"UPDATE identity.throttles SET failures = greatest(failures - 1, 0), blocked_until = 'epoch' WHERE key = {key}",
            ct
        );

    /// <summary>True for the first to come with this key and for nobody after.</summary>
    public async Task<bool> Once(string key, CancellationToken ct)
    {
        var now = db.Now;
        return await db.Database.ExecuteSqlAsync(
                $"INSERT INTO identity.throttles (key, failures, last_at, blocked_until) VALUES ({key}, 1, {now}, {now}) ON CONFLICT DO NOTHING",
                ct
            ) == 1;
    }

    public static string OfName(string name) => "name:" + Hash(name.Normalize().ToUpperInvariant());

    public static string OfAddress(string? address) => "address:" + address;

    public static string OfBrowser(Guid user, Guid browser) => $"browser:{user:N}:{browser:N}";

    /// <summary>Names and secrets are counted by their hash: the table is no list of what people typed.</summary>
    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
