using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Pac.BuildingBlocks.Persistence;
using Pac.BuildingBlocks.Web;

namespace Pac.Host.OpenApi;

/// <summary>What every operation shares by reference: headers, parameters and the refusals.</summary>
internal static class SharedParts
{
    /// <summary>Headers on every answer, and their component.</summary>
    public static readonly (string Header, string Component)[] Everywhere =
    [
        ("API-Version", "ApiVersion"),
        ("RateLimit-Limit", "RateLimitLimit"),
        ("RateLimit-Remaining", "RateLimitRemaining"),
        ("RateLimit-Reset", "RateLimitReset"),
        ("Cache-Control", "CacheControl"),
        ("Access-Control-Allow-Origin", "Access-Control-Allow-Origin"),
    ];

    /// <summary>Query parameters of every list, and their component.</summary>
    public static readonly Dictionary<string, string> PageParameters = new()
    {
        ["limit"] = "Limit",
        ["cursor"] = "Cursor",
        ["withTotal"] = "WithTotal",
    };

    public const string EventStream = "text/event-stream";
    private const string Anything = "^.*$";

    /// <summary>Characters or bytes of the largest file.</summary>
    public const int LargestFile = 104_857_600;

    private static readonly Dictionary<int, string> Responses = new()
    {
        [0] = "Problem",
        [400] = "BadRequest",
        [401] = "Unauthorized",
        [403] = "Forbidden",
        [404] = "NotFound",
        [409] = "Conflict",
        [412] = "PreconditionFailed",
        [413] = "ContentTooLarge",
        [415] = "UnsupportedMediaType",
        [422] = "UnprocessableContent",
        [428] = "PreconditionRequired",
        [429] = "TooManyRequests",
        [500] = "ServerError",
        [503] = "Unavailable",
    };

    /// <summary>Component of a refusal; 0 is any other.</summary>
    public static string Response(int status) => Responses[status];

    public static Dictionary<string, IOpenApiHeader> Headers(OpenApiDocument document, params (string Header, string Component)[] names) =>
        names.ToDictionary(n => n.Header, n => (IOpenApiHeader)new OpenApiHeaderReference(n.Component, document));

    /// <summary>Schema of what is not JSON.</summary>
    public static OpenApiSchema File(string mediaType) =>
        mediaType == EventStream
            ? new()
            {
                Type = JsonSchemaType.String,
                Description = "Server-sent events: the name of the event and its data as JSON.",
                MaxLength = LargestFile,
                Pattern = @"^[\s\S]*$",
                Examples = [Examples.Events],
            }
            : new()
            {
                Type = JsonSchemaType.String,
                Format = "binary",
                Description = $"A file of type {mediaType}.",
                MaxLength = LargestFile,
                Examples = [Examples.File(mediaType)],
            };

    /// <summary>Puts the shared parts into the document.</summary>
    public static void AddTo(OpenApiDocument document)
    {
        var components = document.Components!;
        components.Headers = AllHeaders();
        components.Parameters = AllParameters();
        components.Responses = Responses.ToDictionary(r => r.Value, r => (IOpenApiResponse)Refusal(r.Key, document));
        components.Responses.Add(
            "NotModified",
            new OpenApiResponse
            {
                Description = "The caller has this version already.",
                Headers = Headers(document, [.. Everywhere, ("ETag", "ETag")]),
            }
        );
    }

    private static OpenApiResponse Refusal(int status, OpenApiDocument document)
    {
        var standard = StandardProblem.For(status == 0 ? 400 : status);
        var headers = Headers(document, [.. Everywhere, ("Content-Language", "ContentLanguage")]);
        if (status is 429 or 503)
            headers.Add("Retry-After", new OpenApiHeaderReference("RetryAfter", document));
        if (status == 401)
            headers.Add("WWW-Authenticate", new OpenApiHeaderReference("WwwAuthenticate", document));
        return new()
        {
            Description = status == 0 ? "Any other failure, told the same way." : standard.English,
            Headers = headers,
            Content = new Dictionary<string, IOpenApiMediaType>
            {
                ["application/problem+json"] = new OpenApiMediaType
                {
                    Schema = new OpenApiSchemaReference(nameof(Problem), document),
                    Examples = Examples.Named("problem", standard.EnglishTitle, Examples.Problem(standard)),
                },
            },
        };
    }

