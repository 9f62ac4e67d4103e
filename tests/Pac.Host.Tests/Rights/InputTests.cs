using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Pac.Testing;

namespace Pac.Host.Tests.Rights;

/// <summary>
/// Whoever has every right still sets nothing that is not theirs to set, and cannot exhaust the host (OWASP API3, API4): asked of every
/// operation of the document.
/// </summary>
[Collection(RightsCollection.Name)]
public sealed class InputTests(RightsHost fixture)
{
    // What a client might hope to set: office, rights, state, owner, money, and the inside of the serializer.
    private static readonly string[] NotTheirs =
    [
        "id",
        "version",
        "status",
        "state",
        "owner",
        "ownerId",
        "subject",
        "userId",
        "role",
        "roles",
        "permissions",
        "scope",
        "dataScope",
        "isAdmin",
        "admin",
        "disabled",
        "office",
        "salary",
        "amount",
        "createdAt",
        "receivedAt",
        "dueAt",
        "settledAt",
        "approvedBy",
        "passwordHash",
        "$type",
        "$id",
        "__proto__",
        "constructor",
    ];

    // Files of dossiers may be large; what they hold is judged row by row.
    private static readonly string[] TakesLargeFiles = ["StartImport"];

    [Fact]
    public async Task What_a_body_does_not_have_by_the_document_cannot_be_set()
    {
        var (composer, entitled) = await Entitled();
        foreach (var operation in fixture.Document.Operations.Where(o => o.BodySchema is not null))
        {
            var request = await composer.Compose(operation);
            foreach (var (pointer, shape) in Objects(operation.BodySchema!, request.Body!, ""))
            {
                var known = shape["properties"]!.AsObject().Select(p => p.Key).ToHashSet();
                var answered = operation.IsOpen ? [] : Answered(operation);
                foreach (var name in NotTheirs.Concat(answered).Except(known).Distinct())
                {
                    var body = request.Body!.DeepClone();
                    At(body, pointer)![name] = "admin";
                    var reply = await (request with { Body = body }).By(entitled);
                    Assert.True(
                        reply.Status == 400 && reply.Text.Contains("\"unknown-member\"", StringComparison.Ordinal),
                        $"{request} takes {pointer}/{name}: {reply}"
                    );
                }
            }
        }
    }

    [Fact]
    public async Task Bodies_that_are_too_deep_too_long_or_too_large_are_refused_and_the_host_lives()
    {
        var (composer, entitled) = await Entitled();
        foreach (var operation in fixture.Document.Operations.Where(o => o.Body is not null))
        {
            var request = await composer.Compose(operation);
            if (operation.BodySchema is { } schema)
            {
                foreach (var (what, body) in TooMuch(schema, request.Body!))
                {
                    var reply = await (request with { Body = body }).By(entitled);
                    Assert.True(reply.Status is 400 or 413 or 422, $"{request}, {what}: {reply}");
                }
            }
            if (!TakesLargeFiles.Contains(operation.Id))
                Assert.Equal(413, await Announces35Megabytes(request, entitled));
        }
        (await fixture.Host.Anonymous().Get("/health/ready")).Expect(200);
    }

    [Fact]
    public async Task Parameters_beyond_every_bound_are_refused_or_find_nothing()
    {
        var (composer, entitled) = await Entitled();
        var tried = 0;
        foreach (var operation in fixture.Document.Operations.Where(o => o.IsRead))
        {
            var request = await composer.Compose(operation);
            foreach (var parameter in operation.Query)
            foreach (var value in Extremes(parameter))
            {
                var reply = await request.WithQuery(parameter.Name, value).By(entitled);
                Assert.True(reply.Status is 200 or 400 or 404, $"{request} {parameter.Name}={value}: {reply}");
                var mustFail = parameter.Name == "limit" || value.Length > 400 || value.Contains('\0', StringComparison.Ordinal);
                Assert.True(!mustFail || reply.Status == 400, $"{request} takes {parameter.Name}={value[..Math.Min(20, value.Length)]}");
                tried++;
            }
            // The widest range of days there is.
            if (operation.Query.Count(q => q.Format == "date") >= 2)
            {
                var days = operation.Query.Where(q => q.Format == "date").Select(q => q.Name).ToList();
                var wide = request.WithQuery(days[0], "0001-01-01").WithQuery(days[^1], "9999-12-31");
                Assert.True((await wide.By(entitled)).Status is 200 or 400, wide.ToString());
            }
        }
        Assert.True(tried > 100, "Too little was tried.");
        (await fixture.Host.Anonymous().Get("/health/ready")).Expect(200);
    }

