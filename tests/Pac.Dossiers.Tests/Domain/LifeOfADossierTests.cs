using Pac.Dossiers.Domain;
using Pac.SharedKernel;
using Pac.SharedKernel.WorkingTime;

namespace Pac.Dossiers.Tests.Domain;

/// <summary>The acts of a dossier: what each changes, what it records, and when it is refused.</summary>
public sealed class LifeOfADossierTests
{
    private static readonly DateTimeOffset Later = DakLak.At("2026-11-25 08:00");

    [Fact]
    public void Reception_starts_the_clock_and_the_first_step_and_promises_the_due_instant()
    {
        var dossier = Some.Received();

        Assert.Equal((DossierStatus.Received, 1, 1), (dossier.Status, dossier.ProcedureVersion, dossier.CurrentStep));
        Assert.Equal("road-traffic", dossier.FieldCode);
        Assert.Equal(DakLak.At("2026-12-01 17:00"), dossier.DueAt);
        Assert.Equal("dak-lak", dossier.CalendarCode);
        Assert.Equal([new(Some.Now, null, ClockState.Running, "received")], dossier.Clock!.Segments);
        Assert.Equal(1, dossier.Clock.CalendarVersion);
        Assert.Equal(["reception", "caseOfficer", "leader"], dossier.Steps.Select(s => s.Role));
        Assert.Equal((Some.Now, DakLak.At("2026-11-23 15:00")), (dossier.Steps[0].StartedAt, dossier.Steps[0].DueAt));
        Assert.Null(dossier.Steps[1].StartedAt);
        var act = Assert.IsType<DossierWasReceived>(Assert.Single(dossier.Events));
        Assert.Equal(("received", Some.Officer, Some.Now, 1), (act.Act, act.By, act.At, dossier.Revision));
    }

    [Fact]
    public void Transfer_hands_the_dossier_over_and_begins_the_next_step()
    {
        var dossier = Some.Received();
        dossier.Transfer(Some.Officer, "đủ giấy tờ", DakLak.Calendar, Some.Law, Later);

        Assert.Equal((DossierStatus.InProcess, 2), (dossier.Status, dossier.CurrentStep));
        var given = dossier.Steps[0];
        Assert.Equal((Later, Some.Officer, "đủ giấy tờ", Timeliness.Late), (given.CompletedAt, given.GivenBy, given.Note, given.Result));
        Assert.Equal((Later, DakLak.At("2026-11-25 14:00")), (dossier.Steps[1].StartedAt, dossier.Steps[1].DueAt));
        Assert.Equal("H15.09", Assert.IsType<DossierWasTransferred>(dossier.Events[^1]).Detail);
        Assert.Null(Assert.Single(dossier.Clock!.Segments).To);
    }

    [Fact]
    public void An_officer_is_in_charge_until_the_step_is_handed_over()
    {
        var dossier = Some.InProcess();
        dossier.Assign("case-officer-7", Some.Officer, Some.Now);
        Assert.Equal("case-officer-7", dossier.AssignedTo);
        Assert.Equal("case-officer-7", Assert.IsType<DossierWasAssigned>(dossier.Events[^1]).Detail);

        dossier.CompleteStep();
        Assert.Null(dossier.AssignedTo);
    }

    [Fact]
    public void Completing_a_step_records_the_hand_over_of_that_step()
    {
        var dossier = Some.InProcess().Then(d => d.CompleteStep(Later));

        Assert.Equal(3, dossier.CurrentStep);
        var act = Assert.IsType<StepWasCompleted>(dossier.Events[^1]);
        Assert.Equal(("caseOfficer", Later), (act.Detail, act.Step.CompletedAt));
        Assert.Same(act.Step, dossier.Steps[1]);
    }

    [Fact]
    public void A_result_ends_the_work_the_last_step_and_the_clock()
    {
        var dossier = Some.AtLastStep();
        dossier.Settle(Some.Result, "không dùng", Some.Officer, Later);

        Assert.Equal((DossierStatus.Completed, Outcome.Result, Later), (dossier.Status, dossier.Outcome, dossier.SettledAt));
        Assert.Equal(Later, dossier.Steps[^1].CompletedAt);
        Assert.Null(dossier.CurrentStep);
        Assert.Equal([new(Some.Now, Later, ClockState.Running, "received")], dossier.Clock!.Segments);
        Assert.Null(dossier.LateCause); // it is not late
        Assert.Equal("result", Assert.Single(dossier.Events.OfType<DossierWasSettled>()).Detail);
    }

