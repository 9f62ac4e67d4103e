using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;
using Pac.Testing;

namespace Pac.Identity.Tests;

/// <summary>Applications of third parties over the API: registered, limited, changed and ended.</summary>
public sealed class ClientRegisterTests(IdentityHost fixture) : ModuleTests(fixture)
{
    private readonly string _name = "c-" + Guid.CreateVersion7().ToString("N");

    [Theory]
    [InlineData("browser", false)]
    [InlineData("webServer", true)]
    [InlineData("machine", true)]
    public async Task Each_kind_is_registered_with_what_it_needs_and_its_secret_is_shown_once(string kind, bool secretive)
    {
        var desk = await Desk.Of(Host);
        var isMachine = kind == "machine";
        string[] redirects = isMachine ? [] : ["https://app.pac.example/back", "http://127.0.0.1:7000/back"];
        var made = (await Register(desk, kind, redirects, grants: isMachine ? [("HrOfficer", "province")] : [])).Expect(201);
        var client = made.Json.GetProperty("client");
        Assert.Equal(kind, client.GetProperty("kind").GetString());
        Assert.Equal("Sở Tư pháp", client.GetProperty("owner").GetString());
        Assert.Equal(60, client.GetProperty("rateLimitPerMinute").GetInt32());
        Assert.Equal(secretive, made.Json.TryGetProperty("secret", out var secret));
        var read = (await desk.Client.Get(made.Location)).Expect(200);
        if (secretive)
            Assert.DoesNotContain(secret.GetString()!, read.Text, StringComparison.Ordinal);
        Assert.Contains(
            (await desk.Client.Get($"/api/v1/clients?search={_name.ToUpperInvariant()}"))
                .Expect(200)
                .Json.GetProperty("items")
                .EnumerateArray(),
            c => c.GetProperty("clientId").GetString() == _name
        );
        (await Register(desk, kind, redirects)).Expect(409, "identity.name-taken");
        if (!isMachine)
        {
            using var browser = new Browser(Host);
            var back = await browser.Authorize(
                Demo.AuthorizeAddress(
                    ("client_id", _name),
                    ("redirect_uri", redirects[0]),
                    ("scope", "openid offline_access identity.read")
                ),
                "director"
            );
            var fields = new List<(string, string)>
            {
                ("grant_type", "authorization_code"),
                ("client_id", _name),
                ("code", back["code"]),
                ("redirect_uri", redirects[0]),
                ("code_verifier", Demo.Verifier),
            };
            if (secretive)
                (await Host.Token([.. fields])).Expect(401);
            if (secretive)
                fields.Add(("client_secret", secret.GetString()!));
            (await Host.Calls(Tokens.Of(await Host.Token([.. fields])).Access)).Expect(200);
        }
    }

    [Theory]
    [InlineData("http://app.pac.example/back")]
    [InlineData("https://app.pac.example/back#part")]
    [InlineData("https://app.pac.example/back#")]
    [InlineData("https://*.pac.example/back")]
    [InlineData("https://app.pac.example/*")]
    [InlineData("https://somebody@app.pac.example/back")]
    [InlineData("javascript:alert(1)")]
    [InlineData("//app.pac.example/back")]
    [InlineData("/back")]
    [InlineData("https:\\\\app.pac.example\\back")]
    [InlineData(" https://app.pac.example/back")]
    [InlineData("https://app.pac.example/back ")]
    [InlineData("https://app.pac.example/\tback")]
    [InlineData("http://localhost.pac.example/back")]
    [InlineData("data:text/html,x")]
    [InlineData("file:///etc/passwd")]
    public async Task An_address_that_could_lead_elsewhere_is_not_registered(string address)
    {
        var desk = await Desk.Of(Host);
        var refused = await Register(desk, "browser", ["https://app.pac.example/ok", address]);
        Assert.Contains(refused.Status, new[] { 400, 422 });
        if (refused.Status == 422)
            Assert.Equal("/settings/redirectAddresses/1", refused.Json.GetProperty("errors")[0].GetProperty("pointer").GetString());
        Assert.Contains((await Register(desk, "browser", ["https://app.pac.example/ok"], signOut: [address])).Status, new[] { 400, 422 });
    }

