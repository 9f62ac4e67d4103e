using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Payments;

internal sealed record ListPayments(Guid Id) : IQuery<DossierPayments>;

/// <summary>What was demanded of a dossier, what was paid, given back and exempt.</summary>
/// <param name="DossierId">Identifier of the dossier.</param>
/// <param name="Status">Where payment stands as a whole.</param>
/// <param name="Lines">The lines of the price with their sums.</param>
/// <param name="Payments">The demands in their order.</param>
/// <param name="Exemptions">The exemptions that officers granted; those of the tariff stand in the lines.</param>
/// <param name="Refunds">What is given back, in order.</param>
internal sealed record DossierPayments(
    Guid DossierId,
    PaymentStatus Status,
    IReadOnlyList<FeeLineView> Lines,
    IReadOnlyList<PaymentView> Payments,
    IReadOnlyList<ExemptionView> Exemptions,
    IReadOnlyList<RefundView> Refunds
);

/// <summary>How a line of the price stands, in dong.</summary>
/// <param name="FeeCode">The line; <c>other</c> for what no tariff knows.</param>
/// <param name="Kind">Fee (phí) or charge (lệ phí).</param>
/// <param name="Name">What is paid for, in Vietnamese.</param>
/// <param name="NameEn">What is paid for, in English.</param>
/// <param name="LegalBasisId">The instrument that sets it, or that frees from it.</param>
/// <param name="Collector">Who takes the money.</param>
/// <param name="Due">What is to be paid after exemptions.</param>
/// <param name="Owed">What of it is not paid here yet; without it, the result is not returned.</param>
/// <param name="Demanded">What of that is demanded.</param>
/// <param name="Paid">What was paid; refunds are not taken off.</param>
/// <param name="Refunded">What was given back.</param>
/// <param name="Exempt">What the person was freed from, by the tariff or by an officer.</param>
internal sealed record FeeLineView(
    string FeeCode,
    FeeKind Kind,
    string Name,
    string NameEn,
    string? LegalBasisId,
    FeeCollector Collector,
    long Due,
    long Owed,
    long Demanded,
    long Paid,
    long Refunded,
    long Exempt
)
{
    public static FeeLineView Of(FeeLine l) =>
        new(l.Code, l.Kind, l.Name, l.NameEn, l.LegalBasisId, l.Collector, l.Due, l.Owed, l.Waiting, l.Paid, l.Refunded, l.Exempt);
}

/// <summary>A line of a demand.</summary>
/// <param name="FeeCode">The line; <c>other</c> for what no tariff knows.</param>
/// <param name="Name">What is paid for, in Vietnamese.</param>
/// <param name="NameEn">What is paid for, in English.</param>
/// <param name="Amount">How much, in dong.</param>
/// <param name="LegalBasisId">The instrument that sets it.</param>
/// <param name="Reason">Why it is demanded, where it does not follow from the tariff.</param>
internal sealed record PaymentLineView(string FeeCode, string Name, string NameEn, long Amount, string? LegalBasisId, string? Reason)
{
    public static IReadOnlyList<PaymentLineView> Of(IReadOnlyList<PaymentLine> lines) =>
        [.. lines.Select(l => new PaymentLineView(l.Code, l.Name, l.NameEn, l.Dong, l.LegalBasisId, l.Reason))];
}

/// <summary>One demand and its payment.</summary>
/// <param name="Number">Place among the demands, from 1.</param>
/// <param name="Amount">How much, in dong.</param>
/// <param name="Currency">Always <c>VND</c>.</param>
/// <param name="Notice">Number of the notice and what it is for.</param>
/// <param name="Timing">When it is to be paid.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="RequestedAt">When it was demanded.</param>
/// <param name="PaidAt">When it was paid.</param>
/// <param name="Method">How it was paid.</param>
/// <param name="ReceiptSeries">Series of the receipt.</param>
/// <param name="ReceiptNumber">Number of the receipt.</param>
/// <param name="ReceiptId">Identifier of the receipt.</param>
/// <param name="Kind">Fee (phí) or charge (lệ phí).</param>
/// <param name="Lines">What it consists of.</param>
/// <param name="Refunded">What of it was given back, in dong.</param>
internal sealed record PaymentView(
    int Number,
    long Amount,
    string Currency,
    string Notice,
    PaymentTiming Timing,
    PaymentStatus Status,
    DateTimeOffset RequestedAt,
    DateTimeOffset? PaidAt,
    PaymentMethod? Method,
    string? ReceiptSeries,
    string? ReceiptNumber,
    Guid? ReceiptId,
    FeeKind Kind,
    IReadOnlyList<PaymentLineView> Lines,
    long Refunded
);

