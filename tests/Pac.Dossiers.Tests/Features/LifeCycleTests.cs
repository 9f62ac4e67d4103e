using System.IO.Compression;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Pac.Dossiers.Features.Handling;
using Pac.Facilities.Contracts;
using Pac.Testing;
using UglyToad.PdfPig;

namespace Pac.Dossiers.Tests.Features;

/// <summary>The whole life of a dossier over the API: online intake, supplements, payments, extension, withdrawal, stop, hand-over, reopening.</summary>
public sealed class LifeCycleTests(DossiersHost fixture) : DossierTests(fixture)
{
    private static readonly object Asked = new
    {
        items = new[] { new { code = "licence", reason = "Bản sao không rõ" } },
        legalBasis = "Nghị định 118/2025/NĐ-CP, điều 11",
    };

    private static readonly object Answered = new { documents = Papers("licence") };

    private static readonly object Demand = new { amount = 135000, notice = "TB 12/TB-CAT" };

    private static readonly object Paid = new
    {
        method = "cash",
        receiptSeries = "AA/26E",
        receiptNumber = "0000123",
    };

    private static Dictionary<string, object?> Submission(string? portalCode = null) => new(Reception()) { ["portalCode"] = portalCode };

    private async Task<Reply> Submit() => (await Officer.Post("/api/v1/online-submissions", Submission())).Expect(201);

    private async Task<Reply> InProcess() => (await Act(await Receive(), "transfer")).Expect(200);

    private async Task<int> Watch() => await Host.Services.GetRequiredService<DeadlineWatch>().Once(TestContext.Current.CancellationToken);

    private async Task<JsonElement> Figures()
    {
        var reply = await Officer.Get("/api/v1/dossier-statistics?from=2026-11-01&to=2026-12-31&groupBy=day,channel");
        var figures = reply.Expect(200).Json;
        foreach (var f in figures.GetProperty("groups").EnumerateArray().Append(figures.GetProperty("totals")))
            Assert.Equal(N(f, "carriedOver") + N(f, "received"), N(f, "settled") + N(f, "open"));
        return figures.GetProperty("totals");
    }

    private static long N(JsonElement figures, string name) => figures.GetProperty(name).GetInt64();

    private async Task NothingDiffers()
    {
        var job = (await Officer.Post("/api/v1/dossier-statistics/recount", new { repair = false })).Expect(202);
        await Host.RunJobs();
        var done = (await Officer.Get("/api/v1/jobs/" + Text(job, "id"))).Expect(200).Json;
        Assert.Empty(done.GetProperty("result").GetProperty("differences").EnumerateArray());
    }

    [Fact]
    public async Task A_submission_is_accepted_and_only_then_received()
    {
        var submitted = await Submit();
        Assert.Equal(("submitted", 1), (Text(submitted, "status"), submitted.Json.GetProperty("nationalStatus").GetInt32()));
        Assert.Equal("2026-11-25T09:00:00+07:00", Text(submitted, "intakeDueAt")); // eight working hours from 9:00
        Assert.False(submitted.Json.TryGetProperty("receivedAt", out _));
        Assert.False(submitted.Json.TryGetProperty("dueAt", out _));
        Assert.Equal(0, N(await Figures(), "received"));
        Assert.Empty(await Host.Facts<Contracts.DossierReceived>());

        var received = (await Act(submitted, "accept")).Expect(200);
        Assert.Equal(("received", "2026-12-01T17:00:00+07:00"), (Text(received, "status"), Text(received, "dueAt")));
        Assert.Equal(Text(received, "dueAt"), Text(received, "promisedAt"));
        Assert.Equal(received.Text, (await Officer.Get(Path(received))).Expect(200).Text);
        Assert.Equal(1, N(await Figures(), "received"));
        Assert.Single(await Host.Facts<Contracts.DossierReceived>());
        await NothingDiffers();
    }

    [Fact]
    public async Task One_code_of_the_portal_is_taken_once()
    {
        (await Officer.Post("/api/v1/online-submissions", Submission("000.00.00.G12-261123-0001"))).Expect(201);
        (await Officer.Post("/api/v1/online-submissions", Submission("000.00.00.G12-261123-0001"))).Expect(
            409,
            "dossiers.already-submitted"
        );
    }

    [Fact]
    public async Task What_is_rejected_counts_in_no_figure_and_has_form_03()
    {
        var rejected = (await Act(await Submit(), "reject", new { reason = "Không thuộc thẩm quyền", legalBasis = "Luật 1" })).Expect(200);
        Assert.Equal(("rejected", "rejection"), (Text(rejected, "status"), Text(rejected, "outcome")));
        Assert.Equal((0, 0), (N(await Figures(), "received"), N(await Figures(), "settled")));
        await NothingDiffers();
        var form = (await Officer.Get(Path(rejected) + "/forms/03")).Expect(200).Json;
        Assert.Equal(("Không thuộc thẩm quyền", true), (form.GetProperty("reason").GetString(), form.GetProperty("atIntake").GetBoolean()));
        (await Act(rejected, "accept")).Expect(409, "dossiers.act-not-possible");
    }

