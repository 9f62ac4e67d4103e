using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Persistence;
using Pac.Dossiers.Seeding;
using Pac.Testing;

namespace Pac.Dossiers.Tests.Exchange;

/// <summary>What each status means that another system reports, from the instant when it happened.</summary>
public sealed class ReportedStatusTests(DossiersHost fixture) : PartnerTests(fixture)
{
    private const string Code = "H15.09-261123-900001";

    [Fact]
    public async Task A_submission_on_the_portal_becomes_one_dossier_by_itself_and_its_intake_counts_from_the_person()
    {
        // Told on Thursday: eight working hours after Monday 08:50, with a holiday between them, have passed long ago.
        Host.Clock.Now = DakLak.At("2026-11-26 10:00");
        var told = ThePortal.Submits(Code, "20261123085500", submittedAt: "20261123085000");
        for (var i = 0; i < 2; i++)
        {
            await Worker.Pull(ExchangePartner.NationalPortal, Ct);
            await Tell(told);
            await Worker.RunOnce(ExchangePartner.NationalPortal, Ct);
        }
        var dossier = Assert.Single(Items(await Officer.Get("/api/v1/dossiers?status=submitted")));
        var whole = (await Officer.Get("/api/v1/dossiers/" + Word(dossier, "id"))).Expect(200);
        Assert.Equal(Code, Text(whole, "portalCode"));
        var clock = (await Officer.Get(Path(whole) + "/clock")).Expect(200).Json;
        Assert.Equal(DakLak.At("2026-11-25 08:50"), clock.GetProperty("intakeDueAt").GetDateTimeOffset());
        var applicant = (await Officer.Get(Path(whole) + "/applicant")).Expect(200).Json;
        Assert.Equal((Person.Name, Person.Identity), (Word(applicant, "name"), Word(applicant, "identityNumber")));
        Assert.Equal("submitted", (await Ledger(whole)).Where(Inbound).Select(e => Word(e, "answer")).First());

        // It is known there by the code it came with, also when it is told as ours.
        (await Act(whole, "accept")).Expect(200);
        while (await Sync() > 0) { }
        Assert.Equal("2", (string?)ThePortal.Dossiers[Code]["TrangThaiHoSo"]);
        Assert.False(ThePortal.Dossiers.ContainsKey(Text(whole, "code")));
    }

    [Theory]
    [InlineData("MaTTHC", "9.999999", "unknown-procedure")]
    [InlineData("SoDinhDanh", "", "identity-missing")]
    [InlineData("SoDinhDanh", "012345678901234567890", "identity-invalid")]
    [InlineData("ChuHoSo", " ", "name-missing")]
    [InlineData("KenhThucHien", "1", "not-online")]
    [InlineData("NgayNopHoSo", "yesterday", "time-invalid")]
    [InlineData("MaHoSo", "H15/09", "code-invalid")]
    [InlineData("TaiLieuNop", """[{"MaThanhPhanHoSo":"passport"}]""", "component-unknown")]
    [InlineData("TaiLieuNop", "\"none\"", "member-invalid")]
    public async Task A_wrong_submission_is_parked_with_its_reason_and_becomes_a_dossier_when_mended(
        string member,
        string value,
        string reason
    )
    {
        var good = ThePortal.Submits(Code, "20261123085000").ToJsonString();
        var bad = JsonNode.Parse(good)!.AsObject();
        bad[member] = member == "TaiLieuNop" ? JsonNode.Parse(value) : JsonValue.Create(value);
        await Tell(bad);
        await Worker.RunOnce(ExchangePartner.NationalPortal, Ct);
        var parked = Assert.Single(Items(await Officer.Get(Portal + "/messages?state=parked")));
        Assert.Equal(reason, Word(parked, "answer"));
        Assert.Equal(0, await Host.Scalar<long>("SELECT count(*) FROM dossiers.dossiers"));
        Assert.Equal(0, await Host.Scalar<long>("SELECT count(*) FROM dossiers.dossier_numbers")); // no number was lost

        var path = $"{Portal}/messages/{Word(parked, "id")}";
        var seen = (await Officer.Get(path)).Expect(200);
        (await Officer.Post(path + "/replay", new { message = good }, ("If-Match", seen.ETag))).Expect(200);
        await Worker.RunOnce(ExchangePartner.NationalPortal, Ct);
        Assert.Equal("submitted", Word((await Officer.Get(path)).Json.GetProperty("message"), "answer"));
        Assert.Equal(1, await Host.Scalar<long>("SELECT count(*) FROM dossiers.dossiers WHERE portal_code = $1", Code));
    }

