using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain.Fees;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Payments;

internal sealed record GetOnlinePayment(Guid Id) : IQuery<Versioned<OnlinePaymentView>>;

internal sealed class GetOnlinePaymentHandler(DossiersDbContext db) : IRequestHandler<GetOnlinePayment, Versioned<OnlinePaymentView>>
{
    public async Task<Versioned<OnlinePaymentView>> Handle(GetOnlinePayment request, CancellationToken ct)
    {
        var id = new OnlinePaymentId(request.Id);
        var order =
            await db.VisibleOnlinePayments().AsNoTracking().FirstOrDefaultAsync(o => o.Id == id, ct)
            ?? throw new NotFoundException("online-payment");
        return new(OnlinePaymentView.Of(order), order.Version);
    }
}

internal sealed class GetOnlinePaymentEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/online-payments/{id}", Handle).Requires(DossiersPermissions.Read);

    /// <summary>Get an online payment</summary>
    /// <remarks>Gives where a payment through the gateway stands, with what the gateway reported.</remarks>
    /// <param name="id">Identifier of the payment.</param>
    private static async Task<ItemAnswer<OnlinePaymentView>> Handle(Guid id, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new GetOnlinePayment(id), ct));
}
