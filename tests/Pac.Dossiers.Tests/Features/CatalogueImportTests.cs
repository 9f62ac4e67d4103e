using System.Text.Json;
using System.Text.Json.Nodes;
using Pac.Testing;

namespace Pac.Dossiers.Tests.Features;

/// <summary>The catalogue goes out and comes in again: all or nothing, and the same file twice changes nothing.</summary>
public sealed class CatalogueImportTests(DossiersHost fixture) : DossierTests(fixture)
{
    private const string NdJson = "application/x-ndjson";
    private const string Csv = "text/csv";

    private async Task<string> Export(string query = "") =>
        (await Host.Anonymous().Get("/api/v1/procedures/export" + query)).Expect(200).Text;

    private async Task<JsonElement> Import(string text, string type, bool dryRun = false) =>
        (await Officer.Call(HttpMethod.Post, "/api/v1/procedure-imports?dryRun=" + (dryRun ? "true" : "false"), Calls.Body(text, type)))
            .Expect(200)
            .Json;

    private static (bool Done, int Read, int New, int Versions, int Unchanged) Figures(JsonElement report) =>
        (
            report.GetProperty("done").GetBoolean(),
            report.GetProperty("procedures").GetInt32(),
            report.GetProperty("newProcedures").GetInt32(),
            report.GetProperty("newVersions").GetInt32(),
            report.GetProperty("unchanged").GetInt32()
        );

    private static IEnumerable<(int Line, string? Column, string Code)> FaultsOf(JsonElement report) =>
        report
            .GetProperty("faults")
            .EnumerateArray()
            .Select(f =>
                (
                    f.GetProperty("line").GetInt32(),
                    f.TryGetProperty("column", out var column) ? column.GetString() : null,
                    f.GetProperty("code").GetString()!
                )
            );

    private async Task Publish(string code, string from)
    {
        var present = (await Officer.Get("/api/v1/procedures/" + code)).Expect(200);
        (
            await Officer.Post(
                $"/api/v1/procedures/{code}/versions",
                new
                {
                    effectiveFrom = from,
                    decision = "=Quyết định 2, \"gấp\"\nngày mới",
                    decidedOn = "2026-11-01",
                    details = present.Json.GetProperty("details"),
                },
                ("If-Match", present.ETag)
            )
        ).Expect(201);
    }

    [Theory]
    [InlineData("ndjson", NdJson)]
    [InlineData("csv", Csv)]
    [InlineData("json", "application/json")]
    public async Task What_is_exported_comes_in_again_unchanged(string format, string type)
    {
        await Publish("2.000488", "2026-12-01");
        (
            await Officer.Post(
                "/api/v1/procedures/1.001193/end",
                new
                {
                    endsOn = "2026-12-31",
                    decision = "Quyết định 7",
                    successorCode = "2.000528",
                },
                ("If-Match", (await Officer.Get("/api/v1/procedures/1.001193")).ETag)
            )
        ).Expect(200);
        var (file, lines) = (await Export("?format=" + format), await Export());

        Assert.Equal((true, 52, 0, 0, 52), Figures(await Import(file, type)));
        Assert.Equal(lines, await Export());

        // Into an empty catalogue, and out again.
        await Host.Sql("DELETE FROM dossiers.procedure_versions; DELETE FROM dossiers.procedures");
        Assert.Equal("", await Export());
        Assert.Equal((false, 52, 52, 53, 0), Figures(await Import(file, type, dryRun: true)));
        Assert.Equal("", await Export());
        Assert.Equal((true, 52, 52, 53, 0), Figures(await Import(file, type)));
        Assert.Equal(lines, await Export());
        Assert.Equal(file, await Export("?format=" + format));
        Assert.Equal((true, 52, 0, 0, 52), Figures(await Import(file, type)));
    }

    [Theory]
    [InlineData("{}", 400)]
    [InlineData("[{\"code\":", 400)]
    [InlineData("[]", 400)]
    [InlineData("[5, null, {}]", 200)]
    public async Task An_array_that_is_none_is_refused_and_a_wrong_element_is_named_by_its_place(string file, int status)
    {
        var body = Calls.Body(file, "application/json");
        var report = (await Officer.Call(HttpMethod.Post, "/api/v1/procedure-imports", body)).Expect(status);
        if (status == 200)
            Assert.Equal([1, 2, 3], Items(report, "faults").Select(f => f.GetProperty("line").GetInt32()).Distinct());
    }