    [Fact]
    public async Task Path_values_of_any_form_are_refused_or_lead_nowhere()
    {
        var (composer, entitled) = await Entitled();
        foreach (var operation in fixture.Document.Operations.Where(o => o.HasItem))
        {
            var request = await composer.Compose(operation);
            foreach (var value in new[] { "0", "-1", "%2e%2e", "..%2f..%2f", "'%20OR%201=1--", "%25", "*", new string('x', 4000) })
            {
                var path = string.Join('/', operation.Template.Split('/').Select(s => s.StartsWith('{') ? value : s));
                var reply = await (request with { Path = path }).By(entitled);
                Assert.True(reply.Status is 400 or 404 or 405 or 414, $"{request} at {value[..Math.Min(20, value.Length)]}: {reply}");
            }
        }
    }

    private async Task<(Composer, HttpClient)> Entitled()
    {
        var entitled = await fixture.AllPowerful("province");
        return (new(fixture.Document, entitled), entitled);
    }

    // The members of the answer: status, dates and the like, which the host alone sets.
    private IEnumerable<string> Answered(ApiOperation operation) =>
        operation.Shape["responses"]!
            .AsObject()
            .Where(r => r.Key.StartsWith('2'))
            .Select(r => fixture.Document.Resolve(r.Value!)["content"]?["application/json"]?["schema"])
            .OfType<JsonNode>()
            .SelectMany(s => fixture.Document.Resolve(s)["properties"]?.AsObject().Select(p => p.Key) ?? []);

    // Every object of the example, with the shape that the document gives it.
    private IEnumerable<(string Pointer, JsonObject Shape)> Objects(JsonObject schema, JsonNode example, string pointer)
    {
        if (example is JsonObject known && schema["properties"] is JsonObject members)
        {
            yield return (pointer, schema);
            foreach (var inner in members.Where(m => known[m.Key] is not null))
            foreach (var found in Objects(fixture.Document.Resolve(inner.Value!), known[inner.Key]!, $"{pointer}/{inner.Key}"))
                yield return found;
        }
        if (example is JsonArray { Count: > 0 } list && schema["items"] is { } item)
        {
            foreach (var found in Objects(fixture.Document.Resolve(item), list[0]!, pointer + "/0"))
                yield return found;
        }
    }

    // A body that nests 20,000 deep, and for each text and list one that is far longer than the document allows.
    private IEnumerable<(string What, JsonNode Body)> TooMuch(JsonObject schema, JsonNode example)
    {
        const int depth = 20_000;
        yield return ("too deep", JsonValue.Create(string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth)));
        yield return ("too deep", JsonValue.Create(new string('[', depth) + new string(']', depth)));
        foreach (var (pointer, shape) in Objects(schema, example, ""))
        foreach (var (name, member) in shape["properties"]!.AsObject())
        {
            var inner = fixture.Document.Resolve(member!);
            var body = example.DeepClone();
            if (Is(inner, "string") && inner["enum"] is null)
                At(body, pointer)![name] = new string('x', 100_000);
            else if (Is(inner, "array") && At(body, pointer)![name] is JsonArray { Count: > 0 } list)
                At(body, pointer)![name] = new JsonArray([.. Enumerable.Range(0, 5_000).Select(_ => list[0]!.DeepClone())]);
            else
                continue;
            yield return ($"too long {pointer}/{name}", body);
        }
    }

    private static bool Is(JsonObject schema, string type) =>
        schema["type"] is JsonArray types
            ? types.Any(t => t!.GetValue<string>() == type)
            : schema["type"] is JsonValue value && value.GetValue<string>() == type;

    private static JsonNode? At(JsonNode root, string pointer) =>
        pointer
            .Split('/', StringSplitOptions.RemoveEmptyEntries)
            .Aggregate((JsonNode?)root, (n, step) => n is JsonArray list ? list[0] : n![step]);

    private static IEnumerable<string> Extremes(ApiParameter parameter) =>
        parameter switch
        {
            { Name: "limit" } => ["0", "-1", "101", "2147483648"],
            { Type: "integer" } => ["-2147483648", "2147483647", "99999999999999999999", "0x10", "1e3"],
            { Format: "date" } => ["0001-01-01", "9999-12-31", "2026-02-30", "10000-01-01"],
            { Type: "boolean" } => ["1", "yes", "TRUE"],
            _ => [new string('x', 401), "\0", "%", "'; DROP TABLE dossiers.dossiers; --", "\ud83c\udfdb", "../../etc/passwd"],
        };

    // Says how much will come and waits to be asked for it.
    private static async Task<int> Announces35Megabytes(ApiRequest request, HttpClient caller)
    {
        using var message = new HttpRequestMessage(request.Operation.Method, request.Address);
        message.Content = new ByteArrayContent(new byte[35_000_000]);
        message.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(request.Operation.Body!.Value.MediaType);
        message.Headers.ExpectContinue = true;
        message.Version = HttpVersion.Version11;
        foreach (var (name, value) in request.Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
                message.Content.Headers.TryAddWithoutValidation(name, value);
        }
        using var response = await caller.SendAsync(message);
        return (int)response.StatusCode;
    }
}