    [Fact]
    public void A_refusal_with_its_reason_may_come_at_any_step()
    {
        var dossier = Some.InProcess().Then(d => d.Settle(Some.Refusal, null, Some.Officer, Later));

        Assert.Equal((DossierStatus.Completed, Outcome.Refusal), (dossier.Status, dossier.Outcome));
        Assert.Equal("refusal", Assert.IsType<DossierWasSettled>(dossier.Events[^1]).Detail);
        Assert.Null(dossier.Steps[2].StartedAt);
    }

    [Theory]
    [InlineData(ReturnMethod.Counter, Person.Name, "counter")]
    [InlineData(ReturnMethod.Online, null, "online")]
    [InlineData(ReturnMethod.Post, null, "post")]
    internal void The_result_goes_back_once_it_is_there(ReturnMethod method, string? receiver, string detail)
    {
        var dossier = Some.Completed().Then(d => d.Return(method, receiver, Some.Officer, Later));

        Assert.Equal((DossierStatus.Returned, Later, method), (dossier.Status, dossier.ReturnedAt, dossier.ReturnMethod));
        Assert.Equal(method == ReturnMethod.Post ? dossier.Applicant.Name : receiver, dossier.ReturnedTo);
        Assert.Equal(detail, Assert.IsType<DossierWasReturned>(dossier.Events[^1]).Detail);
    }

    [Theory]
    [InlineData("received", "complete-step", "dossiers.not-in-process")]
    [InlineData("received", "settle", "dossiers.not-in-process")]
    [InlineData("received", "return", "dossiers.not-completed")]
    [InlineData("in-process", "transfer", "dossiers.not-received")]
    [InlineData("in-process", "settle", "dossiers.steps-open")]
    [InlineData("in-process", "return", "dossiers.not-completed")]
    [InlineData("last-step", "transfer", "dossiers.not-received")]
    [InlineData("last-step", "complete-step", "dossiers.last-step")]
    [InlineData("last-step", "return", "dossiers.not-completed")]
    [InlineData("completed", "transfer", "dossiers.not-received")]
    [InlineData("completed", "assign", "dossiers.not-in-process")]
    [InlineData("completed", "complete-step", "dossiers.not-in-process")]
    [InlineData("completed", "settle", "dossiers.not-in-process")]
    [InlineData("returned", "transfer", "dossiers.not-received")]
    [InlineData("returned", "assign", "dossiers.not-in-process")]
    [InlineData("returned", "complete-step", "dossiers.not-in-process")]
    [InlineData("returned", "settle", "dossiers.not-in-process")]
    [InlineData("returned", "return", "dossiers.not-completed")]
    public void An_act_out_of_turn_is_refused_and_changes_nothing(string state, string act, string code)
    {
        var dossier = state switch
        {
            "received" => Some.Received(),
            "in-process" => Some.InProcess(),
            "last-step" => Some.AtLastStep(),
            "completed" => Some.Completed(),
            _ => Some.Completed().Then(d => d.Return(ReturnMethod.Post, null, Some.Officer, Some.Now)),
        };
        var before = (dossier.Status, dossier.CurrentStep, dossier.Revision, dossier.AssignedTo, dossier.SettledAt, dossier.ReturnedAt);

        var error = Some.Refused(() =>
        {
            switch (act)
            {
                case "transfer":
                    dossier.Transfer();
                    break;
                case "assign":
                    dossier.Assign("somebody", Some.Officer, Some.Now);
                    break;
                case "complete-step":
                    dossier.CompleteStep();
                    break;
                case "settle":
                    dossier.Settle(Some.Result, null, Some.Officer, Some.Now);
                    break;
                default:
                    dossier.Return(ReturnMethod.Post, null, Some.Officer, Some.Now);
                    break;
            }
        });

        Assert.Equal((code, ErrorKind.WrongState), (error.Code, error.Kind));
        Assert.Equal(
            before,
            (dossier.Status, dossier.CurrentStep, dossier.Revision, dossier.AssignedTo, dossier.SettledAt, dossier.ReturnedAt)
        );
    }