    private static Dictionary<string, IOpenApiHeader> AllHeaders() =>
        new()
        {
            ["ApiVersion"] = Header("The full version of the API.", ApiPipeline.ApiVersion, Text(20, @"^\d+\.\d+\.\d+$")),
            ["RateLimitLimit"] = Header("How many requests the window of one minute allows.", 6000, Whole(0, 1_000_000)),
            ["RateLimitRemaining"] = Header("How many requests are left in the window.", 5999, Whole(0, 1_000_000)),
            ["RateLimitReset"] = Header("Seconds until the window starts again.", 42, Whole(0, 60)),
            ["CacheControl"] = Header("Whether the answer may be kept: no-store for what is personal.", "no-store", Text(100, Anything)),
            ["Access-Control-Allow-Origin"] = Header(
                "The origin that may read the answer; sent when an origin asks.",
                "*",
                Text(200, Anything)
            ),
            ["ContentLanguage"] = Header("Language of the texts in the problem document.", "en", Text(2, "^(vi|en)$")),
            ["ContentDisposition"] = Header("The name to save the file under.", "attachment; filename=\"file\"", Text(300, Anything)),
            ["RetryAfter"] = Header("Seconds to wait before the next attempt.", 5, Whole(0, 86_400)),
            ["WwwAuthenticate"] = Header("How to authenticate (RFC 6750).", "Bearer", Text(500, Anything)),
            ["Location"] = Header(
                "The address of what was made.",
                "/api/v1/counters/" + Examples.Uuid,
                new()
                {
                    Type = JsonSchemaType.String,
                    Format = "uri-reference",
                    MaxLength = 500,
                }
            ),
            ["ETag"] = Header("The version of the item.", Examples.EntityTag, Text(20, "^\"[0-9]+\"$")),
            ["Link"] = Header(
                "The next page (RFC 8288); left out on the last one.",
                $"</api/v1/counters?cursor={Examples.Cursor}>; rel=\"next\"",
                Text(2000, Anything)
            ),
        };

    private static Dictionary<string, IOpenApiParameter> AllParameters() =>
        new()
        {
            ["Limit"] = Parameter(
                "limit",
                ParameterLocation.Query,
                "Most items on the page.",
                PageRequest.DefaultLimit,
                Whole(1, PageRequest.MaximumLimit, PageRequest.DefaultLimit)
            ),
            ["Cursor"] = Parameter(
                "cursor",
                ParameterLocation.Query,
                "Where the page starts: the nextCursor of the page before; the first page when left out.",
                null,
                Text(400, "^[A-Za-z0-9_-]+$")
            ),
            ["WithTotal"] = Parameter(
                "withTotal",
                ParameterLocation.Query,
                "Whether all rows are to be counted as well; it costs more.",
                true,
                new() { Type = JsonSchemaType.Boolean, Default = false }
            ),
            ["IfMatch"] = Parameter(
                "If-Match",
                ParameterLocation.Header,
                "The ETag of the version that the change is based on; 428 without, 412 when it is no longer the present one.",
                Examples.EntityTag,
                Text(20, "^\"[0-9]+\"$"),
                required: true
            ),
            ["IfNoneMatch"] = Parameter(
                "If-None-Match",
                ParameterLocation.Header,
                "The ETag of the version that the caller has; 304 when it is still the present one.",
                Examples.EntityTag,
                Text(500, "^[ -~]*$")
            ),
            ["IdempotencyKey"] = Parameter(
                "Idempotency-Key",
                ParameterLocation.Header,
                "A value made once per intended change and repeated on retries: the same key and body give the first answer again.",
                "0192f0c1-aaaa-7c3a-9d2b-3f4a5b6c7d8e",
                Text(100, "^[!-~]+$", 1)
            ),
            ["AcceptLanguage"] = Parameter(
                "Accept-Language",
                ParameterLocation.Header,
                "Language of the texts in problem documents: vi, unless en is preferred.",
                "en",
                Text(200, "^[ -~]*$")
            ),
        };

    private static OpenApiHeader Header(string description, JsonNode example, OpenApiSchema schema) =>
        new()
        {
            Description = description,
            Example = example,
            Schema = schema,
        };

    private static OpenApiParameter Parameter(
        string name,
        ParameterLocation place,
        string description,
        JsonNode? example,
        OpenApiSchema schema,
        bool required = false
    )
    {
        schema.Description = description;
        return new()
        {
            Name = name,
            In = place,
            Description = description,
            Required = required,
            Example = example,
            Schema = schema,
        };
    }

    private static OpenApiSchema Text(int longest, string pattern, int? shortest = null) =>
        new()
        {
            Type = JsonSchemaType.String,
            MinLength = shortest,
            MaxLength = longest,
            Pattern = pattern,
        };

    private static OpenApiSchema Whole(int lowest, int highest, int? standard = null) =>
        new()
        {
            Type = JsonSchemaType.Integer,
            Format = "int32",
            Minimum = Wording.Number(lowest),
            Maximum = Wording.Number(highest),
            Default = standard,
        };
}