    [Fact]
    public async Task A_supplement_stops_the_clock_and_counts_anew()
    {
        var asked = (await Act(await InProcess(), "request-supplement", Asked)).Expect(200);
        Assert.Equal(("supplementRequested", 5), (Text(asked, "status"), asked.Json.GetProperty("nationalStatus").GetInt32()));
        Assert.False(asked.Json.TryGetProperty("dueAt", out _));
        Assert.DoesNotContain(Items(await Officer.Get("/api/v1/dossiers?overdue=true")), _ => true);

        Host.Clock.Now = DakLak.At("2026-12-02 10:00");
        Assert.DoesNotContain(Items(await Officer.Get("/api/v1/dossiers?overdue=true")), _ => true); // it does not age
        var answered = (await Act(asked, "submit-supplement", Answered)).Expect(200);
        Assert.Equal(("inProcess", "2026-12-09T17:00:00+07:00"), (Text(answered, "status"), Text(answered, "dueAt")));
        Assert.Equal(answered.Text, (await Officer.Get(Path(answered))).Expect(200).Text);
        var twice = (await Act(answered, "request-supplement", Asked)).Expect(422, "dossiers.supplement-twice");
        Assert.Contains("118/2025", twice.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);

        var time = (await Officer.Get(Path(answered) + "/clock")).Expect(200).Json;
        Assert.Equal(("PT0S", true), (time.GetProperty("netProcessingTime").GetString(), time.GetProperty("onTimeByIndex").GetBoolean()));
        Assert.Equal(3, time.GetProperty("clock").GetProperty("segments").GetArrayLength());
    }

    [Fact]
    public async Task What_was_due_before_the_first_wait_is_kept_with_the_pauses_before_it_whatever_calendars_say_later()
    {
        Host.Clock.Now = DakLak.At("2026-12-01 08:00");
        var open = await InProcess();
        Assert.Equal("2026-12-08T17:00:00+07:00", Text(open, "dueAt"));
        Host.Clock.Now = DakLak.At("2026-12-02 09:00");
        open = (await Act(open, "request-payment", Demand)).Expect(200);
        Host.Clock.Now = DakLak.At("2026-12-07 10:00");
        open = (await Act(open, "confirm-payment", Paid)).Expect(200);
        Assert.Equal("2026-12-11T17:00:00+07:00", Text(open, "dueAt"));
        Host.Clock.Now = DakLak.At("2026-12-08 09:00");
        open = (await Act(open, "request-supplement", Asked)).Expect(200);
        Host.Clock.Now = DakLak.At("2026-12-08 15:00");
        open = (await Act(open, "submit-supplement", Answered)).Expect(200);
        Assert.Equal("2026-12-11T10:00:00.000000Z", await Promised());
        // While it is open it follows the calendar.
        Facilities.Calendar = Facilities.Calendar.Closing("2026-12-09");
        await Host.Tell(new CalendarChanged("dak-lak", 2, "Nghỉ bão"));
        await Host.DrainOutbox();
        await Host.RunJobs();
        Assert.Equal("2026-12-14T10:00:00.000000Z", await Promised());
        Host.Clock.Now = DakLak.At("2026-12-10 10:00");
        var last = (await Officer.Get(Path(open))).Expect(200);
        (await Act(last, "settle", Signed(refusal: "Không đủ điều kiện"))).Expect(200);
        Assert.True((await Officer.Get(Path(open) + "/clock")).Expect(200).Json.GetProperty("onTimeByIndex").GetBoolean());
        var kept = await Proof();
        Facilities.Calendar = Facilities.Calendar.Closing("2026-12-03").Closing("2026-12-04").Closing("2026-12-11");
        await Host.Tell(new CalendarChanged("dak-lak", 5, "Nghỉ bão"));
        await Host.DrainOutbox();
        await Host.RunJobs();
        Assert.Equal(kept, await Proof());

        // Rows from before it was kept are given what was known.
        await Host.Sql("UPDATE dossiers.dossiers SET clock = clock - 'dueBeforeWaiting'");
        Assert.NotEqual(kept, await Proof());
        await Host.Sql(Pac.Dossiers.Persistence.PromisedBackfill.Fill);
        Assert.Equal("2026-12-11T10:00:00.000000Z", await Promised()); // as the payment left it
        await Host.Sql("UPDATE dossiers.dossiers SET clock = clock - 'dueBeforeWaiting'");
        await Host.Sql("DELETE FROM dossiers.events");
        await Host.Sql(Pac.Dossiers.Persistence.PromisedBackfill.Fill);
        Assert.Equal("2026-12-08T10:00:00.000000Z", await Promised()); // as the receipt says

        async Task<string> Proof() =>
            (await Officer.Get("/api/v1/dossier-statistics/proof?from=2026-12-01&to=2026-12-31"))
                .Expect(200)
                .Text.Split('\n')
                .Single(l => l.StartsWith("{\"kind\":\"dossier\"", StringComparison.Ordinal))
                .Split(",\"hash\"")[0];

        async Task<string?> Promised() => JsonDocument.Parse(await Proof() + "}").RootElement.GetProperty("promisedAt").GetString();
    }

