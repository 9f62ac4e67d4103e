using System.Text.Json;
using Pac.Testing;

namespace Pac.Identity.Tests;

/// <summary>What the server says of itself, and that it stays the same over restarts and on every host.</summary>
public sealed class DiscoveryTests(IdentityHost fixture) : ModuleTests(fixture)
{
    [Fact]
    public async Task The_document_names_only_what_is_safe()
    {
        var document = await Document(Host);
        Assert.Equal(Demo.Issuer, document.GetProperty("issuer").GetString());
        Assert.Equal(["S256"], List(document, "code_challenge_methods_supported"));
        Assert.Equal(["code"], List(document, "response_types_supported"));
        Assert.Equal(
            ["authorization_code", "client_credentials", "refresh_token"],
            List(document, "grant_types_supported").Order(StringComparer.Ordinal)
        );
        Assert.True(document.GetProperty("authorization_response_iss_parameter_supported").GetBoolean());
        Assert.DoesNotContain("none", List(document, "id_token_signing_alg_values_supported"));
        foreach (var endpoint in new[] { "authorization", "token", "userinfo", "end_session", "introspection", "revocation" })
            Assert.StartsWith(
                Host.Address.AbsoluteUri + "connect/",
                document.GetProperty(endpoint + "_endpoint").GetString(),
                StringComparison.Ordinal
            );
    }

    [Fact]
    public async Task The_keys_are_public_halves_only()
    {
        var keys = (await Host.Anonymous().Get("/.well-known/jwks")).Expect(200).Json.GetProperty("keys").EnumerateArray().ToList();
        Assert.NotEmpty(keys);
        foreach (var key in keys)
        {
            Assert.Equal(("RSA", "sig"), (key.GetProperty("kty").GetString(), key.GetProperty("use").GetString()));
            foreach (var secret in new[] { "d", "p", "q", "dp", "dq", "qi", "k" })
                Assert.False(key.TryGetProperty(secret, out _), secret);
        }
    }

    [Fact]
    public async Task Keys_and_tokens_survive_a_restart_and_are_the_same_on_every_host()
    {
        var before = await KeyIds(Host);
        var tokens = await Host.SignsIn("director");

        await using var other = await Host.Sibling();

        Assert.Equal(before, await KeyIds(other));
        (await other.Calls(tokens.Access)).Expect(200);
        var refreshed = Tokens.Of(await other.Refresh(tokens.Refresh!));
        (await Host.Calls(refreshed.Access)).Expect(200);
    }

    [Fact]
    public async Task The_keys_are_not_readable_in_the_database()
    {
        Assert.Equal(0, await Host.Scalar<long>("SELECT count(*) FROM identity.server_keys WHERE wrapped LIKE 'MII%'"));
        Assert.Equal(2, await Host.Scalar<long>("SELECT count(*) FROM identity.server_keys"));
    }

    private static async Task<JsonElement> Document(ModuleHost host) =>
        (await host.Anonymous().Get("/.well-known/openid-configuration")).Expect(200).Json;

    private static async Task<List<string?>> KeyIds(ModuleHost host) =>
        [
            .. (await host.Anonymous().Get("/.well-known/jwks"))
                .Expect(200)
                .Json.GetProperty("keys")
                .EnumerateArray()
                .Select(k => k.GetProperty("kid").GetString()),
        ];

    private static List<string> List(JsonElement document, string name) =>
        document.TryGetProperty(name, out var list) ? [.. list.EnumerateArray().Select(v => v.GetString()!)] : [];
}
