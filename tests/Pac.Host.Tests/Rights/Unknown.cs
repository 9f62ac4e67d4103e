using System.Globalization;

namespace Pac.Host.Tests.Rights;

/// <summary>A thing that does not exist, in the place of one that does.</summary>
internal static class Unknown
{
    /// <summary>The path of a request with every value replaced by one of the same form that leads nowhere.</summary>
    public static string In(ApiRequest request)
    {
        var (steps, values) = (request.Operation.Template.Split('/'), request.Path.Split('/'));
        return string.Join('/', steps.Select((s, i) => s.StartsWith('{') ? Like(values[i]) : values[i]));
    }

    /// <summary>The values that a request has in its path.</summary>
    public static IEnumerable<string> ValuesIn(ApiRequest request)
    {
        var values = request.Path.Split('/');
        return request.Operation.Template.Split('/').Select((s, i) => (s, i)).Where(p => p.s.StartsWith('{')).Select(p => values[p.i]);
    }

    // Letters and digits change places with others, so that length and form stay.
    private static string Like(string value) =>
        Guid.TryParse(value, out _) ? Guid.CreateVersion7().ToString()
        : int.TryParse(value, CultureInfo.InvariantCulture, out _) ? "999999"
        : new([
            .. value.Select(c =>
                char.IsAsciiDigit(c) ? (char)('9' - (c - '0'))
                : char.IsAsciiLetterLower(c) ? (char)('z' - (c - 'a'))
                : c
            ),
        ]);
}
