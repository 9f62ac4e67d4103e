using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Pac.BuildingBlocks.Web;

namespace Pac.Dossiers.Exchange;

/// <summary>
/// Identity numbers in what another system wrote: shown with their middle hidden, and put back where somebody mended the rest. All else stays as it
/// was written, to the letter.
/// </summary>
internal static partial class HiddenNumbers
{
    private const string Member = "SoDinhDanh";

    /// <summary>The text with the middle of every identity number hidden.</summary>
    public static string Masked(string text) => Replaced(text, Find(text), found => Mask.Number(found.Value));

    /// <summary>A text in which masked numbers stand, with the numbers of the text that was shown put back; what was written anew stays.</summary>
    public static string Restored(string mended, string before)
    {
        var numbers = Find(before)
            .GroupBy(f => Mask.Number(f.Value)!)
            .ToDictionary(g => g.Key, g => new Queue<string>(g.Select(f => f.Value)));
        return Replaced(
            mended,
            Find(mended),
            found => numbers.TryGetValue(found.Value, out var hidden) && hidden.TryDequeue(out var number) ? number : null
        );
    }

    private static string Replaced(string text, IReadOnlyList<Found> all, Func<Found, string?> by)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var (written, at) = (new StringBuilder(), 0);
        foreach (var found in all)
        {
            if (by(found) is not { } other)
                continue;
            written.Append(Encoding.UTF8.GetString(bytes, at, found.Start - at));
            written.Append(found.IsToken ? JsonSerializer.Serialize(other) : other);
            at = found.Start + found.Length;
        }
        return written.Append(Encoding.UTF8.GetString(bytes, at, bytes.Length - at)).ToString();
    }

    private static List<Found> Find(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        try
        {
            return InJson(bytes);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return
            [
                .. Digits()
                    .Matches(text)
                    .Select(m => new Found(
                        Encoding.UTF8.GetByteCount(text.AsSpan(0, m.Index)),
                        Encoding.UTF8.GetByteCount(m.ValueSpan),
                        m.Value,
                        false
                    )),
            ];
        }
    }

    // The member that holds one, and whatever else is nothing but twelve digits.
    private static List<Found> InJson(byte[] bytes)
    {
        List<Found> all = [];
        var reader = new Utf8JsonReader(bytes);
        var named = false;
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.Number)
            {
                var value = reader.TokenType == JsonTokenType.String ? reader.GetString()! : Encoding.UTF8.GetString(reader.ValueSpan);
                if (value.Length > 0 && (named || Personal().IsMatch(value)))
                    all.Add(new((int)reader.TokenStartIndex, (int)(reader.BytesConsumed - reader.TokenStartIndex), value, true));
            }
            named = reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals(Member);
        }
        return all;
    }

    [GeneratedRegex(@"(?<![0-9*])(?:[0-9]{12}|[0-9]{9}|[0-9]{3}\*{2,5}[0-9]{4})(?![0-9*])")]
    private static partial Regex Digits();

    [GeneratedRegex(@"^(?:[0-9]{12}|[0-9]{3}\*{5}[0-9]{4})\z")]
    private static partial Regex Personal();

    private readonly record struct Found(int Start, int Length, string Value, bool IsToken);
}
