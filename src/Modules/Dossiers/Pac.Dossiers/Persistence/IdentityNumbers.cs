using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Npgsql;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Persistence;

/// <summary>The key of the blind index, wrapped; one row, made once by whichever host needs it first. Written by statement only.</summary>
internal sealed class IndexKeyRow
{
    private IndexKeyRow() { }

    public int Id { get; private set; }

    public byte[] Wrapped { get; private set; } = [];
}

internal sealed class IndexKeyConfiguration : IEntityTypeConfiguration<IndexKeyRow>
{
    public void Configure(EntityTypeBuilder<IndexKeyRow> builder)
    {
        builder.ToTable("index_keys");
        builder.HasKey(k => k.Id);
        builder.Property(k => k.Id).ValueGeneratedNever();
    }
}

/// <summary>
/// Identity numbers at rest (Law 91/2025/QH15): encrypted by Data Protection, whose keys rotate by themselves, and found by HMAC-SHA-256 under a
/// key of their own. There are only so many numbers of twelve digits, so a plain hash would be no secret.
/// </summary>
internal sealed class IdentityNumbers(NpgsqlDataSource source, IDataProtectionProvider protection) : IIdentityNumbers
{
    private const int KeyLength = 32;
    private const int IndexLength = 16;
    private readonly IDataProtector _numbers = protection.CreateProtector("Pac.Dossiers.IdentityNumber");
    private readonly IDataProtector _keys = protection.CreateProtector("Pac.Dossiers.IndexKey");
    private byte[]? _key;

    public async ValueTask<SealedNumber?> Seal(string? number, CancellationToken ct) =>
        number is null
            ? null
            : new(Mask.Number(number)!, _numbers.Protect(Encoding.UTF8.GetBytes(number)), Index(_key ?? await ReadKey(ct), number));

    public string? Open(byte[]? number) => number is null ? null : Encoding.UTF8.GetString(_numbers.Unprotect(number));

    public async ValueTask<byte[]> IndexOf(string number, CancellationToken ct) => Index(_key ?? await ReadKey(ct), number);

    private static byte[] Index(byte[] key, string number) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(number))[..IndexLength];

    // On a connection of its own: the key stays, whatever becomes of the transaction that first needed it.
    private async Task<byte[]> ReadKey(CancellationToken ct)
    {
        await using var command = source.CreateCommand(
            """
            WITH made AS (INSERT INTO dossiers.index_keys (id, wrapped) VALUES (1, $1) ON CONFLICT DO NOTHING RETURNING wrapped)
            SELECT wrapped FROM made UNION ALL SELECT wrapped FROM dossiers.index_keys WHERE id = 1
            """
        );
        command.Parameters.Add(new() { Value = _keys.Protect(RandomNumberGenerator.GetBytes(KeyLength)) });
        // Whoever lost the race sees neither its own row nor yet the winner's; it asks once more.
        byte[]? wrapped;
        while ((wrapped = (byte[]?)await command.ExecuteScalarAsync(ct)) is null) { }
        return _key = _keys.Unprotect(wrapped);
    }
}
