using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Auditing;
using Pac.BuildingBlocks.Web;
using Pac.Identity.Domain;
using Pac.Identity.Persistence;
using Pac.SharedKernel;

namespace Pac.Identity.Features.Roles;

internal sealed record DeleteRole(Guid Id, uint Seen) : ICommand<MediatR.Unit>, IChangesRights;

internal sealed class DeleteRoleHandler(IdentityStore db, RoleRules rules) : IRequestHandler<DeleteRole, MediatR.Unit>
{
    public async Task<MediatR.Unit> Handle(DeleteRole request, CancellationToken ct)
    {
        rules.MustCoverProvince();
        var role =
            await db.Roles.Include(r => r.Permissions).SingleOrDefaultAsync(r => r.Id == request.Id, ct)
            ?? throw new NotFoundException("role");
        if (role.Version != request.Seen)
            throw new StaleVersionException();
        var holders =
            await db.Assignments.CountAsync(a => a.RoleId == role.Id, ct) + await db.ClientGrants.CountAsync(g => g.RoleId == role.Id, ct);
        if (holders > 0)
            throw new BusinessRuleException(IdentityErrors.RoleInUse.With(holders));
        db.Roles.Remove(role);
        db.Note("Role", role.Name, Changes.Between(RoleRules.Written(role), null));
        await db.SaveChangesAsync(ct);
        return default;
    }
}

internal sealed class DeleteRoleEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapDelete("/roles/{id}", Handle).Requires(IdentityPermissions.ManageRoles);

    /// <summary>Delete a role</summary>
    /// <remarks>Removes a role that nobody holds. A role of the field that was deleted comes back at the next start, with what it allowed at first.</remarks>
    /// <param name="id">Identifier of the role.</param>
    private static async Task<EmptyAnswer> Handle(Guid id, IfMatch ifMatch, ISender sender, CancellationToken ct)
    {
        await sender.Send(new DeleteRole(id, ifMatch.Version), ct);
        return new();
    }
}
