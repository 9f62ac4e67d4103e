using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Persistence;

/// <summary>The keys under which the people in staged rows are sealed; each import has one of its own, wrapped by Data Protection.</summary>
internal sealed class ImportSeals(IDataProtectionProvider protection)
{
    private const int KeyLength = 32;
    private readonly IDataProtector _keys = protection.CreateProtector("Pac.Dossiers.ImportKey");

    public ImportSeal New()
    {
        var key = RandomNumberGenerator.GetBytes(KeyLength);
        return new(key, _keys.Protect(key));
    }

    public ImportSeal Of(byte[] wrapped) => new(_keys.Unprotect(wrapped), wrapped);
}

/// <summary>
/// Seals the people in the rows of one import (AES-256-GCM; the line is its nonce, so a row cannot be put in another's place). Name, identity
/// number and telephone become one text where the name was.
/// </summary>
internal sealed class ImportSeal(byte[] key, byte[] wrapped) : IDisposable
{
    private const int NonceLength = 12;
    private const int TagLength = 16;

    private static readonly int[] Personal =
    [
        Array.IndexOf(ImportColumns.All, "applicantName"),
        Array.IndexOf(ImportColumns.All, "applicantIdentity"),
        Array.IndexOf(ImportColumns.All, "applicantPhone"),
    ];

    private readonly AesGcm _cipher = new(key, TagLength);

    /// <summary>The key, wrapped.</summary>
    public byte[] Wrapped { get; } = wrapped;

    /// <summary>The row as it may be staged; one that could not be read holds no person.</summary>
    public string?[] Close(int line, string?[] cells)
    {
        if (cells.Length != ImportColumns.All.Length)
            return cells;
        var plain = JsonSerializer.SerializeToUtf8Bytes(Array.ConvertAll(Personal, p => cells[p]));
        var text = new byte[plain.Length + TagLength];
        _cipher.Encrypt(Nonce(line), plain, text.AsSpan(TagLength), text.AsSpan(0, TagLength));
        string?[] closed = [.. cells];
        foreach (var place in Personal)
            closed[place] = null;
        closed[Personal[0]] = Convert.ToBase64String(text);
        return closed;
    }

    /// <summary>The row as it came.</summary>
    public string?[] Open(int line, string?[] cells)
    {
        if (cells.Length != ImportColumns.All.Length || cells[Personal[0]] is not { } hidden)
            return cells;
        var text = Convert.FromBase64String(hidden);
        var plain = new byte[text.Length - TagLength];
        _cipher.Decrypt(Nonce(line), text.AsSpan(TagLength), text.AsSpan(0, TagLength), plain);
        var people = JsonSerializer.Deserialize<string?[]>(plain)!;
        string?[] open = [.. cells];
        for (var i = 0; i < Personal.Length; i++)
            open[Personal[i]] = people[i];
        return open;
    }

    public void Dispose() => _cipher.Dispose();

    // A key is used for one import, and a line stands in it once.
    private static byte[] Nonce(int line)
    {
        var nonce = new byte[NonceLength];
        BinaryPrimitives.WriteInt32BigEndian(nonce, line);
        return nonce;
    }
}
