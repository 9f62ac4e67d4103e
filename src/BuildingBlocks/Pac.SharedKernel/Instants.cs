using System.Globalization;

namespace Pac.SharedKernel;

/// <summary>Instants in text: RFC 3339 with an offset, never without.</summary>
public static class Instants
{
    /// <summary>Reads an instant; the offset is required and the year is 1900 to 2200.</summary>
    /// <param name="text">The text.</param>
    /// <param name="instant">The instant, in UTC.</param>
    public static bool TryParse(string? text, out DateTimeOffset instant)
    {
        instant = default;
        if (text is null || text.Length is < 17 or > 40 || text[10] is not ('T' or 't'))
            return false;
        var tail = text.AsSpan(16);
        if (!tail.EndsWith("Z", StringComparison.OrdinalIgnoreCase) && tail.IndexOfAny('+', '-') < 0)
            return false;
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out instant))
            return false;
        instant = instant.ToUniversalTime();
        return instant.Year is >= 1900 and <= 2200;
    }
}
