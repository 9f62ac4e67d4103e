using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Pac.Dossiers.Domain.Files;
using Pac.SharedKernel;

namespace Pac.Dossiers.Files;

/// <summary>
/// Checks an office document by the directory of its archive: how much it says to hold, whether its parts lie on one another, and that no part
/// unpacks to more than it says. Never more is unpacked than the directory may state, and nothing is kept.
/// </summary>
internal static class ZipDirectory
{
    /// <summary>The end record with the longest comment.</summary>
    public const int LongestEnd = EndSize + 65_535;

    private const int EndSize = 22;
    private const int EntrySize = 46;
    private const int LocalSize = 30;
    private const int MostEntries = 10_000;
    private const int LargestDirectory = 2 * 1024 * 1024;
    private const long LargestUnpacked = 256L * 1024 * 1024;

    // What is small may shrink by any factor; beyond that, no text of a document does by more than this.
    private const long Unsuspicious = 10L * 1024 * 1024;
    private const int MostFactor = 100;

    /// <summary>Whether a file ends as an archive does.</summary>
    public static bool EndsAsZip(ReadOnlySpan<byte> tail) => EndIn(tail) >= 0;

    /// <summary>What is wrong, or null.</summary>
    /// <param name="file">The file.</param>
    /// <param name="tail">Its last bytes.</param>
    /// <param name="mainPart">The part without which it is another type.</param>
    /// <param name="ct">Cancels the work.</param>
    public static async Task<Error?> Check(Stream file, byte[] tail, string mainPart, CancellationToken ct)
    {
        var end = EndIn(tail);
        if (end < 0)
            return FileErrors.Broken;
        var count = BinaryPrimitives.ReadUInt16LittleEndian(tail.AsSpan(end + 10));
        var size = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end + 12));
        var start = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end + 16));
        var endsAt = file.Length - tail.Length + end;
        // A directory that does not reach to its end record hides something; one of 64 bits no office document of this size needs.
        if (count > MostEntries || size > LargestDirectory)
            return FileErrors.Bomb;
        if (count == 0 || start + (long)size != endsAt)
            return FileErrors.Broken;
        var entries = Entries(await FileInspection.Read(file, start, (int)size, ct), count);
        return entries is null ? FileErrors.Broken : Judge(entries, start, mainPart) ?? await Unpack(file, entries, start, ct);
    }

    private static int EndIn(ReadOnlySpan<byte> tail)
    {
        for (var at = tail.Length - EndSize; at >= 0; at--)
            if (
                tail[at..].StartsWith("PK\u0005\u0006"u8)
                && at + EndSize + BinaryPrimitives.ReadUInt16LittleEndian(tail[(at + 20)..]) == tail.Length
            )
                return at;
        return -1;
    }

    private static List<Entry>? Entries(ReadOnlySpan<byte> directory, int count)
    {
        List<Entry> entries = new(count);
        for (var i = 0; i < count; i++)
        {
            if (directory.Length < EntrySize || !directory.StartsWith("PK\u0001\u0002"u8))
                return null;
            int name = BinaryPrimitives.ReadUInt16LittleEndian(directory[28..]);
            var whole =
                EntrySize
                + name
                + BinaryPrimitives.ReadUInt16LittleEndian(directory[30..])
                + BinaryPrimitives.ReadUInt16LittleEndian(directory[32..]);
            if (directory.Length < whole)
                return null;
            entries.Add(
                new(
                    Encoding.UTF8.GetString(directory.Slice(EntrySize, name)),
                    BinaryPrimitives.ReadUInt16LittleEndian(directory[8..]),
                    BinaryPrimitives.ReadUInt16LittleEndian(directory[10..]),
                    BinaryPrimitives.ReadUInt32LittleEndian(directory[20..]),
                    BinaryPrimitives.ReadUInt32LittleEndian(directory[24..]),
                    BinaryPrimitives.ReadUInt32LittleEndian(directory[42..])
                )
            );
            directory = directory[whole..];
        }
        return directory.IsEmpty ? entries : null;
    }

    private static Error? Judge(List<Entry> entries, long directory, string mainPart)
    {
        if (entries.Sum(e => (long)e.Unpacked) > LargestUnpacked)
            return FileErrors.Bomb;
        foreach (var entry in entries)
        {
            if (entry.Unpacked > Unsuspicious && entry.Unpacked / MostFactor > entry.Packed)
                return FileErrors.Bomb;
            // Encrypted, or packed in a way that office documents do not know.
            if ((entry.Flags & 1) != 0 || entry.Method is not (0 or 8))
                return FileErrors.Broken;
            if (
                entry.Name.Length == 0
                || entry.Name[0] == '/'
                || entry.Name.Contains('\\', StringComparison.Ordinal)
                || entry.Name.Contains(':', StringComparison.Ordinal)
                || entry.Name.Split('/').Contains("..")
                || entry.Name.Any(char.IsControl)
            )
                return FileErrors.Broken;
            if (OfficeParts.IsActive(entry.Name))
                return FileErrors.Active;
        }
        var names = entries.Select(e => e.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (names.Count != entries.Count)
            return FileErrors.Broken;
        if (!names.Contains("[Content_Types].xml") || !names.Contains(mainPart))
            return FileErrors.ContentDiffers;
        // Parts that lie on one another give more than the file has bytes for.
        var before = 0L;
        foreach (var entry in entries.OrderBy(e => e.Offset))
        {
            if (entry.Offset < before)
                return FileErrors.Bomb;
            before = entry.Offset + LocalSize + (long)entry.Packed;
        }
        return before > directory ? FileErrors.Bomb : null;
    }

    private static async Task<Error?> Unpack(Stream file, List<Entry> entries, long directory, CancellationToken ct)
    {
        var buffer = new byte[64 * 1024];
        foreach (var entry in entries)
        {
            var local = await FileInspection.Read(file, entry.Offset, LocalSize, ct);
            if (local.Length < LocalSize || !local.AsSpan().StartsWith("PK\u0003\u0004"u8))
                return FileErrors.Broken;
            var data =
                entry.Offset
                + LocalSize
                + BinaryPrimitives.ReadUInt16LittleEndian(local.AsSpan(26))
                + BinaryPrimitives.ReadUInt16LittleEndian(local.AsSpan(28));
            if (data + entry.Packed > directory)
                return FileErrors.Broken;
            if (entry.Method == 0)
            {
                if (entry.Packed != entry.Unpacked)
                    return FileErrors.Bomb;
                if (await RelationsIn(file, entry, data, ct) is { } found)
                    return found;
                continue;
            }
            file.Position = data;
            await using var unpacked = new DeflateStream(new Stretch(file, entry.Packed), CompressionMode.Decompress);
            var total = 0L;
            try
            {
                for (int read; (read = await unpacked.ReadAsync(buffer, ct)) > 0; )
                    if ((total += read) > entry.Unpacked)
                        return FileErrors.Bomb;
            }
            catch (InvalidDataException)
            {
                return FileErrors.Broken;
            }
            if (total != entry.Unpacked)
                return FileErrors.Broken;
            if (await RelationsIn(file, entry, data, ct) is { } finding)
                return finding;
        }
        return null;
    }

    private static async Task<Error?> RelationsIn(Stream file, Entry entry, long data, CancellationToken ct)
    {
        if (!entry.Name.EndsWith(".rels", StringComparison.OrdinalIgnoreCase))
            return null;
        file.Position = data;
        var packed = new Stretch(file, entry.Packed);
        await using Stream part = entry.Method == 0 ? packed : new DeflateStream(packed, CompressionMode.Decompress);
        return await OfficeParts.CheckRelations(part, ct);
    }

    private sealed record Entry(string Name, int Flags, int Method, uint Packed, uint Unpacked, uint Offset);
}
