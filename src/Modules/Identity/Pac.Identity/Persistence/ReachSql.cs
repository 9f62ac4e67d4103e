using Microsoft.EntityFrameworkCore;
using Pac.Identity.Contracts;

namespace Pac.Identity.Persistence;

/// <summary>What is asked of rights without a token in hand.</summary>
internal static class ReachSql
{
    /// <summary>Every role that gives a right to one of these callers today. Users and applications that are disabled or gone have none.</summary>
    public static Task<List<CallerReach>> Reaches(
        this IdentityStore db,
        IReadOnlyList<CallerKey> callers,
        string permission,
        DateOnly today,
        CancellationToken ct
    )
    {
        string[] subjects = [.. callers.Select(c => c.Subject)];
        string[] clients = [.. callers.Select(c => c.ClientId)];
        Guid?[] users = [.. callers.Select(c => Guid.TryParse(c.Subject, out var user) ? user : (Guid?)null)];
        return db
            .Database.SqlQuery<CallerReach>(
                $"""
                SELECT w.subject, w.client_id, r.scope
                FROM unnest({subjects}, {clients}, {users}) AS w (subject, client_id, user_id)
                JOIN identity.clients c ON c.client_id = w.client_id AND NOT c.disabled
                LEFT JOIN identity.users u ON u.id = w.user_id AND NOT u.disabled
                JOIN LATERAL (
                    SELECT role_id, scope FROM identity.user_roles
                    WHERE user_id = u.id AND coalesce(starts_on, {today}) <= {today} AND coalesce(ends_on, {today}) >= {today}
                    UNION ALL
                    SELECT role_id, scope FROM identity.client_grants WHERE client_id = c.client_id AND w.subject = c.client_id) r ON true
                JOIN identity.role_permissions p ON p.role_id = r.role_id AND p.permission = {permission}
                """
            )
            .ToListAsync(ct);
    }

    /// <summary>Who holds a right today. Users and applications that are disabled or gone do not; an application is found by its id only.</summary>
    public static Task<List<RightHolder>> Holders(this IdentityStore db, GetRightHolders asked, DateOnly today, CancellationToken ct)
    {
        string[] subjects = [.. asked.Subjects];
        string[] scopes = [.. asked.Scopes];
        Guid[] users = [.. asked.Subjects.Select(s => Guid.TryParse(s, out var user) ? user : Guid.Empty)];
        return db
            .Database.SqlQuery<RightHolder>(
                $"""
                SELECT u.id::text AS subject, r.scope
                FROM identity.user_roles r
                JOIN identity.users u ON u.id = r.user_id AND NOT u.disabled
                JOIN identity.role_permissions p ON p.role_id = r.role_id AND p.permission = {asked.Permission}
                WHERE (r.user_id = ANY({users}) OR r.scope = ANY({scopes}))
                    AND coalesce(r.starts_on, {today}) <= {today} AND coalesce(r.ends_on, {today}) >= {today}
                UNION
                SELECT c.client_id, g.scope
                FROM identity.client_grants g
                JOIN identity.clients c ON c.client_id = g.client_id AND NOT c.disabled
                JOIN identity.role_permissions p ON p.role_id = g.role_id AND p.permission = {asked.Permission}
                WHERE g.client_id = ANY({subjects})
                """
            )
            .ToListAsync(ct);
    }
}
