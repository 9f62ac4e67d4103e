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
        var proof = await Export(from, to);
        var counted = await Recompute(proof, "--group", groupBy);
        foreach (var definition in Definitions)
        {
            var published = await Figures($"from={from}&to={to}&groupBy={groupBy}&definition={definition}");
            var own = counted.GetProperty("figures").GetProperty(definition);
            AssertSame(published.GetProperty("totals"), own.GetProperty("totals"));
            AssertSame(published.GetProperty("groups"), own.GetProperty("groups"));
        }
        var late = await Walk(Officer, $"{Address}/late-dossiers?from={from}&to={to}");
        Assert.Equal(
            late.Select(d => d.GetProperty("code").GetString()),
            counted.GetProperty("late").EnumerateArray().Select(c => c.GetString())
        );
    }

    [Theory]
    [InlineData("2024-01-01", "2024-12-31")]
    [InlineData("2026-11-01", "2026-12-31")]
    public async Task Every_figure_of_the_reports_and_the_index_is_counted_again_from_the_proof(string from, string to)
    {
        await Fill();
        await Submit(reject: true, null);
        await Submit(reject: false, Facilities.Centre);
        await Host.Sql(
            """
            INSERT INTO dossiers.exchange_messages (id, partner, direction, kind, dossier_id, state, attempts, next_attempt_at, created_at, revision)
            SELECT gen_random_uuid(), 'NationalPortal', 'Outbound', 'Dossier', id, 'Done', 1, now(), now(), 0
            FROM dossiers.dossiers WHERE (source_id IS NULL OR source_id::int % 3 > 0)
            """
        );
        await Settle(await Receive());
        await Digitise();
        await PublishDecided();
        var counted = await Recompute(await Export(from, to));
        var days = $"periodFrom={from}&periodTo={to}";
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
        Assert.Equal(
            Rows((await Officer.Get($"{Address}/reports/07a?{days}")).Expect(200).Json, "rows")
                .Select(r =>
                    (
                        r.GetProperty("code").GetString(),
                        r.TryGetProperty("cause", out var cause) ? Hash(cause.GetString()!) : "",
                        r.GetProperty("count").GetInt64(),
                        r.GetProperty("share").GetProperty("percent").GetString()
                    )
                )
                .Order(),
            Rows(counted, "report07a")
                .Select(r =>
                    (
                        r.GetProperty("field").GetString(),
                        r.GetProperty("causeHash").GetString()!,
                        r.GetProperty("count").GetInt64(),
                        r.GetProperty("share").GetProperty("percent").GetString()
                    )
                )
                .Order()
        );
        foreach (
            var (row, again) in Rows((await Officer.Get($"{Address}/reports/07b?{days}")).Expect(200).Json, "rows")
                .Zip(Rows(counted, "report07b"))
        )
        foreach (var member in again.EnumerateObject())
            Assert.Equal(member.Value.ToString(), row.GetProperty(member.Name).ToString());

        var index = (await Officer.Get($"{Address}/quality-index?from={from}&to={to}")).Expect(200).Json;
        var shares = counted.GetProperty("qualityIndex").GetProperty("shares");
        // Feedback and ratings, which group 5 is made of, are no facts of a dossier.
        var published = Rows(index, "indices")
            .Where(i => i.TryGetProperty("share", out _) && i.GetProperty("index").GetString()![0] != '5')
            .ToList();
        string[] known = from.StartsWith("2026", StringComparison.Ordinal)
            ? ["1.1", "1.2", "2.1", "3.1", "3.2", "3.3", "4.1", "4.2", "4.3", "4.4"]
            : ["2.1", "3.1", "3.2", "3.3"];
        Assert.Equal(known, published.Select(i => i.GetProperty("index").GetString()));
        foreach (var line in published)
            AssertSame(line.GetProperty("share"), shares.GetProperty(line.GetProperty("index").GetString()!));
        AssertSame(index.GetProperty("meanTimes"), counted.GetProperty("qualityIndex").GetProperty("meanTimes"));
        Assert.NotEqual(0, index.GetProperty("meanTimes").GetArrayLength());
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

    private static async Task<JsonElement> Recompute(string proof, params string[] options)
    {
        var (code, said) = await Run(proof, options);
        Assert.True(code == 0, said);
        return JsonDocument.Parse(said).RootElement;
    }

    private static async Task<(int Code, string Said)> Run(string proof, params string[] options)
    {
        var node = await Tool.Find(["node", "nodejs"], "nodejs");
        if (node.Path is null)
            Assert.Skip(node.Missing);
        var file = System.IO.Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, proof);
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
