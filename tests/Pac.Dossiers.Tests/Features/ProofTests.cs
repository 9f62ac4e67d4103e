using System.Runtime.CompilerServices;
using System.Text.Json;
using Pac.Testing;

namespace Pac.Dossiers.Tests.Features;

/// <summary>The proof: what is published can be counted again from exported facts, by a program in another language that shares nothing with this one.</summary>
public sealed class ProofTests(DossiersHost fixture) : FigureTests(fixture)
{
    private static readonly string[] Definitions = ["byInstant", "byDay", "by766"];

    [Theory]
    [InlineData("2024-01-01", "2024-12-31", "month,channel")]
    [InlineData("2023-12-15", "2024-12-14", "field")]
    [InlineData("2024-02-01", "2024-03-10", "day,procedure")]
    [InlineData("2023-12-20", "2026-12-31", "week")]
    [InlineData("2026-11-01", "2026-12-31", "centre,agency")]
    [InlineData("2026-11-01", "2026-12-31", "assistance,month")]
    public async Task Every_published_figure_is_counted_again_from_the_proof(string from, string to, string groupBy)
    {
        await Fill();
        await Submit(reject: true, Facilities.Centre);
        await Submit(reject: false, Facilities.Ward);
        var wanted = (await Act(await Receive(), "transfer")).Expect(200);
        (await Act(wanted, "request-withdrawal", new { channel = "online", reason = "đổi ý" })).Expect(200);
        Host.Clock.Now = DakLak.At("2026-12-21 09:00");
        var proof = await Export(from, to);
        var counted = await Recompute(proof, "--group", groupBy);
        foreach (var definition in Definitions)
        {
            var published = await Figures($"from={from}&to={to}&groupBy={groupBy}&definition={definition}");
            var own = counted.GetProperty("figures").GetProperty(definition);
            AssertSame(published.GetProperty("totals"), own.GetProperty("totals"));
            AssertSame(published.GetProperty("groups"), own.GetProperty("groups"));
        }
        foreach (var definition in Definitions)
        {
            var late = await Walk(Officer, $"{Address}/late-dossiers?from={from}&to={to}&definition={definition}");
            Assert.Equal(
                late.Select(d => d.GetProperty("code").GetString()),
                Rows(counted.GetProperty("late"), definition).Select(d => d.GetProperty("code").GetString())
            );
        }
    }

    [Theory]
    [InlineData("byInstant")]
    [InlineData("byDay")]
    [InlineData("by766")]
    public async Task Whose_hands_a_late_dossier_was_in_is_counted_again_from_the_proof(string definition)
    {
        var inHands = (await Act(await Receive(), "transfer")).Expect(200);
        // Asked for a paper, paid for, given to another agency and back, and settled after the time; another one is open still.
        Host.Clock.Now = DakLak.At("2026-11-25 10:20");
        var asked = (await Act(inHands, "request-supplement", Asked)).Expect(200);
        Host.Clock.Now = DakLak.At("2026-11-27 15:05");
        await Act(asked, "submit-supplement", new { documents = Papers("licence") });
        Host.Clock.Now = DakLak.At("2026-12-01 08:10");
        await Act((await Officer.Get(Path(inHands))).Expect(200), "hand-over", To(Trade, "Lấy ý kiến", 8));
        Host.Clock.Now = DakLak.At("2026-12-04 09:00");
        await Act((await Officer.Get(Path(inHands))).Expect(200), "hand-over", To(Police, "Đã có ý kiến", lateCause: "Quá tải"));
        Host.Clock.Now = DakLak.At("2026-12-14 09:30");
        await Act((await Officer.Get(Path(inHands))).Expect(200), "settle", Signed(refusal: "Không đủ", lateCause: "Chờ ý kiến"));
        Host.Clock.Now = DakLak.At("2026-12-15 08:00");
        var left = (await Act(await Receive(), "transfer")).Expect(200);
        Host.Clock.Now = DakLak.At("2027-01-12 08:00");
        const string days = "from=2026-11-01&to=2027-01-05";
        var late = await Walk(Officer, $"{Address}/late-dossiers?{days}&definition={definition}");
        Assert.Equal(definition == "by766" ? 2 : 1, late.Count);
        var counted = Rows((await Recompute(await Export("2026-11-01", "2027-01-05"))).GetProperty("late"), definition);
        Assert.Equal(late.Count, counted.Count);
        foreach (var (row, again) in late.Zip(counted))
        {
            Assert.Equal(row.GetProperty("code").GetString(), again.GetProperty("code").GetString());
            AssertSame(row.GetProperty("shares"), again.GetProperty("shares"));
            Assert.NotEqual(0, row.GetProperty("shares").GetArrayLength());
            Assert.Equal(Turns(row), Turns(again));
        }
        // What was open when the period ended is looked at until then, whatever has become of it.
        await Act(left, "settle", Signed(refusal: "Không đủ", lateCause: "Quá tải"));
        var after = await Walk(Officer, $"{Address}/late-dossiers?{days}&definition={definition}");
        Assert.Equal(late.Select(d => d.GetProperty("agencies").GetRawText()), after.Select(d => d.GetProperty("agencies").GetRawText()));

        static object To(string agencyCode, string reason, int? shareHours = null, string? lateCause = null) =>
            new
            {
                agencyCode,
                reason,
                shareHours,
                lateCause,
            };

        static IEnumerable<(string?, decimal, string?, string)> Turns(JsonElement late) =>
            Rows(late, "agencies")
                .Select(a =>
                    (
                        a.GetProperty("agencyCode").GetString(),
                        a.GetProperty("hours").GetDecimal(),
                        a.TryGetProperty("result", out var result) ? result.GetString() : null,
                        string.Join('/', a.GetProperty("share").EnumerateObject().Select(m => m.Value.ToString()))
                    )
                );
    }

