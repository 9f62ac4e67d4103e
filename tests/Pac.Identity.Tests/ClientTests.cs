using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.Abstractions;
using Pac.Identity.Domain;
using Pac.Identity.Persistence;
using Pac.Identity.Protocol;
using Pac.Testing;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Pac.Identity.Tests;

/// <summary>Secrets that are changed without an interruption, clients that are switched off, and limits of their own.</summary>
public sealed class ClientTests(IdentityHost fixture) : ModuleTests(fixture)
{
    [Fact]
    public async Task A_secret_is_changed_without_an_interruption_and_the_old_one_ends_on_time()
    {
        var client = await Machine();
        var first = await Issue(client, TimeSpan.Zero);
        var second = await Issue(client, TimeSpan.FromDays(7));

        (await Takes(client, first)).Expect(200);
        (await Takes(client, second)).Expect(200);
        Host.Clock.Advance(TimeSpan.FromDays(8));
        Refused(await Takes(client, first));
        (await Takes(client, second)).Expect(200);
        // A third one without an overlap ends the second at once.
        var third = await Issue(client, TimeSpan.Zero);
        Refused(await Takes(client, second));
        (await Takes(client, third)).Expect(200);
    }

    [Fact]
    public async Task A_secret_is_taken_away_at_once_and_the_other_goes_on()
    {
        var client = await Machine();
        var first = await Issue(client, TimeSpan.Zero);
        var second = await Issue(client, TimeSpan.FromDays(7));
        var entry = await Host.Scalar<Guid>("SELECT id FROM identity.client_secrets WHERE beginning = $1", first[..10]);

        Assert.True(await With((secrets, known) => secrets.Revoke(known, entry, default), client));

        Refused(await Takes(client, first));
        (await Takes(client, second)).Expect(200);
        Assert.False(await With((secrets, known) => secrets.Revoke(known, entry, default), client));
    }

    [Fact]
    public async Task A_secret_is_kept_as_a_hash_and_its_use_is_noted()
    {
        var client = await Machine();
        var secret = await Issue(client, TimeSpan.Zero);
        Assert.Equal(
            0,
            await Host.Scalar<long>(
                "SELECT count(*) FROM identity.client_secrets WHERE last_used_at IS NOT NULL AND beginning = $1",
                secret[..10]
            )
        );
        (await Takes(client, secret)).Expect(200);
        Assert.Equal(
            1,
            await Host.Scalar<long>(
                "SELECT count(*) FROM identity.client_secrets WHERE last_used_at IS NOT NULL AND beginning = $1",
                secret[..10]
            )
        );
        Assert.Equal(
            0,
            await Host.Scalar<long>("SELECT count(*) FROM identity.client_secrets s WHERE s::text LIKE '%' || $1 || '%'", secret[10..])
        );
        Assert.Equal(0, await Host.Scalar<long>("SELECT count(*) FROM identity.clients WHERE client_secret <> '-'"));
    }

    [Fact]
    public async Task A_disabled_client_is_refused_everywhere_and_its_tokens_open_nothing_on_any_host()
    {
        await using var other = await Host.Sibling();
        var client = await Machine();
        var secret = await Issue(client, TimeSpan.Zero);
        var token = Tokens.Of(await Takes(client, secret));
        (await other.Calls(token.Access)).Expect(200);
        using var browser = new Browser(Host);
        await browser.SignIn("director");
        var front = Tokens.Of(await Host.Redeem((await browser.Authorize(Demo.AuthorizeAddress(), "director"))["code"]));
        var code = (await browser.Authorize(Demo.AuthorizeAddress(), "director"))["code"];
        try
        {
            await Host.Sql("UPDATE identity.clients SET disabled = true WHERE client_id IN ($1, 'demo-spa')", client);

            await Demo.Until(401, () => other.Calls(token.Access));
            await Demo.Until(401, () => Host.Calls(front.Access));
            Refused(await Takes(client, secret));
            Refused(await Host.Redeem(code));
            Refused(await Host.Refresh(front.Refresh!));
            Refused(await Host.Revoke(front.Access));
            Refused(
                await Host.Anonymous()
                    .Call(
                        HttpMethod.Post,
                        "/connect/introspect",
                        Browser.Form(("client_id", client), ("client_secret", secret), ("token", token.Access))
                    )
            );
            Refused(
                await Host.Anonymous()
                    .Call(
                        HttpMethod.Post,
                        "/connect/par",
                        Browser.Form([.. Demo.Parameters(Demo.AuthorizeAddress()).Select(p => (p.Key, p.Value))])
                    )
            );
            Assert.Null((await browser.Open(Demo.AuthorizeAddress())).Expect(400).Header("Location"));
            Assert.Equal(401, (await Host.Calls(front.Access, "/connect/userinfo")).Status);
            Assert.False((await Host.Introspect(front.Access)).Expect(200).Json.GetProperty("active").GetBoolean());
        }
        finally
        {
            await Host.Sql("UPDATE identity.clients SET disabled = false");
        }
        (await Takes(client, secret)).Expect(200);
    }

    [Fact]
    public async Task A_client_has_one_limit_for_all_who_use_it()
    {
        var client = await Machine();
        var secret = await Issue(client, TimeSpan.Zero);
        var (first, second) = (Tokens.Of(await Takes(client, secret)), Tokens.Of(await Takes(client, secret)));
        await Host.Sql("UPDATE identity.clients SET rate_limit_per_minute = 3 WHERE client_id = $1", client);
        Host.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("3", (await Host.Calls(first.Access)).Expect(200).Header("RateLimit-Limit"));
        (await Host.Calls(second.Access)).Expect(200);
        Assert.Equal("0", (await Host.Calls(first.Access)).Expect(200).Header("RateLimit-Remaining"));
        (await Host.Calls(second.Access)).Expect(429, "too-many-requests");
        Host.Clock.Advance(TimeSpan.FromMinutes(1));
        (await Host.Calls(second.Access)).Expect(200);
    }

    private async Task<string> Machine()
    {
        await using var scope = Host.Services.CreateAsyncScope();
        var descriptor = new OpenIddictApplicationDescriptor
        {
            ClientId = "machine-" + Guid.CreateVersion7().ToString("N"),
            ClientType = ClientTypes.Confidential,
            DisplayName = "Máy thử",
            Permissions =
            {
                Permissions.Endpoints.Token,
                Permissions.Endpoints.Introspection,
                Permissions.GrantTypes.ClientCredentials,
                Permissions.Prefixes.Scope + "identity",
            },
        };
        await scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>().CreateAsync(descriptor);
        return descriptor.ClientId;
    }

    private async Task<string> Issue(string client, TimeSpan overlap) =>
        (await With((secrets, known) => secrets.Issue(known, overlap, default), client)).Plain;

    private async Task<T> With<T>(Func<ClientSecrets, Client, Task<T>> act, string client)
    {
        await using var scope = Host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IdentityStore>();
        var known = await db.Clients.SingleAsync(c => c.ClientId == client);
        var result = await act(scope.ServiceProvider.GetRequiredService<ClientSecrets>(), known);
        await db.SaveChangesAsync();
        return result;
    }

    private Task<Reply> Takes(string client, string secret) =>
        Host.Token(("grant_type", "client_credentials"), ("client_id", client), ("client_secret", secret));

    private static void Refused(Reply reply)
    {
        Assert.InRange(reply.Status, 400, 401);
        Assert.Equal("invalid_client", reply.Json.GetProperty("error").GetString());
    }
}
