using Pac.BuildingBlocks.Auditing;
using Pac.SharedKernel;
using Pac.SharedKernel.WorkingTime;

namespace Pac.Dossiers.Domain;

/// <content>What is demanded and paid.</content>
internal sealed partial class Dossier
{
    // What no officer wrote: the demand that comes with a submission or a reception.
    private const string ByTariff = "Theo biểu phí, lệ phí của thủ tục";

    /// <summary>The paper that proves the person's group (giấy tờ chứng minh đối tượng).</summary>
    [Personal]
    public string? GroupEvidence { get; private set; }

    /// <summary>Exemptions that officers granted; those of the tariff stand at <see cref="FeesDue"/>.</summary>
    public IReadOnlyList<FeeRelief> Reliefs { get; private set; } = [];

    /// <summary>What is given back.</summary>
    public IReadOnlyList<Refund> Refunds { get; private set; } = [];

    /// <summary>The lines of the price: what is due, paid, given back and exempt. What was demanded beside the tariff has lines of its own.</summary>
    public IReadOnlyList<FeeLine> FeeLines()
    {
        var demanded = Payments.Where(p => p.Status != PaymentStatus.Cancelled).SelectMany(p => p.Parts().Select(l => (p, l))).ToList();
        var tariff = FeesDue.Select(f =>
        {
            var granted = Granted(f.Code);
            var waiting = demanded.Where(d => d.l.Code == f.Code && !d.p.WasPaid()).Sum(d => d.l.Dong);
            return new FeeLine(
                f.Code,
                f.Kind,
                f.Name,
                f.NameEn,
                f.LegalBasisId,
                DueOn(f, granted, waiting),
                waiting,
                PaidOn(f.Code),
                RefundedOn(f.Code),
                f.ExemptDong + granted,
                f.Collector
            );
        });
        var others = demanded
            .Select(d => d.l)
            .Concat(Reliefs.Select(r => new PaymentLine(r.FeeCode, r.Kind, r.FeeCode, r.FeeCode, 0, r.LegalBasisId)))
            .Where(l => FeesDue.All(f => f.Code != l.Code))
            .GroupBy(l => l.Code)
            .Select(g =>
            {
                var waiting = demanded.Where(d => d.l.Code == g.Key && !d.p.WasPaid()).Sum(d => d.l.Dong);
                return new FeeLine(
                    g.Key,
                    g.First().Kind,
                    g.First().Name,
                    g.First().NameEn,
                    g.First().LegalBasisId,
                    waiting + PaidOn(g.Key),
                    waiting,
                    PaidOn(g.Key),
                    RefundedOn(g.Key),
                    Granted(g.Key)
                );
            });
        return [.. tariff, .. others];
    }

    /// <summary>
    /// What has to be paid before the result goes out: what is demanded, and what the tariff wants besides. Of what another system settled only
    /// what is demanded here, since nobody knows here what was paid there.
    /// </summary>
    public IReadOnlyList<(FeeLine Line, long Dong)> OwedAtReturn()
    {
        var byTariff = Source is null && !WasReportedSettled();
        return [.. FeeLines().Select(l => (l, byTariff ? l.Owed : l.Waiting)).Where(o => o.Item2 > 0)];
    }

    /// <summary>
    /// Demands an amount. One that is just what the tariff still wants is a demand of the tariff's lines; any other one rests on its notice.
    /// </summary>
    public void RequestPayment(
        long amountDong,
        string notice,
        PaymentTiming timing,
        WorkingCalendar calendar,
        string by,
        DateTimeOffset now
    )
    {
        var owed = FeeLines().Where(l => l.Undemanded > 0).ToList();
        RequestPayment(
            owed.Sum(l => l.Undemanded) == amountDong
                ? [.. owed.Select(l => new FeeClaim(l.Code))]
                : [new(PaymentLine.Other, amountDong, notice)],
            notice,
            timing,
            calendar,
            by,
            now
        );
    }

