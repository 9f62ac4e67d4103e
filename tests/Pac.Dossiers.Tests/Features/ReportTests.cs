using System.Text.Json;
using MiniExcelLibs;
using Pac.Dossiers.Features;
using Pac.Testing;

namespace Pac.Dossiers.Tests.Features;

/// <summary>The reports to ministries, as data and as files that no spreadsheet runs.</summary>
public sealed class ReportTests(DossiersHost fixture) : FigureTests(fixture)
{
    private const string Year = "periodFrom=2024-01-01&periodTo=2024-12-31";

    [Fact]
    public async Task Report_06a_balances_in_every_row_against_the_dossiers_themselves()
    {
        await Fill();
        var report = (await Officer.Get($"{Address}/reports/06a?{Year}")).Expect(200).Json;
        Assert.True(report.GetProperty("identityHolds").GetBoolean());
        var total = report.GetProperty("total");
        long N(string name) => total.GetProperty(name).GetInt64();
        Assert.Equal(N("received"), N("settled") + N("open"));
        Assert.Equal(N("received"), N("online") + N("inPerson") + N("carriedOver"));
        Assert.Equal((11, 2, 4, 10, 1, 0), (N("received"), N("carriedOver"), N("online"), N("settled"), N("open"), N("inTime") - 1));
        var byDay = (await Officer.Get($"{Address}/reports/06a?{Year}&definition=byDay&by=agency")).Expect(200).Json.GetProperty("total");
        Assert.Equal(N("late") - 1, byDay.GetProperty("late").GetInt64());
        // A figure that does not agree with the dossiers is not hidden.
        await Host.Sql(
            "UPDATE dossiers.summaries SET settled = settled + 1, early = early + 1 WHERE grain = 'm' AND period = '2024-02-01' AND channel = 'Post'"
        );
        Assert.False((await Officer.Get($"{Address}/reports/06a?{Year}")).Expect(200).Json.GetProperty("identityHolds").GetBoolean());
    }

    [Fact]
    public async Task Without_a_period_it_is_the_reporting_year_of_today_by_the_rule_in_force()
    {
        var today = (await Officer.Get($"{Address}/reports/06a")).Expect(200).Json.GetProperty("reported");
        Assert.Equal(("2025-12-15", "2026-12-14"), (today.GetProperty("from").GetString(), today.GetProperty("to").GetString()));
        var quarter = (await Officer.Get($"{Address}/reports/07b?year=2026&quarter=1")).Expect(200).Json.GetProperty("reported");
        Assert.Equal(("2025-12-15", "2026-03-14"), (quarter.GetProperty("from").GetString(), quarter.GetProperty("to").GetString()));
        Assert.Contains("09/2019", quarter.GetProperty("rule").GetString(), StringComparison.Ordinal);
        (await Officer.Get($"{Address}/reports/06a?year=2010")).Expect(422, "dossiers.no-reporting-period");
        foreach (
            var wrong in new[]
            {
                "year=1",
                "quarter=1",
                "year=2026&quarter=5",
                "periodFrom=2026-01-01",
                "by=colour",
                "format=pdf",
                "definition=by766",
            }
        )
            (await Officer.Get($"{Address}/reports/06a?{wrong}")).Expect(400, "invalid");
    }

