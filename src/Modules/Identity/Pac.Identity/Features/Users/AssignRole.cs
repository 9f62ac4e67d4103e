using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Web;
using Pac.Identity.Persistence;
using Pac.SharedKernel;

namespace Pac.Identity.Features.Users;

internal sealed record AssignRole(Guid UserId, uint Seen, AssignmentInput Assignment) : ICommand<Versioned<UserView>>, IChangesRights;

internal sealed class AssignRoleValidator : AbstractValidator<AssignRole>
{
    public AssignRoleValidator() => RuleFor(c => c.Assignment).SetValidator(new AssignmentInputValidator()).OverridePropertyName("");
}

internal sealed class AssignRoleHandler(IdentityStore db, Assigning assigning) : IRequestHandler<AssignRole, Versioned<UserView>>
{
    public async Task<Versioned<UserView>> Handle(AssignRole request, CancellationToken ct)
    {
        var user = await db.Governed(request.UserId, request.Seen, ct);
        await assigning.Assign(user, request.Assignment, "", ct);
        await db.SaveChangesAsync(ct);
        return await new GetUserHandler(db).Handle(new(user.Id), ct);
    }
}

internal sealed class AssignRoleEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/users/{id}/assignments", Handle).Requires(IdentityPermissions.ManageUsers);

    /// <summary>Assign a role</summary>
    /// <remarks>Gives a role to a user over a part of the data, for a time or until further notice. It takes effect within seconds on every host.</remarks>
    /// <param name="id">Identifier of the user.</param>
    private static async Task<ItemAnswer<UserView>> Handle(
        Guid id,
        AssignmentInput assignment,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new AssignRole(id, ifMatch.Version, assignment), ct));
}