    /// <summary>
    /// Demands lines of the price, or something beside them with a reason. Fee and charge become demands of their own. Demanded for now it stops
    /// the clock; before acceptance, the time of intake begins with the payment (domain study, T1).
    /// </summary>
    /// <exception cref="BusinessRuleException">It does not follow from the tariff and has no reason, or it is demanded already.</exception>
    public void RequestPayment(
        IReadOnlyList<FeeClaim> claims,
        string notice,
        PaymentTiming timing,
        WorkingCalendar calendar,
        string by,
        DateTimeOffset now
    )
    {
        LifeCycle.Demand(Status, LifeCycle.RequestPayment);
        Require(timing != PaymentTiming.AtSupplement || Status == DossierStatus.SupplementRequested, PaymentErrors.NoSupplement);
        Require(timing == PaymentTiming.AtSupplement || Status != DossierStatus.SupplementRequested, PaymentErrors.OnlyWithSupplement);
        Require(timing != PaymentTiming.Before || Status is DossierStatus.Submitted or DossierStatus.Received, PaymentErrors.BeforeIsOver);
        Require(timing == PaymentTiming.AtReturn || Status != DossierStatus.Completed, PaymentErrors.OnlyAtReturn);
        // What is not handed over yet waits for it as for what is paid before; the clock of the centre does not stand still for that.
        if (timing == PaymentTiming.Now && Status == DossierStatus.Received)
            timing = PaymentTiming.Before;
        var added = Demand([.. claims.Select((c, i) => Claimed(c, i))], notice, timing, now);
        if (Status == DossierStatus.Submitted && added.Any(p => p.IsAwaited()))
            Intake = null;
        if (Status == DossierStatus.InProcess && timing == PaymentTiming.Now)
        {
            Status = DossierStatus.FinancialObligationRequested;
            Clock = Clock?.Stand(ClockState.Suspended, "paymentRequested", now);
            Compute(calendar);
        }
        SumUpPayments();
        foreach (var payment in added)
            Happened(new PaymentWasRequested(this, payment, by, now));
    }

    /// <summary>Takes a demand back that nobody paid, such as one with a wrong amount. When nothing more is awaited for now, the clock goes on.</summary>
    /// <exception cref="BusinessRuleException">No such payment is awaited, or the tariff wants it before work begins.</exception>
    public void CancelPayment(int number, string reason, WorkingCalendar calendar, LawInForce law, string by, DateTimeOffset now)
    {
        LifeCycle.Demand(Status, LifeCycle.CancelPayment);
        var demand =
            Payments.FirstOrDefault(p => p.Number == number && p.Status == PaymentStatus.Waiting)
            ?? throw new BusinessRuleException(LifeCycleErrors.NothingToPay);
        Require(!demand.IsByTariff(ByTariff), PaymentErrors.DemandOfTariff);
        Replace(demand with { Status = PaymentStatus.Cancelled });
        GoOn("paymentCancelled", calendar, law, now);
        Happened(new PaymentWasCancelled(this, demand, reason, by, now));
    }

    /// <summary>The demand with this number, if it is awaited.</summary>
    /// <exception cref="BusinessRuleException">No such payment is awaited, or the dossier does not wait for payments.</exception>
    public Payment Payable(int number)
    {
        LifeCycle.Demand(Status, LifeCycle.ConfirmPayment);
        return Payments.FirstOrDefault(p => p.Number == number && p.Status == PaymentStatus.Waiting)
            ?? throw new BusinessRuleException(LifeCycleErrors.NothingToPay);
    }

    /// <summary>Notes a payment with its receipt. When nothing more is awaited for now, the clock goes on.</summary>
    public void ConfirmPayment(
        int number,
        Taking taken,
        string? series,
        string receipt,
        WorkingCalendar calendar,
        LawInForce law,
        DateTimeOffset now
    )
    {
        var paid = Payable(number) with
        {
            Status = PaymentStatus.Paid,
            PaidAt = now,
            Method = taken.Method,
            ReceiptSeries = series,
            ReceiptNumber = receipt,
            Taken = taken,
        };
        Replace(paid);
        GoOn("paymentConfirmed", calendar, law, now);
        Happened(new PaymentWasConfirmed(this, paid, taken.By, now));
    }

