using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Web;
using Pac.Identity.Persistence;
using Pac.SharedKernel;

namespace Pac.Identity.Features.Users;

internal sealed record GetUser(Guid Id) : IQuery<Versioned<UserView>>;

internal sealed class GetUserHandler(IdentityStore db) : IRequestHandler<GetUser, Versioned<UserView>>
{
    public async Task<Versioned<UserView>> Handle(GetUser request, CancellationToken ct)
    {
        var row =
            await db.Visible().AsNoTracking().Where(u => u.Id == request.Id).Select(UserProjection.Of(db)).SingleOrDefaultAsync(ct)
            ?? throw new NotFoundException("user");
        return new(row.View, row.Version);
    }
}

internal sealed class GetUserEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/users/{id}", Handle).Requires(IdentityPermissions.Read);

    /// <summary>Read a user</summary>
    /// <remarks>Gives one user with the roles held.</remarks>
    /// <param name="id">Identifier of the user.</param>
    private static async Task<ItemAnswer<UserView>> Handle(Guid id, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new GetUser(id), ct));
}
