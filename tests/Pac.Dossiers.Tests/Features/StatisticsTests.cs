using System.Globalization;
using System.Text.Json;
using Pac.Testing;

namespace Pac.Dossiers.Tests.Features;

/// <summary>The figures: one account in which nothing is lost, whichever way it is cut.</summary>
public sealed class StatisticsTests(DossiersHost fixture) : DossierTests(fixture)
{
    private const string Address = "/api/v1/dossier-statistics";

    private static readonly string[] Members =
    [
        "carriedOver",
        "received",
        "settled",
        "early",
        "onTime",
        "late",
        "returned",
        "withdrawn",
        "refused",
        "stopped",
        "open",
    ];

    private async Task<JsonElement> Figures(string query, HttpClient? by = null) =>
        (await (by ?? Officer).Get($"{Address}?{query}")).Expect(200).Json;

    private static Dictionary<string, long> Read(JsonElement figures) =>
        Members.ToDictionary(m => m, m => figures.GetProperty(m).GetInt64());

    private static string Key(JsonElement group) =>
        string.Join('/', group.GetProperty("key").EnumerateObject().Select(k => k.Value.GetString()));

    private static void AssertBalances(JsonElement figures)
    {
        var f = Read(figures);
        Assert.Equal(f["received"] + f["carriedOver"], f["settled"] + f["open"]);
        Assert.Equal(f["settled"], f["early"] + f["onTime"] + f["late"]);
        var rate = figures.GetProperty("onTimeRate");
        Assert.Equal(f["early"] + f["onTime"], rate.GetProperty("numerator").GetInt64());
        Assert.Equal(f["settled"], rate.GetProperty("denominator").GetInt64());
        Assert.Equal(f["settled"] == 0, !rate.TryGetProperty("percent", out _));
    }

    private static string Row(
        string id,
        string received,
        string? settled = null,
        string outcome = "result",
        string due = "2025-12-31T17:00:00+07:00",
        string channel = "counter",
        string? returned = null,
        string? cause = null
    ) =>
        JsonSerializer.Serialize(
            new Dictionary<string, string?>
            {
                ["sourceId"] = id,
                ["code"] = $"H15.09-240101-{int.Parse(id, CultureInfo.InvariantCulture):0000}",
                ["procedureCode"] = Licence,
                ["centreCode"] = Facilities.Centre,
                ["channel"] = channel,
                ["applicantName"] = "Lê Văn Tám",
                ["receivedAt"] = received + "T08:00:00+07:00",
                ["dueAt"] = due,
                ["outcome"] = settled is null ? null : outcome,
                ["settledAt"] = settled is null ? null : settled + "T08:00:00+07:00",
                ["returnedAt"] = returned is null ? null : returned + "T08:00:00+07:00",
                ["returnMethod"] = returned is null ? null : "post",
                ["lateCause"] = cause,
            }
        );

    private async Task Import(params IEnumerable<string> rows)
    {
        var body = Calls.Body(string.Join('\n', rows), "application/x-ndjson");
        var job = (await Officer.Call(HttpMethod.Post, "/api/v1/dossier-imports?source=igate", body)).Expect(202);
        await Host.RunJobs();
        var outcome = (await Officer.Get(job.Location)).Json.GetProperty("result");
        Assert.Equal(0, outcome.GetProperty("rejected").GetInt64());
    }

    // Two years of imported dossiers, every way of ending among them, and some received here.
    private async Task Fill()
    {
        List<string> rows =
        [
            Row("1", "2023-11-20", "2023-12-05", returned: "2023-12-06"),
            Row("2", "2023-12-28", "2024-01-10", due: "2024-01-10T17:00:00+07:00", returned: "2024-01-11"), // over the year, on the day due
            Row("3", "2023-12-29", "2024-02-01", due: "2024-01-15T17:00:00+07:00", cause: "Mất điện"), // over the year, late
            Row("4", "2024-01-02", "2024-01-05", "withdrawal"),
            Row("5", "2024-01-31", "2024-02-01", "stop", channel: "online"),
            Row("6", "2024-02-01", "2024-02-29", "refusal", channel: "online", returned: "2024-03-01"),
            Row("7", "2024-02-29", "2024-03-01", due: "2024-02-29T17:00:00+07:00", channel: "post", cause: "Quá tải"),
            Row("8", "2024-03-15"), // still open
            Row("9", "2024-03-15", "2024-12-31", channel: "online"),
        ];
        await Import(rows);
        await Settle(await Receive(Origin, Facilities.Ward));
        await Receive(Birth, Facilities.Ward, WardCommittee);
    }