    [Fact]
    public async Task An_export_may_be_of_one_procedure_or_one_field()
    {
        var one = JsonSerializer.Deserialize<JsonElement>(await Export("?code=1.004194"));
        Assert.Equal("residence", one.GetProperty("fieldCode").GetString());
        Assert.Equal(4, (await Export("?fieldCode=land")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal("", await Export("?code=none"));
        (await Host.Anonymous().Get("/api/v1/procedures/export?format=xml")).Expect(400);
    }

    [Fact]
    public async Task A_further_version_in_the_file_is_published_and_a_changed_one_is_not()
    {
        var document = JsonNode.Parse(await Export("?code=1.004194"))!;
        var next = document["versions"]![0]!.DeepClone();
        next["number"] = 2;
        next["effectiveFrom"] = "2026-12-01";
        next["details"]!["name"] = "Đăng ký tạm trú (mới)";
        document["versions"]!.AsArray().Add(next);
        Assert.Equal((true, 1, 0, 1, 0), Figures(await Import(document.ToJsonString(), NdJson)));
        Host.Clock.Now = DakLak.At("2026-12-01 09:00");
        Assert.Equal(
            "Đăng ký tạm trú (mới)",
            (await Host.Anonymous().Get("/api/v1/procedures/1.004194")).Json.GetProperty("details").GetProperty("name").GetString()
        );

        document["versions"]![1]!["details"]!["feeDong"] = 1;
        document["versions"]![1]!["details"]!.AsObject().Remove("fees");
        var refused = await Import(document.ToJsonString(), NdJson);
        Assert.Equal([(1, "/versions/1/number", "published-differs")], FaultsOf(refused));
        next["number"] = 4;
        Assert.Equal([(1, "/versions/1/number", "gap")], FaultsOf(await Import(document.ToJsonString(), NdJson)));
    }

    [Fact]
    public async Task Each_fault_is_named_by_line_and_place_and_nothing_is_done()
    {
        var before = await Export();
        JsonNode Changed(Action<JsonNode> change)
        {
            var document = JsonNode.Parse(before.Split('\n')[0])!;
            document["code"] = "1.777777";
            change(document);
            return document;
        }
        string[] lines =
        [
            "{",
            Changed(d => d["unheard"] = 1).ToJsonString(),
            Changed(d => d["fieldCode"] = "none").ToJsonString(),
            Changed(d => d["versions"]![0]!["details"]!["terms"]![0]!["value"] = -1).ToJsonString(),
            Changed(d => d["versions"]![0]!["details"]!["agencyCode"] = "H99").ToJsonString(),
            Changed(d => d["versions"]![0]!["details"]!["legalBasisIds"] = new JsonArray("none")).ToJsonString(),
            Changed(d => d["versions"]![0]!["decidedOn"] = "2026-01-01").ToJsonString(),
            Changed(d => d["versions"]![0]!["details"]!["sets"] = "eins").ToJsonString(),
            Changed(d => d["successorCode"] = "9.999999").ToJsonString(),
        ];
        // Each for itself, since a procedure may stand in a file once only.
        List<(int, string?, string)> found = [];
        foreach (var line in lines)
            found.AddRange(FaultsOf(await Import("\n" + line, NdJson)));
        Assert.Equal(
            [
                (2, null, "invalid"),
                (2, "/unheard", "invalid"),
                (2, "/fieldCode", "dossiers.unknown-field"),
                (2, "/versions/0/details/terms/0/value", "invalid"),
                (2, "/versions/0/details/agencyCode", "dossiers.unknown-agency"),
                (2, "/versions/0/details/legalBasisIds/0", "dossiers.unknown-legal-basis"),
                (2, "/versions/0/effectiveFrom", "dossiers.effective-before-decision"),
                (2, "/versions/0/details/sets", "invalid"),
                (2, "/successorCode", "dossiers.unknown-successor"),
            ],
            found
        );
        Assert.Equal(
            [(2, "code", "repeated")],
            FaultsOf(await Import(string.Join('\n', before.Split('\n')[0], before.Split('\n')[0]), NdJson))
                .Select(f => (f.Line, f.Column?.TrimStart('/'), f.Code))
        );
        Assert.Equal(before, await Export());
    }

    [Fact]
    public async Task A_fault_in_csv_is_named_by_line_and_column()
    {
        var rows = (await Export("?format=csv")).Split("\r\n");
        var (head, first) = (rows[0], rows[1]);
        async Task<(int, string?, string)> Fault(params string[] lines) =>
            Assert.Single(FaultsOf(await Import(string.Join("\r\n", [head, .. lines]), Csv)));

        Assert.Equal((2, "onlineLevel", "invalid"), await Fault(first.Replace(",full,", ",fully,", StringComparison.Ordinal)));
        Assert.Equal((2, "terms", "invalid"), await Fault(first.Replace("workingHour", "workingMinute", StringComparison.Ordinal)));
        Assert.Equal(
            (2, "agencyCode", "dossiers.unknown-agency"),
            await Fault(first.Replace("H15.05", "H15.99", StringComparison.Ordinal))
        );
        Assert.Equal((3, null, "malformed-row"), await Fault(first, "a,b"));
        (await Officer.Call(HttpMethod.Post, "/api/v1/procedure-imports", Calls.Body("nonsense\r\n1\r\n", Csv))).Expect(400);
        (await Officer.Call(HttpMethod.Post, "/api/v1/procedure-imports", Calls.Body("{}", "text/plain"))).Expect(415);
        (await Officer.Call(HttpMethod.Post, "/api/v1/procedure-imports", Calls.Body(head + "\r\n", Csv))).Expect(400);
        (await Officer.Call(HttpMethod.Post, "/api/v1/procedure-imports", Calls.Body("\n \n", NdJson))).Expect(400);
    }

    [Fact]
    public async Task An_import_is_the_provinces_and_dry_unless_told_otherwise()
    {
        var file = await Export("?code=1.004194");
        (await Over("centre:dak-lak").Call(HttpMethod.Post, "/api/v1/procedure-imports", Calls.Body(file, NdJson))).Expect(403);
        var report = (await Officer.Call(HttpMethod.Post, "/api/v1/procedure-imports", Calls.Body(file, NdJson))).Expect(200).Json;
        Assert.Equal((false, 1, 0, 0, 1), Figures(report));
    }
}
