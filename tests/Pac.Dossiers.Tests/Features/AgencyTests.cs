using System.Text.Json;
using Pac.Testing;

namespace Pac.Dossiers.Tests.Features;

/// <summary>Agencies and fields of the catalogue: founded, changed, ended and succeeded, as resolutions say.</summary>
public sealed class AgencyTests(DossiersHost fixture) : DossierTests(fixture)
{
    private const string Fresh = "H15.103";
    private static readonly object Ward = new
    {
        name = "Ủy ban nhân dân xã Ea Kao",
        nameEn = "People's Committee of Ea Kao",
        level = "commune",
        parentCode = WardCommittee,
        effectiveFrom = "2025-07-01",
        foundingDecision = "Nghị quyết 1660/NQ-UBTVQH15",
    };

    private static readonly object Ending = new { effectiveTo = "2026-11-22", endDecision = "Nghị quyết 9/NQ-UBTVQH16" };

    private Task<Reply> Add(string code, object description, HttpClient? by = null) =>
        (by ?? Officer).Post("/api/v1/agencies", new { code, description });

    private async Task<Reply> Change(string code, object patch) =>
        await Officer.Patch("/api/v1/agencies/" + code, patch, ("If-Match", (await Officer.Get("/api/v1/agencies/" + code)).ETag));

    private async Task<JsonElement> Import(string csv, bool dryRun = false) =>
        (await Officer.Call(HttpMethod.Post, "/api/v1/agency-imports?dryRun=" + (dryRun ? "true" : "false"), Calls.Body(csv, "text/csv")))
            .Expect(200)
            .Json;

    private static (bool Done, int Added, int Changed, int Unchanged) Figures(JsonElement report) =>
        (
            report.GetProperty("done").GetBoolean(),
            report.GetProperty("added").GetInt32(),
            report.GetProperty("changed").GetInt32(),
            report.GetProperty("unchanged").GetInt32()
        );

    [Fact]
    public async Task A_new_agency_is_entered_and_decides_on_dossiers_on_every_host_at_once()
    {
        await using var second = await Host.Sibling();
        var reception = Reception(Birth);
        reception["agencyCode"] = Fresh;
        (await second.Client(Everything).Post("/api/v1/dossiers", reception)).Expect(422, "dossiers.unknown-agency");

        var added = (await Add(Fresh, Ward)).Expect(201);
        Assert.Equal("/api/v1/agencies/" + Fresh, added.Location);
        var read = (await Host.Anonymous().Get(added.Location)).Expect(200);
        Assert.Equal((added.ETag, "Ủy ban nhân dân xã Ea Kao"), (read.ETag, Text(read, "name")));
        Assert.Equal((WardCommittee, "2025-07-01"), (Text(read, "parentCode"), Text(read, "effectiveFrom")));

        var dossier = (await second.Client(Everything).Post("/api/v1/dossiers", reception)).Expect(201);
        Assert.StartsWith(Fresh + "-261123-", Text(dossier, "code"), StringComparison.Ordinal);
        Assert.Equal(
            ("AddAgency", "test-user"),
            (
                await Host.Scalar<string>("SELECT act FROM dossiers.audit WHERE kind = 'Agency' AND thing = $1", Fresh),
                await Host.Scalar<string>("SELECT subject FROM dossiers.audit WHERE kind = 'Agency' AND thing = $1", Fresh)
            )
        );
    }