    /// <summary>Takes a payment back that was noted by mistake; it is awaited again. Its receipt stays in the list as void.</summary>
    /// <exception cref="BusinessRuleException">It cannot be taken back any more: then it is given back.</exception>
    public void VoidPayment(int number, string reason, WorkingCalendar calendar, string by, DateTimeOffset now)
    {
        var paid = Payments.FirstOrDefault(p => p.Number == number && p.Status == PaymentStatus.Paid);
        Require(paid?.Taken is { OrderCode: null } && paid.RefundedDong == 0, PaymentErrors.NotVoidable);
        Require(Refunds.All(r => r.PaymentNumber != number || r.State == RefundState.Refused), PaymentErrors.NotVoidable);
        Require(
            Status
                is DossierStatus.Submitted
                    or DossierStatus.Received
                    or DossierStatus.InProcess
                    or DossierStatus.SupplementRequested
                    or DossierStatus.FinancialObligationRequested
                    or DossierStatus.Completed,
            PaymentErrors.NotVoidable
        );
        Replace(
            paid! with
            {
                Status = PaymentStatus.Waiting,
                PaidAt = null,
                Method = null,
                ReceiptSeries = null,
                ReceiptNumber = null,
                Taken = null,
            }
        );
        if (paid.Timing != PaymentTiming.AtReturn && Status == DossierStatus.Submitted)
            Intake = null;
        if (paid.Timing != PaymentTiming.AtReturn && Status == DossierStatus.InProcess)
        {
            Status = DossierStatus.FinancialObligationRequested;
            Clock = Clock?.Stand(ClockState.Suspended, "paymentVoided", now);
            Compute(calendar);
        }
        SumUpPayments();
        Happened(new PaymentWasVoided(this, paid, reason, by, now));
    }

    /// <summary>Frees the person from a line, in whole or in part. What is demanded and not paid becomes less.</summary>
    /// <exception cref="BusinessRuleException">Less is still to be paid on that line.</exception>
    public void Exempt(FeeRelief relief, WorkingCalendar calendar, LawInForce law)
    {
        var line = FeeLines().FirstOrDefault(l => l.Code == relief.FeeCode);
        if (line is null)
            throw new BusinessRuleException(PaymentErrors.UnknownLine.With(relief.FeeCode).At("/feeCode"));
        var open = line.Due - line.Paid;
        var granted = relief with { Kind = line.Kind, Dong = relief.Dong == 0 ? open : relief.Dong };
        if (granted.Dong > open || open == 0)
            throw new BusinessRuleException(PaymentErrors.ExemptTooMuch.With(open).At("/amount"));
        var fewer = granted.Dong - line.Undemanded;
        Reliefs = [.. Reliefs, granted];
        foreach (var payment in Payments.Where(p => p.Status == PaymentStatus.Waiting).Reverse())
            fewer = Lessen(payment, relief.FeeCode, fewer);
        GoOn("paymentExempted", calendar, law, granted.At);
        Happened(new FeeWasExempted(this, granted, granted.By, granted.At));
    }

    /// <summary>Asks for money to be given back; the amount is set aside until it is decided on.</summary>
    /// <exception cref="BusinessRuleException">It is more than was paid and is not given back already, or it was not paid through the gateway.</exception>
    public Refund RequestRefund(int paymentNumber, long? dong, string? feeCode, RefundWay way, string reason, string by, DateTimeOffset now)
    {
        var paid = Payments.FirstOrDefault(p => p.Number == paymentNumber && p.WasPaid());
        Require(paid is not null, PaymentErrors.NotPaid);
        if (way == RefundWay.Gateway && paid!.Taken?.OrderCode is null)
            throw new BusinessRuleException(PaymentErrors.NotThroughGateway.At("/way"));
        var left = Refundable(paid!).Where(l => feeCode is null || l.Code == feeCode).ToList();
        var most = left.Sum(l => l.Dong);
        var amount = dong ?? most;
        if (amount > most || most == 0)
            throw new BusinessRuleException(PaymentErrors.RefundTooMuch.With(most).At("/amount"));
        List<PaymentLine> lines = [];
        foreach (var line in left)
        {
            var part = Math.Min(line.Dong, amount - lines.Sum(l => l.Dong));
            if (part > 0)
                lines.Add(line with { Dong = part });
        }
        var refund = new Refund(Refunds.Count + 1, paymentNumber, amount, lines, way, reason, by, now);
        Refunds = [.. Refunds, refund];
        SumUpPayments();
        Happened(new RefundWasRequested(this, refund, by, now));
        return refund;
    }

