using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Auditing;
using Pac.BuildingBlocks.Mediation;
using Pac.BuildingBlocks.Web;
using Pac.Identity.Domain;
using Pac.Identity.Mail;
using Pac.Identity.Persistence;
using Pac.SharedKernel;

namespace Pac.Identity.Features.Users;

/// <summary>A new user. With an e-mail address he is invited by mail to set his password.</summary>
/// <param name="UserName" example="h.nguyen">Name he signs in with: letters, digits, <c>. _ - @</c>; unique whatever the case.</param>
/// <param name="DisplayName" example="Nguyễn Thị Hoà">Name to show.</param>
/// <param name="Email" example="h.nguyen@example.org">E-mail address.</param>
/// <param name="Phone" example="+84262123456">Telephone number.</param>
/// <param name="Assignments">Roles he is to hold from the start.</param>
internal sealed record CreateUser(
    string UserName,
    string DisplayName,
    string? Email = null,
    string? Phone = null,
    IReadOnlyList<AssignmentInput>? Assignments = null
) : ICommand<Versioned<UserView>>, IChangesRights;

internal sealed class CreateUserValidator : AbstractValidator<CreateUser>
{
    public CreateUserValidator()
    {
        RuleFor(c => c.UserName).NotEmpty().MaximumLength(100).MatchesWhole("^[A-Za-z0-9._@-]+$");
        RuleFor(c => c.DisplayName).NotEmpty().MaximumLength(200);
        RuleFor(c => c.Email).MaximumLength(254).MatchesWhole(Contact.EmailPattern);
        RuleFor(c => c.Phone).MaximumLength(20).MatchesWhole(Contact.PhonePattern);
        RuleFor(c => c.Assignments).MostItems(20);
        RuleForEach(c => c.Assignments).SetValidator(new AssignmentInputValidator());
    }
}

/// <summary>The shape of what a user is reached by.</summary>
internal static class Contact
{
    // One @ and no blank: all else only the answering mail server knows.
    public const string EmailPattern = @"^[^@\s]+@[^@\s]+\.[^@\s]+$";
    public const string PhonePattern = @"^\+?[0-9 ]{6,19}$";
}

internal sealed class CreateUserHandler(IdentityStore db, Assigning assigning, TimeProvider clock)
    : IRequestHandler<CreateUser, Versioned<UserView>>
{
    public async Task<Versioned<UserView>> Handle(CreateUser request, CancellationToken ct)
    {
        // An administrator of one centre would lose sight of a user without a right there. What lies beyond his reach is refused before
        // anything is looked up, so that the refusal does not tell which names are taken.
        foreach (var scope in request.Assignments is { Count: > 0 } given ? given.Select(a => a.Scope) : ["province"])
            db.User.MustReach(scope);
        if (await db.IsTaken(request.UserName.ToUpperInvariant(), ct))
            throw new BusinessRuleException(IdentityErrors.NameTaken.At("/userName"));
        var user = Make(db, clock.GetUtcNow(), request);
        foreach (var (assignment, i) in (request.Assignments ?? []).Select((a, i) => (a, i)))
            await assigning.Assign(user, assignment, $"/assignments/{i}", ct);
        await db.SaveChangesAsync(ct);
        return await new GetUserHandler(db).Handle(new(user.Id), ct);
    }

    /// <summary>A user that is not saved yet, with the note of his making and his invitation.</summary>
    public static User Make(IdentityStore db, DateTimeOffset now, CreateUser request)
    {
        var user = new User
        {
            Id = Guid.CreateVersion7(now),
            UserName = request.UserName,
            NormalizedUserName = request.UserName.ToUpperInvariant(),
            SecurityStamp = User.NewStamp(),
            LockoutEnabled = true,
            CreatedAt = now,
        };
        user.Describe(request.DisplayName, request.Email, request.Phone, now);
        db.Users.Add(user);
        db.Note("User", user.Id.ToString(), Changes.Between(null, new { request.UserName }));
        if (user.Email is not null)
            MailJobs.Queue(db, user, MailKind.Invitation);
        return user;
    }
}

internal sealed class CreateUserEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/users", Handle).Requires(IdentityPermissions.ManageUsers);

    /// <summary>Create a user</summary>
    /// <remarks>Makes an account without a password; the user sets it himself through the invitation sent to his e-mail address.</remarks>
    private static async Task<CreatedAnswer<UserView>> Handle(CreateUser command, ISender sender, CancellationToken ct)
    {
        var user = await sender.Send(command, ct);
        return new($"/api/v1/users/{user.Item.Id}", user);
    }
}
