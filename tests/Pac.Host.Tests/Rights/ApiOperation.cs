using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Pac.Testing;

namespace Pac.Host.Tests.Rights;

/// <summary>A parameter of an operation, as the document describes it.</summary>
internal sealed record ApiParameter(string Name, string In, bool Required, JsonObject Schema, JsonNode? Example)
{
    public string Type => Schema["type"] is JsonValue type ? type.GetValue<string>() : "";

    public string Format => Schema["format"]?.GetValue<string>() ?? "";

    /// <summary>The words it may take, when it takes only some.</summary>
    public IReadOnlyList<string> Words => [.. (Schema["enum"]?.AsArray() ?? []).Select(w => w!.ToString())];
}

/// <summary>An operation of the document that the host serves.</summary>
internal sealed partial record ApiOperation(string Id, HttpMethod Method, string Template, JsonObject Shape, ApiDocument Document)
{
    /// <summary>The scopes of which one is enough; none where no token is needed.</summary>
    public IReadOnlyList<string> Scopes { get; } =
    [.. Shape["security"]!.AsArray().SelectMany(s => s!["oauth"]?.AsArray() ?? []).Select(s => s!.GetValue<string>())];

    public IReadOnlyList<ApiParameter> Parameters { get; } =
    [.. (Shape["parameters"]?.AsArray() ?? []).Select(p => Document.Resolve(p!)).Select(p => Read(p, Document))];

    public bool IsOpen => Scopes.Count == 0;

    public bool IsRead => Method == HttpMethod.Get;

    /// <summary>Whether it asks for a state of something that only some may see, or changes it.</summary>
    public bool HasItem => Template.Contains('{', StringComparison.Ordinal);

    /// <summary>Whether it makes a thing and says where it is.</summary>
    public bool Creates => Shape["responses"]!["201"] is not null;

    public bool NeedsIfMatch => Parameters.Any(p => p is { Name: "If-Match", Required: true });

    public IEnumerable<ApiParameter> Query => Parameters.Where(p => p.In == "query");

    /// <summary>The first media type of its body with the example; null without a body.</summary>
    public (string MediaType, JsonNode Example)? Body =>
        Shape["requestBody"]?["content"]?.AsObject().FirstOrDefault() is { Value: { } content, Key: var type }
            ? (type, content["examples"]!.AsObject().First().Value!["value"]!)
            : null;

    /// <summary>What the body is made of; null unless it is JSON.</summary>
    public JsonObject? BodySchema =>
        Body is { MediaType: var type }
        && type.EndsWith("json", StringComparison.Ordinal)
        && !type.Contains("ndjson", StringComparison.Ordinal)
            ? Document.Resolve(Shape["requestBody"]!["content"]![type]!["schema"]!)
            : null;

    /// <summary>The path as far as its last parameter: the address of the thing.</summary>
    public string ItemTemplate => Template[..(Template.LastIndexOf('}') + 1)];

    /// <summary>The template, cut after each of its parameters.</summary>
    public IEnumerable<string> Cuts => PathParameter().Matches(Template).Select(m => Template[..(m.Index + m.Length)]);

    public override string ToString() => $"{Id} ({Method} {Template})";

    private static ApiParameter Read(JsonObject p, ApiDocument document) =>
        new(
            p["name"]!.GetValue<string>(),
            p["in"]!.GetValue<string>(),
            p["required"]?.GetValue<bool>() == true,
            document.Resolve(p["schema"]!),
            p["example"]
        );

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex PathParameter();
}

/// <summary>The document that the host serves.</summary>
internal sealed class ApiDocument
{
    private static readonly string[] Methods = ["get", "put", "post", "patch", "delete"];
    private readonly JsonNode _root;

    private ApiDocument(JsonNode root)
    {
        _root = root;
        Operations =
        [
            .. root["paths"]!
                .AsObject()
                .SelectMany(p =>
                    Methods
                        .Where(m => p.Value![m] is not null)
                        .Select(m => new ApiOperation(
                            p.Value![m]!["operationId"]!.GetValue<string>(),
                            HttpMethod.Parse(m),
                            p.Key,
                            p.Value![m]!.AsObject(),
                            this
                        ))
                ),
        ];
    }

    public IReadOnlyList<ApiOperation> Operations { get; }

    public static async Task<ApiDocument> ServedBy(HttpClient client) =>
        new(JsonNode.Parse((await client.Get("/api/v1/openapi.json")).Expect(200).Text)!);

    public ApiOperation? Find(HttpMethod method, string template) =>
        Operations.SingleOrDefault(o => o.Method == method && o.Template == template);

    /// <summary>A node, or what its reference leads to.</summary>
    public JsonObject Resolve(JsonNode node)
    {
        while (node["$ref"]?.GetValue<string>() is { } reference)
            node = reference[2..].Split('/').Aggregate(_root, (n, step) => n[step]!);
        return node.AsObject();
    }
}
