using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Auditing;
using Pac.BuildingBlocks.Web;
using Pac.Identity.Domain;
using Pac.Identity.Mail;
using Pac.Identity.Persistence;
using Pac.SharedKernel;

namespace Pac.Identity.Features.Users;

internal sealed record ResetSecondFactor(Guid Id, uint Seen) : ICommand<Versioned<UserView>>;

internal sealed class ResetSecondFactorHandler(IdentityStore db, Assigning assigning)
    : IRequestHandler<ResetSecondFactor, Versioned<UserView>>
{
    public async Task<Versioned<UserView>> Handle(ResetSecondFactor request, CancellationToken ct)
    {
        var user = await db.Governed(request.Id, request.Seen, ct);
        assigning.MustBeAnother(user);
        user.TwoFactorEnabled = false;
        user.SecurityStamp = User.NewStamp();
        db.Touch(user);
        if (user.Email is not null)
            MailJobs.Queue(db, user, MailKind.SecondFactorRemoved);
        db.Note("User", user.Id.ToString(), Changes.Between(new { SecondFactor = true }, new { SecondFactor = false }));
        await using var transaction = await db.OwnTransaction(ct);
        await db.ForgetSecondFactors(user.Id, ct);
        await db.EndSessions(user.Id, "administrator", ct);
        await db.RevokeTokens(user.Id, ct);
        await db.SaveChangesAsync(ct);
        await transaction.Commit(ct);
        return await new GetUserHandler(db).Handle(new(user.Id), ct);
    }
}

internal sealed class ResetSecondFactorEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/users/{id}/reset-second-factor", Handle).Requires(IdentityPermissions.ManageUsers);

    /// <summary>Reset a user's second factor</summary>
    /// <remarks>Takes away authenticator, recovery codes, passkeys and trusted browsers of a user who lost them, ends his sessions, and tells him by letter.</remarks>
    /// <param name="id">Identifier of the user.</param>
    private static async Task<ItemAnswer<UserView>> Handle(Guid id, IfMatch ifMatch, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new ResetSecondFactor(id, ifMatch.Version), ct));
}
