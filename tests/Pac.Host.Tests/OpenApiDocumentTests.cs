using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;

namespace Pac.Host.Tests;

/// <summary>The document that is committed is the one the code gives, and every operation is told in full.</summary>
public sealed class OpenApiDocumentTests
{
    private const string Renewal = "dotnet run --project src/Host -- openapi openapi.v1.json";
    private static readonly string[] Methods = ["get", "put", "post", "patch", "delete"];
    private static readonly Task<string> Text = Verbs.Document(
        WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development" })
    );

    [Fact]
    public async Task The_committed_document_is_up_to_date()
    {
        var committed = await File.ReadAllTextAsync(
            Path.Combine(Repository(), "src", "Host", "openapi.v1.json"),
            TestContext.Current.CancellationToken
        );
        Assert.True(
            committed == await Text,
            $"The API has changed. If that is meant, renew the document and look at what changes: {Renewal}"
        );
    }

    [Fact]
    public Task Every_operation_has_a_summary_and_a_full_description() =>
        Check(o =>
            o["summary"]?.GetValue<string>() is { Length: > 3 }
            && o["description"]?.GetValue<string>() is { Length: > 20 } d
            && d[^1] == '.'
        );

    [Fact]
    public async Task Every_operation_bears_the_tag_of_a_module()
    {
        var tags = (await Document())["tags"]!.AsArray().Select(t => t!["name"]!.GetValue<string>()).ToHashSet();
        await Check(o => o["tags"]?.AsArray() is [{ } tag] && tags.Contains(tag.GetValue<string>()));
    }

    [Fact]
    public async Task Every_operation_id_is_unique()
    {
        var ids = (await Operations()).Select(o => o.Operation["operationId"]!.GetValue<string>()).ToList();
        Assert.Equal(ids.Distinct().Count(), ids.Count);
    }

    [Fact]
    public async Task Every_operation_names_its_scopes_or_says_that_none_is_needed()
    {
        var scopes = (await Document())["components"]!["securitySchemes"]!["oauth"]!["flows"]!["authorizationCode"]!["scopes"]!.AsObject();
        await Check(o =>
            o["security"]!.AsArray() is [JsonObject { Count: 0 }]
            || o["security"]!.AsArray() is { Count: > 0 } ways
                && ways.All(w => w!["oauth"]!.AsArray() is [{ } scope] && scopes.ContainsKey(scope.GetValue<string>()))
        );
    }

    [Fact]
    public Task Every_operation_tells_how_it_fails() =>
        Check(o => new[] { "400", "429", "500", "503", "default" }.All(s => o["responses"]!.AsObject().ContainsKey(s)));

    [Fact]
    public Task Every_body_has_an_example() =>
        Check(o =>
            new[] { o["requestBody"] }
                .Concat(o["responses"]!.AsObject().Select(r => r.Value))
                .SelectMany(b => b?["content"]?.AsObject().Select(c => c.Value!) ?? [])
                .All(c => c["examples"] is not null)
        );

    [Fact]
    public async Task Bounds_are_those_that_the_validators_enforce()
    {
        var counter = (await Document())["components"]!["schemas"]!["SetUpCounter"]!["properties"]!;
        Assert.Equal(40, counter["centreCode"]!["maxLength"]!.GetValue<int>());
        Assert.Equal(1, counter["centreCode"]!["minLength"]!.GetValue<int>());
        Assert.Equal(1, counter["number"]!["minimum"]!.GetValue<int>());
        Assert.Equal(999, counter["number"]!["maximum"]!.GetValue<int>());
    }

    [Fact]
    public async Task What_has_a_default_may_be_left_out()
    {
        var question = (await Document())["components"]!["schemas"]!["DueTimeQuestion"]!;
        Assert.Equal(["start", "term"], question["required"]!.AsArray().Select(r => r!.GetValue<string>()));
    }

    [Fact]
    public async Task Every_text_and_list_has_a_limit()
    {
        var open = Schemas(await Document())
            .Where(s => Is(s, "string") && s["enum"] is null && s["maxLength"] is null || Is(s, "array") && s["maxItems"] is null)
            .Select(s => s.GetPath());
        Assert.Empty(open);
    }

    [Fact]
    public async Task Every_member_of_a_shape_has_a_description()
    {
        var shapes = (await Document())["components"]!["schemas"]!.AsObject();
        var bare = shapes.SelectMany(s =>
            (s.Value!["properties"]?.AsObject() ?? []).Where(p => p.Value!["description"] is null).Select(p => $"{s.Key}.{p.Key}")
        );
        Assert.Empty(bare);
    }

    private static IEnumerable<JsonObject> Schemas(JsonNode? node) =>
        node switch
        {
            JsonObject shape => shape
                .Where(m => m.Key is not ("examples" or "example"))
                .SelectMany(m => Schemas(m.Value))
                .Concat(shape["type"] is JsonValue or JsonArray && !shape.ContainsKey("flows") ? [shape] : []),
            JsonArray list => list.SelectMany(Schemas),
            _ => [],
        };

    private static bool Is(JsonObject schema, string type) =>
        schema["type"] is JsonArray types
            ? types.Any(t => t!.GetValue<string>() == type)
            : schema["type"] is JsonValue value && value.TryGetValue<string>(out var only) && only == type;

    private static async Task Check(Func<JsonNode, bool> holds) =>
        Assert.Empty((await Operations()).Where(o => !holds(o.Operation)).Select(o => o.Name));

    private static async Task<List<(string Name, JsonNode Operation)>> Operations() =>
        [
            .. (await Document())["paths"]!
                .AsObject()
                .SelectMany(p => Methods.Where(m => p.Value![m] is not null).Select(m => ($"{m} {p.Key}", p.Value![m]!))),
        ];

    private static async Task<JsonNode> Document() => JsonNode.Parse(await Text)!;

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "PAC.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("PAC.sln is not above the tests.");
        return folder.FullName;
    }
}
