using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using Pac.Identity.Domain;
using Pac.Identity.Persistence;
using Pac.SharedKernel;

namespace Pac.Identity.Features.Clients;

/// <summary>What kind of application it is; decides how it signs in.</summary>
internal enum ClientKind
{
    /// <summary>A front end in the browser, on a phone or at a kiosk: it keeps no secret, people sign in through it.</summary>
    Browser,

    /// <summary>A front end with a server behind it: it keeps a secret, people sign in through it.</summary>
    WebServer,

    /// <summary>Another system that acts for itself.</summary>
    Machine,
}

/// <summary>A registered application.</summary>
/// <param name="Id">Identifier of the registration.</param>
/// <param name="ClientId">Name it calls itself by, the <c>client_id</c> of the protocol.</param>
/// <param name="Name">Name to show.</param>
/// <param name="Kind">What kind of application it is.</param>
/// <param name="Owner">Who answers for it.</param>
/// <param name="RedirectAddresses">Where people come back to after sign-in; compared exactly.</param>
/// <param name="SignOutAddresses">Where people come back to after sign-out.</param>
/// <param name="Scopes">What it may touch.</param>
/// <param name="Grants">The roles in which it acts for itself.</param>
/// <param name="RateLimitPerMinute">Requests per minute and host for all of its users together; without it only the limit per caller holds.</param>
/// <param name="MustSendIdempotencyKey">Whether it has to send an <c>Idempotency-Key</c> with every POST.</param>
/// <param name="Keys">Public keys (JSON Web Key Set) with which it signs its assertions instead of using a secret.</param>
/// <param name="Disabled">Whether it is refused everywhere.</param>
/// <param name="CreatedAt">When it was registered.</param>
/// <param name="Secrets">Its secrets that are still good; never the secrets themselves.</param>
internal sealed record ClientView(
    Guid Id,
    string ClientId,
    string Name,
    ClientKind Kind,
    string Owner,
    IReadOnlyList<string> RedirectAddresses,
    IReadOnlyList<string> SignOutAddresses,
    IReadOnlyList<string> Scopes,
    IReadOnlyList<GrantView> Grants,
    int? RateLimitPerMinute,
    bool MustSendIdempotencyKey,
    string? Keys,
    bool Disabled,
    DateTimeOffset CreatedAt,
    IReadOnlyList<SecretView> Secrets
)
{
    public static ClientView Of(Client c, IEnumerable<GrantView> grants, IEnumerable<SecretView> secrets)
    {
        var permissions = Texts(c.Permissions);
        return new(
            c.Id,
            c.ClientId!,
            c.DisplayName ?? c.ClientId!,
            permissions.Contains(OpenIddictConstants.Permissions.GrantTypes.ClientCredentials) ? ClientKind.Machine
                : c.ClientType == OpenIddictConstants.ClientTypes.Public ? ClientKind.Browser
                : ClientKind.WebServer,
            c.Owner,
            Texts(c.RedirectUris),
            Texts(c.PostLogoutRedirectUris),
            [
                .. permissions
                    .Where(p => p.StartsWith(OpenIddictConstants.Permissions.Prefixes.Scope, StringComparison.Ordinal))
                    .Select(p => p[OpenIddictConstants.Permissions.Prefixes.Scope.Length..])
                    .Order(StringComparer.Ordinal),
            ],
            [.. grants.OrderBy(g => g.Role, StringComparer.Ordinal)],
            c.RateLimitPerMinute,
            Texts(c.Requirements).Contains(ClientRules.IdempotencyRequirement),
            c.JsonWebKeySet,
            c.Disabled,
            c.CreatedAt,
            [.. secrets.OrderBy(s => s.CreatedAt)]
        );
    }

    private static string[] Texts(string? json) => json is null ? [] : JsonSerializer.Deserialize<string[]>(json)!;
}

/// <summary>That an application acts in a role of its own.</summary>
/// <param name="Role" example="Integrator">Code of the role.</param>
/// <param name="Scope" example="province">Over which data: <c>province</c>, <c>centre:…</c> or <c>agency:…</c>.</param>
internal sealed record GrantView(string Role, string Scope);

/// <summary>A secret of an application, without the secret.</summary>
/// <param name="Id">Identifier of the secret.</param>
/// <param name="Beginning">Its first characters, to tell it from others.</param>
/// <param name="CreatedAt">When it was given.</param>
/// <param name="ExpiresAt">When it ends; without it, until it is replaced.</param>
/// <param name="LastUsedAt">When it was last used, to the hour; without it, never.</param>
internal sealed record SecretView(
    Guid Id,
    string Beginning,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? LastUsedAt
);

internal static class ClientReading
{
    /// <summary>The views of some clients: three statements, however many they are.</summary>
    public static async Task<List<ClientView>> Views(
        this IdentityStore db,
        IReadOnlyList<Client> clients,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        var (ids, names) = (clients.Select(c => c.Id).ToList(), clients.Select(c => c.ClientId!).ToList());
        var grants = await (
            from g in db.ClientGrants
            where names.Contains(g.ClientId)
            join r in db.Roles on g.RoleId equals r.Id
            select new { g.ClientId, View = new GrantView(r.Name, g.Scope) }
        ).ToListAsync(ct);
        var secrets = await db
            .ClientSecrets.Where(s => ids.Contains(s.ClientId) && (s.ExpiresAt == null || s.ExpiresAt > now))
            .Select(s => new { s.ClientId, View = new SecretView(s.Id, s.Beginning, s.CreatedAt, s.ExpiresAt, s.LastUsedAt) })
            .ToListAsync(ct);
        return
        [
            .. clients.Select(c =>
                ClientView.Of(
                    c,
                    grants.Where(g => g.ClientId == c.ClientId).Select(g => g.View),
                    secrets.Where(s => s.ClientId == c.Id).Select(s => s.View)
                )
            ),
        ];
    }

    public static async Task<Client> Registered(this IdentityStore db, Guid id, uint seen, CancellationToken ct)
    {
        var client = await db.Set<Client>().SingleOrDefaultAsync(c => c.Id == id, ct) ?? throw new NotFoundException("client");
        return client.Version == seen ? client : throw new StaleVersionException();
    }
}
