using System.Text.Json;
using Pac.Testing;

namespace Pac.Dossiers.Tests.Features;

/// <summary>The catalogue: public to read, published in versions that never change what is under way.</summary>
public sealed class CatalogueTests(DossiersHost fixture) : DossierTests(fixture)
{
    private const string Versions = $"/api/v1/procedures/{Licence}/versions";

    /// <summary>A version of a police procedure that asks for some papers.</summary>
    internal static Dictionary<string, object?> Version(string effectiveFrom, params string[] papers) =>
        new()
        {
            ["effectiveFrom"] = effectiveFrom,
            ["decision"] = "Quyết định 99/QĐ-UBND",
            ["details"] = new Dictionary<string, object?>
            {
                ["name"] = "Đổi giấy phép lái xe (rút gọn)",
                ["nameEn"] = "Change driving licence (short)",
                ["level"] = "vertical",
                ["agencyCode"] = Police,
                ["terms"] = new object[] { new { value = 3.5, unit = "workingDay" } },
                ["policy"] = "endOfDay",
                ["feeDong"] = 100_000,
                ["onlineLevel"] = "full",
                ["documents"] = papers
                    .Select(p =>
                        (object)
                            new
                            {
                                code = p,
                                name = "Giấy tờ " + p,
                                nameEn = "Paper " + p,
                                required = true,
                                fromSharedData = false,
                            }
                    )
                    .ToArray(),
                ["steps"] = new object[] { new { role = "reception", hours = 2 }, new { role = "clerk", hours = 2 } },
                ["toBeConfirmed"] = new[] { "fee" },
                ["source"] = "test",
            },
        };

    private async Task<Reply> Publish(Dictionary<string, object?> version, string? seen = null) =>
        await Officer.Post(Versions, version, ("If-Match", seen ?? (await Officer.Get("/api/v1/procedures/" + Licence)).ETag));

    private async Task<Reply> PublishWith(string member, object? value)
    {
        var version = Version("2026-12-01", "form");
        ((Dictionary<string, object?>)version["details"]!)[member] = value;
        return await Publish(version);
    }

