using CsCheck;
using Pac.Dossiers.Domain;
using Pac.SharedKernel;
using Pac.SharedKernel.WorkingTime;

namespace Pac.Dossiers.Tests.Domain;

/// <summary>What happens on the way of a dossier: intake, supplements, payments, extension, withdrawal, stop, hand-over, reopening.</summary>
public sealed class ProceedingsTests
{
    private static readonly ProcedureContent Content = Some.Content(new(5, TermUnit.WorkingDay));
    private static readonly SupplementItem[] Photo = [new("photo", "Ảnh mờ", false)];

    private static void Ask(Dossier d, DateTimeOffset at, SpecialGround? ground = null, params SupplementItem[] items)
    {
        if (ground is not null && d.Supplements.Count > 0)
            d.ApproveSupplement(ground.Law, ground.ApprovedBy, "leader", at);
        AskAlone(d, at, ground, items.Length == 0 ? Photo : items);
    }

    private static void AskAlone(Dossier d, DateTimeOffset at, SpecialGround? ground, SupplementItem[] items) =>
        d.RequestSupplement(items, "Nghị định 118/2025/NĐ-CP, điều 11", ground, Content, DakLak.Calendar, Some.Law, Some.Officer, at);

    private static void Answer(Dossier d, DateTimeOffset at, params string[] codes) =>
        d.SubmitSupplement(
            [.. codes.Select(c => new DossierComponent(c, CopyKind.Original, 1, null))],
            Content,
            DakLak.Calendar,
            Some.Law,
            Some.Officer,
            at
        );

    private static void Accept(Dossier d, DateTimeOffset at) => d.Accept(Content, null, DakLak.Calendar, Some.Officer, at);

    private static void Pay(Dossier d, DateTimeOffset at, int number = 1) =>
        d.ConfirmPayment(number, new(PaymentMethod.Cash, "dak-lak", Some.Officer), "AA/26", "0001", DakLak.Calendar, Some.Law, at);

    private static void Demand(Dossier d, DateTimeOffset at, PaymentTiming timing = PaymentTiming.Now) =>
        d.RequestPayment(135_000, "TB 12", timing, DakLak.Calendar, Some.Officer, at);

    private static void Extend(Dossier d, DateOnly to, DateTimeOffset at) =>
        d.Extend("Chờ ý kiến cơ quan phối hợp", "Giám đốc", to, DakLak.Calendar, Some.Law, Some.Officer, at);

    [Fact]
    public void A_submission_has_eight_working_hours_and_is_received_when_it_is_accepted()
    {
        var dossier = Some.Submitted(at: DakLak.At("2026-11-21 22:15"));
        Assert.Equal((DossierStatus.Submitted, false), (dossier.Status, dossier.IsReceived));
        Assert.Equal((DakLak.At("2026-11-23 17:00"), DakLak.At("2026-11-23 17:00")), (dossier.Intake!.DueAt, dossier.WatchAt!.Value)); // H4
        Assert.Empty(dossier.Events.OfType<IDossierAct>().SelectMany(SummaryDelta.Of));

        Accept(dossier, DakLak.At("2026-11-23 09:00"));
        Assert.Equal((DossierStatus.Received, true, null), (dossier.Status, dossier.IsReceived, dossier.Intake));
        Assert.Equal(DakLak.At("2026-11-23 09:00"), dossier.ReceivedAt);
        Assert.Equal((DakLak.At("2026-12-01 17:00"), dossier.DueAt), (dossier.PromisedAt!.Value, dossier.PromisedAt)); // D1
        Assert.Equal(1, dossier.Events.OfType<IDossierAct>().SelectMany(SummaryDelta.Of).Sum(f => f.Received));
    }

    [Fact]
    public void A_submission_needs_an_identity_and_an_online_procedure_and_published_papers()
    {
        Assert.Equal(
            "dossiers.counter-only",
            Some.Refused(() => Some.Submitted(Content with { OnlineLevel = OnlineLevel.CounterOnly })).Code
        );
        Assert.Equal("dossiers.component-unknown", Some.Refused(() => Some.Submitted(null, null, "form", "secret")).Code);
        var incomplete = Some.Submitted(null, null, "photo");
        Assert.Equal("dossiers.components-missing", Some.Refused(() => Accept(incomplete, Some.Now)).Code);
    }