    [Fact]
    public async Task What_is_wrong_with_an_agency_is_said()
    {
        Assert.Equal([("/code", "regular-expression")], Faults((await Add("h15/1", Ward)).Expect(400)));
        (await Add("H15.1.2", Ward)).Expect(400);
        (await Add("H15.09", Ward)).Expect(409, "dossiers.already-there");
        var broken = new (object Description, string Code, string Pointer)[]
        {
            (Described(parent: "H15.999"), "unknown-parent-agency", "/description/parentCode"),
            (Described(parent: Fresh), "agency-circle", "/description/parentCode"),
            (Described(from: "2026-11-23", to: "2026-11-22", by: "NQ 9"), "ends-before-begin", "/description/effectiveTo"),
            (Described(to: "2026-11-22"), "agency-end-decision-missing", "/description/endDecision"),
            (Described(successor: "H15.09"), "agency-end-missing", "/description/effectiveTo"),
            (Described(to: "2026-11-22", by: "NQ 9", successor: "H15.999"), "unknown-successor-agency", "/description/successorCode"),
            (Described(to: "2026-11-22", by: "NQ 9", successor: Fresh), "unknown-successor-agency", "/description/successorCode"),
        };
        foreach (var (description, code, pointer) in broken)
        {
            var refused = (await Add(Fresh, description)).Expect(422);
            Assert.Equal([(pointer, "dossiers." + code)], Faults(refused));
        }
        (await Officer.Get("/api/v1/agencies/" + Fresh)).Expect(404);
        (await Add(Fresh, Ward, Over("agency:H15.09"))).Expect(403);
        (await Add(Fresh, Ward, Host.Client("dossiers.read"))).Expect(403);

        (await Add(Fresh, Ward)).Expect(201);
        Assert.Equal(
            [("/parentCode", "dossiers.agency-circle")],
            Faults((await Change(WardCommittee, new { parentCode = Fresh })).Expect(422))
        );
    }

    private static object Described(
        string? parent = null,
        string? from = null,
        string? to = null,
        string? by = null,
        string? successor = null
    ) =>
        new
        {
            name = "Ủy ban",
            nameEn = "Committee",
            level = "commune",
            parentCode = parent,
            effectiveFrom = from,
            effectiveTo = to,
            endDecision = by,
            successorCode = successor,
        };

    [Fact]
    public async Task A_change_knows_what_was_seen_and_leaves_the_rest()
    {
        var seen = (await Officer.Get("/api/v1/agencies/" + Police)).Expect(200);
        (await Officer.Patch("/api/v1/agencies/" + Police, new { toBeConfirmed = false })).Expect(428);
        var changed = (
            await Officer.Patch(
                "/api/v1/agencies/" + Police,
                new { nameEn = "Police of Dak Lak", toBeConfirmed = false },
                ("If-Match", seen.ETag)
            )
        ).Expect(200);
        Assert.Equal(("Công an tỉnh", "Police of Dak Lak"), (Text(changed, "name"), Text(changed, "nameEn")));
        Assert.False(changed.Json.GetProperty("toBeConfirmed").GetBoolean());
        (await Officer.Patch("/api/v1/agencies/" + Police, new { nameEn = "Police" }, ("If-Match", seen.ETag))).Expect(412);
        (await Officer.Patch("/api/v1/agencies/H15.999", new { nameEn = "Police" }, ("If-Match", seen.ETag))).Expect(404);
    }

