using System.Security.Claims;
using OpenIddict.Abstractions;
using Pac.Identity.Account;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Pac.Identity.Protocol;

/// <summary>What a session knows of its sign-in and a token repeats: which session, by which means, how strong.</summary>
internal static class SessionClaims
{
    public static void CopyTo(ClaimsPrincipal session, ClaimsIdentity token)
    {
        if (session.GetClaim(Sessions.Id) is { } id)
            token.SetClaim(Sessions.Id, id);
        if (session.GetClaim(Claims.AuthenticationContextReference) is { } strength)
            token.SetClaim(Claims.AuthenticationContextReference, strength);
        if (session.GetClaims(Claims.AuthenticationMethodReference) is { Length: > 0 } means)
            token.SetClaims(Claims.AuthenticationMethodReference, means);
    }
}