    [Theory]
    [InlineData("2024-01-01", "2024-12-31", "field")]
    [InlineData("2026-11-01", "2026-12-31", "field")]
    [InlineData("2023-12-20", "2026-12-31", "agency")]
    public async Task Every_figure_of_the_reports_and_the_index_is_counted_again_from_the_proof(string from, string to, string by)
    {
        await Fill();
        await Submit(reject: true, null);
        await Submit(reject: false, Facilities.Centre);
        await Host.Sql(
            """
            INSERT INTO dossiers.exchange_messages (id, partner, direction, kind, dossier_id, state, answer, attempts, next_attempt_at, created_at, revision)
            SELECT gen_random_uuid(), 'NationalPortal', 'Outbound', 'Dossier', id, 'Done', 'taken', 1, now(), now(), 0
            FROM dossiers.dossiers WHERE (source_id IS NULL OR source_id::int % 3 > 0)
            """
        );
        await PayAll(await Settle(await Receive()));
        await Digitise();
        await PublishDecided();
        await Discontent();
        var counted = await Recompute(await Export(from, to), "--by", by);
        var days = $"periodFrom={from}&periodTo={to}&by={by}";
        foreach (var definition in new[] { "byInstant", "byDay" })
        {
            var report = (await Officer.Get($"{Address}/reports/06a?{days}&definition={definition}")).Expect(200).Json;
            Assert.True(report.GetProperty("identityHolds").GetBoolean());
            var own = Rows(counted.GetProperty("report06a"), definition);
            Assert.Equal(own.Count, report.GetProperty("rows").GetArrayLength());
            foreach (var (row, again) in report.GetProperty("rows").EnumerateArray().Zip(own))
            {
                Assert.Equal(row.GetProperty("code").GetString(), again.GetProperty("key").GetString());
                foreach (var member in again.EnumerateObject().Where(m => m.Value.ValueKind == JsonValueKind.Number))
                    Assert.True(row.GetProperty(member.Name).GetInt64() == member.Value.GetInt64(), $"{row} {again}");
            }
        }
        foreach (var definition in new[] { "byInstant", "byDay" })
            Assert.Equal(
                Rows((await Officer.Get($"{Address}/reports/07a?{days}&definition={definition}")).Expect(200).Json, "rows")
                    .Select(r =>
                        (
                            r.GetProperty("code").GetString(),
                            r.TryGetProperty("cause", out var cause) ? Hash(cause.GetString()!) : "",
                            r.GetProperty("count").GetInt64(),
                            r.GetProperty("share").GetProperty("percent").GetString()
                        )
                    )
                    .Order(),
                Rows(counted.GetProperty("report07a"), definition)
                    .Select(r =>
                        (
                            r.GetProperty("key").GetString(),
                            r.GetProperty("causeHash").GetString()!,
                            r.GetProperty("count").GetInt64(),
                            r.GetProperty("share").GetProperty("percent").GetString()
                        )
                    )
                    .Order()
            );
        var levels = Rows((await Officer.Get($"{Address}/reports/07b?{days}")).Expect(200).Json, "rows");
        Assert.Equal(levels.Count, Rows(counted, "report07b").Count);
        foreach (var (row, again) in levels.Zip(Rows(counted, "report07b")))
        foreach (var member in again.EnumerateObject())
            Assert.Equal(member.Value.ToString(), row.GetProperty(member.Name).ToString());

        var index = (await Officer.Get($"{Address}/quality-index?from={from}&to={to}")).Expect(200).Json;
        var shares = counted.GetProperty("qualityIndex").GetProperty("shares");
        var published = Rows(index, "indices").Where(i => i.TryGetProperty("share", out _)).ToList();
        string[] known = to.StartsWith("2026", StringComparison.Ordinal)
            ? ["1.1", "1.2", "1.3", "1.4", "2.1", "3.1", "3.2", "3.3", "3.6", "4.1", "4.2", "4.3", "4.4", "5.2", "5.3", "5.4"]
            : ["1.4", "2.1", "3.1", "3.2", "3.3", "5.2", "5.3", "5.4"];
        Assert.Equal(known, published.Select(i => i.GetProperty("index").GetString()));
        foreach (var line in published)
            AssertSame(line.GetProperty("share"), shares.GetProperty(line.GetProperty("index").GetString()!));
        var points = counted.GetProperty("qualityIndex").GetProperty("points");
        Assert.Equal(
            published
                .Where(l => l.TryGetProperty("points", out _))
                .Select(l => (l.GetProperty("index").GetString()!, l.GetProperty("points").GetString())),
            points.EnumerateObject().Select(p => (p.Name, p.Value.GetString()))
        );
        Assert.NotEmpty(points.EnumerateObject());
        AssertSame(index.GetProperty("meanTimes"), counted.GetProperty("qualityIndex").GetProperty("meanTimes"));
        Assert.NotEqual(0, index.GetProperty("meanTimes").GetArrayLength());
    }

