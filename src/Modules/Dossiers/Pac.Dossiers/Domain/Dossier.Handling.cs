using Pac.SharedKernel;
using Pac.SharedKernel.WorkingTime;

namespace Pac.Dossiers.Domain;

/// <content>The way of a dossier through the hands of officers and agencies.</content>
internal sealed partial class Dossier
{
    /// <summary>
    /// Hands the dossier over to the competent agency: on the day it came, at the latest at the start of the next working day. What is
    /// handed over later needs a note that says why.
    /// </summary>
    public void Transfer(string by, string? note, WorkingCalendar calendar, LawInForce law, DateTimeOffset now)
    {
        LifeCycle.Demand(Status, LifeCycle.Transfer);
        Require(!Payments.Any(p => p.IsAwaited()), PaymentErrors.PayBeforeTransfer);
        if (Source is null && TransferDueAt(calendar, law) is var latest && now > latest && string.IsNullOrWhiteSpace(note))
            throw new BusinessRuleException(
                LifeCycleErrors.TransferLate.With(LifeCycle.Written(latest), law.Basis(LawInForce.TransferCutOff)).At("/note")
            );
        FinishStep(by, note, calendar, now);
        Status = DossierStatus.InProcess;
        Check = CheckOf(now, calendar, law);
        Happened(new DossierWasTransferred(this, by, now));
    }

    /// <summary>Names the officer in charge.</summary>
    public void Assign(string assignee, string by, DateTimeOffset now)
    {
        LifeCycle.Demand(Status, LifeCycle.Assign);
        AssignedTo = assignee;
        Happened(new DossierWasAssigned(this, assignee, by, now));
    }

    /// <summary>
    /// Hands the step in hand over to the next one, once every paper is there that the workflow needs up to here. The last step ends by settling.
    /// </summary>
    public void CompleteStep(string by, string? note, WorkingCalendar calendar, DateTimeOffset now, ProcedureContent? content = null)
    {
        LifeCycle.Demand(Status, LifeCycle.CompleteStep);
        Require(CurrentStep < Steps.Count, DossierErrors.LastStep);
        RequireComponentsOf(CurrentStep!.Value, content);
        FinishStep(by, note, calendar, now);
        Check = null;
        Happened(new StepWasCompleted(this, Steps[CurrentStep!.Value - 2], by, now));
    }

    /// <summary>Hands the dossier over to another agency, with that agency's share of the time.</summary>
    public void HandOver(
        string agency,
        decimal? hours,
        string reason,
        string? lateCause,
        WorkingCalendar calendar,
        LawInForce law,
        string by,
        DateTimeOffset now
    )
    {
        LifeCycle.Demand(Status, LifeCycle.HandOver);
        if (agency == HandlingAgency)
            throw new BusinessRuleException(LifeCycleErrors.SameAgency.At("/agencyCode"));
        if ((Turns is [.., { DueAt: { } end }] ? end : DueAt) is { } due && now > due && string.IsNullOrWhiteSpace(lateCause))
            throw new BusinessRuleException(LifeCycleErrors.HandOverLate.With(LifeCycle.Written(due)).At("/lateCause"));
        var share = AgencyTurn.DueOf(now, hours, calendar);
        TakeTurn(agency, lateCause is null ? reason : $"{reason} ({lateCause})", hours, share, by, now);
        Check = CheckOf(now, calendar, law);
        Happened(new DossierWasHandedOver(this, agency, by, now));
    }

    /// <summary>Passes an unfinished dossier to the successor of its agency. Receipt, clock and who was late stay as they are.</summary>
    public void PassToSuccessor(string agency, string decision, string by, DateTimeOffset now)
    {
        if (agency == HandlingAgency || ReturnedAt is not null)
            return;
        TakeTurn(agency, decision, null, null, by, now);
        Happened(new DossierWasPassedToSuccessor(this, agency, by, now));
    }

    /// <summary>
    /// Passes an unfinished dossier of a centre that ends to its successor: the result is returned there, unless the person chose a third centre,
    /// which then goes on with it. Where and when it was received, its clock and who was late stay as they are.
    /// </summary>
    public void PassToCentre(string from, string to, string decision, string by, DateTimeOffset now)
    {
        if (ReturnedAt is not null)
            return;
        var moved = (ReturnCentreCode ?? CentreCode) == from;
        if (moved)
            ReturnCentreCode = to == CentreCode ? null : to;
        ServedByReturnCentre = CentreCode == from || ServedByReturnCentre && ReturnCentreCode is not null;
        Happened(new DossierWasPassedToCentre(this, from, to, moved, decision, by, now));
    }

    private void TakeTurn(string agency, string reason, decimal? hours, DateTimeOffset? shareDueAt, string by, DateTimeOffset now)
    {
        var turns = Turns.Count > 0 ? Turns : [new(HandlingAgency, ReceivedAt, null, null, null)];
        var given = turns[^1];
        if (given.To is null)
            given = given with { To = now, GivenBy = by, Reason = reason, Result = DossierClock.Judge(now, given.DueAt ?? DueAt) };
        Turns = [.. turns.SkipLast(1), given, new(agency, now, null, hours, shareDueAt)];
        HandlingAgencyCode = agency == AgencyCode ? null : agency;
        AssignedTo = null;
    }

