using Pac.Dossiers.Domain.Files;
using Pac.SharedKernel;
using Pac.SharedKernel.WorkingTime;

namespace Pac.Dossiers.Domain;

/// <content>How a dossier ends, is returned, and is opened again.</content>
internal sealed partial class Dossier
{
    /// <summary>
    /// Notes that the person wants the dossier back; possible until there is a decision (Decree 118/2025, art. 21). What was not accepted yet has
    /// nothing to be decided on: it ends at once, and what was paid with it is given back.
    /// </summary>
    public void RequestWithdrawal(Channel channel, string? reason, string by, DateTimeOffset now)
    {
        if (Status is DossierStatus.Completed or DossierStatus.Returned && SettledAt is { } decided)
            throw new BusinessRuleException(LifeCycleErrors.WithdrawalTooLate.With(LifeCycle.Written(decided)));
        LifeCycle.Demand(Status, LifeCycle.RequestWithdrawal);
        Withdrawal = new(now, by, channel, reason, Status);
        Status = DossierStatus.WithdrawalRequested;
        Happened(new WithdrawalWasRequested(this, by, now));
        if (!IsReceived)
            GrantWithdrawal(refund: true, by, now);
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
    public void RefuseWithdrawal(string? decision, WorkingCalendar calendar, string by, DateTimeOffset now)
    {
        LifeCycle.Demand(Status, LifeCycle.DecideWithdrawal);
        if (string.IsNullOrWhiteSpace(decision))
            throw new BusinessRuleException(LifeCycleErrors.DecisionMissing.At("/decision"));
        Withdrawal = Withdrawal! with { DecidedAt = now, Granted = false, Decision = decision };
        Status = Withdrawal.StatusBefore;
        // Somebody may have been freed from the payment meanwhile.
        GoOnIfPaid("paymentExempted", calendar, now);
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
        var rules = flags ?? ProcedureFlags.Usual;
        if (document is null && rules.ResultMandatory)
            throw new BusinessRuleException(PaymentErrors.ResultMissing.At("/number"));
        if (document is { Reason: null, Files: null or [] } && rules.ElectronicResult)
            throw new BusinessRuleException(HandoverErrors.FileNeeded.At("/documentIds"));
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
    public void Return(Handed handed, string by, DateTimeOffset now, ProcedureFlags? flags = null)
    {
        LifeCycle.Demand(Status, LifeCycle.Return);
        // What another system settled has its result there.
        var mandatory = (flags ?? ProcedureFlags.Usual).ResultMandatory;
        Require(Result is not null || !mandatory || Source is not null || WasReportedSettled(), PaymentErrors.NothingToReturn);
        CheckReceiver(handed);
        var authorisation = NeedsAuthorisation(handed) ? AuthorisationOn(handed, now.LocalDay()) : null;
        if (OwedAtReturn() is { Count: > 0 } owed)
            throw new BusinessRuleException(
                LifeCycleErrors.PaymentOpen.With(
                    Money(owed.Sum(o => o.Dong), '.'),
                    string.Join("; ", owed.Select(o => $"{o.Line.Name}: {Money(o.Dong, '.')}")),
                    Money(owed.Sum(o => o.Dong), ','),
                    string.Join("; ", owed.Select(o => $"{o.Line.NameEn}: {Money(o.Dong, ',')}"))
                )
            );
        Status = DossierStatus.Returned;
        Delivery = DeliveryStatus.Delivered;
        ReturnedAt = now;
        ReturnMethod = handed.Method;
        ReturnedTo = handed is { Method: Domain.ReturnMethod.Post, Receiver: null } ? Applicant.Name : handed.Receiver;
        ReturnIdentity = handed.Identity;
        ReturnAuthorisation = authorisation;
        ReturnConsignment = handed.Method == Domain.ReturnMethod.Post ? handed.Consignment : null;
        Happened(new DossierWasReturned(this, by, now));
    }

    /// <summary>Notes that a file is no longer part of the result.</summary>
    public void LoseResultFile(FileId file)
    {
        if (Result?.Files?.Any(f => f.Id == file.Value) != true)
            return;
        Result = Result with { Files = [.. Result.Files.Where(f => f.Id != file.Value)] };
        Touch();
    }

    /// <summary>
    /// Opens a finished dossier again by special right, which somebody else approved. The time in which it was closed does not count.
    /// </summary>
    public void Reopen(string reason, WorkingCalendar calendar, string by, DateTimeOffset now)
    {
        var ended = DemandReopenable();
        OpenAgain(ended, (reason, TakeApproval(SpecialAct.Reopen, by).Office), calendar, by, now);
    }

    private static string Money(long dong, char between) =>
        dong.ToString("#,0", System.Globalization.CultureInfo.InvariantCulture).Replace(',', between);

    // When it ended.
    private DateTimeOffset DemandReopenable()
    {
        Require(Source is null, LifeCycleErrors.ReopenImported);
        Require(ErasedAt is null, RetentionErrors.AlreadyErased);
        LifeCycle.Demand(Status, LifeCycle.Reopen);
        return IsReceived && SettledAt is { } ended
            ? ended
            : throw new BusinessRuleException(LifeCycle.InState(LifeCycleErrors.NotPossible, DossierStatus.Rejected));
    }

    // Whoever takes the result is known, whichever way it goes: receipt or identity is checked, an authorisation if it is not the owner.
    private void CheckReceiver(Handed handed)
    {
        switch (handed.Method)
        {
            case Domain.ReturnMethod.Counter when string.IsNullOrWhiteSpace(handed.Receiver):
                throw new BusinessRuleException(DossierErrors.ReceiverMissing);
            case Domain.ReturnMethod.Counter when handed.Identity is null:
                throw new BusinessRuleException(LifeCycleErrors.IdentityUnchecked.At("/identityCheck"));
            case Domain.ReturnMethod.Post when string.IsNullOrWhiteSpace(handed.Consignment):
                throw new BusinessRuleException(HandoverErrors.ConsignmentMissing.At("/consignmentNumber"));
            // What has no document, or has it in another system, has no file here.
            case Domain.ReturnMethod.Online when Result is not null && Source is null && !handed.HasFile:
                throw new BusinessRuleException(HandoverErrors.NoFile.At("/method"));
            case Domain.ReturnMethod.Online when !IsIdentifiedOnline(handed):
                throw new BusinessRuleException(HandoverErrors.HolderUnidentified.At("/identityCheck"));
        }
    }

    // The portal hands in what the account of a person submits; else somebody compared the account now.
    private bool IsIdentifiedOnline(Handed handed) =>
        Applicant.IdentityNumber is not null && (SubmittedAt is not null || handed.Identity == IdentityCheck.EIdentity);

    // Whoever shows the receipt has it from the person; whoever shows another's identity is somebody else and shows an authorisation. Who comes for
    // an organisation bears another name than it.
    private bool NeedsAuthorisation(Handed handed) =>
        handed.Identity == IdentityCheck.Authorisation
        || handed is { Method: Domain.ReturnMethod.Counter, Identity: IdentityCheck.IdentityCard or IdentityCheck.EIdentity }
            && Applicant.Kind == ApplicantKind.Citizen
            && Parties?.Owner is null or { Kind: ApplicantKind.Citizen }
            && !IsNamed(Applicant.Name, handed)
            && !IsNamed(Parties?.Owner?.Name, handed);

    private static bool IsNamed(string? name, Handed handed) => name is not null && Folded.Of(name) == Folded.Of(handed.Receiver ?? "");

    private Authorisation AuthorisationOn(Handed handed, DateOnly day)
    {
        var recorded = Parties is { Representative: { } r, Authorisation: { } paper } && IsNamed(r.Name, handed) ? paper : null;
        if ((handed.Authorisation ?? recorded) is not { } shown)
            throw new BusinessRuleException(HandoverErrors.AuthorisationMissing.At("/authorisation"));
        return shown.Date <= day && (shown.ValidUntil is not { } last || last >= day)
            ? shown
            : throw new BusinessRuleException(
                (handed.Authorisation is null ? HandoverErrors.AuthorisationMissing : HandoverErrors.AuthorisationOver).At("/authorisation")
            );
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
        (SettledAt, Outcome, Result, LateCause, Closing) = (null, null, null, null, null);
        (ReturnedAt, ReturnMethod, ReturnedTo, ReturnIdentity) = (null, null, null, null);
        (ReturnAuthorisation, ReturnConsignment) = (null, null);
        Delivery = DeliveryStatus.None;
        Clock = Clock?.Reopen(now);
        GoOnWithSteps(calendar, now);
        // What was never handed over to the agency still is to be.
        Status = CurrentStep == 1 && Steps.Count > 1 && Source is null ? DossierStatus.Received : DossierStatus.InProcess;
        if (Turns.Count > 0)
            Turns = [.. Turns, new(HandlingAgency, now, null, null, null)];
        TakeBackRefunds(ended, by, now);
        Compute(calendar);
        Happened(was);
    }

    // The step in which it ended goes on; where all were done, the last one is done once more and what was recorded of it stays.
    private void GoOnWithSteps(WorkingCalendar calendar, DateTimeOffset now)
    {
        if (Steps.Count == 0)
            return;
        if (Steps.FirstOrDefault(s => s.CompletedAt is null) is { } open)
        {
            CurrentStep = open.Number;
            if (open.StartedAt is null)
                BeginStep(open.Number, now, calendar);
            return;
        }
        Steps = [.. Steps, new(Steps.Count + 1, Steps[^1].Role, Steps[^1].AllottedHours)];
        BeginStep(Steps.Count, now, calendar);
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
