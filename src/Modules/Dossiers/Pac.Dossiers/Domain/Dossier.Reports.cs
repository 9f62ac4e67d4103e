using Pac.SharedKernel.WorkingTime;

namespace Pac.Dossiers.Domain;

/// <summary>By what a report of the stating system is judged.</summary>
/// <param name="Content">What the dossier's version of its procedure says.</param>
/// <param name="Calendar">The calendar of its centre.</param>
/// <param name="Law">The figures of the law on the day when it happened.</param>
internal sealed record ReportRules(ProcedureContent Content, WorkingCalendar Calendar, LawInForce Law);

/// <summary>What has to be paid, as another system reports it.</summary>
/// <param name="Name">What for.</param>
/// <param name="AmountDong">How much, in dong.</param>
internal sealed record ReportedFee(string Name, long AmountDong);

/// <summary>What a report says besides the status.</summary>
/// <param name="Fees">What has to be paid.</param>
/// <param name="Wanted">The papers that are asked for.</param>
/// <param name="Given">Codes of the components that were handed in.</param>
internal sealed record ReportedDetails(IReadOnlyList<ReportedFee> Fees, IReadOnlyList<SupplementItem> Wanted, IReadOnlyList<string> Given);

/// <content>What the system that states the status reports.</content>
internal sealed partial class Dossier
{
    private const string ElsewhereStated = "Theo báo cáo của hệ thống phát biểu trạng thái";

    /// <summary>
    /// Takes over what the stating system reports, with all that the status means here. It happened when it happened: clock, lateness, history
    /// and figures go by that instant, and nothing here knows when we were told.
    /// </summary>
    /// <exception cref="SharedKernel.BusinessRuleException">It contradicts what is recorded.</exception>
    public void Report(DossierStatus status, ReportedDetails details, ReportRules rules, string by, DateTimeOffset occurredAt)
    {
        // The clock cannot be stopped before it last changed.
        Require(IsUnmovedSince(occurredAt), ExchangeErrors.BeforeLastAct);
        switch (status)
        {
            case DossierStatus.Submitted:
                ReportIntake(details.Given, rules, by, occurredAt);
                break;
            case DossierStatus.Received or DossierStatus.InProcess:
                TakeGiven(details.Given, rules.Content);
                GoOn(rules, by, occurredAt);
                if (Status == status)
                    break;
                Status = status;
                Happened(new StatusWasReported(this, status, by, occurredAt));
                break;
            case DossierStatus.SupplementRequested:
                ReportSupplement(details.Wanted, rules, by, occurredAt);
                break;
            case DossierStatus.FinancialObligationRequested:
                ReportPayment(details.Fees, rules, by, occurredAt);
                break;
            case DossierStatus.WithdrawalRequested:
                Require(SettledAt is null, ExchangeErrors.NotReportable);
                Withdrawal = new(occurredAt, by, Channel, null, Status);
                Status = status;
                Happened(new WithdrawalWasRequested(this, by, occurredAt));
                break;
            case DossierStatus.Rejected or DossierStatus.Stopped:
                ReportEnd(status, by, occurredAt);
                break;
            case DossierStatus.Completed:
                ReportResult(rules, by, occurredAt);
                break;
            default:
                ReportReturn(rules, by, occurredAt);
                break;
        }
    }

    /// <summary>
    /// Whether a report that comes late can still take its place before those that overtook it: none of them moved the clock, and they say no more
    /// than that work goes on, or what held already.
    /// </summary>
    /// <param name="status">What is reported late.</param>
    /// <param name="occurredAt">When that happened.</param>
    /// <param name="newer">What was reported of later instants, and whether it said nothing new.</param>
    public bool TakesLate(DossierStatus status, DateTimeOffset occurredAt, IEnumerable<(DossierStatus? Status, bool Repeated)> newer) =>
        status != Status
        && !(GoesOn(status) && GoesOn(Status))
        && IsUnmovedSince(occurredAt)
        && newer.All(n => n.Repeated || GoesOn(n.Status));

    private static bool GoesOn(DossierStatus? status) => status is DossierStatus.Received or DossierStatus.InProcess;

    private bool IsUnmovedSince(DateTimeOffset instant) => (Clock?.Segments[^1] is { } last ? last.To ?? last.From : ReceivedAt) <= instant;