    [Fact]
    public void What_is_rejected_was_never_received()
    {
        var dossier = Some.Submitted().Then(d => d.Reject("Không thuộc thẩm quyền", "Luật 1", Some.Officer, Some.Now));
        Assert.Equal((DossierStatus.Rejected, Outcome.Rejection, false), (dossier.Status, dossier.Outcome, dossier.IsReceived));
        // It is counted as that, and as nothing else.
        var counted = Assert.Single(dossier.Events.OfType<IDossierAct>().SelectMany(SummaryDelta.Of));
        Assert.Equal((1, 0, 0), (counted.Rejected, counted.Received, counted.Settled));
        Assert.Null(dossier.WatchAt);
    }

    [Fact]
    public void A_submission_with_a_fee_due_first_has_its_time_from_the_payment() // T1
    {
        var dossier = Some.Submitted().Then(d => Demand(d, Some.Now));
        Assert.Equal((DossierStatus.Submitted, null, null), (dossier.Status, dossier.Intake, dossier.WatchAt));
        Assert.Equal("dossiers.payment-first", Some.Refused(() => Accept(dossier, Some.Now)).Code);
        Pay(dossier, DakLak.At("2026-11-25 08:00"));
        Assert.Equal(DakLak.At("2026-11-26 08:00"), dossier.Intake!.DueAt);
        Accept(dossier, DakLak.At("2026-11-25 09:00"));
        Assert.Equal(PaymentStatus.Paid, dossier.Payment);
    }

    [Fact]
    public void A_supplement_stops_the_clock_and_counts_anew_when_it_is_complete()
    {
        var dossier = Some.InProcess();
        Ask(dossier, DakLak.At("2026-11-25 10:00"));
        Assert.Equal((DossierStatus.SupplementRequested, null), (dossier.Status, dossier.DueAt));
        Assert.Equal(DakLak.At("2026-12-01 17:00"), dossier.PromisedAt);
        Assert.Equal(DakLak.At("2026-12-16 17:00"), dossier.WatchAt); // 15 working days

        Assert.Equal("dossiers.supplement-incomplete", Some.Refused(() => Answer(dossier, Some.Now, "form")).Code);
        Answer(dossier, DakLak.At("2026-12-02 10:00"), "photo");
        Assert.Equal((DossierStatus.InProcess, DakLak.At("2026-12-09 17:00")), (dossier.Status, dossier.DueAt!.Value));
        Assert.Equal(["form", "photo"], dossier.Components.Select(c => c.Code));
        Assert.Equal(DakLak.At("2026-12-01 16:00"), dossier.Clock!.IndexEnd(DakLak.At("2026-12-08 16:00"))); // seven days of waiting are taken off
    }

    [Fact]
    public void A_supplement_is_asked_once_unless_a_special_law_and_a_leader_allow_it()
    {
        var dossier = Some.InProcess();
        Ask(dossier, DakLak.At("2026-11-25 10:00"));
        Answer(dossier, DakLak.At("2026-11-26 10:00"), "photo");
        var again = Some.Refused(() => Ask(dossier, DakLak.At("2026-11-27 10:00")));
        Assert.Equal(("dossiers.supplement-twice", ErrorKind.RuleBroken), (again.Code, again.Kind));
        Ask(dossier, DakLak.At("2026-11-27 10:00"), new("Luật Đất đai", "Giám đốc Sở"));
        Assert.Equal(2, dossier.Supplements.Count);
    }

    [Fact]
    public void Only_published_papers_that_are_not_digital_already_may_be_asked_for_and_the_article_is_named()
    {
        var dossier = Some.InProcess();
        var unpublished = Some.Refused(() => Ask(dossier, Some.Now, null, new SupplementItem("certificate", "thiếu", false)));
        Assert.Equal(("dossiers.supplement-unpublished", "/items/0/code"), (unpublished.Code, unpublished.Pointer));
        Assert.Contains("art. 5", unpublished.English, StringComparison.Ordinal);
        var digital = Some.Refused(() => Ask(dossier, Some.Now, null, new SupplementItem("health", "thiếu", false)));
        Assert.Equal("dossiers.supplement-already-digital", digital.Code);
        Assert.Contains("Điều 5", digital.Vietnamese, StringComparison.Ordinal);
        Ask(dossier, Some.Now, null, new SupplementItem("health", "số liệu không khớp", true));
        Assert.Equal(DossierStatus.SupplementRequested, dossier.Status);
    }

