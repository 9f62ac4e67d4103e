using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using OpenIddict.Abstractions;
using Pac.Identity.Account;
using Pac.Identity.Domain;
using Pac.Identity.Persistence;
using Pac.SharedKernel;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Pac.Identity.Protocol;

/// <summary>Tells an application about the person, as far as the scopes go (OpenID Connect Core 1.0, 5.3 and 5.4).</summary>
internal static class UserInfoEndpoint
{
    public static async Task<IResult> Handle(
        HttpContext http,
        IdentityStore db,
        NpgsqlDataSource source,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var principal = (await http.AuthenticateAsync(ConnectEndpoint.Server)).Principal!;
        var subject = principal.GetClaim(Claims.Subject)!;
        var entry = Guid.Parse(principal.GetTokenId()!);
        var client = principal.GetClaim(Claims.ClientId) ?? "";
        if (!(await source.FindStanding(entry, Sessions.Of(principal), subject, client, clock.GetUtcNow().LocalDay(), ct)).Valid)
            return ConnectEndpoint.Challenge(Errors.InvalidToken, "The token no longer stands.");
        if (!principal.HasScope(Scopes.OpenId) || !Guid.TryParse(subject, out var id))
            return ConnectEndpoint.Challenge(Errors.InsufficientScope, "The token was not given for the scope openid.");
        var user = await db.Users.AsNoTracking().SingleAsync(u => u.Id == id, ct);
        return TypedResults.Json(Of(user, principal));
    }

    private static Dictionary<string, object> Of(User user, System.Security.Claims.ClaimsPrincipal token)
    {
        var claims = new Dictionary<string, object> { [Claims.Subject] = user.Id.ToString() };
        if (token.HasScope(Scopes.Profile))
        {
            claims[Claims.Name] = user.DisplayName;
            claims[Claims.PreferredUsername] = user.UserName ?? "";
            // The service is that of one country, with one language and one time.
            claims[Claims.Locale] = "vi-VN";
            claims[Claims.Zoneinfo] = "Asia/Ho_Chi_Minh";
        }
        if (token.HasScope(Scopes.Email) && user.Email is { Length: > 0 } email)
        {
            claims[Claims.Email] = email;
            claims[Claims.EmailVerified] = user.EmailConfirmed;
        }
        if (token.HasScope(Scopes.Phone) && user.PhoneNumber is { Length: > 0 } phone)
        {
            claims[Claims.PhoneNumber] = phone;
            claims[Claims.PhoneNumberVerified] = user.PhoneNumberConfirmed;
        }
        return claims;
    }
}