/// <summary>An exemption that an officer granted.</summary>
/// <param name="FeeCode">The line.</param>
/// <param name="Amount">How much less is to be paid, in dong.</param>
/// <param name="Reason">Why.</param>
/// <param name="LegalBasisId">The instrument it rests on.</param>
/// <param name="GrantedBy">Subject of the officer.</param>
/// <param name="GrantedAt">When.</param>
internal sealed record ExemptionView(
    string FeeCode,
    long Amount,
    string Reason,
    string LegalBasisId,
    string GrantedBy,
    DateTimeOffset GrantedAt
);

/// <summary>Money that is given back.</summary>
/// <param name="Number">Place among the refunds of the dossier, from 1.</param>
/// <param name="PaymentNumber">The demand whose payment is given back.</param>
/// <param name="Amount">How much, in dong.</param>
/// <param name="Way">How.</param>
/// <param name="Reason">Why.</param>
/// <param name="State">Where it stands.</param>
/// <param name="RequestedBy">Who asked for it.</param>
/// <param name="RequestedAt">When.</param>
/// <param name="DecidedBy">Who decided.</param>
/// <param name="DecidedAt">When.</param>
/// <param name="Note">What the decision says.</param>
/// <param name="DocumentNumber">Number of the refund document (số phiếu hoàn trả).</param>
/// <param name="PaidBy">Who paid it out.</param>
/// <param name="PaidAt">When.</param>
internal sealed record RefundView(
    int Number,
    int PaymentNumber,
    long Amount,
    RefundWay Way,
    string Reason,
    RefundState State,
    string RequestedBy,
    DateTimeOffset RequestedAt,
    string? DecidedBy,
    DateTimeOffset? DecidedAt,
    string? Note,
    string? DocumentNumber,
    string? PaidBy,
    DateTimeOffset? PaidAt
);

internal sealed class ListPaymentsHandler(DossiersDbContext db) : IRequestHandler<ListPayments, DossierPayments>
{
    public async Task<DossierPayments> Handle(ListPayments request, CancellationToken ct)
    {
        var dossier = await db.FindVisible(new(request.Id)) ?? throw new NotFoundException("dossier");
        return new(
            request.Id,
            dossier.Payment,
            [.. dossier.FeeLines().Select(FeeLineView.Of)],
            [.. dossier.Payments.Select(Of)],
            [.. dossier.Reliefs.Select(r => new ExemptionView(r.FeeCode, r.Dong, r.Reason, r.LegalBasisId, r.By, r.At))],
            [.. dossier.Refunds.Select(Of)]
        );
    }

    private static PaymentView Of(Payment p) =>
        new(
            p.Number,
            p.AmountDong,
            Money.Currency,
            p.Notice,
            p.Timing,
            p.Status,
            p.RequestedAt,
            p.PaidAt,
            p.Method,
            p.ReceiptSeries,
            p.ReceiptNumber,
            p.Taken?.ReceiptId,
            p.Kind,
            PaymentLineView.Of(p.Parts()),
            p.RefundedDong
        );

    private static RefundView Of(Refund r) =>
        new(
            r.Number,
            r.PaymentNumber,
            r.Dong,
            r.Way,
            r.Reason,
            r.State,
            r.RequestedBy,
            r.RequestedAt,
            r.DecidedBy,
            r.DecidedAt,
            r.Note,
            r.Document,
            r.PaidOut?.By,
            r.PaidAt
        );
}

internal sealed class ListPaymentsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/dossiers/{id}/payments", Handle).Requires(DossiersPermissions.Read);

    /// <summary>List the payments of a dossier</summary>
    /// <remarks>Gives the lines of the price with what is owed, paid, given back and exempt, the demands with their receipts, the exemptions and the refunds.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    private static async Task<ValueAnswer<DossierPayments>> Handle(Guid id, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new ListPayments(id), ct));
}
