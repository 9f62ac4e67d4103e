using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.Abstractions;
using Pac.Identity.Domain;
using Pac.Identity.Persistence;
using Pac.Identity.Protocol;

namespace Pac.Identity.Account;

/// <summary>How people sign in: cookies, passwords, second factors, other providers.</summary>
internal static class SignInSetup
{
    /// <summary>Rounds of PBKDF2 with HMAC-SHA-512 (OWASP Password Storage Cheat Sheet).</summary>
    public const int Rounds = 210_000;

    /// <summary>Scheme of the cookie between password and second factor.</summary>
    public const string Halfway = "pac-halfway";

    public static void AddSignIn(this IServiceCollection services, IConfiguration configuration)
    {
        var options = new SignInSettings(configuration);
        services.AddSingleton(options);
        services.Configure<PasswordHasherOptions>(o => o.IterationCount = Rounds);
        services.AddSingleton<IPasswordHasher<User>, CurrentHasher>();
        services.AddSingleton<PasswordRules>();
        services.AddScoped<IPasswordValidator<User>>(sp => sp.GetRequiredService<PasswordRules>());
        services.AddScoped<Throttles>();
        services.AddScoped<Browsers>();
        services.AddScoped<Sessions>();
        services.AddScoped<SessionCookie>();
        services.AddScoped<PasswordSignIn>();
        services.AddScoped<SecondFactor>();
        services.AddScoped<Passkeys>();
        services.AddScoped<Credentials>();
        services.AddScoped<ExternalLogins>();
        services
            .AddIdentityCore<User>(o =>
            {
                o.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
                o.ClaimsIdentity.UserIdClaimType = OpenIddictConstants.Claims.Subject;
                o.ClaimsIdentity.UserNameClaimType = OpenIddictConstants.Claims.PreferredUsername;
            })
            .AddEntityFrameworkStores<IdentityStore>()
            .AddSignInManager()
            .AddDefaultTokenProviders();
        services.Configure<IdentityPasskeyOptions>(o =>
        {
            // Without a user name the authenticator must know the account, and it must have asked for finger, face or PIN: two factors in one.
            o.ResidentKeyRequirement = "required";
            o.UserVerificationRequirement = "required";
            o.AuthenticatorTimeout = TimeSpan.FromMinutes(3);
            var isSet = Uri.TryCreate(configuration["Pac:PublicAddress"], UriKind.Absolute, out var address);
            if (isSet)
                o.ServerDomain = address!.Host;
            // The library compares with the header Origin; a browser that is told to send no referrer writes "null" into it. What the
            // authenticator has signed is compared with the address of this host instead.
            o.ValidateOrigin = context =>
            {
                var request = context.HttpContext.Request;
                var own = isSet ? address!.GetLeftPart(UriPartial.Authority) : $"{request.Scheme}://{request.Host}";
                return ValueTask.FromResult(!context.CrossOrigin && context.Origin == own);
            };
        });
        var authentication = services.AddAuthentication(IdentityConstants.ApplicationScheme);
        authentication.AddScheme<AuthenticationSchemeOptions, BearerAuthentication>(BearerAuthentication.SchemeName, null);
        Cookie(authentication, IdentityConstants.ApplicationScheme, "pac-session", options.Absolute, options, typeof(SessionCookie));
        Cookie(authentication, Halfway, "pac-halfway", TimeSpan.FromMinutes(10), options);
        Cookie(authentication, IdentityConstants.ExternalScheme, "pac-external", TimeSpan.FromMinutes(10), options);
        ExternalProvider.Add(authentication, configuration, options);
        services.AddAntiforgery(o =>
        {
            o.Cookie.Name = options.CookieName("pac-form");
            o.Cookie.SecurePolicy = options.Secure;
            o.Cookie.SameSite = SameSiteMode.Lax;
            o.HeaderName = "X-Form-Token";
        });
    }

    private static void Cookie(
        AuthenticationBuilder authentication,
        string scheme,
        string name,
        TimeSpan lives,
        SignInSettings options,
        Type? events = null
    ) =>
        authentication.AddCookie(
            scheme,
            o =>
            {
                o.Cookie.Name = options.CookieName(name);
                o.Cookie.Path = "/";
                o.Cookie.HttpOnly = true;
                o.Cookie.SameSite = SameSiteMode.Lax;
                o.Cookie.SecurePolicy = options.Secure;
                o.LoginPath = "/sign-in";
                o.ReturnUrlParameter = "returnUrl";
                o.ExpireTimeSpan = lives;
                o.SlidingExpiration = false;
                o.EventsType = events;
            }
        );
}
