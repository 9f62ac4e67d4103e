using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Auditing;
using Pac.BuildingBlocks.Web;
using Pac.Identity.Persistence;
using Pac.Identity.Protocol;
using Pac.SharedKernel;

namespace Pac.Identity.Features.Clients;

internal sealed record RevokeClientSecret(Guid Id, Guid SecretId, uint Seen) : ICommand<Versioned<ClientView>>;

internal sealed class RevokeClientSecretHandler(IdentityStore db, ClientRules rules, ClientSecrets secrets, TimeProvider clock)
    : IRequestHandler<RevokeClientSecret, Versioned<ClientView>>
{
    public async Task<Versioned<ClientView>> Handle(RevokeClientSecret request, CancellationToken ct)
    {
        rules.MustCoverProvince();
        var client = await db.Registered(request.Id, request.Seen, ct);
        if (!await secrets.Revoke(client, request.SecretId, ct))
            throw new NotFoundException("secret");
        client.ConcurrencyToken = Guid.CreateVersion7().ToString();
        db.Note("Client", client.ClientId!, Changes.Between(new { Secret = request.SecretId }, null));
        await db.SaveChangesAsync(ct);
        return new((await db.Views([client], clock.GetUtcNow(), ct))[0], client.Version);
    }
}

internal sealed class RevokeClientSecretEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapDelete("/clients/{id}/secrets/{entryId}", Handle).Requires(IdentityPermissions.ManageClients);

    /// <summary>Revoke a client secret</summary>
    /// <remarks>Ends one secret of an application at once, such as one that became known.</remarks>
    /// <param name="id">Identifier of the registration.</param>
    /// <param name="entryId">Identifier of the secret.</param>
    private static async Task<ItemAnswer<ClientView>> Handle(
        Guid id,
        Guid entryId,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new RevokeClientSecret(id, entryId, ifMatch.Version), ct));
}
