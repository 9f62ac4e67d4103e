using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Fees;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Cash;

/// <summary>A receipt for a fee or charge (biên lai). A voided one stays in the list.</summary>
/// <param name="Id">Identifier of the receipt.</param>
/// <param name="FormCode">Form of the receipt (mẫu số).</param>
/// <param name="Series">Its series (ký hiệu).</param>
/// <param name="Number">Its number.</param>
/// <param name="Kind">Fee (phí) or charge (lệ phí).</param>
/// <param name="CentreCode">The centre that took the money.</param>
/// <param name="Cashier">Subject of the cashier.</param>
/// <param name="TillId">The till it lies in; left out for what is not cash.</param>
/// <param name="DossierId">Identifier of the dossier.</param>
/// <param name="DossierCode">Dossier code.</param>
/// <param name="PaymentNumber">Which demand of the dossier, from 1.</param>
/// <param name="Amount">How much, in dong.</param>
/// <param name="Currency">Always <c>VND</c>.</param>
/// <param name="Method">How it was paid.</param>
/// <param name="IssuedAt">When it was issued.</param>
/// <param name="VoidedAt">When it was voided.</param>
/// <param name="VoidReason">Why it was voided.</param>
internal sealed record FeeReceiptView(
    Guid Id,
    string? FormCode,
    string? Series,
    string Number,
    FeeKind Kind,
    string CentreCode,
    string Cashier,
    Guid? TillId,
    Guid DossierId,
    string DossierCode,
    int PaymentNumber,
    long Amount,
    string Currency,
    PaymentMethod Method,
    DateTimeOffset IssuedAt,
    DateTimeOffset? VoidedAt,
    string? VoidReason
)
{
    public static FeeReceiptView Of(FeeReceipt r) =>
        new(
            r.Id.Value,
            r.FormCode,
            r.Series,
            r.Number,
            r.Kind,
            r.CentreCode,
            r.Cashier,
            r.TillId,
            r.DossierId.Value,
            r.DossierCode,
            r.PaymentNumber,
            r.AmountDong,
            Money.Currency,
            r.Method,
            r.IssuedAt,
            r.VoidedAt,
            r.VoidReason
        );
}
