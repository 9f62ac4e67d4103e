using System.Text.Json;
using System.Text.Json.Nodes;
using Npgsql;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Exchange;
using Pac.Facilities.Contracts;
using Pac.Testing;

namespace Pac.Dossiers.Tests.Exchange;

/// <summary>What comes late, in the wrong order, or from the person itself counts all the same, and nothing stops what comes after it.</summary>
public sealed class LateAndLostTests(DossiersHost fixture) : PartnerTests(fixture)
{
    private const string Code = "H15.09-261123-900001";

    [Theory]
    [InlineData("MaHoSo")]
    [InlineData("MaTTHC")]
    [InlineData("ChuHoSo")]
    [InlineData("TenPhiLePhi")]
    public async Task What_no_column_can_hold_is_parked_and_stops_nobody(string member)
    {
        var bad = ThePortal.Submits(Code, "20261123085000");
        if (member == "TenPhiLePhi")
            bad["DanhSachLePhi"] = new JsonArray(new JsonObject { [member] = "Phí\u0000", ["Gia"] = "1000" });
        else
            bad[member] = (string?)bad[member] + "\u0000";
        var answer = (await Officer.Post(Portal + "/messages", new { message = bad.ToJsonString() })).Expect(201);
        Assert.Equal(("parked", "member-invalid"), (Text(answer, "state"), Text(answer, "answer")));
        await Worker.Pull(ExchangePartner.NationalPortal, Ct); // and as it is found there
        var ours = await Receive();
        ThePortal.Submits("H15.09-261123-900002", "20261123085500");
        await Worker.Pull(ExchangePartner.NationalPortal, Ct);
        while (await Sync() > 0) { }
        Assert.True(ThePortal.Dossiers.ContainsKey(Text(ours, "code")));
        Assert.Single(Items(await Officer.Get("/api/v1/dossiers?status=submitted")));
    }

    [Theory]
    [InlineData("22021", false)] // no such text in the database
    [InlineData("22P05", false)]
    [InlineData("23514", false)]
    [InlineData("23505", true)] // another host was first
    [InlineData("40001", true)]
    [InlineData("40P01", true)]
    [InlineData("57P01", true)] // the database goes down
    public void Only_what_may_pass_is_tried_again(string state, bool passes)
    {
        var refused = new PostgresException("", "ERROR", "ERROR", state);
        Assert.Equal(passes, ExchangeWorker.MayPass(refused));
        Assert.Equal(passes, ExchangeWorker.MayPass(new Microsoft.EntityFrameworkCore.DbUpdateException("", refused)));
        Assert.False(ExchangeWorker.MayPass(new InvalidOperationException()));
    }

    public static TheoryData<int, string> Orders =>
        new(from stands in new[] { 5, 6 } from order in new[] { "012", "021", "102", "120", "201", "210" } select (stands, order));

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task Whatever_order_the_messages_of_a_pause_come_in_the_clock_stood_still_in_it(int stands, string order)
    {
        var dossier = await Stated(await Receive());
        (int Status, string At)[] life = [(4, "20261123093000"), (stands, "20261125100000"), (4, "20261126100000")];
        await Report([.. order.Select(o => life[o - '0'])]);
        var goesOn = (await Officer.Get(Path(dossier))).Expect(200);
        Assert.Equal("inProcess", Text(goesOn, "status"));
        // Anew from zero after papers; a day later after a payment.
        Assert.Equal(
            DakLak.At(stands == 5 ? "2026-12-03 17:00" : "2026-12-02 17:00"),
            goesOn.Json.GetProperty("dueAt").GetDateTimeOffset()
        );
        var still = stands == 5 ? "waitingForCitizen" : "suspended";
        Assert.Equal(["running 23 09:00", still + " 25 10:00", "running 26 10:00"], await Segments(dossier));
        var ledger = (await Ledger(dossier)).Where(Inbound).ToList();
        Assert.Equal(3, ledger.Count);
        Assert.All(ledger, e => Assert.Contains(Word(e, "answer"), new[] { "applied", "older", "repeated" }));
    }

    [Theory]
    [InlineData("012")]
    [InlineData("021")]
    [InlineData("102")]
    public async Task Asked_twice_with_work_between_it_waits_since_the_second_time(string order)
    {
        var dossier = await Stated(await Receive());
        (int Status, string At)[] life = [(5, "20261123100000"), (4, "20261125100000"), (5, "20261126100000")];
        await Report([.. order.Select(o => life[o - '0'])]);
        Assert.Equal("supplementRequested", Text(await Officer.Get(Path(dossier)), "status"));
        Assert.Equal(
            ["running 23 09:00", "waitingForCitizen 23 10:00", "running 25 10:00", "waitingForCitizen 26 10:00"],
            await Segments(dossier)
        );
    }

