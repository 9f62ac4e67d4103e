using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Persistence;
using Pac.BuildingBlocks.Web;
using Pac.Identity.Persistence;
using Pac.SharedKernel;

namespace Pac.Identity.Features.Roles;

internal sealed record ListRoles(PageRequest Page) : IQuery<Page<RoleView>>;

internal sealed class ListRolesHandler(IdentityStore db) : IRequestHandler<ListRoles, Page<RoleView>>
{
    public async Task<Page<RoleView>> Handle(ListRoles request, CancellationToken ct)
    {
        var size = request.Page.Size();
        var roles = db.Roles.AsNoTracking();
        if (Cursors.ReadText(request.Page.Cursor) is { } after)
            roles = roles.Where(r => string.Compare(r.Name, after) > 0);
        var rows = await roles.OrderBy(r => r.Name).Take(size + 1).Select(RoleProjection.Of(db)).ToListAsync(ct);
        long? total = request.Page.WithTotal == true ? await db.Roles.LongCountAsync(ct) : null;
        return Page<RoleView>.Of([.. rows.Select(r => r.View)], size, r => [r.Code], total);
    }
}

internal sealed class ListRolesEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/roles", Handle).Requires(IdentityPermissions.Read);

    /// <summary>List roles</summary>
    /// <remarks>Gives the roles with what they allow, in the order of their codes.</remarks>
    private static async Task<PageAnswer<RoleView>> Handle([AsParameters] PageRequest page, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new ListRoles(page), ct));
}
