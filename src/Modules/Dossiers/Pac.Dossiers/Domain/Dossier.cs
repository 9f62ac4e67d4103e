using Pac.BuildingBlocks.Auditing;
using Pac.SharedKernel;
using Pac.SharedKernel.WorkingTime;

namespace Pac.Dossiers.Domain;

/// <summary>A component (thành phần hồ sơ) that was handed in.</summary>
/// <param name="Code">Code within the procedure.</param>
/// <param name="Kind">Original, copy or file.</param>
/// <param name="Quantity">How many sets.</param>
/// <param name="Pages">How many pages each.</param>
internal sealed record DossierComponent(string Code, CopyKind Kind, int Quantity, int? Pages);

/// <summary>The document that settles a dossier.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Date">Its date.</param>
/// <param name="Signer">Who signed, by office.</param>
/// <param name="Reason">Why it was refused; null for a result.</param>
internal sealed record ResultDocument(string Number, DateOnly Date, string Signer, string? Reason);

/// <summary>Where and how a dossier is received.</summary>
/// <param name="Code">Its code.</param>
/// <param name="CentreCode">The centre.</param>
/// <param name="CounterId">The counter, when there is one.</param>
/// <param name="AgencyCode">The competent agency.</param>
/// <param name="Channel">How it came in.</param>
/// <param name="AssistedCentreCode">The centre that helped the person; null when it is the receiving one, or none.</param>
/// <param name="ReturnCentreCode">The centre where the result is wanted; null when it is the receiving one.</param>
internal sealed record Reception(
    string Code,
    string CentreCode,
    Guid? CounterId,
    string AgencyCode,
    Channel Channel,
    string? AssistedCentreCode = null,
    string? ReturnCentreCode = null
)
{
    /// <summary>The variant of the procedure; null for the ordinary case.</summary>
    public string? VariantCode { get; init; }

    /// <summary>The group of the person, where another price holds for it.</summary>
    public string? PersonGroup { get; init; }

    /// <summary>Copies of the result that are wanted.</summary>
    public int Copies { get; init; } = 1;
}

/// <summary>A dossier (hồ sơ thủ tục hành chính): a person's request on its way from the counter to the result.</summary>
internal sealed class Dossier : AggregateRoot
{
    private Dossier() { }

    public DossierId Id { get; private set; }

    /// <summary>Code shown to people (mã hồ sơ); an attribute, not the identity.</summary>
    public string Code { get; private set; } = "";

    /// <summary>Code at the national portal, when it came from there.</summary>
    public string? PortalCode { get; private set; }

    public string ProcedureCode { get; private set; } = "";

    /// <summary>The version of the procedure that was in force at reception or submission; a later version changes nothing for this dossier.</summary>
    public int ProcedureVersion { get; private set; }

    /// <summary>The variant of the procedure (trường hợp); null for the ordinary case.</summary>
    public string? VariantCode { get; private set; }

    /// <summary>The group of the person, where another price holds for it (đối tượng).</summary>
    [Personal]
    public string? PersonGroup { get; private set; }

    /// <summary>What was to be paid on the day of reception; empty when nothing is, or when it follows from a tariff.</summary>
    public IReadOnlyList<FeeDue> FeesDue { get; private set; } = [];

    public string FieldCode { get; private set; } = "";

    /// <summary>The centre that received it.</summary>
    public string CentreCode { get; private set; } = "";

    /// <summary>The centre that helped the person; null when it is the receiving one, or none.</summary>
    public string? AssistedCentreCode { get; private set; }

    /// <summary>The centre where the result is returned; null when it is the receiving one.</summary>
    public string? ReturnCentreCode { get; private set; }

    public Guid? CounterId { get; private set; }

    /// <summary>The competent agency, whose code begins the dossier code.</summary>
    public string AgencyCode { get; private set; } = "";

    /// <summary>The agency that has it in hand; null when it is the competent one.</summary>
    public string? HandlingAgencyCode { get; private set; }

    public Channel Channel { get; private set; }

    public DossierStatus Status { get; private set; }

    public PaymentStatus Payment { get; private set; }

    public DeliveryStatus Delivery { get; private set; }

    public SyncStatus Sync { get; private set; }

    [Personal]
    public Applicant Applicant { get; private set; } = null!;

    /// <summary>Owner and representative; null when the applicant acts for himself alone.</summary>
    [Personal]
    public Parties? Parties { get; private set; }

    /// <summary>What was decided about dossiers that look like this one; null while nobody has been asked.</summary>
    public IReadOnlyList<DuplicateVerdict>? DuplicateVerdicts { get; private set; }

    public IReadOnlyList<DossierComponent> Components { get; private set; } = [];

    /// <summary>When it was submitted online.</summary>
    public DateTimeOffset? SubmittedAt { get; private set; }

    /// <summary>Until when the person has to be told whether it is accepted; null while a payment is awaited, and after the answer.</summary>
    public Deadline? Intake { get; private set; }