    [Theory]
    [InlineData("ministry")]
    [InlineData("nationalPortal")]
    public async Task A_ministry_speaks_through_the_portal(string system)
    {
        var dossier = await Receive();
        (await Officer.Post(Path(dossier) + "/stated-by", new { system }, ("If-Match", dossier.ETag))).Expect(200);
        await Report((4, "20261123093000"));
        Assert.Equal("inProcess", Text(await Officer.Get(Path(dossier)), "status"));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(1)]
    public async Task What_a_person_answers_on_the_portal_in_time_is_taken_though_we_state_the_status(int status)
    {
        var asked = await Asked();
        Host.Clock.Now = DakLak.At("2026-12-02 14:00");
        await Answer(asked, status, "20261202100000", "form", "licence");
        var goesOn = (await Officer.Get(Path(asked))).Expect(200);
        Assert.Equal(
            ("inProcess", DakLak.At("2026-12-09 17:00")),
            (Text(goesOn, "status"), goesOn.Json.GetProperty("dueAt").GetDateTimeOffset())
        );
        Assert.Equal(["running 23 09:00", "waitingForCitizen 23 09:00", "running 02 10:00"], await Segments(asked));
        Assert.Equal("applied", Word((await Ledger(asked)).Last(Inbound), "answer"));
        // The portal says so once more, in other words, and it is told of it.
        while (await Sync() > 0) { }
        await Answer(asked, 4, "20261202100000", "licence");
        Assert.Equal("agrees", Word((await Ledger(asked)).Last(Inbound), "answer"));
    }

    [Fact]
    public async Task An_answer_that_is_not_complete_or_too_late_is_parked_for_somebody_to_see()
    {
        var asked = await Asked();
        Host.Clock.Now = DakLak.At("2026-11-25 14:00");
        await Answer(asked, 4, "20261125100000", "licence");
        Assert.Equal("answer-incomplete", Word(Assert.Single(Items(await Officer.Get(Portal + "/messages?state=parked"))), "answer"));
        Assert.Equal("supplementRequested", Text(await Officer.Get(Path(asked)), "status"));
        // What lay there when it was asked for is no answer, nor is a word of the portal without papers.
        await Say(Text(asked, "code"), 4, "20261125110000");
        await Worker.RunOnce(ExchangePartner.NationalPortal, Ct);
        Assert.Equal("not-stating", Word((await Ledger(asked)).Last(Inbound), "answer"));
        Host.Clock.Now = DakLak.At("2027-01-20 09:00");
        await Answer(asked, 4, "20270119100000", "form");
        Assert.Equal(
            ["answer-incomplete", "supplement-expired"],
            Items(await Officer.Get(Portal + "/messages?state=parked")).Select(m => Word(m, "answer")).Order()
        );
    }

    [Fact]
    public async Task An_answer_in_time_that_is_heard_of_after_the_end_is_parked_for_somebody_to_open_it_again()
    {
        var asked = await Asked();
        await Host.Sql(
            "UPDATE dossiers.dossiers SET status = 'Stopped', settled_at = '2026-12-20', outcome = 'Stop', supplements = jsonb_set(supplements, '{0,expiredAt}', '\"2026-12-20T00:00:00+07:00\"')"
        );
        Host.Clock.Now = DakLak.At("2026-12-21 09:00");
        await Answer(asked, 4, "20261202100000", "form");
        Assert.Equal("answered-in-time", Word(Assert.Single(Items(await Officer.Get(Portal + "/messages?state=parked"))), "answer"));
    }

