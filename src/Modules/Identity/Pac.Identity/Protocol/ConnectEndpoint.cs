using System.Collections.Immutable;
using System.Security.Claims;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using Pac.Identity.Domain;
using Pac.Identity.Persistence;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Pac.Identity.Protocol;

/// <summary>What the host decides at the protocol's endpoints; everything else of the protocol is OpenIddict's.</summary>
internal static class ConnectEndpoint
{
    private const string Server = OpenIddictServerAspNetCoreDefaults.AuthenticationScheme;
    private const string AgainMark = "pac_again";

    public static void Map(IEndpointRouteBuilder root)
    {
        root.MapMethods("/connect/authorize", ["GET", "POST"], Authorize).ExcludeFromDescription();
        root.MapPost("/connect/token", Exchange).ExcludeFromDescription();
        root.MapMethods("/connect/userinfo", ["GET", "POST"], UserInfo).ExcludeFromDescription();
        root.MapMethods("/connect/endsession", ["GET", "POST"], (Delegate)EndSession).ExcludeFromDescription();
    }

    private static async Task<IResult> Authorize(HttpContext http, SignInManager<User> signIn, IdentityStore db, TimeProvider clock)
    {
        var request = http.GetOpenIddictServerRequest()!;
        var session = await http.AuthenticateAsync(IdentityConstants.ApplicationScheme);
        var user = session.Succeeded ? await signIn.UserManager.GetUserAsync(session.Principal) : null;
        var signedInAt = SignedInAt.Of(session.Properties);
        var tooOld = request.MaxAge is { } age && !((clock.GetUtcNow() - signedInAt)?.TotalSeconds <= age);
        var again = request.HasPromptValue(PromptValues.Login) && !SignedInJustNow(http, signedInAt);
        if (user is null || user.Disabled || tooOld || again)
        {
            if (request.HasPromptValue(PromptValues.None))
                return Refuse(Errors.LoginRequired, "The user has to sign in.");
            return TypedResults.Redirect("/sign-in" + SignInQuery(http, request, clock));
        }
        var identity = new ClaimsIdentity(TokenValidationParameters.DefaultAuthenticationType, Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, user.Id.ToString());
        identity.SetClaim(Claims.Name, user.DisplayName);
        identity.SetClaim(Claims.PreferredUsername, user.UserName);
        identity.SetClaim(Claims.AuthenticationTime, (signedInAt ?? clock.GetUtcNow()).ToUnixTimeSeconds());
        identity.SetScopes(request.GetScopes());
        identity.SetResources(BearerAuthentication.Audience);
        identity.SetDestinations(Destinations);
        return TypedResults.SignIn(new ClaimsPrincipal(identity), authenticationScheme: Server);
    }

    private static async Task<IResult> Exchange(
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
        {
            var client = (await clients.FindByClientIdAsync(request.ClientId!, ct))!;
            var machine = new ClaimsIdentity(TokenValidationParameters.DefaultAuthenticationType, Claims.Name, Claims.Role);
            machine.SetClaim(Claims.Subject, request.ClientId);
            machine.SetClaim(Claims.Name, await clients.GetDisplayNameAsync(client, ct));
            // No scope asked for means every scope the client is registered for (RFC 6749, 3.3).
            var asked = request.GetScopes();
            machine.SetScopes(asked.Length > 0 ? asked : await Registered(clients, client, ct));
            machine.SetResources(BearerAuthentication.Audience);
            machine.SetDestinations(Destinations);
            return TypedResults.SignIn(new ClaimsPrincipal(machine), authenticationScheme: Server);
        }
        var principal = (await http.AuthenticateAsync(Server)).Principal!;
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == Guid.Parse(principal.GetClaim(Claims.Subject)!), ct);
        if (user is null || user.Disabled)
            return Refuse(Errors.InvalidGrant, "The user may no longer sign in.");
        if (request.IsRefreshTokenGrantType() && !await db.RedeemOnce(Guid.Parse(principal.GetTokenId()!), ct))
        {
            // Two holders of one refresh token: one of them stole it (RFC 9700, 4.14.2). The whole line ends.
            var authorization = principal.GetAuthorizationId();
            Log.RefreshTokenReused(logger, authorization);
            if (authorization is not null)
            {
                await tokens.RevokeByAuthorizationIdAsync(authorization, ct);
                if (await authorizations.FindByIdAsync(authorization, ct) is { } entry)
                    await authorizations.TryRevokeAsync(entry, ct);
                known.Forget();
            }
            return Refuse(Errors.InvalidGrant, "The refresh token was already used.");
        }
        var identity = new ClaimsIdentity(principal.Claims, TokenValidationParameters.DefaultAuthenticationType, Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Name, user.DisplayName);
        identity.SetDestinations(Destinations);
        return TypedResults.SignIn(new ClaimsPrincipal(identity), authenticationScheme: Server);
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