    [Fact]
    public void A_supplement_that_is_not_answered_ends_the_dossier_once()
    {
        var dossier = Some.InProcess();
        Ask(dossier, DakLak.At("2026-11-25 10:00"));
        Assert.False(dossier.TimePassed(DakLak.At("2026-12-16 17:00")));
        Assert.Equal("dossiers.supplement-expired", Some.Refused(() => Answer(dossier, DakLak.At("2026-12-16 17:01"), "photo")).Code);
        Assert.True(dossier.TimePassed(DakLak.At("2026-12-16 17:01")));
        Assert.Equal((DossierStatus.Stopped, Outcome.Stop, null), (dossier.Status, dossier.Outcome, dossier.WatchAt));
        Assert.False(dossier.TimePassed(DakLak.At("2026-12-17 17:01")));
        var ending = Assert.Single(SummaryDelta.Of((IDossierAct)dossier.Events[^1]));
        Assert.Equal((1, 1, 0, 1), (ending.Settled, ending.Stopped, ending.Late, ending.OnTime)); // the wait is not the agency's

        var intake = Some.Submitted();
        Ask(intake, Some.Now);
        intake.TimePassed(intake.WatchAt!.Value.AddMinutes(1));
        Assert.Equal(DossierStatus.Rejected, intake.Status);
    }

    [Fact]
    public void A_payment_awaited_suspends_the_clock_and_blocks_the_return()
    {
        var dossier = Some.InProcess();
        Demand(dossier, DakLak.At("2026-11-25 10:00"));
        Assert.Equal(
            (DossierStatus.FinancialObligationRequested, null, PaymentStatus.Waiting),
            (dossier.Status, dossier.DueAt, dossier.Payment)
        );
        Assert.Equal("dossiers.nothing-to-pay", Some.Refused(() => Pay(dossier, Some.Now, 2)).Code);
        Pay(dossier, DakLak.At("2026-11-27 10:00"));
        Assert.Equal((DossierStatus.InProcess, DakLak.At("2026-12-03 17:00")), (dossier.Status, dossier.DueAt!.Value)); // two working days later

        var later = Some.AtLastStep().Then(d => Demand(d, Some.Now, PaymentTiming.AtReturn));
        Assert.Equal(DossierStatus.InProcess, later.Status);
        later.Settle(Some.Result, null, Some.Officer, Some.Now);
        Assert.Equal(
            "dossiers.payment-open",
            Some.Refused(() => later.Return(new(ReturnMethod.Post, Consignment: "E1"), Some.Officer, Some.Now)).Code
        );
        Pay(later, Some.Now);
        Assert.Equal(
            "dossiers.identity-unchecked",
            Some.Refused(() => later.Return(new(ReturnMethod.Counter, "A"), Some.Officer, Some.Now)).Code
        );
        later.Return(new(ReturnMethod.Counter, "A", IdentityCheck.Receipt), Some.Officer, Some.Now);
        Assert.Equal(DeliveryStatus.Delivered, later.Delivery);
    }

    [Fact]
    public void The_date_is_moved_once_and_before_it_has_passed_and_a_late_apology_is_marked()
    {
        var dossier = Some.InProcess(); // due on 1 December at 17:00
        Assert.Equal("dossiers.extension-not-later", Some.Refused(() => Extend(dossier, new(2026, 12, 1), Some.Now)).Code);
        var late = Some.Refused(() => Extend(dossier, new(2026, 12, 7), DakLak.At("2026-12-01 17:01")));
        Assert.Equal(("dossiers.extension-too-late", "2026-12-01 17:00"), (late.Code, late.Arguments[0]));
        Extend(dossier, new(2026, 12, 7), DakLak.At("2026-11-30 16:59"));
        Assert.Equal((DakLak.At("2026-12-07 17:00"), false), (dossier.DueAt!.Value, dossier.Extension!.IsLate));
        Assert.Equal(DakLak.At("2026-12-01 17:00"), dossier.PromisedAt);
        var twice = Some.Refused(() => Extend(dossier, new(2026, 12, 9), DakLak.At("2026-12-02 09:00")));
        Assert.Equal(("dossiers.extended-before", "2026-12-07 17:00"), (twice.Code, twice.Arguments[0]));

        var marked = Some.InProcess().Then(d => Extend(d, new(2026, 12, 7), DakLak.At("2026-12-01 09:00")));
        Assert.True(marked.Extension!.IsLate);
    }

