using System.Text.Json;
using System.Text.Json.Nodes;
using Pac.Testing;

namespace Pac.Dossiers.Tests.Features;

/// <summary>What a procedure controller does: works on a draft, compares, checks, publishes by a decision, and ends.</summary>
public sealed class ProcedureDraftTests(DossiersHost fixture) : DossierTests(fixture)
{
    private const string Drafts = "/api/v1/procedure-drafts";
    private const string Draft = Drafts + "/" + Licence;
    private const string Procedure = "/api/v1/procedures/" + Licence;

    private async Task<JsonObject> Details(string code = Licence) =>
        JsonNode.Parse((await Officer.Get("/api/v1/procedures/" + code)).Expect(200).Json.GetProperty("details").GetRawText())!.AsObject();

    private async Task<Reply> Start(object? details = null, string code = Licence, string? field = null) =>
        await Officer.Post(
            Drafts,
            new
            {
                code,
                fieldCode = field,
                details,
            }
        );

    private async Task<Reply> Publish(string draft, string effectiveFrom = "2026-12-01", string decidedOn = "2026-11-20") =>
        await Officer.Post(
            draft + "/publish",
            new
            {
                effectiveFrom,
                decision = "Quyết định 99/QĐ-UBND",
                decidedOn,
            },
            ("If-Match", (await Officer.Get(draft)).ETag)
        );

    [Fact]
    public async Task A_draft_begins_from_the_last_version_and_nobody_receives_by_it()
    {
        var draft = (await Start()).Expect(201);
        Assert.Equal((Draft, "draft", 1), (draft.Location, Text(draft, "state"), draft.Json.GetProperty("basedOn").GetInt32()));
        Assert.Empty(Items(await Officer.Get(Draft + "/diff"), "changes"));
        (await Start()).Expect(409, "dossiers.draft-exists");

        var details = await Details();
        details["documents"] = new JsonArray();
        (await Officer.Put(Draft, details, ("If-Match", draft.ETag))).Expect(200);
        await Receive(); // with the papers of the version in force
        Assert.Single(Items(await Host.Anonymous().Get(Procedure + "/versions"), "versions"));
        (await Host.Anonymous().Get(Draft)).Expect(401);
    }

    [Fact]
    public async Task What_cannot_be_worked_with_is_named_at_its_place()
    {
        var draft = (await Start()).Expect(201);
        var details = await Details();
        details["name"] = " ";
        details["fees"]![0]!["dong"] = -1;
        details["steps"]![0]!["role"] = "";
        var refused = (await Officer.Put(Draft, details, ("If-Match", draft.ETag))).Expect(400);
        Assert.Equal(
            [("/fees/0/dong", "inclusive-between"), ("/name", "not-empty"), ("/steps/0/role", "not-empty")],
            Faults(refused).Order()
        );
        var started = (await Start(details, Origin)).Expect(400);
        Assert.Contains(("/details/fees/0/dong", "inclusive-between"), Faults(started));
    }

    [Fact]
    public async Task A_draft_is_compared_with_the_version_in_force()
    {
        var draft = (await Start()).Expect(201);
        var details = await Details();
        details["feeDong"] = 100_000;
        details["documents"]![0]!["required"] = false;
        details["documents"]!.AsArray().RemoveAt(2);
        details["result"] = null;
        (await Officer.Put(Draft, details, ("If-Match", draft.ETag))).Expect(200);

        var changes = Items(await Officer.Get(Draft + "/diff"), "changes");
        Assert.Equal(
            [
                ("/documents/form/required", "true", "false"),
                ("/documents/licence", "{", null),
                ("/feeDong", "135000", "100000"),
                ("/result", "\"Giấy phép lái xe\"", null),
            ],
            changes
                .Select(c => (c.GetProperty("pointer").GetString()!, First(c, "before"), First(c, "after")))
                .OrderBy(c => c.Item1, StringComparer.Ordinal)
        );

        // A member with parts is shown as JSON.
        static string? First(JsonElement change, string member) =>
            change.TryGetProperty(member, out var value)
                ? value.GetString() is ['{', ..]
                    ? "{"
                    : value.GetString()
                : null;
    }

    [Fact]
    public async Task A_draft_is_changed_on_the_state_that_was_seen_and_can_be_thrown_away()
    {
        var draft = (await Start()).Expect(201);
        var details = await Details();
        details["name"] = "Tên khác";
        var changed = (await Officer.Put(Draft, details, ("If-Match", draft.ETag))).Expect(200);
        (await Officer.Put(Draft, details, ("If-Match", draft.ETag))).Expect(412, "stale");
        Assert.Equal([Licence], Items(await Officer.Get(Drafts)).Select(d => d.GetProperty("code").GetString()));
        (await Officer.Delete(Draft, ("If-Match", draft.ETag))).Expect(412);
        (await Officer.Delete(Draft, ("If-Match", changed.ETag))).Expect(204);
        (await Officer.Get(Draft)).Expect(404, "draft-not-found");
        Assert.Empty(Items(await Officer.Get(Drafts)));
    }

