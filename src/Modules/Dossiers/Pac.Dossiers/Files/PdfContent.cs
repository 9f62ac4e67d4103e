using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using Pac.Dossiers.Domain.Files;
using Pac.SharedKernel;

namespace Pac.Dossiers.Files;

/// <summary>
/// Looks in a PDF for what runs or brings a file along (ISO 32000-1, 7.11.4, 12.6.4): the names by which that is said, wherever they stand, however
/// they are written, and in the streams that hold objects too. No structure of the file is believed: what a reader might find must be found.
/// </summary>
internal sealed class PdfContent
{
    private const int Window = 64 * 1024;

    // The longest name that matters with every letter as #xx, and what has to be seen behind a word.
    private const int Ahead = 64;
    private const int HeadSize = 64;
    private const int HeaderSize = 2;
    private const long MostUnpacked = 256L * 1024 * 1024;

    // A script, a program, a file inside, a player, and forms with scripts of their own (XFA). An action to open a page is none of these.
    private static readonly string[] Active =
    [
        "JavaScript",
        "Launch",
        "EmbeddedFile",
        "EmbeddedFiles",
        "RichMedia",
        "Rendition",
        "OnInstantiate",
        "XFA",
    ];

    private static readonly SearchValues<byte> Delimiters = SearchValues.Create("\0\t\n\f\r ()<>[]{}/%"u8);
    private static readonly SearchValues<byte> Number = SearchValues.Create("0123456789+-."u8);

    private static ReadOnlySpan<byte> White => "\0\t\n\f\r "u8;

    private long _unpacked;
    private bool _objectsAwaited;
    private bool _isFiltered;
    private bool _isInRows;

    private PdfContent() { }

    /// <summary>What is wrong, or null.</summary>
    public static Task<Error?> Check(Stream file, CancellationToken ct) => new PdfContent().Scan(file, ct);

    private async Task<Error?> Scan(Stream file, CancellationToken ct)
    {
        for (var from = 0L; from < file.Length; from += Window - Ahead)
        {
            var window = await FileInspection.Read(file, from, Window, ct);
            var isLast = from + window.Length == file.Length;
            var end = isLast ? window.Length : window.Length - Ahead;
            for (var at = 0; (at = Next(window, at, end)) >= 0; at++)
            {
                if (window[at] == '/')
                {
                    if (Note(NameAt(window, at)))
                        return FileErrors.Active;
                }
                else if (DataAt(window, at) is { } data && await Follow(file, from + data, ct) is { } finding)
                {
                    return finding;
                }
            }
            if (isLast)
                break;
        }
        return null;
    }

    private static int Next(ReadOnlySpan<byte> window, int at, int end)
    {
        var next = at >= end ? -1 : window[at..end].IndexOfAny((byte)'/', (byte)'s');
        return next < 0 ? -1 : at + next;
    }

    // Says whether a name is one of those.
    private bool Note(string? name)
    {
        _objectsAwaited |= name == "ObjStm";
        _isFiltered |= name == "Filter";
        _isInRows |= name == "Predictor";
        return name is not null && Array.IndexOf(Active, name) >= 0;
    }