    // Feedback that complains of a dossier, and an index of the people that is worth something.
    private async Task Discontent()
    {
        await Host.Sql(
            """
            INSERT INTO dossiers.quality_parameters (index_number, effective_from, maximum, target, source, to_be_confirmed)
            VALUES ('5.4', '2024-01-01', 7.5, 90, 'Công văn', false), ('1.3', '2024-01-01', 4, NULL, 'Công văn', false)
            ON CONFLICT (index_number, effective_from) DO UPDATE SET maximum = excluded.maximum, target = excluded.target
            """
        );
        var matter = new
        {
            kind = "delay",
            text = "Chờ ở quầy quá lâu vào sáng thứ Hai",
            centreCode = Facilities.Centre,
            dossierCode = Text(await Receive(), "code"),
            sender = new { name = "Người gửi", email = "gui@example.vn" },
        };
        (await Officer.Post("/api/v1/feedback", new { matter, channel = "phone" })).Expect(201);
    }

    // A result with its file, and a paper that is used again.
    private async Task Digitise()
    {
        var reception = Reception();
        reception["documents"] = new[] { "form", "licence" }.Select(c => new { code = c, noScan = "onlyShown" });
        var shown = await Settle((await Officer.Post("/api/v1/dossiers", reception)).Expect(201));
        var file = await Officer.Call(
            HttpMethod.Post,
            Path(shown) + "/documents?kind=result",
            Calls.Body(Documents.TestFiles.Pdf(), "application/pdf"),
            ("Content-Disposition", "attachment; filename=ket-qua.pdf")
        );
        var again = await Receive();
        var earlier = new
        {
            dossierId = Text(shown, "id"),
            documentId = Text(file.Expect(201), "id"),
            component = "licence",
        };
        (await Officer.Post(Path(again) + "/reused-documents", earlier)).Expect(201);
        await Settle(again);
    }

    // Decided in time before the legal effect, and made public too late.
    private async Task PublishDecided()
    {
        var present = (await Officer.Get("/api/v1/procedures/" + Birth)).Expect(200);
        var version = new
        {
            effectiveFrom = "2026-12-31",
            decision = "Quyết định 99/QĐ-UBND",
            decidedOn = "2026-11-02",
            details = present.Json.GetProperty("details"),
        };
        (await Officer.Post($"/api/v1/procedures/{Birth}/versions", version, ("If-Match", present.ETag))).Expect(201);
    }

    [Fact]
    public async Task A_proof_covers_every_period_within_its_own()
    {
        await Fill();
        var counted = await Recompute(await Export("2023-01-01", "2026-12-31"), "--from", "2024-02-01", "--to", "2024-02-29");
        var published = await Figures("from=2024-02-01&to=2024-02-29");
        AssertSame(published.GetProperty("totals"), counted.GetProperty("figures").GetProperty("byInstant").GetProperty("totals"));
    }