    [Fact]
    public void A_dossier_can_be_withdrawn_until_there_is_a_decision()
    {
        var dossier = Some.InProcess().Then(d => Demand(d, Some.Now));
        dossier.RequestWithdrawal(Channel.Counter, null, Some.Officer, Some.Now);
        Assert.Equal(
            "dossiers.decision-missing",
            Some.Refused(() => dossier.RefuseWithdrawal(" ", DakLak.Calendar, Some.Officer, Some.Now)).Code
        );
        dossier.RefuseWithdrawal("12/GP ngày 23/11/2026", DakLak.Calendar, Some.Officer, Some.Now);
        Assert.Equal(DossierStatus.FinancialObligationRequested, dossier.Status);

        dossier.RequestWithdrawal(Channel.Online, "đổi ý", Some.Officer, Some.Now);
        dossier.GrantWithdrawal(refund: false, Some.Officer, Some.Now);
        Assert.Equal(
            (DossierStatus.Stopped, Outcome.Withdrawal, PaymentStatus.Cancelled),
            (dossier.Status, dossier.Outcome, dossier.Payment)
        );
        var ending = Assert.Single(SummaryDelta.Of((IDossierAct)dossier.Events[^1]));
        Assert.Equal((1, 1), (ending.Settled, ending.Withdrawn));

        var decided = Some.Refused(() => Some.Completed().RequestWithdrawal(Channel.Counter, null, Some.Officer, Some.Now));
        Assert.Equal(("dossiers.withdrawal-too-late", "2026-11-23 09:00"), (decided.Code, decided.Arguments[0]));
    }

    [Fact]
    public void Each_agency_answers_for_its_share_of_the_time()
    {
        var dossier = Some.InProcess();
        dossier.HandOver("H15.07", 8, "xin ý kiến", null, DakLak.Calendar, Some.Law, Some.Officer, DakLak.At("2026-11-25 09:00"));
        Assert.Equal(("H15.07", "H15.09"), (dossier.HandlingAgency, dossier.AgencyCode));
        Assert.Equal(DakLak.At("2026-11-26 09:00"), dossier.Turns[1].DueAt);
        Assert.Equal("dossiers.same-agency", Back("H15.07", null).Code);
        var late = Back("H15.09", null);
        Assert.Equal(("dossiers.hand-over-late", "2026-11-26 09:00"), (late.Code, late.Arguments[0]));
        dossier.HandOver(
            "H15.09",
            null,
            "đã có ý kiến",
            "chờ khảo sát",
            DakLak.Calendar,
            Some.Law,
            Some.Officer,
            DakLak.At("2026-11-27 09:00")
        );
        Assert.Equal(
            (Timeliness.Early, Timeliness.Late, null),
            (dossier.Turns[0].Result, dossier.Turns[1].Result, dossier.Turns[2].Result)
        );
        Assert.Null(dossier.HandlingAgencyCode);

        Error Back(string agency, string? cause) =>
            Some.Refused(() =>
                dossier.HandOver(agency, null, "x", cause, DakLak.Calendar, Some.Law, Some.Officer, DakLak.At("2026-11-27 09:00"))
            );
    }

    [Fact]
    public void A_successor_takes_over_without_touching_receipt_clock_and_who_was_late()
    {
        var dossier = Some.InProcess();
        var (clock, due, received) = (dossier.Clock, dossier.DueAt, dossier.ReceivedAt);
        dossier.PassToSuccessor("H15.22", "Nghị quyết 1", Some.Officer, DakLak.At("2026-12-02 09:00"));
        Assert.Equal((clock, due, received, "H15.22"), (dossier.Clock, dossier.DueAt, dossier.ReceivedAt, dossier.HandlingAgency));
        Assert.Equal(("H15.09", Timeliness.Late), (dossier.Turns[0].AgencyCode, dossier.Turns[0].Result));
        dossier.PassToSuccessor("H15.22", "Nghị quyết 1", Some.Officer, DakLak.At("2026-12-03 09:00"));
        Assert.Equal(2, dossier.Turns.Count); // once
    }

