using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Pac.Testing;

namespace Pac.BuildingBlocks.Tests;

/// <summary>What is not exactly as documented is refused before any handler sees it, and is never a fault of the server.</summary>
public sealed class InputTests(NotesHost fixture) : ModuleTests(fixture)
{
    private const string Notes = "/api/v1/notes";

    private HttpClient Writer => Host.Client("notes.read", "notes.write");

    public static TheoryData<string, string, string> WrongBodies =>
        new()
        {
            { """{"title":"a\u0000b"}""", "/title", "control-character" },
            { """{"title":"a\u0007b"}""", "/title", "control-character" },
            { """{"title":"a\u007fb"}""", "/title", "control-character" },
            { """{"title":"a\u0085b"}""", "/title", "control-character" },
            { """{"title":"a","lines":["b","\u0000"]}""", "/lines/1", "control-character" },
            { """{"title":"\ud800"}""", "/title", "malformed" },
            { """{"title":"\udc00\ud800"}""", "/title", "malformed" },
            { """{"\ud800":"a"}""", "", "malformed" },
            { """{"title":"a","title":"b"}""", "/title", "malformed" },
            { """{"title":"a","\u0074itle":"b"}""", "/title", "malformed" },
            { """{"title":"a","copies":"5"}""", "/copies", "malformed" },
            { """{"title":"a","copies":1.5}""", "/copies", "malformed" },
            { """{"title":"a","copies":99999999999}""", "/copies", "malformed" },
            { """{"title":"a","copies":1e400}""", "/copies", "malformed" },
            { """{"title":"a","copies":null}""", "/copies", "malformed" },
            { """{"title":"a","price":"1"}""", "/price", "malformed" },
            { """{"title":"a","price":1e99}""", "/price", "malformed" },
            { """{"title":"a","price":NaN}""", "/price", "malformed" },
            { """{"title":"a","kind":1}""", "/kind", "malformed" },
            { """{"title":"a","kind":"unheard-of"}""", "/kind", "malformed" },
            { """{"title":"a","kind":"plain, urgent"}""", "/kind", "malformed" },
            { """{"title":"a","day":"2026-02-30"}""", "/day", "malformed" },
            { """{"title":"a","day":"30/11/2026"}""", "/day", "malformed" },
            { """{"title":"a","day":"2026-11-30T00:00:00Z"}""", "/day", "malformed" },
            { """{"title":"a","day":"10000-01-01"}""", "/day", "malformed" },
            { """{"title":"a","at":"2026-11-30T09:00:00"}""", "/at", "malformed" },
            { """{"title":"a","at":"2026-11-30"}""", "/at", "malformed" },
            { """{"title":"a","at":"0001-01-01T00:00:00Z"}""", "/at", "malformed" },
            { """{"title":"a","at":"9999-12-31T23:59:59Z"}""", "/at", "malformed" },
            { """{"title":"a","at":"2026-11-30T09:00:00+99:00"}""", "/at", "malformed" },
            { """{"title":"a","at":1764000000}""", "/at", "malformed" },
            { """{"title":"a","clock":"25:00"}""", "/clock", "malformed" },
            { """{"title":"a","clock":"9:00"}""", "/clock", "malformed" },
            { """{"title":"a","lines":"b"}""", "/lines", "malformed" },
            { """{"title":"a","lines":{}}""", "/lines", "malformed" },
            { """{"title":"a","lines":["b",null]}""", "/lines", "malformed" },
            { """{"title":7}""", "/title", "malformed" },
            { """{"title":null}""", "/title", "malformed" },
            { """{}""", "/title", "required" },
            { """{"title":"a","owner":"me"}""", "/owner", "unknown-member" },
            { """{"title":"a","TITLE":"b"}""", "/TITLE", "unknown-member" },
            { """{"title":"a","$type":"x"}""", "/$type", "unknown-member" },
            { """{"title":"a",}""", "", "malformed" },
            { """{"title":"a"} {}""", "", "malformed" },
            { """{"title":"a" /* no */}""", "", "malformed" },
            { """{'title':'a'}""", "", "malformed" },
            { """["a"]""", "", "malformed" },
            { "\"a\"", "", "malformed" },
            { "5", "", "malformed" },
            { "{", "", "malformed" },
            { " ", "", "malformed" },
        };

    [Theory]
    [MemberData(nameof(WrongBodies))]
    public async Task A_body_that_is_not_as_documented_is_refused_naming_the_member(string body, string pointer, string code)
    {
        var error = Assert.Single((await Writer.Post(Notes, body)).Expect(400, "malformed").Json.GetProperty("errors").EnumerateArray());

        if (pointer.Length > 0)
            Assert.Equal(pointer, error.GetProperty("pointer").GetString());
        Assert.Equal(code, error.GetProperty("code").GetString());
        Assert.Equal(0, await Host.Scalar<long>("SELECT count(*) FROM notes.notes"));
    }