    [Fact]
    public async Task What_a_person_wants_back_on_the_portal_is_wanted_back_here()
    {
        var received = await Receive();
        Host.Clock.Now = DakLak.At("2026-11-23 14:00");
        await Say(Text(received, "code"), 7, "20261123100000");
        await Worker.RunOnce(ExchangePartner.NationalPortal, Ct);
        var wanted = (await Officer.Get(Path(received))).Expect(200);
        Assert.Equal("withdrawalRequested", Text(wanted, "status"));
        (await Act(wanted, "decide-withdrawal", new { granted = false, decision = "12/GP" })).Expect(200);
        var again = JsonNode.Parse(Message(Text(received, "code"), 7, "20261123100000"))!.AsObject();
        again["Khac"] = "in other words";
        (await Officer.Post(Portal + "/messages", new { message = again.ToJsonString() })).Expect(201);
        await Worker.RunOnce(ExchangePartner.NationalPortal, Ct);
        Assert.Equal("received", Text(await Officer.Get(Path(received)), "status"));

        // What nobody accepted yet ends with the wish.
        ThePortal.Submits(Code, "20261123135000");
        await Worker.Pull(ExchangePartner.NationalPortal, Ct);
        await Worker.RunOnce(ExchangePartner.NationalPortal, Ct);
        await Say(Code, 7, "20261123135500");
        await Worker.RunOnce(ExchangePartner.NationalPortal, Ct);
        var ended = Assert.Single(Items(await Officer.Get("/api/v1/dossiers?status=stopped")));
        Assert.Equal("withdrawal", Text(await Officer.Get("/api/v1/dossiers/" + Word(ended, "id")), "outcome"));
    }

    [Fact]
    public async Task A_look_up_that_breaks_off_is_made_again_from_where_it_began()
    {
        await Worker.Pull(ExchangePartner.NationalPortal, Ct);
        ThePortal.PageSize = 1;
        ThePortal.Submits("H15.09-261123-900001", "20261127085000");
        ThePortal.Submits("H15.09-261123-900002", "20261123100000");
        Host.Clock.Now = DakLak.At("2026-11-27 09:00");
        var calls = ThePortal.Calls;
        ThePortal.Faults = n => n > calls + 1 ? Fault.Away : Fault.None;
        await Assert.ThrowsAsync<PartnerAwayException>(() => Worker.Pull(ExchangePartner.NationalPortal, Ct));
        Assert.Single(Items(await Officer.Get(Portal + "/messages?direction=inbound")));
        await Worker.RunOnce(ExchangePartner.NationalPortal, Ct);
        ThePortal.Faults = _ => Fault.None;
        await Worker.Pull(ExchangePartner.NationalPortal, Ct);
        await Worker.RunOnce(ExchangePartner.NationalPortal, Ct);
        Assert.Equal(2, Items(await Officer.Get("/api/v1/dossiers?status=submitted")).Count);
    }

    [Fact]
    public async Task What_is_shown_late_is_taken_in_by_the_comparison()
    {
        var theirs = await Stated(await Receive());
        Host.Clock.Now = DakLak.At("2026-11-30 09:00");
        await Worker.Pull(ExchangePartner.NationalPortal, Ct);
        // Of a week ago, and shown only now.
        ThePortal.Submits(Code, "20261123093000");
        ThePortal.Has(Text(theirs, "code"), 4, "20261123100000");
        await Worker.Pull(ExchangePartner.NationalPortal, Ct);
        await Worker.RunOnce(ExchangePartner.NationalPortal, Ct);
        await Worker.QueueReconciliation(ExchangePartner.NationalPortal, Ct);
        await Host.RunJobs();
        await Worker.RunOnce(ExchangePartner.NationalPortal, Ct);
        Assert.Equal("inProcess", Text(await Officer.Get(Path(theirs)), "status"));
        Assert.Single(Items(await Officer.Get("/api/v1/dossiers?status=submitted")));
    }

    [Fact]
    public async Task A_clock_there_that_goes_a_little_before_ours_loses_no_submission()
    {
        var told = ThePortal.Submits(Code, "20261123090100"); // a minute from now
        (await Officer.Post(Portal + "/messages", new { message = told.ToJsonString() })).Expect(201);
        await Worker.RunOnce(ExchangePartner.NationalPortal, Ct);
        Assert.Single(Items(await Officer.Get("/api/v1/dossiers?status=submitted")));
    }