    /// <summary>Whether it was submitted online and not received (yet).</summary>
    public bool OnlySubmitted { get; private set; }

    /// <summary>When it was received; of one that was only submitted, when it was submitted.</summary>
    public DateTimeOffset ReceivedAt { get; private set; }

    /// <summary>When the result is due (ngày hẹn trả); null when nothing is, or while the clock stands still.</summary>
    public DateTimeOffset? DueAt { get; private set; }

    /// <summary>What the receipt promises; stays when the due instant moves.</summary>
    public DateTimeOffset? PromisedAt { get; private set; }

    /// <summary>When somebody has to look whether a time has passed; null when there is nothing to wait for.</summary>
    public DateTimeOffset? WatchAt { get; private set; }

    /// <summary>The due instant whose passing has been noted.</summary>
    public DateTimeOffset? NotedDueAt { get; private set; }

    public DossierClock? Clock { get; private set; }

    /// <summary>The calendar of the clock, beside it for the search; null for imported dossiers.</summary>
    public string? CalendarCode { get; private set; }

    public IReadOnlyList<DossierStep> Steps { get; private set; } = [];

    /// <summary>Number of the step in hand; null before the first and after the last.</summary>
    public int? CurrentStep { get; private set; }

    /// <summary>Subject of the officer in charge.</summary>
    public string? AssignedTo { get; private set; }

    public IReadOnlyList<Supplement> Supplements { get; private set; } = [];

    public IReadOnlyList<Payment> Payments { get; private set; } = [];

    /// <summary>Which agencies had it in hand; empty as long as it was the competent one alone.</summary>
    public IReadOnlyList<AgencyTurn> Turns { get; private set; } = [];

    public Extension? Extension { get; private set; }

    public Withdrawal? Withdrawal { get; private set; }

    /// <summary>Why it was not accepted, or stopped.</summary>
    public Closing? Closing { get; private set; }

    /// <summary>The dossier that leads the linked ones (liên thông).</summary>
    public DossierId? ParentId { get; private set; }

    public DateTimeOffset? SettledAt { get; private set; }

    public Outcome? Outcome { get; private set; }

    public ResultDocument? Result { get; private set; }

    public DateTimeOffset? ReturnedAt { get; private set; }

    public ReturnMethod? ReturnMethod { get; private set; }

    /// <summary>How the receiver was identified.</summary>
    public IdentityCheck? ReturnIdentity { get; private set; }

    [Personal]
    public string? ReturnedTo { get; private set; }

    /// <summary>Why it was late, in words.</summary>
    public string? LateCause { get; private set; }

    /// <summary>Which system may state its status now.</summary>
    public StatedBy StatedBy { get; private set; }

    /// <summary>System it was imported from; null when it was received here.</summary>
    public string? Source { get; private set; }

    /// <summary>Its id in that system.</summary>
    public string? SourceId { get; private set; }

    /// <summary>Whether it was received. What was only submitted counts in no figure.</summary>
    public bool IsReceived => !OnlySubmitted;

    /// <summary>The agency that has it in hand.</summary>
    public string HandlingAgency => HandlingAgencyCode ?? AgencyCode;

    /// <summary>Receives a dossier at a counter or by post, after the check of its components (Decree 118/2025, art. 17).</summary>
    /// <exception cref="BusinessRuleException">A required component is missing, or one is not in the published list.</exception>
    public static Dossier Receive(
        Reception reception,
        Procedure procedure,
        ProcedureVersion version,
        Applicant applicant,
        IReadOnlyList<DossierComponent> components,
        WorkingCalendar calendar,
        string receivedBy,
        DateTimeOffset now
    )
    {
        var content = version.Content.For(reception.VariantCode);
        content.Check(components);
        var dossier = Of(reception, procedure, version, applicant, components, calendar, now);
        dossier.Begin(content, calendar, now);
        dossier.Happened(new DossierWasReceived(dossier, receivedBy, now));
        return dossier;
    }

    /// <summary>Takes in what was submitted through the national portal. It is received when an officer accepts it.</summary>
    /// <exception cref="BusinessRuleException">There is no e-identity, the procedure is not online, or a component is not published.</exception>
    public static Dossier Submit(
        Reception reception,
        string? portalCode,
        DateTimeOffset submittedAt,
        Procedure procedure,
        ProcedureVersion version,
        Applicant applicant,
        IReadOnlyList<DossierComponent> components,
        WorkingCalendar calendar,
        LawInForce law,
        string by,
        DateTimeOffset now
    )
    {
        if (applicant.IdentityNumber is null)
            throw new BusinessRuleException(LifeCycleErrors.IdentityMissing.At("/applicant/identityNumber"));
        if (submittedAt > now)
            throw new BusinessRuleException(LifeCycleErrors.InTheFuture.At("/submittedAt"));
        if (version.Content.OnlineLevel == OnlineLevel.CounterOnly)
            throw new BusinessRuleException(LifeCycleErrors.CounterOnly.At("/procedureCode"));
        version.Content.For(reception.VariantCode).CheckPublished(components);
        var dossier = Of(reception, procedure, version, applicant, components, calendar, submittedAt);
        dossier.OnlySubmitted = true;
        dossier.PortalCode = portalCode;
        dossier.SubmittedAt = submittedAt;
        dossier.Status = DossierStatus.Submitted;
        dossier.Intake = Deadline.Start(submittedAt, law.Term(LawInForce.OnlineIntake), calendar);
        dossier.Happened(new DossierWasSubmitted(dossier, by, now));
        return dossier;
    }