    [Fact]
    public async Task What_was_imported_and_what_was_received_are_one_account()
    {
        await Fill();
        var year = Read((await Figures("from=2024-01-01&to=2024-12-31")).GetProperty("totals"));
        Assert.Equal(
            new Dictionary<string, long>
            {
                ["carriedOver"] = 2,
                ["received"] = 6,
                ["settled"] = 7,
                ["early"] = 4,
                ["onTime"] = 1,
                ["late"] = 2,
                ["returned"] = 2,
                ["withdrawn"] = 1,
                ["refused"] = 1,
                ["stopped"] = 1,
                ["open"] = 1,
            },
            year
        );
        var now = (await Figures("from=2026-11-01&to=2026-11-30")).GetProperty("totals");
        Assert.Equal((1, 2, 1, 2), (Read(now)["carriedOver"], Read(now)["received"], Read(now)["settled"], Read(now)["open"]));
        var rate = (await Figures("from=2024-01-01&to=2024-12-31")).GetProperty("totals").GetProperty("onTimeRate");
        Assert.Equal("71.43", rate.GetProperty("percent").GetString());
    }

    [Fact]
    public async Task The_figures_say_how_they_are_defined()
    {
        var definition = (await Figures("from=2024-01-01&to=2024-12-31")).GetProperty("definition");
        Assert.Equal("byInstant", definition.GetProperty("onTime").GetString());
        Assert.Equal("settledInPeriod", definition.GetProperty("population").GetString());
        Assert.Equal("halfUp2", definition.GetProperty("rounding").GetString());
        Assert.Equal("2026-11-23T09:00:00+07:00", definition.GetProperty("asOf").GetString());
    }

    [Theory]
    [InlineData("day")]
    [InlineData("month")]
    [InlineData("centre")]
    [InlineData("agency")]
    [InlineData("field")]
    [InlineData("procedure")]
    [InlineData("channel")]
    [InlineData("month,channel")]
    [InlineData("channel,month")]
    [InlineData("day,centre,procedure")]
    [InlineData("centre,agency,field,procedure,channel")]
    [InlineData("month,assistance")]
    public async Task Every_group_balances_and_together_they_are_the_total(string groupBy)
    {
        await Fill();
        var statistics = await Figures($"from=2023-12-15&to=2026-12-10&groupBy={groupBy}");
        var totals = Read(statistics.GetProperty("totals"));
        AssertBalances(statistics.GetProperty("totals"));
        var groups = statistics.GetProperty("groups").EnumerateArray().ToList();
        Assert.All(groups, AssertBalances);
        Assert.All(groups, g => Assert.Equal(groupBy.Split(','), g.GetProperty("key").EnumerateObject().Select(k => k.Name)));
        Assert.Equal(groups.Select(Key).Order(StringComparer.Ordinal), groups.Select(Key));
        Assert.Equal(groups.Count, groups.Select(Key).Distinct().Count());
        foreach (var member in Members.Except(["carriedOver", "open"]))
            Assert.Equal(totals[member], groups.Sum(g => g.GetProperty(member).GetInt64()));

        // What a line of groups leaves open is carried into its next one; the last one leaves what the total leaves.
        var time = Array.FindIndex(groupBy.Split(','), d => d is "day" or "month");
        var lines = groups.GroupBy(g => string.Join('/', Key(g).Split('/').Where((_, i) => i != time))).ToList();
        foreach (var line in lines)
            Assert.All(line.Zip(line.Skip(1)), pair => Assert.Equal(Read(pair.First)["open"], Read(pair.Second)["carriedOver"]));
        Assert.Equal(totals["carriedOver"], lines.Sum(l => Read(l.First())["carriedOver"]));
        Assert.Equal(totals["open"], lines.Sum(l => Read(l.Last())["open"]));
    }

    [Fact]
    public async Task Keys_are_written_as_everywhere_in_the_api()
    {
        await Fill();
        async Task<IEnumerable<string>> Keys(string by) =>
            (await Figures($"from=2024-01-01&to=2026-12-31&groupBy={by}")).GetProperty("groups").EnumerateArray().Select(Key);
        Assert.Equal(["counter", "online", "post"], await Keys("channel"));
        Assert.Equal(["66-22015", "dak-lak"], await Keys("centre"));
        Assert.Equal([Trade, Police, WardCommittee], (await Keys("agency")).OrderBy(a => a.Length).ThenBy(a => a, StringComparer.Ordinal));
        Assert.Equal(["civil-status", "resources-trade", "road-traffic"], await Keys("field"));
        Assert.Equal("2024-01/counter", (await Keys("month,channel")).First());
        Assert.Equal("2024-01-01", (await Keys("day")).First());
    }

