using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Persistence;

namespace Pac.BuildingBlocks.Auditing;

/// <summary>What a check of one module's audit trail found.</summary>
/// <param name="Module">Name of the module.</param>
/// <param name="Sealed">Links that hold.</param>
/// <param name="Unsealed">Entries not sealed yet; more than a few seconds' worth is a sign of trouble.</param>
/// <param name="Head">Number and hash of the last link, to be kept elsewhere: a trail that was cut off at its end does not lead to it any more.</param>
/// <param name="Broken">What is wrong, and where; null while the chain holds.</param>
public sealed record AuditCheck(string Module, long Sealed, long Unsealed, string Head, string? Broken);

/// <summary>One link as it is handed out to be checked elsewhere.</summary>
/// <param name="Number">Number of the link, from 1 without gaps.</param>
/// <param name="Hash">The link in hexadecimal.</param>
/// <param name="Line">The written form of the entry; null when the entry is gone.</param>
public sealed record AuditLink(long Number, string Hash, string? Line);

/// <summary>Seals a module's audit trail and checks it.</summary>
public static class AuditChain
{
    private const int BatchSize = 1_000;

    // Acts commit in another order than they were numbered, but not by more than this; the hourly round looks at everything.
    private const long Window = 10_000;
    private static readonly JsonSerializerOptions Line = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The written form of an entry: what is exported, and what the seal is made of.</summary>
    /// <param name="entry">The entry as read from the database.</param>
    public static string Write(AuditEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return JsonSerializer.Serialize(
            new
            {
                entry.Seq,
                entry.Id,
                At = entry.At.UtcDateTime,
                entry.Act,
                entry.Kind,
                entry.Thing,
                entry.Subject,
                entry.ClientId,
                entry.Address,
                entry.TraceId,
                entry.Changes,
            },
            Line
        );
    }

    /// <summary>Seals what has been written; one host at a time. Returns how many entries.</summary>
    /// <param name="db">The module's context.</param>
    /// <param name="everything">Whether to look for entries of any age.</param>
    /// <param name="ct">Cancels the work.</param>
    public static async Task<int> SealAudit(this ModuleDbContext db, bool everything, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        var count = 0;
        while (true)
        {
            var batch = await SealBatch(db, everything, ct);
            count += batch;
            if (batch < BatchSize)
                return count;
        }
    }

    private static async Task<int> SealBatch(ModuleDbContext db, bool everything, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (!await db.TryLockSeals(ct))
            return 0;
        var head = await db.Set<AuditSeal>().AsNoTracking().OrderByDescending(s => s.Number).FirstOrDefaultAsync(ct);
        var newest = everything ? 0 : await db.Set<AuditSeal>().MaxAsync(s => (long?)s.EntrySeq, ct) ?? 0;
        var entries = await db
            .Audit.AsNoTracking()
            .Where(a => a.Seq > newest - Window && !db.Set<AuditSeal>().Any(s => s.EntrySeq == a.Seq))
            .OrderBy(a => a.Seq)
            .Take(BatchSize)
            .ToListAsync(ct);
        if (entries.Count == 0)
            return 0;
        var (number, hash) = (head?.Number ?? 0, head?.Hash ?? []);
        var (numbers, hashes) = (new long[entries.Count], new byte[entries.Count][]);
        for (var i = 0; i < entries.Count; i++)
            (numbers[i], hashes[i]) = (++number, hash = Next(hash, entries[i]));
        await db.InsertSeals(numbers, [.. entries.Select(e => e.Seq)], hashes, ct);
        await transaction.CommitAsync(ct);
        return entries.Count;
    }

    /// <summary>Walks the whole chain, in constant memory.</summary>
    /// <param name="db">The module's context.</param>
    /// <param name="module">Name of the module.</param>
    /// <param name="knownHead">A head that an earlier check gave, <c>number:hash</c>; null for none.</param>
    /// <param name="ct">Cancels the work.</param>
    public static async Task<AuditCheck> CheckAudit(this ModuleDbContext db, string module, string? knownHead, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        var (number, hash) = (0L, Array.Empty<byte>());
        string? broken = null;
        var passed = knownHead is null;
        await foreach (var (seal, entry) in Links(db, ct))
        {
            broken = Fault(number, hash, seal, entry);
            if (broken is not null)
                break;
            (number, hash) = (seal.Number, seal.Hash);
            passed = passed || Head(number, hash) == knownHead;
        }
        if (!passed)
            broken ??= $"the chain does not lead to {knownHead}";
        var open = await db.Audit.LongCountAsync(a => !db.Set<AuditSeal>().Any(s => s.EntrySeq == a.Seq), ct);
        return new(module, number, open, Head(number, hash), broken);
    }

    /// <summary>The links in order, to be checked elsewhere.</summary>
    /// <param name="db">The module's context.</param>
    /// <param name="ct">Cancels the work.</param>
    public static async IAsyncEnumerable<AuditLink> AuditLinks(this ModuleDbContext db, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var (seal, entry) in Links(db, ct))
            yield return new(seal.Number, Convert.ToHexStringLower(seal.Hash), entry is null ? null : Write(entry));
    }

    private static async IAsyncEnumerable<(AuditSeal Seal, AuditEntry? Entry)> Links(
        ModuleDbContext db,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        for (var number = 0L; ; )
        {
            var from = number;
            var links = await db.Set<AuditSeal>()
                .AsNoTracking()
                .Where(s => s.Number > from)
                .OrderBy(s => s.Number)
                .Take(BatchSize)
                .Select(s => new { Seal = s, Entry = db.Audit.FirstOrDefault(a => a.Seq == s.EntrySeq) })
                .ToListAsync(ct);
            if (links.Count == 0)
                yield break;
            foreach (var link in links)
                yield return (link.Seal, link.Entry);
            number = links[^1].Seal.Number;
        }
    }

    private static string Head(long number, byte[] hash) => $"{number}:{Convert.ToHexStringLower(hash)}";

    private static string? Fault(long number, byte[] hash, AuditSeal seal, AuditEntry? entry) =>
        seal.Number != number + 1 ? $"link {number + 1} is missing"
        : entry is null ? $"entry {seal.EntrySeq} (link {seal.Number}) was removed"
        : !Next(hash, entry).AsSpan().SequenceEqual(seal.Hash) ? $"entry {seal.EntrySeq} (link {seal.Number}) was changed"
        : null;

    private static byte[] Next(byte[] hash, AuditEntry entry) => SHA256.HashData([.. hash, .. Encoding.UTF8.GetBytes(Write(entry))]);
}
