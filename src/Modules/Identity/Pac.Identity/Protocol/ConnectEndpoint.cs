using System.Security.Claims;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using Pac.Identity.Account;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Pac.Identity.Protocol;

/// <summary>What the host decides at the protocol's endpoints; everything else of the protocol is OpenIddict's.</summary>
internal static class ConnectEndpoint
{
    public const string Server = OpenIddictServerAspNetCoreDefaults.AuthenticationScheme;

    public static void Map(IEndpointRouteBuilder root)
    {
        root.MapMethods("/connect/authorize", ["GET", "POST"], AuthorizeEndpoint.Handle).DisableAntiforgery().ExcludeFromDescription();
        root.MapPost("/connect/token", TokenEndpoint.Handle).DisableAntiforgery().ExcludeFromDescription();
        root.MapMethods("/connect/userinfo", ["GET", "POST"], UserInfoEndpoint.Handle).DisableAntiforgery().ExcludeFromDescription();
        root.MapMethods("/connect/endsession", ["GET", "POST"], (Delegate)EndSession).DisableAntiforgery().ExcludeFromDescription();
    }

    /// <summary>An identity from which OpenIddict makes tokens.</summary>
    public static ClaimsIdentity NewIdentity(IEnumerable<Claim>? claims = null) =>
        new(claims, TokenValidationParameters.DefaultAuthenticationType, Claims.Name, Claims.Role);

    public static SignInHttpResult SignIn(ClaimsIdentity identity)
    {
        identity.SetDestinations(Destinations);
        return TypedResults.SignIn(new ClaimsPrincipal(identity), authenticationScheme: Server);
    }

    public static ForbidHttpResult Refuse(string error, string description) => TypedResults.Forbid(Because(error, description), [Server]);

    public static ChallengeHttpResult Challenge(string error, string description) =>
        TypedResults.Challenge(Because(error, description), [Server]);

    private static AuthenticationProperties Because(string error, string description) =>
        new(
            new Dictionary<string, string?>
            {
                [OpenIddictServerAspNetCoreConstants.Properties.Error] = error,
                [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = description,
            }
        );

    private static async Task<IResult> EndSession(HttpContext http)
    {
        var session = await http.AuthenticateAsync(Microsoft.AspNetCore.Identity.IdentityConstants.ApplicationScheme);
        var signedIn = session.Principal?.GetClaim(Claims.Subject);
        var hint = (await http.AuthenticateAsync(Server)).Principal?.GetClaim(Claims.Subject);
        // Without a hint that is this person's own token the person is asked first, so that no foreign page can sign anybody out.
        if (signedIn is not null && hint != signedIn)
        {
            var request = http.GetOpenIddictServerRequest()!;
            var parameters = request.GetParameters().Select(p => KeyValuePair.Create(p.Key, (string?)p.Value));
            var query = QueryString.Create("returnUrl", http.Request.Path + QueryString.Create(parameters));
            return TypedResults.Redirect("/sign-out" + AuthorizeEndpoint.WithLanguage(query, request.UiLocales));
        }
        await http.SignOutAsync(Microsoft.AspNetCore.Identity.IdentityConstants.ApplicationScheme);
        return TypedResults.SignOut(new AuthenticationProperties { RedirectUri = "/sign-out?done=1" }, [Server]);
    }

    // What says who somebody is goes into the identity token; the access token carries what a resource server needs (RFC 9068, 2.2).
    private static IEnumerable<string> Destinations(Claim claim) =>
        claim.Type switch
        {
            Claims.Name or Claims.PreferredUsername when claim.Subject!.HasScope(Scopes.Profile) =>
            [
                OpenIddictConstants.Destinations.AccessToken,
                OpenIddictConstants.Destinations.IdentityToken,
            ],
            Sessions.Id or Claims.AuthenticationTime or Claims.AuthenticationMethodReference or Claims.AuthenticationContextReference =>
            [
                OpenIddictConstants.Destinations.AccessToken,
                OpenIddictConstants.Destinations.IdentityToken,
            ],
            _ => [OpenIddictConstants.Destinations.AccessToken],
        };
}
