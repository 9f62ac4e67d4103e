using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain.Fees;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Payments;

internal sealed record GiveBackOnlinePayment(Guid Id, uint Seen) : ICommand<Versioned<OnlinePaymentView>>;

internal sealed class GiveBackOnlinePaymentHandler(IRepository<OnlinePayment> orders, IPaymentGateway gateway, TimeProvider clock)
    : IRequestHandler<GiveBackOnlinePayment, Versioned<OnlinePaymentView>>
{
    public async Task<Versioned<OnlinePaymentView>> Handle(GiveBackOnlinePayment request, CancellationToken ct)
    {
        var order = await orders.Get(new OnlinePaymentWithId(new(request.Id)), request.Seen, ct);
        // The gateway takes the same document once, so a repetition gives nothing back twice.
        foreach (var t in order.Surplus())
            await gateway.Refund(order.Code, t.Id, t.Dong, ct);
        order.GiveBack(clock.GetUtcNow());
        await orders.Save(ct);
        return new(OnlinePaymentView.Of(order), order.Version);
    }
}

internal sealed class GiveBackOnlinePaymentEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/online-payments/{id}/give-back", Handle).Requires(DossiersPermissions.ApproveRefund);

    /// <summary>Give back what was not wanted</summary>
    /// <remarks>Gives money back through the gateway that was paid twice, in another amount, or after the demand was gone. It never was in the books, so there is no refund document.</remarks>
    /// <param name="id">Identifier of the payment.</param>
    private static async Task<ItemAnswer<OnlinePaymentView>> Handle(Guid id, IfMatch ifMatch, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new GiveBackOnlinePayment(id, ifMatch.Version), ct));
}
