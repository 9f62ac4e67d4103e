using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Auditing;
using Pac.BuildingBlocks.Web;
using Pac.Identity.Domain;
using Pac.Identity.Persistence;
using Pac.SharedKernel;

namespace Pac.Identity.Features.Users;

internal sealed record EnableUser(Guid Id, uint Seen) : ICommand<Versioned<UserView>>;

internal sealed class EnableUserHandler(IdentityStore db, Assigning assigning) : IRequestHandler<EnableUser, Versioned<UserView>>
{
    public async Task<Versioned<UserView>> Handle(EnableUser request, CancellationToken ct)
    {
        var user = await db.Governed(request.Id, request.Seen, ct);
        assigning.MustBeAnother(user);
        if (!user.Disabled)
            throw new BusinessRuleException(IdentityErrors.NotDisabled);
        user.Disabled = false;
        db.Touch(user);
        db.Note("User", user.Id.ToString(), Changes.Between(new { Disabled = true }, new { Disabled = false }));
        await db.SaveChangesAsync(ct);
        return await new GetUserHandler(db).Handle(new(user.Id), ct);
    }
}

internal sealed class EnableUserEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/users/{id}/enable", Handle).Requires(IdentityPermissions.ManageUsers);

    /// <summary>Enable a user</summary>
    /// <remarks>Lets a disabled user sign in again, with the roles he still holds.</remarks>
    /// <param name="id">Identifier of the user.</param>
    private static async Task<ItemAnswer<UserView>> Handle(Guid id, IfMatch ifMatch, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new EnableUser(id, ifMatch.Version), ct));
}
