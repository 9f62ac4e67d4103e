using Pac.Dossiers.Domain.Fees;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Payments;

/// <summary>A payment through the gateway.</summary>
/// <param name="Id">Identifier of the payment.</param>
/// <param name="OrderCode">Code of the order at the gateway.</param>
/// <param name="DossierId">Identifier of the dossier.</param>
/// <param name="DossierCode">Dossier code.</param>
/// <param name="Numbers">The demands it pays.</param>
/// <param name="Amount">How much, in dong.</param>
/// <param name="Currency">Always <c>VND</c>.</param>
/// <param name="State">Where it stands.</param>
/// <param name="PayAt">Address at which the person pays.</param>
/// <param name="QrPayload">Content of a QR code to pay by.</param>
/// <param name="StartedAt">When it was started.</param>
/// <param name="ExpiresAt">Until when it can be paid.</param>
/// <param name="Transactions">What the gateway reported as paid.</param>
internal sealed record OnlinePaymentView(
    Guid Id,
    string OrderCode,
    Guid DossierId,
    string DossierCode,
    IReadOnlyList<int> Numbers,
    long Amount,
    string Currency,
    OnlineState State,
    string PayAt,
    string QrPayload,
    DateTimeOffset StartedAt,
    DateTimeOffset ExpiresAt,
    IReadOnlyList<TransactionView> Transactions
)
{
    public static OnlinePaymentView Of(OnlinePayment o) =>
        new(
            o.Id.Value,
            o.Code,
            o.DossierId.Value,
            o.DossierCode,
            o.Numbers,
            o.AmountDong,
            Money.Currency,
            o.State,
            o.PayAt,
            o.QrPayload,
            o.StartedAt,
            o.ExpiresAt,
            [.. o.Transactions.Select(t => new TransactionView(t.Id, t.Dong, t.At, t.Surplus, t.GivenBackAt))]
        );
}

/// <summary>A transaction that the gateway reported.</summary>
/// <param name="TransactionId">Its id at the gateway.</param>
/// <param name="Amount">How much was paid, in dong.</param>
/// <param name="NotedAt">When it became known here.</param>
/// <param name="Surplus">Why it has to be given back; left out when it was taken.</param>
/// <param name="GivenBackAt">When it was given back.</param>
internal sealed record TransactionView(
    string TransactionId,
    long Amount,
    DateTimeOffset NotedAt,
    SurplusReason? Surplus,
    DateTimeOffset? GivenBackAt
);