    // Letters of a name may be written as #xx.
    private static string? NameAt(ReadOnlySpan<byte> window, int at)
    {
        var rest = window[(at + 1)..Math.Min(window.Length, at + Ahead)];
        var length = rest.IndexOfAny(Delimiters);
        if (length < 0)
            length = rest.Length;
        if (length < 3)
            return null;
        Span<char> name = stackalloc char[length];
        var letters = 0;
        for (var i = 0; i < length; i++)
        {
            if (
                rest[i] == '#'
                && i + 2 < length
                && byte.TryParse(rest.Slice(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var letter)
            )
            {
                name[letters++] = (char)letter;
                i += 2;
            }
            else
            {
                name[letters++] = (char)rest[i];
            }
        }
        name = name[..letters];
        // Three letters turn up in compressed data by chance: these lead to a list or to another object.
        if (name is "XFA" && !LeadsOn(rest[length..]))
            return null;
        return new(name);
    }

    private static bool LeadsOn(ReadOnlySpan<byte> text) =>
        text.TrimStart(White) is [(byte)'[' or (byte)'%' or (>= (byte)'0' and <= (byte)'9'), ..];

    // Where the data of a stream begin, if the word stands here.
    private static int? DataAt(ReadOnlySpan<byte> window, int at)
    {
        if (!window[at..].StartsWith("stream"u8) || at >= 3 && window[..at].EndsWith("end"u8))
            return null;
        var data = at + 6;
        // Spaces before the line break are against the standard, and read by all.
        while (data < window.Length && window[data] is (byte)' ' or (byte)'\t')
            data++;
        if (data < window.Length && window[data] == '\r')
            data++;
        return data < window.Length && window[data] == '\n' ? data + 1
            : data > at + 6 && window[data - 1] == '\r' ? data
            : null;
    }

    // Data that are not compressed are looked at with the rest of the file.
    private async Task<Error?> Follow(Stream file, long data, CancellationToken ct)
    {
        var (mustRead, isFiltered, isInRows) = (_objectsAwaited, _isFiltered, _isInRows);
        (_objectsAwaited, _isFiltered, _isInRows) = (false, false, false);
        var head = data < file.Length ? await FileInspection.Read(file, data, HeadSize, ct) : [];
        if (mustRead && !isFiltered && BeginsWithNumbers(head))
            return null;
        // The header of zlib (RFC 1950).
        if (head.Length >= HeaderSize && (head[0] & 15) == 8 && (head[0] * 256 + head[1]) % 31 == 0 && !(mustRead && isInRows))
        {
            // Its checksum is left alone: readers do not mind a wrong one.
            file.Position = data + HeaderSize;
            await using var unpacked = new DeflateStream(new Stretch(file, file.Length - data - HeaderSize), CompressionMode.Decompress);
            var (areObjects, finding) = await Objects(unpacked, ct);
            if (areObjects)
                return finding;
        }
        // Encrypted, or packed in another way.
        return mustRead ? FileErrors.Sealed : null;
    }

    // A stream of objects begins with their numbers and places; what does not is text, a picture or a typeface.
    private async Task<(bool Are, Error? Finding)> Objects(DeflateStream unpacked, CancellationToken ct)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Window);
        try
        {
            for (var kept = 0; ; kept = Ahead)
            {
                var filled = await Fill(unpacked, buffer.AsMemory(0, Window), kept, ct);
                var isFirst = kept == 0;
                if (isFirst && filled > 0 && !BeginsWithNumbers(buffer.AsSpan(0, filled)))
                    return (false, null);
                if ((_unpacked += filled) > MostUnpacked)
                    return (true, FileErrors.Bomb);
                var isLast = filled < Window;
                if (HoldsActive(buffer.AsSpan(0, filled), isLast ? filled : Window - Ahead))
                    return (true, FileErrors.Active);
                if (isLast)
                    return (true, null);
                buffer.AsSpan(Window - Ahead, Ahead).CopyTo(buffer);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // What was unpacked before the data turn out to be broken lies in the buffer, and is looked at as readers do.
    private static async Task<int> Fill(DeflateStream unpacked, Memory<byte> buffer, int kept, CancellationToken ct)
    {
        buffer.Span[kept..].Clear();
        var filled = kept;
        try
        {
            for (int read; filled < buffer.Length && (read = await unpacked.ReadAsync(buffer[filled..], ct)) > 0; )
                filled += read;
            return filled;
        }
        catch (InvalidDataException)
        {
            return buffer.Length - 1;
        }
    }

    private static bool HoldsActive(ReadOnlySpan<byte> text, int end)
    {
        for (var at = 0; at < end; at++)
        {
            var next = text[at..end].IndexOf((byte)'/');
            if (next < 0)
                return false;
            at += next;
            if (NameAt(text, at) is { } name && Array.IndexOf(Active, name) >= 0)
                return true;
        }
        return false;
    }

    // Two numbers, with white space and comments before and between them.
    private static bool BeginsWithNumbers(ReadOnlySpan<byte> text)
    {
        for (var numbers = 0; numbers < 2; numbers++)
        {
            text = text.TrimStart(White);
            while (text.StartsWith("%"u8))
            {
                var line = text.IndexOfAny((byte)'\r', (byte)'\n');
                text = line < 0 ? [] : text[line..].TrimStart(White);
            }
            var length = text.IndexOfAnyExcept(Number);
            if (length <= 0)
                return false;
            text = text[length..];
        }
        return true;
    }
}
