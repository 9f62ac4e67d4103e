using System.Text.Json;
using Npgsql;
using Pac.Testing;

namespace Pac.Dossiers.Tests.Told;

/// <summary>Personal data go when their time has come: nothing of the person is left anywhere, and no figure changes.</summary>
public sealed class RetentionTests(ToldHost fixture) : ToldTests(fixture), IClassFixture<ToldHost>
{
    private const string Marked = "Hoàng Thị Dấu Vết";
    private const string Number = "066190729164";
    private const string Phone = "0905729164";
    private const string Email = "dau.vet@noi.example";
    private const string Home = "7291 Đường Dấu Vết";

    // However it is written: folded for the search, escaped in JSON, or cut.
    private static readonly string[] Traces = [Marked, "dau vet", "Dấu Vết", "D\\u1ea5u", Number, Phone, Email, Home, "*9164"];

    [Fact]
    public async Task What_is_closed_says_from_when_and_until_when_it_is_kept()
    {
        var open = await Receive();
        Assert.False((await Kept(open)).TryGetProperty("closedOn", out _));
        var closed = await Kept(await Returned(await Receive()));
        Assert.Equal("2026-11-23", closed.GetProperty("closedOn").GetString());
        Assert.Equal("2036-11-23", closed.GetProperty("eraseOn").GetString());
        // Civil status is kept for ever.
        var forEver = await Kept(await Returned(await Receive(Birth, agency: WardCommittee)));
        Assert.Equal("2026-11-23", forEver.GetProperty("closedOn").GetString());
        Assert.False(forEver.TryGetProperty("eraseOn", out _));
        var overview = (await Officer.Get("/api/v1/retention")).Expect(200).Json;
        Assert.Equal(
            (2, 0, 1),
            (overview.GetProperty("closed").GetInt32(), overview.GetProperty("due").GetInt32(), overview.GetProperty("forEver").GetInt32())
        );
        Assert.Equal(2036, overview.GetProperty("years")[0].GetProperty("year").GetInt32());
    }

    [Fact]
    public async Task A_rule_of_a_procedure_goes_before_that_of_its_field_and_holds_from_its_day()
    {
        object Rule(int years, string? procedure = null, string? field = null, string from = "2026-11-23") =>
            new
            {
                effectiveFrom = from,
                source = "Quyết định 1/QĐ-UBND",
                procedureCode = procedure,
                fieldCode = field,
                years,
            };
        var before = await Returned(await Receive());
        (await Officer.Post("/api/v1/retention-rules", Rule(7, field: "road-traffic"))).Expect(200);
        Assert.Equal("2036-11-23", (await Kept(before)).GetProperty("eraseOn").GetString());
        Assert.Equal("2033-11-23", (await Kept(await Returned(await Receive()))).GetProperty("eraseOn").GetString());
        (await Officer.Post("/api/v1/retention-rules", Rule(3, procedure: Licence))).Expect(200);
        Assert.Equal("2029-11-23", (await Kept(await Returned(await Receive()))).GetProperty("eraseOn").GetString());
        (await Officer.Post("/api/v1/retention-rules", Rule(2, procedure: Licence))).Expect(422, "dossiers.retention-rule-not-later");
        (await Officer.Post("/api/v1/retention-rules", Rule(2, Licence, "road-traffic", "2027-01-01"))).Expect(
            422,
            "dossiers.retention-one-reach"
        );
        (await Over("centre:dak-lak").Post("/api/v1/retention-rules", Rule(2, from: "2027-01-01"))).Expect(403);
    }

    [Fact]
    public async Task An_order_erases_only_what_its_report_could_list()
    {
        var listed = await Returned(await Receive());
        var later = await Returned(await Receive());
        Host.Clock.Now = DakLak.At("2036-11-24 08:00");
        var report = await Done(await Officer.Post("/api/v1/retention/reports", null));
        Assert.Equal((2, 0), (report.Result.GetProperty("dossiers").GetInt32(), report.Result.GetProperty("counterAnswers").GetInt32()));
        // As one that is imported after the report: closed long ago, and nowhere in the archive yet.
        await Host.Sql($"DELETE FROM dossiers.retention WHERE dossier_id = '{Text(later, "id")}'");
        var erased = await Done(await Officer.Post("/api/v1/retention/erasures", new { reportId = report.Id }));
        Assert.Equal(1, erased.Result.GetProperty("dossiers").GetInt32());
        Assert.True((await Officer.Get(Path(listed))).Json.TryGetProperty("personalDataErasedAt", out _));
        Assert.False((await Officer.Get(Path(later))).Json.TryGetProperty("personalDataErasedAt", out _));
    }

