using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Pac.BuildingBlocks.Security;

namespace Pac.Identity.Persistence;

/// <summary>What a token stands for right now.</summary>
/// <param name="Valid">Whether token, authorization and user or client are all still good.</param>
/// <param name="Name">Name to show.</param>
/// <param name="Scope">Widest data scope of the roles held today.</param>
/// <param name="Permissions">What those roles allow.</param>
/// <param name="MustSendIdempotencyKey">Whether the client is registered to send a key with every POST.</param>
internal sealed record Standing(bool Valid, string Name, DataScope Scope, FrozenSet<string> Permissions, bool MustSendIdempotencyKey);

/// <summary>The two statements that every sign-in and every fresh look at a token need.</summary>
internal static class IdentitySql
{
    /// <summary>Channel on which every host hears of revocations and changes of rights.</summary>
    public const string Channel = "pac_identity";

    /// <summary>
    /// Marks a refresh token as used; only the first of any number of concurrent callers gets true. A line of which any refresh token was revoked
    /// has ended: a token that was made while the line was being revoked escapes the revocation, but not this look at its sisters.
    /// </summary>
    public static async Task<bool> RedeemOnce(this IdentityStore db, Guid token, CancellationToken ct) =>
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE identity.tokens t SET redemption_date = now()
            WHERE id = {token} AND redemption_date IS NULL AND status = 'valid' AND NOT EXISTS (
                SELECT 1 FROM identity.tokens s
                WHERE s.authorization_id = t.authorization_id AND s.type LIKE '%refresh_token' AND s.status = 'revoked')
            """,
            ct
        ) == 1;

    public static async Task<Standing> FindStanding(
        this NpgsqlDataSource source,
        Guid? token,
        string subject,
        string clientId,
        DateOnly today,
        CancellationToken ct
    )
    {
        await using var command = source.CreateCommand(
            """
            SELECT NOT EXISTS (
                    SELECT 1 FROM identity.tokens t LEFT JOIN identity.authorizations a ON a.id = t.authorization_id
                    WHERE t.id = $1 AND (t.status <> 'valid' OR a.status <> 'valid' OR EXISTS (
                        SELECT 1 FROM identity.tokens s
                        WHERE s.authorization_id = t.authorization_id AND s.type LIKE '%refresh_token' AND s.status = 'revoked')))
                AND EXISTS (SELECT 1 FROM identity.tokens t WHERE t.id = $1)
                AND (u.id IS NULL OR NOT u.disabled) AND (u.id IS NOT NULL OR c.client_id = $3),
                coalesce(u.display_name, c.display_name, ''), coalesce(r.scope, 'own'), p.permission,
                coalesce((SELECT k.requirements::jsonb ? 'pac:idempotency-key' FROM identity.clients k WHERE k.client_id = $3), false)
            FROM (SELECT 1) AS one
            LEFT JOIN identity.users u ON u.id::text = $2
            LEFT JOIN identity.clients c ON c.client_id = $2
            LEFT JOIN LATERAL (
                SELECT role_id, scope FROM identity.user_roles WHERE user_id = u.id AND (ends_on IS NULL OR ends_on >= $4)
                UNION ALL
                SELECT role_id, scope FROM identity.client_grants WHERE client_id = c.client_id) r ON true
            LEFT JOIN identity.role_permissions p ON p.role_id = r.role_id
            """
        );
        command.Parameters.Add(new() { Value = token is null ? DBNull.Value : token, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid });
        command.Parameters.Add(new() { Value = subject });
        command.Parameters.Add(new() { Value = clientId });
        command.Parameters.Add(new() { Value = today });
        var (valid, name, scope, mustSendKey) = (false, "", DataScope.Parse("own", subject), false);
        HashSet<string> permissions = [];
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            (valid, name, mustSendKey) = (reader.GetBoolean(0), reader.GetString(1), reader.GetBoolean(4));
            var held = DataScope.Parse(reader.GetString(2), subject);
            if (held.Kind > scope.Kind)
                scope = held;
            if (!reader.IsDBNull(3))
                permissions.Add(reader.GetString(3));
        }
        return new(valid, name, scope, permissions.ToFrozenSet(), mustSendKey);
    }
}