    [Fact]
    public async Task An_agency_that_has_ended_is_given_nothing_new_and_keeps_its_dossiers_until_they_are_passed_on()
    {
        (await Add(Fresh, Ward)).Expect(201);
        var before = await Receive(Birth, agency: WardCommittee);
        var elsewhere = (await Act(await Receive(), "transfer", new { note = "đủ" })).Expect(200);
        (await Change(WardCommittee, Ending)).Expect(200);
        Assert.DoesNotContain(
            WardCommittee,
            Items(await Officer.Get("/api/v1/agencies?on=2026-11-23&limit=100")).Select(a => a.GetProperty("code").GetString())
        );

        var reception = Reception(Birth);
        reception["agencyCode"] = WardCommittee;
        var refused = (await Officer.Post("/api/v1/dossiers", reception)).Expect(422, "dossiers.agency-ended");
        Assert.Contains("22/11/2026", refused.Text, StringComparison.Ordinal);
        (
            await Act(
                elsewhere,
                "hand-over",
                new
                {
                    agencyCode = WardCommittee,
                    shareHours = 2,
                    reason = "phối hợp",
                }
            )
        ).Expect(422, "dossiers.agency-ended");
        (await Act(elsewhere, "consultations", new { agencyCode = WardCommittee, question = "Ý kiến?" })).Expect(
            422,
            "dossiers.agency-ended"
        );
        // What it has goes on.
        (await Act(before, "transfer", new { note = "đủ giấy tờ" })).Expect(200);

        (
            await Officer.Post(
                "/api/v1/dossier-successions",
                new
                {
                    fromAgencyCode = Fresh,
                    toAgencyCode = WardCommittee,
                    decision = "NQ 9",
                }
            )
        ).Expect(422, "dossiers.agency-ended");
        (
            await Officer.Post(
                "/api/v1/dossier-successions",
                new
                {
                    fromAgencyCode = WardCommittee,
                    toAgencyCode = Fresh,
                    decision = "NQ 9",
                }
            )
        ).Expect(202);
        await Host.RunJobs();
        Assert.Equal(Fresh, Text(await Officer.Get(Path(before)), "handlingAgencyCode"));
        Assert.Equal(Fresh, Text(await Officer.Get("/api/v1/agencies/" + WardCommittee), "successorCode"));
        Assert.Contains(
            Fresh,
            (await Officer.Post("/api/v1/dossiers", reception)).Expect(422, "dossiers.agency-succeeded").Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_agency_of_a_procedure_is_given_nothing_before_it_is_founded_or_after_it_has_ended()
    {
        (await Change(Police, new { effectiveFrom = "2026-12-01" })).Expect(200);
        (await Officer.Post("/api/v1/dossiers", Reception())).Expect(422, "dossiers.agency-not-founded");
        (
            await Change(
                Police,
                new
                {
                    effectiveFrom = "2026-11-23",
                    effectiveTo = "2026-11-23",
                    endDecision = "NQ 9",
                }
            )
        ).Expect(200);
        (await Officer.Post("/api/v1/dossiers", Reception())).Expect(201);
        (await Change(Police, new Dictionary<string, object?> { ["effectiveFrom"] = null, ["effectiveTo"] = "2026-11-22" })).Expect(200);
        (await Officer.Post("/api/v1/dossiers", Reception())).Expect(422, "dossiers.agency-ended");
        (await Change(Police, new Dictionary<string, object?> { ["effectiveTo"] = null, ["endDecision"] = null })).Expect(200);
        (await Officer.Post("/api/v1/dossiers", Reception())).Expect(201);
    }

    [Fact]
    public async Task A_hundred_communes_come_in_one_file()
    {
        var csv =
            "code,name,nameEn,level,parentCode,effectiveFrom,foundingDecision\n"
            + string.Concat(
                Enumerable
                    .Range(103, 102)
                    .Select(n => $"H15.{n},\"Ủy ban nhân dân xã {n}, tỉnh Đắk Lắk\",Commune {n},commune,H15.900,2025-07-01,NQ 1660\n")
            )
            + "H15.900,Ủy ban nhân dân tỉnh,Provincial People's Committee,province,,,\n";
        Assert.Equal((false, 103, 0, 0), Figures(await Import(csv, dryRun: true)));
        (await Officer.Get("/api/v1/agencies/H15.900")).Expect(404);
        Assert.Equal((true, 103, 0, 0), Figures(await Import(csv)));
        Assert.Equal((true, 0, 0, 103), Figures(await Import(csv)));
        Assert.Equal("Ủy ban nhân dân xã 204, tỉnh Đắk Lắk", Text((await Officer.Get("/api/v1/agencies/H15.204")).Expect(200), "name"));

        // A file with some columns changes those alone.
        Assert.Equal(
            (true, 0, 1, 1),
            Figures(await Import("code,effectiveTo,endDecision,successorCode\nH15.103,2026-06-30,NQ 9,H15.104\nH15.105,,,\n"))
        );
        var ended = (await Officer.Get("/api/v1/agencies/H15.103")).Expect(200);
        Assert.Equal(
            ("H15.104", "H15.900", "Commune 103"),
            (Text(ended, "successorCode"), Text(ended, "parentCode"), Text(ended, "nameEn"))
        );
    }

    [Fact]
    public async Task A_file_with_faults_changes_nothing_and_names_them()
    {
        var report = await Import(
            """
            code,name,nameEn,level,parentCode,effectiveFrom,effectiveTo,endDecision
            H15.103,Ủy ban A,A,commune,,,,
            h15,Ủy ban B,B,commune,,,,
            H15.104,,C,commune,,,,
            H15.105,Ủy ban D,D,village,,,,
            H15.106,Ủy ban E,E,commune,H15.999,,,
            H15.107,Ủy ban F,F,commune,,01/07/2025,,
            H15.108,Ủy ban G,G,commune,,2025-07-01,2025-06-30,NQ 9
            H15.103,Ủy ban A,A,commune,,,,
            H15.109,Ủy ban H,H,commune,H15.110,,,
            H15.110,Ủy ban I,I,commune,H15.109,,,
            H15.111,Ủy ban K,K

            """
        );
        Assert.False(report.GetProperty("done").GetBoolean());
        Assert.Equal(
            [
                (3, "code", "invalid"),
                (4, "name", "invalid"),
                (5, "level", "invalid"),
                (6, "parentCode", "dossiers.unknown-parent-agency"),
                (7, "effectiveFrom", "invalid"),
                (8, "effectiveTo", "dossiers.ends-before-begin"),
                (9, "code", "repeated"),
                (10, "parentCode", "dossiers.agency-circle"),
                (11, "parentCode", "dossiers.agency-circle"),
                (12, null, "malformed-row"),
            ],
            report
                .GetProperty("faults")
                .EnumerateArray()
                .Select(f =>
                    (
                        f.GetProperty("line").GetInt32(),
                        f.TryGetProperty("column", out var column) ? column.GetString() : null,
                        f.GetProperty("code").GetString()!
                    )
                )
        );
        (await Officer.Get("/api/v1/agencies/H15.103")).Expect(404);
        (await Officer.Call(HttpMethod.Post, "/api/v1/agency-imports", Calls.Body("code,colour\nH15.1,red\n", "text/csv"))).Expect(400);
        (await Officer.Call(HttpMethod.Post, "/api/v1/agency-imports", Calls.Body("code\n", "text/csv"))).Expect(400);
        (await Officer.Call(HttpMethod.Post, "/api/v1/agency-imports", Calls.Body("[]", "application/json"))).Expect(415);
        (await Over("agency:H15.09").Call(HttpMethod.Post, "/api/v1/agency-imports", Calls.Body("code\nH15.09\n", "text/csv"))).Expect(403);
    }

    [Fact]
    public async Task A_field_is_added_and_renamed()
    {
        var names = new { name = "Công chứng", nameEn = "Notaries" };
        var added = (
            await Officer.Post(
                "/api/v1/fields",
                new
                {
                    code = "notaries",
                    name = "Công chứng",
                    nameEn = "Notary",
                }
            )
        ).Expect(201);
        Assert.Equal("/api/v1/fields/notaries", added.Location);
        (
            await Officer.Post(
                "/api/v1/fields",
                new
                {
                    code = "notaries",
                    name = "a",
                    nameEn = "b",
                }
            )
        ).Expect(409, "dossiers.already-there");
        (
            await Officer.Post(
                "/api/v1/fields",
                new
                {
                    code = "Công chứng",
                    name = "a",
                    nameEn = "b",
                }
            )
        ).Expect(400);
        (await Officer.Put("/api/v1/fields/notaries", names)).Expect(428);
        (await Officer.Put("/api/v1/fields/notaries", names, ("If-Match", added.ETag))).Expect(200);
        (await Officer.Put("/api/v1/fields/notaries", names, ("If-Match", added.ETag))).Expect(412);
        Assert.Equal("Notaries", Text((await Host.Anonymous().Get("/api/v1/fields/notaries")).Expect(200), "nameEn"));
        (
            await Over("agency:H15.09")
                .Post(
                    "/api/v1/fields",
                    new
                    {
                        code = "other",
                        name = "a",
                        nameEn = "b",
                    }
                )
        ).Expect(403);
        Assert.Equal(2, await Host.Scalar<long>("SELECT count(*) FROM dossiers.audit WHERE kind = 'Field' AND thing = 'notaries'"));
        // Procedures can belong to it from now on.
        (
            await Officer.Post(
                "/api/v1/legal-terms",
                new
                {
                    code = "supplement.answer",
                    effectiveFrom = "2030-01-01",
                    basis = "Luật Công chứng",
                    value = 10,
                    unit = "workingDay",
                    fieldCode = "notaries",
                }
            )
        ).Expect(200);
    }
}
