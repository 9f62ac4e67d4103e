using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Pac.Identity.Domain;
using Pac.Identity.Persistence;

namespace Pac.Identity.Protocol;

/// <summary>
/// Signing and encryption keys in the database, the same for every host. A key is announced for a day, used until its successor is,
/// and then kept for reading until the last token made with it has ended. Whoever changes the set holds a lock over all hosts.
/// </summary>
internal sealed class ServerKeys(
    IServiceScopeFactory scopes,
    IDataProtectionProvider protection,
    IConfiguration configuration,
    ILogger<ServerKeys> logger,
    TimeProvider clock
)
{
    /// <summary>A relying party that keeps the published keys for a day knows a new one before it is used.</summary>
    public static readonly TimeSpan AnnouncedFor = TimeSpan.FromHours(24);

    /// <summary>How long every host is given to hear of a key that is needed at once.</summary>
    public static readonly TimeSpan HeardAfter = TimeSpan.FromSeconds(10);

    // Beyond the end of the longest-lived token: hosts do not change over in the same instant.
    private static readonly TimeSpan Margin = TimeSpan.FromHours(1);
    private const long KeysLock = 0x5041_434B_4559_5301;
    private const int DefaultDays = 90;
    private static readonly string[] Uses = ["sig", "enc"];
    private readonly IDataProtector _protector = protection.CreateProtector("Pac.Identity.ServerKeys");

    private TimeSpan UsedFor { get; } = TimeSpan.FromDays(configuration.GetValue("Identity:KeyRotationDays", DefaultDays));

    /// <summary>All keys that are announced, used or kept for reading; the first ones are made here.</summary>
    public List<ServerKey> Read() => Locked(AddMissing);

    /// <summary>Makes successors in time and removes keys that nothing needs any more.</summary>
    public List<ServerKey> KeepUp() =>
        Locked(
            (db, keys, now) =>
            {
                AddMissing(db, keys, now);
                foreach (var use in Uses)
                {
                    var newest = keys.Where(k => k.Use == use).MaxBy(k => k.ActiveFrom)!;
                    if (newest.ActiveFrom + UsedFor - AnnouncedFor <= now)
                        Add(db, keys, use, Later(newest.ActiveFrom + UsedFor, now + AnnouncedFor), now);
                }
                foreach (var old in keys.Where(k => IsOver(k, keys, now)).ToList())
                {
                    keys.Remove(old);
                    db.ServerKeys.Remove(old);
                    Log.KeyRemoved(logger, old.Use, old.Id);
                }
            }
        );

    /// <summary>Begins a change of keys by an operator's wish. A successor that is announced already is the one that is meant.</summary>
    /// <param name="atOnce">Whether the new keys are used as soon as every host has heard of them, without being announced for a day.</param>
    public List<ServerKey> Rotate(bool atOnce) =>
        Locked(
            (db, keys, now) =>
            {
                AddMissing(db, keys, now);
                var from = now + (atOnce ? HeardAfter : AnnouncedFor);
                foreach (var use in Uses)
                {
                    var newest = keys.Where(k => k.Use == use).MaxBy(k => k.ActiveFrom)!;
                    if (newest.ActiveFrom <= now)
                        Add(db, keys, use, from, now);
                    else if (newest.ActiveFrom > from)
                        newest.ActiveFrom = from;
                }
            }
        );

    public byte[] Unwrap(ServerKey key) => _protector.Unprotect(Convert.FromBase64String(key.Wrapped));

    private List<ServerKey> Locked(Action<IdentityStore, List<ServerKey>, DateTimeOffset> change)
    {
        using var scope = scopes.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<IdentityStore>();
        using var transaction = db.Database.BeginTransaction();
        db.Database.ExecuteSql($"SELECT pg_advisory_xact_lock({KeysLock})");
        var keys = db.ServerKeys.ToList();
        change(db, keys, clock.GetUtcNow());
        db.SaveChanges();
        transaction.Commit();
        return keys;
    }

    private void AddMissing(IdentityStore db, List<ServerKey> keys, DateTimeOffset now)
    {
        foreach (var use in Uses.Where(u => keys.TrueForAll(k => k.Use != u)))
            Add(db, keys, use, now, now);
    }

    private void Add(IdentityStore db, List<ServerKey> keys, string use, DateTimeOffset from, DateTimeOffset now)
    {
        using var rsa = use == "sig" ? RSA.Create(2048) : null;
        var key = new ServerKey
        {
            Id = Guid.CreateVersion7(now),
            Use = use,
            Wrapped = Convert.ToBase64String(_protector.Protect(rsa?.ExportPkcs8PrivateKey() ?? RandomNumberGenerator.GetBytes(32))),
            CreatedAt = now,
            ActiveFrom = from,
        };
        keys.Add(key);
        db.ServerKeys.Add(key);
        Log.KeyMade(logger, use, key.Id, from);
    }

    private static bool IsOver(ServerKey key, List<ServerKey> keys, DateTimeOffset now) =>
        keys.Exists(k => k.Use == key.Use && k.ActiveFrom > key.ActiveFrom && k.ActiveFrom + ServerSetup.LongestLife + Margin <= now);

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