    /// <summary>
    /// Follows another version or variant of its procedure from here on, which somebody approved for a reason. What was done stays as it was recorded; the
    /// step in hand and those after it are the new ones, and the legal clock is computed anew from the reception.
    /// </summary>
    /// <exception cref="BusinessRuleException">The person would have to be asked for more, or another agency would be competent.</exception>
    public void MoveToVersion(
        ProcedureVersion version,
        string? variantCode,
        string reason,
        WorkingCalendar calendar,
        string by,
        DateTimeOffset now
    )
    {
        var content = DemandMovable(version, variantCode, now);
        var approval = new Approval(TakeApproval(SpecialAct.MoveToVersion, by, version.Number, variantCode).Office, reason, by);
        var before = ProcedureVersion;
        var otherCase = VariantCode != variantCode;
        (ProcedureVersion, VariantCode) = (version.Number, variantCode);
        Clock = Clock! with
        {
            Rule = content.LimitFor(Channel),
            CalendarVersion = Math.Max(Clock.CalendarVersion, calendar.Definition.Version),
            DueBeforeWaiting = null,
        };
        Steps = Rerouted(content.Steps, calendar);
        Compute(calendar);
        Happened(new DossierWasMoved(this, before, approval, now));
        if (otherCase)
            PayForOtherCase(content, calendar, by, now);
    }

    // Another case has another price, by the prices of the day of reception. Under the same case the price stays that of the version it was received under.
    private void PayForOtherCase(ProcedureContent content, WorkingCalendar calendar, string by, DateTimeOffset now)
    {
        var demanded = Payments.FirstOrDefault(p => p.IsByTariff(ByTariff))?.Timing;
        Reprice(content);
        GiveBackBeyondDue(OtherCase, by, now);
        if (demanded is { } timing)
            DemandTheRest(timing, by, now);
        GoOnIfPaid("paymentCancelled", calendar, now);
    }

    private ProcedureContent DemandMovable(ProcedureVersion version, string? variantCode, DateTimeOffset now)
    {
        Require(
            SettledAt is null && Clock is not null && Status is not (DossierStatus.Submitted or DossierStatus.Rejected),
            CatalogueErrors.NotMovable
        );
        Require((ProcedureVersion, VariantCode) != (version.Number, variantCode), CatalogueErrors.SameVersion);
        if (version.EffectiveFrom > now.LocalDay())
            throw new BusinessRuleException(CatalogueErrors.VersionNotThere.At("/version"));
        if (version.Content.AgencyCode is { } agency && agency != AgencyCode)
            throw new BusinessRuleException(CatalogueErrors.MoveChangesAgency.At("/version"));
        var content = version.Content.For(variantCode);
        if (OpenSupplement()?.Items.FirstOrDefault(i => content.Components.All(c => c.Code != i.Code)) is { } asked)
            throw new BusinessRuleException(CatalogueErrors.MoveDropsAsked.With(asked.Code).At("/version"));
        content.Check([.. Components.Where(c => content.Components.Any(x => x.Code == c.Code))], Channel);
        return content;
    }

    // Steps done stay. The step in hand keeps its begin; when the new workflow is shorter, it becomes the last one.
    private IReadOnlyList<DossierStep> Rerouted(IReadOnlyList<WorkflowStep> workflow, WorkingCalendar calendar)
    {
        if (CurrentStep is not { } current)
            return Steps;
        List<DossierStep> steps = [.. Steps.Take(current - 1)];
        var inHand = Steps[current - 1];
        steps.Add(
            workflow.Count < current
                ? inHand
                : new DossierStep(current, workflow[current - 1].Role, workflow[current - 1].Hours).Start(inHand.StartedAt!.Value, calendar)
        );
        steps.AddRange(workflow.Skip(current).Select((s, i) => new DossierStep(current + 1 + i, s.Role, s.Hours)));
        return steps;
    }

    private void FinishStep(string by, string? note, WorkingCalendar calendar, DateTimeOffset now)
    {
        if (CurrentStep is { } current)
        {
            Steps = Replaced(Steps[current - 1].Complete(now, by, note));
            BeginStep(current + 1, now, calendar);
        }
        AssignedTo = null;
    }

    private void BeginStep(int number, DateTimeOffset now, WorkingCalendar calendar)
    {
        if (number > Steps.Count)
        {
            CurrentStep = null;
            return;
        }
        Steps = Replaced(Steps[number - 1].Start(now, calendar));
        CurrentStep = number;
    }

    private IReadOnlyList<DossierStep> Replaced(DossierStep step) => [.. Steps.Select(s => s.Number == step.Number ? step : s)];
}