    /// <summary>Receives what was submitted online: the legal clock begins, the due instant is promised.</summary>
    public void Accept(ProcedureContent content, WorkingCalendar calendar, string by, DateTimeOffset now)
    {
        LifeCycle.Demand(Status, LifeCycle.Accept);
        Require(Payment != PaymentStatus.Waiting, LifeCycleErrors.PaymentFirst);
        content.Check(Components);
        ReceivedAt = now;
        Intake = null;
        CalendarCode = calendar.Definition.Code;
        Begin(content, calendar, now);
        Happened(new DossierWasReceived(this, by, now));
    }

    /// <summary>Does not accept what was submitted online (form 03).</summary>
    public void Reject(string reason, string legalBasis, string by, DateTimeOffset now)
    {
        LifeCycle.Demand(Status, LifeCycle.Reject);
        Closing = new(reason, legalBasis, Status);
        End(Domain.Outcome.Rejection, DossierStatus.Rejected, now);
        Happened(new DossierWasRejected(this, by, now));
    }

    /// <summary>
    /// Hands the dossier over to the competent agency: on the day it came, at the latest at the start of the next working day. What is
    /// handed over later needs a note that says why.
    /// </summary>
    public void Transfer(string by, string? note, WorkingCalendar calendar, LawInForce law, DateTimeOffset now)
    {
        LifeCycle.Demand(Status, LifeCycle.Transfer);
        if (Source is null && TransferDueAt(calendar, law) is var latest && now > latest && string.IsNullOrWhiteSpace(note))
            throw new BusinessRuleException(
                LifeCycleErrors.TransferLate.With(LifeCycle.Written(latest), law.Basis(LawInForce.TransferCutOff)).At("/note")
            );
        FinishStep(by, note, calendar, now);
        Status = DossierStatus.InProcess;
        Happened(new DossierWasTransferred(this, by, now));
    }

    /// <summary>Names the officer in charge.</summary>
    public void Assign(string assignee, string by, DateTimeOffset now)
    {
        LifeCycle.Demand(Status, LifeCycle.Assign);
        AssignedTo = assignee;
        Happened(new DossierWasAssigned(this, assignee, by, now));
    }

    /// <summary>Hands the step in hand over to the next one. The last step ends by settling.</summary>
    public void CompleteStep(string by, string? note, WorkingCalendar calendar, DateTimeOffset now)
    {
        LifeCycle.Demand(Status, LifeCycle.CompleteStep);
        Require(CurrentStep < Steps.Count, DossierErrors.LastStep);
        FinishStep(by, note, calendar, now);
        Happened(new StepWasCompleted(this, Steps[CurrentStep!.Value - 2], by, now));
    }