    [Fact]
    public async Task After_the_erasure_nothing_of_the_person_is_anywhere_and_no_figure_has_changed()
    {
        var reception = Reception();
        reception["applicant"] = new
        {
            name = Marked,
            identityNumber = Number,
            phone = Phone,
            email = Email,
            address = Home,
        };
        reception["involved"] = new
        {
            owner = new
            {
                name = "Chủ " + Marked,
                identityNumber = Number,
                phone = Phone,
                address = Home,
            },
        };
        var dossier = (await Officer.Post("/api/v1/dossiers", reception, ("Idempotency-Key", "retention-1"))).Expect(201);
        await Officer.Get(Path(dossier) + "/applicant");
        dossier = (await Act(dossier, "transfer", new { note = Marked })).Expect(200);
        dossier = (
            await Act(
                dossier,
                "request-supplement",
                new { items = new[] { new { code = "licence", reason = $"Bản của {Marked} mờ" } }, legalBasis = "Nghị định 118/2025/NĐ-CP" }
            )
        ).Expect(200);
        dossier = (await Act(dossier, "submit-supplement", new { documents = Papers("licence") })).Expect(200);
        dossier = (
            await Act(
                dossier,
                "request-payment",
                new
                {
                    amount = 135_000,
                    notice = "Lệ phí của " + Marked,
                    timing = "atReturn",
                }
            )
        ).Expect(200);
        dossier = (await Act(dossier, "confirm-payment", new { receiptNumber = "1", method = "cash" })).Expect(200);
        // A demand of no tariff is named after its reason, on its receipt as well, also when that is void.
        dossier = (
            await Act(
                dossier,
                "request-payment",
                new
                {
                    notice = "Phạt",
                    timing = "atReturn",
                    lines = new[]
                    {
                        new
                        {
                            feeCode = "other",
                            amount = 20_000,
                            reason = "Nộp chậm của " + Marked,
                        },
                    },
                }
            )
        ).Expect(200);
        dossier = (
            await Act(
                dossier,
                "confirm-payment",
                new
                {
                    number = 2,
                    receiptNumber = "2",
                    method = "cash",
                }
            )
        ).Expect(200);
        dossier = (await Act(dossier, "void-payment", new { number = 2, reason = "Nhầm của " + Marked })).Expect(200);
        dossier = (await Act(dossier, "request-payment", new { amount = 7_000, notice = "TB 9" })).Expect(200);
        var wrong = (await Officer.Get(Path(dossier) + "/payments")).Expect(200).Json.GetProperty("payments").GetArrayLength();
        dossier = (await Act(dossier, "cancel-payment", new { number = wrong, reason = "Ghi nhầm cho " + Marked })).Expect(200);
        dossier = (
            await Act(
                dossier,
                "confirm-payment",
                new
                {
                    number = 2,
                    receiptNumber = "3",
                    method = "cash",
                }
            )
        ).Expect(200);
        dossier = (await Act(dossier, "assign", new { assignee = "case-officer-7" })).Expect(200);
        var pressed = (await Officer.Post(Path(dossier) + "/press", new { message = "Ưu tiên " + Marked })).Expect(201);
        var press = Items(await Over("province", "case-officer-7").Get("/api/v1/escalations"))[0].GetProperty("id").GetGuid();
        (
            await Over("province", "case-officer-7").Post($"/api/v1/escalations/{press}/acknowledge", new { note = "Đã gọi cho " + Marked })
        ).Expect(200);
        dossier = (await Officer.Get(Path(dossier))).Expect(200);
        await SendAll();
        var asked = (
            await Act(dossier, "consultations", new { agencyCode = Trade, question = "Cơ sở của " + Marked + " có đủ điều kiện không?" })
        ).Expect(201);
        (
            await Officer.Post(
                asked.Location + "/answer",
                new { opinion = "agrees", answer = Marked + " đủ điều kiện" },
                ("If-Match", asked.ETag)
            )
        ).Expect(200);
        dossier = await StepsDone(await Officer.Get(Path(dossier)));
        dossier = await PayAll((await Act(dossier, "settle", Signed())).Expect(200));
        dossier = (
            await Act(
                dossier,
                "return",
                new
                {
                    method = "counter",
                    receiver = Marked,
                    identityCheck = "receipt",
                }
            )
        ).Expect(200);
        var receipt = (await Officer.Get(Path(dossier) + "/forms/01")).Expect(200);
        var key = Text(receipt, "ratingUrl").Split("key=")[1];
        (
            await Act(
                dossier,
                "rate",
                new
                {
                    key,
                    level = 4,
                    comment = "Cảm ơn, " + Marked,
                }
            )
        ).Expect(200);
        var feedback = (
            await Officer.Post(
                "/api/v1/feedback",
                new
                {
                    matter = new
                    {
                        kind = "delay",
                        text = "Tôi là " + Marked,
                        centreCode = "dak-lak",
                        dossierCode = Text(dossier, "code"),
                        sender = new
                        {
                            name = Marked,
                            phone = Phone,
                            email = Email,
                        },
                    },
                    channel = "counter",
                }
            )
        ).Expect(201);
        (
            await Officer.Post(
                $"/api/v1/feedback/{Text(feedback, "id")}/answer",
                new { answer = "Kính gửi " + Marked },
                ("If-Match", feedback.ETag)
            )
        ).Expect(200);
        await SendAll();
        var other = await Returned(await Receive());
        Assert.NotEmpty(await Found());
        Assert.Equal(1, await Host.Scalar<long>("SELECT count(*) FROM dossiers.dossier_people"));

        Host.Clock.Now = DakLak.At("2036-11-24 08:00");
        (await Officer.Post("/api/v1/retention-rules", Rule("2036-11-24"))).Expect(200);
        (await Officer.Post(Path(other) + "/legal-hold", new { reason = "Tòa án yêu cầu" })).Expect(200);
        var (figures, proof) = (await Figures(), await Proof());
        var report = await Done(await Officer.Post("/api/v1/retention/reports", null));
        Assert.Equal((1, 1), (report.Result.GetProperty("dossiers").GetInt32(), report.Result.GetProperty("held").GetInt32()));
        Assert.Equal(Text(dossier, "code"), report.Result.GetProperty("codes")[0].GetString());
        Assert.Equal(1, report.Result.GetProperty("feedback").GetInt32());
        Assert.NotEmpty(await Found());
        (await Officer.Post("/api/v1/retention/erasures", new { reportId = Guid.CreateVersion7() })).Expect(
            422,
            "dossiers.retention-report-missing"
        );
        var erased = await Done(await Officer.Post("/api/v1/retention/erasures", new { reportId = report.Id }));
        Assert.Equal(1, erased.Result.GetProperty("dossiers").GetInt32());

        Assert.Equal([], await Found());
        Assert.Equal(0, await Host.Scalar<long>("SELECT count(*) FROM dossiers.dossier_people"));
        Assert.Equal(figures, await Figures());
        Assert.Equal(proof, await Proof());
        var found = (await Officer.Get("/api/v1/dossiers?code=" + Text(dossier, "code"))).Expect(200);
        Assert.Equal(Text(dossier, "id"), Assert.Single(Items(found)).GetProperty("id").GetString());
        var view = (await Officer.Get(Path(dossier))).Expect(200).Json;
        Assert.Equal("returned", view.GetProperty("status").GetString());
        Assert.True(view.TryGetProperty("personalDataErasedAt", out _));
        Assert.Contains("Luật Lưu trữ", (await Kept(dossier)).GetProperty("note").GetString(), StringComparison.Ordinal);
        Assert.Contains("personalDataErased", (await Officer.Get(Path(dossier) + "/timeline")).Expect(200).Text, StringComparison.Ordinal);
        Assert.Equal(
            1,
            await Host.Scalar<long>(
                "SELECT count(*) FROM dossiers.audit WHERE act = 'erase-personal-data' AND kind = 'Retention' AND thing = $1",
                Text(dossier, "id")
            )
        );
        // What a hold keeps is there, until the hold ends.
        Assert.Contains(Person.Name, (await Officer.Get(Path(other) + "/applicant")).Expect(200).Text, StringComparison.Ordinal);
        (await Officer.Post(Path(other) + "/legal-hold/end", null)).Expect(200);
        (await Officer.Post(Path(other) + "/legal-hold/end", null)).Expect(409, "dossiers.retention-not-held");
        report = await Done(await Officer.Post("/api/v1/retention/reports", null));
        await Done(await Officer.Post("/api/v1/retention/erasures", new { reportId = report.Id }));
        Assert.True((await Officer.Get(Path(other))).Expect(200).Json.TryGetProperty("personalDataErasedAt", out _));
        (await Officer.Post(Path(other) + "/legal-hold", new { reason = "Quá muộn" })).Expect(409, "dossiers.retention-already-erased");
    }

