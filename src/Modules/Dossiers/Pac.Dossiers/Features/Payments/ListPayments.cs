using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Payments;

internal sealed record ListPayments(Guid Id) : IQuery<DossierPayments>;

/// <summary>What was demanded of a dossier and what was paid.</summary>
/// <param name="DossierId">Identifier of the dossier.</param>
/// <param name="Status">Where payment stands as a whole.</param>
/// <param name="Payments">The demands in their order.</param>
internal sealed record DossierPayments(Guid DossierId, PaymentStatus Status, IReadOnlyList<PaymentView> Payments);

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
    string? ReceiptNumber
);

internal sealed class ListPaymentsHandler(DossiersDbContext db) : IRequestHandler<ListPayments, DossierPayments>
{
    public async Task<DossierPayments> Handle(ListPayments request, CancellationToken ct)
    {
        var dossier = await db.FindVisible(new(request.Id)) ?? throw new NotFoundException("dossier");
        return new(
            request.Id,
            dossier.Payment,
            [
                .. dossier.Payments.Select(p => new PaymentView(
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
                    p.ReceiptNumber
                )),
            ]
        );
    }
}

internal sealed class ListPaymentsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/dossiers/{id}/payments", Handle).Requires(DossiersPermissions.Read);

    /// <summary>List the payments of a dossier</summary>
    /// <remarks>Gives what was demanded and what was paid, with the receipts.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    private static async Task<ValueAnswer<DossierPayments>> Handle(Guid id, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new ListPayments(id), ct));
}