    public static TheoryData<byte[]> BytesThatAreNotText =>
        new(
            [.. "{\"title\":\""u8, 0xff, 0xfe, .. "\"}"u8],
            [.. "{\"title\":\""u8, 0xed, 0xa0, 0x80, .. "\"}"u8],
            [.. "{\"title\":\""u8, 0xc0, 0x80, .. "\"}"u8],
            [.. "{\"title\":\""u8, 0x00, .. "\"}"u8],
            [.. "{\"title\":\""u8, 0x0a, .. "\"}"u8],
            Encoding.Unicode.GetBytes("{\"title\":\"a\"}"),
            [0xff, 0xfe, 0x00],
            [0x00]
        );

    [Theory]
    [MemberData(nameof(BytesThatAreNotText))]
    public async Task Bytes_that_are_not_text_are_refused(byte[] body) => (await Writer.Post(Notes, body)).Expect(400, "malformed");

    [Fact]
    public async Task Tabs_line_breaks_and_every_script_are_text()
    {
        const string title = "Hồ sơ\tđất đai\r\n𠀀 🏛 ế \u200f";
        var note = (await Writer.Post(Notes, new { title })).Expect(201);
        Assert.Equal(title, note.Json.GetProperty("title").GetString());
        Assert.Equal(title, (await Writer.Get(note.Location)).Expect(200).Json.GetProperty("title").GetString());
    }

    [Theory]
    [InlineData("", "", 400)]
    [InlineData("application/json", "", 400)]
    [InlineData("", """{"title":"a"}""", 415)]
    public async Task A_missing_body_or_media_type_is_refused(string type, string body, int status)
    {
        var content = new StringContent(body);
        content.Headers.ContentType = type.Length == 0 ? null : new(type);
        (await Writer.Call(HttpMethod.Post, Notes, content)).Expect(status);
    }

    [Theory]
    [InlineData("application/json; charset=utf-7")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/json; charset=iso-8859-1")]
    [InlineData("application/json; charset=unheard-of")]
    [InlineData("application/json; charset=\"utf-32\"")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("text/plain")]
    [InlineData("text/json-no")]
    [InlineData("nonsense")]
    public async Task Another_media_type_or_charset_is_unsupported(string type)
    {
        var content = Calls.Body("""{"title":"a"}""", "text/plain")!;
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        (await Writer.Call(HttpMethod.Post, Notes, content)).Expect(415, "unsupported-media-type");
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/json;charset=\"UTF-8\"")]
    [InlineData("APPLICATION/JSON")]
    public async Task Json_in_utf8_is_taken_however_it_is_named(string type) =>
        (await Writer.Call(HttpMethod.Post, Notes, Calls.Body("""{"title":"a"}""", type))).Expect(201);

