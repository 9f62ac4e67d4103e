using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using Pac.BuildingBlocks;
using Pac.Identity.Domain;
using Pac.Identity.Persistence;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Pac.Identity.Protocol;

/// <summary>OpenIddict and ASP.NET Core Identity as RFC 9700 and the OpenID Connect basic profile want them.</summary>
internal static class ServerSetup
{
    /// <summary>One OAuth scope per module of the product, each with a <c>.read</c> half.</summary>
    public static readonly string[] ApiScopes =
    [
        .. new[] { "dossiers", "appointments", "staffing", "facilities", "remuneration", "identity" }.SelectMany(m =>
            new[] { m, m + ".read" }
        ),
    ];

    public static void AddIdentityServer(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddDbContext<IdentityStore>((sp, o) => IdentityStore.Configure(o, sp.GetRequiredService<NpgsqlDataSource>()));
        services.AddSingleton(new ModuleMigration(typeof(IdentityStore)));
        services.AddDataProtection().SetApplicationName("PAC").PersistKeysToDbContext<IdentityStore>();
        AddSignIn(services);
        AddServer(services, configuration);
        services.AddSingleton<KnownTokens>();
        services.AddHostedService<ChangeListener>();
    }

    private static void AddSignIn(IServiceCollection services)
    {
        services
            .AddIdentityCore<User>(o =>
            {
                // Length alone, no composition rules: OWASP ASVS 5.0, 6.2.
                o.Password.RequiredLength = 12;
                o.Password.RequireDigit =
                    o.Password.RequireLowercase =
                    o.Password.RequireUppercase =
                    o.Password.RequireNonAlphanumeric =
                        false;
                o.Lockout.MaxFailedAccessAttempts = 8;
                o.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(5);
                o.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
                o.ClaimsIdentity.UserIdClaimType = OpenIddictConstants.Claims.Subject;
                o.ClaimsIdentity.UserNameClaimType = OpenIddictConstants.Claims.PreferredUsername;
            })
            .AddRoles<Role>()
            .AddEntityFrameworkStores<IdentityStore>()
            .AddSignInManager()
            .AddDefaultTokenProviders();
        services.Configure<PasswordHasherOptions>(o => o.IterationCount = 210_000);
        var authentication = services.AddAuthentication(IdentityConstants.ApplicationScheme);
        authentication.AddScheme<AuthenticationSchemeOptions, BearerAuthentication>(BearerAuthentication.SchemeName, null);
        authentication
            .AddCookie(
                IdentityConstants.ApplicationScheme,
                o =>
                {
                    o.Cookie.Name = "pac-session";
                    o.Cookie.HttpOnly = true;
                    o.Cookie.SameSite = SameSiteMode.Lax;
                    o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
                    o.LoginPath = "/sign-in";
                    o.ReturnUrlParameter = "returnUrl";
                    o.ExpireTimeSpan = TimeSpan.FromHours(10);
                    o.SlidingExpiration = false;
                    o.Events.OnValidatePrincipal = SecurityStampValidator.ValidatePrincipalAsync;
                    o.Events.OnSigningIn = SignedInAt.Mark;
                }
            )
            .AddCookie(IdentityConstants.ExternalScheme)
            .AddCookie(IdentityConstants.TwoFactorUserIdScheme)
            .AddCookie(IdentityConstants.TwoFactorRememberMeScheme);
        services.Configure<SecurityStampValidatorOptions>(o => o.ValidationInterval = TimeSpan.FromMinutes(1));
        services.AddAntiforgery(o => o.Cookie.Name = "pac-form");
    }

    private static void AddServer(IServiceCollection services, IConfiguration configuration)
    {
        var development = configuration["Pac:Sandbox"] == "true";
        services.AddSingleton<IConfigureOptions<OpenIddictServerOptions>, ServerKeys>();
        services
            .AddOpenIddict()
            .AddCore(o => o.UseEntityFrameworkCore().UseDbContext<IdentityStore>().ReplaceDefaultEntities<Guid>())
            .AddServer(o =>
            {
                o.SetAuthorizationEndpointUris("connect/authorize")
                    .SetTokenEndpointUris("connect/token")
                    .SetUserInfoEndpointUris("connect/userinfo")
                    .SetEndSessionEndpointUris("connect/endsession")
                    .SetIntrospectionEndpointUris("connect/introspect")
                    .SetRevocationEndpointUris("connect/revoke")
                    .SetPushedAuthorizationEndpointUris("connect/par");
                o.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange();
                o.AllowClientCredentialsFlow().AllowRefreshTokenFlow();
                o.Configure(s => s.CodeChallengeMethods.Remove(OpenIddictConstants.CodeChallengeMethods.Plain));
                o.SetAccessTokenLifetime(TimeSpan.FromMinutes(10));
                o.SetAuthorizationCodeLifetime(TimeSpan.FromMinutes(1));
                o.SetRefreshTokenLifetime(TimeSpan.FromHours(12));
                o.SetRefreshTokenReuseLeeway(TimeSpan.Zero);
                o.DisableAccessTokenEncryption();
                o.RegisterScopes([
                    OpenIddictConstants.Scopes.OpenId,
                    OpenIddictConstants.Scopes.Profile,
                    OpenIddictConstants.Scopes.OfflineAccess,
                    .. ApiScopes,
                ]);
                o.RegisterClaims("sub", "name", "preferred_username", "auth_time", "iss", "aud", "exp", "iat");
                o.RegisterAudiences(BearerAuthentication.Audience);
                if (configuration["Identity:Issuer"] is { Length: > 0 } issuer)
                    o.SetIssuer(new Uri(issuer));
                o.AddEventHandler(NoTokenInQuery);
                o.AddEventHandler(ForgetRevoked.Descriptor);
                var web = o.UseAspNetCore()
                    .EnableAuthorizationEndpointPassthrough()
                    .EnableTokenEndpointPassthrough()
                    .EnableUserInfoEndpointPassthrough()
                    .EnableEndSessionEndpointPassthrough()
                    // On one line, like every other answer, so that line tools can read a token.
                    .SuppressJsonResponseIndentation();
                // Plain HTTP is for loopback in development, or behind a proxy that ends TLS and says so.
                if (development || configuration["Identity:AllowHttp"] == "true")
                    web.DisableTransportSecurityRequirement();
            });
    }

    // RFC 9700, 4.3.2: access tokens never travel in a query.
    private static readonly OpenIddictServerHandlerDescriptor NoTokenInQuery = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ExtractUserInfoRequestContext>()
        .UseInlineHandler(context =>
        {
            if (context.Transaction.GetHttpRequest()?.Query.ContainsKey(OpenIddictConstants.Parameters.AccessToken) == true)
                context.Reject(OpenIddictConstants.Errors.InvalidRequest, "The access token must be sent in the Authorization header.");
            return default;
        })
        .SetOrder(OpenIddictServerAspNetCoreHandlers.ExtractAccessToken<ExtractUserInfoRequestContext>.Descriptor.Order + 1)
        .Build();
}