    [Fact]
    public async Task What_the_portal_hands_on_is_kept_as_it_came_though_its_number_and_kind_would_be_refused_here()
    {
        var told = ThePortal.Submits(Code, "20261123085000");
        (told["SoDinhDanh"], told["LoaiDoiTuong"]) = ("0401234567", 2); // no check digit, and a driving licence is for citizens
        await Tell(told);
        await Worker.RunOnce(ExchangePartner.NationalPortal, Ct);
        var dossier = Assert.Single(Items(await Officer.Get("/api/v1/dossiers?status=submitted")));
        var applicant = (await Officer.Get($"/api/v1/dossiers/{Word(dossier, "id")}/applicant")).Expect(200).Json;
        Assert.Equal(("enterprise", "0401234567"), (Word(applicant, "kind"), Word(applicant, "identityNumber")));
    }

    [Fact]
    public async Task A_value_that_the_portal_does_not_hand_on_is_declared_when_it_is_accepted()
    {
        var version = Features.CatalogueTests.Version("2026-11-20", "form", "licence");
        var details = (Dictionary<string, object?>)version["details"]!;
        details.Remove("feeDong");
        details["fees"] = new object[]
        {
            new
            {
                code = "licence",
                kind = "charge",
                name = "Lệ phí",
                nameEn = "Charge",
                dong = 0,
                unit = "value",
                shares = new[] { new { above = 0, percent = 0.5 } },
            },
        };
        var tag = (await Officer.Get("/api/v1/procedures/" + Licence)).ETag;
        (await Officer.Post($"/api/v1/procedures/{Licence}/versions", version, ("If-Match", tag))).Expect(201);
        var dossier = await Submitted();
        (await Act(dossier, "accept")).Expect(422, "dossiers.declared-value-missing");
        var accepted = (await Act(dossier, "accept", new { correctedCase = new { declaredValue = 10_000_000 } })).Expect(200);
        Assert.Equal(50_000, accepted.Json.GetProperty("feesDue")[0].GetProperty("dong").GetInt64());
    }

    [Fact]
    public async Task A_submission_for_a_commune_goes_to_its_own_centre()
    {
        var told = ThePortal.Submits("H15.101-261123-0007", "20261123085000", Birth);
        told["TaiLieuNop"] = new JsonArray(new JsonObject { ["MaThanhPhanHoSo"] = "form" });
        await Tell(told);
        await Worker.RunOnce(ExchangePartner.NationalPortal, Ct);
        var dossier = Assert.Single(Items(await Officer.Get("/api/v1/dossiers?status=submitted")));
        Assert.Equal((WardCommittee, Facilities.Ward), (Word(dossier, "agencyCode"), Word(dossier, "centreCode")));
    }

    [Fact]
    public async Task An_acceptance_there_starts_the_clock_when_it_happened()
    {
        var dossier = await Stated(await Submitted());
        await Report((2, "20261123100000"));
        var received = (await Officer.Get(Path(dossier))).Expect(200);
        Assert.Equal(("received", DakLak.At("2026-11-23 10:00")), (Text(received, "status"), At(received, "receivedAt")));
        Assert.Equal(DakLak.At("2026-12-01 17:00"), At(received, "dueAt")); // five working days and a holiday
        Assert.Equal(1, (await Totals()).GetProperty("received").GetInt32());
    }

    [Theory]
    [InlineData(3, "rejected")]
    [InlineData(8, "stopped")]
    public async Task A_submission_not_accepted_there_counts_in_no_figure_of_the_received(int status, string word)
    {
        var dossier = await Stated(await Submitted());
        await Report((status, "20261123100000"));
        var ended = (await Officer.Get(Path(dossier))).Expect(200);
        Assert.Equal((word, "rejection"), (Text(ended, "status"), Text(ended, "outcome")));
        var totals = await Totals();
        Assert.Equal((0, 0), (totals.GetProperty("received").GetInt32(), totals.GetProperty("settled").GetInt32()));
        // It cannot go on after that.
        await Report((4, "20261123110000"));
        Assert.Equal("status-not-reportable", (await Ledger(dossier)).Where(Inbound).Select(e => Word(e, "answer")).Last());
    }