    [Fact]
    public async Task What_does_not_fit_the_kind_or_does_not_exist_is_refused()
    {
        var desk = await Desk.Of(Host);
        string[] ok = ["https://app.pac.example/back"];
        (await Register(desk, "machine", ok)).Expect(422, "identity.redirects-of-kind");
        (await Register(desk, "browser", [])).Expect(422, "identity.redirects-of-kind");
        (await Register(desk, "browser", ok, grants: [("HrOfficer", "province")])).Expect(422, "identity.grants-of-kind");
        (await Register(desk, "browser", ok, scopes: ["everything"])).Expect(422, "identity.unknown-oauth-scope");
        (await Register(desk, "machine", [], grants: [("King", "province")])).Expect(422, "identity.unknown-role");
        (await Register(desk, "machine", [], grants: [("HrOfficer", "centre:nowhere")])).Expect(422, "identity.unknown-scope");
        (await Register(desk, "browser", ok, keys: PublicKeys().Json)).Expect(422, "identity.unfit-keys");
        foreach (
            var bad in new[]
            {
                "{}",
                "[]",
                "nonsense",
                "{\"keys\":[]}",
                PrivateKey(),
                SmallKey(),
                "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\"}]}",
                "{\"keys\":[null]}",
                "null",
            }
        )
            (await Register(desk, "machine", [], keys: bad)).Expect(422, "identity.unfit-keys");
        (
            await desk.Client.Post(
                "/api/v1/clients",
                $$$"""{"clientId":"{{{_name}}}","kind":"machine","settings":{"name":"a","owner":"b","scopes":[],"grants":[null]}}"""
            )
        ).Expect(400);
        (await Register(await Desk.Of(Host, "centre:dak-lak"), "browser", ok)).Expect(403, "identity.beyond-reach");
        Assert.Equal(0, await Host.Scalar<long>("SELECT count(*) FROM identity.clients WHERE client_id = $1", _name));
    }

    [Fact]
    public async Task A_machine_with_keys_of_its_own_needs_no_secret_and_signs_with_the_new_key_after_a_change()
    {
        var desk = await Desk.Of(Host);
        var (json, key) = PublicKeys();
        var made = (await Register(desk, "machine", [], keys: json, grants: [("HrOfficer", "province")])).Expect(201);
        Assert.False(made.Json.TryGetProperty("secret", out _));
        (await Asks(key)).Expect(200);
        var (second, other) = PublicKeys();
        (await Asks(other)).Expect(401);
        var settings = Settings([], ["identity.read"], [], second, [("HrOfficer", "province")]);
        (await desk.Client.Put(made.Location, settings, ("If-Match", made.ETag))).Expect(200);
        (await Asks(other)).Expect(200);
        (await Asks(key)).Expect(401);
    }

    [Fact]
    public async Task A_client_is_disabled_at_once_on_two_hosts_and_its_activity_is_seen()
    {
        await using var other = await Host.Sibling();
        var desk = await Desk.Of(Host);
        var made = (await Register(desk, "machine", [], grants: [("SystemAdmin", "centre:dak-lak")], scopes: ["identity"])).Expect(201);
        var secret = made.Json.GetProperty("secret").GetString()!;
        var token = Tokens.Of(await Takes(secret)).Access;
        (await other.Calls(token)).Expect(200);
        (
            await Host.Anonymous()
                .Post(
                    "/api/v1/users",
                    new
                    {
                        userName = _name,
                        displayName = "Qua máy",
                        assignments = new[] { new { role = "Cashier", scope = "centre:dak-lak" } },
                    },
                    ("Authorization", "Bearer " + token)
                )
        ).Expect(201);
        var activity = (await desk.Client.Get(made.Location + "/activity")).Expect(200).Json;
        Assert.Equal(1, activity.GetProperty("livingTokens").GetInt32());
        Assert.True(activity.TryGetProperty("lastTokenAt", out _));
        Assert.Contains(
            activity.GetProperty("acts").EnumerateArray(),
            a => a.GetProperty("act").GetString() == "CreateUser" && a.GetProperty("count").GetInt32() == 2
        );

        var seen = (await desk.Client.Get(made.Location)).Expect(200);
        (await desk.Client.Post(made.Location + "/disable", null)).Expect(428);
        (await desk.Client.Post(made.Location + "/disable", null, ("If-Match", seen.ETag))).Expect(200);
        await Demo.Until(401, () => other.Calls(token));
        await Demo.Until(401, () => Host.Calls(token));
        Assert.Equal(401, (await Takes(secret)).Status);
        (await desk.Client.Post(made.Location + "/disable", null, ("If-Match", seen.ETag))).Expect(412);
        seen = (await desk.Client.Get(made.Location)).Expect(200);
        (await desk.Client.Post(made.Location + "/enable", null, ("If-Match", seen.ETag))).Expect(200);
        (await Takes(secret)).Expect(200);
    }

