using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Web;
using Pac.Identity.Domain;
using Pac.Identity.Persistence;
using Pac.SharedKernel;

namespace Pac.Identity.Features.Clients;

internal sealed record GetClient(Guid Id) : IQuery<Versioned<ClientView>>;

internal sealed class GetClientHandler(IdentityStore db, TimeProvider clock) : IRequestHandler<GetClient, Versioned<ClientView>>
{
    public async Task<Versioned<ClientView>> Handle(GetClient request, CancellationToken ct)
    {
        var client =
            await db.Set<Client>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == request.Id, ct)
            ?? throw new NotFoundException("client");
        return new((await db.Views([client], clock.GetUtcNow(), ct))[0], client.Version);
    }
}

internal sealed class GetClientEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/clients/{id}", Handle).Requires(IdentityPermissions.Read);

    /// <summary>Read a client</summary>
    /// <remarks>Gives one registered application; its secrets are never shown again.</remarks>
    /// <param name="id">Identifier of the registration.</param>
    private static async Task<ItemAnswer<ClientView>> Handle(Guid id, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new GetClient(id), ct));
}