    /// <summary>Decides on a refund. Whoever took the money or asked for it to be given back cannot be the one who approves.</summary>
    /// <exception cref="BusinessRuleException">It was decided on, or one and the same person is behind it.</exception>
    public void DecideRefund(int number, string? document, string? note, string by, DateTimeOffset now)
    {
        var refund = Refunds.FirstOrDefault(r => r.Number == number && r.State == RefundState.Requested);
        Require(refund is not null, PaymentErrors.NothingToDecide);
        var cashier = Payments.First(p => p.Number == refund!.PaymentNumber).Taken?.By;
        Require(by != refund!.RequestedBy && by != cashier, PaymentErrors.FourEyes);
        if (document is null && string.IsNullOrWhiteSpace(note))
            throw new BusinessRuleException(PaymentErrors.NoteMissing.At("/note"));
        var decided = refund with
        {
            State = document is null ? RefundState.Refused : RefundState.Approved,
            DecidedBy = by,
            DecidedAt = now,
            Note = note,
            Document = document,
        };
        Replace(decided);
        SumUpPayments();
        Happened(document is null ? new RefundWasRefused(this, decided, by, now) : new RefundWasApproved(this, decided, by, now));
    }

    /// <summary>The refund with this number, if it was approved and not paid out.</summary>
    public Refund PayableRefund(int number, string by)
    {
        var refund = Refunds.FirstOrDefault(r => r.Number == number && r.State == RefundState.Approved);
        Require(refund is not null, PaymentErrors.NotApproved);
        Require(by != refund!.DecidedBy, PaymentErrors.FourEyes);
        return refund;
    }

    /// <summary>Notes that an approved refund was paid out.</summary>
    public void PayRefund(int number, Taking paidOut, DateTimeOffset now)
    {
        var refund = PayableRefund(number, paidOut.By) with { State = RefundState.Paid, PaidOut = paidOut, PaidAt = now };
        Replace(refund);
        var payment = Payments.First(p => p.Number == refund.PaymentNumber);
        Replace(payment with { RefundedDong = payment.RefundedDong + refund.Dong });
        SumUpPayments();
        Happened(new RefundWasPaid(this, refund, payment, paidOut.By, now));
    }

    // A procedure that is paid before work begins: the demand comes with the dossier, and the time of intake waits for the payment.
    private void DemandBefore(ProcedureFlags flags, string by, DateTimeOffset now)
    {
        if (!flags.PayBefore)
            return;
        // Before the demand tells of itself: what is watched is taken from the terms that run.
        if (Status == DossierStatus.Submitted && FeeLines().Any(l => l.Undemanded > 0))
            Intake = null;
        DemandTheRest(PaymentTiming.Before, by, now);
    }

    // What nobody demanded until there is a result is paid when it is returned.
    private void DemandAtReturn(string by, DateTimeOffset now)
    {
        if (Outcome == Domain.Outcome.Result)
            DemandTheRest(PaymentTiming.AtReturn, by, now);
        else
        {
            // What the tariff wanted for a result is not paid for a refusal.
            Payments = [.. Payments.Select(p => p.IsForResult(ByTariff) ? p with { Status = PaymentStatus.Cancelled } : p)];
            SumUpPayments();
        }
    }

    // Demands what the tariff wants and nobody demanded yet.
    private void DemandTheRest(PaymentTiming timing, string by, DateTimeOffset now)
    {
        var rest = FeeLines().Where(l => l.Undemanded > 0).ToDictionary(l => l.Code, l => l.Undemanded);
        if (rest.Count == 0)
            return;
        var lines = FeesDue.Where(f => rest.ContainsKey(f.Code)).Select(f => Of(f, rest[f.Code]));
        var added = Demand([.. lines], ByTariff, timing, now);
        SumUpPayments();
        foreach (var payment in added)
            Happened(new PaymentWasRequested(this, payment, by, now));
    }

    // Whoever is not served any more owes nothing that was not paid; whoever is refused, nothing that was not demanded.
    private long DueOn(FeeDue fee, long granted, long waiting) =>
        Status is DossierStatus.Stopped or DossierStatus.Rejected ? PaidOn(fee.Code)
        : Outcome == Domain.Outcome.Refusal ? PaidOn(fee.Code) + waiting
        : fee.Dong - granted;

