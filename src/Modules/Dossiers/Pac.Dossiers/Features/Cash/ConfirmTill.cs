using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain.Fees;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Cash;

internal sealed record ConfirmTill(Guid Id, uint Seen) : ICommand<Versioned<TillView>>;

internal sealed class ConfirmTillHandler(IRepository<Till> tills, CurrentUser user, TimeProvider clock)
    : IRequestHandler<ConfirmTill, Versioned<TillView>>
{
    public async Task<Versioned<TillView>> Handle(ConfirmTill request, CancellationToken ct)
    {
        var till = await tills.Get(new TillWithId(new(request.Id)), request.Seen, ct);
        till.Confirm(user.Caller.Subject, clock.GetUtcNow());
        await tills.Save(ct);
        return new(TillView.Of(till, till.Totals), till.Version);
    }
}

internal sealed class ConfirmTillEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/tills/{id}/confirm", Handle).Requires(DossiersPermissions.ConfirmCash);

    /// <summary>Confirm a till</summary>
    /// <remarks>Confirms the count of a closed till; that is another person than its cashier.</remarks>
    /// <param name="id">Identifier of the till.</param>
    private static async Task<ItemAnswer<TillView>> Handle(Guid id, IfMatch ifMatch, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new ConfirmTill(id, ifMatch.Version), ct));
}