    [Theory]
    [InlineData("2023-12-31", "2024-02-29")]
    [InlineData("2024-02-01", "2025-01-01")]
    [InlineData("2024-03-01", "2024-02-01")]
    public async Task Nothing_is_counted_outside_the_days_of_the_proof(string from, string to)
    {
        await Fill();
        var (code, said) = await Run(await Export("2024-01-01", "2024-12-31"), "--from", from, "--to", to);
        Assert.Equal(1, code);
        Assert.StartsWith("the proof covers 2024-01-01 to 2024-12-31", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_proof_of_a_publication_stays_to_be_checked_whatever_becomes_of_the_records()
    {
        await Fill();
        var order = new
        {
            title = "Năm 2026",
            from = "2026-11-01",
            to = "2026-12-31",
            scope = "centre:" + Facilities.Ward,
            groupBy = "procedure",
        };
        var job = (await Officer.Post($"{Address}/publications", order)).Expect(202);
        await Host.RunJobs();
        var id = (await Officer.Get(job.Location)).Expect(200).Json.GetProperty("result").GetProperty("publicationId").GetGuid();
        var publication = (await Officer.Get($"{Address}/publications/{id}")).Expect(200).Json;
        await Receive(Birth, Facilities.Ward, WardCommittee);

        var address = $"{Address}/publications/{id}/proof";
        var packed = await Officer.GetByteArrayAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);
        var counted = await Recompute(packed);
        Assert.Equal(publication.GetProperty("proofHash").GetString(), counted.GetProperty("chain").GetProperty("lastHash").GetString());
        var figures = counted.GetProperty("figures").GetProperty("byInstant");
        AssertSame(publication.GetProperty("figures").GetProperty("totals"), figures.GetProperty("totals"));
        Assert.Equal(2, figures.GetProperty("totals").GetProperty("received").GetInt64());
        var (code, said) = await Run(packed[..^20]);
        Assert.True(code == 1, said);

        var part = await Officer.Call(HttpMethod.Get, address, null, ("Range", "bytes=0-1"));
        Assert.Equal((206, $"bytes 0-1/{packed.Length}"), (part.Status, part.Header("Content-Range")));
        Assert.Equal("application/gzip", part.Header("Content-Type"));
        (await Over("centre:" + Facilities.Centre).Get(address)).Expect(404);
        (await Host.Client("dossiers.read").Get(address)).Expect(403);
        // Of what was published before proofs were kept there is the hash alone.
        await Host.Sql("UPDATE dossiers.publications SET proof_file = NULL");
        (await Officer.Get(address)).Expect(404, "dossiers.publication-proof-not-kept");
    }

    [Fact]
    public async Task A_later_change_of_a_calendar_changes_no_proof_of_a_period_that_is_over()
    {
        await Fill();
        var before = Seal(await Export("2024-01-01", "2024-12-31"));
        Facilities.Calendar = Facilities.Calendar.Closing("2026-12-07").Closing("2023-06-01");
        Assert.Equal(before, Seal(await Export("2024-01-01", "2024-12-31")));
        Facilities.Calendar = Facilities.Calendar.Closing("2024-05-08");
        Assert.NotEqual(before, Seal(await Export("2024-01-01", "2024-12-31")));
    }

    [Fact]
    public async Task The_same_records_give_the_same_last_hash_and_others_another_one()
    {
        await Fill();
        var first = Seal(await Export("2024-01-01", "2026-12-31"));
        Host.Clock.Now = Host.Clock.Now.AddHours(1);
        Assert.Equal(first, Seal(await Export("2024-01-01", "2026-12-31")));
        await Receive();
        Assert.NotEqual(first, Seal(await Export("2024-01-01", "2026-12-31")));
    }

    [Theory]
    [InlineData("changed")]
    [InlineData("dropped")]
    [InlineData("doubled")]
    [InlineData("exchanged")]
    [InlineData("cut off")]
    [InlineData("header changed")]
    public async Task A_line_that_was_tampered_with_is_found(string how)
    {
        await Fill();
        var lines = (await Export("2023-01-01", "2026-12-31")).Split('\n', StringSplitOptions.RemoveEmptyEntries).ToList();
        var at = 4;
        switch (how)
        {
            case "changed":
                lines[at] = lines[at].Replace("\"settledAt\":\"2024-0", "\"settledAt\":\"2023-0", StringComparison.Ordinal);
                break;
            case "dropped":
                lines.RemoveAt(at);
                break;
            case "doubled":
                lines.Insert(at, lines[at]);
                at++;
                break;
            case "exchanged":
                (lines[at], lines[at + 1]) = (lines[at + 1], lines[at]);
                break;
            case "cut off":
                lines.RemoveAt(lines.Count - 1);
                at = lines.Count - 1;
                break;
            default:
                at = 0;
                lines[0] = lines[0].Replace("2023-01-01", "2022-01-01", StringComparison.Ordinal);
                break;
        }
        var (code, said) = await Run(string.Join('\n', lines) + "\n");
        Assert.Equal(1, code);
        Assert.StartsWith($"line {at + 1}:", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proof_holds_nothing_of_the_person_and_only_what_the_caller_may_see()
    {
        await Fill();
        var proof = await Export("2023-01-01", "2026-12-31");
        Assert.DoesNotContain(Person.Values, v => proof.Contains(v, StringComparison.Ordinal));
        Assert.DoesNotContain("Lê Văn Tám", proof, StringComparison.Ordinal);
        Assert.DoesNotContain("Mất điện", proof, StringComparison.Ordinal);
        var ward = (await Over("centre:66-22015").Get($"{Address}/proof?from=2023-01-01&to=2026-12-31")).Expect(200).Text;
        Assert.Equal(2, Lines(ward).Count(l => l.GetProperty("kind").GetString() == "dossier"));
        Assert.All(
            Lines(ward).Where(l => l.GetProperty("kind").GetString() == "dossier"),
            l => Assert.Equal(Facilities.Ward, l.GetProperty("centre").GetString())
        );
        Assert.Equal(
            0,
            Lines((await Over("own").Get($"{Address}/proof?from=2023-01-01&to=2026-12-31")).Expect(200).Text)[^1]
                .GetProperty("dossiers")
                .GetInt32()
        );
        (await Officer.Get($"{Address}/proof?from=2024-02-01&to=2024-01-01")).Expect(400, "invalid");
        (await Host.Client("dossiers.read").Get($"{Address}/proof?from=2024-01-01&to=2024-12-31")).Expect(403);
    }

    // Submitted online, with help or without, and accepted or not.
    private async Task Submit(bool reject, string? helpedAt)
    {
        var submission = Reception();
        submission["applicant"] = Person.Given;
        submission["assistedAtCentreCode"] = helpedAt;
        var dossier = (await Officer.Post("/api/v1/online-submissions", submission)).Expect(201);
        (
            await Act(dossier, reject ? "reject" : "accept", reject ? new { reason = "Sai thẩm quyền", legalBasis = "Điều 17" } : null)
        ).Expect(200);
    }

    private static List<JsonElement> Rows(JsonElement of, string name) => [.. of.GetProperty(name).EnumerateArray()];

    private static string Hash(string text) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));

    private async Task<string> Export(string from, string to) =>
        (await Officer.Get($"{Address}/proof?from={from}&to={to}")).Expect(200).Text;

    private static List<JsonElement> Lines(string proof) =>
        [.. proof.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement)];

