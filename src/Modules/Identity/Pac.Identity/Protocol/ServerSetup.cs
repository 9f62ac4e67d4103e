using Microsoft.AspNetCore;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.EntityFrameworkCore.Models;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using Pac.BuildingBlocks;
using Pac.Identity.Account;
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

    /// <summary>No token lives longer than this; a key is kept for reading that long.</summary>
    public static readonly TimeSpan LongestLife = TimeSpan.FromHours(12);

    public static void AddIdentityServer(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddDataProtection().SetApplicationName("PAC").PersistKeysToDbContext<IdentityStore>();
        services.AddSignIn(configuration);
        AddServer(services, configuration);
        services.AddScoped<ClientSecrets>();
        services.AddSingleton<Prune>();
        services.AddHostedService(sp => sp.GetRequiredService<Prune>());
        services.AddSingleton<KnownTokens>();
        services.AddHostedService<ChangeListener>();
    }

    private static void AddServer(IServiceCollection services, IConfiguration configuration)
    {
        var development = configuration["Pac:Sandbox"] == "true";
        services.AddSingleton<ServerKeys>();
        services.AddSingleton<KeyRing>();
        services.AddSingleton<IConfigureOptions<OpenIddictServerOptions>>(sp => sp.GetRequiredService<KeyRing>());
        services.AddSingleton<IOptionsChangeTokenSource<OpenIddictServerOptions>>(sp => sp.GetRequiredService<KeyRing>());
        services.AddSingleton<KeyKeeper>();
        services.AddScoped<IVerb, RotateKeysVerb>();
        services.AddScoped<IVerb, FirstAdministratorVerb>();
        services.AddHostedService(sp => sp.GetRequiredService<KeyKeeper>());
        services
            .AddOpenIddict()
            .AddCore(o =>
            {
                o.UseEntityFrameworkCore()
                    .UseDbContext<IdentityStore>()
                    .ReplaceDefaultEntities<Client, Grant, OpenIddictEntityFrameworkCoreScope<Guid>, Token, Guid>();
                o.ReplaceApplicationManager<Client, Clients>();
            })
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
                o.Configure(s =>
                {
                    s.CodeChallengeMethods.Remove(OpenIddictConstants.CodeChallengeMethods.Plain);
                    // A code in a fragment is for pages that run scripts of their own; those take it from the query.
                    s.ResponseModes.Remove(OpenIddictConstants.ResponseModes.Fragment);
                });
                o.SetAccessTokenLifetime(TimeSpan.FromMinutes(10));
                o.SetAuthorizationCodeLifetime(TimeSpan.FromMinutes(1));
                o.SetRefreshTokenLifetime(LongestLife);
                o.SetRefreshTokenReuseLeeway(TimeSpan.Zero);
                o.DisableAccessTokenEncryption();
                o.RegisterScopes([
                    OpenIddictConstants.Scopes.OpenId,
                    OpenIddictConstants.Scopes.Profile,
                    OpenIddictConstants.Scopes.Email,
                    OpenIddictConstants.Scopes.Phone,
                    OpenIddictConstants.Scopes.OfflineAccess,
                    .. ApiScopes,
                ]);
                o.RegisterClaims([
                    .. "iss sub aud exp iat auth_time nonce acr amr sid at_hash".Split(' '),
                    .. "name preferred_username locale zoneinfo email email_verified phone_number phone_number_verified".Split(' '),
                ]);
                o.RegisterAudiences(BearerAuthentication.Audience);
                if (configuration["Identity:Issuer"] is { Length: > 0 } issuer)
                    o.SetIssuer(new Uri(issuer));
                o.AddEventHandler(NoTokenInQuery);
                o.AddEventHandler(ForgetRevoked.Descriptor);
                o.AddEventHandler(RefuseDisabledClients.Descriptor);
                o.RemoveEventHandler(OpenIddictServerHandlers.Introspection.ValidateAuthorizedParty.Descriptor);
                o.AddEventHandler(IntrospectionParty.Descriptor);
                o.AddEventHandler(Introspection.Descriptor);
                o.AddEventHandler(AssertionTypes.Descriptor);
                o.AddEventHandler(AssertionsOnce.Descriptor);
                foreach (var handler in ErrorCodes.All.Concat(RefusalsNoted.All))
                    o.AddEventHandler(handler);
                o.AddEventHandler(Discovery.Descriptor);
                o.AddEventHandler(FormPost.Descriptor);
                o.AddEventHandler(ErrorPages<ApplyAuthorizationResponseContext>.Descriptor);
                o.AddEventHandler(ErrorPages<ApplyEndSessionResponseContext>.Descriptor);
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
