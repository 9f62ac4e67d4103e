using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Persistence;

/// <summary>
/// Texts of other systems at rest (Law 91/2025/QH15): encrypted by Data Protection. The key by which one is known again is an HMAC, since with
/// the rest of a message known a plain hash would give its identity number away.
/// </summary>
internal sealed class MessageSeals(IDataProtectionProvider protection, IIdentityNumbers index) : IMessageSeals
{
    private readonly IDataProtector _texts = protection.CreateProtector("Pac.Dossiers.ExchangeMessage");

    public byte[] Close(string text) => _texts.Protect(Encoding.UTF8.GetBytes(text));

    public string Open(byte[] text) => Encoding.UTF8.GetString(_texts.Unprotect(text));

    public ValueTask<string> KeyOf(string text, CancellationToken ct) =>
        KeyOfHash(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))), ct);

    public async ValueTask<string> KeyOfHash(string hash, CancellationToken ct) =>
        Convert.ToHexStringLower(await index.IndexOf("message\n" + hash, ct));
}

/// <summary>The statements behind the sealing of what an earlier version wrote in plain.</summary>
internal static class MessageSealSql
{
    /// <summary>Seals a batch of plain texts. Returns how many there were.</summary>
    public static async Task<int> SealMessages(this DossiersDbContext db, IMessageSeals seals, int most, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var plain = await db
            .Database.SqlQuery<PlainText>(
                $"SELECT id, text, key FROM dossiers.exchange_messages WHERE text IS NOT NULL AND state <> 'Waiting' ORDER BY id LIMIT {most} FOR UPDATE SKIP LOCKED"
            )
            .ToListAsync(ct);
        Guid[] ids = [.. plain.Select(p => p.Id)];
        byte[][] texts = [.. plain.Select(p => seals.Close(p.Text))];
        // Earlier versions knew a message again by its plain hash.
        var keys = new string?[plain.Count];
        for (var i = 0; i < keys.Length; i++)
            keys[i] = plain[i].Key is { } hash ? await seals.KeyOfHash(hash, ct) : null;
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE dossiers.exchange_messages m SET sealed = p.sealed, text = NULL,
                key = CASE WHEN EXISTS (SELECT 1 FROM dossiers.exchange_messages o WHERE o.partner = m.partner AND o.key = p.key AND o.id <> m.id)
                    THEN NULL ELSE p.key END
            FROM unnest({ids}, {texts}, {keys}) AS p (id, sealed, key) WHERE m.id = p.id
            """,
            ct
        );
        await transaction.CommitAsync(ct);
        return plain.Count;
    }

    private sealed record PlainText(Guid Id, string Text, string? Key);
}