    // Back at intake: the person answered or paid, and the time to tell whether it is accepted begins once more.
    private void ReportIntake(IReadOnlyList<string> given, ReportRules rules, string by, DateTimeOffset at)
    {
        Require(OnlySubmitted && SettledAt is null, ExchangeErrors.NotReportable);
        TakeGiven(given, rules.Content);
        var answered = OpenSupplement() is not null;
        CompleteReported(at);
        Status = DossierStatus.Submitted;
        Intake = Deadline.Start(at, rules.Law.Term(LawInForce.OnlineIntake), rules.Calendar);
        Happened(answered ? new SupplementWasSubmitted(this, by, at) : new StatusWasReported(this, Status, by, at));
    }

    private void ReportSupplement(IReadOnlyList<SupplementItem> wanted, ReportRules rules, string by, DateTimeOffset at)
    {
        // Nothing may be asked for outside the published list, whoever asks (Decree 118/2025/ND-CP, art. 5(1)).
        if (wanted.FirstOrDefault(w => rules.Content.Components.All(c => c.Code != w.Code)) is { } unpublished)
            throw new SharedKernel.BusinessRuleException(LifeCycleErrors.SupplementUnpublished.With(unpublished.Code));
        var atIntake = OnlySubmitted;
        Require(SettledAt is null || !atIntake, ExchangeErrors.NotReportable);
        if (!atIntake)
            BeInHand(rules, by, at);
        var answer = Deadline.Start(at, rules.Law.Term(LawInForce.SupplementAnswer), rules.Calendar);
        if (OpenSupplement() is null)
            Supplements = [.. Supplements, new(wanted, ElsewhereStated, at, by, atIntake, answer, DueAt < at)];
        PersonWasTold(at);
        Status = DossierStatus.SupplementRequested;
        (Intake, Check) = (null, null);
        Clock = Clock?.Stand(ClockState.WaitingForCitizen, "supplementRequested", at);
        Compute(rules.Calendar);
        Happened(new SupplementWasRequested(this, by, at));
    }

    private void ReportPayment(IReadOnlyList<ReportedFee> fees, ReportRules rules, string by, DateTimeOffset at)
    {
        Require(SettledAt is null || IsReceived, ExchangeErrors.NotReportable);
        if (IsReceived)
            BeInHand(rules, by, at);
        // One after the other: of two with the same name only one can be the line of the tariff.
        foreach (var fee in fees)
            Payments = [.. Payments, Reported(fee, Payments.Count + 1, at)];
        SumUpPayments();
        Status = DossierStatus.FinancialObligationRequested;
        Intake = null;
        Clock = Clock?.Stand(ClockState.Suspended, "paymentRequested", at);
        Compute(rules.Calendar);
        Happened(new StatusWasReported(this, Status, by, at));
    }

    // What is called like a line of the tariff, and is no more than that still wants, is that line: it must not be demanded here again.
    private Payment Reported(ReportedFee fee, int number, DateTimeOffset at)
    {
        var wanted = FeeLines().FirstOrDefault(l => l.Name == fee.Name)?.Undemanded ?? 0;
        return FeesDue.FirstOrDefault(f => f.Name == fee.Name) is { } line && fee.AmountDong <= wanted
            ? new(number, fee.AmountDong, fee.Name, PaymentTiming.Now, at, Lines: [Of(line, fee.AmountDong)], Kind: line.Kind)
            : new(number, fee.AmountDong, fee.Name, PaymentTiming.Now, at);
    }

    // What was never received ends as not accepted, whichever word is used for it, unless it was withdrawn; what was received and then not accepted was refused.
    private void ReportEnd(DossierStatus status, string by, DateTimeOffset at)
    {
        Require(SettledAt is null, ExchangeErrors.NotReportable);
        var withdrawn = Status == DossierStatus.WithdrawalRequested;
        Closing = new(ElsewhereStated, ElsewhereStated, Status);
        if (withdrawn)
            Withdrawal = Withdrawal! with { DecidedAt = at, Granted = true };
        CompleteReported(at, expired: true);
        CancelPayments(false, ElsewhereStated, by, at);
        var outcome =
            withdrawn && status == DossierStatus.Stopped ? Domain.Outcome.Withdrawal
            : OnlySubmitted ? Domain.Outcome.Rejection
            : status == DossierStatus.Rejected ? Domain.Outcome.Refusal
            : Domain.Outcome.Stop;
        End(outcome, status, at);
        Happened(
            outcome switch
            {
                Domain.Outcome.Withdrawal => new DossierWasWithdrawn(this, by, at),
                Domain.Outcome.Stop => new DossierWasStopped(this, by, at),
                _ => new DossierWasRejected(this, by, at),
            }
        );
    }