    /// <summary>Hands the dossier over to another agency, with that agency's share of the time.</summary>
    public void HandOver(
        string agency,
        decimal? hours,
        string reason,
        string? lateCause,
        WorkingCalendar calendar,
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
    /// Asks for papers, once and completely (Decree 118/2025, art. 11): out of the published list, and nothing that is digital already but to
    /// verify it (art. 5). The clock stands still.
    /// </summary>
    public void RequestSupplement(
        IReadOnlyList<SupplementItem> items,
        string legalBasis,
        SpecialGround? ground,
        ProcedureContent content,
        WorkingCalendar calendar,
        LawInForce law,
        string by,
        DateTimeOffset now
    )
    {
        LifeCycle.Demand(Status, LifeCycle.RequestSupplement);
        var atIntake = Status == DossierStatus.Submitted;
        if (Supplements.Count >= law.Times(LawInForce.SupplementRequests) && (atIntake || ground is null))
            throw new BusinessRuleException(
                LifeCycleErrors.SupplementTwice.With(law.Times(LawInForce.SupplementRequests), law.Basis(LawInForce.SupplementRequests))
            );
        content.CheckAskedFor(items);
        var answer = Deadline.Start(now, law.Term(LawInForce.SupplementAnswer), calendar);
        Supplements = [.. Supplements, new(items, legalBasis, now, by, atIntake, answer, DueAt < now, ground)];
        Status = DossierStatus.SupplementRequested;
        Intake = null;
        Clock = Clock?.Stand(ClockState.WaitingForCitizen, "supplementRequested", now);
        Compute(calendar);
        Happened(new SupplementWasRequested(this, by, now));
    }

    /// <summary>Takes the answer to a request; it has to be complete. Time is counted anew from zero.</summary>
    public void SubmitSupplement(
        IReadOnlyList<DossierComponent> given,
        ProcedureContent content,
        WorkingCalendar calendar,
        LawInForce law,
        string by,
        DateTimeOffset now
    )
    {
        LifeCycle.Demand(Status, LifeCycle.SubmitSupplement);
        var asked = Supplements[^1];
        Require(now <= asked.Answer.DueAt, LifeCycleErrors.SupplementExpired.With(LifeCycle.Written(asked.Answer.DueAt)));
        content.CheckPublished(given);
        var missing = asked.Items.Select(i => i.Code).Except(given.Select(c => c.Code)).ToList();
        if (missing.Count > 0)
            throw new BusinessRuleException(LifeCycleErrors.SupplementIncomplete.With(string.Join(", ", missing)).At("/documents"));
        Components = [.. Components.Where(c => given.All(g => g.Code != c.Code)), .. given];
        Supplements = [.. Supplements.SkipLast(1), asked with { CompletedAt = now }];
        if (asked.AtIntake)
        {
            Status = DossierStatus.Submitted;
            Intake = Deadline.Start(now, law.Term(LawInForce.OnlineIntake), calendar);
        }
        else
        {
            Status = DossierStatus.InProcess;
            // What another system received has a clock from here on.
            Clock =
                Clock?.Run("supplementSubmitted", now)
                ?? DossierClock.Start(content.LimitFor(Channel), calendar, now, "supplementSubmitted");
            CalendarCode = Clock.CalendarCode;
            Compute(calendar);
        }
        Happened(new SupplementWasSubmitted(this, by, now));
    }

    /// <summary>Demands a payment. Demanded for now, it stops the clock; before acceptance, the time of intake begins with the payment.</summary>
    public void RequestPayment(
        long amountDong,
        string notice,
        PaymentTiming timing,
        WorkingCalendar calendar,
        string by,
        DateTimeOffset now
    )
    {
        LifeCycle.Demand(Status, LifeCycle.RequestPayment);
        Payments = [.. Payments, new(Payments.Count + 1, amountDong, notice, timing, now)];
        if (Status == DossierStatus.Submitted)
            Intake = null;
        if (Status == DossierStatus.InProcess && timing == PaymentTiming.Now)
        {
            Status = DossierStatus.FinancialObligationRequested;
            Clock = Clock?.Stand(ClockState.Suspended, "paymentRequested", now);
            Compute(calendar);
        }
        SumUpPayments();
        Happened(new PaymentWasRequested(this, Payments[^1], by, now));
    }

    /// <summary>Notes a payment with its receipt. When nothing more is awaited for now, the clock goes on.</summary>
    public void ConfirmPayment(
        int number,
        PaymentMethod method,
        string? series,
        string receipt,
        WorkingCalendar calendar,
        LawInForce law,
        string by,
        DateTimeOffset now
    )
    {
        LifeCycle.Demand(Status, LifeCycle.ConfirmPayment);
        var demand = Payments.FirstOrDefault(p => p.Number == number && p.Status == PaymentStatus.Waiting);
        Require(demand is not null, LifeCycleErrors.NothingToPay);
        var paid = demand! with
        {
            Status = PaymentStatus.Paid,
            PaidAt = now,
            Method = method,
            ReceiptSeries = series,
            ReceiptNumber = receipt,
        };
        Payments = [.. Payments.Select(p => p.Number == number ? paid : p)];
        var awaited = Payments.Any(p => p is { Status: PaymentStatus.Waiting, Timing: PaymentTiming.Now });
        if (!awaited && Status == DossierStatus.Submitted)
            Intake = Deadline.Start(now, law.Term(LawInForce.OnlineIntake), calendar);
        if (!awaited && Status == DossierStatus.FinancialObligationRequested)
        {
            Status = DossierStatus.InProcess;
            Clock = Clock?.Run("paymentConfirmed", now);
            Compute(calendar);
        }
        SumUpPayments();
        Happened(new PaymentWasConfirmed(this, paid, by, now));
    }

    /// <summary>Apologises and promises a new date, once (form 04). Too short before the due date it is marked as late, after it it is refused.</summary>
    public void Extend(
        string reason,
        string signer,
        DateOnly newDay,
        WorkingCalendar calendar,
        LawInForce law,
        string by,
        DateTimeOffset now
    )
    {
        LifeCycle.Demand(Status, LifeCycle.Extend);
        if (Extension is { } before && law.Times(LawInForce.Extensions) <= 1)
            throw new BusinessRuleException(LifeCycleErrors.ExtendedBefore.With(LifeCycle.Written(before.NewDueAt)));
        if (DueAt is not { } due)
            throw new BusinessRuleException(LifeCycleErrors.NothingDue);
        Require(now <= due, LifeCycleErrors.ExtensionTooLate.With(LifeCycle.Written(due), law.Basis(LawInForce.ExtensionNotice)));
        var newDue = DossierClock.Closing(calendar, newDay, []);
        if (newDue <= due)
            throw new BusinessRuleException(LifeCycleErrors.ExtensionNotLater.With(LifeCycle.Written(due)).At("/newDueDate"));
        var notice = due.AddDays(-(int)law.Term(LawInForce.ExtensionNotice).Value);
        Extension = new(reason, signer, now, by, due, newDue, notice, now > notice);
        Clock = Clock?.Extend(newDay, now);
        DueAt = newDue;
        Happened(new DossierWasExtended(this, by, now));
    }

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
        CancelPayments(refund);
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
        CancelPayments(refund);
        End(Domain.Outcome.Stop, DossierStatus.Stopped, now);
        Happened(new DossierWasStopped(this, by, now));
    }

