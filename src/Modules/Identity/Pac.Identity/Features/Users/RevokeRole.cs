using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Auditing;
using Pac.BuildingBlocks.Web;
using Pac.Identity.Persistence;
using Pac.SharedKernel;

namespace Pac.Identity.Features.Users;

internal sealed record RevokeRole(Guid UserId, Guid AssignmentId, uint Seen) : ICommand<Versioned<UserView>>, IChangesRights;

internal sealed class RevokeRoleHandler(IdentityStore db, Assigning assigning) : IRequestHandler<RevokeRole, Versioned<UserView>>
{
    public async Task<Versioned<UserView>> Handle(RevokeRole request, CancellationToken ct)
    {
        var user = await db.Governed(request.UserId, request.Seen, ct);
        assigning.MustBeAnother(user);
        var assignment = user.Assignments.Find(a => a.Id == request.AssignmentId) ?? throw new NotFoundException("assignment");
        var role = await db.Roles.SingleAsync(r => r.Id == assignment.RoleId, ct);
        user.Assignments.Remove(assignment);
        db.Touch(user);
        db.Note("Assignment", user.Id.ToString(), Changes.Between(Assigning.Written(assignment, role), null));
        await db.SaveChangesAsync(ct);
        var row = await db.Users.AsNoTracking().Where(u => u.Id == user.Id).Select(UserProjection.Of(db)).SingleAsync(ct);
        return new(row.View, row.Version);
    }
}

internal sealed class RevokeRoleEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapDelete("/users/{id}/assignments/{assignmentId}", Handle).Requires(IdentityPermissions.ManageUsers);

    /// <summary>Revoke a role</summary>
    /// <remarks>Takes a role away at once. It takes effect within seconds on every host.</remarks>
    /// <param name="id">Identifier of the user.</param>
    /// <param name="assignmentId">Identifier of the assignment.</param>
    private static async Task<ItemAnswer<UserView>> Handle(
        Guid id,
        Guid assignmentId,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new RevokeRole(id, assignmentId, ifMatch.Version), ct));
}
