using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Pac.BuildingBlocks.Security;

namespace Pac.Identity.Persistence;

/// <summary>What a token stands for right now.</summary>
/// <param name="Valid">Whether token, authorization and user or client are all still good.</param>
/// <param name="Name">Name to show.</param>
/// <param name="Scope">Widest data scope of the roles held today.</param>
/// <param name="Reaches">What those roles allow, each over the data of the role that allows it.</param>
/// <param name="MustSendIdempotencyKey">Whether the client is registered to send a key with every POST.</param>
/// <param name="ClientLimit">Requests per minute for the client as a whole; null where it has no limit of its own.</param>
/// <param name="UserName">Name with which the user signs in; null for a machine.</param>
internal sealed record Standing(
    bool Valid,
    string Name,
    DataScope Scope,
    FrozenDictionary<string, DataScope> Reaches,
    bool MustSendIdempotencyKey,
    int? ClientLimit,
    string? UserName
);

/// <summary>Rights as they add up from roles: each over the widest data of a role that allows it.</summary>
internal sealed class HeldRights(string subject)
{
    private readonly Dictionary<string, DataScope> _reaches = [];

    public DataScope Widest { get; private set; } = DataScope.Parse("own", subject);

    public IReadOnlyDictionary<string, DataScope> Reaches => _reaches;

    public void Add(string scope, string? permission)
    {
        var held = DataScope.Parse(scope, subject);
        if (held.Kind > Widest.Kind)
            Widest = held;
        if (permission is not null && !(_reaches.TryGetValue(permission, out var reach) && reach.Kind >= held.Kind))
            _reaches[permission] = held;
    }
}

/// <summary>The two statements that every sign-in and every fresh look at a token need.</summary>
internal static class IdentitySql
{
    /// <summary>Channel on which every host hears of revocations and changes of rights.</summary>
    public const string Channel = "pac_identity";

    /// <summary>What is said on it when the server's keys changed, and not a right.</summary>
    public const string KeysChanged = "keys";

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

    /// <summary>Whether a session was ended; what never had one has not.</summary>
    public static async Task<bool> HasEnded(this IdentityStore db, Guid? session, CancellationToken ct) =>
        session is { } id && await db.Sessions.AnyAsync(s => s.Id == id && s.EndedAt != null, ct);

    /// <summary>Notes that an assertion was used; only the first of any number of concurrent callers gets true.</summary>
    public static async Task<bool> TakeAssertion(this IdentityStore db, byte[] key, DateTimeOffset expires, CancellationToken ct) =>
        await db.Database.ExecuteSqlAsync(
            $"INSERT INTO identity.used_assertions (key, expires_at) VALUES ({key}, {expires}) ON CONFLICT DO NOTHING",
            ct
        ) == 1;

    /// <summary>What the roles that a user holds today allow, with his name; null when he is disabled or unknown.</summary>
    public static async Task<(string Name, HeldRights Rights)?> FindRights(
        this IdentityStore db,
        Guid user,
        DateOnly today,
        CancellationToken ct
    )
    {
        if (await db.Users.Where(u => u.Id == user && !u.Disabled).Select(u => u.DisplayName).SingleOrDefaultAsync(ct) is not { } name)
            return null;
        var rows = await (
            from a in db.Assignments
            where a.UserId == user && (a.StartsOn ?? today) <= today && (a.EndsOn ?? today) >= today
            join p in db.RolePermissions on a.RoleId equals p.RoleId
            select new { a.Scope, p.Permission }
        ).ToListAsync(ct);
        var held = new HeldRights(user.ToString());
        foreach (var row in rows)
            held.Add(row.Scope, row.Permission);
        return (name, held);
    }

    public static async Task<Standing> FindStanding(
        this NpgsqlDataSource source,
        Guid? token,
        Guid? session,
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
                AND NOT EXISTS (SELECT 1 FROM identity.sessions s WHERE s.id = $6 AND s.ended_at IS NOT NULL)
                AND NOT k.disabled AND (u.id IS NULL OR NOT u.disabled) AND (u.id IS NOT NULL OR c.client_id = $3),
                coalesce(u.display_name, c.display_name, ''), coalesce(r.scope, 'own'), p.permission,
                coalesce(k.requirements::jsonb ? 'pac:idempotency-key', false), k.rate_limit_per_minute, u.user_name
            FROM identity.clients k
            LEFT JOIN identity.users u ON u.id = $5
            LEFT JOIN identity.clients c ON c.client_id = $2
            LEFT JOIN LATERAL (
                SELECT role_id, scope FROM identity.user_roles WHERE user_id = u.id AND coalesce(starts_on, $4) <= $4 AND coalesce(ends_on, $4) >= $4
                UNION ALL
                SELECT role_id, scope FROM identity.client_grants WHERE client_id = c.client_id) r ON true
            LEFT JOIN identity.role_permissions p ON p.role_id = r.role_id
            WHERE k.client_id = $3
            """
        );
        command.Parameters.Add(new() { Value = token is null ? DBNull.Value : token, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid });
        command.Parameters.Add(new() { Value = subject });
        command.Parameters.Add(new() { Value = clientId });
        command.Parameters.Add(new() { Value = today });
        command.Parameters.Add(
            new() { Value = Guid.TryParse(subject, out var user) ? user : DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid }
        );
        command.Parameters.Add(new() { Value = session is null ? DBNull.Value : session, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid });
        var (valid, name, mustSendKey) = (false, "", false);
        var (limit, userName) = ((int?)null, (string?)null);
        var held = new HeldRights(subject);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            (valid, name, mustSendKey) = (reader.GetBoolean(0), reader.GetString(1), reader.GetBoolean(4));
            limit = reader.IsDBNull(5) ? null : reader.GetInt32(5);
            userName = reader.IsDBNull(6) ? null : reader.GetString(6);
            held.Add(reader.GetString(2), reader.IsDBNull(3) ? null : reader.GetString(3));
        }
        return new(valid, name, held.Widest, held.Reaches.ToFrozenDictionary(), mustSendKey, limit, userName);
    }
}
