using System.Collections.Immutable;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using OpenIddict.Abstractions;
using Pac.Identity.Account;
using Pac.Identity.Persistence;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Pac.Identity.Protocol;

/// <summary>Codes, refresh tokens and secrets are exchanged for access tokens here.</summary>
internal static class TokenEndpoint
{
    public static async Task<IResult> Handle(
        HttpContext http,
        IdentityStore db,
        IOpenIddictApplicationManager clients,
        IOpenIddictTokenManager tokens,
        IOpenIddictAuthorizationManager authorizations,
        KnownTokens known,
        ILogger<IdentityStore> logger,
        CancellationToken ct
    )
    {
        var request = http.GetOpenIddictServerRequest()!;
        if (request.IsClientCredentialsGrantType())
            return await ForMachine(clients, request, ct);
        var principal = (await http.AuthenticateAsync(ConnectEndpoint.Server)).Principal!;
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == Guid.Parse(principal.GetClaim(Claims.Subject)!), ct);
        if (user is null || user.Disabled)
            return ConnectEndpoint.Refuse(Errors.InvalidGrant, "The user may no longer sign in.");
        // Whoever has signed out, or was signed out, has also ended what the session's applications hold.
        if (await db.HasEnded(Sessions.Of(principal), ct))
            return ConnectEndpoint.Refuse(Errors.InvalidGrant, "The session has ended.");
        if (request.IsRefreshTokenGrantType() && !await db.RedeemOnce(Guid.Parse(principal.GetTokenId()!), ct))
        {
            // Two holders of one refresh token: one of them stole it (RFC 9700, 4.14.2). The whole line ends.
            var authorization = principal.GetAuthorizationId();
            Log.RefreshTokenReused(logger, authorization);
            db.Note("Authorization", authorization ?? "", null, "refresh-token-reused", user.Id.ToString());
            await db.SaveChangesAsync(ct);
            if (authorization is not null)
            {
                await tokens.RevokeByAuthorizationIdAsync(authorization, ct);
                if (await authorizations.FindByIdAsync(authorization, ct) is { } entry)
                    await authorizations.TryRevokeAsync(entry, ct);
                known.Forget();
            }
            return ConnectEndpoint.Refuse(Errors.InvalidGrant, "The refresh token was already used.");
        }
        var identity = ConnectEndpoint.NewIdentity(principal.Claims);
        identity.SetClaim(Claims.Name, user.DisplayName);
        identity.SetClaim(Claims.PreferredUsername, user.UserName);
        return ConnectEndpoint.SignIn(identity);
    }

    private static async Task<IResult> ForMachine(IOpenIddictApplicationManager clients, OpenIddictRequest request, CancellationToken ct)
    {
        var client = (await clients.FindByClientIdAsync(request.ClientId!, ct))!;
        var machine = ConnectEndpoint.NewIdentity();
        machine.SetClaim(Claims.Subject, request.ClientId);
        machine.SetClaim(Claims.Name, await clients.GetDisplayNameAsync(client, ct));
        // No scope asked for means every scope the client is registered for (RFC 6749, 3.3).
        var asked = request.GetScopes();
        machine.SetScopes(asked.Length > 0 ? asked : await Registered(clients, client, ct));
        machine.SetResources(BearerAuthentication.Audience);
        return ConnectEndpoint.SignIn(machine);
    }

    private static async Task<ImmutableArray<string>> Registered(
        IOpenIddictApplicationManager clients,
        object client,
        CancellationToken ct
    ) =>
        [
            .. (await clients.GetPermissionsAsync(client, ct))
                .Where(p => p.StartsWith(Permissions.Prefixes.Scope, StringComparison.Ordinal))
                .Select(p => p[Permissions.Prefixes.Scope.Length..]),
        ];
}