    [Fact]
    public async Task Feedback_goes_by_the_rule_for_everything_else_from_when_it_was_closed_with_or_without_a_dossier()
    {
        (
            await Officer.Post(
                "/api/v1/retention-rules",
                new
                {
                    effectiveFrom = "2026-11-23",
                    source = "Quyết định 3/QĐ-UBND",
                    years = 1,
                }
            )
        ).Expect(200);
        var (dossier, held) = (await Returned(await Receive()), await Returned(await Receive()));
        var alone = await Answered(await Sent(null));
        var ofHeld = await Answered(await Sent(held));
        // Still open when its dossier goes, and when the others do.
        var (openAlone, openOfDossier) = (await Sent(null), await Sent(dossier));
        await SendAll();

        Host.Clock.Now = DakLak.At("2027-11-22 08:00");
        var report = await Done(await Officer.Post("/api/v1/retention/reports", null));
        Assert.Equal(0, report.Result.GetProperty("feedback").GetInt32());
        Host.Clock.Now = DakLak.At("2027-11-24 08:00");
        (await Officer.Post(Path(held) + "/legal-hold", new { reason = "Tòa án yêu cầu" })).Expect(200);
        report = await Done(await Officer.Post("/api/v1/retention/reports", null));
        Assert.Equal((1, 1), (report.Result.GetProperty("dossiers").GetInt32(), report.Result.GetProperty("feedback").GetInt32()));
        // What is closed after the report is not what it counted.
        openOfDossier = await Answered(openOfDossier);
        var erased = await Done(await Officer.Post("/api/v1/retention/erasures", new { reportId = report.Id }));
        Assert.Equal(1, erased.Result.GetProperty("dossiers").GetInt32());
        var run = Items(await Officer.Get("/api/v1/retention/erasures"))[0];
        Assert.Equal(1, run.GetProperty("feedback").GetInt32());
        Assert.Equal("", Text(await Read(alone), "text"));
        Assert.DoesNotContain(Marked, (await Read(alone)).Text, StringComparison.Ordinal);
        foreach (var kept in new[] { ofHeld, openAlone, openOfDossier })
            Assert.Contains(Marked, Text(await Read(kept), "text"), StringComparison.Ordinal);
        Assert.Equal(
            0,
            await Host.Scalar<long>(
                $"SELECT count(*) FROM dossiers.notifications n WHERE feedback_id = '{Text(alone, "id")}' AND n::text LIKE '%{Email}%'"
            )
        );

        // A hold that has ended keeps nothing; what is closed by now is visited when its own time has come.
        openAlone = await Answered(openAlone);
        (await Officer.Post(Path(held) + "/legal-hold/end", null)).Expect(200);
        await Erase();
        Assert.Equal("", Text(await Read(ofHeld), "text"));
        Assert.NotEqual("", Text(await Read(openOfDossier), "text"));
        Host.Clock.Now = DakLak.At("2028-11-27 08:00");
        await Erase();
        Assert.Equal("", Text(await Read(openAlone), "text"));
        Assert.Equal("", Text(await Read(openOfDossier), "text"));
        Assert.Equal([], await Found());

        async Task Erase()
        {
            var listed = await Done(await Officer.Post("/api/v1/retention/reports", null));
            await Done(await Officer.Post("/api/v1/retention/erasures", new { reportId = listed.Id }));
        }
    }