    [Fact]
    public void A_late_dossier_needs_its_cause_and_keeps_it()
    {
        var dossier = Some.AtLastStep();
        var late = dossier.DueAt!.Value.AddMinutes(1);
        foreach (var none in new[] { null, "", "  " })
            Assert.Equal("dossiers.late-cause-missing", Some.Refused(() => dossier.Settle(Some.Result, none, Some.Officer, late)).Code);
        Assert.Equal(DossierStatus.InProcess, dossier.Status);

        dossier.Settle(Some.Result, "Mất điện diện rộng", Some.Officer, late);
        Assert.Equal("Mất điện diện rộng", dossier.LateCause);
        dossier.Return(ReturnMethod.Post, null, Some.Officer, late); // being late never blocks the return
        Assert.Equal(DossierStatus.Returned, dossier.Status);
    }

    [Fact]
    public void At_the_very_instant_due_it_is_not_late()
    {
        var dossier = Some.AtLastStep();
        dossier.Settle(Some.Result, null, Some.Officer, dossier.DueAt!.Value);
        Assert.Null(dossier.LateCause);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("  ")]
    public void A_result_handed_over_at_a_counter_needs_the_name_of_the_receiver(string? receiver) =>
        Assert.Equal(
            "dossiers.receiver-missing",
            Some.Refused(() => Some.Completed().Return(ReturnMethod.Counter, receiver, Some.Officer, Some.Now)).Code
        );

    [Fact]
    public void A_procedure_of_a_single_step_is_settled_after_the_transfer()
    {
        var dossier = Some.InProcess(Some.Content(new(1, TermUnit.WorkingDay), null, "clerk"));
        Assert.Null(dossier.CurrentStep);
        Assert.Equal("dossiers.last-step", Some.Refused(() => dossier.CompleteStep()).Code);

        dossier.Settle(Some.Result, null, Some.Officer, Some.Now);
        Assert.Equal(DossierStatus.Completed, dossier.Status);
    }

    [Fact]
    public void A_newer_calendar_moves_what_is_due_and_the_move_is_an_act_of_its_own()
    {
        var dossier = Some.Received();
        var calendar = WorkingCalendar.Compile(DakLak.Definition.Closing("2026-11-30"));
        dossier.FollowCalendar(calendar, "Quyết định 1", Later);

        Assert.Equal(DakLak.At("2026-12-02 17:00"), dossier.DueAt);
        Assert.Equal(2, dossier.Clock!.CalendarVersion);
        var act = Assert.IsType<DueTimeMoved>(dossier.Events[^1]);
        Assert.Equal("2026-12-01T17:00 -> 2026-12-02T17:00, calendar version 2: Quyết định 1", act.Detail);
        dossier.FollowCalendar(calendar, "Quyết định 1", Later);
        Assert.Equal(2, dossier.Revision); // once
    }

    [Fact]
    public void A_calendar_that_moves_nothing_is_noted_without_an_act()
    {
        var dossier = Some.Received();
        dossier.FollowCalendar(WorkingCalendar.Compile(DakLak.Definition.Closing("2027-11-24")), "Quyết định 1", Later);
        Assert.Equal((2, 1), (dossier.Clock!.CalendarVersion, dossier.Revision));
    }

    [Fact]
    public void An_older_calendar_changes_nothing_and_the_one_its_centre_works_by_since_is_followed()
    {
        var dossier = Some.Received();
        dossier.FollowCalendar(
            WorkingCalendar.Compile(DakLak.Definition.Closing("2026-11-30") with { Version = 1 }),
            "Quyết định 1",
            Later
        );
        Assert.Equal((DakLak.At("2026-12-01 17:00"), 1), (dossier.DueAt!.Value, dossier.Clock!.CalendarVersion));
        dossier.FollowCalendar(
            WorkingCalendar.Compile(DakLak.Definition.Closing("2026-11-30") with { Code = "other", Version = 1 }),
            "Quyết định 1",
            Later
        );
        Assert.Equal((DakLak.At("2026-12-02 17:00"), "other"), (dossier.DueAt!.Value, dossier.CalendarCode));
    }
}