    [Fact]
    public void A_reopened_dossier_goes_on_with_the_time_it_had_and_figures_follow()
    {
        var dossier = Some.Completed(); // settled on 23 November at 9:00, due on 1 December
        var figures = dossier.Events.OfType<IDossierAct>().SelectMany(SummaryDelta.Of).ToList();
        dossier.ClearEvents(); // as after the save that counts them
        dossier.ApproveReopening("Kết luận thanh tra", "Giám đốc Sở", "leader", DakLak.At("2026-11-26 09:00"));
        dossier.Reopen("Kết luận thanh tra", DakLak.Calendar, Some.Officer, DakLak.At("2026-11-26 09:00"));
        Assert.Equal((DossierStatus.InProcess, null, null), (dossier.Status, dossier.SettledAt, dossier.Result));
        Assert.Equal(DakLak.At("2026-12-03 17:00"), dossier.DueAt); // closed for two working days
        Assert.All(dossier.Clock!.Segments.Zip(dossier.Clock.Segments.Skip(1)), p => Assert.Equal(p.First.To, p.Second.From));
        dossier.Settle(Some.Refusal, null, Some.Officer, DakLak.At("2026-11-27 09:00"));
        figures.AddRange(dossier.Events.OfType<IDossierAct>().SelectMany(SummaryDelta.Of));
        Assert.Equal((1, 1, 1), (figures.Sum(f => f.Received), figures.Sum(f => f.Settled), figures.Sum(f => f.Refused)));
        Assert.Equal(0, figures.Where(f => f.Day == new DateOnly(2026, 11, 23)).Sum(f => f.Settled));
    }

    [Fact]
    public void Linked_dossiers_have_one_appointment_and_the_last_hour_counts_from_the_next_working_day() // T4
    {
        var late = DakLak.At("2026-11-23 16:10");
        var parent = Some.Received(at: late);
        var child = Some.Received(Some.Content(new(3, TermUnit.WorkingDay)), late, "H15.09-261123-0002");
        foreach (var one in new[] { parent, child })
            one.CountAsLinked(DakLak.Calendar, Some.Law);
        Assert.Equal((DakLak.At("2026-12-02 17:00"), DakLak.At("2026-11-30 17:00")), (parent.DueAt!.Value, child.DueAt!.Value));
        parent.Lead(parent.DueAt, 1, Some.Officer, late);
        child.Follow(parent, parent.DueAt, Some.Officer, late);
        Assert.Equal((parent.Id, parent.PromisedAt), (child.ParentId!.Value, child.PromisedAt));
        Assert.Equal("dossiers.linked-before", Some.Refused(() => child.Follow(parent, null, Some.Officer, late)).Code);

        var early = Some.Received(at: DakLak.At("2026-11-23 15:59")).Then(d => d.CountAsLinked(DakLak.Calendar, Some.Law));
        Assert.Equal(DakLak.At("2026-12-01 17:00"), early.DueAt);
    }

    [Theory]
    [InlineData("2026-11-23 14:59", "2026-11-23 17:00")]
    [InlineData("2026-11-23 15:00", "2026-11-23 17:00")]
    [InlineData("2026-11-23 15:01", "2026-11-25 08:00")] // the 24th is a holiday
    [InlineData("2026-11-21 10:00", "2026-11-23 17:00")]
    public void A_transfer_is_due_on_the_day_of_reception_or_in_the_first_hour_of_the_next(string received, string latest)
    {
        var dossier = Some.Received(at: DakLak.At(received));
        Assert.Equal(DakLak.At(latest), dossier.TransferDueAt(DakLak.Calendar, Some.Law));
        var late = Some.Refused(() => dossier.Transfer(Some.Officer, null, DakLak.Calendar, Some.Law, DakLak.At(latest).AddMinutes(1)));
        Assert.Equal(("dossiers.transfer-late", latest), (late.Code, late.Arguments[0]));
        dossier.Transfer(Some.Officer, "mất điện", DakLak.Calendar, Some.Law, DakLak.At(latest).AddMinutes(1));
        Assert.Equal(DossierStatus.InProcess, dossier.Status);
    }

