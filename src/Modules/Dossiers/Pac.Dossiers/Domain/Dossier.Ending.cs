using Pac.SharedKernel;
using Pac.SharedKernel.WorkingTime;

namespace Pac.Dossiers.Domain;

/// <content>How a dossier ends, is returned, and is opened again.</content>
internal sealed partial class Dossier
{
    /// <summary>Notes that the person wants the dossier back; possible until there is a decision (Decree 118/2025, art. 21).</summary>
    public void RequestWithdrawal(Channel channel, string? reason, string by, DateTimeOffset now)
    {
        if (Status is DossierStatus.Completed or DossierStatus.Returned && SettledAt is { } decided)
            throw new BusinessRuleException(LifeCycleErrors.WithdrawalTooLate.With(LifeCycle.Written(decided)));
        LifeCycle.Demand(Status, LifeCycle.RequestWithdrawal);
        Withdrawal = new(now, by, channel, reason, Status);
        Status = DossierStatus.WithdrawalRequested;
        Happened(new WithdrawalWasRequested(this, by, now));
    }

    /// <summary>Gives the dossier back (form 05).</summary>
    public void GrantWithdrawal(bool refund, string by, DateTimeOffset now)
    {
        LifeCycle.Demand(Status, LifeCycle.DecideWithdrawal);
        Withdrawal = Withdrawal! with { DecidedAt = now, Granted = true };
        CancelPayments(refund, "Hồ sơ được rút", by, now);
        End(Domain.Outcome.Withdrawal, DossierStatus.Stopped, now);
        Happened(new DossierWasWithdrawn(this, by, now));
    }

    /// <summary>Does not give it back because there is a decision; the dossier stands where it stood.</summary>
    public void RefuseWithdrawal(string? decision, string by, DateTimeOffset now)
    {
        LifeCycle.Demand(Status, LifeCycle.DecideWithdrawal);
        if (string.IsNullOrWhiteSpace(decision))
            throw new BusinessRuleException(LifeCycleErrors.DecisionMissing.At("/decision"));
        Withdrawal = Withdrawal! with { DecidedAt = now, Granted = false, Decision = decision };
        Status = Withdrawal.StatusBefore;
        Happened(new WithdrawalWasRefused(this, by, now));
    }

    /// <summary>Ends the work without a result (form 05).</summary>
    public void Stop(string reason, string legalBasis, bool refund, string by, DateTimeOffset now)
    {
        LifeCycle.Demand(Status, LifeCycle.Stop);
        Closing = new(reason, legalBasis, Status);
        CancelPayments(refund, "Hồ sơ dừng giải quyết", by, now);
        End(Domain.Outcome.Stop, DossierStatus.Stopped, now);
        Happened(new DossierWasStopped(this, by, now));
    }

    /// <summary>
    /// Ends the work with a signed document: the result, or a refusal with its reason. Only a procedure that need not end with a document
    /// (bắt buộc có kết quả: không) ends without one.
    /// </summary>
    public void Settle(ResultDocument? document, string? lateCause, string by, DateTimeOffset now, ProcedureFlags? flags = null)
    {
        LifeCycle.Demand(Status, LifeCycle.Settle);
        if (document is null && (flags ?? ProcedureFlags.Usual).ResultMandatory)
            throw new BusinessRuleException(PaymentErrors.ResultMissing.At("/number"));
        // A refusal may come at any step; a result needs all of them. What was imported while open has no steps here.
        Require(document?.Reason is not null || CurrentStep is null || CurrentStep == Steps.Count, DossierErrors.StepsOpen);
        var late = DossierClock.Judge(now, DueAt) == Timeliness.Late;
        if (late && string.IsNullOrWhiteSpace(lateCause))
            throw new BusinessRuleException(DossierErrors.LateCauseMissing);
        if (CurrentStep is { } current)
            Steps = Replaced(Steps[current - 1].Complete(now, by, null));
        LateCause = late ? lateCause : null;
        Result = document;
        Delivery = DeliveryStatus.Ready;
        End(document?.Reason is null ? Domain.Outcome.Result : Domain.Outcome.Refusal, DossierStatus.Completed, now);
        Happened(new DossierWasSettled(this, by, now));
        DemandAtReturn(by, now);
    }

