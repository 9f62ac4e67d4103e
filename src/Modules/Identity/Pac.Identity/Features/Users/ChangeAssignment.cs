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

/// <summary>For how long a role is held.</summary>
/// <param name="StartsOn">First day; null from ever.</param>
/// <param name="EndsOn">Last day; null until further notice.</param>
internal sealed record AssignmentPeriod(DateOnly? StartsOn = null, DateOnly? EndsOn = null);

internal sealed record ChangeAssignment(Guid UserId, Guid AssignmentId, uint Seen, AssignmentPeriod Period)
    : ICommand<Versioned<UserView>>,
        IChangesRights;

internal sealed class ChangeAssignmentValidator : AbstractValidator<ChangeAssignment>
{
    public ChangeAssignmentValidator() => RuleFor(c => c.Period).NotNull();
}

internal sealed class ChangeAssignmentHandler(IdentityStore db, Assigning assigning)
    : IRequestHandler<ChangeAssignment, Versioned<UserView>>
{
    public async Task<Versioned<UserView>> Handle(ChangeAssignment request, CancellationToken ct)
    {
        var user = await db.Governed(request.UserId, request.Seen, ct);
        assigning.MustBeAnother(user);
        var assignment = user.Assignments.Find(a => a.Id == request.AssignmentId) ?? throw new NotFoundException("assignment");
        var role = await db.Roles.SingleAsync(r => r.Id == assignment.RoleId, ct);
        await assigning.Role(role.Name, ct);
        assigning.MustBePeriod(request.Period.StartsOn, request.Period.EndsOn, "");
        var before = Assigning.Written(assignment, role);
        (assignment.StartsOn, assignment.EndsOn) = (request.Period.StartsOn, request.Period.EndsOn);
        assigning.MustFit(user, assignment, "");
        db.Touch(user);
        db.Note("Assignment", user.Id.ToString(), Changes.Between(before, Assigning.Written(assignment, role)));
        await db.SaveChangesAsync(ct);
        return await new GetUserHandler(db).Handle(new(user.Id), ct);
    }
}

internal sealed class ChangeAssignmentEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPut("/users/{id}/assignments/{assignmentId}", Handle).Requires(IdentityPermissions.ManageUsers);

    /// <summary>Change an assignment</summary>
    /// <remarks>Sets from when until when a role is held.</remarks>
    /// <param name="id">Identifier of the user.</param>
    /// <param name="assignmentId">Identifier of the assignment.</param>
    private static async Task<ItemAnswer<UserView>> Handle(
        Guid id,
        Guid assignmentId,
        AssignmentPeriod period,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new ChangeAssignment(id, assignmentId, ifMatch.Version, period), ct));
}
