using System.Linq.Expressions;
using Pac.SharedKernel;

namespace Pac.Dossiers.Domain.Fees;

/// <summary>What a range of receipt numbers is for.</summary>
/// <param name="CentreCode">The centre that uses it.</param>
/// <param name="Kind">Fee or charge: each has its own receipts.</param>
/// <param name="FormCode">Form of the receipt (mẫu số).</param>
/// <param name="Series">Its series (ký hiệu).</param>
/// <param name="From">First number.</param>
/// <param name="To">Last number.</param>
/// <param name="ValidFrom">First day it may be used.</param>
/// <param name="ValidTo">Last day; without end when null.</param>
/// <param name="CounterId">The counter it belongs to; all when null.</param>
/// <param name="Cashier">Subject of the cashier it belongs to; all when null.</param>
internal sealed record NumberRange(
    string CentreCode,
    FeeKind Kind,
    string FormCode,
    string Series,
    int From,
    int To,
    DateOnly ValidFrom,
    DateOnly? ValidTo,
    Guid? CounterId,
    string? Cashier
);

/// <summary>
/// A range of receipt numbers (dải số biên lai) of a centre, a counter or a cashier. Numbers are taken from it one after the other in the
/// transaction of the payment, so that none is missing and none comes twice.
/// </summary>
internal sealed class ReceiptSeries : AggregateRoot
{
    private ReceiptSeries() { }

    public ReceiptSeriesId Id { get; private set; }

    public string CentreCode { get; private set; } = "";

    public Guid? CounterId { get; private set; }

    public string? Cashier { get; private set; }

    public FeeKind Kind { get; private set; }

    /// <summary>Form of the receipt (mẫu số).</summary>
    public string FormCode { get; private set; } = "";

    /// <summary>Its series (ký hiệu).</summary>
    public string Series { get; private set; } = "";

    public int FirstNumber { get; private set; }

    public int LastNumber { get; private set; }

    /// <summary>The number that was given last; the one before the first while none was.</summary>
    public int Given { get; private set; }

    public DateOnly ValidFrom { get; private set; }

    public DateOnly? ValidTo { get; private set; }

    public DateTimeOffset? ClosedAt { get; private set; }

    public static ReceiptSeries Register(NumberRange range, DateTimeOffset now)
    {
        if (range.To < range.From || range.ValidTo < range.ValidFrom)
            throw new BusinessRuleException(CashErrors.SeriesBounds.At("/to"));
        var series = new ReceiptSeries
        {
            Id = new(Guid.CreateVersion7(now)),
            CentreCode = range.CentreCode,
            CounterId = range.CounterId,
            Cashier = range.Cashier,
            Kind = range.Kind,
            FormCode = range.FormCode,
            Series = range.Series,
            FirstNumber = range.From,
            LastNumber = range.To,
            Given = range.From - 1,
            ValidFrom = range.ValidFrom,
            ValidTo = range.ValidTo,
        };
        series.Touch();
        return series;
    }

    /// <summary>Gives no more numbers. Those that were given stay.</summary>
    public void Close(DateTimeOffset now)
    {
        if (ClosedAt is not null)
            throw new BusinessRuleException(CashErrors.SeriesClosed);
        ClosedAt = now;
        Touch();
    }
}

internal sealed class SeriesWithId(ReceiptSeriesId id) : Specification<ReceiptSeries>
{
    protected override Expression<Func<ReceiptSeries, bool>> Build() => s => s.Id == id;
}