    /// <summary>Gives the result back, once it is paid and the receiver is known. Being late never blocks it.</summary>
    public void Return(
        ReturnMethod method,
        string? receiver,
        IdentityCheck? identity,
        string by,
        DateTimeOffset now,
        ProcedureFlags? flags = null
    )
    {
        LifeCycle.Demand(Status, LifeCycle.Return);
        // What another system settled has its result there.
        var mandatory = (flags ?? ProcedureFlags.Usual).ResultMandatory;
        Require(Result is not null || !mandatory || Source is not null || WasReportedSettled(), PaymentErrors.NothingToReturn);
        if (method == Domain.ReturnMethod.Counter && string.IsNullOrWhiteSpace(receiver))
            throw new BusinessRuleException(DossierErrors.ReceiverMissing);
        if (method == Domain.ReturnMethod.Counter && identity is null)
            throw new BusinessRuleException(LifeCycleErrors.IdentityUnchecked.At("/identityCheck"));
        if (OwedAtReturn() is { Count: > 0 } owed)
            throw new BusinessRuleException(
                LifeCycleErrors.PaymentOpen.With(owed.Sum(o => o.Dong), string.Join("; ", owed.Select(o => $"{o.Line.Name}: {o.Dong}")))
            );
        Status = DossierStatus.Returned;
        Delivery = DeliveryStatus.Delivered;
        ReturnedAt = now;
        ReturnMethod = method;
        ReturnedTo = receiver;
        ReturnIdentity = identity;
        Happened(new DossierWasReturned(this, by, now));
    }

    /// <summary>Opens a finished dossier again by special right. The time in which it was closed does not count.</summary>
    public void Reopen(string reason, string approvedBy, WorkingCalendar calendar, string by, DateTimeOffset now)
    {
        Require(Source is null, LifeCycleErrors.ReopenImported);
        Require(ErasedAt is null, RetentionErrors.AlreadyErased);
        LifeCycle.Demand(Status, LifeCycle.Reopen);
        if (!IsReceived || SettledAt is not { } ended)
            throw new BusinessRuleException(LifeCycle.InState(LifeCycleErrors.NotPossible, DossierStatus.Rejected));
        OpenAgain(ended, (reason, approvedBy), calendar, by, now);
    }

    private void OpenAgain(
        DateTimeOffset ended,
        (string Reason, string ApprovedBy) why,
        WorkingCalendar calendar,
        string by,
        DateTimeOffset now
    )
    {
        var was = new DossierWasReopened(this, why.Reason, why.ApprovedBy, ended, DueAt, Outcome!.Value, ReturnedAt, by, now);
        Status = DossierStatus.InProcess;
        (SettledAt, Outcome, Result, LateCause, Closing) = (null, null, null, null, null);
        (ReturnedAt, ReturnMethod, ReturnedTo, ReturnIdentity) = (null, null, null, null);
        Delivery = DeliveryStatus.None;
        Clock = Clock?.Reopen(now);
        Compute(calendar);
        Happened(was);
    }

    // A report of another system leaves steps open behind a settled dossier; so does a refusal, also when it was opened again for a result: then
    // what the tariff wants besides was demanded as it was settled.
    private bool WasReportedSettled() => Steps.Any(s => s.CompletedAt is null);

    private void End(Outcome outcome, DossierStatus status, DateTimeOffset now)
    {
        (Status, Outcome, SettledAt, CurrentStep, Intake) = (status, outcome, now, null, null);
        (AwaitsTelling, Check) = (false, null);
        Clock = Clock?.End(now);
        if (Turns is [.., { To: null } last])
            Turns = [.. Turns.SkipLast(1), last with { To = now, Result = DossierClock.Judge(now, last.DueAt ?? DueAt) }];
    }
}