    [Fact]
    public async Task Report_07a_counts_the_causes_and_report_07b_the_procedures()
    {
        await Fill();
        var causes = Items(await Officer.Get($"{Address}/reports/07a?{Year}"), "rows");
        Assert.Equal(
            [("Mất điện", 2L), ("Quá tải", 2L), (null, 1L)],
            causes.Select(r => (r.TryGetProperty("cause", out var c) ? c.GetString() : null, r.GetProperty("count").GetInt64()))
        );
        Assert.Equal("40.00", causes[0].GetProperty("share").GetProperty("percent").GetString());
        // What ended after closing time of the day due is not late by day.
        var byDay = (await Officer.Get($"{Address}/reports/07a?{Year}&definition=byDay")).Expect(200).Json;
        Assert.Equal("byDay", byDay.GetProperty("definition").GetProperty("onTime").GetString());
        Assert.Equal(4, byDay.GetProperty("late").GetInt64());
        Assert.Equal(
            [(null, 1L), ("Mất điện", 1L), ("Quá tải", 2L)],
            byDay
                .GetProperty("rows")
                .EnumerateArray()
                .Select(r => (Cause: r.TryGetProperty("cause", out var c) ? c.GetString() : null, Count: r.GetProperty("count").GetInt64()))
                .OrderBy(r => r.Cause, StringComparer.Ordinal)
        );
        var procedures = (await Officer.Get($"{Address}/reports/07b?periodFrom=2026-01-01&periodTo=2026-12-31")).Expect(200).Json;
        Assert.Equal(2, procedures.GetProperty("total").GetProperty("withDossiers").GetInt64());
        Assert.Equal(3, procedures.GetProperty("rows").GetArrayLength());
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+84")]
    [InlineData("-2")]
    [InlineData("@SUM(A1)")]
    [InlineData("\t=1")]
    [InlineData("\r=1")]
    [InlineData(" =1")]
    [InlineData("$=1+1")]
    public void A_text_that_looks_like_a_formula_is_made_harmless(string text) => Assert.Equal("'" + text, SpreadsheetText.Harmless(text));

    [Fact]
    public async Task Files_carry_vietnamese_headings_their_definition_and_no_formula()
    {
        await Import(
            Row("20", "2024-01-02", "2024-02-01", due: "2024-01-15T17:00:00+07:00", cause: "=HYPERLINK(\"http://x\")"),
            Row("21", "2024-01-02", "2024-01-05")
        );
        var csv = (await Officer.Get($"{Address}/reports/07a?{Year}&format=csv")).Expect(200);
        Assert.StartsWith("text/csv", csv.Header("Content-Type"), StringComparison.Ordinal);
        Assert.Contains("(3) Nguyên nhân quá hạn", csv.Text, StringComparison.Ordinal);
        Assert.Contains("\"'=HYPERLINK(\"\"http://x\"\")\"", csv.Text, StringComparison.Ordinal);
        Assert.Contains("byInstant", csv.Text, StringComparison.Ordinal);

        using var xlsx = new MemoryStream(
            await Officer.GetByteArrayAsync(
                new Uri($"{Address}/reports/06a?{Year}&format=xlsx", UriKind.Relative),
                TestContext.Current.CancellationToken
            )
        );
        var rows = xlsx.Query(useHeaderRow: true).Cast<IDictionary<string, object>>().ToList();
        Assert.Equal(2, rows.Count); // a field and the total
        Assert.Equal(2d, Convert.ToDouble(rows[^1]["(3) Tiếp nhận: tổng số"], System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal("đúng", rows[^1]["(3) = (7) + (11)"]);
        xlsx.Position = 0;
        Assert.Equal(["II.06a", "Định nghĩa"], xlsx.GetSheetNames());
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+84")]
    [InlineData("-2+3")]
    [InlineData("@SUM(A1)")]
    [InlineData("\t=1")]
    [InlineData("\r=1")]
    public async Task Figures_and_the_late_list_leave_as_files_in_which_no_name_is_a_formula(string name)
    {
        await Fill();
        await Host.Sql("UPDATE dossiers.fields SET name = $1 WHERE code = 'road-traffic'", name);
        await Host.Sql("UPDATE dossiers.dossiers SET late_cause = $1 WHERE source_id = '3'", name);
        const string figures = $"{Address}?from=2024-01-01&to=2024-12-31&groupBy=field,channel&format=";
        const string late = $"{Address}/late-dossiers/export?from=2024-01-01&to=2024-12-31&format=";
        foreach (var address in new[] { figures, late })
        {
            var csv = (await Officer.Get(address + "csv")).Expect(200);
            Assert.Contains("'" + name, csv.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("," + name, csv.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("\"" + name, csv.Text, StringComparison.Ordinal);
            using var xlsx = new MemoryStream(
                await Officer.GetByteArrayAsync(new Uri(address + "xlsx", UriKind.Relative), TestContext.Current.CancellationToken)
            );
            var rows = xlsx.Query(useHeaderRow: true).Cast<IDictionary<string, object>>().ToList();
            Assert.NotEmpty(rows);
            Assert.All(rows.SelectMany(r => r.Values).OfType<string>(), v => Assert.Equal(v, SpreadsheetText.Harmless(v)));
        }
        (await Officer.Get(figures + "pdf")).Expect(400, "invalid");
        (await Officer.Get(late + "pdf")).Expect(400, "invalid");
    }

    [Fact]
    public async Task A_file_of_figures_says_what_the_figures_say()
    {
        await Fill();
        using var xlsx = new MemoryStream(
            await Officer.GetByteArrayAsync(
                new Uri($"{Address}?from=2024-01-01&to=2024-12-31&groupBy=month&format=xlsx", UriKind.Relative),
                TestContext.Current.CancellationToken
            )
        );
        var rows = xlsx.Query(useHeaderRow: true).Cast<IDictionary<string, object>>().ToList();
        var totals = (await Figures("from=2024-01-01&to=2024-12-31")).GetProperty("totals");
        Assert.Equal("Tổng cộng", rows[^1]["Tháng"]);
        foreach (var (column, member) in new[] { ("Tiếp nhận", "received"), ("Quá hạn", "late"), ("Đang giải quyết", "open") })
            Assert.Equal(
                totals.GetProperty(member).GetInt64(),
                Convert.ToInt64(rows[^1][column], System.Globalization.CultureInfo.InvariantCulture)
            );
        var whole = (await Officer.Get($"{Address}?from=2024-01-01&to=2024-12-31&format=csv")).Expect(200);
        Assert.Contains("Tổng cộng", whole.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("byInstant")]
    [InlineData("byDay")]
    [InlineData("by766")]
    public async Task The_late_list_names_as_many_as_the_figures_count_under_each_definition(string definition)
    {
        await Fill();
        // Open, and overdue by the rule of Decision 766: nothing was ever asked for.
        await Import(Row("40", "2024-03-01", due: "2024-03-08T17:00:00+07:00"));
        var totals = (await Figures($"from=2024-01-01&to=2024-12-31&definition={definition}")).GetProperty("totals");
        var overdue = totals.TryGetProperty("overdue", out var open) ? open.GetInt64() : 0;
        var late = await Walk(Officer, $"{Address}/late-dossiers?from=2024-01-01&to=2024-12-31&definition={definition}&limit=2");
        Assert.Equal(totals.GetProperty("late").GetInt64() + overdue, late.Count);
        var codes = late.Select(d => d.GetProperty("code").GetString()![^4..]).ToHashSet();
        Assert.Equal(definition != "byDay", codes.Contains("0010")); // after closing time of the day due
        Assert.Equal(definition != "by766", codes.Contains("0011")); // late, but not without its waiting
        Assert.Equal(definition == "by766", codes.Contains("0040"));
        var total = (await Officer.Get($"{Address}/late-dossiers?from=2024-01-01&to=2024-12-31&definition={definition}&withTotal=true"))
            .Expect(200)
            .Json.GetProperty("total")
            .GetInt64();
        Assert.Equal(late.Count, total);
        Assert.Empty(
            Items(await Over("centre:66-22015").Get($"{Address}/late-dossiers?from=2024-01-01&to=2024-12-31&definition={definition}"))
        );
    }

    [Fact]
    public async Task A_late_dossier_shows_how_long_each_agency_had_it()
    {
        var dossier = (await Act(await Receive(), "transfer")).Expect(200);
        Host.Clock.Now = DakLak.At("2026-11-25 11:00");
        var given = await Act(
            dossier,
            "hand-over",
            new
            {
                agencyCode = Trade,
                shareHours = 8,
                reason = "Lấy ý kiến",
            }
        );
        Host.Clock.Now = DakLak.At("2026-12-14 09:00");
        await Act(
            given.Expect(200),
            "hand-over",
            new
            {
                agencyCode = Police,
                reason = "Đã có ý kiến",
                lateCause = "Quá tải",
            }
        );
        var back = (await Officer.Get(Path(dossier))).Expect(200);
        (await Act(back, "settle", Signed(refusal: "Không đủ điều kiện", lateCause: "Chờ ý kiến"))).Expect(200);
        var late = Assert.Single(Items(await Officer.Get($"{Address}/late-dossiers?from=2026-12-01&to=2026-12-31")));
        var agencies = late.GetProperty("agencies").EnumerateArray().ToList();
        Assert.Equal([Police, Trade, Police], agencies.Select(a => a.GetProperty("agencyCode").GetString()));
        Assert.Equal("late", agencies[1].GetProperty("result").GetString());
        Assert.Equal(8, agencies[1].GetProperty("allotted").GetDecimal());
        Assert.True(agencies[1].GetProperty("hours").GetDecimal() > agencies[0].GetProperty("hours").GetDecimal());
        Assert.Equal(0, agencies[2].GetProperty("hours").GetDecimal());
        var minutes = agencies.Sum(a => a.GetProperty("share").GetProperty("numerator").GetInt64());
        Assert.All(agencies, a => Assert.Equal(minutes, a.GetProperty("share").GetProperty("denominator").GetInt64()));
    }

    [Fact]
    public async Task Not_accepted_at_intake_stands_beside_what_was_received_and_what_was_refused()
    {
        async Task<Reply> Submit(string? helpedAt)
        {
            var submission = Reception();
            submission["assistedAtCentreCode"] = helpedAt;
            return (await Officer.Post("/api/v1/online-submissions", submission)).Expect(201);
        }
        var why = new { reason = "Sai thẩm quyền", legalBasis = "Điều 17 Nghị định 118/2025/NĐ-CP" };
        (await Act(await Submit(null), "reject", why)).Expect(200);
        (await Act(await Submit(Facilities.Centre), "accept")).Expect(200);
        (await Act(await Submit(Facilities.Ward), "accept")).Expect(200);
        await Act((await Act(await Receive(), "transfer")).Expect(200), "settle", Signed(refusal: "Không đủ điều kiện"));

        const string month = "from=2026-11-01&to=2026-11-30";
        var totals = (await Figures(month)).GetProperty("totals");
        long N(JsonElement of, string name) => of.GetProperty(name).GetInt64();
        Assert.Equal((3, 1, 1), (N(totals, "received"), N(totals, "refused"), N(totals, "rejected")));
        var helped = (await Figures(month + "&groupBy=assistance,channel")).GetProperty("groups").EnumerateArray().ToList();
        Assert.Equal(
            [
                ("assisted", "online", 1L, 0L),
                ("atOtherCentre", "online", 1L, 0L),
                ("unassisted", "counter", 1L, 0L),
                ("unassisted", "online", 0L, 1L),
            ],
            helped.Select(g =>
                (
                    g.GetProperty("key").GetProperty("assistance").GetString(),
                    g.GetProperty("key").GetProperty("channel").GetString(),
                    N(g, "received"),
                    N(g, "rejected")
                )
            )
        );
        Assert.Equal(1, N((await Figures(month + "&assistance=assisted")).GetProperty("totals"), "received"));
        var report = (await Officer.Get($"{Address}/reports/06a?periodFrom=2026-11-01&periodTo=2026-11-30")).Expect(200).Json;
        Assert.True(report.GetProperty("identityHolds").GetBoolean());
        Assert.Equal((3, 1), (N(report.GetProperty("total"), "received"), N(report.GetProperty("total"), "rejectedAtIntake")));
        // A figure that does not agree with the dossiers is not hidden.
        await Host.Sql("UPDATE dossiers.summaries SET rejected = rejected + 1 WHERE rejected = 1");
        report = (await Officer.Get($"{Address}/reports/06a?periodFrom=2026-11-01&periodTo=2026-11-30")).Expect(200).Json;
        Assert.False(report.GetProperty("identityHolds").GetBoolean());
        var job = (await Officer.Post($"{Address}/recount", new { repair = true })).Expect(202);
        await Host.RunJobs();
        Assert.Equal("succeeded", Text(await Officer.Get(job.Location), "state"));
        report = (await Officer.Get($"{Address}/reports/06a?periodFrom=2026-11-01&periodTo=2026-11-30")).Expect(200).Json;
        Assert.True(report.GetProperty("identityHolds").GetBoolean());
    }

    [Fact]
    public async Task The_quality_index_gives_what_is_known_and_names_what_is_not()
    {
        await Fill();
        var index = (await Officer.Get($"{Address}/quality-index?from=2024-01-01&to=2024-12-31")).Expect(200).Json;
        var lines = index.GetProperty("indices").EnumerateArray().ToDictionary(i => i.GetProperty("index").GetString()!);
        var figures = (await Figures("from=2024-01-01&to=2024-12-31&definition=by766")).GetProperty("totals").GetProperty("onTimeRate");
        AssertSame(figures, lines["2.1"].GetProperty("share"));
        Assert.Equal(20, lines["2.1"].GetProperty("maximum").GetDecimal());
        Assert.True(lines["2.1"].TryGetProperty("points", out var points));
        Assert.Equal(points.GetString(), index.GetProperty("points").GetString());
        foreach (var missing in new[] { "1.1", "3.3", "4.1", "5.1" })
        {
            Assert.False(lines[missing].GetProperty("available").GetBoolean());
            Assert.False(lines[missing].TryGetProperty("points", out _) || lines[missing].TryGetProperty("share", out _));
        }
        Assert.False(lines["3.1"].TryGetProperty("points", out _)); // not known what it is worth
        Assert.True(lines["2.2"].GetProperty("available").GetBoolean());
        Assert.Contains("portal", lines["3.3"].GetProperty("missing").GetString(), StringComparison.Ordinal);
        var time = Assert.Single(index.GetProperty("meanTimes").EnumerateArray());
        Assert.Equal((Licence, 6), (time.GetProperty("procedureCode").GetString(), time.GetProperty("dossiers").GetInt32()));

        var set = new
        {
            index = "3.1",
            effectiveFrom = "2026-06-01",
            source = "Công văn",
            maximum = 4,
            target = 80,
        };
        (await Officer.Post($"{Address}/quality-index/parameters", set)).Expect(200);
        (await Officer.Post($"{Address}/quality-index/parameters", set)).Expect(422, "dossiers.quality-parameter-not-later");
        (await Over("centre:dak-lak").Post($"{Address}/quality-index/parameters", set)).Expect(403);
        var after = (await Officer.Get($"{Address}/quality-index?from=2026-01-01&to=2026-12-31")).Expect(200).Json;
        Assert.Equal(2, after.GetProperty("scored").GetInt32());
        var earlier = (await Officer.Get($"{Address}/quality-index?from=2026-01-01&to=2026-05-31")).Expect(200).Json;
        Assert.Equal(1, earlier.GetProperty("scored").GetInt32());
    }

    [Fact]
    public async Task What_is_counted_elsewhere_counts_in_the_index_under_its_conditions()
    {
        async Task<string> Share(string index)
        {
            var line = (await Officer.Get($"{Address}/quality-index?from=2026-11-01&to=2026-11-30"))
                .Expect(200)
                .Json.GetProperty("indices")
                .EnumerateArray()
                .Single(i => i.GetProperty("index").GetString() == index);
            return line.TryGetProperty("share", out var share)
                ? $"{share.GetProperty("numerator").GetInt64()}/{share.GetProperty("denominator").GetInt64()}"
                : line.GetProperty("missing").GetString()!;
        }
        async Task Flag(string name, string value) =>
            await Host.Sql(
                "UPDATE dossiers.procedure_versions SET content = jsonb_set(content, ARRAY['flags', $1::text], $2::jsonb)",
                name,
                value
            );

        var complete = (await Officer.Get("/api/v1/procedure-completeness?on=2026-11-30")).Expect(200).Json;
        Assert.Equal($"{complete.GetProperty("complete").GetInt32()}/{complete.GetProperty("inForce").GetInt32()}", await Share("1.3"));
        Assert.Equal("dossiers that the national portal has taken", await Share("1.4"));
        Assert.Equal("dossiers received in the period that have something to pay", await Share("3.6"));

        var submitted = (await Officer.Post("/api/v1/online-submissions", Reception())).Expect(201);
        var online = await Settle((await Act(submitted, "accept")).Expect(200));
        await Receive();
        Assert.Equal("0/2", await Share("3.6"));
        online = await PayAll(online);
        Assert.Equal("1/2", await Share("3.6"));
        await Host.Sql(
            """
            INSERT INTO dossiers.exchange_messages (id, partner, direction, kind, dossier_id, state, answer, attempts, next_attempt_at, created_at, revision)
            SELECT gen_random_uuid(), 'NationalPortal', 'Outbound', 'Dossier', id, 'Done', 'taken', 1, now(), now(), 0 FROM dossiers.dossiers
            """
        );
        Assert.Equal(("2/2", "2/4", "0/1"), (await Share("1.4"), await Share("3.3"), await Share("4.1")));
        // Where the result has to be electronic, it counts with the file of it.
        await Flag("electronicResult", "true");
        Assert.Equal("0/4", await Share("3.3"));
        (await AttachResult(online)).Expect(201);
        Assert.Equal(("2/4", "1/1"), (await Share("3.3"), await Share("4.1")));
        // Where there need not be one, nobody asks for it.
        await Flag("resultMandatory", "false");
        Assert.Equal(("files of results of procedures that have to give one", "0/1"), (await Share("4.1"), await Share("4.3")));
    }

    [Fact]
    public async Task What_was_published_stays_and_what_changed_since_is_named()
    {
        await Fill();
        var order = new
        {
            title = "Năm 2024",
            from = "2024-01-01",
            to = "2024-12-31",
            definition = "byDay",
            groupBy = "channel",
        };
        var job = (await Officer.Post($"{Address}/publications", order)).Expect(202);
        await Host.RunJobs();
        var id = (await Officer.Get(job.Location)).Expect(200).Json.GetProperty("result").GetProperty("publicationId").GetGuid();
        var published = (await Officer.Get($"{Address}/publications/{id}")).Expect(200);
        var now = await Figures("from=2024-01-01&to=2024-12-31&definition=byDay&groupBy=channel");
        AssertSame(now.GetProperty("totals"), published.Json.GetProperty("figures").GetProperty("totals"));
        AssertSame(now.GetProperty("groups"), published.Json.GetProperty("figures").GetProperty("groups"));
        var proof = (await Officer.Get($"{Address}/proof?from=2024-01-01&to=2024-12-31")).Expect(200).Text;
        Assert.Contains($"\"lastHash\":\"{published.Json.GetProperty("proofHash").GetString()}\"", proof, StringComparison.Ordinal);
        Assert.True((await Officer.Get($"{Address}/publications/{id}/comparison")).Expect(200).Json.GetProperty("unchanged").GetBoolean());

        await Import(Row("30", "2024-05-02", "2024-05-03", channel: "online"));
        var comparison = (await Officer.Get($"{Address}/publications/{id}/comparison")).Expect(200).Json;
        Assert.False(comparison.GetProperty("unchanged").GetBoolean());
        Assert.Equal(
            ["/received", "/settled", "/early", "online/received", "online/settled", "online/early"],
            comparison
                .GetProperty("changes")
                .EnumerateArray()
                .Select(c =>
                    $"{string.Join(',', c.GetProperty("key").EnumerateObject().Select(k => k.Value.GetString()))}/{c.GetProperty("member").GetString()}"
                )
        );
        Assert.Equal(published.Text, (await Officer.Get($"{Address}/publications/{id}")).Expect(200).Text);
        Assert.Single(Items(await Officer.Get($"{Address}/publications")));
        (await Over("centre:66-22015").Get($"{Address}/publications/{id}")).Expect(404);
        Assert.Empty(Items(await Over("centre:66-22015").Get($"{Address}/publications")));
        (
            await Over("centre:66-22015")
                .Post(
                    $"{Address}/publications",
                    new
                    {
                        title = "x",
                        from = "2024-01-01",
                        to = "2024-12-31",
                        scope = "province",
                    }
                )
        ).Expect(403);
        (await Over("own").Post($"{Address}/publications", order)).Expect(403);
        (
            await Officer.Post(
                $"{Address}/publications",
                new
                {
                    title = "x",
                    from = "2024-12-31",
                    to = "2024-01-01",
                }
            )
        ).Expect(400, "invalid");
    }

    [Fact]
    public async Task A_late_dossier_shows_whose_hands_it_was_in()
    {
        var received = await Receive();
        Host.Clock.Now = DakLak.At("2026-12-14 09:00");
        await Settle(received, lateCause: "Quá tải");
        var late = Assert.Single(Items(await Officer.Get($"{Address}/late-dossiers?from=2026-12-01&to=2026-12-31")));
        var shares = late.GetProperty("shares").EnumerateArray().ToList();
        Assert.Equal("reception", shares[0].GetProperty("body").GetString());
        Assert.Equal(Facilities.Centre, shares[0].GetProperty("bodyCode").GetString());
        Assert.Equal("100.00", shares[0].GetProperty("share").GetProperty("percent").GetString());
        Assert.Equal(Police, shares[1].GetProperty("bodyCode").GetString());
        Assert.Equal(0, shares[1].GetProperty("hours").GetDecimal());
    }

    [Fact]
    public async Task The_dossiers_to_come_are_forecast_with_the_error_beside_naive_forecasts()
    {
        await Host.Sql(
            """
            INSERT INTO dossiers.summaries (grain, period, centre_code, agency_code, field_code, procedure_code, channel,
                received, settled, early, on_time, late, returned, withdrawn, refused, stopped)
            SELECT 'd', day::date, 'dak-lak', 'H15.09', 'road-traffic', 'p', 'Counter', CASE extract(dow FROM day) WHEN 1 THEN 120 ELSE 80 END,
                0, 0, 0, 0, 0, 0, 0, 0
            FROM generate_series(date '2025-01-06', date '2026-11-20', interval '1 day') AS day WHERE extract(dow FROM day) BETWEEN 1 AND 5
            """
        );
        var forecast = (await Officer.Get("/api/v1/dossier-forecasts?from=2026-11-30&to=2026-12-06&field=road-traffic")).Expect(200).Json;
        var field = Assert.Single(forecast.GetProperty("fields").EnumerateArray());
        var days = field.GetProperty("days").EnumerateArray().Select(d => d.GetProperty("expected").GetInt64()).ToList();
        Assert.InRange(days[0], 114, 126);
        Assert.InRange(days[2], 76, 84);
        Assert.InRange(days[6], 0, 6); // closed, but for what the rows of holidays say
        var test = field.GetProperty("backTest");
        Assert.Equal(56, test.GetProperty("model").GetProperty("days").GetInt32());
        Assert.True(test.GetProperty("model").TryGetProperty("meanAbsoluteError", out _));
        Assert.Empty(Items(await Over("centre:66-22015").Get("/api/v1/dossier-forecasts?from=2026-11-30&to=2026-12-06"), "fields"));
        (await Officer.Get("/api/v1/dossier-forecasts?from=2026-11-30&to=2028-12-06")).Expect(400, "invalid");
    }
}
