using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Fees;
using Pac.SharedKernel;
using Pac.SharedKernel.WorkingTime;

namespace Pac.Dossiers.Features.Payments;

/// <summary>Takes a payment: a receipt with its number, and the dossier goes on. The following save writes both.</summary>
internal sealed class PaymentDesk(ICashBook book, IRepository<FeeReceipt> receipts, ILaw laws)
{
    /// <summary>Takes what is demanded under a number.</summary>
    /// <param name="dossier">The dossier, held.</param>
    /// <param name="number">Which demand.</param>
    /// <param name="taking">Who takes it where.</param>
    /// <param name="cashier">Whose receipts are used; null for those of the whole centre.</param>
    /// <param name="printed">The number of a receipt that was printed elsewhere, if there is one.</param>
    /// <param name="calendar">The calendar of the dossier.</param>
    /// <param name="now">The present instant.</param>
    /// <param name="ct">Cancels the work.</param>
    public async Task Take(
        Dossier dossier,
        int number,
        Taking taking,
        string? cashier,
        ReceiptNumber? printed,
        WorkingCalendar calendar,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        var demand = dossier.Payable(number);
        // A receipt of the national portal is issued there; every other one is ours.
        var ours = printed is null || taking.Method is PaymentMethod.Cash or PaymentMethod.Transfer;
        var given = ours ? await Given() : null;
        if (given is not null && printed is not null)
            throw new BusinessRuleException(CashErrors.NumberGiven.At("/receiptNumber"));
        var receipt =
            given
            ?? printed
            ?? (taking.OrderCode is { } order ? new ReceiptNumber(null, null, null, order) : null)
            ?? throw new BusinessRuleException(CashErrors.NumberMissing.At("/receiptNumber"));
        var id = new FeeReceiptId(Guid.CreateVersion7(now));
        receipts.Add(FeeReceipt.Issue(id, receipt, dossier, demand, taking, now));
        dossier.ConfirmPayment(
            number,
            taking with
            {
                ReceiptId = id.Value,
            },
            receipt.Series,
            receipt.Number,
            calendar,
            await laws.On(now.LocalDay(), ct),
            now
        );

        async Task<ReceiptNumber?> Given()
        {
            try
            {
                return await book.NextNumber(demand.Kind, taking.CentreCode, taking.CounterId, cashier, now.LocalDay(), ct);
            }
            // Whoever has paid at the gateway has paid, whether or not somebody has a receipt left; its number is that of the order then.
            catch (BusinessRuleException e) when (taking.OrderCode is not null && e.Error.Code == CashErrors.SeriesExhausted.Code)
            {
                return null;
            }
        }
    }
}
