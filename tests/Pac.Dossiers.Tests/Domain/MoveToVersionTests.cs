using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Notifications;
using Pac.SharedKernel.WorkingTime;

namespace Pac.Dossiers.Tests.Domain;

/// <summary>An open dossier follows another version only by an approved act.</summary>
public sealed class MoveToVersionTests
{
    private static ProcedureVersion Second(ProcedureContent content, string from = "2026-11-20")
    {
        var procedure = Some.Procedure(content);
        procedure.Publish(DateOnly.ParseExact(from, "yyyy-MM-dd"), "Quyết định 2", content);
        return procedure.Versions[1];
    }

    private static ProcedureContent Days(int days, params string[] roles) => Some.Content(new(days, TermUnit.WorkingDay), null, roles);

    private static void Move(Dossier dossier, ProcedureVersion version, string? variant = null)
    {
        var now = DakLak.At("2026-11-25 10:00");
        dossier.ApproveVersionMove(version, variant, "Có lợi hơn", "Giám đốc Trung tâm", "leader", now);
        dossier.MoveToVersion(version, variant, "Thời hạn mới ngắn hơn", DakLak.Calendar, Some.Officer, now);
    }

    [Fact]
    public void The_clock_is_computed_anew_from_the_reception()
    {
        var dossier = Some.Received(Days(5));
        Assert.Equal(DakLak.At("2026-12-01 17:00"), dossier.DueAt);
        Move(dossier, Second(Days(3)));
        Assert.Equal((2, DakLak.At("2026-11-27 17:00")), (dossier.ProcedureVersion, dossier.DueAt));
        Assert.Equal(DakLak.At("2026-11-23 09:00"), dossier.Clock!.Segments[0].From);
        var act = Assert.IsType<DossierWasMoved>(dossier.Events[^1]);
        Assert.Equal(("movedToVersion", "1 -> 2; Giám đốc Trung tâm: Thời hạn mới ngắn hơn"), (act.Act, act.Detail));
    }

    [Fact]
    public void The_new_day_is_told_and_the_same_day_is_not()
    {
        var dossier = Some.Received(Days(5));
        dossier.ClearEvents();
        Move(dossier, Second(Days(3)));
        var told = dossier.DueTimeToTell((IDossierAct)dossier.Events[^1])!;
        Assert.Equal(
            (DakLak.At("2026-12-01 17:00"), DakLak.At("2026-11-27 17:00"), DueTimeCause.OtherVersion),
            (told.OldDueAt!.Value, told.DueAt, told.Cause)
        );
        var other = Some.Received(Days(5));
        other.ClearEvents();
        Move(other, Second(Days(5)));
        Assert.Null(other.DueTimeToTell((IDossierAct)other.Events[^1]));
    }

    [Fact]
    public void Steps_done_stay_the_step_in_hand_keeps_its_begin_and_the_rest_is_new()
    {
        var dossier = Some.InProcess(Days(5, "reception", "caseOfficer", "leader"));
        var (done, begun) = (dossier.Steps[0], dossier.Steps[1].StartedAt);
        Move(dossier, Second(Days(5, "reception", "unitHead", "caseOfficer", "clerk")));
        Assert.Equal(["reception", "unitHead", "caseOfficer", "clerk"], dossier.Steps.Select(s => s.Role));
        Assert.Equal([1, 2, 3, 4], dossier.Steps.Select(s => s.Number));
        Assert.Equal(done, dossier.Steps[0]);
        Assert.Equal((2, begun), (dossier.CurrentStep, dossier.Steps[1].StartedAt));
        while (dossier.CurrentStep < dossier.Steps.Count)
            dossier.CompleteStep();
        dossier.Settle(Some.Result, null, Some.Officer, Some.Now);
    }

    [Fact]
    public void A_shorter_workflow_ends_with_the_step_in_hand()
    {
        var dossier = Some.InProcess(Days(5, "reception", "caseOfficer", "leader"));
        Move(dossier, Second(Days(5, "reception")));
        Assert.Equal((2, 2), (dossier.CurrentStep, dossier.Steps.Count));
        Assert.Equal("caseOfficer", dossier.Steps[1].Role);
    }

    [Fact]
    public void The_variant_may_change_within_the_version()
    {
        var content = Days(5) with { Variants = [new("complex", "Phức tạp", "Complex", [new(null, new(15, TermUnit.WorkingDay))])] };
        var dossier = Some.Received(content);
        var version = Some.Procedure(content).Versions[0];
        Move(dossier, version, "complex");
        Assert.Equal(("complex", DakLak.At("2026-12-15 17:00")), (dossier.VariantCode, dossier.DueAt));
        Assert.Equal("dossiers.same-version", Some.Refused(() => Move(dossier, version, "complex")).Code);
        Assert.Equal("dossiers.unknown-variant", Some.Refused(() => Move(dossier, version, "none")).Code);
    }

    [Fact]
    public void Nobody_is_asked_for_more_papers_by_a_move()
    {
        var more = Days(5) with { Components = [new("form", "Đơn", "Form", true, false), new("proof", "Chứng cứ", "Proof", true, false)] };
        Assert.Equal("dossiers.components-missing", Some.Refused(() => Move(Some.Received(), Second(more))).Code);
        var other = Days(5) with { Components = [] };
        var dossier = Some.Received();
        Move(dossier, Second(other)); // what is not asked for any more stays with the dossier
        Assert.Equal("form", dossier.Components[0].Code);
    }

    [Fact]
    public void What_is_not_in_force_yet_or_of_another_agency_or_ended_is_refused()
    {
        Assert.Equal("dossiers.unknown-version", Some.Refused(() => Move(Some.Received(), Second(Days(3), "2026-11-26"))).Code);
        var elsewhere = Days(3) with { AgencyCode = "H15.05", Level = AgencyLevel.Province };
        Assert.Equal("dossiers.move-changes-agency", Some.Refused(() => Move(Some.Received(), Second(elsewhere))).Code);
        Assert.Equal("dossiers.not-movable", Some.Refused(() => Move(Some.Completed(), Second(Days(3)))).Code);
    }
}