    private async Task<Reply> Sent(Reply? dossier) =>
        (
            await Officer.Post(
                "/api/v1/feedback",
                new
                {
                    matter = new
                    {
                        kind = "delay",
                        text = "Tôi là " + Marked,
                        centreCode = "dak-lak",
                        dossierCode = dossier is null ? null : Text(dossier, "code"),
                        sender = new { name = Marked, email = Email },
                    },
                    channel = "counter",
                }
            )
        ).Expect(201);

    private async Task<Reply> Answered(Reply feedback) =>
        (
            await Officer.Post(
                $"/api/v1/feedback/{Text(feedback, "id")}/answer",
                new { answer = "Kính gửi " + Marked },
                ("If-Match", feedback.ETag)
            )
        ).Expect(200);

    private async Task<Reply> Read(Reply feedback) => (await Officer.Get("/api/v1/feedback/" + Text(feedback, "id"))).Expect(200);

    private static object Rule(string from) =>
        new
        {
            effectiveFrom = from,
            source = "Quyết định 2/QĐ-UBND",
            fieldCode = "residence",
            years = 5,
        };

    private async Task<Reply> StepsDone(Reply dossier)
    {
        while (true)
        {
            var next = await Act(dossier, "complete-step", new { note = "Đã xem giấy của " + Marked });
            if (next.Status == 409)
                return dossier;
            dossier = next.Expect(200);
        }
    }

