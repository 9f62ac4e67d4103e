using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Auditing;
using Pac.BuildingBlocks.Web;
using Pac.Identity.Domain;
using Pac.Identity.Persistence;
using Pac.SharedKernel;

namespace Pac.Identity.Features.Clients;

internal sealed record EnableClient(Guid Id, uint Seen) : ICommand<Versioned<ClientView>>;

internal sealed class EnableClientHandler(IdentityStore db, ClientRules rules, TimeProvider clock)
    : IRequestHandler<EnableClient, Versioned<ClientView>>
{
    public async Task<Versioned<ClientView>> Handle(EnableClient request, CancellationToken ct)
    {
        rules.MustCoverProvince();
        var client = await db.Registered(request.Id, request.Seen, ct);
        if (!client.Disabled)
            throw new BusinessRuleException(IdentityErrors.NotDisabled);
        client.Disabled = false;
        db.Note("Client", client.ClientId!, Changes.Between(new { Disabled = true }, new { Disabled = false }));
        await db.SaveChangesAsync(ct);
        return new((await db.Views([client], clock.GetUtcNow(), ct))[0], client.Version);
    }
}

internal sealed class EnableClientEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/clients/{id}/enable", Handle).Requires(IdentityPermissions.ManageClients);

    /// <summary>Enable a client</summary>
    /// <remarks>Lets a disabled application in again.</remarks>
    /// <param name="id">Identifier of the registration.</param>
    private static async Task<ItemAnswer<ClientView>> Handle(Guid id, IfMatch ifMatch, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new EnableClient(id, ifMatch.Version), ct));
}