    [Fact]
    public async Task Of_a_long_history_the_newest_acts_are_shown_and_how_many_there_are()
    {
        var dossier = await InProcess();
        var timeline = (await Officer.Get(Path(dossier) + "/timeline")).Expect(200).Json;
        Assert.Equal((2, 2), (timeline.GetProperty("total").GetInt32(), timeline.GetProperty("entries").GetArrayLength()));
        await Host.Sql(
            """
            INSERT INTO dossiers.timeline (id, dossier_id, at, act, subject, detail)
            SELECT ('ffffffff-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, id, now(), 'noted', 'x', n::text
            FROM dossiers.dossiers, generate_series(1, 1005) AS n
            """
        );
        timeline = (await Officer.Get(Path(dossier) + "/timeline")).Expect(200).Json;
        var entries = Items(await Officer.Get(Path(dossier) + "/timeline"), "entries");
        Assert.Equal((1007, 1000), (timeline.GetProperty("total").GetInt32(), entries.Count));
        Assert.Equal(("6", "1005"), (entries[0].GetProperty("detail").GetString(), entries[^1].GetProperty("detail").GetString()));

        await Host.Sql(
            """
            INSERT INTO dossiers.exchange_messages (id, partner, direction, kind, dossier_id, state, attempts, next_attempt_at, created_at, revision)
            SELECT gen_random_uuid(), 'NationalPortal', 'Outbound', 'Progress', id, 'Done', n, now(), now(), n
            FROM dossiers.dossiers, generate_series(1, 1005) AS n ORDER BY n
            """
        );
        var ledger = (await Officer.Get(Path(dossier) + "/sync-ledger")).Expect(200).Json;
        Assert.Equal((1005, 1000), (ledger.GetProperty("total").GetInt32(), ledger.GetProperty("entries").GetArrayLength()));
        Assert.Equal(1005, ledger.GetProperty("entries")[999].GetProperty("message").GetProperty("attempts").GetInt32());
    }