    [Fact]
    public async Task A_question_at_intake_and_its_answer_begin_the_time_of_intake_anew()
    {
        var dossier = await Stated(await Submitted());
        await Report((5, "20261123100000"));
        Assert.False((await Clock(dossier)).TryGetProperty("intakeDueAt", out _));
        await Report((1, "20261125090000"));
        Assert.Equal(DakLak.At("2026-11-26 09:00"), (await Clock(dossier)).GetProperty("intakeDueAt").GetDateTimeOffset());
        Assert.Equal("submitted", Text(await Officer.Get(Path(dossier)), "status"));
    }

    [Fact]
    public async Task Waiting_for_papers_stops_the_clock_at_its_instant_and_the_answer_counts_anew_from_zero()
    {
        var dossier = await Stated(await Receive());
        await Report((4, "20261123093000"), (5, "20261124100000"));
        var waiting = (await Officer.Get(Path(dossier))).Expect(200);
        Assert.Equal("supplementRequested", Text(waiting, "status"));
        Assert.False(waiting.Json.TryGetProperty("dueAt", out _));
        await Report((4, "20261202100000"));
        var goesOn = (await Officer.Get(Path(dossier))).Expect(200);
        Assert.Equal(("inProcess", DakLak.At("2026-12-09 17:00")), (Text(goesOn, "status"), At(goesOn, "dueAt")));
        Assert.Equal(
            ["running 23 09:00", "waitingForCitizen 24 10:00", "running 02 10:00"],
            (await Segments(dossier)).Select(s => $"{Word(s, "state")} {At(s, "from").ToOffset(TimeSpan.FromHours(7)):dd HH:mm}")
        );
        // Taken back, it can be worked on here.
        var ours = (await Officer.Post(Path(dossier) + "/stated-by", new { system = "pac" }, ("If-Match", goesOn.ETag))).Expect(200);
        (await Act(ours, "complete-step")).Expect(200);
    }

    [Fact]
    public async Task A_request_names_its_papers_and_the_answer_brings_those_that_were_not_there()
    {
        var dossier = await Stated(await Submitted());
        Host.Clock.Now = DakLak.At("2026-12-20 09:00");
        await Tell(
            Asking(
                "20261123100000",
                ("20261123100000", new JsonObject { ["MaThanhPhanHoSo"] = "licence", ["NoiDung"] = "ảnh mờ" }),
                ("20261120100000", "form") // an earlier request
            )
        );
        await Worker.RunOnce(ExchangePartner.NationalPortal, Ct);
        var asked = Assert.Single(Items(await Officer.Get(Path(dossier) + ""), "documents"), d => Word(d, "code") == "licence");
        Assert.Equal("electronic", Word(asked, "kind"));
        var request = (await Officer.Get(Path(dossier))).Json.GetProperty("proceedings").GetProperty("supplements")[0];
        var item = Assert.Single(request.GetProperty("items").EnumerateArray());
        Assert.Equal(("licence", "ảnh mờ"), (Word(item, "code"), Word(item, "reason")));

        var answer = JsonNode.Parse(Message(Code, 1, "20261125090000"))!.AsObject();
        answer["TaiLieuNop"] = new JsonArray(new JsonObject { ["MaThanhPhanHoSo"] = "health" });
        await Tell(answer);
        await Worker.RunOnce(ExchangePartner.NationalPortal, Ct);
        Assert.Contains("health", Items(await Officer.Get(Path(dossier)), "documents").Select(d => Word(d, "code")));
    }

    [Theory]
    [InlineData("passport", "supplement-unpublished")]
    [InlineData("", "supplement-invalid")]
    public async Task A_request_for_a_paper_that_may_not_be_asked_for_is_parked_and_mended(string paper, string reason)
    {
        await Stated(await Submitted());
        await Tell(Asking("20261123100000", ("20261123100000", paper)));
        Host.Clock.Now = DakLak.At("2026-12-20 09:00");
        await Worker.RunOnce(ExchangePartner.NationalPortal, Ct);
        var parked = Assert.Single(Items(await Officer.Get(Portal + "/messages?state=parked")));
        Assert.Equal(reason, Word(parked, "answer"));
        var path = $"{Portal}/messages/{Word(parked, "id")}";
        var mended = Asking("20261123100000", ("20261123100000", "form")).ToJsonString();
        (await Officer.Post(path + "/replay", new { message = mended }, ("If-Match", (await Officer.Get(path)).ETag))).Expect(200);
        await Worker.RunOnce(ExchangePartner.NationalPortal, Ct);
        Assert.Equal("applied", Word((await Officer.Get(path)).Json.GetProperty("message"), "answer"));
    }

