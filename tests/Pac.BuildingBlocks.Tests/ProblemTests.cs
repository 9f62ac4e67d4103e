using System.Globalization;
using System.Text.Json;
using Pac.BuildingBlocks.Tests.Notes;
using Pac.Testing;

namespace Pac.BuildingBlocks.Tests;

/// <summary>Every failure is one problem document in the reader's language, and says nothing about the inside.</summary>
public sealed class ProblemTests(NotesHost fixture) : ModuleTests(fixture)
{
    private static readonly string Unknown = "/api/v1/notes/" + Guid.CreateVersion7();

    public static TheoryData<string, int, string> Failures =>
        new()
        {
            { "broken", 400, "malformed" },
            { "shape", 400, "invalid" },
            { "no-token", 401, "unauthenticated" },
            { "no-right", 403, "forbidden" },
            { "no-item", 404, "note-not-found" },
            { "no-route", 404, "not-found" },
            { "method", 405, "method-not-allowed" },
            { "media-type", 415, "unsupported-media-type" },
            { "rule", 422, "notes.refused" },
            { "no-precondition", 428, "precondition-required" },
            { "stale", 412, "stale" },
            { "deadlock", 409, "conflict" },
            { "unexpected", 500, "unexpected" },
            { "database-away", 503, "unavailable" },
        };