    private static async Task<IResult> UserInfo(HttpContext http, IdentityStore db, CancellationToken ct)
    {
        var principal = (await http.AuthenticateAsync(Server)).Principal!;
        var subject = principal.GetClaim(Claims.Subject)!;
        var claims = new Dictionary<string, object> { [Claims.Subject] = subject };
        if (
            principal.HasScope(Scopes.Profile)
            && Guid.TryParse(subject, out var id)
            && await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == id, ct) is { } user
        )
        {
            claims[Claims.Name] = user.DisplayName;
            claims[Claims.PreferredUsername] = user.UserName ?? "";
        }
        return TypedResults.Json(claims);
    }

    private static async Task<IResult> EndSession(HttpContext http)
    {
        var session = await http.AuthenticateAsync(IdentityConstants.ApplicationScheme);
        var signedIn = session.Principal?.GetClaim(Claims.Subject);
        var hint = (await http.AuthenticateAsync(Server)).Principal?.GetClaim(Claims.Subject);
        // Without a hint that is this person's own token the person is asked first, so that no foreign page can sign anybody out.
        if (signedIn is not null && hint != signedIn)
        {
            var parameters = http.GetOpenIddictServerRequest()!.GetParameters().Select(p => KeyValuePair.Create(p.Key, (string?)p.Value));
            return TypedResults.Redirect("/sign-out" + QueryString.Create("returnUrl", http.Request.Path + QueryString.Create(parameters)));
        }
        await http.SignOutAsync(IdentityConstants.ApplicationScheme);
        return TypedResults.SignOut(new AuthenticationProperties { RedirectUri = "/sign-out?done=1" }, [Server]);
    }

    private static string SignInQuery(HttpContext http, OpenIddictRequest request, TimeProvider clock)
    {
        var parameters = request
            .GetParameters()
            .Select(p => KeyValuePair.Create(p.Key, (string?)p.Value))
            .Where(p => p.Key != AgainMark)
            .Append(new(AgainMark, clock.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture)));
        var back = http.Request.Path + QueryString.Create(parameters);
        var query = QueryString.Create("returnUrl", back);
        if (request.LoginHint is { Length: > 0 and <= 100 } hint)
            query = query.Add("hint", hint);
        if (request.UiLocales is { Length: > 0 and <= 100 } locales)
            query = query.Add("lang", locales.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? "en" : "vi");
        return query.ToString();
    }

    // The mark says when the person was sent to sign in; a later sign-in answers prompt=login.
    private static bool SignedInJustNow(HttpContext http, DateTimeOffset? signedInAt) =>
        long.TryParse(http.Request.Query[AgainMark], out var sent) && signedInAt?.ToUnixTimeSeconds() >= sent;

    private static IResult Refuse(string error, string description) =>
        TypedResults.Forbid(
            new AuthenticationProperties(
                new Dictionary<string, string?>
                {
                    [OpenIddictServerAspNetCoreConstants.Properties.Error] = error,
                    [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = description,
                }
            ),
            [Server]
        );

    private static IEnumerable<string> Destinations(Claim claim) =>
        claim.Type switch
        {
            Claims.Name or Claims.PreferredUsername when claim.Subject!.HasScope(Scopes.Profile) =>
            [
                OpenIddictConstants.Destinations.AccessToken,
                OpenIddictConstants.Destinations.IdentityToken,
            ],
            Claims.AuthenticationTime => [OpenIddictConstants.Destinations.IdentityToken],
            _ => [OpenIddictConstants.Destinations.AccessToken],
        };
}
