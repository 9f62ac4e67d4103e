using System.Linq.Expressions;
using Pac.Identity.Domain;
using Pac.Identity.Persistence;

namespace Pac.Identity.Features.Roles;

/// <summary>A role: a set of permissions under a name of the field.</summary>
/// <param name="Id">Identifier of the role.</param>
/// <param name="Code">Stable code, such as <c>ReceptionOfficer</c>.</param>
/// <param name="Vietnamese">Name in Vietnamese.</param>
/// <param name="English">Name in English.</param>
/// <param name="Permissions">What it allows.</param>
/// <param name="Holders">How many assignments and applications name it, past and future ones too.</param>
internal sealed record RoleView(Guid Id, string Code, string Vietnamese, string English, IReadOnlyList<string> Permissions, int Holders);

/// <summary>A role with the version of its row.</summary>
internal sealed record RoleRow(RoleView View, uint Version);

internal static class RoleProjection
{
    public static Expression<Func<Role, RoleRow>> Of(IdentityStore db) =>
        r => new RoleRow(
            new RoleView(
                r.Id,
                r.Name,
                r.Vietnamese,
                r.English,
                r.Permissions.Select(p => p.Permission).OrderBy(p => p).ToList(),
                db.Assignments.Count(a => a.RoleId == r.Id) + db.ClientGrants.Count(g => g.RoleId == r.Id)
            ),
            r.Version
        );
}