    /// <summary>Ends the work with a signed document: the result, or a refusal with its reason.</summary>
    public void Settle(ResultDocument document, string? lateCause, string by, DateTimeOffset now)
    {
        LifeCycle.Demand(Status, LifeCycle.Settle);
        // A refusal may come at any step; a result needs all of them. What was imported while open has no steps here.
        Require(document.Reason is not null || CurrentStep is null || CurrentStep == Steps.Count, DossierErrors.StepsOpen);
        var late = DossierClock.Judge(now, DueAt) == Timeliness.Late;
        if (late && string.IsNullOrWhiteSpace(lateCause))
            throw new BusinessRuleException(DossierErrors.LateCauseMissing);
        if (CurrentStep is { } current)
            Steps = Replaced(Steps[current - 1].Complete(now, by, null));
        LateCause = late ? lateCause : null;
        Result = document;
        Delivery = DeliveryStatus.Ready;
        End(document.Reason is null ? Domain.Outcome.Result : Domain.Outcome.Refusal, DossierStatus.Completed, now);
        Happened(new DossierWasSettled(this, by, now));
    }

    /// <summary>Gives the result back, once it is paid and the receiver is known. Being late never blocks it.</summary>
    public void Return(ReturnMethod method, string? receiver, IdentityCheck? identity, string by, DateTimeOffset now)
    {
        LifeCycle.Demand(Status, LifeCycle.Return);
        if (method == Domain.ReturnMethod.Counter && string.IsNullOrWhiteSpace(receiver))
            throw new BusinessRuleException(DossierErrors.ReceiverMissing);
        if (method == Domain.ReturnMethod.Counter && identity is null)
            throw new BusinessRuleException(LifeCycleErrors.IdentityUnchecked.At("/identityCheck"));
        Require(Payment != PaymentStatus.Waiting, LifeCycleErrors.PaymentOpen);
        Status = DossierStatus.Returned;
        Delivery = DeliveryStatus.Delivered;
        ReturnedAt = now;
        ReturnMethod = method;
        ReturnedTo = receiver;
        ReturnIdentity = identity;
        Happened(new DossierWasReturned(this, by, now));
    }

    /// <summary>Lets another system state the status from now on, or takes that back. Whoever states it, no other one does.</summary>
    public void HandStatingOver(StatedBy to, string by, DateTimeOffset now)
    {
        Require(StatedBy != to, ExchangeErrors.StatesAlready);
        StatedBy = to;
        Happened(new StatingWasHandedOver(this, to, by, now));
    }

    /// <summary>
    /// Takes over what the stating system reports. It happened when it happened: lateness, history and figures go by that instant, and nothing
    /// here knows when we were told.
    /// </summary>
    public void Report(DossierStatus status, string by, DateTimeOffset occurredAt)
    {
        if (status is DossierStatus.Completed or DossierStatus.Stopped && SettledAt is null)
        {
            var result = status == DossierStatus.Completed;
            End(result ? Domain.Outcome.Result : Domain.Outcome.Stop, status, occurredAt);
            Happened(result ? new DossierWasSettled(this, by, occurredAt) : new DossierWasStopped(this, by, occurredAt));
            return;
        }
        Status = status;
        if (status == DossierStatus.Returned && SettledAt is not null && ReturnedAt is null)
        {
            (ReturnedAt, ReturnMethod) = (occurredAt, Domain.ReturnMethod.Online);
            Happened(new DossierWasReturned(this, by, occurredAt));
        }
        else
            Happened(new StatusWasReported(this, status, by, occurredAt));
    }