    [Theory]
    [InlineData("/api/v1/fields", 19)]
    [InlineData("/api/v1/agencies", 14)]
    [InlineData("/api/v1/procedures", 52)]
    [InlineData("/api/v1/procedures?fieldCode=land", 4)]
    [InlineData("/api/v1/procedures?fieldCode=none", 0)]
    public async Task Everybody_can_page_through_the_lists(string path, int count)
    {
        var whole = await Walk(Host.Anonymous(), path + (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "limit=100");
        var byThree = await Walk(Host.Anonymous(), path + (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "limit=3");
        Assert.Equal(count, whole.Count);
        Assert.Equal(whole.Select(r => r.GetRawText()), byThree.Select(r => r.GetRawText()));
        Assert.Equal(count, whole.Select(r => r.GetProperty("code").GetString()).Distinct().Count());
        var counted = await Host.Anonymous()
            .Get(path + (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "limit=1&withTotal=true");
        Assert.Equal(count, counted.Expect(200).Json.GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task A_version_promises_something_to_whoever_files_in_whichever_way_it_offers()
    {
        var version = Version("2026-12-01", "form");
        var details = (Dictionary<string, object?>)version["details"]!;
        details["channels"] = new[] { "counter", "online" };
        details["terms"] = new object[]
        {
            new
            {
                value = 6,
                unit = "workingHour",
                channel = "online",
            },
        };
        var refused = (await Publish(version)).Expect(422, "dossiers.time-missing");
        Assert.Contains("counter", refused.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        details["channels"] = new[] { "online" };
        (await Publish(version)).Expect(201);
    }

    [Fact]
    public async Task What_the_operator_has_to_confirm_is_marked()
    {
        var agencies = Items(await Host.Anonymous().Get("/api/v1/agencies?limit=100"));
        Assert.All(agencies, a => Assert.True(a.GetProperty("toBeConfirmed").GetBoolean()));
        var licence = (await Host.Anonymous().Get("/api/v1/procedures/" + Licence)).Expect(200).Json.GetProperty("details");
        Assert.Equal(["term", "applicants"], licence.GetProperty("toBeConfirmed").EnumerateArray().Select(m => m.GetString()));
        var identity = (await Host.Anonymous().Get("/api/v1/procedures/9.000001")).Expect(200).Json.GetProperty("details");
        Assert.Equal(["code", "applicants"], identity.GetProperty("toBeConfirmed").EnumerateArray().Select(m => m.GetString()));
    }

    [Fact]
    public async Task A_procedure_says_what_it_asks_for_what_it_costs_and_how_long_it_takes()
    {
        var reply = (await Host.Anonymous().Get("/api/v1/procedures/" + Origin)).Expect(200);
        var details = reply.Json.GetProperty("details");
        Assert.Equal(
            [("counter", 8), ("online", 6), ("post", 24)],
            details
                .GetProperty("terms")
                .EnumerateArray()
                .Select(t => (t.GetProperty("channel").GetString(), t.GetProperty("value").GetInt32()))
                .Order()
        );
        Assert.False(details.TryGetProperty("feeDong", out _)); // by tariff
        Assert.Equal(["form", "invoice"], details.GetProperty("documents").EnumerateArray().Select(d => d.GetProperty("code").GetString()));
        Assert.Equal(304, (await Host.Anonymous().Get("/api/v1/procedures/" + Origin, ("If-None-Match", reply.ETag))).Status);
        (await Host.Anonymous().Get("/api/v1/procedures/9.999999")).Expect(404, "procedure-not-found");
        (await Host.Anonymous().Get("/api/v1/procedures/9.999999/versions")).Expect(404, "procedure-not-found");
    }

    [Fact]
    public async Task A_later_version_takes_effect_on_its_day_and_leaves_open_dossiers_alone()
    {
        var before = await Receive();
        var published = (await Publish(Version("2026-12-01", "form"))).Expect(201);
        Assert.Equal((2, "2026-12-01"), (published.Json.GetProperty("version").GetInt32(), Text(published, "effectiveFrom")));
        var stillOld = await Receive();

        Host.Clock.Now = DakLak.At("2026-12-01 09:00");
        var reception = Reception();
        (await Officer.Post("/api/v1/dossiers", reception)).Expect(422, "dossiers.component-unknown"); // the licence is not asked for any more
        reception["documents"] = Papers("form");
        var after = (await Officer.Post("/api/v1/dossiers", reception)).Expect(201);

        foreach (
            var (dossier, version, due, steps) in new[]
            {
                (before, 1, "2026-12-01", 6),
                (stillOld, 1, "2026-12-01", 6),
                (after, 2, "2026-12-07", 2),
            }
        )
        {
            var now = (await Officer.Get(Path(dossier))).Expect(200);
            Assert.Equal((version, due + "T17:00:00+07:00"), (now.Json.GetProperty("procedureVersion").GetInt32(), Text(now, "dueAt")));
            Assert.Equal(steps, Items(await Officer.Get(Path(dossier) + "/steps"), "steps").Count);
        }
        Assert.Equal(3, Items(await Officer.Get(Path(before) + "/documents"), "documents").Count);
        var receipt = (await Officer.Get(Path(before) + "/forms/01")).Expect(200);
        Assert.Equal(("Đổi giấy phép lái xe", "5 ngày làm việc"), (Text(receipt, "procedureName"), Text(receipt, "statutoryTime")));
    }

    [Fact]
    public async Task Every_host_receives_by_the_newest_version_at_once()
    {
        await using var second = await Host.Sibling();
        var there = second.Client(Everything);
        (await there.Post("/api/v1/dossiers", Reception())).Expect(201); // both hosts have read the first version
        await Receive();
        (await Publish(Version("2026-11-23", "form"))).Expect(201);

        var shorter = Reception();
        shorter["documents"] = Papers("form");
        foreach (var counter in new[] { there, Officer })
        {
            // Enough for the new version, too little for the old one; and the other way round.
            Assert.Equal(2, (await counter.Post("/api/v1/dossiers", shorter)).Expect(201).Json.GetProperty("procedureVersion").GetInt32());
            (await counter.Post("/api/v1/dossiers", Reception())).Expect(422, "dossiers.component-unknown");
        }
        Assert.Equal("H15.09-261123-0005", Text((await there.Post("/api/v1/dossiers", shorter)).Expect(201), "code"));
    }

    [Fact]
    public async Task A_host_that_remembers_the_old_version_refuses_by_the_new_one()
    {
        await using var second = await Host.Sibling();
        var there = second.Client(Everything);
        (await there.Post("/api/v1/dossiers", Reception())).Expect(201);
        (await Publish(Version("2026-11-23", "form", "photo"))).Expect(201);
        (await there.Post("/api/v1/dossiers", Reception())).Expect(422, "dossiers.component-unknown");
        var receipt = Reception();
        receipt["documents"] = Papers("form", "photo");
        var dossier = (await Officer.Post("/api/v1/dossiers", receipt)).Expect(201);
        Assert.Equal("Đổi giấy phép lái xe (rút gọn)", Text((await there.Get(Path(dossier) + "/forms/01")).Expect(200), "procedureName"));
    }

    [Fact]
    public async Task When_another_agency_has_become_competent_the_code_is_not_given_by_the_old_one()
    {
        await Receive();
        var version = Version("2026-11-23", "form", "licence");
        var details = (Dictionary<string, object?>)version["details"]!;
        (details["agencyCode"], details["level"]) = (Trade, "province");
        (await Publish(version)).Expect(201);

        (await Officer.Post("/api/v1/dossiers", Reception())).Expect(409, "dossiers.catalogue-changed");
        Assert.Equal("H15.05-261123-0001", Text(await Receive(), "code"));
        Assert.Equal(1, await Host.Scalar<int>("SELECT last FROM dossiers.dossier_numbers WHERE agency_code = 'H15.09'"));
    }

    [Fact]
    public async Task What_is_read_can_be_published_again()
    {
        foreach (var code in new[] { Licence, Birth, Origin })
        {
            var read = (await Officer.Get("/api/v1/procedures/" + code)).Expect(200);
            var again = new
            {
                effectiveFrom = "2026-12-01",
                decision = "Quyết định 2",
                details = read.Json.GetProperty("details"),
            };
            var published = (await Officer.Post($"/api/v1/procedures/{code}/versions", again, ("If-Match", read.ETag))).Expect(201);
            Assert.Equal(read.Json.GetProperty("details").GetRawText(), published.Json.GetProperty("details").GetRawText());
        }
    }

    [Fact]
    public async Task Every_version_can_be_read_and_so_can_the_one_of_a_day()
    {
        (await Publish(Version("2026-12-01", "form"))).Expect(201);
        var versions = Items(await Host.Anonymous().Get(Versions), "versions");
        Assert.Equal(
            [(1, "2025-07-01"), (2, "2026-12-01")],
            versions.Select(v => (v.GetProperty("version").GetInt32(), v.GetProperty("effectiveFrom").GetString()!))
        );
        Assert.Equal(1, (await On("2026-11-30")).Json.GetProperty("version").GetInt32());
        Assert.Equal(2, (await On("2026-12-01")).Json.GetProperty("version").GetInt32());
        (await On("2025-06-30")).Expect(404, "procedure-not-found");
        Assert.Equal(1, (await Host.Anonymous().Get("/api/v1/procedures/" + Licence)).Json.GetProperty("version").GetInt32());
        var line = Items(await Host.Anonymous().Get("/api/v1/procedures?fieldCode=road-traffic"))
            .Single(p => p.GetProperty("code").GetString() == Licence);
        Assert.Equal(2, line.GetProperty("lastVersion").GetInt32());

        Task<Reply> On(string day) => Host.Anonymous().Get($"/api/v1/procedures/{Licence}?on={day}");
    }

    [Fact]
    public async Task A_version_is_published_on_the_state_that_was_seen_and_after_the_last_one()
    {
        var seen = (await Officer.Get("/api/v1/procedures/" + Licence)).ETag;
        (await Officer.Post(Versions, Version("2026-12-01", "form"))).Expect(428);
        (await Publish(Version("2026-12-01", "form"), seen)).Expect(201);
        (await Publish(Version("2027-01-01", "form"), seen)).Expect(412, "stale");
        (await Publish(Version("2026-12-01", "form"))).Expect(422, "dossiers.version-not-after-last");
        (await Officer.Post("/api/v1/procedures/9.999999/versions", Version("2026-12-01", "form"), ("If-Match", seen))).Expect(
            404,
            "procedure-not-found"
        );
    }

    [Fact]
    public async Task The_term_is_clear_and_the_agency_is_one_of_the_level()
    {
        Assert.Equal([("/details/terms", "dossiers.term-unclear")], Faults((await PublishWith("sameDayCutOff", "15:00")).Expect(422)));
        Assert.Equal([("/details/agencyCode", "dossiers.unknown-agency")], Faults((await PublishWith("agencyCode", "H99")).Expect(422)));
        Assert.Equal(
            [("/details/agencyCode", "dossiers.unknown-agency")],
            Faults((await PublishWith("agencyCode", WardCommittee)).Expect(422))
        );
    }

    [Theory]
    [InlineData(
        "documents",
        """[{"code":"form","name":"a","nameEn":"a","required":true,"fromSharedData":false},{"code":"form","name":"b","nameEn":"b","required":true,"fromSharedData":false}]"""
    )]
    [InlineData("documents", "[null]")]
    [InlineData("documents", "null")]
    [InlineData("terms", "[null]")]
    [InlineData("terms", """[{"value":-1,"unit":"workingDay"}]""")]
    [InlineData("terms", """[{"value":1001,"unit":"workingDay"}]""")]
    [InlineData("terms", """[{"value":1000,"unit":"month"}]""")] // beyond the years of the calendars
    [InlineData("terms", """[{"value":5,"unit":"workingDay"},{"value":6,"unit":"workingDay"}]""")] // which of the two?
    [InlineData("steps", "[]")]
    [InlineData("steps", "[null]")]
    [InlineData("steps", """[{"role":"","hours":2}]""")]
    [InlineData("steps", """[{"role":"a","hours":8001}]""")]
    [InlineData("toBeConfirmed", "[null]")]
    [InlineData("name", "\"\"")]
    [InlineData("feeDong", "-1")]
    public async Task What_cannot_be_worked_with_is_not_published(string member, string value)
    {
        var reply = await PublishWith(member, JsonSerializer.Deserialize<JsonElement>(value));
        Assert.True(reply.Status is 400, reply.ToString());
        Assert.Single(Items(await Host.Anonymous().Get(Versions), "versions"));
    }

    [Fact]
    public async Task The_longest_terms_that_are_taken_can_be_promised()
    {
        object[] terms =
        [
            new { value = 120, unit = "month" },
            new
            {
                value = 1000,
                unit = "workingDay",
                channel = "post",
            },
        ];
        (await PublishWith("terms", terms)).Expect(201);
        Host.Clock.Now = DakLak.At("2026-12-01 09:00");
        var reception = Reception();
        reception["documents"] = Papers("form");
        Assert.Equal("2036-12-01T17:00:00+07:00", Text((await Officer.Post("/api/v1/dossiers", reception)).Expect(201), "dueAt"));
        reception["channel"] = "post";
        (await Officer.Post("/api/v1/dossiers", reception)).Expect(201);
    }

    [Theory]
    [InlineData("/api/v1/fields")]
    [InlineData("/api/v1/agencies")]
    [InlineData("/api/v1/procedures")]
    public async Task Public_lists_may_be_kept_and_asked_about(string address)
    {
        var list = (await Host.Anonymous().Get(address)).Expect(200);
        Assert.Equal("public, max-age=60", list.Header("Cache-Control"));
        var again = await Host.Anonymous().Get(address, ("If-None-Match", list.ETag));
        Assert.Equal((304, ""), (again.Status, again.Text));

        await Host.Sql("UPDATE dossiers.fields SET name = name || ' *'; UPDATE dossiers.agencies SET name = name || ' *'");
        await Host.Sql("UPDATE dossiers.procedures SET name = name || ' *'");
        var changed = (await Host.Anonymous().Get(address, ("If-None-Match", list.ETag))).Expect(200);
        Assert.NotEqual(list.ETag, changed.ETag);
        Assert.Equal("no-store", (await Host.Anonymous().Get(address + "?limit=0")).Expect(400).Header("Cache-Control"));
        await Host.Sql("UPDATE dossiers.fields SET name = left(name, -2); UPDATE dossiers.agencies SET name = left(name, -2)");
        await Host.Sql("UPDATE dossiers.procedures SET name = left(name, -2)");
    }

    [Fact]
    public async Task Whoever_keeps_a_procedure_is_told_when_the_next_version_comes_into_force()
    {
        const string address = "/api/v1/procedures/1.004194";
        Host.Clock.Now = DakLak.At("2026-11-24 09:00");
        (await Publish(address)).Expect(201);
        var kept = (await Host.Anonymous().Get(address)).Expect(200);
        Assert.Equal(304, (await Host.Anonymous().Get(address, ("If-None-Match", kept.ETag))).Status);

        Host.Clock.Now = DakLak.At("2027-01-04 09:00");
        var next = (await Host.Anonymous().Get(address, ("If-None-Match", kept.ETag))).Expect(200);
        Assert.Equal((1, 2), (kept.Json.GetProperty("version").GetInt32(), next.Json.GetProperty("version").GetInt32()));
    }

    private async Task<Reply> Publish(string address)
    {
        var present = (await Host.Anonymous().Get(address)).Expect(200);
        return await Host.Client("dossiers.manage-catalogue")
            .Post(
                address + "/versions",
                new
                {
                    effectiveFrom = "2027-01-01",
                    decision = "Quyết định 1",
                    details = present.Json.GetProperty("details"),
                },
                ("If-Match", present.ETag)
            );
    }
}
