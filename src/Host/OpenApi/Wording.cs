using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Pac.BuildingBlocks;

namespace Pac.Host.OpenApi;

/// <summary>The sentences that rules put together.</summary>
internal static class Wording
{
    public const string Description =
        "The services of a public administration service centre (PAC), for portals, kiosks, line-of-business systems and anybody who builds on them. "
        + "Every failure is a problem document (RFC 9457) in Vietnamese or English; lists come in pages by cursor; items carry an entity tag that "
        + "changes are checked against; a POST may be repeated safely with the same Idempotency-Key; instants are RFC 3339 with an offset.";

    /// <summary>Tag of a module.</summary>
    public static string Tag(string module) => char.ToUpperInvariant(module[0]) + module[1..];

    /// <summary>What a module is for, from what it allows.</summary>
    public static string About(IModule module) => Sentence(string.Join("; ", module.Permissions.Select(p => LowerFirst(p.English))));

    /// <summary>The words of a schema that has none.</summary>
    public static string FromName(string name)
    {
        var words = new StringBuilder();
        foreach (var c in name)
            words.Append(char.IsUpper(c) && words.Length > 0 ? " " + char.ToLowerInvariant(c) : c.ToString());
        return Sentence(words.ToString());
    }

    /// <summary>A short description, with an example that says more.</summary>
    public static string Longer(string description, JsonNode? example) =>
        description.Length <= 20 && example is JsonValue && !JsonNode.DeepEquals(example, Examples.Dull)
            ? $"{description.TrimEnd('.')}, such as {example}."
            : Sentence(description);

    /// <summary>With a capital and a full stop.</summary>
    public static string Sentence(string text)
    {
        var trimmed = text.Trim();
        if (trimmed.Length == 0)
            return trimmed;
        var capital = char.ToUpperInvariant(trimmed[0]) + trimmed[1..];
        return capital[^1] is '.' or '!' or '?' ? capital : capital + '.';
    }

    /// <summary>What success means.</summary>
    public static string Success(string status, OpenApiResponse answer) =>
        status switch
        {
            "201" => "It was created; its address is in Location.",
            "202" => "It was accepted as a job; its address is in Location.",
            "204" => "It was done; there is nothing to show.",
            _ => answer.Content?.Values.FirstOrDefault()?.Schema?.Description is { } shape
                ? Sentence(shape)
                : "It was done; the answer says what came of it.",
        };

    public static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string LowerFirst(string text) => text.Length == 0 ? text : char.ToLowerInvariant(text[0]) + text[1..];
}
