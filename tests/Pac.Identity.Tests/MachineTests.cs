using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Pac.Identity.Persistence;
using Pac.Testing;

namespace Pac.Identity.Tests;

/// <summary>Another system signs in with its own secret.</summary>
public sealed class MachineTests(IdentityHost fixture) : ModuleTests(fixture)
{
    [Fact]
    public async Task A_machine_gets_a_token_for_all_it_is_registered_for()
    {
        var reply = (await Host.Machine()).Expect(200);
        Assert.Equal("no-store", reply.Header("Cache-Control"));
        Assert.False(reply.Json.TryGetProperty("refresh_token", out _));
        // Line tools read it.
        Assert.DoesNotContain('\n', reply.Text);

        var me = (await Host.Calls(Tokens.Of(reply).Access)).Expect(200).Json;
        Assert.Equal("demo-machine", me.GetProperty("subject").GetString());
        Assert.Equal("demo-machine", me.GetProperty("clientId").GetString());
        Assert.Equal("province", me.GetProperty("dataScope").GetString());
        Assert.Equal(12, me.GetProperty("scopes").GetArrayLength());
    }

    [Fact]
    public async Task A_machine_may_ask_for_less_and_not_for_more()
    {
        var less = Tokens.Of(await Host.Machine(("scope", "identity.read")));
        Assert.Equal("identity.read", (await Host.Calls(less.Access)).Json.GetProperty("scopes").EnumerateArray().Single().GetString());
        Assert.Equal("invalid_scope", Error(await Host.Machine(("scope", "dossiers nobody-knows")), 400));
    }

    [Fact]
    public async Task The_secret_may_travel_in_the_header()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/connect/token")
        {
            Content = Browser.Form(("grant_type", "client_credentials")),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic",
            Convert.ToBase64String(Encoding.ASCII.GetBytes("demo-machine:demo-machine-secret"))
        );
        using var response = await Host.Anonymous().SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(200, (int)response.StatusCode);
    }

    [Fact]
    public async Task A_wrong_secret_and_an_unknown_client_are_the_same_refusal()
    {
        var wrong = await Host.Token(("grant_type", "client_credentials"), ("client_id", "demo-machine"), ("client_secret", "wrong"));
        var unknown = await Host.Token(("grant_type", "client_credentials"), ("client_id", "nobody"), ("client_secret", "wrong"));
        Assert.Equal("invalid_client", Error(wrong, 401));
        Assert.Equal("invalid_client", Error(unknown, 401));
        Assert.Equal("invalid_request", Error(await Host.Token(("grant_type", "client_credentials"), ("client_id", "demo-machine")), 400));
    }

    [Theory]
    [InlineData("password")]
    [InlineData("implicit")]
    [InlineData("urn:ietf:params:oauth:grant-type:device_code")]
    [InlineData("nonsense")]
    [InlineData("")]
    public async Task Other_grants_do_not_exist(string grant)
    {
        var reply = await Host.Token(
            ("grant_type", grant),
            ("client_id", "demo-machine"),
            ("client_secret", "demo-machine-secret"),
            ("username", "admin"),
            ("password", Demo.Password)
        );
        Assert.Contains(Error(reply, 400), new[] { "unsupported_grant_type", "invalid_request" });
    }

    [Fact]
    public async Task A_public_client_has_no_rights_of_its_own()
    {
        var reply = await Host.Token(("grant_type", "client_credentials"), ("client_id", "demo-spa"));
        Assert.Contains(Error(reply, reply.Status), new[] { "unauthorized_client", "invalid_client", "invalid_request" });
        Assert.InRange(reply.Status, 400, 401);
    }

    [Fact]
    public async Task Secrets_in_an_address_are_not_taken()
    {
        const string query = "?grant_type=client_credentials&client_id=demo-machine&client_secret=demo-machine-secret";
        Assert.InRange((await Host.Anonymous().Get("/connect/token" + query)).Status, 400, 405);
        Assert.InRange((await Host.Anonymous().Call(HttpMethod.Post, "/connect/token" + query, Browser.Form())).Status, 400, 401);
    }

    private static string? Error(Reply reply, int status) => reply.Expect(status).Json.GetProperty("error").GetString();

    [Fact]
    public async Task A_client_can_be_registered_so_that_it_must_send_keys()
    {
        Assert.False(await MustSendKeys());
        await Host.Sql("UPDATE identity.clients SET requirements = '[\"pac:idempotency-key\"]' WHERE client_id = 'demo-machine'");
        Assert.True(await MustSendKeys());
        await Host.Sql("UPDATE identity.clients SET requirements = NULL WHERE client_id = 'demo-machine'");

        async Task<bool> MustSendKeys() =>
            (
                await Host
                    .Services.GetRequiredService<NpgsqlDataSource>()
                    .FindStanding(
                        null,
                        null,
                        "demo-machine",
                        "demo-machine",
                        new DateOnly(2026, 11, 24),
                        TestContext.Current.CancellationToken
                    )
            ).MustSendIdempotencyKey;
    }
}
