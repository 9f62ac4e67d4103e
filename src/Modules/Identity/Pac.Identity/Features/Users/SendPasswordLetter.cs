using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Web;
using Pac.Identity.Domain;
using Pac.Identity.Mail;
using Pac.Identity.Persistence;
using Pac.SharedKernel;

namespace Pac.Identity.Features.Users;

internal sealed record SendPasswordLetter(Guid Id, uint Seen) : ICommand<Versioned<UserView>>;

internal sealed class SendPasswordLetterHandler(IdentityStore db, Assigning assigning)
    : IRequestHandler<SendPasswordLetter, Versioned<UserView>>
{
    public async Task<Versioned<UserView>> Handle(SendPasswordLetter request, CancellationToken ct)
    {
        var user = await db.Governed(request.Id, request.Seen, ct);
        assigning.MustBeAnother(user);
        if (user.Email is null)
            throw new BusinessRuleException(IdentityErrors.NoEmail);
        if (user.Disabled)
            throw new BusinessRuleException(IdentityErrors.AlreadyDisabled);
        MailJobs.Queue(db, user, user.PasswordHash is null ? MailKind.Invitation : MailKind.ResetPassword);
        db.Touch(user);
        db.Note("User", user.Id.ToString());
        await db.SaveChangesAsync(ct);
        return await new GetUserHandler(db).Handle(new(user.Id), ct);
    }
}

internal sealed class SendPasswordLetterEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/users/{id}/send-password-letter", Handle).Requires(IdentityPermissions.ManageUsers);

    /// <summary>Send a password letter</summary>
    /// <remarks>Sends the user a letter with a link to set his password: an invitation while he has none, else a reset. The administrator never learns it.</remarks>
    /// <param name="id">Identifier of the user.</param>
    private static async Task<ItemAnswer<UserView>> Handle(Guid id, IfMatch ifMatch, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new SendPasswordLetter(id, ifMatch.Version), ct));
}