    /// <summary>Opens a finished dossier again by special right. The time in which it was closed does not count.</summary>
    public void Reopen(string reason, string approvedBy, WorkingCalendar calendar, string by, DateTimeOffset now)
    {
        Require(Source is null, LifeCycleErrors.ReopenImported);
        LifeCycle.Demand(Status, LifeCycle.Reopen);
        if (!IsReceived || SettledAt is not { } ended)
            throw new BusinessRuleException(LifeCycle.InState(LifeCycleErrors.NotPossible, DossierStatus.Rejected));
        var was = new DossierWasReopened(this, reason, approvedBy, ended, DueAt, Outcome!.Value, ReturnedAt, by, now);
        Status = DossierStatus.InProcess;
        (SettledAt, Outcome, Result, LateCause, Closing) = (null, null, null, null, null);
        (ReturnedAt, ReturnMethod, ReturnedTo, ReturnIdentity) = (null, null, null, null);
        Delivery = DeliveryStatus.None;
        Clock = Clock?.Reopen(now);
        Compute(calendar);
        Happened(was);
    }

    /// <summary>Joins the linked dossiers that another one leads; all are promised for one day.</summary>
    public void Follow(Dossier parent, DateTimeOffset? appointment, string by, DateTimeOffset now)
    {
        LifeCycle.Demand(Status, LifeCycle.Link);
        if (ParentId is not null)
            throw new BusinessRuleException(LifeCycleErrors.LinkedBefore.With(Code));
        if (parent.CentreCode != CentreCode || !IsOfSamePerson(parent))
            throw new BusinessRuleException(LifeCycleErrors.LinkedOtherPerson.With(Code));
        ParentId = parent.Id;
        PromisedAt = appointment;
        Happened(new DossierWasLinked(this, parent.Code, by, now));
    }

    /// <summary>Leads linked dossiers: what was received in the last hour counts from the next working day.</summary>
    public void CountAsLinked(WorkingCalendar calendar, LawInForce law)
    {
        if (Clock is not { Segments: [{ To: null } only] })
            return;
        var begin = calendar.NextOpening(only.From);
        var closing = DossierClock.Closing(calendar, begin.LocalDay(), []);
        if (
            calendar.WorkingTimeBetween(begin, closing)
            > TimeSpan.FromTicks((long)(law.Term(LawInForce.LinkedLastHour).Value * TimeSpan.TicksPerHour))
        )
            return;
        Clock = Clock with { Segments = [only with { From = calendar.NextOpening(closing.AddSeconds(1)) }] };
        Compute(calendar);
    }

    /// <summary>Promises one day for all linked dossiers.</summary>
    public void Lead(DateTimeOffset? appointment, int followers, string by, DateTimeOffset now)
    {
        LifeCycle.Demand(Status, LifeCycle.Link);
        if (ParentId is not null)
            throw new BusinessRuleException(LifeCycleErrors.LinkedBefore.With(Code));
        PromisedAt = appointment;
        Happened(new DossierLeadsLinked(this, followers, by, now));
    }

    /// <summary>Computes what is due anew by a newer version of its calendar; the same instant leaves no trace.</summary>
    public void FollowCalendar(WorkingCalendar calendar, string reason, DateTimeOffset now)
    {
        if (
            SettledAt is not null
            || calendar.Definition.Code != CalendarCode
            || calendar.Definition.Version <= (Clock?.CalendarVersion ?? 0)
        )
            return;
        var (due, intake, answer) = (DueAt, Intake?.DueAt, OpenSupplement()?.Answer.DueAt);
        if (Clock is not null)
            Clock = Clock with { CalendarVersion = calendar.Definition.Version };
        Compute(calendar);
        Turns = [.. Turns.Select(t => t.To is null ? t with { DueAt = AgencyTurn.DueOf(t.From, t.AllottedHours, calendar) } : t)];
        if (Intake?.Under(calendar) is { } term && term != Intake)
            Intake = term;
        if (OpenSupplement() is { } open && open.Answer.Under(calendar) is var moved && moved != open.Answer)
            Supplements = [.. Supplements.SkipLast(1), open with { Answer = moved }];
        if (Extension is { } extension && DueAt is { } extended && due == extension.NewDueAt)
            Extension = extension with { NewDueAt = extended };
        Tell("due", due, DueAt);
        Tell("intake", intake, Intake?.DueAt);
        Tell("supplement", answer, OpenSupplement()?.Answer.DueAt);

        void Tell(string which, DateTimeOffset? before, DateTimeOffset? after)
        {
            if (before != after)
                Happened(new DueTimeMoved(this, which, before, after, calendar.Definition.Version, reason, "system", now));
        }
    }

