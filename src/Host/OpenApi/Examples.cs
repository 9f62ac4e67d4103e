using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.OpenApi;
using Pac.BuildingBlocks.Web;
using Pac.SharedKernel;

namespace Pac.Host.OpenApi;

/// <summary>Examples that fit the sandbox, chosen by the name of a member; a member without a line gets one by its type.</summary>
internal static partial class Examples
{
    public const string Uuid = "0192f0c1-7b1e-7c3a-9d2b-3f4a5b6c7d8e";
    public const string Cursor = "MDE5MmYwYzE3YjFlN2MzYTlkMmIzZjRhNWI2YzdkOGU";
    public const string EntityTag = "\"7\"";
    public const string Events = "event: job\ndata: {\"id\":\"" + Uuid + "\",\"kind\":\"import\",\"state\":\"running\",\"done\":120}\n\n";

    /// <summary>What stands where nothing better is known.</summary>
    public const string Dull = "Ví dụ";

    // As small as one can be.
    private const string Pdf = "%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n";

    private const int Deepest = 12;

    /// <summary>A file in text, as far as one can be shown.</summary>
    public static JsonNode File(string mediaType) =>
        mediaType switch
        {
            "application/pdf" or "application/partial-upload" or "application/offset+octet-stream" => Pdf,
            "text/csv" => "sourceId,code,procedureCode,centreCode,channel,applicantName,receivedAt\n"
                + "A-0001,000.00.09.H15-241125-0001,1.004194,dak-lak,counter,Nguyễn Thị Ánh,2024-11-25T08:00:00+07:00\n",
            "application/x-ndjson" => "{\"number\":1}\n",
            _ => "…",
        };

    /// <summary>What a refusal looks like.</summary>
    public static JsonNode Problem(StandardProblem standard) =>
        new JsonObject
        {
            ["type"] = "/problems/" + standard.Code,
            ["title"] = standard.EnglishTitle,
            ["status"] = standard.Status,
            ["detail"] = standard.English,
            ["instance"] = "/api/v1/counters/" + Uuid,
            ["code"] = standard.Code,
            ["traceId"] = "4bf92f3577b34da6a3ce929d0e0e4736",
        };

    /// <summary>One named example, as OpenAPI 3.1 wants them.</summary>
    public static Dictionary<string, IOpenApiExample> Named(string name, string summary, JsonNode value) =>
        new()
        {
            [name] = new OpenApiExample { Summary = summary, Value = value },
        };

    /// <summary>The example of a member, or of a whole shape when no member is named.</summary>
    public static JsonNode? Of(string owner, string member, IOpenApiSchema schema, OpenApiDocument document) =>
        Of(owner, member, schema, document, 0);

    private static JsonNode? Of(string owner, string member, IOpenApiSchema given, OpenApiDocument document, int depth)
    {
        if (depth > Deepest)
            return null;
        if (given is OpenApiSchemaReference { Reference.Id: { } id })
        {
            var target = document.Components!.Schemas![id];
            return target.Enum is { Count: > 0 } ? Of(owner, member, target, document, depth + 1) : Of(id, "", target, document, depth + 1);
        }
        if ((given.OneOf ?? given.AnyOf)?.FirstOrDefault() is { } first)
            return Of(owner, member, first, document, depth + 1);
        var schema = given;
        if (schema.Examples is [{ } stated, ..])
            return stated.DeepClone();
        var lines = Known.Where(k => IsFor(k, owner, member)).ToList();
        if (lines is [{ Value: null }, ..])
            return null;
        switch (schema.Type & ~JsonSchemaType.Null)
        {
            case JsonSchemaType.Object:
                return Shape(owner, schema, document, depth);
            case JsonSchemaType.Array when lines.FirstOrDefault(l => Fits(l.Value!, schema)).Value is { } list:
                return list.DeepClone();
            case JsonSchemaType.Array:
                return Of(owner, member, schema.Items!, document, depth + 1) is { } item ? new JsonArray(item) : new JsonArray();
            case null:
                return new JsonObject();
            default:
                return lines.Select(l => l.Value).FirstOrDefault(v => v is not null && Fits(v, schema))?.DeepClone() ?? ByType(schema);
        }
    }

    private static JsonObject Shape(string owner, IOpenApiSchema schema, OpenApiDocument document, int depth)
    {
        var shape = new JsonObject();
        foreach (var (name, property) in schema.Properties ?? new Dictionary<string, IOpenApiSchema>())
            if (Of(owner, name, property, document, depth + 1) is { } value)
                shape[name] = value;
        return shape;
    }

    private static bool IsFor((string Owner, string Member, JsonNode? Value) line, string owner, string member) =>
        line.Member == member && owner.StartsWith(line.Owner, StringComparison.OrdinalIgnoreCase);

    // An example that breaks the bounds of its member would be worse than a dull one.
    private static bool Fits(JsonNode node, IOpenApiSchema schema)
    {
        if (node is not JsonValue value)
            return (schema.Type & ~JsonSchemaType.Null) == JsonSchemaType.Array;
        var type = schema.Type & ~JsonSchemaType.Null;
        if (value.TryGetValue<int>(out var number))
            return type is JsonSchemaType.Integer or JsonSchemaType.Number
                && (schema.Minimum is null || number >= Parse(schema.Minimum))
                && (schema.Maximum is null || number <= Parse(schema.Maximum));
        if (value.TryGetValue<bool>(out _))
            return type == JsonSchemaType.Boolean;
        if (type != JsonSchemaType.String || !value.TryGetValue<string>(out var text))
            return false;
        if (schema.Enum is { Count: > 0 } allowed)
            return allowed.Any(a => JsonNode.DeepEquals(a, value));
        return text.Length <= (schema.MaxLength ?? int.MaxValue)
            && (schema.Pattern is null || Regex.IsMatch(text, schema.Pattern, RegexOptions.None, TimeSpan.FromSeconds(1)))
            && schema.Format switch
            {
                "uuid" => Guid.TryParse(text, out _),
                "date" => text.Length == 10 && DateOnly.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out _),
                "date-time" => Instants.TryParse(text, out _),
                _ => true,
            };
    }

    private static JsonNode ByType(IOpenApiSchema schema)
    {
        if (schema.Enum is [{ } first, ..])
            return first.DeepClone();
        switch (schema.Type & ~JsonSchemaType.Null)
        {
            case JsonSchemaType.Boolean:
                return true;
            case JsonSchemaType.Integer:
            case JsonSchemaType.Number:
                return (int)Math.Clamp(1, Parse(schema.Minimum ?? "0"), Parse(schema.Maximum ?? "1"));
            default:
                return schema.Format switch
                {
                    "uuid" => Uuid,
                    "date" => "2026-11-24",
                    "date-time" => "2026-11-24T09:00:00+07:00",
                    _ => Dull,
                };
        }
    }

    private static double Parse(string number) => double.Parse(number, System.Globalization.CultureInfo.InvariantCulture);

    private static JsonNode Value(string text) => JsonValue.Create(text);

    private static JsonNode Value(int number) => JsonValue.Create(number);

    // Monday to Friday as in the sandbox, so that trying it out spoils nothing.
    private static JsonNode Parsed(string json) => JsonNode.Parse(json)!;

    private static JsonNode Week() =>
        JsonNode.Parse(
            $"[{string.Join(',', new[] { "monday", "tuesday", "wednesday", "thursday", "friday" }.Select(d => $$"""{"weekday":"{{d}}","shifts":[{"opens":"07:00","closes":"11:00"},{"opens":"13:00","closes":"17:00"}]}"""))}]"
        )!;
}
