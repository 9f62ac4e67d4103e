using Microsoft.EntityFrameworkCore;
using Pac.SharedKernel;

namespace Pac.Identity.Persistence;

/// <summary>What acts on rights ask of the database.</summary>
internal static class RightsSql
{
    /// <summary>Waits until no other act on rights is under way; the end of the transaction lets the next one in.</summary>
    public static Task LockRights(this IdentityStore db, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended('identity.rights', 0))", ct);

    /// <summary>
    /// Which of the two rights that all others can be restored with are held by somebody who can use them: over the province, today and until
    /// further notice, by an account that is not disabled and has a way to sign in.
    /// </summary>
    public static Task<List<string>> AdministeredFor(this IdentityStore db, CancellationToken ct)
    {
        var today = db.Now.LocalDay();
        return db
            .Database.SqlQuery<string>(
                $"""
                SELECT DISTINCT p.permission AS "Value" FROM identity.role_permissions p
                JOIN identity.user_roles a ON a.role_id = p.role_id AND a.scope = 'province' AND a.ends_on IS NULL
                    AND coalesce(a.starts_on, {today}) <= {today}
                JOIN identity.users u ON u.id = a.user_id AND NOT u.disabled
                WHERE p.permission IN ('identity.manage-users', 'identity.manage-roles')
                    AND (u.password_hash IS NOT NULL OR EXISTS (SELECT 1 FROM identity.user_passkeys k WHERE k.user_id = u.id)
                        OR EXISTS (SELECT 1 FROM identity.user_logins l WHERE l.user_id = u.id))
                """
            )
            .ToListAsync(ct);
    }
}
