using System.Globalization;
using System.Linq.Expressions;
using Pac.BuildingBlocks.Auditing;
using Pac.SharedKernel;

namespace Pac.Dossiers.Domain.Fees;

/// <summary>A receipt number that nobody else gets.</summary>
/// <param name="SeriesId">The range it is from; null when it was printed elsewhere.</param>
/// <param name="FormCode">Form of the receipt (mẫu số).</param>
/// <param name="Series">Its series (ký hiệu).</param>
/// <param name="Number">The number as it is written.</param>
internal sealed record ReceiptNumber(Guid? SeriesId, string? FormCode, string? Series, string Number)
{
    /// <summary>A number as receipts write it, with seven digits.</summary>
    public static string Written(int number) => number.ToString("0000000", CultureInfo.InvariantCulture);
}

/// <summary>A receipt for a fee or charge (biên lai thu phí, lệ phí). A voided one stays in the list with its reason.</summary>
internal sealed class FeeReceipt : AggregateRoot
{
    private FeeReceipt() { }

    public FeeReceiptId Id { get; private set; }

    public Guid? SeriesId { get; private set; }

    public string? FormCode { get; private set; }

    public string? Series { get; private set; }

    public string Number { get; private set; } = "";

    public FeeKind Kind { get; private set; }

    public string CentreCode { get; private set; } = "";

    public string AgencyCode { get; private set; } = "";

    public string Cashier { get; private set; } = "";

    public Guid? TillId { get; private set; }

    public DossierId DossierId { get; private set; }

    public string DossierCode { get; private set; } = "";

    public int PaymentNumber { get; private set; }

    public long AmountDong { get; private set; }

    public IReadOnlyList<PaymentLine> Lines { get; private set; } = [];

    public PaymentMethod Method { get; private set; }

    public DateTimeOffset IssuedAt { get; private set; }

    public DateTimeOffset? VoidedAt { get; private set; }

    public string? VoidedBy { get; private set; }

    [Personal]
    public string? VoidReason { get; private set; }

    public static FeeReceipt Issue(
        FeeReceiptId id,
        ReceiptNumber number,
        Dossier dossier,
        Payment payment,
        Taking taken,
        DateTimeOffset now
    )
    {
        var receipt = new FeeReceipt
        {
            Id = id,
            SeriesId = number.SeriesId,
            FormCode = number.FormCode,
            Series = number.Series,
            Number = number.Number,
            Kind = payment.Kind,
            CentreCode = taken.CentreCode,
            AgencyCode = dossier.AgencyCode,
            Cashier = taken.By,
            TillId = taken.TillId,
            DossierId = dossier.Id,
            DossierCode = dossier.Code,
            PaymentNumber = payment.Number,
            AmountDong = payment.AmountDong,
            Lines = payment.Parts(),
            Method = taken.Method,
            IssuedAt = now,
        };
        receipt.Touch();
        return receipt;
    }

    public void Void(string reason, string by, DateTimeOffset now)
    {
        if (VoidedAt is not null)
            throw new BusinessRuleException(CashErrors.ReceiptVoided);
        // The books of its day tell of it; on another day the money is given back.
        if (IssuedAt.LocalDay() != now.LocalDay())
            throw new BusinessRuleException(CashErrors.DayOver);
        (VoidedAt, VoidedBy, VoidReason) = (now, by, reason);
        Touch();
    }
}

internal sealed class ReceiptWithId(FeeReceiptId id) : Specification<FeeReceipt>
{
    protected override Expression<Func<FeeReceipt, bool>> Build() => r => r.Id == id;
}
