using System.Linq.Expressions;
using Pac.Identity.Domain;
using Pac.Identity.Persistence;

namespace Pac.Identity.Features.Users;

/// <summary>A user as an administrator sees him.</summary>
/// <param name="Id">Stable id, the subject of his tokens.</param>
/// <param name="UserName">Name he signs in with.</param>
/// <param name="DisplayName">Name to show.</param>
/// <param name="Email">E-mail address, for invitations and resets.</param>
/// <param name="EmailConfirmed">Whether he has shown that the address is his.</param>
/// <param name="Phone">Telephone number.</param>
/// <param name="Disabled">Whether he has lost every access.</param>
/// <param name="HasPassword">Whether he has set a password.</param>
/// <param name="SecondFactor">Whether sign-in asks for a second factor.</param>
/// <param name="CreatedAt">When the account was made.</param>
/// <param name="Assignments">Roles held, past and future ones too.</param>
internal sealed record UserView(
    Guid Id,
    string UserName,
    string DisplayName,
    string? Email,
    bool EmailConfirmed,
    string? Phone,
    bool Disabled,
    bool HasPassword,
    bool SecondFactor,
    DateTimeOffset CreatedAt,
    IReadOnlyList<AssignmentView> Assignments
);

/// <summary>That a user holds a role.</summary>
/// <param name="Id">Identifier of the assignment.</param>
/// <param name="Role">Code of the role.</param>
/// <param name="Scope">Over which data: <c>province</c>, <c>centre:…</c>, <c>agency:…</c> or <c>own</c>.</param>
/// <param name="StartsOn">First day; without one, from ever.</param>
/// <param name="EndsOn">Last day; without one, until further notice.</param>
internal sealed record AssignmentView(Guid Id, string Role, string Scope, DateOnly? StartsOn, DateOnly? EndsOn);

/// <summary>A user with the version of his row.</summary>
internal sealed record UserRow(UserView View, uint Version);

internal static class UserProjection
{
    public static Expression<Func<User, UserRow>> Of(IdentityStore db) =>
        u => new UserRow(
            new UserView(
                u.Id,
                u.UserName!,
                u.DisplayName,
                u.Email,
                u.EmailConfirmed,
                u.PhoneNumber,
                u.Disabled,
                u.PasswordHash != null,
                u.TwoFactorEnabled,
                u.CreatedAt,
                u.Assignments.OrderBy(a => a.Id)
                    .Select(a => new AssignmentView(a.Id, db.Roles.First(r => r.Id == a.RoleId).Name, a.Scope, a.StartsOn, a.EndsOn))
                    .ToList()
            ),
            u.Version
        );
}