    [Fact]
    public void The_passing_of_a_due_instant_is_noted_once_and_again_for_a_new_one()
    {
        var dossier = Some.InProcess();
        Assert.True(dossier.TimePassed(DakLak.At("2026-12-01 17:01")));
        Assert.IsType<DueTimePassed>(dossier.Events[^1]);
        Assert.False(dossier.TimePassed(DakLak.At("2026-12-02 17:01")));
        Ask(dossier, DakLak.At("2026-12-03 09:00"));
        Assert.Equal(DakLak.At("2026-12-01 17:00"), dossier.DueAt); // it was late before the person was asked
        Answer(dossier, DakLak.At("2026-12-04 09:00"), "photo");
        Assert.True(dossier.TimePassed(DakLak.At("2026-12-12 09:00")));

        var intake = Some.Submitted().Then(d => d.TimePassed(DakLak.At("2026-11-26 09:00")));
        Assert.Equal("intakeOverdue", Assert.IsType<IntakeTimePassed>(intake.Events[^1]).Act);
    }

    [Fact]
    public void A_newer_calendar_moves_the_time_of_intake_the_supplement_the_extension_and_the_count_anew()
    {
        var calendar = WorkingCalendar.Compile(DakLak.Definition.Closing("2026-11-25"));
        var intake = Some.Submitted(at: DakLak.At("2026-11-23 10:00")).Then(d => d.FollowCalendar(calendar, "Quyết định 1", Some.Now));
        Assert.Equal(DakLak.At("2026-11-26 10:00"), intake.Intake!.DueAt);
        Assert.Equal(("dueTimeMoved", intake.Intake.DueAt), (((IDossierAct)intake.Events[^1]).Act, intake.WatchAt!.Value));

        var asked = Some.InProcess().Then(d => Ask(d, DakLak.At("2026-11-23 10:00")));
        var before = asked.WatchAt!.Value;
        asked.FollowCalendar(calendar, "Quyết định 1", Some.Now);
        Assert.Equal((before.AddDays(1), null), (asked.WatchAt!.Value, asked.DueAt));
        Answer(asked, DakLak.At("2026-11-26 09:00"), "photo");
        asked.FollowCalendar(WorkingCalendar.Compile(DakLak.Definition.Closing("2026-11-30") with { Version = 3 }), "x", Some.Now);
        Assert.Equal(DakLak.At("2026-12-04 17:00"), asked.DueAt);

        var extended = Some.InProcess().Then(d => Extend(d, new(2026, 12, 7), Some.Now));
        extended.FollowCalendar(WorkingCalendar.Compile(DakLak.Definition.Closing("2026-12-07")), "Quyết định 2", Some.Now);
        Assert.Equal((DakLak.At("2026-12-08 17:00"), DakLak.At("2026-12-08 17:00")), (extended.DueAt!.Value, extended.Extension!.NewDueAt));

        var closed = Some.Completed();
        closed.FollowCalendar(calendar, "Quyết định 1", Some.Now);
        Assert.Equal(1, closed.Clock!.CalendarVersion);
    }

    // Which act, how many hours later.
    private static readonly Gen<(int Act, int Hours)[]> AnyActs = Gen.Select(Gen.Int[0, 17], Gen.Int[0, 40]).Array[0, 80];

    [Fact]
    public void Whatever_is_done_in_whatever_order_the_clock_has_no_gap_and_the_figures_balance() =>
        AnyActs.Sample(acts =>
        {
            var dossier = acts.Length % 2 == 0 ? Some.Received() : Some.Submitted();
            var now = Some.Now;
            foreach (var (act, hours) in acts)
            {
                now = now.AddHours(hours);
                var before = (dossier.Status, dossier.Revision, dossier.DueAt, dossier.SettledAt, dossier.Clock, dossier.Payment);
                try
                {
                    Do(dossier, act, now);
                }
                catch (BusinessRuleException)
                {
                    Assert.Equal(
                        before,
                        (dossier.Status, dossier.Revision, dossier.DueAt, dossier.SettledAt, dossier.Clock, dossier.Payment)
                    );
                }
                Check(dossier);
            }
            var figures = dossier.Events.OfType<IDossierAct>().SelectMany(SummaryDelta.Of).ToList();
            var ended = dossier is { IsReceived: true, SettledAt: not null } ? 1 : 0;
            Assert.Equal((dossier.IsReceived ? 1 : 0, ended), (figures.Sum(f => f.Received), figures.Sum(f => f.Settled)));
            Assert.Equal(ended, figures.Sum(f => f.Early + f.OnTime + f.Late));
            Assert.Equal(dossier.Status == DossierStatus.Returned ? 1 : 0, figures.Sum(f => f.Returned));
            foreach (var day in figures.GroupBy(f => f.Day))
                Assert.True(day.Sum(f => f.Settled) is 0 or 1 && day.Sum(f => f.Returned) is 0 or 1);
        });