    private static JsonObject Asking(string at, params (string At, JsonNode Paper)[] requests)
    {
        var message = JsonNode.Parse(Message(Code, 5, at))!.AsObject();
        message["DanhSachHoSoBoSung"] = new JsonArray([
            .. requests.Select(r => new JsonObject
            {
                ["NoiDungBoSung"] = "Bổ sung giấy tờ",
                ["NgayBoSung"] = r.At,
                ["DanhSachGiayToBoSung"] = new JsonArray(r.Paper),
            }),
        ]);
        return message;
    }

    [Fact]
    public async Task What_is_parked_is_sealed_shown_masked_and_mended_without_its_number()
    {
        var wrong = ThePortal.Submits(Code, "20261123085000");
        wrong["NgayNopHoSo"] = "yesterday";
        var masked = Person.Identity[..3] + "*****" + Person.Identity[^4..];
        await Tell(wrong);
        await Tell(JsonNode.Parse($$"""{"MaHoSo":"{{Code}}","Khac":"{{Person.Identity}}"}""")!.AsObject());
        (await Officer.Post(Portal + "/messages", new { message = $"{{\"SoDinhDanh\":\"{Person.Identity}\", cắt ngang" })).Expect(201);
        await Worker.RunOnce(ExchangePartner.NationalPortal, Ct);
        var kept = await Host.Scalar<string>("SELECT string_agg(m::text, ' ') FROM dossiers.exchange_messages m");
        Assert.All(Person.Values, v => Assert.DoesNotContain(v, kept, StringComparison.Ordinal));

        var parked = Items(await Officer.Get(Portal + "/messages?state=parked"));
        Assert.Equal(["not-json", "time-invalid", "unknown-status"], parked.Select(m => Word(m, "answer")).Order());
        var texts = new List<Reply>();
        foreach (var message in parked)
            texts.Add((await Officer.Get($"{Portal}/messages/{Word(message, "id")}")).Expect(200));
        Assert.All(texts, t => Assert.Contains(masked, Text(t, "text"), StringComparison.Ordinal));
        Assert.All(texts, t => Assert.DoesNotContain(Person.Identity, Text(t, "text"), StringComparison.Ordinal));

        var seen = texts.Single(t => Text(t, "text").Contains("yesterday", StringComparison.Ordinal));
        var mended = Text(seen, "text").Replace("yesterday", "20261123085000", StringComparison.Ordinal);
        (
            await Officer.Post(
                $"{Portal}/messages/{seen.Json.GetProperty("message").GetProperty("id").GetString()}/replay",
                new { message = mended },
                ("If-Match", seen.ETag)
            )
        ).Expect(200);
        await Worker.RunOnce(ExchangePartner.NationalPortal, Ct);
        var dossier = Assert.Single(Items(await Officer.Get("/api/v1/dossiers?status=submitted")));
        var applicant = (await Officer.Get($"/api/v1/dossiers/{Word(dossier, "id")}/applicant")).Expect(200).Json;
        Assert.Equal(Person.Identity, Word(applicant, "identityNumber"));
    }

