using System.Linq.Expressions;
using Pac.SharedKernel;

namespace Pac.Dossiers.Domain.Fees;

/// <summary>Bank notes or coins of one value.</summary>
/// <param name="Dong">Their value, in dong.</param>
/// <param name="Pieces">How many.</param>
internal sealed record Denomination(long Dong, int Pieces);

/// <summary>What went through a till, by the book.</summary>
/// <param name="Receipts">How many payments were taken, those that were voided among them.</param>
/// <param name="Collected">What was taken, in dong.</param>
/// <param name="Voided">What of it was voided.</param>
/// <param name="Refunded">What was paid out.</param>
internal sealed record TillTotals(int Receipts, long Collected, long Voided, long Refunded)
{
    public static readonly TillTotals Nothing = new(0, 0, 0, 0);

    /// <summary>What it comes to.</summary>
    public long Net => Collected - Voided - Refunded;
}

/// <summary>What the cashier found when the till was closed.</summary>
/// <param name="CountedDong">What was counted, in dong.</param>
/// <param name="Denominations">Piece by piece, where it was written down.</param>
/// <param name="Explanation">Why it differs from the book; null when it does not.</param>
internal sealed record TillCount(long CountedDong, IReadOnlyList<Denomination>? Denominations, string? Explanation);

/// <summary>
/// The cash of one cashier on one day (ca thu tiền), from its first payment to its count. Closing freezes it: what comes later goes to the next
/// one. It opens by itself with the first cash payment of the day.
/// </summary>
internal sealed class Till : AggregateRoot
{
    private Till() { }

    public TillId Id { get; private set; }

    public string CentreCode { get; private set; } = "";

    public Guid? CounterId { get; private set; }

    /// <summary>Subject of the cashier.</summary>
    public string Cashier { get; private set; } = "";

    public DateOnly Day { get; private set; }

    public DateTimeOffset OpenedAt { get; private set; }

    /// <summary>Change that lay in it at the beginning (tiền lẻ đầu ca), in dong.</summary>
    public long OpeningDong { get; private set; }

    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>What the book said when it was closed.</summary>
    public TillTotals? Totals { get; private set; }

    public TillCount? Count { get; private set; }

    /// <summary>Who closed it in the cashier's place; null when the cashier did.</summary>
    public string? ClosedBy { get; private set; }

    /// <summary>Why somebody else closed it; no personal data.</summary>
    public string? ClosingReason { get; private set; }

    public string? ConfirmedBy { get; private set; }

    public DateTimeOffset? ConfirmedAt { get; private set; }

    /// <summary>What must lie in it after these movements.</summary>
    public long Expected(TillTotals totals) => OpeningDong + totals.Net;

    /// <summary>What was counted less what must lie in it; null until it is closed.</summary>
    public long? Difference => Count is null ? null : Count.CountedDong - Expected(Totals!);

    /// <summary>States the change that lay in it at the beginning.</summary>
    public void Begin(long openingDong)
    {
        DemandOpen();
        OpeningDong = openingDong;
        Touch();
    }

    /// <summary>Closes it with what was counted. What differs from the book has to be explained.</summary>
    public void Close(TillCount count, TillTotals totals, string by, DateTimeOffset now)
    {
        if (by != Cashier)
            throw new BusinessRuleException(CashErrors.NotYours);
        Freeze(count, totals, now);
    }

    /// <summary>Closes a till that its cashier left open; who did it, and why, stays with it.</summary>
    public void CloseForCashier(TillCount count, TillTotals totals, string reason, string by, DateTimeOffset now)
    {
        if (by == Cashier)
            throw new BusinessRuleException(CashErrors.YoursToClose);
        Freeze(count, totals, now, "/counting");
        (ClosedBy, ClosingReason) = (by, reason);
    }

    /// <summary>Confirms the count; that is another person than the cashier, and than whoever closed in the cashier's place.</summary>
    public void Confirm(string by, DateTimeOffset now)
    {
        if (by == Cashier || by == ClosedBy)
            throw new BusinessRuleException(CashErrors.OwnTill);
        if (ClosedAt is null)
            throw new BusinessRuleException(CashErrors.NotClosed);
        if (ConfirmedAt is not null)
            throw new BusinessRuleException(CashErrors.ConfirmedAlready);
        (ConfirmedBy, ConfirmedAt) = (by, now);
        Touch();
    }

    private void Freeze(TillCount count, TillTotals totals, DateTimeOffset now, string at = "")
    {
        DemandOpen();
        if (count.Denominations?.Sum(d => d.Dong * d.Pieces) is { } sum && sum != count.CountedDong)
            throw new BusinessRuleException(CashErrors.CountWrong.With(sum).At(at + "/denominations"));
        var difference = count.CountedDong - Expected(totals);
        if (difference != 0 && string.IsNullOrWhiteSpace(count.Explanation))
            throw new BusinessRuleException(CashErrors.DifferenceUnexplained.With(difference).At(at + "/explanation"));
        (ClosedAt, Totals, Count) = (now, totals, count);
        Touch();
    }

    private void DemandOpen()
    {
        if (ClosedAt is not null)
            throw new BusinessRuleException(CashErrors.ClosedAlready);
    }
}

internal sealed class TillWithId(TillId id) : Specification<Till>
{
    protected override Expression<Func<Till, bool>> Build() => t => t.Id == id;
}