    [Fact]
    public async Task The_check_names_missing_parts_broken_rules_and_what_to_look_at()
    {
        var details = await Details();
        foreach (var member in new[] { "sets", "channels", "applicantKinds", "legalBasisIds" })
            details.Remove(member);
        details["agencyCode"] = Trade;
        var draft = (await Start(details)).Expect(201);
        var check = (await Officer.Get(Draft + "/check")).Expect(200).Json;
        Assert.False(check.GetProperty("publishable").GetBoolean());
        Assert.Equal(
            ["channels", "components", "applicants"],
            check.GetProperty("missingParts").EnumerateArray().Select(p => p.GetString())
        );
        Assert.Equal("/details/agencyCode", check.GetProperty("fault").GetProperty("pointer").GetString());
        Assert.Contains("legal basis", check.GetProperty("remarks")[0].GetProperty("en").GetString(), StringComparison.Ordinal);
        (await Publish(Draft)).Expect(422, "dossiers.parts-missing");

        (await Officer.Put(Draft, await Details(), ("If-Match", draft.ETag))).Expect(200);
        Assert.True(
            (await Officer.Get(Draft + "/check?effectiveFrom=2026-12-01")).Expect(200).Json.GetProperty("publishable").GetBoolean()
        );
        // Not before the decree on which it rests.
        var early = (await Officer.Get(Draft + "/check?effectiveFrom=2025-06-30")).Expect(200).Json.GetProperty("fault");
        Assert.Equal("dossiers.legal-basis-not-in-force", early.GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_draft_is_published_by_its_decision_and_is_gone()
    {
        (await Start()).Expect(201);
        (await Publish(Draft, "2026-11-19")).Expect(422, "dossiers.effective-before-decision");
        (await Publish(Draft, "2025-07-01", "2025-06-01")).Expect(422, "dossiers.version-not-after-last");
        var published = (await Publish(Draft)).Expect(201);
        Assert.Equal(
            (2, "published", "2026-12-01", "2026-11-20"),
            (
                published.Json.GetProperty("version").GetInt32(),
                Text(published, "state"),
                Text(published, "effectiveFrom"),
                Text(published, "decidedOn")
            )
        );
        (await Officer.Get(Draft)).Expect(404);
        var versions = Items(await Host.Anonymous().Get(Procedure + "/versions"), "versions");
        Assert.Equal("2026-11-30", versions[0].GetProperty("effectiveTo").GetString());
        Assert.Empty(Items(await Host.Anonymous().Get(Procedure + "/diff"), "changes"));

        Host.Clock.Now = DakLak.At("2026-12-01 09:00");
        versions = [.. Items(await Host.Anonymous().Get(Procedure + "/versions"), "versions")];
        Assert.Equal(["ended", "published"], versions.Select(v => v.GetProperty("state").GetString()));
        Assert.Equal(2, (await Receive()).Json.GetProperty("procedureVersion").GetInt32());
    }

    [Fact]
    public async Task A_new_procedure_begins_as_a_draft_and_takes_its_steps_from_a_template()
    {
        var details = await Details("1.004194");
        (await Start(details, "1.019999")).Expect(422, "dossiers.nothing-to-start-from");
        (await Start(details, "1.019999", "none")).Expect(422, "dossiers.unknown-field");
        (await Start(null, "1.019999", "residence")).Expect(422, "dossiers.nothing-to-start-from");
        details["steps"] = new JsonArray();
        details["workflow"] = "PC20";
        var draft = (await Start(details, "1.019999", "residence")).Expect(201);
        var steps = draft.Json.GetProperty("details").GetProperty("steps").EnumerateArray().ToList();
        Assert.Equal(8, steps.Count);
        Assert.Equal("cooperatingAgency", steps[2].GetProperty("consultations")[0].GetProperty("role").GetString());
        (await Publish(Drafts + "/1.019999", "2026-11-23")).Expect(201);

        var reception = Reception("1.019999");
        reception["documents"] = Papers("form", "dwelling");
        Assert.Equal("1.019999", Text((await Officer.Post("/api/v1/dossiers", reception)).Expect(201), "procedureCode"));
    }

    [Fact]
    public async Task An_ended_procedure_is_received_nowhere_and_names_what_takes_its_place()
    {
        await using var second = await Host.Sibling();
        var there = second.Client(Everything);
        var open = (await there.Post("/api/v1/dossiers", Reception())).Expect(201);
        var seen = (await Officer.Get(Procedure)).ETag;
        (await End("2025-06-30", "1.004194", seen)).Expect(422, "dossiers.ends-too-early");
        (await End("2026-11-30", "9.999999", seen)).Expect(422, "dossiers.unknown-successor");
        (await End("2026-11-30", Licence, seen)).Expect(422, "dossiers.unknown-successor");
        var ended = (await End("2026-11-30", "1.004194", seen)).Expect(200);
        Assert.Equal(("2026-11-30", "1.004194"), (Text(ended, "effectiveTo"), Text(ended, "successorCode")));

        Host.Clock.Now = DakLak.At("2026-11-30 09:00");
        (await there.Post("/api/v1/dossiers", Reception())).Expect(201);
        Host.Clock.Now = second.Clock.Now = DakLak.At("2026-12-01 09:00");
        (await there.Post("/api/v1/dossiers", Reception())).Expect(422, "dossiers.unknown-procedure");
        (await Officer.Post("/api/v1/dossiers", Reception())).Expect(422, "dossiers.unknown-procedure");
        (await Host.Anonymous().Get(Procedure)).Expect(404, "procedure-not-found");
        Assert.Equal(200, (await Host.Anonymous().Get(Procedure + "?on=2026-11-30")).Status);
        Assert.Equal("ended", Items(await Host.Anonymous().Get(Procedure + "/versions"), "versions")[0].GetProperty("state").GetString());
        Assert.Equal(
            [Licence],
            Items(await Host.Anonymous().Get("/api/v1/procedures?ended=true")).Select(p => p.GetProperty("code").GetString())
        );
        Assert.Equal(200, (await Officer.Get(Path(open))).Status);
        (await End("2026-12-31", null, (await Officer.Get("/api/v1/procedures/" + Licence + "?on=2026-11-30")).ETag)).Expect(
            409,
            "dossiers.procedure-ended"
        );

        Task<Reply> End(string on, string? successor, string etag) =>
            Officer.Post(
                Procedure + "/end",
                new
                {
                    endsOn = on,
                    decision = "Quyết định 7/QĐ-UBND",
                    successorCode = successor,
                },
                ("If-Match", etag)
            );
    }

    [Theory]
    [InlineData("centre:dak-lak")]
    [InlineData("agency:H15.09")]
    public async Task Whoever_answers_for_a_part_of_the_province_changes_nothing_for_the_others(string scope)
    {
        (await Start()).Expect(201);
        var tag = (await Officer.Get(Draft)).ETag;
        var other = Over(scope);
        (await other.Post(Drafts, new { code = Origin })).Expect(403);
        (await other.Put(Draft, await Details(), ("If-Match", tag))).Expect(403);
        (await other.Delete(Draft, ("If-Match", tag))).Expect(403);
        (
            await other.Post(
                "/api/v1/legal-bases",
                new
                {
                    id = "x",
                    description = new
                    {
                        number = "1",
                        name = "a",
                        nameEn = "a",
                    },
                }
            )
        ).Expect(403);
    }

    [Fact]
    public async Task Instruments_are_kept_with_the_days_between_which_they_are_in_force()
    {
        var all = await Walk(Host.Anonymous(), "/api/v1/legal-bases?limit=10");
        Assert.True(all.Count > 20);
        Assert.Equal(["nd-45-2020", "nd-42-2022"], One("nd-118-2025").GetProperty("amends").EnumerateArray().Select(a => a.GetString()));
        Assert.Equal("2025-06-30", One("nd-61-2018").GetProperty("effectiveTo").GetString());
        var then = await Walk(Host.Anonymous(), "/api/v1/legal-bases?on=2025-06-30&limit=100");
        Assert.Contains(then, b => b.GetProperty("id").GetString() == "nd-61-2018");
        Assert.DoesNotContain(then, b => b.GetProperty("id").GetString() == "nd-118-2025");

        var added = (await Add("nq-12", "12/2026/NQ-HĐND", "nd-118-2025")).Expect(201);
        (await Add("nq-12", "12/2026/NQ-HĐND")).Expect(409, "dossiers.already-there");
        (await Add("nq-13", "13/2026/NQ-HĐND", "none")).Expect(422, "dossiers.amends-unknown");
        var ended = (await Officer.Patch("/api/v1/legal-bases/nq-12", """{"effectiveTo":"2026-12-31"}""", ("If-Match", added.ETag))).Expect(
            200
        );
        Assert.Equal(("12/2026/NQ-HĐND", "2026-12-31"), (Text(ended, "number"), Text(ended, "effectiveTo")));

        JsonElement One(string id) => all.Single(b => b.GetProperty("id").GetString() == id);

        Task<Reply> Add(string id, string number, params string[] amends) =>
            Officer.Post(
                "/api/v1/legal-bases",
                new
                {
                    id,
                    description = new
                    {
                        number,
                        name = "Nghị quyết",
                        nameEn = "Resolution",
                        effectiveFrom = "2026-07-01",
                        amends,
                    },
                }
            );
    }

    [Fact]
    public async Task The_catalogue_counts_how_complete_it_is()
    {
        var report = (await Officer.Get("/api/v1/procedure-completeness")).Expect(200).Json;
        Assert.Equal((52, 52), (report.GetProperty("inForce").GetInt32(), report.GetProperty("complete").GetInt32()));
        Assert.Equal(52, report.GetProperty("items").GetArrayLength()); // each has something to be confirmed
    }
}