    /// <summary>Does what the passing of time brings: an unanswered request ends the dossier, a passed due instant is noted once.</summary>
    /// <returns>Whether anything was due.</returns>
    public bool TimePassed(DateTimeOffset now)
    {
        if (WatchAt is not { } at || at >= now)
            return false;
        if (Status == DossierStatus.SupplementRequested)
        {
            var open = Supplements[^1];
            Supplements = [.. Supplements.SkipLast(1), open with { ExpiredAt = now }];
            Closing = new("Hết thời hạn bổ sung hồ sơ", open.LegalBasis, Status);
            CancelPayments(refund: false);
            if (open.AtIntake)
                End(Domain.Outcome.Rejection, DossierStatus.Rejected, now);
            else
                End(Domain.Outcome.Stop, DossierStatus.Stopped, now);
            Happened(new SupplementExpired(this, "system", now));
            return true;
        }
        NotedDueAt = at;
        if (Status == DossierStatus.Submitted)
            Happened(new IntakeTimePassed(this, at, "system", now));
        else
            Happened(new DueTimePassed(this, at, "system", now));
        return true;
    }

    /// <summary>Notes whether the national portal took what it was told.</summary>
    public void NoteSync(bool taken, string? code, string by, DateTimeOffset now)
    {
        Sync = taken ? SyncStatus.Synchronised : SyncStatus.Failed;
        Raise(new SyncWasNoted(this, taken, code, by, now));
    }

    /// <summary>Whether it is on time by the rule of the quality index: waits for the person are taken off, asking twice is late (index 2.1).</summary>
    public bool IsOnTimeByIndex(DateTimeOffset now)
    {
        if (Supplements.Count(s => !s.AtIntake) > 1)
            return false;
        var end = SettledAt ?? now;
        return (Extension?.NewDueAt ?? PromisedAt ?? DueAt) is not { } promised || (Clock?.IndexEnd(end) ?? end) <= promised;
    }

    /// <summary>By when it has to be in the hands of the competent agency: the same day, or the first hour of the next one when it came late.</summary>
    public DateTimeOffset TransferDueAt(WorkingCalendar calendar, LawInForce law)
    {
        var opening = calendar.NextOpening(ReceivedAt);
        var closing = DossierClock.Closing(calendar, opening.LocalDay(), []);
        return TimeOnly.FromTimeSpan(opening.ToLocal().TimeOfDay) <= law.Time(LawInForce.TransferCutOff)
            ? closing
            : calendar.DueAt(closing.AddSeconds(1), law.Term(LawInForce.TransferNextDay), DuePolicy.SameClockTime);
    }

    /// <summary>Names who else has a part in it, at reception.</summary>
    /// <exception cref="BusinessRuleException">Somebody acts for another without an authorisation that is in force.</exception>
    public void Involve(Parties parties, ProcedureFlags flags)
    {
        if (parties.Representative is not null)
        {
            if (!flags.AllowsAuthorisation)
                throw new BusinessRuleException(PeopleErrors.AuthorisationNotAllowed.At("/involved/representative"));
            var day = ReceivedAt.LocalDay();
            if (parties.Authorisation is not { } paper)
                throw new BusinessRuleException(PeopleErrors.AuthorisationMissing.At("/involved/authorisation"));
            if (paper.Date > day || paper.ValidUntil < day)
                throw new BusinessRuleException(PeopleErrors.AuthorisationOver.At("/involved/authorisation"));
        }
        Parties = parties;
    }

    /// <summary>Records what a person decided about another dossier of the same person and procedure.</summary>
    public void JudgeDuplicate(Dossier other, bool same, string reason, string by, DateTimeOffset now)
    {
        if (other.Id == Id)
            throw new BusinessRuleException(PeopleErrors.SameDossier.At("/otherId"));
        if (ProcedureCode != other.ProcedureCode || !Applicant.IsSamePersonAs(other.Applicant))
            throw new BusinessRuleException(PeopleErrors.OtherPerson.At("/otherId"));
        DuplicateVerdicts =
        [
            .. (DuplicateVerdicts ?? []).Where(v => v.OtherId != other.Id.Value),
            new(other.Id.Value, same, reason, by, now),
        ];
        Raise(new DuplicateWasJudged(this, other.Code, same, by, now));
    }

    private static Dossier Of(
        Reception reception,
        Procedure procedure,
        ProcedureVersion version,
        Applicant applicant,
        IReadOnlyList<DossierComponent> components,
        WorkingCalendar calendar,
        DateTimeOffset at
    ) =>
        new()
        {
            Id = new(Guid.CreateVersion7(at)),
            Code = reception.Code,
            CentreCode = reception.CentreCode,
            AssistedCentreCode = reception.AssistedCentreCode == reception.CentreCode ? null : reception.AssistedCentreCode,
            ReturnCentreCode = reception.ReturnCentreCode == reception.CentreCode ? null : reception.ReturnCentreCode,
            CounterId = reception.CounterId,
            AgencyCode = reception.AgencyCode,
            Channel = reception.Channel,
            ProcedureCode = procedure.Code,
            ProcedureVersion = version.Number,
            VariantCode = reception.VariantCode,
            PersonGroup = reception.PersonGroup,
            FeesDue = Tariff.Quote(version.Content.For(reception.VariantCode), Asked(reception, components, at)) ?? [],
            FieldCode = procedure.FieldCode,
            Applicant = applicant,
            Components = components,
            ReceivedAt = at,
            CalendarCode = calendar.Definition.Code,
        };