    [Fact]
    public async Task Secrets_are_issued_side_by_side_and_taken_away_over_the_API_and_never_repeated()
    {
        var desk = await Desk.Of(Host);
        var made = (await Register(desk, "machine", [], grants: [("HrOfficer", "province")])).Expect(201);
        var first = made.Json.GetProperty("secret").GetString()!;
        var issued = (
            await desk.Client.Post(
                made.Location + "/secrets",
                new { overlapHours = 1 },
                ("If-Match", made.ETag),
                ("Idempotency-Key", _name)
            )
        ).Expect(200);
        var second = issued.Json.GetProperty("secret").GetString()!;
        var again = (
            await desk.Client.Post(
                made.Location + "/secrets",
                new { overlapHours = 1 },
                ("If-Match", made.ETag),
                ("Idempotency-Key", _name)
            )
        ).Expect(200);
        Assert.False(again.Json.TryGetProperty("secret", out _), "A secret was shown twice.");
        (await Takes(first)).Expect(200);
        (await Takes(second)).Expect(200);
        var old = issued
            .Json.GetProperty("client")
            .GetProperty("secrets")
            .EnumerateArray()
            .Single(s => first.StartsWith(s.GetProperty("beginning").GetString()!, StringComparison.Ordinal))
            .GetProperty("id")
            .GetGuid();
        var tag = (await desk.Client.Get(made.Location)).ETag;
        (await desk.Client.Delete($"{made.Location}/secrets/{old}", ("If-Match", tag))).Expect(200);
        Assert.Equal(401, (await Takes(first)).Status);
        (await Takes(second)).Expect(200);
    }

    private Task<Reply> Takes(string secret) =>
        Host.Token(("grant_type", "client_credentials"), ("client_id", _name), ("client_secret", secret));

    private Task<Reply> Asks(ECDsa key)
    {
        var now = Host.Clock.Now.UtcDateTime;
        var assertion = new Microsoft.IdentityModel.JsonWebTokens.JsonWebTokenHandler
        {
            SetDefaultTimesOnTokenCreation = false,
        }.CreateToken(
            new SecurityTokenDescriptor
            {
                Issuer = _name,
                Audience = Demo.Issuer,
                IssuedAt = now,
                Expires = now.AddMinutes(1),
                TokenType = "client-authentication+jwt",
                Claims = new Dictionary<string, object> { ["sub"] = _name, ["jti"] = Guid.CreateVersion7().ToString() },
                SigningCredentials = new(new ECDsaSecurityKey(key), SecurityAlgorithms.EcdsaSha256),
            }
        );
        return Host.Token(
            ("grant_type", "client_credentials"),
            ("client_id", _name),
            ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
            ("client_assertion", assertion)
        );
    }

    private Task<Reply> Register(
        Desk desk,
        string kind,
        string[] redirects,
        string[]? signOut = null,
        string[]? scopes = null,
        string? keys = null,
        (string Role, string Scope)[]? grants = null
    ) =>
        desk.Client.Post(
            "/api/v1/clients",
            new
            {
                clientId = _name,
                kind,
                settings = Settings(redirects, scopes ?? ["identity.read"], signOut ?? [], keys, grants ?? []),
            }
        );

    private static object Settings(
        string[] redirects,
        string[] scopes,
        string[] signOut,
        string? keys,
        (string Role, string Scope)[] grants
    ) =>
        new
        {
            name = "Ứng dụng thử",
            owner = "Sở Tư pháp",
            scopes,
            redirectAddresses = redirects,
            signOutAddresses = signOut,
            grants = grants.Select(g => new { role = g.Role, scope = g.Scope }),
            rateLimitPerMinute = 60,
            keys,
        };

    private static (string Json, ECDsa Key) PublicKeys()
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var q = key.ExportParameters(false).Q;
        return (
            JsonSerializer.Serialize(
                new
                {
                    keys = new[]
                    {
                        new
                        {
                            kty = "EC",
                            crv = "P-256",
                            x = Base64UrlEncoder.Encode(q.X),
                            y = Base64UrlEncoder.Encode(q.Y),
                        },
                    },
                }
            ),
            key
        );
    }

    private static string PrivateKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var all = key.ExportParameters(true);
        return $$"""{"keys":[{"kty":"EC","crv":"P-256","x":"{{Base64UrlEncoder.Encode(all.Q.X)}}","y":"{{Base64UrlEncoder.Encode(all.Q.Y)}}","d":"{{Base64UrlEncoder.Encode(all.D)}}"}]}""";
    }

    private static string SmallKey()
    {
        using var key = RSA.Create(1024);
        var all = key.ExportParameters(false);
        return $$"""{"keys":[{"kty":"RSA","n":"{{Base64UrlEncoder.Encode(all.Modulus)}}","e":"{{Base64UrlEncoder.Encode(all.Exponent)}}"}]}""";
    }
}