    [Fact]
    public async Task A_moved_due_date_and_a_demand_beside_the_tariff_are_told()
    {
        var dossier = (await Act(await Receive(), "transfer")).Expect(200);
        while (await Sync() > 0) { }
        var told = ThePortal.Dossiers[Text(dossier, "code")];
        Assert.Equal("20261201170000", (string?)told["NgayHenTra"]);
        Facilities.Calendar = Facilities.Calendar.Closing("2026-11-25");
        await Host.Tell(new CalendarChanged("dak-lak", 2, "Quyết định 99/QĐ-UBND"));
        await Host.DrainOutbox();
        await Host.RunJobs();
        while (await Sync() > 0) { }
        Assert.Equal("20261202170000", (string?)ThePortal.Dossiers[Text(dossier, "code")]["NgayHenTra"]);

        dossier = (await Officer.Get(Path(dossier))).Expect(200);
        (await Act(dossier, "request-payment", new { amount = 20_000, notice = "TB 7: phí thẩm định" })).Expect(200);
        while (await Sync() > 0) { }
        told = ThePortal.Dossiers[Text(dossier, "code")];
        Assert.Equal("6", (string?)told["TrangThaiHoSo"]);
        Assert.Equal(
            [("licence", "135000"), ("other-1", "20000")],
            told["DanhSachLePhi"]!.AsArray().Select(f => ((string)f!["MaPhiLePhi"]!, (string)f["Gia"]!))
        );
    }

    [Fact]
    public async Task What_was_to_be_told_of_a_dossier_that_another_system_states_since_is_told_no_more_and_stands_in_the_ledger()
    {
        ThePortal.Faults = _ => Fault.Away;
        var waiting = (await Act(await Receive(), "transfer")).Expect(200);
        await Sync();
        await Stated(waiting);
        var early = await Stated(await Receive()); // before anything was put in line
        ThePortal.Faults = _ => Fault.None;
        await Host.Sql("UPDATE dossiers.exchange_messages SET next_attempt_at = now()");
        while (await Sync() > 0) { }
        Assert.Empty(ThePortal.Dossiers);
        Assert.Empty(ThePortal.Progress);
        foreach (var dossier in new[] { waiting, early })
        {
            var ledger = await Ledger(dossier);
            Assert.NotEmpty(ledger);
            Assert.All(ledger, e => Assert.Equal(("done", "not-stating"), (Word(e, "state"), Word(e, "answer"))));
            Assert.All(ledger, e => Assert.False(e.TryGetProperty("syncedAt", out _)));
        }
    }

    [Fact]
    public async Task What_another_system_reported_is_not_told_to_it_as_ours_when_that_is_taken_back()
    {
        var dossier = await Stated(await Receive());
        await Report((4, "20261123093000"));
        var back = await Officer.Get(Path(dossier));
        (await Officer.Post(Path(dossier) + "/stated-by", new { system = "pac" }, ("If-Match", back.ETag))).Expect(200);
        while (await Sync() > 0) { }
        Assert.DoesNotContain("statusReported", ThePortal.Progress.Select(p => (string)p["NoiDungXuLy"]!));
        Assert.Contains("statingHandedOver", ThePortal.Progress.Select(p => (string)p["NoiDungXuLy"]!));
    }

    [Fact]
    public async Task An_act_that_is_mended_after_a_later_one_was_told_is_older()
    {
        var dossier = await Settle(await Receive());
        while (await Sync() > 0) { }
        await Host.Sql(
            "UPDATE dossiers.exchange_messages SET state = 'Parked', answer = 'refused-7' WHERE status = 'InProcess' AND kind = 'Progress'"
        );
        var told = ThePortal.Progress.Count;
        foreach (var message in Items(await Officer.Get(Portal + "/messages?state=parked")))
        {
            var path = $"{Portal}/messages/{Word(message, "id")}";
            (await Officer.Post(path + "/replay", new { }, ("If-Match", (await Officer.Get(path)).ETag))).Expect(200);
        }
        while (await Sync() > 0) { }
        Assert.Equal(told, ThePortal.Progress.Count);
        Assert.Equal("9", (string?)ThePortal.Dossiers[Text(dossier, "code")]["TrangThaiHoSo"]);
        Assert.Contains("older", (await Ledger(dossier)).Select(e => Word(e, "answer")));
    }

