using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Auditing;
using Pac.BuildingBlocks.Web;
using Pac.Identity.Domain;
using Pac.Identity.Persistence;
using Pac.SharedKernel;

namespace Pac.Identity.Features.Clients;

internal sealed record DisableClient(Guid Id, uint Seen) : ICommand<Versioned<ClientView>>;

internal sealed class DisableClientHandler(IdentityStore db, ClientRules rules, TimeProvider clock)
    : IRequestHandler<DisableClient, Versioned<ClientView>>
{
    public async Task<Versioned<ClientView>> Handle(DisableClient request, CancellationToken ct)
    {
        rules.MustCoverProvince();
        var client = await db.Registered(request.Id, request.Seen, ct);
        if (client.Disabled)
            throw new BusinessRuleException(IdentityErrors.AlreadyDisabled);
        client.Disabled = true;
        db.Note("Client", client.ClientId!, Changes.Between(new { Disabled = false }, new { Disabled = true }));
        await db.SaveChangesAsync(ct);
        return new((await db.Views([client], clock.GetUtcNow(), ct))[0], client.Version);
    }
}

internal sealed class DisableClientEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/clients/{id}/disable", Handle).Requires(IdentityPermissions.ManageClients);

    /// <summary>Disable a client</summary>
    /// <remarks>Refuses an application at every endpoint and stops its tokens, within seconds on every host.</remarks>
    /// <param name="id">Identifier of the registration.</param>
    private static async Task<ItemAnswer<ClientView>> Handle(Guid id, IfMatch ifMatch, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new DisableClient(id, ifMatch.Version), ct));
}
