using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Auditing;
using Pac.BuildingBlocks.Web;
using Pac.Identity.Domain;
using Pac.Identity.Persistence;
using Pac.SharedKernel;

namespace Pac.Identity.Features.Users;

internal sealed record DisableUser(Guid Id, uint Seen) : ICommand<Versioned<UserView>>, IChangesRights;

internal sealed class DisableUserHandler(IdentityStore db, Assigning assigning) : IRequestHandler<DisableUser, Versioned<UserView>>
{
    public async Task<Versioned<UserView>> Handle(DisableUser request, CancellationToken ct)
    {
        var user = await db.Governed(request.Id, request.Seen, ct);
        assigning.MustBeAnother(user);
        if (user.Disabled)
            throw new BusinessRuleException(IdentityErrors.AlreadyDisabled);
        user.Disabled = true;
        // A new stamp ends what was made under the old one: sessions, reset links, remembered devices.
        user.SecurityStamp = User.NewStamp();
        db.Touch(user);
        db.Note("User", user.Id.ToString(), Changes.Between(new { Disabled = false }, new { Disabled = true }));
        await using var transaction = await db.OwnTransaction(ct);
        await db.EndSessions(user.Id, "disabled", ct);
        await db.RevokeTokens(user.Id, ct);
        await db.SaveChangesAsync(ct);
        await transaction.Commit(ct);
        return await new GetUserHandler(db).Handle(new(user.Id), ct);
    }
}

internal sealed class DisableUserEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/users/{id}/disable", Handle).Requires(IdentityPermissions.ManageUsers);

    /// <summary>Disable a user</summary>
    /// <remarks>Ends every access of a user who leaves: sign-in, sessions and tokens, within seconds on every host. The record stays.</remarks>
    /// <param name="id">Identifier of the user.</param>
    private static async Task<ItemAnswer<UserView>> Handle(Guid id, IfMatch ifMatch, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new DisableUser(id, ifMatch.Version), ct));
}