    private Task<Reply> Fails(string how, params (string, string)[] headers)
    {
        var client = Host.Client("notes.read", "notes.write");
        return how switch
        {
            "broken" => client.Post("/api/v1/notes", "{", headers),
            "shape" => client.Post("/api/v1/notes", new { title = "" }, headers),
            "no-token" => Host.Anonymous().Get("/api/v1/notes", headers),
            "no-right" => Host.Client("notes.read").Post("/api/v1/notes", new { title = "a" }, headers),
            "no-item" => client.Get(Unknown, headers),
            "no-route" => client.Get("/api/v1/nowhere", headers),
            "method" => client.Put("/api/v1/notes", new { }, headers),
            "media-type" => client.Call(HttpMethod.Post, "/api/v1/notes", Calls.Body("<a/>", "application/xml"), headers),
            "rule" => client.Post("/api/v1/notes", new { title = "refused" }, headers),
            "no-precondition" => client.Delete(Unknown, headers),
            "stale" => client.Delete(Unknown, [.. headers, ("If-Match", "W/\"1\"")]),
            "deadlock" => client.Get("/api/v1/failures/deadlock", headers),
            "unexpected" => client.Get("/api/v1/failures/now", headers),
            _ => client.Get("/api/v1/failures/away", headers),
        };
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Every_failure_is_a_problem_document_in_both_languages(string how, int status, string code)
    {
        var english = (await Fails(how, ("Accept-Language", "en"))).Expect(status, code);
        var vietnamese = (await Fails(how, ("Accept-Language", "vi-VN,en;q=0.5"))).Expect(status, code);
        var unsaid = (await Fails(how)).Expect(status, code);

        Assert.Equal("en", english.Header("Content-Language"));
        Assert.Equal("vi", vietnamese.Header("Content-Language"));
        Assert.Equal("vi", unsaid.Header("Content-Language"));
        foreach (var reply in new[] { english, vietnamese })
        {
            var problem = reply.Json;
            Assert.Equal($"/problems/{code}", problem.GetProperty("type").GetString());
            Assert.Equal(status, problem.GetProperty("status").GetInt32());
            Assert.StartsWith("/api/v1/", problem.GetProperty("instance").GetString(), StringComparison.Ordinal);
            Assert.Matches("^[0-9a-f]{32}$", problem.GetProperty("traceId").GetString());
        }
        Assert.NotEqual(english.Json.GetProperty("title").GetString(), vietnamese.Json.GetProperty("title").GetString());
        Assert.NotEqual(english.Json.GetProperty("detail").GetString(), vietnamese.Json.GetProperty("detail").GetString());
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task No_failure_shows_the_inside(string how, int status, string code)
    {
        var reply = (await Fails(how)).Expect(status, code);

        Assert.DoesNotContain(FailEndpoint.Secret, reply.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", reply.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", reply.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Pac.", reply.Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Every_failure_carries_the_headers_of_the_api(string how, int status, string code)
    {
        var reply = (await Fails(how)).Expect(status, code);

        Assert.Equal("1.0.0", reply.Header("API-Version"));
        Assert.Equal("nosniff", reply.Header("X-Content-Type-Options"));
        Assert.Equal("DENY", reply.Header("X-Frame-Options"));
        Assert.Equal("no-store", reply.Header("Cache-Control"));
        Assert.Contains("frame-ancestors 'none'", reply.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.NotNull(reply.Header("RateLimit-Limit"));
        Assert.NotNull(reply.Header("RateLimit-Remaining"));
        Assert.NotNull(reply.Header("RateLimit-Reset"));
        Assert.Null(reply.Header("Server"));
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("application/xml;q=1, */*;q=0")]
    [InlineData("nonsense")]
    public async Task Accept_does_not_change_the_form_of_a_problem(string accept) =>
        (await Fails("shape", ("Accept", accept))).Expect(400, "invalid");

    [Theory]
    [InlineData("RuleBroken", 422)]
    [InlineData("WrongState", 409)]
    [InlineData("NotFound", 404)]
    [InlineData("Stale", 412)]
    [InlineData("Forbidden", 403)]
    [InlineData("Malformed", 400)]
    public async Task A_refusal_of_the_business_has_the_status_of_its_kind_and_names_the_member(string kind, int status)
    {
        var reply = await Host.Client("notes.read").Get($"/api/v1/refusals/{kind}", ("Accept-Language", "en"));

        var problem = reply.Expect(status, "notes.refused").Json;
        Assert.Equal("The note 7 is refused.", problem.GetProperty("detail").GetString());
        Assert.Equal("/title", Assert.Single(problem.GetProperty("errors").EnumerateArray()).GetProperty("pointer").GetString());
    }

    [Fact]
    public async Task Every_member_at_fault_is_named_with_its_rule()
    {
        var reply = await Host.Client("notes.write").Post("/api/v1/notes", new { title = "", copies = 0 }, ("Accept-Language", "en"));

        var errors = reply.Expect(400, "invalid").Json.GetProperty("errors").EnumerateArray().ToList();
        Assert.Equal(["/title not-empty", "/copies inclusive-between"], errors.Select(Short));
        Assert.All(errors, e => Assert.NotEmpty(e.GetProperty("detail").GetString()!));
    }

    [Fact]
    public async Task The_trace_of_the_caller_is_the_trace_of_the_problem()
    {
        const string trace = "0af7651916cd43dd8448eb211c80319c";
        var reply = await Fails("no-item", ("traceparent", $"00-{trace}-b7ad6b7169203331-01"));
        Assert.Equal(trace, reply.Json.GetProperty("traceId").GetString());
    }

    [Fact]
    public async Task A_wrong_method_names_the_right_ones()
    {
        var reply = (await Fails("method")).Expect(405);
        Assert.Equal("GET, POST", string.Join(", ", reply.Headers["Allow"].Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task A_database_that_is_away_is_503_with_a_time_to_come_back()
    {
        foreach (var how in new[] { "away", "slow" })
            Assert.Equal("2", (await Host.Anonymous().Get($"/api/v1/failures/{how}")).Expect(503, "unavailable").Header("Retry-After"));
    }

    [Fact]
    public async Task A_missing_token_is_challenged_and_a_missing_right_is_not()
    {
        Assert.Equal("Bearer", (await Fails("no-token")).Header("WWW-Authenticate"));
        Assert.Null((await Fails("no-right")).Header("WWW-Authenticate"));
    }

    [Fact]
    public async Task The_scope_of_the_application_limits_what_its_user_may_do()
    {
        var reader = TestCaller.May("notes.read", "notes.write").Through("reader", "notes.read");
        (await Host.Client(reader).Get("/api/v1/notes")).Expect(200);
        (await Host.Client(reader).Post("/api/v1/notes", new { title = "a" })).Expect(403, "forbidden");
        (await Host.Client(reader.Through("other", "dossiers")).Get("/api/v1/notes")).Expect(403, "forbidden");
    }

    [Fact]
    public async Task A_download_is_saved_and_never_shown()
    {
        var reply = (await Host.Anonymous().Get("/api/v1/file")).Expect(200);
        Assert.Equal("attachment; filename=\"notes.bin\"", reply.Header("Content-Disposition"));
        Assert.StartsWith("sandbox", reply.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Equal("nosniff", reply.Header("X-Content-Type-Options"));
    }

    private static string Short(JsonElement error) =>
        string.Create(CultureInfo.InvariantCulture, $"{error.GetProperty("pointer")} {error.GetProperty("code")}");
}