    [Theory]
    [InlineData("centreCode=66-22015", 2)]
    [InlineData("agencyCode=H15.09", 6)]
    [InlineData("fieldCode=civil-status", 1)]
    [InlineData("procedureCode=1.000603", 1)]
    [InlineData("channel=online", 3)]
    [InlineData("channel=online&centreCode=66-22015", 0)]
    [InlineData("centreCode=none", 0)]
    public async Task Filters_leave_what_they_name(string filter, int received)
    {
        await Fill();
        Assert.Equal(received, Read((await Figures($"from=2024-01-01&to=2026-12-31&{filter}")).GetProperty("totals"))["received"]);
    }

    [Fact]
    public async Task Days_months_and_parts_of_months_agree()
    {
        await Fill();
        foreach (
            var (from, to) in new[]
            {
                ("2024-01-01", "2024-12-31"),
                ("2024-01-10", "2024-03-01"),
                ("2024-02-01", "2024-02-29"),
                ("2023-12-29", "2023-12-29"),
            }
        )
        {
            var byDay = (await Figures($"from={from}&to={to}&groupBy=day")).GetProperty("groups").EnumerateArray().ToList();
            var byMonth = (await Figures($"from={from}&to={to}&groupBy=month")).GetProperty("groups").EnumerateArray().ToList();
            foreach (var month in byMonth)
            {
                var days = byDay.Where(d => Key(d).StartsWith(Key(month), StringComparison.Ordinal)).ToList();
                foreach (var member in Members.Except(["carriedOver", "open"]))
                    Assert.Equal(month.GetProperty(member).GetInt64(), days.Sum(d => d.GetProperty(member).GetInt64()));
                Assert.Equal(Read(month)["open"], Read(days[^1])["open"]);
            }
            var whole = Read((await Figures($"from={from}&to={to}")).GetProperty("totals"));
            Assert.Equal(whole["received"], byDay.Sum(d => Read(d)["received"]));
            Assert.Equal(whole["settled"], byMonth.Sum(d => Read(d)["settled"]));
            Assert.Equal(whole["open"], Read(byDay[^1])["open"]);
            Assert.Equal(whole["carriedOver"], Read(byMonth[0])["carriedOver"]);
        }
    }

    [Fact]
    public async Task What_one_period_leaves_open_the_next_one_carries_over_wherever_it_is_cut()
    {
        await Fill();
        var before = 0L;
        for (var from = new DateOnly(2023, 11, 1); from < new DateOnly(2024, 4, 1); from = from.AddDays(11))
        {
            var totals = (await Figures($"from={from:yyyy-MM-dd}&to={from.AddDays(10):yyyy-MM-dd}")).GetProperty("totals");
            AssertBalances(totals);
            Assert.Equal(before, Read(totals)["carriedOver"]);
            before = Read(totals)["open"];
        }
        Assert.Equal(2, before);
    }

    [Theory]
    [InlineData(1, 8, "12.50")]
    [InlineData(2, 3, "66.67")]
    [InlineData(1, 800, "0.13")] // 0.125: half up
    [InlineData(3, 800, "0.38")] // 0.375
    [InlineData(799, 800, "99.88")] // 99.875
    [InlineData(125_298, 125_310, "99.99")] // as the centre published for 2024
    [InlineData(0, 5, "0.00")]
    [InlineData(5, 5, "100.00")]
    [InlineData(0, 0, null)]
    public void Shares_have_two_decimals_rounded_half_up_and_none_of_nothing(long part, long whole, string? percent)
    {
        var rate = Pac.Dossiers.Features.Statistics.Rate.Of(part, whole);
        Assert.Equal((part, whole, percent), (rate.Numerator, rate.Denominator, rate.Percent));
    }