    private void Begin(ProcedureContent content, WorkingCalendar calendar, DateTimeOffset now)
    {
        Status = DossierStatus.Received;
        OnlySubmitted = false;
        Clock = DossierClock.Start(content.LimitFor(Channel), calendar, now);
        Steps = [.. content.Steps.Select((s, i) => new DossierStep(i + 1, s.Role, s.Hours))];
        BeginStep(1, now, calendar);
        Compute(calendar);
        PromisedAt = DueAt;
    }

    // What follows from the facts of the clock. While it stands still nothing is due, unless it was late before.
    private void Compute(WorkingCalendar calendar)
    {
        if (Clock is null)
            return;
        var due = Clock.DueAt(calendar);
        var standing = Clock.Standing();
        DueAt = standing is not null && (due is null || due >= standing.From) ? null : due;
        if (standing is null && CurrentStep is { } current && Steps[current - 1] is { StartedAt: { } started } step)
            Steps = Replaced(step.Under(calendar, [.. Clock.StoppedSince(started)]));
    }

    private void End(Outcome outcome, DossierStatus status, DateTimeOffset now)
    {
        (Status, Outcome, SettledAt, CurrentStep, Intake) = (status, outcome, now, null, null);
        Clock = Clock?.End(now);
        if (Turns is [.., { To: null } last])
            Turns = [.. Turns.SkipLast(1), last with { To = now, Result = DossierClock.Judge(now, last.DueAt ?? DueAt) }];
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

    private void CancelPayments(bool refund)
    {
        Payments =
        [
            .. Payments.Select(p =>
                p.Status switch
                {
                    PaymentStatus.Waiting => p with { Status = PaymentStatus.Cancelled },
                    PaymentStatus.Paid when refund => p with { Status = PaymentStatus.Refunded },
                    _ => p,
                }
            ),
        ];
        SumUpPayments();
    }

    private void SumUpPayments()
    {
        PaymentStatus[] order = [PaymentStatus.Waiting, PaymentStatus.Paid, PaymentStatus.Refunded, PaymentStatus.Cancelled];
        Payment = Array.Find(order, s => Payments.Any(p => p.Status == s));
    }

    private bool IsOfSamePerson(Dossier other) =>
        Applicant.IdentityIndex is not null
            ? Applicant.IsSamePersonAs(other.Applicant)
            : other.Applicant.IdentityIndex is null && other.Applicant.Name == Applicant.Name;

    private Supplement? OpenSupplement() => Supplements is [.., var last] && last.IsOpen() ? last : null;

    // Every act is to be told to the national portal, and changes what there is to wait for.
    private void Happened(IDossierAct act)
    {
        Sync = SyncStatus.Pending;
        var next = Status switch
        {
            DossierStatus.Submitted => Intake?.DueAt,
            DossierStatus.SupplementRequested => OpenSupplement()?.Answer.DueAt,
            DossierStatus.Received or DossierStatus.InProcess => DueAt,
            _ => null,
        };
        // Whoever states the status also watches over it.
        WatchAt = Source is null && StatedBy == StatedBy.Pac && next != NotedDueAt ? next : null;
        Raise(act);
    }

    /// <summary>
    /// Follows another version or variant of its procedure from here on, which somebody approved for a reason. What was done stays as it was recorded; the
    /// step in hand and those after it are the new ones, and the legal clock is computed anew from the reception.
    /// </summary>
    /// <exception cref="BusinessRuleException">The person would have to be asked for more, or another agency would be competent.</exception>
    public void MoveToVersion(
        ProcedureVersion version,
        string? variantCode,
        Approval approval,
        WorkingCalendar calendar,
        DateTimeOffset now
    )
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
        content.Check([.. Components.Where(c => content.Components.Any(x => x.Code == c.Code))]);
        var before = ProcedureVersion;
        (ProcedureVersion, VariantCode) = (version.Number, variantCode);
        Clock = Clock! with
        {
            Rule = content.LimitFor(Channel),
            CalendarVersion = Math.Max(Clock.CalendarVersion, calendar.Definition.Version),
        };
        Steps = Rerouted(content.Steps, calendar);
        Compute(calendar);
        Happened(new DossierWasMoved(this, before, approval, now));
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

    // Pages are those of what is handed in; one that was not counted leaves them unknown.
    private static FeeQuestion Asked(Reception reception, IReadOnlyList<DossierComponent> components, DateTimeOffset now) =>
        new(
            now.LocalDay(),
            reception.Channel,
            reception.VariantCode,
            reception.PersonGroup,
            reception.Copies,
            components.Count > 0 && components.All(c => c.Pages is not null) ? components.Sum(c => c.Pages!.Value) : null
        );

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

    private static void Require(bool holds, Error error)
    {
        if (!holds)
            throw new BusinessRuleException(error);
    }
}