    private List<Payment> Demand(IReadOnlyList<PaymentLine> lines, string notice, PaymentTiming timing, DateTimeOffset now)
    {
        var first = Payments.Count + 1;
        var added = lines
            .GroupBy(l => l.Kind)
            .Select((g, i) => new Payment(first + i, g.Sum(l => l.Dong), notice, timing, now, Lines: [.. g], Kind: g.Key))
            .ToList();
        Payments = [.. Payments, .. added];
        return added;
    }

    private PaymentLine Claimed(FeeClaim claim, int place)
    {
        if (claim.Code == PaymentLine.Other)
        {
            if (claim.Dong is not { } dong)
                throw new BusinessRuleException(PaymentErrors.AmountMissing.At($"/lines/{place}/amount"));
            if (string.IsNullOrWhiteSpace(claim.Reason))
                throw new BusinessRuleException(PaymentErrors.ReasonMissing.At($"/lines/{place}/reason"));
            // Nothing is demanded twice: the same for the same reason is the same.
            Require(
                !Payments.Any(p => p.Status != PaymentStatus.Cancelled && p.Parts().Any(l => l.Dong == dong && l.Reason == claim.Reason)),
                PaymentErrors.DemandedAlready
            );
            return new(claim.Code, claim.Kind, claim.Reason, claim.Reason, dong, claim.LegalBasisId, claim.Reason);
        }
        if (FeesDue.FirstOrDefault(f => f.Code == claim.Code) is not { } fee)
            throw new BusinessRuleException(PaymentErrors.UnknownLine.With(claim.Code).At($"/lines/{place}/feeCode"));
        var line = FeeLines().First(l => l.Code == claim.Code);
        Require(line.Collector == FeeCollector.Centre, PaymentErrors.CollectedElsewhere);
        Require(line.Undemanded > 0, PaymentErrors.DemandedAlready);
        if (claim.Dong > line.Undemanded)
            throw new BusinessRuleException(PaymentErrors.MoreThanTariff.With(line.Undemanded).At($"/lines/{place}/amount"));
        return Of(fee, claim.Dong ?? line.Undemanded);
    }

    private static PaymentLine Of(FeeDue fee, long dong) => new(fee.Code, fee.Kind, fee.Name, fee.NameEn, dong, fee.LegalBasisId);

    // Takes an amount off a demand; gives what is left of the amount.
    private long Lessen(Payment payment, string code, long dong)
    {
        if (dong <= 0 || payment.Parts().FirstOrDefault(l => l.Code == code) is not { } line)
            return dong;
        var part = Math.Min(line.Dong, dong);
        List<PaymentLine> lines =
        [
            .. payment.Parts().Select(l => ReferenceEquals(l, line) ? l with { Dong = l.Dong - part } : l).Where(l => l.Dong > 0),
        ];
        Replace(
            lines.Count == 0
                ? payment with
                {
                    Status = PaymentStatus.Cancelled,
                }
                : payment with
                {
                    Lines = lines,
                    AmountDong = lines.Sum(l => l.Dong),
                }
        );
        return dong - part;
    }

    // Once nothing is awaited any more, what waited goes on.
    private void GoOn(string why, WorkingCalendar calendar, LawInForce law, DateTimeOffset now)
    {
        var awaited = Payments.Any(p => p.IsAwaited());
        if (!awaited && Status == DossierStatus.Submitted)
            Intake ??= Deadline.Start(now, law.Term(LawInForce.OnlineIntake), calendar);
        GoOnIfPaid(why, calendar, now);
        SumUpPayments();
    }

    private void GoOnIfPaid(string why, WorkingCalendar calendar, DateTimeOffset now)
    {
        if (Status != DossierStatus.FinancialObligationRequested || Payments.Any(p => p.IsAwaited()))
            return;
        Status = DossierStatus.InProcess;
        Clock = Clock?.Run(why, now);
        Compute(calendar);
    }

    // Once a dossier ends, nothing more is awaited; what is to be given back waits for the decision that every refund needs.
    private void CancelPayments(bool refund, string reason, string by, DateTimeOffset now)
    {
        Payments = [.. Payments.Select(p => p.Status == PaymentStatus.Waiting ? p with { Status = PaymentStatus.Cancelled } : p)];
        foreach (var paid in refund ? Payments.Where(p => p.WasPaid() && Refundable(p).Any()).ToList() : [])
        {
            var lines = Refundable(paid).ToList();
            var way = paid.Taken?.OrderCode is null ? RefundWay.Cash : RefundWay.Gateway;
            Refunds = [.. Refunds, new(Refunds.Count + 1, paid.Number, lines.Sum(l => l.Dong), lines, way, reason, by, now)];
        }
        SumUpPayments();
    }

