using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Pac.BuildingBlocks.Web;

/// <summary>The two languages of the product; Vietnamese unless English is preferred.</summary>
public static class Language
{
    /// <summary>Vietnamese.</summary>
    public static readonly CultureInfo Vietnamese = CultureInfo.GetCultureInfo("vi");

    /// <summary>English.</summary>
    public static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");

    /// <summary>The language in which a request wants its answer, by <c>Accept-Language</c>.</summary>
    /// <param name="request">The request.</param>
    public static CultureInfo Of(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var header = request.Headers.AcceptLanguage;
        if (header.Count == 0 || !StringWithQualityHeaderValue.TryParseList(header, out var wanted))
            return Vietnamese;
        foreach (var language in wanted.Where(w => w.Quality is not 0).OrderByDescending(w => w.Quality ?? 1))
        {
            if (language.Value.StartsWith("vi", StringComparison.OrdinalIgnoreCase))
                return Vietnamese;
            if (language.Value.StartsWith("en", StringComparison.OrdinalIgnoreCase))
                return English;
        }
        return Vietnamese;
    }

    /// <summary>Chooses between the two texts by the language of the current request.</summary>
    public static string Pick(string vietnamese, string english) =>
        CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" ? english : vietnamese;
}
