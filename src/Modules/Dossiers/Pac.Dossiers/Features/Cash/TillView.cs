using Pac.Dossiers.Domain.Fees;

namespace Pac.Dossiers.Features.Cash;

/// <summary>The cash of one cashier on one day (ca thu tiền), in dong.</summary>
/// <param name="Id">Identifier of the till.</param>
/// <param name="CentreCode">The centre.</param>
/// <param name="CounterId">The counter at which it was opened.</param>
/// <param name="Cashier">Subject of the cashier.</param>
/// <param name="Day">The day.</param>
/// <param name="OpenedAt">When it was opened.</param>
/// <param name="Opening">Change that lay in it at the beginning.</param>
/// <param name="Receipts">How many receipts were issued, voided ones among them.</param>
/// <param name="Collected">What was taken.</param>
/// <param name="Voided">What of it was voided.</param>
/// <param name="Refunded">What was paid out as refunds.</param>
/// <param name="Expected">What must lie in it.</param>
/// <param name="Counted">What was counted when it was closed.</param>
/// <param name="Difference">What was counted less what must lie in it.</param>
/// <param name="Explanation">Why it differs.</param>
/// <param name="Denominations">What was counted, piece by piece.</param>
/// <param name="ClosedAt">When it was closed.</param>
/// <param name="ClosedBy">Who closed it in the cashier's place; left out when the cashier did.</param>
/// <param name="ClosingReason">Why somebody else closed it.</param>
/// <param name="ConfirmedBy">Who confirmed the count.</param>
/// <param name="ConfirmedAt">When.</param>
internal sealed record TillView(
    Guid Id,
    string CentreCode,
    Guid? CounterId,
    string Cashier,
    DateOnly Day,
    DateTimeOffset OpenedAt,
    long Opening,
    int Receipts,
    long Collected,
    long Voided,
    long Refunded,
    long Expected,
    long? Counted,
    long? Difference,
    string? Explanation,
    IReadOnlyList<DenominationView>? Denominations,
    DateTimeOffset? ClosedAt,
    string? ClosedBy,
    string? ClosingReason,
    string? ConfirmedBy,
    DateTimeOffset? ConfirmedAt
)
{
    /// <summary>A till with what went through it; what it was closed with, once it is closed.</summary>
    public static TillView Of(Till t, TillTotals? present)
    {
        var totals = t.Totals ?? present ?? TillTotals.Nothing;
        return new(
            t.Id.Value,
            t.CentreCode,
            t.CounterId,
            t.Cashier,
            t.Day,
            t.OpenedAt,
            t.OpeningDong,
            totals.Receipts,
            totals.Collected,
            totals.Voided,
            totals.Refunded,
            t.Expected(totals),
            t.Count?.CountedDong,
            t.Difference,
            t.Count?.Explanation,
            t.Count?.Denominations is { } pieces ? [.. pieces.Select(d => new DenominationView(d.Dong, d.Pieces))] : null,
            t.ClosedAt,
            t.ClosedBy,
            t.ClosingReason,
            t.ConfirmedBy,
            t.ConfirmedAt
        );
    }
}

/// <summary>Notes or coins of one value.</summary>
/// <param name="Value">Their value, in dong.</param>
/// <param name="Pieces">How many.</param>
internal sealed record DenominationView(long Value, int Pieces);
