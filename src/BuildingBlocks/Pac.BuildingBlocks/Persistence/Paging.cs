using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Mvc;

namespace Pac.BuildingBlocks.Persistence;

/// <summary>Which page of a list is wanted.</summary>
/// <param name="Limit">Most items on the page, 1 to 100; 20 when not given.</param>
/// <param name="Cursor">Where the page starts: the <c>nextCursor</c> of the page before.</param>
/// <param name="WithTotal">Whether the total count is wanted as well; it costs more.</param>
public sealed record PageRequest(
    [property: FromQuery(Name = "limit")] int? Limit = null,
    [property: FromQuery(Name = "cursor")] string? Cursor = null,
    [property: FromQuery(Name = "withTotal")] bool? WithTotal = null
)
{
    /// <summary>Items on a page when the caller does not say.</summary>
    public const int DefaultLimit = 20;

    /// <summary>Most items on a page.</summary>
    public const int MaximumLimit = 100;

    /// <summary>Items wanted on this page.</summary>
    /// <exception cref="InvalidRequestException">The limit is outside 1 to 100.</exception>
    public int Size() =>
        Limit is null ? DefaultLimit
        : Limit is >= 1 and <= MaximumLimit ? Limit.Value
        : throw InvalidRequestException.Query(
            "limit",
            "out-of-range",
            "Giới hạn phải từ 1 đến 100.",
            "The limit must be between 1 and 100."
        );
}

/// <summary>One page of a list, cut by key and not by offset.</summary>
/// <param name="Items">The rows, at most the limit asked for.</param>
/// <param name="NextCursor">Where the next page starts; left out on the last page.</param>
/// <param name="Total">How many rows there are in all; only when asked for.</param>
/// <typeparam name="T">One row.</typeparam>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor = null, long? Total = null)
{
    /// <summary>Makes a page of rows read with one more than asked for, which tells whether there is a next page.</summary>
    /// <param name="rows">At most <paramref name="size"/> + 1 rows in order.</param>
    /// <param name="size">Rows asked for.</param>
    /// <param name="key">The keys by which the list is ordered, of one row.</param>
    /// <param name="total">All rows, when asked for.</param>
    public static Page<T> Of(List<T> rows, int size, Func<T, object[]> key, long? total = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(key);
        if (rows.Count <= size)
            return new(rows, null, total);
        rows.RemoveRange(size, rows.Count - size);
        return new(rows, Cursors.Write(key(rows[^1])), total);
    }
}

/// <summary>Opaque positions in a list: the sort keys of the last row, base64url.</summary>
public static class Cursors
{
    private const char Separator = '\u001f';

    /// <summary>Writes the keys of the last row of a page.</summary>
    /// <param name="keys">Instants, UUIDs, numbers or texts.</param>
    public static string Write(params object[] keys)
    {
        var text = string.Join(Separator, keys.Select(Text));
        return Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>Reads an instant and a UUID, the usual keys.</summary>
    /// <exception cref="InvalidRequestException">The cursor was not made by this list.</exception>
    public static (DateTimeOffset At, Guid Id)? ReadInstantAndId(string? cursor)
    {
        if (cursor is null)
            return null;
        var parts = Parts(cursor, 2);
        return
            long.TryParse(parts[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var ticks)
            && ticks >= 0
            && ticks <= DateTime.MaxValue.Ticks
            && Guid.TryParseExact(parts[1], "N", out var id)
            ? (new DateTimeOffset(ticks, TimeSpan.Zero), id)
            : throw Invalid();
    }

    /// <summary>Reads a single text key.</summary>
    /// <exception cref="InvalidRequestException">The cursor was not made by this list.</exception>
    public static string? ReadText(string? cursor) => cursor is null ? null : Parts(cursor, 1)[0];

    /// <summary>Reads a single UUID key.</summary>
    /// <exception cref="InvalidRequestException">The cursor was not made by this list.</exception>
    public static Guid? ReadId(string? cursor) =>
        cursor is null ? null
        : Guid.TryParseExact(Parts(cursor, 1)[0], "N", out var id) ? id
        : throw Invalid();

    private static string[] Parts(string cursor, int count)
    {
        if (cursor.Length > 400 || !Base64Url.IsValid(cursor))
            throw Invalid();
        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)).Split(Separator);
        return parts.Length == count && !parts.Any(p => p.Any(char.IsControl)) ? parts : throw Invalid();
    }

    private static string Text(object key) =>
        key switch
        {
            DateTimeOffset at => at.UtcTicks.ToString(CultureInfo.InvariantCulture),
            Guid id => id.ToString("N"),
            IFormattable f => f.ToString(null, CultureInfo.InvariantCulture),
            _ => key.ToString() ?? "",
        };

    /// <summary>The refusal of a cursor that this list did not give.</summary>
    public static InvalidRequestException Invalid() =>
        InvalidRequestException.Query("cursor", "invalid", "Con trỏ trang không hợp lệ.", "The cursor is not one that this list gave.");
}
