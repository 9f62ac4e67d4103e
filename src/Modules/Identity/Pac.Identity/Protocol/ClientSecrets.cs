using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Pac.Identity.Domain;
using Pac.Identity.Persistence;

namespace Pac.Identity.Protocol;

/// <summary>A secret that was just made: shown once, never kept.</summary>
internal sealed record NewSecret(ClientSecret Entry, string Plain);

/// <summary>Gives and takes secrets of clients. What it does is saved with the caller's next <c>SaveChanges</c>, together with the caller's note for the audit.</summary>
internal sealed class ClientSecrets(IdentityStore db, TimeProvider clock)
{
    /// <summary>Makes a new secret. The older ones go on for the overlap and then end.</summary>
    public async Task<NewSecret> Issue(Client client, TimeSpan overlap, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        foreach (var older in await Good(client, now, ct))
            older.ExpiresAt = older.ExpiresAt < now + overlap ? older.ExpiresAt : now + overlap;
        var plain = "pac_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var entry = Entry(client, plain, now);
        db.ClientSecrets.Add(entry);
        client.SecretsChangedAt = now;
        client.ClientSecret = Clients.Elsewhere;
        return new(entry, plain);
    }

    /// <summary>Ends one secret at once. False when the client has no such secret, or it had ended already.</summary>
    public async Task<bool> Revoke(Client client, Guid secret, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if ((await Good(client, now, ct)).Find(s => s.Id == secret) is not { } entry)
            return false;
        entry.ExpiresAt = now;
        client.SecretsChangedAt = now;
        return true;
    }

    public static ClientSecret Entry(Client client, string plain, DateTimeOffset now) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            ClientId = client.Id,
            Hash = HashOf(plain),
            Beginning = plain.Length > 20 ? plain[..10] : "",
            CreatedAt = now,
        };

    public static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    private Task<List<ClientSecret>> Good(Client client, DateTimeOffset now, CancellationToken ct) =>
        db.ClientSecrets.Where(s => s.ClientId == client.Id && (s.ExpiresAt == null || s.ExpiresAt > now)).ToListAsync(ct);
}