    private async Task<Reply> Returned(Reply received) =>
        (
            await Act(
                await SettlePaid(received),
                "return",
                new
                {
                    method = "counter",
                    receiver = "Người nhận",
                    identityCheck = "receipt",
                }
            )
        ).Expect(200);

    private async Task<JsonElement> Kept(Reply dossier) => (await Officer.Get(Path(dossier) + "/kept-until")).Expect(200).Json;

    private async Task<string> Figures() =>
        (await Officer.Get("/api/v1/dossier-statistics?from=2026-01-01&to=2026-12-31&groupBy=month,channel"))
            .Expect(200)
            .Text.Split("\"asOf\"")[0]
        + string.Join(
            ' ',
            await Task.WhenAll(
                "received settled early on_time late returned"
                    .Split(' ')
                    .Select(c => Host.Scalar<long>($"SELECT coalesce(sum({c}), 0) FROM dossiers.summaries WHERE grain = 'd'"))
            )
        );

    private async Task<string> Proof()
    {
        var lines = (await Officer.Get("/api/v1/dossier-statistics/proof?from=2026-01-01&to=2026-12-31"))
            .Expect(200)
            .Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return JsonSerializer.Deserialize<JsonElement>(lines[^1]).GetProperty("lastHash").GetString()!;
    }

    private async Task<(Guid Id, JsonElement Result)> Done(Reply accepted)
    {
        await Host.RunJobs();
        var job = (await Officer.Get(accepted.Expect(202).Location)).Expect(200).Json;
        Assert.Equal("succeeded", job.GetProperty("state").GetString());
        return (job.GetProperty("id").GetGuid(), job.GetProperty("result"));
    }

    // Every text of every table of every schema that is not the server's own.
    private async Task<List<string>> Found()
    {
        await using var connection = new NpgsqlConnection(Host.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        List<string> tables = [];
        await using (
            var list = new NpgsqlCommand(
                "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')",
                connection
            )
        )
        await using (var reader = await list.ExecuteReaderAsync(TestContext.Current.CancellationToken))
            while (await reader.ReadAsync(TestContext.Current.CancellationToken))
                tables.Add(reader.GetString(0));
        List<string> found = [];
        foreach (var table in tables)
        {
            await using var dump = new NpgsqlCommand($"SELECT t::text FROM {table} t", connection);
            await using var rows = await dump.ExecuteReaderAsync(TestContext.Current.CancellationToken);
            while (await rows.ReadAsync(TestContext.Current.CancellationToken))
                foreach (var trace in Traces.Where(t => rows.GetString(0).Contains(t, StringComparison.OrdinalIgnoreCase)))
                    found.Add($"{table}: {trace}");
        }
        return [.. found.Distinct()];
    }
}
