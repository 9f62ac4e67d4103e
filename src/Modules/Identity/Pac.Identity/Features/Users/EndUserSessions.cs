using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Web;
using Pac.Identity.Domain;
using Pac.Identity.Persistence;
using Pac.SharedKernel;

namespace Pac.Identity.Features.Users;

internal sealed record EndUserSessions(Guid Id, uint Seen) : ICommand<Versioned<UserView>>;

internal sealed class EndUserSessionsHandler(IdentityStore db, Assigning assigning) : IRequestHandler<EndUserSessions, Versioned<UserView>>
{
    public async Task<Versioned<UserView>> Handle(EndUserSessions request, CancellationToken ct)
    {
        var user = await db.Governed(request.Id, request.Seen, ct);
        assigning.MustBeAnother(user);
        user.SecurityStamp = User.NewStamp();
        db.Touch(user);
        db.Note("User", user.Id.ToString());
        await using var transaction = await db.OwnTransaction(ct);
        await db.EndSessions(user.Id, "administrator", ct);
        await db.RevokeTokens(user.Id, ct);
        await db.SaveChangesAsync(ct);
        await transaction.Commit(ct);
        return await new GetUserHandler(db).Handle(new(user.Id), ct);
    }
}

internal sealed class EndUserSessionsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/users/{id}/end-sessions", Handle).Requires(IdentityPermissions.ManageUsers);

    /// <summary>End a user's sessions</summary>
    /// <remarks>Signs a user out everywhere: every session and every token ends, within seconds on every host.</remarks>
    /// <param name="id">Identifier of the user.</param>
    private static async Task<ItemAnswer<UserView>> Handle(Guid id, IfMatch ifMatch, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new EndUserSessions(id, ifMatch.Version), ct));
}