    private static string Seal(string proof) => Lines(proof)[^1].GetProperty("lastHash").GetString()!;

    private static readonly object Asked = new
    {
        items = new[] { new { code = "licence", reason = "Bản sao không rõ" } },
        legalBasis = "Nghị định 118/2025/NĐ-CP, điều 11",
    };

    private static Task<JsonElement> Recompute(string proof, params string[] options) =>
        Recompute(System.Text.Encoding.UTF8.GetBytes(proof), options);

    private static async Task<JsonElement> Recompute(byte[] proof, params string[] options)
    {
        var (code, said) = await Run(proof, options);
        Assert.True(code == 0, said);
        return JsonDocument.Parse(said).RootElement;
    }

    private static Task<(int Code, string Said)> Run(string proof, params string[] options) =>
        Run(System.Text.Encoding.UTF8.GetBytes(proof), options);

    private static async Task<(int Code, string Said)> Run(byte[] proof, params string[] options)
    {
        var node = await Tool.Find(["node", "nodejs"], "nodejs");
        if (node.Path is null)
            Assert.Skip(node.Missing);
        var file = System.IO.Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, proof);
            return await Tool.Run(node.Path!, [Script(), file, .. options], System.IO.Path.GetTempPath());
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string Script([CallerFilePath] string here = "")
    {
        var folder = new DirectoryInfo(System.IO.Path.GetDirectoryName(here)!);
        while (!File.Exists(System.IO.Path.Combine(folder.FullName, "PAC.sln")))
            folder = folder.Parent!;
        return System.IO.Path.Combine(folder.FullName, "samples", "proof", "recompute.mjs");
    }
}
