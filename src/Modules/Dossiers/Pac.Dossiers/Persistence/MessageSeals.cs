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

    public async ValueTask<string> KeyOf(string text, CancellationToken ct) =>
        Convert.ToHexStringLower(await index.IndexOf("message\n" + text, ct));
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
                $"SELECT id, text FROM dossiers.exchange_messages WHERE text IS NOT NULL ORDER BY id LIMIT {most} FOR UPDATE SKIP LOCKED"
            )
            .ToListAsync(ct);
        Guid[] ids = [.. plain.Select(p => p.Id)];
        byte[][] texts = [.. plain.Select(p => seals.Close(p.Text))];
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE dossiers.exchange_messages m SET sealed = p.sealed, text = NULL
            FROM unnest({ids}, {texts}) AS p (id, sealed) WHERE m.id = p.id
            """,
            ct
        );
        await transaction.CommitAsync(ct);
        return plain.Count;
    }

    private sealed record PlainText(Guid Id, string Text);
}
