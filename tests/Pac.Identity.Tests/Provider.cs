using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Pac.Identity.Tests;

/// <summary>Another provider of identities, as small as OpenID Connect allows, that can also lie.</summary>
internal sealed class Provider : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly RSA _rsa = RSA.Create(2048);
    private readonly RSA _other = RSA.Create(2048);
    private string _nonce = "";
    private string _challenge = "";

    private Provider(WebApplication app) => _app = app;

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <summary>Who signs in there.</summary>
    public string Subject { get; set; } = "079300001234";

    /// <summary>What it says wrongly, such as <c>iss</c>.</summary>
    public string Lie { get; set; } = "";

    public static async Task<Provider> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var provider = new Provider(app);
        app.MapGet("/.well-known/openid-configuration", provider.Discovery);
        app.MapGet("/jwks", provider.Keys);
        app.MapGet("/authorize", provider.Authorize);
        app.MapPost("/token", provider.Token);
        await app.StartAsync();
        return provider;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _rsa.Dispose();
        _other.Dispose();
    }

    private IResult Discovery() =>
        Results.Json(
            new Dictionary<string, object>
            {
                ["issuer"] = Address,
                ["authorization_endpoint"] = Address + "/authorize",
                ["token_endpoint"] = Address + "/token",
                ["jwks_uri"] = Address + "/jwks",
                ["response_types_supported"] = new[] { "code" },
                ["subject_types_supported"] = new[] { "public" },
                ["id_token_signing_alg_values_supported"] = new[] { "RS256" },
            }
        );

    private IResult Keys()
    {
        var key = _rsa.ExportParameters(false);
        return Results.Json(
            new
            {
                keys = new[]
                {
                    new
                    {
                        kty = "RSA",
                        use = "sig",
                        kid = "one",
                        n = Base64UrlEncoder.Encode(key.Modulus),
                        e = Base64UrlEncoder.Encode(key.Exponent),
                    },
                },
            }
        );
    }

    private IResult Authorize(HttpRequest request)
    {
        _nonce = request.Query["nonce"].ToString();
        _challenge = request.Query["code_challenge"].ToString();
        var back = new Dictionary<string, string?> { ["state"] = Lie == "state" ? "made-up" : request.Query["state"].ToString() };
        if (Lie == "denied")
            back["error"] = "access_denied";
        else
            back["code"] = "the-code";
        return Results.Redirect(QueryHelpers.AddQueryString(request.Query["redirect_uri"].ToString(), back));
    }

    private async Task<IResult> Token(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        var proven = Base64UrlEncoder.Encode(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));
        if (Lie == "no-token" || form["code"] != "the-code" || proven != _challenge || form["client_secret"] != "pac-at-vneid")
            return Results.Json(new { error = "invalid_grant" }, statusCode: 400);
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var token = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(
            new SecurityTokenDescriptor
            {
                Issuer = Lie == "iss" ? "https://elsewhere.example" : Address,
                Audience = Lie == "aud" ? "somebody-else" : "pac",
                IssuedAt = now,
                NotBefore = now,
                Expires = Lie == "expired" ? now.AddHours(-1) : now.AddMinutes(5),
                Claims = new Dictionary<string, object>
                {
                    ["sub"] = Subject,
                    ["name"] = "Lê Văn Công Dân",
                    ["nonce"] = Lie == "nonce" ? "another" : _nonce,
                    ["email"] = "admin@pac.example",
                },
                SigningCredentials = new(
                    new RsaSecurityKey(Lie == "signature" ? _other : _rsa) { KeyId = "one" },
                    SecurityAlgorithms.RsaSha256
                ),
            }
        );
        return Results.Json(
            new
            {
                access_token = "opaque",
                token_type = "Bearer",
                expires_in = 300,
                id_token = token,
            }
        );
    }
}
