using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Pac.BuildingBlocks.Jobs;
using Pac.Dossiers.Features.Imports;
using Pac.Dossiers.Persistence;
using Pac.Testing;

namespace Pac.Dossiers.Tests.Features;

/// <summary>Dossiers of another system: every row is taken, known already, or rejected with its reason; whatever is repeated or interrupted.</summary>
public sealed class ImportTests(DossiersHost fixture) : DossierTests(fixture)
{
    private const int Batch = 2_000;
    private const string Header = "sourceId,code,procedureCode,centreCode,channel,applicantName,receivedAt";
    private static readonly CancellationToken Never = CancellationToken.None;

    private static string Row(int n, string centre = Facilities.Centre, string? code = null, string? received = null) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"s-{n},{code ?? $"H15.09-240105-{n:0000}"},{Licence},{centre},counter,Lê Văn Tám,{received ?? "2024-01-05T08:00:00+07:00"}"
        );

    private static string Csv(params IEnumerable<string> rows) => string.Join('\n', rows.Prepend(Header));

    private static string Rows(int count) => Csv(Enumerable.Range(1, count).Select(n => Row(n)));

    private static string NdJson(params IEnumerable<object> rows) => string.Join('\n', rows.Select(r => JsonSerializer.Serialize(r)));

    private static Dictionary<string, string?> Line(int n, params (string Member, string? Value)[] with)
    {
        var row = Header.Split(',').Zip(Row(n).Split(',')).ToDictionary(c => c.First, c => (string?)c.Second);
        foreach (var (member, value) in with)
            row[member] = value;
        return row;
    }

    private async Task<Reply> Upload(object content, string type = "text/csv", HttpClient? by = null, string source = "igate") =>
        await (by ?? Officer).Call(HttpMethod.Post, "/api/v1/dossier-imports?source=" + source, Calls.Body(content, type));

    private async Task<Reply> Import(object content, string type = "text/csv", HttpClient? by = null, string source = "igate")
    {
        var job = (await Upload(content, type, by, source)).Expect(202);
        await Host.RunJobs();
        return (await (by ?? Officer).Get(job.Location)).Expect(200);
    }

    private static void AssertOutcome(Reply job, int imported, int alreadyThere, int rejected)
    {
        Assert.True(Text(job, "state") == "succeeded", job.ToString());
        var outcome = job.Json.GetProperty("result");
        Assert.Equal(
            (imported, alreadyThere, rejected, imported + alreadyThere + rejected),
            (
                outcome.GetProperty("imported").GetInt32(),
                outcome.GetProperty("alreadyThere").GetInt32(),
                outcome.GetProperty("rejected").GetInt32(),
                outcome.GetProperty("rows").GetInt32()
            )
        );
        Assert.Equal(job.Json.GetProperty("total").GetInt64(), job.Json.GetProperty("done").GetInt64());
    }

    private async Task<List<JsonElement>> Errors(Reply job, HttpClient? by = null, string query = "?limit=100") =>
        await Walk(by ?? Officer, $"/api/v1/dossier-imports/{Text(job, "id")}/errors{query}");

    private async Task<IEnumerable<(int Line, string Member, string Code)>> Reasons(Reply job) =>
        (await Errors(job)).Select(e =>
            (e.GetProperty("line").GetInt32(), e.GetProperty("member").GetString()!, e.GetProperty("code").GetString()!)
        );

    private Task<long> Count(string table) => Host.Scalar<long>($"SELECT count(*) FROM dossiers.{table}");

    private Task<int> EndLease() => Host.Sql("UPDATE dossiers.jobs SET lease_until = now() - interval '1 second' WHERE state = 'Running'");

    private async Task AssertFiguresAgree()
    {
        await using var scope = Host.Services.CreateAsyncScope();
        var (_, differences) = await scope.ServiceProvider.GetRequiredService<DossiersDbContext>().Recount(false, Never);
        Assert.Empty(differences);
    }

    [Fact]
    public async Task Both_forms_bring_in_the_same_dossiers()
    {
        var csv =
            "receivedAt,sourceId,code,procedureCode,centreCode,agencyCode,channel,applicantKind,applicantName,applicantIdentity,applicantPhone,dueAt,outcome,settledAt,returnedAt,returnMethod,lateCause\n"
            + $"2024-01-05T08:00:00+07:00,s-1,H15.09-240105-0001,{Licence},dak-lak,,online,enterprise,\"Công ty \"\"A, B\"\"\",0401234567,0905123456,2024-01-12T17:00:00+07:00,result,2024-01-15T08:00:00+07:00,2024-01-16T09:00:00+07:00,online,Mất điện\r\n";
        var json = NdJson(
            Line(
                2,
                ("channel", "online"),
                ("applicantKind", "enterprise"),
                ("applicantName", "Công ty \"A, B\""),
                ("applicantIdentity", "0401234567"),
                ("applicantPhone", "0905123456"),
                ("dueAt", "2024-01-12T17:00:00+07:00"),
                ("outcome", "result"),
                ("settledAt", "2024-01-15T08:00:00+07:00"),
                ("returnedAt", "2024-01-16T09:00:00+07:00"),
                ("returnMethod", "online"),
                ("lateCause", "Mất điện")
            )
        );
        AssertOutcome(await Import(csv), 1, 0, 0);
        AssertOutcome(await Import(json, "application/x-ndjson"), 1, 0, 0);

        var lines = Items(await Officer.Get("/api/v1/dossiers?sort=-receivedAt"));
        List<string> seen = [];
        foreach (var line in lines)
        {
            var dossier = (await Officer.Get("/api/v1/dossiers/" + line.GetProperty("id").GetString())).Expect(200);
            Assert.Equal(
                ("returned", "result", "Mất điện"),
                (Text(dossier, "status"), Text(dossier, "outcome"), Text(dossier, "lateCause"))
            );
            Assert.Equal("Công ty \"A, B\"", dossier.Json.GetProperty("applicant").GetProperty("name").GetString());
            Assert.False(dossier.Json.TryGetProperty("clock", out _));
            seen.Add(
                dossier
                    .Text.Replace(Text(dossier, "id"), "", StringComparison.Ordinal)
                    .Replace(Text(dossier, "code"), "", StringComparison.Ordinal)
            );
        }
        Assert.Equal(2, seen.Count);
        Assert.Equal(seen[0], seen[1]);
        Assert.Equal(2, await Host.Scalar<int>("SELECT late FROM dossiers.summaries WHERE grain = 'd' AND late > 0"));
        await AssertFiguresAgree();
    }

    [Fact]
    public async Task Nothing_of_a_file_is_lost()
    {
        await Import(Csv(Row(1), Row(2)));
        var job = await Import(
            Csv(
                Row(1), // known
                Row(3),
                Row(3), // twice in one file
                Row(4, centre: "66-00000"),
                Row(5, code: "H15.09-240105-0002"), // the code of another dossier
                Row(6, code: "H15.09-240105-0003"), // the code of a dossier in the same file
                Row(7, received: "yesterday"),
                "s-8,too,few",
                Row(9)
            )
        );
        AssertOutcome(job, imported: 2, alreadyThere: 2, rejected: 5);
        Assert.Equal(
            [
                (5, "centreCode", "unknown-centre"),
                (6, "code", "code-taken"),
                (7, "code", "code-taken"),
                (8, "receivedAt", "invalid"),
                (9, "row", "malformed-row"),
            ],
            await Reasons(job)
        );
        Assert.Equal(4, await Count("dossiers"));
        Assert.Equal(4, await Count("import_rows")); // those that can be mended
        await AssertFiguresAgree();
    }

    [Fact]
    public async Task While_rows_wait_nobody_reads_the_people_in_them_and_each_batch_leaves_as_it_is_done()
    {
        string[] people = ["Lê Văn Tám", "066190004321", "0905000111"];
        var rows = Enumerable
            .Range(1, 20)
            .Select(n => Line(n, ("applicantName", people[0]), ("applicantIdentity", people[1]), ("applicantPhone", people[2])));
        var job = (await Upload(NdJson(rows), "application/x-ndjson")).Expect(202);
        Assert.Equal(20, await Count("import_rows"));
        var staged = await Host.Scalar<string>("SELECT string_agg(r::text, ' ') FROM dossiers.import_rows r");
        var waiting = await Host.Scalar<string>("SELECT string_agg(j::text, ' ') FROM dossiers.jobs j");
        Assert.Contains("H15.09-240105-0001", staged, StringComparison.Ordinal);
        Assert.All(people, p => Assert.DoesNotContain(p, staged + waiting, StringComparison.Ordinal));
        await Host.RunJobs();
        AssertOutcome((await Officer.Get(job.Location)).Expect(200), 20, 0, 0);
        Assert.Equal(0, await Count("import_rows"));
        Assert.Equal(20, await Host.Scalar<long>("SELECT count(*) FROM dossiers.dossiers WHERE applicant_name = $1", people[0]));
    }

    [Fact]
    public async Task An_import_that_was_queued_before_rows_were_sealed_goes_on()
    {
        var job = (await Upload(Rows(3))).Expect(202);
        await Host.Sql("UPDATE dossiers.jobs SET parameters = '{\"source\":\"igate\"}'");
        await Host.Sql("UPDATE dossiers.import_rows SET cells[8] = 'Lê Văn Tám'");
        await Host.RunJobs();
        AssertOutcome((await Officer.Get(job.Location)).Expect(200), 3, 0, 0);
        Assert.Equal(3, await Host.Scalar<long>("SELECT count(*) FROM dossiers.dossiers WHERE applicant_name = 'Lê Văn Tám'"));
    }

    [Fact]
    public async Task An_upload_repeated_imports_nothing_twice()
    {
        AssertOutcome(await Import(Rows(30)), 30, 0, 0);
        var figures = await Host.Scalar<string>("SELECT string_agg(s::text, ';' ORDER BY s::text) FROM dossiers.summaries s");
        AssertOutcome(await Import(Rows(30)), 0, 30, 0);
        Assert.Equal(figures, await Host.Scalar<string>("SELECT string_agg(s::text, ';' ORDER BY s::text) FROM dossiers.summaries s"));
        // The same id in another system is another dossier; only its code is taken.
        AssertOutcome(await Import(Rows(30), source: "old-system"), 0, 0, 30);
    }

    [Fact]
    public async Task Every_reason_is_told_with_its_line_in_both_languages()
    {
        var faults = new (string Member, string? Value, string Code)[]
        {
            ("sourceId", "", "required"),
            ("code", "x", "invalid"),
            ("procedureCode", "9.999999", "unknown-procedure"),
            ("centreCode", "66-00000", "unknown-centre"),
            ("agencyCode", "H99", "unknown-agency"),
            ("channel", "fax", "invalid"),
            ("applicantName", new string('a', 201), "too-long"),
            ("receivedAt", "2027-01-01T08:00:00+07:00", "in-the-future"),
            ("receivedAt", "1969-01-01T08:00:00+07:00", "out-of-range"),
            ("dueAt", "2023-01-01T08:00:00+07:00", "before-reception"),
        };
        List<object> rows = [.. faults.Select((f, n) => Line(n + 1, (f.Member, f.Value)))];
        rows.Add(
            Line(
                11,
                ("outcome", "result"),
                ("settledAt", "2024-01-08T08:00:00+07:00"),
                ("returnedAt", "2024-01-07T08:00:00+07:00"),
                ("returnMethod", "post")
            )
        );
        var job = await Import(NdJson(rows) + "\n{\"sourceId\":5}\n[]\nnonsense\n", "application/x-ndjson");
        AssertOutcome(job, 0, 0, 14);
        Assert.Equal(
            [
                .. faults.Select((f, n) => (n + 1, f.Member, f.Code)),
                (11, "returnedAt", "before-settlement"),
                (12, "row", "malformed-row"),
                (13, "row", "malformed-row"),
                (14, "row", "malformed-row"),
            ],
            await Reasons(job)
        );
        var vietnamese = await Errors(job);
        var english = new List<JsonElement>();
        foreach (
            var page in new[]
            {
                await Officer.Get($"/api/v1/dossier-imports/{Text(job, "id")}/errors?limit=100", ("Accept-Language", "en")),
            }
        )
            english.AddRange(Items(page));
        // No reason is left without words of its own, in neither language.
        var unknown = ("Không nhận được dòng này.", "The row could not be taken.");
        foreach (
            var (vi, en) in vietnamese.Zip(english, (v, e) => (v.GetProperty("detail").GetString(), e.GetProperty("detail").GetString()))
        )
        {
            Assert.NotEqual(vi, en);
            Assert.NotEqual(unknown, (vi, en));
            Assert.NotEmpty(vi!);
            Assert.NotEmpty(en!);
        }
        Assert.Equal("s-2", vietnamese[1].GetProperty("sourceId").GetString());
    }

    [Fact]
    public async Task What_is_no_text_is_a_fault_of_its_row_and_of_no_other()
    {
        var job = await Import(
            string.Join(
                '\n',
                NdJson(Line(1, ("applicantName", "Lê\u0000Tám"))),
                NdJson(Line(2)).Replace("L\\u00EA", "L\\ud800", StringComparison.Ordinal),
                NdJson(Line(3, ("applicantName", "Lê\uFFFETám"))),
                NdJson(Line(4, ("sourceId", new string('a', 99) + "😀"))),
                NdJson(Line(5, ("applicantName", "Lê 😀 Tám"))),
                NdJson(Line(6)).Replace("sourceId", "sourceId\\ud800", StringComparison.Ordinal),
                "{\"sourceId\":\"1\",\"sourceId\":\"2\"}",
                NdJson(Line(8, ("lateCause", new string('x', 25_000)))),
                NdJson(Line(9, ("lateCause", new string('x', 1_001)))),
                "",
                NdJson(Line(11))
            ),
            "application/x-ndjson"
        );
        AssertOutcome(job, imported: 2, alreadyThere: 0, rejected: 8);
        Assert.Equal(
            [
                (1, "row", "control-character"),
                (2, "row", "malformed-row"),
                (3, "row", "control-character"),
                (4, "sourceId", "too-long"),
                (6, "row", "malformed-row"),
                (7, "row", "malformed-row"),
                (8, "row", "too-long"),
                (9, "row", "too-long"),
            ],
            await Reasons(job)
        );
    }

    [Fact]
    public async Task Quotes_line_breaks_and_a_byte_order_mark_are_taken_as_they_are_meant()
    {
        var rows =
            "\uFEFF"
            + Header
            + "\r\n"
            + Row(1).Replace("Lê Văn Tám", "\"Lê\r\nVăn, \"\"Tám\"\"\"", StringComparison.Ordinal)
            + "\r\n"
            + Row(2, centre: "66-00000")
            + "\r\n"
            + Row(3).Replace("Lê", "L\u0000ê", StringComparison.Ordinal);
        var job = await Import(rows);
        AssertOutcome(job, imported: 1, alreadyThere: 0, rejected: 2);
        Assert.Equal([(4, "centreCode", "unknown-centre"), (5, "row", "control-character")], await Reasons(job));
        Assert.Equal("Lê\r\nVăn, \"Tám\"", await Host.Scalar<string>("SELECT applicant_name FROM dossiers.dossiers"));
        AssertOutcome(await Import("\uFEFF" + NdJson(Line(9)), "application/x-ndjson"), 1, 0, 0);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public async Task Lines_may_end_as_they_do_anywhere(string end)
    {
        var job = await Import(Csv(Row(1), Row(2, centre: "66-00000"), Row(3)).Replace("\n", end, StringComparison.Ordinal) + end);
        AssertOutcome(job, 2, 0, 1);
        Assert.Equal([(3, "centreCode", "unknown-centre")], await Reasons(job));
    }

    [Theory]
    [InlineData("", "", "empty")]
    [InlineData(Header, "", "empty")]
    [InlineData(Header + ",colour\n1,2,3,4,5,6,7,8", "/header", "unknown-column")]
    [InlineData(Header + ",code\n1,2,3,4,5,6,7,8", "/header/code", "repeated")]
    [InlineData("code,procedureCode,centreCode,channel,applicantName,receivedAt\n1,2,3,4,5,6", "/header/sourceId", "required")]
    public async Task A_file_that_is_no_list_of_dossiers_is_refused_as_a_whole(string text, string pointer, string code)
    {
        Assert.Contains((pointer, code), Faults((await Upload(text)).Expect(400, "invalid")));
        Assert.Equal((0, 0), (await Count("jobs"), await Count("import_rows")));
    }

    [Fact]
    public async Task A_quote_that_is_never_closed_does_not_swallow_the_file()
    {
        var rows = Enumerable.Range(1, 2_000).Select(n => Row(n)).ToList();
        rows[10] = rows[10].Replace("Lê", "\"Lê", StringComparison.Ordinal);
        Assert.Equal([("", "too-long")], Faults((await Upload(Csv(rows))).Expect(400, "invalid")));
        Assert.Equal((0, 0), (await Count("jobs"), await Count("import_rows")));
    }

    [Fact]
    public async Task A_row_of_twenty_thousand_characters_is_too_long_for_any_list() =>
        Assert.Equal(
            [("", "too-long")],
            Faults(
                (await Upload(Csv(Row(1), Row(2).Replace("Lê", new string('x', 25_000), StringComparison.Ordinal)))).Expect(400, "invalid")
            )
        );

    [Fact]
    public async Task An_upload_repeated_with_its_key_is_one_import()
    {
        List<Reply> replies = [];
        for (var n = 0; n < 2; n++)
        {
            var body = Calls.Body(Rows(20), "text/csv");
            replies.Add(
                (await Officer.Call(HttpMethod.Post, "/api/v1/dossier-imports?source=igate", body, ("Idempotency-Key", "upload-1"))).Expect(
                    202
                )
            );
        }
        Assert.Equal(replies[0].Location, replies[1].Location);
        Assert.Equal((1, 20), (await Count("jobs"), await Count("import_rows")));
        await Host.RunJobs();
        AssertOutcome((await Officer.Get(replies[0].Location)).Expect(200), 20, 0, 0);
    }

    [Fact]
    public async Task The_same_key_does_not_swallow_another_file_of_the_same_length()
    {
        var key = ("Idempotency-Key", "upload-2");
        var (first, other) = (Csv(Row(1)), Csv(Row(2)));
        Assert.Equal(first.Length, other.Length);
        (await Officer.Call(HttpMethod.Post, "/api/v1/dossier-imports?source=igate", Calls.Body(first, "text/csv"), key)).Expect(202);
        (await Officer.Call(HttpMethod.Post, "/api/v1/dossier-imports?source=igate", Calls.Body(other, "text/csv"), key)).Expect(
            422,
            "request.key-reused"
        );
    }

    [Fact]
    public async Task A_quote_that_is_open_at_the_end_of_a_short_file_loses_nothing_silently()
    {
        var reply = await Upload(Csv(Row(1), Row(2).Replace("Lê", "\"Lê", StringComparison.Ordinal), Row(3)));
        await Host.RunJobs();
        var job = (await Officer.Get(reply.Expect(202).Location)).Expect(200);
        AssertOutcome(job, imported: 1, alreadyThere: 0, rejected: 1);
        Assert.Equal([(3, "row", "malformed-row")], await Reasons(job));
    }

    [Theory]
    [InlineData("application/json", 415)]
    [InlineData("text/plain", 415)]
    [InlineData("application/x-ndjson", 202)]
    [InlineData("text/csv; charset=utf-8", 202)]
    public async Task Only_the_two_forms_are_taken(string type, int status) =>
        Assert.Equal(
            status,
            (await Upload(type.StartsWith("text/csv", StringComparison.Ordinal) ? Rows(1) : NdJson(Line(1)), type)).Status
        );

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-32")]
    [InlineData("iso-8859-1")]
    public async Task A_file_in_another_encoding_is_refused(string encoding)
    {
        var code = Encoding.GetEncoding(encoding);
        var reply = await Upload((byte[])[.. code.Preamble, .. code.GetBytes(Rows(1))]);
        Assert.Equal([("", "not-utf-8")], Faults(reply.Expect(400, "invalid")));
        Assert.Equal(0, await Count("jobs"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("I%20Gate")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task The_source_is_a_short_plain_word(string source) => Assert.Equal(400, (await Upload(Rows(1), source: source)).Status);

    [Fact]
    public async Task A_stream_that_breaks_leaves_nothing()
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(Host.Address.Host, Host.Address.Port, Never);
        await using var stream = connection.GetStream();
        var head =
            $"POST /api/v1/dossier-imports?source=igate HTTP/1.1\r\nHost: x\r\nContent-Type: text/csv\r\nTransfer-Encoding: chunked\r\n"
            + $"Authorization: {TestCaller.May(Everything).ToHeader()}\r\n\r\n";
        var rows = Encoding.UTF8.GetBytes(Rows(500) + "\n");
        await stream.WriteAsync(Encoding.UTF8.GetBytes(head + rows.Length.ToString("x", CultureInfo.InvariantCulture) + "\r\n"), Never);
        await stream.WriteAsync(rows, Never);
        await stream.WriteAsync("\r\nnot a length\r\n"u8.ToArray(), Never);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        Assert.Equal("HTTP/1.1 400 Bad Request", await reader.ReadLineAsync(Never));

        await using var torn = new TornStream(Encoding.UTF8.GetBytes(Rows(500)));
        await Assert.ThrowsAsync<IOException>(() => Host.Ask(new StartImport("igate", ImportFormat.Csv, null, "") { Content = torn }));

        Assert.Equal((0, 0), (await Count("jobs"), await Count("import_rows")));
    }

    [Fact]
    public async Task Errors_come_in_pages_and_only_to_the_one_who_imported()
    {
        var job = await Import(Csv(Enumerable.Range(1, 45).Select(n => Row(n, centre: "66-00000", received: "yesterday"))));
        AssertOutcome(job, 0, 0, 45);
        var errors = await Errors(job, query: "?limit=7");
        Assert.Equal(90, errors.Count);
        Assert.Equal(
            Enumerable.Range(2, 45).SelectMany(n => new[] { (n, "centreCode"), (n, "receivedAt") }),
            errors.Select(e => (e.GetProperty("line").GetInt32(), e.GetProperty("member").GetString()!))
        );
        var path = $"/api/v1/dossier-imports/{Text(job, "id")}/errors";
        Assert.Equal(90, (await Officer.Get(path + "?withTotal=true")).Json.GetProperty("total").GetInt32());
        (await Officer.Get(path + "?cursor=abc")).Expect(400, "invalid");
        var other = Over("province", "somebody-else");
        (await other.Get(path)).Expect(404, "import-not-found");
        (await other.Get("/api/v1/jobs/" + Text(job, "id"))).Expect(404, "job-not-found");
        (await Officer.Get($"/api/v1/dossier-imports/{Guid.CreateVersion7()}/errors")).Expect(404, "import-not-found");
    }

    [Fact]
    public async Task A_row_that_could_not_be_taken_is_kept_sealed_mended_and_taken()
    {
        var wrong = Line(
            2,
            ("receivedAt", "yesterday"),
            ("applicantName", Person.Name),
            ("applicantIdentity", Person.Identity),
            ("applicantPhone", Person.Phone)
        );
        var job = await Import(NdJson(Line(1), wrong, Line(3, ("code", "H15.09-240105-0001"))), "application/x-ndjson");
        AssertOutcome(job, 1, 0, 2);
        var kept = await Host.Scalar<string>("SELECT string_agg(r::text, ' ') FROM dossiers.import_rows r");
        Assert.All(Person.Values, v => Assert.DoesNotContain(v, kept, StringComparison.Ordinal));

        var path = $"/api/v1/dossier-imports/{Text(job, "id")}/rejected-rows";
        var rows = await Walk(Officer, path + "?limit=1");
        Assert.Equal([2, 3], rows.Select(r => r.GetProperty("line").GetInt32()));
        var shown = Values(rows[0]);
        Assert.Equal(("yesterday", "066*****1234"), (shown["receivedAt"], shown["applicantIdentity"]));

        // Still wrong, it stays as it was, and the reasons are named.
        Assert.Equal(
            [("/values/receivedAt", "in-the-future")],
            Faults((await Replay(path, 2, ("receivedAt", "2030-01-05T08:00:00+07:00"))).Expect(400, "invalid"))
        );
        Assert.Equal([("/values/code", "code-taken")], Faults((await Replay(path, 3)).Expect(400, "invalid")));
        (await Replay(path, 2, ("born", "1990"))).Expect(400, "invalid");
        (await Replay(path, 7)).Expect(404);
        (await Over("province", "somebody-else").Post(path + "/2/replay", new { values = Array.Empty<object>() })).Expect(404);

        // The masked number that comes back is the one that was there.
        (await Replay(path, 2, ("receivedAt", "2024-01-05T08:00:00+07:00"), ("applicantIdentity", "066*****1234"))).Expect(200);
        (await Replay(path, 3, ("code", "H15.09-240105-0003"))).Expect(200);
        Assert.Empty(await Reasons(job));
        Assert.Empty(await Walk(Officer, path));
        Assert.Equal(
            1,
            await Host.Scalar<long>(
                "SELECT count(*) FROM dossiers.dossiers WHERE applicant_identity_number = '066*****1234' AND applicant_name = $1",
                Person.Name
            )
        );
        await AssertFiguresAgree();

        static Dictionary<string, string> Values(JsonElement row) =>
            row.GetProperty("values")
                .EnumerateArray()
                .ToDictionary(v => v.GetProperty("member").GetString()!, v => v.GetProperty("value").GetString()!);
    }

    private Task<Reply> Replay(string path, int line, params (string Member, string Value)[] values) =>
        Officer.Post($"{path}/{line}/replay", new { values = values.Select(v => new { member = v.Member, value = v.Value }) });

    [Fact]
    public async Task Nobody_imports_outside_their_data()
    {
        var ward = Over("centre:66-22015");
        var job = await Import(Csv(Row(1), Row(2, centre: Facilities.Ward)), by: ward);
        AssertOutcome(job, imported: 1, alreadyThere: 0, rejected: 1);
        Assert.Equal([(2, "centreCode", "outside-scope")], await Reasons(job));
        Assert.Equal("66-22015", await Host.Scalar<string>("SELECT centre_code FROM dossiers.dossiers"));
    }

    [Fact]
    public async Task A_dossier_imported_while_open_is_worked_on_here_to_its_end()
    {
        AssertOutcome(await Import(Rows(1)), 1, 0, 0);
        var id = await Host.Scalar<Guid>("SELECT id FROM dossiers.dossiers");
        var dossier = (await Officer.Get("/api/v1/dossiers/" + id)).Expect(200);
        Assert.Equal("inProcess", Text(dossier, "status"));
        (await Officer.Get(Path(dossier) + "/forms/01")).Expect(404, "form-not-found"); // its receipt was given elsewhere
        (await Act(dossier, "complete-step")).Expect(409, "dossiers.last-step");
        dossier = (await Act(dossier, "settle", Signed())).Expect(200);
        Host.Clock.Advance(TimeSpan.FromMinutes(1));
        dossier = (await Act(dossier, "return", ByPost)).Expect(200);
        Assert.Equal("returned", Text(dossier, "status"));
        Assert.Equal(
            [("received", "import"), ("settled", "test-user"), ("returned", "test-user")],
            Items(await Officer.Get(Path(dossier) + "/timeline"), "entries")
                .Select(e => (e.GetProperty("act").GetString()!, e.GetProperty("subject").GetString()!))
        );
        Assert.Equal(3, Items(await Officer.Get(Path(dossier) + "/documents"), "documents").Count);
        Assert.Equal("returned", Text(await Host.Anonymous().Get("/api/v1/tracking/H15.09-240105-0001"), "status"));
        AssertOutcome(await Import(Rows(1)), 0, 1, 0);
        Assert.Equal(dossier.Text, (await Officer.Get(Path(dossier))).Text);
        await AssertFiguresAgree();
    }

    [Fact]
    public async Task An_import_interrupted_between_batches_goes_on_and_ends_once()
    {
        await using var second = await Host.Sibling();
        using var stop = new CancellationTokenSource();
        var job = (await Upload(TwoBatches(), by: null)).Expect(202).Location;
        // The second batch names a centre that the first did not, so the question tells when it begins.
        Facilities.Asked = centres =>
        {
            if (centres.Contains(Facilities.Ward))
                stop.Cancel();
        };
        await Host.Services.GetRequiredService<JobRunner>().RunOnce(stop.Token);
        Facilities.Asked = null;

        var half = (await Officer.Get(job)).Expect(200);
        Assert.Equal(("running", Batch), (Text(half, "state"), half.Json.GetProperty("done").GetInt32()));
        Assert.Equal(Batch - 1, await Count("dossiers"));
        await EndLease();
        await second.RunJobs();

        AssertOutcome((await Officer.Get(job)).Expect(200), imported: Batch + 9, alreadyThere: 0, rejected: 1);
        Assert.Equal(Batch + 9, await Count("dossiers"));
        Assert.Equal(1, await Count("import_rows")); // that which can be mended
        await AssertFiguresAgree();
    }

    [Fact]
    public async Task An_import_whose_host_stalls_is_taken_over_and_nothing_is_counted_twice()
    {
        await using var second = await Host.Sibling();
        using var goOn = new ManualResetEventSlim();
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var job = (await Upload(TwoBatches())).Expect(202).Location;
        Facilities.Asked = centres =>
        {
            if (centres.Contains(Facilities.Ward) && reached.TrySetResult())
                goOn.Wait(TestContext.Current.CancellationToken);
        };
        var stalled = Task.Run(() => Host.Services.GetRequiredService<JobRunner>().RunOnce(Never), Never);
        await reached.Task;
        do
        {
            await EndLease();
        } while (!await second.Services.GetRequiredService<JobRunner>().RunOnce(Never));
        goOn.Set();
        await stalled;

        AssertOutcome((await Officer.Get(job)).Expect(200), imported: Batch + 9, alreadyThere: 0, rejected: 1);
        Assert.Equal(Batch + 9, await Count("dossiers"));
        Assert.Equal(2, await Host.Scalar<int>("SELECT fence FROM dossiers.jobs"));
        await AssertFiguresAgree();
    }

    [Fact]
    public async Task Two_hosts_that_import_the_same_rows_at_once_take_each_of_them_once()
    {
        await using var second = await Host.Sibling();
        List<string> jobs = [];
        for (var n = 0; n < 2; n++)
            jobs.Add((await Upload(Rows(300))).Expect(202).Location);
        // Both are held at their first batch, so that one waits for the rows of the other.
        await using var connection = new Npgsql.NpgsqlConnection(Host.ConnectionString);
        await connection.OpenAsync(Never);
        await using var holder = await connection.BeginTransactionAsync(Never);
        await using (var hold = new Npgsql.NpgsqlCommand("LOCK TABLE dossiers.summaries IN EXCLUSIVE MODE", connection, holder))
            await hold.ExecuteNonQueryAsync(Never);
        var running = Task.WhenAll(Host.RunJobs(), second.RunJobs());
        await Waiting(Host, 2);
        await holder.CommitAsync(Never);
        await running;

        List<(int, int, int)> outcomes = [];
        foreach (var job in jobs)
        {
            var outcome = (await Officer.Get(job)).Expect(200).Json.GetProperty("result");
            outcomes.Add(
                (
                    outcome.GetProperty("imported").GetInt32(),
                    outcome.GetProperty("alreadyThere").GetInt32(),
                    outcome.GetProperty("rejected").GetInt32()
                )
            );
        }
        Assert.Equal([(0, 300, 0), (300, 0, 0)], outcomes.Order());
        Assert.Equal(300, await Count("dossiers"));
        await AssertFiguresAgree();
    }

    // One row of the first batch is bad, and so the faults of a batch have to be written once as well.
    private static string TwoBatches() =>
        Csv(
            Enumerable
                .Range(1, Batch + 10)
                .Select(n => Row(n, n > Batch ? Facilities.Ward : Facilities.Centre, received: n == 7 ? "never" : null))
        );

    /// <summary>Gives some bytes and then breaks.</summary>
    private sealed class TornStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            await base.ReadAsync(buffer, cancellationToken) is > 0 and var read ? read : throw new IOException("torn");
    }
}
