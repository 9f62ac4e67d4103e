using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using Pac.Testing;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Pac.Identity.Tests;

/// <summary>A client that signs instead of telling a secret (private_key_jwt).</summary>
public sealed class AssertionTests(IdentityHost fixture) : ModuleTests(fixture)
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly string _client = "signer-" + Guid.CreateVersion7().ToString("N");

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        var key = JsonWebKeyConverter.ConvertFromECDsaSecurityKey(new ECDsaSecurityKey(ECDsa.Create(_key.ExportParameters(false))));
        key.Use = "sig";
        var descriptor = new OpenIddictApplicationDescriptor
        {
            ClientId = _client,
            ClientType = ClientTypes.Confidential,
            JsonWebKeySet = new() { Keys = { key } },
            RedirectUris = { new(Demo.Callback) },
            Permissions =
            {
                Permissions.Endpoints.Token,
                Permissions.Endpoints.Authorization,
                Permissions.Endpoints.Introspection,
                Permissions.Endpoints.Revocation,
                Permissions.Endpoints.PushedAuthorization,
                Permissions.GrantTypes.ClientCredentials,
                Permissions.GrantTypes.AuthorizationCode,
                Permissions.ResponseTypes.Code,
                Permissions.Prefixes.Scope + "identity",
            },
        };
        await using var scope = Host.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>().CreateAsync(descriptor);
    }

    public override ValueTask DisposeAsync()
    {
        _key.Dispose();
        return base.DisposeAsync();
    }

    [Fact]
    public async Task It_takes_a_token_asks_about_it_takes_it_back_and_pushes_a_request()
    {
        var token = Tokens.Of(await Takes(Assertion())).Access;
        (await Host.Calls(token)).Expect(200);
        Assert.True((await Send("introspect", Assertion(), ("token", token))).Expect(200).Json.GetProperty("active").GetBoolean());
        (await Send("revoke", Assertion(), ("token", token))).Expect(200);
        Assert.False((await Send("introspect", Assertion(), ("token", token))).Expect(200).Json.GetProperty("active").GetBoolean());
        var request = Demo.Parameters(Demo.AuthorizeAddress(("client_id", _client), ("scope", "openid identity")));
        (await Send("par", Assertion(), [.. request.Select(p => (p.Key, p.Value))])).Expect(201);
    }

    [Fact]
    public async Task An_assertion_that_calls_itself_a_JWT_is_taken_and_one_that_calls_itself_something_else_is_not()
    {
        (await Takes(Assertion(type: "JWT"))).Expect(200);
        Refused(await Takes(Assertion(type: "at+jwt")));
        Refused(await Takes(Assertion(type: "JWT", foreign: true)));
    }

    [Fact]
    public async Task An_assertion_is_good_once_on_all_hosts_together()
    {
        await using var other = await Host.Sibling();
        var assertion = Assertion();
        var replies = await Task.WhenAll(Enumerable.Range(0, 6).Select(n => Takes(assertion, n % 2 == 0 ? Host : other)));
        Assert.Equal(1, replies.Count(r => r.Status == 200));
        Assert.All(replies.Where(r => r.Status != 200), Refused);
        // The same again under another name is another assertion; a stranger's attempt uses up nothing.
        Refused(await Takes(Assertion(id: "mine", foreign: true)));
        (await Takes(Assertion(id: "mine"))).Expect(200);
    }

    [Fact]
    public async Task An_assertion_that_is_not_exact_is_refused()
    {
        foreach (
            var assertion in new[]
            {
                Assertion(foreign: true),
                Assertion(audience: "https://elsewhere.example/"),
                Assertion(issuer: "demo-machine"),
                Assertion(subject: "demo-machine"),
                Assertion(life: TimeSpan.FromMinutes(-1)),
                Assertion(life: TimeSpan.FromHours(2)),
                Assertion(id: ""),
                "nonsense",
                "eyJhbGciOiJub25lIn0." + Assertion().Split('.')[1] + ".",
            }
        )
        {
            Refused(await Takes(assertion));
            var asked = await Send("introspect", assertion, ("token", "x"));
            Assert.True(asked.Status is 400 or 401, $"{assertion}: {asked}");
        }
        Refused(await Host.Token(("grant_type", "client_credentials"), ("client_id", _client), ("client_secret", "-")));
    }

    private Task<Reply> Takes(string assertion, ModuleHost? host = null) =>
        Send("token", assertion, host ?? Host, ("grant_type", "client_credentials"));

    private Task<Reply> Send(string endpoint, string assertion, params (string, string)[] fields) =>
        Send(endpoint, assertion, Host, fields);

    private Task<Reply> Send(string endpoint, string assertion, ModuleHost host, params (string Name, string Value)[] fields) =>
        host.Anonymous()
            .Call(
                HttpMethod.Post,
                "/connect/" + endpoint,
                Browser.Form([
                    .. fields.Where(f => f.Name != "client_id"),
                    ("client_id", _client),
                    ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
                    ("client_assertion", assertion),
                ])
            );

    private string Assertion(
        string? id = null,
        string? issuer = null,
        string? subject = null,
        string audience = Demo.Issuer,
        TimeSpan? life = null,
        bool foreign = false,
        string type = "client-authentication+jwt"
    )
    {
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = Host.Clock.Now.UtcDateTime;
        var claims = new Dictionary<string, object> { ["sub"] = subject ?? _client };
        if (id != "")
            claims["jti"] = id ?? Guid.CreateVersion7().ToString();
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(
            new SecurityTokenDescriptor
            {
                Issuer = issuer ?? _client,
                Audience = audience,
                IssuedAt = now,
                Expires = now + (life ?? TimeSpan.FromMinutes(1)),
                Claims = claims,
                TokenType = type,
                SigningCredentials = new(new ECDsaSecurityKey(foreign ? stranger : _key), SecurityAlgorithms.EcdsaSha256),
            }
        );
    }

    private static void Refused(Reply reply)
    {
        Assert.True(reply.Status is 400 or 401, reply.ToString());
        Assert.Contains(reply.Json.GetProperty("error").GetString(), new[] { "invalid_client", "invalid_request" });
    }
}