    [Fact]
    public async Task What_is_unpublished_or_digital_already_is_refused_with_the_article()
    {
        var dossier = await InProcess();
        var digital = (await Act(dossier, "request-supplement", Ask("health"))).Expect(422, "dossiers.supplement-already-digital");
        Assert.Contains("Điều 5", digital.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal("/items/0/code", Assert.Single(Faults(digital)).Pointer);
        (await Act(dossier, "request-supplement", Ask("neighbours"))).Expect(422, "dossiers.supplement-unpublished");

        static object Ask(string code) => new { items = new[] { new { code, reason = "thiếu" } }, legalBasis = "Luật 1" };
    }

    [Fact]
    public async Task A_supplement_that_nobody_answers_stops_the_dossier_after_fifteen_working_days_on_one_of_two_hosts()
    {
        var asked = (await Act(await InProcess(), "request-supplement", Asked)).Expect(200);
        Host.Clock.Now = DakLak.At("2026-12-15 17:01"); // 24 November is a holiday
        await using var second = await Host.Sibling();
        var taken = await Task.WhenAll(
            Watch(),
            second.Services.GetRequiredService<DeadlineWatch>().Once(TestContext.Current.CancellationToken)
        );
        Assert.Equal(1, taken.Sum());
        Assert.Equal(0, await Watch());
        var stopped = (await Officer.Get(Path(asked))).Expect(200);
        Assert.Equal(("stopped", "stop"), (Text(stopped, "status"), Text(stopped, "outcome")));
        var figures = await Figures();
        Assert.Equal((1, 1, 0), (N(figures, "settled"), N(figures, "stopped"), N(figures, "late")));
        await NothingDiffers();
        (await Officer.Get(Path(stopped) + "/forms/05")).Expect(200);
    }

    [Fact]
    public async Task The_passing_of_intake_and_due_instants_is_noted_once()
    {
        var submitted = await Submit();
        var dossier = await InProcess();
        Host.Clock.Now = DakLak.At("2026-12-01 17:01");
        Assert.Equal(2, await Watch());
        Assert.Equal(0, await Watch());
        Assert.Equal("intakeOverdue", Last(await Officer.Get(Path(submitted) + "/timeline")));
        Assert.Equal("overdue", Last(await Officer.Get(Path(dossier) + "/timeline")));

        static string? Last(Reply timeline) => Items(timeline, "entries")[^1].GetProperty("act").GetString();
    }

    [Fact]
    public async Task A_payment_suspends_the_work_and_is_listed_with_its_receipt()
    {
        var waiting = (await Act(await InProcess(), "request-payment", Demand)).Expect(200);
        Assert.Equal(("financialObligationRequested", "waiting"), (Text(waiting, "status"), Text(waiting, "payment")));
        Host.Clock.Now = DakLak.At("2026-11-26 09:00");
        var paid = (await Act(waiting, "confirm-payment", Paid)).Expect(200);
        Assert.Equal(
            ("inProcess", "paid", "2026-12-03T17:00:00+07:00"),
            (Text(paid, "status"), Text(paid, "payment"), Text(paid, "dueAt"))
        );
        var line = Assert.Single(Items(await Officer.Get(Path(paid) + "/payments"), "payments"));
        Assert.Equal(
            (135000, "VND", "0000123"),
            (line.GetProperty("amount").GetInt64(), line.GetProperty("currency").GetString(), line.GetProperty("receiptNumber").GetString())
        );
    }

    [Fact]
    public async Task An_extension_comes_once_with_form_04()
    {
        var dossier = await InProcess();
        (await Officer.Get(Path(dossier) + "/forms/04")).Expect(404, "form-not-found");
        var extended = (await Act(dossier, "extend", Apology("2026-12-07"))).Expect(200);
        Assert.Equal("2026-12-07T17:00:00+07:00", Text(extended, "dueAt"));
        (await Act(extended, "extend", Apology("2026-12-09"))).Expect(409, "dossiers.extended-before");
        var form = (await Officer.Get(Path(dossier) + "/forms/04")).Expect(200).Json;
        Assert.False(form.GetProperty("isLate").GetBoolean());

        var late = await InProcess();
        Host.Clock.Now = DakLak.At("2026-12-01 17:01");
        var refused = (await Act(late, "extend", Apology("2026-12-07"))).Expect(409, "dossiers.extension-too-late");
        Assert.Contains("2026-12-01 17:00", refused.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);

        static object Apology(string day) =>
            new
            {
                reason = "Chờ ý kiến",
                newDueDate = day,
                signer = "Giám đốc Sở",
            };
    }

    [Fact]
    public async Task A_withdrawal_is_granted_until_there_is_a_decision()
    {
        var wished = (await Act(await InProcess(), "request-withdrawal", new { channel = "online", reason = "đổi ý" })).Expect(200);
        Assert.Equal("withdrawalRequested", Text(wished, "status"));
        (await Act(wished, "decide-withdrawal", new { granted = false })).Expect(422, "dossiers.decision-missing");
        var stopped = (await Act(wished, "decide-withdrawal", new { granted = true })).Expect(200);
        Assert.Equal(("stopped", "withdrawal"), (Text(stopped, "status"), Text(stopped, "outcome")));
        var figures = await Figures();
        Assert.Equal((1, 1), (N(figures, "settled"), N(figures, "withdrawn")));
        await NothingDiffers();
        Assert.True((await Officer.Get(Path(stopped) + "/forms/05")).Expect(200).Json.GetProperty("onRequest").GetBoolean());

        var settled = await Settle(await Receive());
        (await Act(settled, "request-withdrawal", new { })).Expect(409, "dossiers.withdrawal-too-late");
    }

    [Fact]
    public async Task What_was_not_accepted_yet_is_withdrawn_at_once_and_counts_as_neither_received_nor_turned_away()
    {
        var submitted = await Submit();
        var withdrawn = (await Act(submitted, "request-withdrawal", new { channel = "online", reason = "đổi ý" })).Expect(200);
        Assert.Equal(("stopped", "withdrawal"), (Text(withdrawn, "status"), Text(withdrawn, "outcome")));
        (await Act(withdrawn, "accept")).Expect(409, "dossiers.act-not-possible");
        var asked = (await Act(await Submit(), "request-supplement", Asked)).Expect(200);
        Assert.Equal("stopped", Text((await Act(asked, "request-withdrawal", new { })).Expect(200), "status"));

        (await Act(await Submit(), "reject", new { reason = "Không thuộc thẩm quyền", legalBasis = "Luật 1" })).Expect(200);
        var figures = await Figures();
        Assert.Equal((0, 0, 0, 1), (N(figures, "received"), N(figures, "settled"), N(figures, "withdrawn"), N(figures, "rejected")));
        await NothingDiffers();
        var form = (await Officer.Get(Path(withdrawn) + "/forms/05")).Expect(200).Json;
        Assert.Equal((true, "submitted"), (form.GetProperty("onRequest").GetBoolean(), form.GetProperty("statusBefore").GetString()));
        var acts = Items(await Officer.Get(Path(withdrawn) + "/timeline"), "entries").Select(e => e.GetProperty("act").GetString());
        Assert.Equal(["withdrawalRequested", "withdrawn"], acts.TakeLast(2));
    }

    [Fact]
    public async Task A_dossier_is_stopped_and_reopened_by_special_right_and_the_figures_follow()
    {
        var dossier = await InProcess();
        var stopped = (await Act(dossier, "stop", new { reason = "Theo bản án", legalBasis = "Luật 1" })).Expect(200);
        Assert.Equal(1, N(await Figures(), "stopped"));
        var tracked = (await Host.Anonymous().Get("/api/v1/tracking/" + Text(stopped, "code"))).Expect(200);
        Assert.False(tracked.Json.TryGetProperty("dueAt", out _));
        var right = Host.Client([.. Everything.Where(p => p != "dossiers.reopen")]);
        var reopening = new { reason = "Kết luận thanh tra" };
        (await Act(stopped, "reopen", reopening, right)).Expect(403, "forbidden");
        (await Act(stopped, "reopen", reopening)).Expect(422, "dossiers.special-act-unapproved");
        (await Act(stopped, "reopen", reopening, Leader)).Expect(422, "dossiers.special-act-unapproved");
        stopped = await ApproveReopening(stopped);
        (await Act(stopped, "reopen", reopening, Leader)).Expect(422, "dossiers.special-act-same-hand");
        var reopened = (await Act(stopped, "reopen", reopening)).Expect(200);
        Assert.Equal(
            [("specialActApproved", "leader"), ("reopened", "test-user")],
            Items(await Officer.Get(Path(stopped) + "/timeline"), "entries")
                .TakeLast(2)
                .Select(e => (e.GetProperty("act").GetString()!, e.GetProperty("subject").GetString()!))
        );
        Assert.Equal("inProcess", Text(reopened, "status"));
        var figures = await Figures();
        Assert.Equal((0, 0, 1), (N(figures, "settled"), N(figures, "stopped"), N(figures, "open")));
        await NothingDiffers();
        var again = (await Act(await AllSteps(reopened), "settle", Signed())).Expect(200);
        // The approval is used up.
        (await Act(again, "reopen", reopening)).Expect(422, "dossiers.special-act-unapproved");
        await NothingDiffers();
    }

    [Fact]
    public async Task What_is_opened_again_goes_on_at_the_step_in_which_it_ended()
    {
        var dossier = await InProcess();
        var stopped = (await Act(dossier, "stop", new { reason = "Theo bản án", legalBasis = "Luật 1" })).Expect(200);
        var reopened = (await Act(await ApproveReopening(stopped), "reopen", new { reason = "Kết luận" })).Expect(200);
        Assert.Equal(("inProcess", 2), (Text(reopened, "status"), reopened.Json.GetProperty("currentStep").GetInt32()));
        (await Act(reopened, "settle", Signed())).Expect(409, "dossiers.steps-open");
        var settled = (await Act(await AllSteps(reopened), "settle", Signed())).Expect(200);

        // Where all was done, the last step is done once more, and what was recorded of it stays.
        var steps = Items(await Officer.Get(Path(settled) + "/steps"), "steps").Count;
        var again = (await Act(await ApproveReopening(settled), "reopen", new { reason = "Sai sót" })).Expect(200);
        Assert.Equal(steps + 1, again.Json.GetProperty("currentStep").GetInt32());
        Assert.Equal(steps + 1, Items(await Officer.Get(Path(again) + "/steps"), "steps").Count);
        (await Act(again, "settle", Signed())).Expect(200);
        await NothingDiffers();

        // What never left the centre is still to be handed over.
        var wished = (await Act(await Receive(), "request-withdrawal", new { })).Expect(200);
        var given = (await Act(wished, "decide-withdrawal", new { granted = true })).Expect(200);
        var back = (await Act(await ApproveReopening(given), "reopen", new { reason = "Nhầm" })).Expect(200);
        Assert.Equal("received", Text(back, "status"));
        (await Act(back, "transfer", new { note = "đủ" })).Expect(200);
    }

    [Fact]
    public async Task The_share_of_an_agency_does_not_run_while_the_person_is_waited_for()
    {
        var share = new
        {
            agencyCode = Trade,
            reason = "xin ý kiến",
            shareHours = 16,
        };
        var dossier = (await Act(await InProcess(), "hand-over", share)).Expect(200);
        Host.Clock.Now += TimeSpan.FromHours(1);
        var asked = (await Act(dossier, "request-supplement", Asked)).Expect(200);
        Host.Clock.Now = DakLak.At("2026-12-04 08:00");
        var answered = (await Act(asked, "submit-supplement", Answered)).Expect(200);
        Host.Clock.Now = DakLak.At("2026-12-04 10:00");
        var back = (await Act(answered, "hand-over", new { agencyCode = Police, reason = "trả lại" })).Expect(200);
        var shares = Items(await Officer.Get(Path(back) + "/clock"), "shares");
        Assert.Equal("early", shares[1].GetProperty("result").GetString());
    }

    [Fact]
    public async Task An_agency_sees_what_is_handed_to_it_and_answers_for_its_share()
    {
        var other = Over("agency:" + Trade);
        var dossier = await InProcess();
        (await other.Get(Path(dossier))).Expect(404);
        var handed = (
            await Act(
                dossier,
                "hand-over",
                new
                {
                    agencyCode = Trade,
                    reason = "xin ý kiến",
                    shareHours = 8,
                }
            )
        ).Expect(200);
        Assert.Equal((Trade, Police), (Text(handed, "handlingAgencyCode"), Text(handed, "agencyCode")));
        (await other.Get(Path(dossier))).Expect(200);
        Assert.Single(Items(await other.Get("/api/v1/dossiers")));
        Assert.Single(Items(await other.Get("/api/v1/dossiers?status=inProcess")));

        Host.Clock.Now = DakLak.At("2026-11-26 09:00");
        (await Act(handed, "hand-over", new { agencyCode = Police, reason = "trả lại" }, other)).Expect(422, "dossiers.hand-over-late");
        var back = (
            await Act(
                handed,
                "hand-over",
                new
                {
                    agencyCode = Police,
                    reason = "trả lại",
                    lateCause = "chờ khảo sát",
                },
                other
            )
        ).Expect(200);
        (await other.Get(Path(dossier))).Expect(404);
        var shares = Items(await Officer.Get(Path(back) + "/clock"), "shares");
        Assert.Equal(["early", "late", null], shares.Select(s => s.TryGetProperty("result", out var r) ? r.GetString() : null));
        Assert.Equal(16, shares[1].GetProperty("usedHours").GetDecimal()); // the 24th is a holiday
        await NothingDiffers();
    }

    [Fact]
    public async Task A_result_wanted_at_another_centre_is_seen_and_returned_there()
    {
        var reception = Reception();
        reception["returnAtCentreCode"] = Facilities.Ward;
        reception["assistedAtCentreCode"] = Facilities.Ward;
        var dossier = (await Officer.Post("/api/v1/dossiers", reception)).Expect(201);
        Assert.Equal((Facilities.Centre, Facilities.Ward), (Text(dossier, "centreCode"), Text(dossier, "returnAtCentreCode")));
        await Receive(centre: Facilities.Ward);
        var ward = Over("centre:" + Facilities.Ward);
        Assert.Equal(2, Items(await ward.Get("/api/v1/dossiers")).Count);
        Assert.Equal(2, Items(await ward.Get("/api/v1/dossiers?channel=counter")).Count);
        var settled = await SettlePaid(dossier);
        (
            await Act(
                settled,
                "return",
                new
                {
                    method = "counter",
                    receiver = "A",
                    identityCheck = "receipt",
                },
                ward
            )
        ).Expect(200);
        reception["returnAtCentreCode"] = "nowhere";
        (await Officer.Post("/api/v1/dossiers", reception)).Expect(422, "dossiers.unknown-centre");
    }

    [Fact]
    public async Task Linked_dossiers_have_one_appointment_and_the_leading_one_goes_back_last()
    {
        var parent = await Receive(); // five working days
        var child = await Receive("2.000488"); // ten days
        var led = (await Act(parent, "link", new { dossierIds = new[] { Text(child, "id") } })).Expect(200);
        Assert.Equal(Text(child, "dueAt"), Text(led, "promisedAt"));
        var group = (await Officer.Get(Path(led) + "/linked")).Expect(200).Json;
        Assert.Equal(Text(child, "code"), Assert.Single(group.GetProperty("dossiers").EnumerateArray()).GetProperty("code").GetString());
        var settled = await Settle(led);
        (await Act(settled, "return", ByPost)).Expect(409, "dossiers.linked-open");
        await Settle((await Officer.Get(Path(child))).Expect(200));
        (await Act(await PayAll(settled), "return", ByPost)).Expect(200);
    }

    [Fact]
    public async Task A_successor_takes_over_everything_unfinished_in_a_job()
    {
        var open = await InProcess();
        var late = await InProcess();
        var done = (await Act(await SettlePaid(await Receive()), "return", ByPost)).Expect(200);
        Host.Clock.Now = DakLak.At("2026-12-02 09:00");
        var job = (
            await Officer.Post(
                "/api/v1/dossier-successions",
                new
                {
                    fromAgencyCode = Police,
                    toAgencyCode = Trade,
                    decision = "Nghị quyết 1",
                }
            )
        ).Expect(202);
        await Host.RunJobs();
        var result = (await Officer.Get("/api/v1/jobs/" + Text(job, "id"))).Expect(200).Json.GetProperty("result");
        Assert.Equal((2, 2), (N(result, "passed"), N(result, "passedLate")));
        var passed = (await Officer.Get(Path(open))).Expect(200);
        Assert.Equal(
            (Trade, Text(open, "dueAt"), Text(open, "receivedAt")),
            (Text(passed, "handlingAgencyCode"), Text(passed, "dueAt"), Text(passed, "receivedAt"))
        );
        Assert.False((await Officer.Get(Path(done))).Expect(200).Json.TryGetProperty("handlingAgencyCode", out _));
        Assert.Equal(2, Items(await Over("agency:" + Trade).Get("/api/v1/dossiers")).Count);
        (
            await Over("agency:" + Police)
                .Post(
                    "/api/v1/dossier-successions",
                    new
                    {
                        fromAgencyCode = Police,
                        toAgencyCode = Trade,
                        decision = "x",
                    }
                )
        ).Expect(403);
        Assert.NotNull(late);
    }

    [Fact]
    public async Task An_act_that_is_not_possible_names_the_state_and_those_that_are()
    {
        var refused = (await Act(await Receive(), "stop", new { reason = "x", legalBasis = "y" })).Expect(409, "dossiers.act-not-possible");
        var detail = refused.Json.GetProperty("detail").GetString();
        Assert.Contains("received", detail, StringComparison.Ordinal);
        Assert.Contains("transfer, hand-in, extend", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_terms_of_law_are_data_with_their_source()
    {
        var terms = Items(await Officer.Get("/api/v1/legal-terms"));
        var intake = Assert.Single(terms, t => t.GetProperty("code").GetString() == "intake.online");
        Assert.Equal((8, "workingHour"), (intake.GetProperty("value").GetInt32(), intake.GetProperty("unit").GetString()));
        Assert.All(terms, t => Assert.NotEmpty(t.GetProperty("basis").GetString()!));
    }

    [Fact]
    public async Task A_late_calendar_moves_intake_supplement_and_due_instants_and_says_why()
    {
        var submitted = await Submit();
        var asked = (await Act(await InProcess(), "request-supplement", Asked)).Expect(200);
        Facilities.Calendar = Facilities.Calendar.Closing("2026-11-25");
        await Host.Tell(new CalendarChanged("dak-lak", 2, "Quyết định 99/QĐ-UBND"));
        await Host.DrainOutbox();
        await Host.RunJobs();
        var moved = (await Officer.Get(Path(submitted))).Expect(200);
        Assert.Equal("2026-11-26T09:00:00+07:00", Text(moved, "intakeDueAt"));
        var lines = Items(await Officer.Get(Path(asked) + "/timeline"), "entries");
        Assert.Equal("dueTimeMoved", lines[^1].GetProperty("act").GetString());
        Assert.StartsWith("supplement: ", lines[^1].GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Contains("Quyết định 99/QĐ-UBND", lines[^1].GetProperty("detail").GetString(), StringComparison.Ordinal);
        var received = (await Act(moved, "accept")).Expect(200);
        Assert.Equal("2026-12-02T17:00:00+07:00", Text(received, "dueAt"));
    }

    [Fact]
    public async Task The_control_slip_calls_roles_agencies_and_people_by_their_names()
    {
        Rights.Called["officer-7"] = "Phạm Thị Lý";
        var dossier = (await Act(await Receive(), "transfer", by: Host.Client(TestCaller.May(Everything).As("officer-7")))).Expect(200);
        (await Act(dossier, "hand-over", new { agencyCode = Trade, reason = "Đúng thẩm quyền" })).Expect(200);

        var rows = Items(await Officer.Get(Path(dossier) + "/forms/06"), "rows");

        Assert.Equal("Bộ phận Một cửa", rows[0].GetProperty("unit").GetString());
        Assert.Equal("Phạm Thị Lý", rows[0].GetProperty("givenBy").GetString());
        Assert.Contains(rows, r => r.GetProperty("unit").GetString() == "Lãnh đạo phòng");
        Assert.Contains(rows, r => r.GetProperty("unit").GetString()!.StartsWith("Sở ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("02", "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ", "Bản sao không rõ")]
    [InlineData("03", "PHIẾU TỪ CHỐI TIẾP NHẬN, GIẢI QUYẾT HỒ SƠ", "Không đủ điều kiện")]
    [InlineData("04", "VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN", "Chờ ý kiến")]
    [InlineData("05", "THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ", "Theo bản án")]
    [InlineData("06", "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ", "Trước hạn")]
    public async Task Every_form_prints_with_its_words_and_a_code(string form, string title, string words)
    {
        var dossier = await InProcess();
        dossier = form switch
        {
            "02" => (await Act(dossier, "request-supplement", Asked)).Expect(200),
            "03" => (await Act(dossier, "settle", Signed(refusal: "Không đủ điều kiện"))).Expect(200),
            "04" => (
                await Act(
                    dossier,
                    "extend",
                    new
                    {
                        reason = "Chờ ý kiến",
                        newDueDate = "2026-12-07",
                        signer = "Giám đốc",
                    }
                )
            ).Expect(200),
            "05" => (await Act(dossier, "stop", new { reason = "Theo bản án", legalBasis = "Luật 1" })).Expect(200),
            _ => (await Act(dossier, "complete-step")).Expect(200),
        };
        var bytes = await Officer.GetByteArrayAsync($"{Path(dossier)}/forms/{form}?format=pdf", TestContext.Current.CancellationToken);
        using var pdf = PdfDocument.Open(bytes);
        var text = string.Join(' ', pdf.GetPages().SelectMany(p => p.GetWords()).Select(w => w.Text));
        Assert.Contains(title, text, StringComparison.Ordinal);
        Assert.Contains(Person.Name, text, StringComparison.Ordinal);
        Assert.True(pdf.GetPage(1).Paths.Count > 200);
        if (form != "06")
            Assert.Contains(words, text, StringComparison.Ordinal);
        var json = (await Officer.Get($"{Path(dossier)}/forms/{form}")).Expect(200);
        Assert.DoesNotContain(Person.Identity, json.Text, StringComparison.Ordinal);
        (await Host.Client("dossiers.read").Get($"{Path(dossier)}/forms/{form}")).Expect(403);
    }

    [Fact]
    public async Task The_register_is_a_spreadsheet_whose_cells_are_no_formulas()
    {
        var reception = Reception();
        reception["applicant"] = new { name = "＝1+1" };
        (await Officer.Post("/api/v1/dossiers", reception)).Expect(201);
        await Receive(centre: Facilities.Ward);
        const string period = "from=2026-11-01&to=2026-11-30";
        Assert.Equal(2, Items(await Officer.Get("/api/v1/dossier-register?" + period), "lines").Count);
        foreach (var format in new[] { "json", "xlsx" })
            (await Officer.Get($"/api/v1/dossier-register?from=9999-12-01&to=9999-12-31&format={format}")).Expect(400, "invalid");
        Assert.Single(Items(await Over("centre:" + Facilities.Ward).Get("/api/v1/dossier-register?" + period), "lines"));
        var bytes = await Officer.GetByteArrayAsync(
            $"/api/v1/dossier-register?{period}&format=xlsx",
            TestContext.Current.CancellationToken
        );
        await using var zip = new ZipArchive(new MemoryStream(bytes));
        using var sheet = new StreamReader(zip.Entries.Single(e => e.FullName.EndsWith("sheet1.xml", StringComparison.Ordinal)).Open());
        var text = await sheet.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Contains("'＝1+1", System.Net.WebUtility.HtmlDecode(text), StringComparison.Ordinal);
        Assert.DoesNotContain("<x:f>", text, StringComparison.Ordinal);
        var pdf = await Officer.GetByteArrayAsync($"/api/v1/dossier-register?{period}&format=pdf", TestContext.Current.CancellationToken);
        using var printed = PdfDocument.Open(pdf);
        var words = printed.GetPage(1).GetWords().Select(w => w.Text).ToList();
        Assert.Contains("SỔ THEO DÕI HỒ SƠ", string.Join(' ', words), StringComparison.Ordinal);
        // Whoever reads it knows names, and finds a code unbroken.
        var lines = Items(await Officer.Get("/api/v1/dossier-register?" + period), "lines");
        foreach (var line in lines)
            Assert.Contains(line.GetProperty("dossierCode").GetString()!, words);
        Assert.Contains("Công an tỉnh", lines.Select(l => l.GetProperty("agencyName").GetString()));
        Assert.Contains(
            "xlsx",
            (await Officer.Get("/api/v1/dossier-register?from=2026-01-01&to=2026-11-30")).Expect(400).Text,
            StringComparison.Ordinal
        );
        Assert.Equal(5, await Host.Scalar<long>("SELECT count(*) FROM dossiers.audit WHERE kind = 'register'"));
    }
}