    [Fact]
    public async Task A_period_in_which_nothing_happened_has_figures_of_nought()
    {
        var empty = await Figures("from=2024-01-01&to=2024-12-31&groupBy=month,channel");
        Assert.All(Read(empty.GetProperty("totals")).Values, v => Assert.Equal(0, v));
        Assert.Equal(0, empty.GetProperty("groups").GetArrayLength());
        Assert.False(empty.GetProperty("totals").GetProperty("onTimeRate").TryGetProperty("percent", out _));
    }

    [Theory]
    [InlineData("from=2024-01-01&to=2024-12-31&groupBy=colour", "/query/groupBy")]
    [InlineData("from=2024-01-01&to=2024-12-31&groupBy=", "/query/groupBy")]
    [InlineData("from=2024-01-01&to=2024-12-31&groupBy=channel,channel", "/query/groupBy")]
    [InlineData("from=2024-01-01&to=2024-12-31&groupBy=day,month", "/query/groupBy")]
    [InlineData("from=2024-01-01&to=2024-12-31&groupBy=Channel", "/query/groupBy")]
    [InlineData("from=2024-12-31&to=2024-01-01", "/query/from")]
    [InlineData("from=1999-12-31&to=2000-01-01", "/query/from")]
    [InlineData("from=0001-01-01&to=0001-01-02", "/query/from")]
    [InlineData("from=2099-12-31&to=9999-12-31", "/query/from")]
    [InlineData("from=2010-01-01&to=2024-01-01", "/query/from")]
    [InlineData("from=2024-02-30&to=2024-12-31", "/query/from")]
    [InlineData("to=2024-12-31", "/query/from")]
    [InlineData("from=2024-01-01&to=2024-12-31&channel=fax", "/query/channel")]
    public async Task A_wrong_question_is_told_its_fault(string query, string pointer) =>
        Assert.Equal(pointer, Assert.Single(Faults((await Officer.Get($"{Address}?{query}")).Expect(400, "invalid"))).Pointer);

    [Fact]
    public async Task The_last_year_of_the_calendars_can_be_asked_for()
    {
        AssertBalances((await Figures("from=2099-01-01&to=2099-12-31&groupBy=month")).GetProperty("totals"));
        (await Officer.Get(Address + "/late-dossiers?from=2099-01-01&to=2099-12-31")).Expect(200);
        (await Officer.Get(Address + "/year-on-year?year=2099")).Expect(200);
    }

    [Theory]
    [InlineData("day,procedure")]
    [InlineData("procedure,day")]
    public async Task Too_many_groups_are_refused_and_not_cut_off(string groupBy)
    {
        // Seven procedures over ten years of days.
        await Host.Sql(
            """
            INSERT INTO dossiers.summaries (grain, period, centre_code, agency_code, field_code, procedure_code, channel,
                received, settled, early, on_time, late, returned, withdrawn, refused, stopped)
            SELECT 'd', day::date, 'dak-lak', 'H15.09', 'road-traffic', 'p' || p, 'Counter', 1, 1, 1, 0, 0, 0, 0, 0, 0
            FROM generate_series(date '2015-01-01', date '2024-12-31', interval '1 day') AS day, generate_series(1, 7) AS p
            """
        );
        var reply = await Officer.Get($"{Address}?from=2015-01-01&to=2024-12-31&groupBy={groupBy}");
        Assert.Equal([("/query/groupBy", "too-many-groups")], Faults(reply.Expect(400, "invalid")));
        Assert.Equal(366 * 7, (await Figures($"from=2024-01-01&to=2024-12-31&groupBy={groupBy}")).GetProperty("groups").GetArrayLength());
    }