    [Fact]
    public async Task A_report_keeps_all_differences_and_gives_them_page_by_page()
    {
        for (var i = 0; i < 150; i++)
            ThePortal.Has($"H15.09-261123-{800_000 + i}", 4, "20261123085000");
        (await Officer.Post(Portal + "/reconciliations", new { from = "2026-11-01", to = "2026-11-30" })).Expect(202);
        await Host.RunJobs();
        var listed = Assert.Single(Items(await Officer.Get(Portal + "/reconciliations")));
        var path = $"{Portal}/reconciliations/{Word(listed, "id")}";
        var report = (await Officer.Get(path)).Expect(200).Json;
        Assert.Equal((150, 100), (report.GetProperty("differing").GetInt32(), report.GetProperty("differences").GetArrayLength()));
        List<string> codes = [];
        for (string? next = path + "/differences?limit=60&withTotal=true"; next is not null; )
        {
            var page = (await Officer.Get(next)).Expect(200).Json;
            codes.AddRange(page.GetProperty("items").EnumerateArray().Select(d => Word(d, "dossierCode")));
            next =
                page.TryGetProperty("nextCursor", out var cursor) && cursor.ValueKind == JsonValueKind.String
                    ? $"{path}/differences?limit=60&cursor={cursor.GetString()}"
                    : null;
        }
        Assert.Equal(150, codes.Distinct().Count());
        Assert.Equal(codes.Order(StringComparer.Ordinal), codes);
        (await Officer.Get($"{Portal}/reconciliations/{Guid.CreateVersion7()}")).Expect(404);
        (await Officer.Get($"{Portal}/reconciliations/{Guid.CreateVersion7()}/differences")).Expect(404);
        (await Officer.Get($"/api/v1/integration/igate/reconciliations/{Word(listed, "id")}")).Expect(404);
        (await Over("own").Get(path)).Expect(404);
        (await Officer.Post(Portal + "/reconciliations", new { from = "2026-11-30", to = "2026-11-01" })).Expect(400);
    }

    [Fact]
    public async Task A_night_on_which_the_portal_is_away_is_compared_later_that_day()
    {
        await Receive();
        ThePortal.Faults = _ => Fault.Away;
        await Worker.QueueReconciliation(ExchangePartner.NationalPortal, Ct);
        await Host.RunJobs();
        Assert.Empty(Items(await Officer.Get(Portal + "/reconciliations")));
        await Worker.QueueReconciliation(ExchangePartner.NationalPortal, Ct); // not at once
        Assert.Equal(1, await Host.Scalar<long>("SELECT count(*) FROM dossiers.jobs"));
        ThePortal.Faults = _ => Fault.None;
        await Host.Sql("UPDATE dossiers.jobs SET finished_at = finished_at - interval '1 year'");
        await Worker.QueueReconciliation(ExchangePartner.NationalPortal, Ct);
        await Host.RunJobs();
        await Worker.QueueReconciliation(ExchangePartner.NationalPortal, Ct);
        Assert.Single(Items(await Officer.Get(Portal + "/reconciliations")));
        Assert.Equal(2, await Host.Scalar<long>("SELECT count(*) FROM dossiers.jobs"));
    }

    // Asked for the form by us, after reception and hand-over.
    private async Task<Reply> Asked()
    {
        var asked = (
            await Act(
                (await Act(await Receive(), "transfer")).Expect(200),
                "request-supplement",
                new
                {
                    items = new[] { new { code = "form", reason = "thiếu chữ ký" } },
                    legalBasis = "khoản 1 Điều 11 Nghị định 118/2025/NĐ-CP",
                }
            )
        ).Expect(200);
        while (await Sync() > 0) { }
        return asked;
    }

    private async Task Answer(Reply dossier, int status, string at, params string[] papers)
    {
        var told = JsonNode.Parse(Message(Text(dossier, "code"), status, at))!.AsObject();
        told["TaiLieuNop"] = new JsonArray([.. papers.Select(p => new JsonObject { ["MaThanhPhanHoSo"] = p })]);
        (await Officer.Post(Portal + "/messages", new { message = told.ToJsonString() })).Expect(201);
        await Worker.RunOnce(ExchangePartner.NationalPortal, Ct);
    }

    // Reported long after it happened, one after the other.
    private async Task Report(params (int Status, string At)[] reports)
    {
        Host.Clock.Now = DakLak.At("2026-11-30 09:00");
        var code = await Host.Scalar<string>("SELECT code FROM dossiers.dossiers");
        foreach (var (status, at) in reports)
        {
            await Say(code, status, at);
            await Worker.RunOnce(ExchangePartner.NationalPortal, Ct);
        }
    }

    private async Task<IEnumerable<string>> Segments(Reply dossier) =>
        (await Officer.Get(Path(dossier) + "/clock"))
            .Expect(200)
            .Json.GetProperty("clock")
            .GetProperty("segments")
            .EnumerateArray()
            .Select(s => $"{Word(s, "state")} {s.GetProperty("from").GetDateTimeOffset().ToOffset(TimeSpan.FromHours(7)):dd HH:mm}");
}