    [Fact]
    public void An_act_that_is_not_possible_names_the_state_and_those_that_are()
    {
        var error = Some.Refused(() => Some.InProcess().Then(d => Ask(d, Some.Now)).Settle(Some.Result, null, Some.Officer, Some.Now));
        Assert.Equal(ErrorKind.WrongState, error.Kind);
        Assert.Equal(
            ["supplementRequested", "submit-supplement, request-payment, confirm-payment, cancel-payment, request-withdrawal"],
            error.Arguments
        );
    }

    private static void Check(Dossier d)
    {
        Assert.Equal(d.Events.Count, d.Revision);
        Assert.Equal(d.SettledAt is null, d.Outcome is null);
        Assert.Equal(
            d.Status is DossierStatus.Stopped or DossierStatus.Rejected or DossierStatus.Completed or DossierStatus.Returned,
            d.SettledAt is not null
        );
        if (d.Clock is not { } clock)
            return;
        Assert.Equal(d.SettledAt, clock.Segments[^1].To);
        Assert.All(clock.Segments.Zip(clock.Segments.Skip(1)), pair => Assert.Equal(pair.First.To, pair.Second.From));
        Assert.Equal(
            d.Status is DossierStatus.SupplementRequested,
            d.Supplements is [.., { CompletedAt: null, ExpiredAt: null }] && d.Status == DossierStatus.SupplementRequested
        );
        if (d is { Status: DossierStatus.InProcess or DossierStatus.Received })
            Assert.Equal(clock.DueAt(DakLak.Calendar), d.DueAt);
    }

    private static void Do(Dossier d, int act, DateTimeOffset now)
    {
        switch (act)
        {
            case 0:
                Accept(d, now);
                break;
            case 1:
                d.Reject("x", "y", Some.Officer, now);
                break;
            case 2 or 3:
                d.Transfer(now);
                break;
            case 4 or 5 or 6:
                d.CompleteStep(now);
                break;
            case 7:
                // One act at a time, so that a refusal leaves nothing behind.
                if (d.Supplements.Count > 0 && d.SecondSupplement is not { IsUsed: false })
                    d.ApproveSupplement("Luật", "Giám đốc", "leader", now);
                else
                    AskAlone(d, now, new("Luật", "Giám đốc"), Photo);
                break;
            case 8 or 9:
                Answer(d, now, "photo");
                break;
            case 10:
                Demand(d, now);
                break;
            case 11:
                Pay(d, now, Math.Max(1, d.Payments.Count));
                break;
            case 12:
                Extend(d, now.AddDays(20).LocalDay(), now);
                break;
            case 13:
                d.RequestWithdrawal(Channel.Counter, null, Some.Officer, now);
                break;
            case 14:
                if (now.Minute % 2 == 0)
                    d.GrantWithdrawal(true, Some.Officer, now);
                else
                    d.RefuseWithdrawal("1", DakLak.Calendar, Some.Officer, now);
                break;
            case 15:
                d.Settle(now.Hour % 2 == 0 ? Some.Result : Some.Refusal, "nguyên nhân", Some.Officer, now);
                break;
            case 16:
                d.Return(ReturnMethod.Post, null, Some.Officer, now);
                break;
            default:
                if (d.SettledAt is null)
                    d.TimePassed(now);
                else
                {
                    d.ApproveReopening("x", "y", "leader", now);
                    d.Reopen("x", DakLak.Calendar, Some.Officer, now);
                }
                break;
        }
    }
}