    [Fact]
    public async Task A_year_stands_beside_the_one_before()
    {
        await Fill();
        var both = (await Officer.Get(Address + "/year-on-year?year=2024")).Expect(200).Json;
        Assert.Equal((6, 3), (Read(both.GetProperty("figures"))["received"], Read(both.GetProperty("previous"))["received"]));
        Assert.Equal(3, both.GetProperty("difference").GetInt64());
        Assert.Equal("100.00", both.GetProperty("growth").GetProperty("percent").GetString());
        AssertBalances(both.GetProperty("figures"));
        AssertBalances(both.GetProperty("previous"));
        Assert.Equal(Read(both.GetProperty("previous"))["open"], Read(both.GetProperty("figures"))["carriedOver"]);

        // A part of a year beside the same part, to the end of a month whether or not it is a leap year.
        var part = (await Officer.Get(Address + "/year-on-year?year=2025&from=2025-02-01&to=2025-02-28")).Expect(200).Json;
        Assert.Equal(
            ("2024-02-01", "2024-02-29", 2),
            (
                part.GetProperty("previousFrom").GetString(),
                part.GetProperty("previousTo").GetString(),
                Read(part.GetProperty("previous"))["received"]
            )
        );
        var leap = (await Officer.Get(Address + "/year-on-year?year=2024&from=2024-02-29&to=2024-02-29")).Expect(200).Json;
        Assert.Equal("2023-02-28", leap.GetProperty("previousTo").GetString());
        (await Officer.Get(Address + "/year-on-year?year=2024&from=2023-02-01&to=2024-02-29")).Expect(400, "invalid");

        var fewer = (await Officer.Get(Address + "/year-on-year?year=2025")).Expect(200).Json;
        Assert.Equal("-100.00", fewer.GetProperty("growth").GetProperty("percent").GetString());
        var first = (await Officer.Get(Address + "/year-on-year?year=2023")).Expect(200).Json;
        Assert.False(first.GetProperty("growth").TryGetProperty("percent", out _)); // nothing to compare with
        foreach (var year in new[] { "2000", "2100", "x" })
            Assert.Equal(
                "/query/year",
                Assert.Single(Faults((await Officer.Get(Address + "/year-on-year?year=" + year)).Expect(400, "invalid"))).Pointer
            );
    }

    [Fact]
    public async Task Two_years_are_compared_group_by_group_and_under_every_filter()
    {
        await Fill();
        var online = (await Officer.Get(Address + "/year-on-year?year=2024&channel=online")).Expect(200).Json;
        Assert.Equal((3, 0), (Read(online.GetProperty("figures"))["received"], Read(online.GetProperty("previous"))["received"]));
        Assert.Empty(online.GetProperty("groups").EnumerateArray());
        foreach (
            var groupBy in new[] { "month", "channel", "month,channel", "channel,month", "field", "centre,agency,procedure,assistance" }
        )
        {
            var both = (await Officer.Get($"{Address}/year-on-year?year=2024&groupBy={groupBy}")).Expect(200).Json;
            var groups = both.GetProperty("groups").EnumerateArray().ToList();
            foreach (var side in new[] { "figures", "previous" })
            foreach (var member in new[] { "received", "settled", "late" })
                Assert.Equal(
                    Read(both.GetProperty(side))[member],
                    groups.Where(g => g.TryGetProperty(side, out _)).Sum(g => Read(g.GetProperty(side))[member])
                );
            Assert.Equal(both.GetProperty("difference").GetInt64(), groups.Sum(g => g.GetProperty("difference").GetInt64()));
        }
        var months = (await Officer.Get(Address + "/year-on-year?year=2024&groupBy=month"))
            .Json.GetProperty("groups")
            .EnumerateArray()
            .ToDictionary(g => g.GetProperty("key").GetProperty("month").GetString()!);
        // December 2023 received two and December 2024 none; nothing was open in June of 2023.
        Assert.Equal(-2, months["2024-12"].GetProperty("difference").GetInt64());
        Assert.Equal("-100.00", months["2024-12"].GetProperty("growth").GetProperty("percent").GetString());
        Assert.False(months["2024-06"].TryGetProperty("previous", out _));
        Assert.All(months.Keys, m => Assert.StartsWith("2024-", m, StringComparison.Ordinal));
        var byDay = (await Officer.Get(Address + "/year-on-year?year=2024&definition=byDay")).Expect(200).Json;
        Assert.Equal("byDay", byDay.GetProperty("definition").GetProperty("onTime").GetString());
        foreach (var refused in new[] { "day", "week,field", "nothing" })
            Assert.Equal(
                [("/query/groupBy", "unknown-dimension")],
                Faults((await Officer.Get($"{Address}/year-on-year?year=2024&groupBy={refused}")).Expect(400, "invalid"))
            );
    }