    private void ReportResult(ReportRules rules, string by, DateTimeOffset at)
    {
        if (SettledAt is not null)
        {
            Require(IsReceived, ExchangeErrors.NotReportable);
            Status = DossierStatus.Completed;
            Happened(new StatusWasReported(this, Status, by, at));
            return;
        }
        GoOn(rules, by, at);
        Delivery = DeliveryStatus.Ready;
        End(Domain.Outcome.Result, DossierStatus.Completed, at);
        Happened(new DossierWasSettled(this, by, at));
    }

    private void ReportReturn(ReportRules rules, string by, DateTimeOffset at)
    {
        if (SettledAt is null)
            ReportResult(rules, by, at);
        Require(IsReceived, ExchangeErrors.NotReportable);
        var first = ReturnedAt is null;
        (Status, Delivery) = (DossierStatus.Returned, DeliveryStatus.Delivered);
        if (first)
            (ReturnedAt, ReturnMethod) = (at, Domain.ReturnMethod.Online);
        Happened(first ? new DossierWasReturned(this, by, at) : new StatusWasReported(this, Status, by, at));
    }

    // A report that work goes on presupposes a reception or an opening again that nobody told us of.
    private void BeInHand(ReportRules rules, string by, DateTimeOffset at)
    {
        if (OnlySubmitted)
        {
            Require(SettledAt is null, ExchangeErrors.NotReportable);
            CompleteReported(at);
            (ReceivedAt, Intake, CalendarCode) = (at, null, rules.Calendar.Definition.Code);
            Begin(rules.Content, rules.Calendar, at);
            Happened(new DossierWasReceived(this, by, at));
        }
        else if (SettledAt is { } ended)
            OpenAgain(ended, (ElsewhereStated, by), rules.Calendar, by, at);
    }

    // Whatever it waited for has come.
    private void GoOn(ReportRules rules, string by, DateTimeOffset at)
    {
        BeInHand(rules, by, at);
        if (Status == DossierStatus.WithdrawalRequested)
        {
            Withdrawal = Withdrawal! with { DecidedAt = at, Granted = false };
            Status = Withdrawal.StatusBefore;
            Happened(new WithdrawalWasRefused(this, by, at));
        }
        if (Status == DossierStatus.SupplementRequested)
        {
            CompleteReported(at);
            Status = DossierStatus.InProcess;
            Clock =
                Clock?.Run("supplementSubmitted", at)
                ?? DossierClock.Start(rules.Content.LimitFor(Channel), rules.Calendar, at, "supplementSubmitted");
            CalendarCode = Clock.CalendarCode;
            Compute(rules.Calendar);
            Happened(new SupplementWasSubmitted(this, by, at));
        }
        else if (Status == DossierStatus.FinancialObligationRequested)
        {
            Payments =
            [
                .. Payments.Select(p =>
                    p is { Status: PaymentStatus.Waiting, Timing: PaymentTiming.Now }
                        ? p with
                        {
                            Status = PaymentStatus.Paid,
                            PaidAt = at,
                        }
                        : p
                ),
            ];
            SumUpPayments();
            Status = DossierStatus.InProcess;
            Clock = Clock?.Run("paymentConfirmed", at);
            Compute(rules.Calendar);
            Happened(new StatusWasReported(this, Status, by, at));
        }
    }

    // An answer may bring components that were not there before.
    private void TakeGiven(IReadOnlyList<string> given, ProcedureContent content)
    {
        if (OpenSupplement() is null)
            return;
        var added = given.Where(g => content.Components.Any(c => c.Code == g) && Components.All(c => c.Code != g));
        Components = [.. Components, .. added.Select(g => new DossierComponent(g, CopyKind.Electronic, 1, null))];
    }

    private void CompleteReported(DateTimeOffset at, bool expired = false)
    {
        if (OpenSupplement() is { } open)
            Supplements = [.. Supplements.SkipLast(1), expired ? open with { ExpiredAt = at } : open with { CompletedAt = at }];
    }
}
