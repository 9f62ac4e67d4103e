using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using OpenIddict.Abstractions;
using Pac.Identity.Domain;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Pac.Identity.Protocol;

/// <summary>Whether the person is known well enough and recently enough, and agrees where he is to be asked (OpenID Connect Core 1.0, 3.1.2).</summary>
internal static class AuthorizeEndpoint
{
    private const string AgainMark = "pac_again";

    public static async Task<IResult> Handle(
        HttpContext http,
        SignInManager<User> signIn,
        IOpenIddictApplicationManager clients,
        IDataProtectionProvider protection,
        IAntiforgery forgery,
        TimeProvider clock
    )
    {
        var request = http.GetOpenIddictServerRequest()!;
        var session = await http.AuthenticateAsync(IdentityConstants.ApplicationScheme);
        var user = session.Succeeded ? await signIn.UserManager.GetUserAsync(session.Principal) : null;
        var signedInAt = SignedInAt.Of(session.Properties);
        var marks = protection.CreateProtector("Pac.Identity.SignInAgain");
        if (user is null || user.Disabled || MustSignInAgain(request, signedInAt, SentToSignIn(http, request, marks), clock))
            return SignInFirst(http, request, marks, clock);
        // The application believes somebody else to be here (OpenID Connect Core 1.0, 3.1.2.1).
        var hint = (await http.AuthenticateAsync(ConnectEndpoint.Server)).Principal?.GetClaim(Claims.Subject);
        if (hint is not null && hint != user.Id.ToString())
            return request.HasPromptValue(PromptValues.None)
                ? ConnectEndpoint.Refuse(Errors.LoginRequired, "Somebody else is signed in.")
                : SignInFirst(http, request, marks, clock);
        if (request.HasPromptValue(PromptValues.Consent))
        {
            var answer = await ConsentPage.Answer(http, forgery);
            if (answer is null)
                return await ConsentPage.Ask(http, forgery, request, clients, user);
            if (answer == false)
                return ConnectEndpoint.Refuse(Errors.AccessDenied, "The user did not agree.");
        }
        var identity = ConnectEndpoint.NewIdentity();
        identity.SetClaim(Claims.Subject, user.Id.ToString());
        identity.SetClaim(Claims.Name, user.DisplayName);
        identity.SetClaim(Claims.PreferredUsername, user.UserName);
        identity.SetClaim(Claims.AuthenticationTime, (signedInAt ?? clock.GetUtcNow()).ToUnixTimeSeconds());
        SessionClaims.CopyTo(session.Principal!, identity);
        identity.SetScopes(request.GetScopes());
        identity.SetResources(BearerAuthentication.Audience);
        return ConnectEndpoint.SignIn(identity);
    }

    /// <summary>The query, with the first of the languages asked for that the pages speak.</summary>
    public static QueryString WithLanguage(QueryString query, string? locales)
    {
        if (locales is not { Length: > 0 and <= 200 })
            return query;
        var spoken = Array.Find(
            locales.Split(' '),
            l =>
                l is "vi" or "en"
                || l.StartsWith("vi-", StringComparison.OrdinalIgnoreCase)
                || l.StartsWith("en-", StringComparison.OrdinalIgnoreCase)
        );
        return spoken is null ? query : query.Add("lang", spoken[..2].ToLowerInvariant());
    }

    // Whoever came back from the sign-in page to which this request had sent him has done what was asked.
    private static bool MustSignInAgain(OpenIddictRequest request, DateTimeOffset? signedInAt, long? sent, TimeProvider clock)
    {
        var tooOld = request.MaxAge is { } age && !((clock.GetUtcNow() - signedInAt)?.TotalSeconds <= age);
        var asked = request.HasPromptValue(PromptValues.Login) || request.HasPromptValue(PromptValues.SelectAccount);
        return (tooOld || asked) && !(signedInAt?.ToUnixTimeSeconds() >= sent);
    }

    private static IResult SignInFirst(HttpContext http, OpenIddictRequest request, IDataProtector marks, TimeProvider clock)
    {
        if (request.HasPromptValue(PromptValues.None))
            return ConnectEndpoint.Refuse(Errors.LoginRequired, "The user has to sign in.");
        var now = clock.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        var parameters = Parameters(request).Append(new(AgainMark, marks.Protect(now)));
        var query = QueryString.Create("returnUrl", http.Request.Path + QueryString.Create(parameters));
        if (request.LoginHint is { Length: > 0 and <= 100 } hint)
            query = query.Add("hint", hint);
        return TypedResults.Redirect("/sign-in" + WithLanguage(query, request.UiLocales));
    }

    /// <summary>The parameters with which the request is made again. A pushed one is named by its reference alone.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> Parameters(OpenIddictRequest request) =>
        request
            .GetParameters()
            .Where(p => p.Key is not (AgainMark or ConsentPage.Field))
            .Where(p =>
                request.RequestUri is null || p.Key is OpenIddictConstants.Parameters.ClientId or OpenIddictConstants.Parameters.RequestUri
            )
            .Select(p => KeyValuePair.Create(p.Key, (string?)p.Value));

    // Beside a pushed request nothing else of the address counts for the protocol, so the mark is read from the address itself.
    private static long? SentToSignIn(HttpContext http, OpenIddictRequest request, IDataProtector marks)
    {
        try
        {
            return ((string?)request[AgainMark] ?? http.Request.Query[AgainMark].ToString()) is { Length: > 0 } mark
                ? long.Parse(marks.Unprotect(mark), System.Globalization.CultureInfo.InvariantCulture)
                : null;
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }
}