    [Fact]
    public async Task Nesting_deeper_than_any_document_is_refused()
    {
        foreach (var depth in new[] { 33, 20_000 })
        {
            var nested = $"{{\"title\":\"a\",\"lines\":{new string('[', depth)}{new string(']', depth)}}}";
            (await Writer.Post(Notes, nested)).Expect(400, "malformed");
            var patch = string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);
            (await Writer.Patch($"{Notes}/{Guid.CreateVersion7()}", patch, ("If-Match", "\"1\""))).Expect(400, "malformed");
        }
    }

    [Fact]
    public async Task A_body_over_the_limit_is_refused_whether_its_length_is_told_or_not()
    {
        var body = Encoding.UTF8.GetBytes($$"""{"title":"{{new string('a', 4 * 1024 * 1024)}}"}""");
        foreach (var chunked in new[] { false, true })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, Notes) { Content = new ByteArrayContent(body) };
            request.Content.Headers.ContentType = new("application/json");
            request.Headers.ExpectContinue = !chunked;
            request.Headers.TransferEncodingChunked = chunked;
            using var response = await Writer.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(413, (int)response.StatusCode);
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        }
    }

    [Theory]
    [InlineData("?unheard=1", "/query/unheard", "unknown-parameter")]
    [InlineData("?Limit=5", "/query/Limit", "unknown-parameter")]
    [InlineData("?limit=5&sort=title", "/query/sort", "unknown-parameter")]
    [InlineData("?limit=5&limit=6", "/query/limit", "repeated")]
    [InlineData("?limit=5&LIMIT=6", "/query/LIMIT", "unknown-parameter")]
    [InlineData("?limit=0", "/query/limit", "out-of-range")]
    [InlineData("?limit=101", "/query/limit", "out-of-range")]
    [InlineData("?limit=-1", "/query/limit", "out-of-range")]
    [InlineData("?limit=five", "/query/limit", "invalid")]
    [InlineData("?limit=99999999999", "/query/limit", "invalid")]
    [InlineData("?withTotal=perhaps", "/query/withTotal", "invalid")]
    [InlineData("?kind=unheard-of", "/query/kind", "invalid")]
    [InlineData("?kind=URGENT", "/query/kind", "invalid")]
    [InlineData("?kind=plain,urgent", "/query/kind", "invalid")]
    [InlineData("?kind=", "/query/kind", "invalid")]
    [InlineData("?from=2026-11-30T09:00:00", "/query/from", "invalid")]
    [InlineData("?from=2026-11-30", "/query/from", "invalid")]
    [InlineData("?from=0001-01-01T00:00:00Z", "/query/from", "invalid")]
    [InlineData("?on=30.11.2026", "/query/on", "invalid")]
    [InlineData("?on=2026-02-30", "/query/on", "invalid")]
    [InlineData("?kind=7", "/query/kind", "invalid")]
    [InlineData("?cursor=!", "/query/cursor", "invalid")]
    [InlineData("?cursor=YWJj", "/query/cursor", "invalid")]
    [InlineData("?cursor=", "/query/cursor", "invalid")]
    public async Task A_query_that_is_not_as_documented_is_refused_naming_the_parameter(string query, string pointer, string code)
    {
        var error = Assert.Single((await Writer.Get(Notes + query)).Expect(400, "invalid").Json.GetProperty("errors").EnumerateArray());
        Assert.Equal(pointer, error.GetProperty("pointer").GetString());
        Assert.Equal(code, error.GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_text_in_the_query_has_at_most_400_characters()
    {
        (await Writer.Get("/api/v1/titles/a?phone=" + new string('7', 400))).Expect(200);
        var reply = (await Writer.Get("/api/v1/titles/a?phone=" + new string('7', 401))).Expect(400, "invalid");
        Assert.Equal("too-long", Assert.Single(reply.Json.GetProperty("errors").EnumerateArray()).GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("/api/v1/titles/a%07b")]
    [InlineData("/api/v1/titles/a%7f")]
    [InlineData("/api/v1/titles/a%c2%85")]
    [InlineData("/api/v1/titles/a?phone=%00")]
    [InlineData("/api/v1/titles/a?phone=b%1f")]
    [InlineData("/api/v1/titles/a?%00=b")]
    [InlineData("/api/v1/notes?cursor=%00")]
    public async Task A_control_character_in_path_or_query_is_refused(string path)
    {
        var reply = (await Writer.Get(path)).Expect(400, "control-character");
        Assert.NotNull(reply.Header("RateLimit-Limit"));
    }

    [Theory]
    [InlineData("/api/v1/titles/%ed%a0%80")]
    [InlineData("/api/v1/titles/%ff%fe")]
    [InlineData("/api/v1/titles/a?phone=%ed%a0%80")]
    [InlineData("/api/v1/titles/a?phone=%ff")]
    [InlineData("/api/v1/titles/a?phone=%")]
    [InlineData("/api/v1/titles/a?phone=%zz")]
    [InlineData("/api/v1/titles/%27%22%3b--")]
    public async Task Broken_escapes_in_path_or_query_are_text_that_matches_nothing(string path) =>
        Assert.Equal("0", (await Raw($"GET {path}", "")).Body);

    [Theory]
    [InlineData("/api/v1/notes/7")]
    [InlineData("/api/v1/notes/not-a-uuid")]
    [InlineData("/api/v1/notes/00000000-0000-0000-0000-00000000000g")]
    public async Task An_identifier_that_is_none_is_refused(string path)
    {
        var reply = await Writer.Get(path);
        Assert.True(reply.Status is 400 or 404, reply.ToString());
        Assert.Equal("application/problem+json", reply.Header("Content-Type"));
    }

    [Theory]
    [InlineData("Idempotency-Key: \u0007")]
    [InlineData("Idempotency-Key: ")]
    [InlineData("Idempotency-Key: with space")]
    [InlineData("Idempotency-Key: khóa")]
    [InlineData("Idempotency-Key: a\r\nIdempotency-Key: b")]
    [InlineData("Idempotency-Key: 0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789x")]
    [InlineData("X-Note: \0")]
    [InlineData("Accept-Language: \u00ff\u00fe")]
    [InlineData("Bad Name: 1")]
    [InlineData("Content-Length: -1")]
    [InlineData("Content-Length: 1\r\nContent-Length: 2")]
    [InlineData("Transfer-Encoding: nonsense")]
    public async Task A_header_that_is_not_as_documented_is_refused(string header)
    {
        var (status, _) = await Raw($"POST {Notes}", header + "\r\nContent-Type: application/json\r\n", """{"title":"a"}""");
        Assert.Equal(400, status);
        Assert.Equal(0, await Host.Scalar<long>("SELECT count(*) FROM notes.notes"));
    }

    [Theory]
    [InlineData("Accept-Language: ;;;,,q=9")]
    [InlineData("Accept: \"")]
    [InlineData("If-None-Match: nonsense")]
    [InlineData("traceparent: 00-zz-zz-zz")]
    [InlineData("Cookie: ====;;;")]
    [InlineData("X-Forwarded-For: '; DROP TABLE notes")]
    public async Task A_broken_header_that_does_not_matter_is_passed_over(string header)
    {
        var (status, _) = await Raw($"GET {Notes}", header + "\r\n");
        Assert.Equal(200, status);
    }

    [Theory]
    [InlineData("GET /../../etc/passwd", 404)]
    [InlineData("GET /api/v1/../../api/v1/nowhere", 404)]
    [InlineData("GET //api/v1/notes", 404)]
    [InlineData("GET /api/v1/notes/", 404)]
    [InlineData("GET /API/V1/NOWHERE", 404)]
    [InlineData("TRACE /api/v1/notes", 405)]
    [InlineData("BREW /api/v1/notes", 405)]
    [InlineData("DELETE /api/v1/notes", 405)]
    public async Task An_address_or_method_that_is_not_documented_leads_nowhere(string line, int status) =>
        Assert.Equal(status, (await Raw(line, "")).Status);

    [Fact]
    public async Task Head_answers_as_get_does_but_without_a_body()
    {
        var note = (await Writer.Post(Notes, new { title = "a" })).Expect(201);
        var reply = (await Writer.Call(HttpMethod.Head, note.Location, null)).Expect(200);
        Assert.Equal(note.ETag, reply.ETag);
        Assert.Empty(reply.Text);
        (await Writer.Call(HttpMethod.Head, Notes + "/" + Guid.CreateVersion7(), null)).Expect(404);
    }

    [Theory]
    [InlineData("""{"title":"b","owner":"me"}""", "unknown-member")]
    [InlineData("""{"title":7}""", "malformed")]
    [InlineData("""{"title":null}""", "required")]
    [InlineData("""{"title":"a\u0000"}""", "control-character")]
    [InlineData("""{"title":"\ud800"}""", "malformed")]
    [InlineData("""{"\ud800":"a"}""", "malformed")]
    [InlineData("""{"title":"b","title":"c"}""", "malformed")]
    [InlineData("""{"title":{"a":1}}""", "malformed")]
    [InlineData("""{"copies":"3"}""", "malformed")]
    [InlineData("""[{"op":"replace"}]""", "malformed")]
    [InlineData("null", "malformed")]
    [InlineData("7", "malformed")]
    [InlineData("", "malformed")]
    [InlineData("{", "malformed")]
    public async Task A_patch_is_checked_as_strictly_as_a_body(string patch, string code)
    {
        var note = (await Writer.Post(Notes, new { title = "a" })).Expect(201);
        var reply = (await Writer.Patch(note.Location, patch, ("If-Match", note.ETag))).Expect(400, "malformed");
        Assert.Equal(code, Assert.Single(reply.Json.GetProperty("errors").EnumerateArray()).GetProperty("code").GetString());
    }

    // Written byte by byte: the client library would not send any of it.
    private async Task<(int Status, string Body)> Raw(string line, string headers, string body = "")
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(Host.Address.Host, Host.Address.Port, TestContext.Current.CancellationToken);
        await using var stream = tcp.GetStream();
        var caller = TestCaller.May("notes.read", "notes.write").ToHeader();
        var own =
            headers.Contains("Content-Length", StringComparison.Ordinal) || headers.Contains("Transfer-Encoding", StringComparison.Ordinal);
        var length = own || body.Length == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n");
        var text = $"{line} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: {caller}\r\n{headers}{length}\r\n{body}";
        await stream.WriteAsync(Encoding.Latin1.GetBytes(text), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var answer = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        var status = int.Parse(answer.AsSpan(9, 3), CultureInfo.InvariantCulture);
        var content = answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        // One chunk is all these answers have.
        return (status, content.Contains("\r\n", StringComparison.Ordinal) ? content.Split("\r\n")[1] : content);
    }
}