    [Fact]
    public async Task Every_late_dossier_is_named_with_its_cause()
    {
        await Fill();
        var late = await Walk(Officer, Address + "/late-dossiers?from=2024-01-01&to=2024-12-31&limit=1");
        Assert.Equal(
            [("H15.09-240101-0003", "Mất điện"), ("H15.09-240101-0007", "Quá tải")],
            late.Select(d => (d.GetProperty("code").GetString()!, d.GetProperty("lateCause").GetString()!))
        );
        Assert.Equal(Read((await Figures("from=2024-01-01&to=2024-12-31")).GetProperty("totals"))["late"], late.Count);
        Assert.Equal("2024-02-01T08:00:00+07:00", late[0].GetProperty("settledAt").GetString());
        Assert.Equal(
            1,
            (await Officer.Get(Address + "/late-dossiers?from=2024-02-01&to=2024-02-01&withTotal=true"))
                .Json.GetProperty("total")
                .GetInt32()
        );
        Assert.Empty(Items(await Officer.Get(Address + "/late-dossiers?from=2024-02-02&to=2024-02-29")));
        (await Officer.Get(Address + "/late-dossiers?from=2024-02-02&to=2024-02-01")).Expect(400, "invalid");
    }

    [Fact]
    public async Task A_recount_agrees_after_every_kind_of_act()
    {
        await Fill();
        var dossier = await SettlePaid(await Receive());
        (await Act(dossier, "return", ByPost)).Expect(200);
        await Act((await Act(await Receive(), "transfer")).Expect(200), "settle", Signed(refusal: "Không đủ điều kiện"));
        var result = await Recount(repair: false);
        Assert.Empty(result.GetProperty("differences").EnumerateArray());
        Assert.Equal(await Host.Scalar<long>("SELECT count(*) FROM dossiers.summaries"), result.GetProperty("compared").GetInt64());
        Assert.False(result.GetProperty("repaired").GetBoolean());
    }

    [Theory]
    [InlineData(
        "UPDATE dossiers.summaries SET late = late + 1 WHERE grain = 'm' AND period = '2024-02-01' AND channel = 'Counter'",
        "m 2024-02-01"
    )]
    [InlineData("DELETE FROM dossiers.summaries WHERE grain = 'd' AND period = '2024-02-29' AND channel = 'Post'", "d 2024-02-29")]
    [InlineData(
        "INSERT INTO dossiers.summaries SELECT 'd', '2022-01-01', centre_code, agency_code, field_code, 'ghost', channel, 1, 0, 0, 0, 0, 0, 0, 0, 0 FROM dossiers.summaries LIMIT 1",
        "d 2022-01-01"
    )]
    public async Task A_recount_finds_a_spoiled_figure_and_puts_it_right_when_asked_to(string spoil, string found)
    {
        await Fill();
        const string all = "SELECT string_agg(s::text, ';' ORDER BY s::text) FROM dossiers.summaries s";
        var good = await Host.Scalar<string>(all);
        Assert.Equal(1, await Host.Sql(spoil));
        var spoiled = await Host.Scalar<string>(all);

        Assert.Equal([found], Found(await Recount(repair: false)));
        Assert.Equal(spoiled, await Host.Scalar<string>(all)); // only looked at
        var repaired = await Recount(repair: true);
        Assert.Equal([found], Found(repaired));
        Assert.True(repaired.GetProperty("repaired").GetBoolean());
        Assert.Equal(good, await Host.Scalar<string>(all));
        Assert.Empty(Found(await Recount(repair: true)));

        static IEnumerable<string> Found(JsonElement result) =>
            result
                .GetProperty("differences")
                .EnumerateArray()
                .Select(d => $"{d.GetProperty("grain").GetString()} {d.GetProperty("period").GetString()}");
    }

    [Fact]
    public async Task Figures_are_put_right_while_counters_receive()
    {
        await Fill();
        await Host.Sql("UPDATE dossiers.summaries SET received = received + 5 WHERE grain = 'd' AND period = '2024-02-29'");
        var receptions = Enumerable.Range(0, 16).Select(_ => Officer.Post("/api/v1/dossiers", Reception())).ToList();
        await Recount(repair: true);
        foreach (var reception in receptions)
            (await reception).Expect(201);
        Assert.Empty((await Recount(repair: false)).GetProperty("differences").EnumerateArray());
    }

    [Theory]
    [InlineData("centre:dak-lak")]
    [InlineData("agency:H15.09")]
    [InlineData("own")]
    public async Task Only_who_sees_everything_may_have_everything_counted(string scope) =>
        (await Over(scope).Post(Address + "/recount", new { })).Expect(403, "dossiers.outside-scope");

    private async Task<JsonElement> Recount(bool repair)
    {
        var job = (await Officer.Post(Address + "/recount", new { repair })).Expect(202);
        await Host.RunJobs();
        var done = (await Officer.Get(job.Location)).Expect(200);
        Assert.Equal("succeeded", Text(done, "state"));
        return done.Json.GetProperty("result");
    }
}
