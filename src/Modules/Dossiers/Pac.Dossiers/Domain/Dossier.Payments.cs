using Pac.SharedKernel.WorkingTime;

namespace Pac.Dossiers.Domain;

/// <content>What is demanded and paid.</content>
internal sealed partial class Dossier
{
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
}
