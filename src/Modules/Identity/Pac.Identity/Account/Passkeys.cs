using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Pac.Identity.Domain;

namespace Pac.Identity.Account;

/// <summary>
/// Passkeys after WebAuthn, level 3, checked by ASP.NET Core Identity. The challenge waits in an encrypted cookie for five minutes and is good
/// once, on all hosts together.
/// </summary>
internal sealed class Passkeys(
    IPasskeyHandler<User> handler,
    UserManager<User> users,
    Throttles throttles,
    SignInSettings options,
    IDataProtectionProvider protection
)
{
    private const int Largest = 16 * 1024;
    private static readonly TimeSpan Lives = TimeSpan.FromMinutes(5);
    private readonly ITimeLimitedDataProtector _protector = protection
        .CreateProtector("Pac.Identity.Passkeys")
        .ToTimeLimitedDataProtector();

    /// <summary>What the browser needs to make a passkey.</summary>
    public async Task<string> OfferRegistration(HttpContext http, User user)
    {
        var made = await handler.MakeCreationOptionsAsync(
            new()
            {
                Id = user.Id.ToString(),
                Name = user.UserName!,
                DisplayName = user.DisplayName,
            },
            http
        );
        Keep(http, made.AttestationState);
        return made.CreationOptionsJson;
    }

    /// <summary>What the browser needs to use one.</summary>
    public async Task<string> OfferSignIn(HttpContext http)
    {
        var made = await handler.MakeRequestOptionsAsync(null, http);
        Keep(http, made.AssertionState);
        return made.RequestOptionsJson;
    }

    public async Task<bool> Register(HttpContext http, User user, string credential, string name, CancellationToken ct)
    {
        if (await Take(http, ct) is not { } state || credential.Length > Largest)
            return false;
        var result = await Guarded(() =>
            handler.PerformAttestationAsync(
                new()
                {
                    HttpContext = http,
                    CredentialJson = credential,
                    AttestationState = state,
                }
            )
        );
        if (result is not { Succeeded: true } || result.UserEntity.Id != user.Id.ToString())
            return false;
        result.Passkey.Name = name;
        return (await users.AddOrUpdatePasskeyAsync(user, result.Passkey)).Succeeded;
    }

    public async Task<User?> SignIn(HttpContext http, string credential, CancellationToken ct)
    {
        if (await Take(http, ct) is not { } state || credential.Length > Largest)
            return null;
        var result = await Guarded(() =>
            handler.PerformAssertionAsync(
                new()
                {
                    HttpContext = http,
                    CredentialJson = credential,
                    AssertionState = state,
                }
            )
        );
        if (result is not { Succeeded: true } || !(await users.AddOrUpdatePasskeyAsync(result.User, result.Passkey)).Succeeded)
            return null;
        return result.User;
    }

    private void Keep(HttpContext http, string? state) =>
        http.Response.Cookies.Append(options.CookieName("pac-challenge"), _protector.Protect(state ?? "", Lives), options.Cookie(Lives));

    private async Task<string?> Take(HttpContext http, CancellationToken ct)
    {
        if (http.Request.Cookies[options.CookieName("pac-challenge")] is not { Length: > 0 } kept)
            return null;
        http.Response.Cookies.Delete(options.CookieName("pac-challenge"), options.Cookie(null));
        try
        {
            var state = _protector.Unprotect(kept);
            return await throttles.Once("challenge:" + Throttles.Hash(state), ct) ? state : null;
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }

    // What a browser sends is anybody's bytes; the library answers some of them with an exception.
    private static async Task<T?> Guarded<T>(Func<Task<T>> check)
        where T : class
    {
        try
        {
            return await check();
        }
        catch (Exception e)
            when (e
                    is PasskeyException
                        or System.Text.Json.JsonException
                        or FormatException
                        or ArgumentException
                        or InvalidOperationException
            )
        {
            return null;
        }
    }
}