    [Fact]
    public async Task What_an_earlier_version_kept_in_plain_is_taken_and_sealed()
    {
        var good = ThePortal.Submits(Code, "20261123085000").ToJsonString();
        await Host.Sql(
            """
            INSERT INTO dossiers.exchange_messages (id, partner, direction, kind, state, attempts, next_attempt_at, text, key, created_at, revision)
            SELECT gen_random_uuid(), 'NationalPortal', 'Inbound', 'Dossier', s, 0, now(), $1, s, now(), 0
            FROM unnest(ARRAY['Waiting', 'Parked']) AS s
            """,
            good
        );
        await Worker.RunOnce(ExchangePartner.NationalPortal, Ct);
        Assert.Equal(1, await Host.Scalar<long>("SELECT count(*) FROM dossiers.dossiers WHERE portal_code = $1", Code));
        Assert.Equal(1, await Host.Scalar<long>("SELECT count(*) FROM dossiers.exchange_messages WHERE text IS NOT NULL"));
        await using (var scope = Host.Services.CreateAsyncScope())
            await new SealMessages(
                scope.ServiceProvider.GetRequiredService<DossiersDbContext>(),
                scope.ServiceProvider.GetRequiredService<IMessageSeals>()
            ).Run(Ct);
        Assert.Equal(0, await Host.Scalar<long>("SELECT count(*) FROM dossiers.exchange_messages WHERE text IS NOT NULL"));
        var parked = Assert.Single(Items(await Officer.Get(Portal + "/messages?state=parked")));
        Assert.Contains(Code, Text(await Officer.Get($"{Portal}/messages/{Word(parked, "id")}"), "text"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_taken_in_before_the_sealing_is_known_again_and_no_plain_hash_stays()
    {
        var text = ThePortal.Submits(Code, "20261123085000").ToJsonString();
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        await Host.Sql(
            """
            INSERT INTO dossiers.exchange_messages (id, partner, direction, kind, state, attempts, next_attempt_at, text, key, created_at, revision)
            VALUES (gen_random_uuid(), 'NationalPortal', 'Inbound', 'Dossier', 'Parked', 0, now(), $1, $2, now(), 0)
            """,
            text,
            hash
        );
        await using (var scope = Host.Services.CreateAsyncScope())
            await new SealMessages(
                scope.ServiceProvider.GetRequiredService<DossiersDbContext>(),
                scope.ServiceProvider.GetRequiredService<IMessageSeals>()
            ).Run(Ct);
        (await Officer.Post(Portal + "/messages", new { message = text })).Expect(201);
        Assert.Equal(1, await Host.Scalar<long>("SELECT count(*) FROM dossiers.exchange_messages"));
        Assert.Equal(0, await Host.Scalar<long>("SELECT count(*) FROM dossiers.exchange_messages WHERE key = $1", hash));
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("[{\"NgayBoSung\":\"20261120080000\",\"DanhSachGiayToBoSung\":[7]}]")]
    public async Task An_old_request_that_cannot_be_read_holds_up_no_other_status(string requests)
    {
        var dossier = await Stated(await Receive());
        Host.Clock.Now = DakLak.At("2026-11-23 14:00");
        var message = JsonNode.Parse(Message(Text(dossier, "code"), 4, "20261123100000"))!.AsObject();
        message["DanhSachHoSoBoSung"] = JsonNode.Parse(requests);
        await Tell(message);
        await Worker.RunOnce(ExchangePartner.NationalPortal, Ct);
        Assert.Equal("inProcess", Text(await Officer.Get(Path(dossier)), "status"));
        message["TrangThaiHoSo"] = "5";
        message["ThoiDiemXuLy"] = "20261123110000";
        await Tell(message);
        await Worker.RunOnce(ExchangePartner.NationalPortal, Ct);
        var parked = Assert.Single(Items(await Officer.Get(Portal + "/messages?state=parked")));
        Assert.Equal("supplement-invalid", Word(parked, "answer"));
    }

    [Fact]
    public async Task A_payment_suspends_the_clock_and_what_is_owed_is_taken_over()
    {
        var dossier = await Stated(await Receive());
        var message = JsonNode.Parse(Message(Text(dossier, "code"), 6, "20261124090000"))!.AsObject();
        message["DanhSachLePhi"] = new JsonArray(new JsonObject { ["TenPhiLePhi"] = "Lệ phí cấp đổi", ["Gia"] = "135000" });
        Host.Clock.Now = DakLak.At("2026-12-20 09:00");
        await Tell(message);
        await Worker.RunOnce(ExchangePartner.NationalPortal, Ct);
        var owed = Assert.Single(Items(await Officer.Get(Path(dossier) + "/payments"), "payments"));
        Assert.Equal(135_000, owed.GetProperty("amount").GetInt64());
        await Say(Text(dossier, "code"), 4, "20261126090000");
        await Worker.RunOnce(ExchangePartner.NationalPortal, Ct);
        var goesOn = (await Officer.Get(Path(dossier))).Expect(200);
        Assert.Equal(("inProcess", "paid"), (Text(goesOn, "status"), Text(goesOn, "payment")));
        Assert.Equal(DakLak.At("2026-12-02 17:00"), At(goesOn, "dueAt")); // two working days of standing still
        Assert.Contains("suspended", (await Segments(dossier)).Select(s => Word(s, "state")));
    }

    [Theory]
    [InlineData(false, "stop", "stopped")]
    [InlineData(true, "withdrawal", "withdrawn")]
    public async Task A_stop_there_ends_the_dossier_here_at_its_instant(bool asked, string outcome, string figure)
    {
        var dossier = await Stated(await Receive());
        if (asked)
            await Report((7, "20261124083000"));
        await Report((8, "20261124090000"));
        var ended = (await Officer.Get(Path(dossier))).Expect(200);
        Assert.Equal(
            ("stopped", outcome, DakLak.At("2026-11-24 09:00")),
            (Text(ended, "status"), Text(ended, "outcome"), At(ended, "settledAt"))
        );
        var totals = await Totals();
        Assert.Equal((1, 0), (totals.GetProperty(figure).GetInt32(), totals.GetProperty("late").GetInt32()));
    }

    [Fact]
    public async Task A_refusal_after_reception_counts_as_refused()
    {
        var dossier = await Stated(await Receive());
        await Report((3, "20261124090000"));
        Assert.Equal("refusal", Text(await Officer.Get(Path(dossier)), "outcome"));
        Assert.Equal(1, (await Totals()).GetProperty("refused").GetInt32());
    }

    [Fact]
    public async Task What_was_settled_there_and_goes_on_is_opened_again_and_a_withdrawal_refused_leads_back()
    {
        var dossier = await Stated(await Receive());
        await Report((9, "20261124090000"), (4, "20261125090000"));
        Assert.Equal("inProcess", Text(await Officer.Get(Path(dossier)), "status"));
        Assert.Equal(0, (await Totals()).GetProperty("settled").GetInt32());
        await Report((7, "20261125100000"), (4, "20261125110000"), (10, "20261126090000"));
        var returned = (await Officer.Get(Path(dossier))).Expect(200);
        Assert.Equal(("returned", "result"), (Text(returned, "status"), Text(returned, "outcome")));
        var totals = await Totals();
        Assert.Equal((1, 1), (totals.GetProperty("settled").GetInt32(), totals.GetProperty("returned").GetInt32()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whatever_order_messages_come_in_the_latest_event_stands_and_all_are_in_the_ledger(int seed)
    {
        var dossier = await Stated(await Receive());
        (int Status, string At)[] life =
        [
            (4, "20261123093000"),
            (5, "20261124100000"),
            (4, "20261126100000"),
            (9, "20261127090000"),
            (10, "20261127090000"),
        ];
        var random = new Random(seed);
        await Report([.. life.Concat(life).OrderBy(_ => random.Next())]);
        var returned = (await Officer.Get(Path(dossier))).Expect(200);
        Assert.Equal("returned", Text(returned, "status"));
        Assert.Equal(DakLak.At("2026-11-27 09:00"), At(returned, "settledAt"));
        var ledger = (await Ledger(dossier)).Where(Inbound).ToList();
        Assert.Equal(life.Length, ledger.Count);
        Assert.All(ledger, e => Assert.Contains(Word(e, "answer"), new[] { "applied", "older", "repeated" }));
    }

    [Fact]
    public async Task What_would_have_happened_before_the_last_act_here_is_parked()
    {
        var dossier = await Receive();
        Host.Clock.Advance(TimeSpan.FromHours(2));
        var asked = (await Act((await Act(dossier, "transfer")).Expect(200), "request-supplement", Wanted)).Expect(200);
        await Stated(asked);
        await Report((9, "20261123093000"));
        Assert.Equal("before-last-act", Word(Assert.Single(Items(await Officer.Get(Portal + "/messages?state=parked"))), "answer"));
        Assert.Equal("supplementRequested", Text(await Officer.Get(Path(dossier)), "status"));
    }

    [Fact]
    public async Task Files_fees_and_requests_are_told_in_the_members_of_the_portal()
    {
        var dossier = (await Act(await Receive(), "transfer")).Expect(200);
        await Act(dossier, "request-supplement", Wanted);
        while (await Sync() > 0) { }
        var told = ThePortal.Dossiers[Text(dossier, "code")];
        Assert.Equal(["form", "licence"], told["TaiLieuNop"]!.AsArray().Select(f => (string)f!["MaThanhPhanHoSo"]!));
        Assert.All(
            told["TaiLieuNop"]!.AsArray(),
            f => Assert.Equal(("False", "0"), ((string)f!["IsDeleted"]!, (string)f["DuocTaiSuDung"]!))
        );
        var fee = Assert.Single(told["DanhSachLePhi"]!.AsArray())!;
        Assert.Equal(("135000", "1"), ((string?)fee["Gia"], (string?)fee["HinhThucThu"]));
        var asked = Assert.Single(told["DanhSachHoSoBoSung"]!.AsArray())!;
        Assert.Equal(("20261123090000", ""), ((string?)asked["NgayBoSung"], (string?)asked["NgayTiepNhanBoSung"]));
        Assert.StartsWith("form: ", (string?)asked["NoiDungBoSung"], StringComparison.Ordinal);
        var paper = Assert.Single(asked["DanhSachGiayToBoSung"]!.AsArray())!;
        Assert.Equal(("form", "thiếu chữ ký"), ((string?)paper["MaThanhPhanHoSo"], (string?)paper["NoiDung"]));
        Assert.Equal("0", (string?)told["DuocThanhToanTrucTuyen"]);
    }

    [Fact]
    public async Task Whoever_reads_what_the_portal_wrote_of_a_person_stands_in_the_access_log()
    {
        await Tell(ThePortal.Submits(Code, "20261123085000"));
        await Worker.RunOnce(ExchangePartner.NationalPortal, Ct);
        var message = Assert.Single(Items(await Officer.Get(Portal + "/messages?direction=inbound")));
        Assert.Empty(Items(await Officer.Get("/api/v1/access-entries"))); // the list names nobody
        (await Officer.Get($"{Portal}/messages/{Word(message, "id")}")).Expect(200);
        var entry = Assert.Single(Items(await Officer.Get("/api/v1/access-entries")));
        Assert.Equal(
            0,
            await Host.Scalar<long>("SELECT count(*) FROM dossiers.exchange_messages m WHERE strpos(m::text, $1) > 0", Person.Identity)
        );
        Assert.Equal("exchange-message", Word(entry, "purpose"));
        // Of a message about nobody known here, the audit trail keeps it.
        var wrong = (await Officer.Post(Portal + "/messages", new { message = $$"""{"ChuHoSo":"{{Person.Name}}"}""" })).Expect(201);
        (await Officer.Get(wrong.Location)).Expect(200);
        Assert.Single(Items(await Officer.Get("/api/v1/access-entries")));
        Assert.Equal(
            1,
            await Host.Scalar<long>(
                "SELECT count(*) FROM dossiers.audit WHERE kind = 'PersonalData' AND thing = $1",
                wrong.Location.Split('/')[^1]
            )
        );
    }

    private static readonly object Wanted = new
    {
        items = new[] { new { code = "form", reason = "thiếu chữ ký" } },
        legalBasis = "khoản 1 Điều 11 Nghị định 118/2025/NĐ-CP",
    };

    private async Task<Reply> Submitted()
    {
        await Tell(ThePortal.Submits(Code, "20261123085000"));
        await Worker.RunOnce(ExchangePartner.NationalPortal, Ct);
        var dossier = Assert.Single(Items(await Officer.Get("/api/v1/dossiers?status=submitted")));
        return (await Officer.Get("/api/v1/dossiers/" + Word(dossier, "id"))).Expect(200);
    }

    private async Task Tell(JsonObject message) =>
        (await Officer.Post(Portal + "/messages", new { message = message.ToJsonString() })).Expect(201);

    // Reported long after it happened.
    private async Task Report(params (int Status, string At)[] reports)
    {
        Host.Clock.Now = DakLak.At("2026-12-20 09:00");
        var code = await Host.Scalar<string>("SELECT code FROM dossiers.dossiers");
        foreach (var (status, at) in reports)
            await Say(code, status, at);
        await Worker.RunOnce(ExchangePartner.NationalPortal, Ct);
    }

    private async Task<JsonElement> Totals() =>
        (await Officer.Get("/api/v1/dossier-statistics?from=2026-11-01&to=2026-11-30")).Expect(200).Json.GetProperty("totals");

    private async Task<JsonElement> Clock(Reply dossier) => (await Officer.Get(Path(dossier) + "/clock")).Expect(200).Json;

    private async Task<IEnumerable<JsonElement>> Segments(Reply dossier) =>
        (await Clock(dossier)).GetProperty("clock").GetProperty("segments").EnumerateArray();

    private static DateTimeOffset At(Reply reply, string member) => At(reply.Json, member);

    private static DateTimeOffset At(JsonElement element, string member) => element.GetProperty(member).GetDateTimeOffset();
}