    // What was paid on lines of the tariff beyond what they come to now waits for the decision that every refund needs.
    private void GiveBackBeyondDue(string reason, string by, DateTimeOffset now)
    {
        var due = FeeLines().ToDictionary(l => l.Code, l => FeesDue.FirstOrDefault(f => f.Code == l.Code)?.Dong ?? 0);
        foreach (var paid in Payments.Where(p => p.WasPaid()).ToList())
        {
            List<PaymentLine> beyond = [];
            foreach (var line in Refundable(paid).Where(l => l.Code != PaymentLine.Other))
            {
                var kept = Math.Min(line.Dong, due[line.Code]);
                due[line.Code] -= kept;
                if (line.Dong > kept)
                    beyond.Add(line with { Dong = line.Dong - kept });
            }
            if (beyond.Count == 0)
                continue;
            var way = paid.Taken?.OrderCode is null ? RefundWay.Cash : RefundWay.Gateway;
            var refund = new Refund(Refunds.Count + 1, paid.Number, beyond.Sum(l => l.Dong), beyond, way, reason, by, now);
            Refunds = [.. Refunds, refund];
            SumUpPayments();
            Happened(new RefundWasRequested(this, refund, by, now));
        }
    }

    // What of a payment is neither given back nor set aside for it, line by line.
    private IEnumerable<PaymentLine> Refundable(Payment paid)
    {
        var taken = Refunds.Where(r => r.PaymentNumber == paid.Number && r.State != RefundState.Refused).SelectMany(r => r.Lines).ToList();
        return paid.Parts()
            .Select(l => l with { Dong = l.Dong - taken.Where(t => t.Code == l.Code && t.Reason == l.Reason).Sum(t => t.Dong) })
            .Where(l => l.Dong > 0);
    }

    private long Granted(string code) => Reliefs.Where(r => r.FeeCode == code).Sum(r => r.Dong);

    // What the end of a dossier gave back is not given back if it goes on, and owed once more where the money went already.
    private void TakeBackRefunds(DateTimeOffset ended, string by, DateTimeOffset now)
    {
        Refunds =
        [
            .. Refunds.Select(r =>
                r.RequestedAt != ended ? r
                : r.State == RefundState.Paid ? r with { OwedAgain = true }
                : r.IsOpen() ? r with { State = RefundState.Refused, DecidedBy = by, DecidedAt = now, Note = "Hồ sơ được mở lại" }
                : r
            ),
        ];
        SumUpPayments();
    }

    private long PaidOn(string code) =>
        Payments.Where(p => p.WasPaid()).SelectMany(p => p.Parts()).Where(l => l.Code == code).Sum(l => l.Dong)
        - GivenBackOn(code, owedAgain: true);

    private long RefundedOn(string code) => GivenBackOn(code, owedAgain: false);

    private long GivenBackOn(string code, bool owedAgain) =>
        Refunds
            .Where(r => r.State == RefundState.Paid && r.OwedAgain == owedAgain)
            .SelectMany(r => r.Lines)
            .Where(l => l.Code == code)
            .Sum(l => l.Dong);

    private void Replace(Payment payment) => Payments = [.. Payments.Select(p => p.Number == payment.Number ? payment : p)];

    private void Replace(Refund refund) => Refunds = [.. Refunds.Select(r => r.Number == refund.Number ? refund : r)];

    private void SumUpPayments()
    {
        Payments =
        [
            .. Payments.Select(p =>
                !p.WasPaid()
                    ? p
                    : p with
                    {
                        Status =
                            p.RefundedDong == p.AmountDong ? PaymentStatus.Refunded
                            : Refunds.Any(r => r.PaymentNumber == p.Number && r.IsOpen()) ? PaymentStatus.RefundDue
                            : PaymentStatus.Paid,
                    }
            ),
        ];
        PaymentStatus[] order =
        [
            PaymentStatus.Waiting,
            PaymentStatus.RefundDue,
            PaymentStatus.Paid,
            PaymentStatus.Refunded,
            PaymentStatus.Cancelled,
        ];
        Payment = Array.Find(order, s => Payments.Any(p => p.Status == s));
    }
}
