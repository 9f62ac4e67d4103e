using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Persistence;
using Pac.BuildingBlocks.Web;
using Pac.Identity.Persistence;
using Pac.SharedKernel;

namespace Pac.Identity.Features.Roles;

internal sealed record GetRole(Guid Id) : IQuery<Versioned<RoleView>>;

internal sealed class GetRoleHandler(IdentityStore db) : IRequestHandler<GetRole, Versioned<RoleView>>
{
    public async Task<Versioned<RoleView>> Handle(GetRole request, CancellationToken ct)
    {
        var row =
            await db.Roles.AsNoTracking().Where(r => r.Id == request.Id).Select(RoleProjection.Of(db)).SingleOrDefaultAsync(ct)
            ?? throw new NotFoundException("role");
        return new(row.View, row.Version);
    }
}

internal sealed class GetRoleEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/roles/{id}", Handle).Requires(IdentityPermissions.Read);

    /// <summary>Read a role</summary>
    /// <remarks>Gives one role with what it allows.</remarks>
    /// <param name="id">Identifier of the role.</param>
    private static async Task<ItemAnswer<RoleView>> Handle(Guid id, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new GetRole(id), ct));
}
