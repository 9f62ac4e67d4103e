using System.Buffers.Text;
using System.Text;
using Pac.Testing;

namespace Pac.Identity.Tests;

/// <summary>What opens the API, and how soon it no longer does.</summary>
public sealed class TokenTests(IdentityHost fixture) : ModuleTests(fixture)
{
    [Fact]
    public async Task A_revoked_token_is_refused_from_that_moment()
    {
        for (var round = 0; round < 5; round++)
        {
            var tokens = await Host.SignsIn("director");
            (await Host.Calls(tokens.Access)).Expect(200);
            (await Host.Revoke(tokens.Access)).Expect(200);
            Assert.Equal("Bearer error=\"invalid_token\"", (await Host.Calls(tokens.Access)).Expect(401).Header("WWW-Authenticate"));
        }
    }

    [Fact]
    public async Task A_revoked_token_is_refused_by_the_other_hosts_as_soon_as_they_hear_of_it()
    {
        await using var other = await Host.Sibling();
        var tokens = await Host.SignsIn("director");
        (await other.Calls(tokens.Access)).Expect(200);
        (await Host.Revoke(tokens.Access)).Expect(200);
        await Demo.Until(401, () => other.Calls(tokens.Access));
    }

    [Fact]
    public async Task A_revoked_refresh_token_ends_the_session()
    {
        var tokens = await Host.SignsIn("director");
        (await Host.Revoke(tokens.Refresh!)).Expect(200);
        (await Host.Refresh(tokens.Refresh!)).Expect(400);
    }

    [Fact]
    public async Task Nobody_revokes_the_tokens_of_another_client()
    {
        var tokens = await Host.SignsIn("director");
        await Host.Revoke(tokens.Access, client: "demo-kiosk");
        (await Host.Calls(tokens.Access)).Expect(200);
        (await Host.Revoke("nonsense")).Expect(200);
    }

    [Fact]
    public async Task A_token_ends_with_its_time()
    {
        var tokens = await Host.SignsIn("director");
        Host.Clock.Advance(TimeSpan.FromSeconds(599));
        (await Host.Calls(tokens.Access)).Expect(200);
        Host.Clock.Advance(TimeSpan.FromSeconds(2));
        (await Host.Calls(tokens.Access)).Expect(401);
    }

    [Fact]
    public async Task A_token_that_is_not_ours_to_the_letter_is_refused()
    {
        var tokens = await Host.SignsIn("director");
        var parts = tokens.Access.Split('.');
        var admin = Encoding
            .UTF8.GetString(Base64Url.DecodeFromChars(parts[1]))
            .Replace("demo-spa", "demo-machine", StringComparison.Ordinal);
        string[] forgeries =
        [
            $"{parts[0]}.{Encode(admin)}.{parts[2]}",
            $"{Encode("""{"alg":"none","typ":"at+jwt"}""")}.{parts[1]}.",
            $"{parts[0]}.{parts[1]}.",
            $"{parts[0]}.{parts[1]}.{parts[2][..^4]}AAAA",
            $"{parts[0]}.{parts[1]}",
            tokens.Id!,
            tokens.Refresh!,
            "nonsense",
            "",
            "..",
            new string('a', 20_000),
        ];
        foreach (var forgery in forgeries)
            (await Host.Calls(forgery)).Expect(401, "unauthenticated");
        (await Host.Calls(tokens.Access)).Expect(200);
    }

    [Fact]
    public async Task A_token_anywhere_but_in_the_header_opens_nothing()
    {
        var token = Tokens.Of(await Host.Machine()).Access;
        var client = Host.Anonymous();
        Assert.Contains((await client.Get("/api/v1/me?access_token=" + token)).Status, new[] { 400, 401 });
        (await client.Get("/api/v1/me", ("Cookie", "access_token=" + token))).Expect(401);
        (await client.Get("/api/v1/me", ("Authorization", "Basic " + token))).Expect(401);
        Assert.Contains((await client.Get("/connect/userinfo?access_token=" + token)).Status, new[] { 400, 401 });
        Assert.Contains(
            (await client.Call(HttpMethod.Post, "/connect/userinfo?access_token=" + token, Browser.Form())).Status,
            new[] { 400, 401 }
        );
    }

    [Fact]
    public async Task A_session_cookie_does_not_open_the_api()
    {
        using var browser = new Browser(Host);
        (await browser.SignIn("admin")).Expect(303);
        (await browser.Open("/api/v1/me")).Expect(401);
    }

    [Fact]
    public async Task A_disabled_user_is_out_with_every_token_and_session()
    {
        var user = await Host.NewUser();
        using var browser = new Browser(Host);
        var tokens = Tokens.Of(await Host.Redeem((await browser.Authorize(Demo.AuthorizeAddress(), user.UserName!))["code"]));
        (await Host.Calls(tokens.Access)).Expect(200);

        await Host.Sql("UPDATE identity.users SET disabled = true WHERE id = $1", user.Id);

        await Demo.Until(401, () => Host.Calls(tokens.Access));
        Assert.StartsWith("/sign-in", (await browser.Open(Demo.AuthorizeAddress())).Expect(302).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_assignment_ends_with_its_last_day_at_the_centre()
    {
        // 23:55 at the centre on the last day: 16:55 UTC.
        Host.Clock.Now = new(2026, 11, 23, 23, 55, 0, TimeSpan.FromHours(7));
        var user = await Host.NewUser(endsOn: new DateOnly(2026, 11, 23));
        var tokens = await Host.SignsIn(user.UserName!);
        Assert.Equal(
            ["identity.audit", "identity.manage-clients", "identity.manage-roles", "identity.manage-users", "identity.read"],
            await Permissions(tokens)
        );

        Host.Clock.Advance(TimeSpan.FromMinutes(6));

        Assert.Empty(await Permissions(tokens));
        var me = (await Host.Calls(tokens.Access)).Expect(200).Json;
        Assert.Equal("own", me.GetProperty("dataScope").GetString());
    }

    [Fact]
    public async Task A_role_taken_away_is_gone_from_the_tokens_in_use()
    {
        var user = await Host.NewUser();
        var tokens = await Host.SignsIn(user.UserName!);
        Assert.NotEmpty(await Permissions(tokens));

        await Host.Sql("DELETE FROM identity.user_roles WHERE user_id = $1", user.Id);

        for (var n = 0; n < 400 && (await Permissions(tokens)).Count > 0; n++)
            await Task.Delay(10, TestContext.Current.CancellationToken);
        Assert.Empty(await Permissions(tokens));
    }

    [Theory]
    [InlineData("admin", "province")]
    [InlineData("officer", "centre:dak-lak")]
    [InlineData("officer2", "centre:66-22015")]
    [InlineData("caseofficer", "agency:H15.09")]
    [InlineData("citizen", "own")]
    public async Task A_person_sees_the_data_of_his_assignment(string user, string scope) =>
        Assert.Equal(scope, (await Host.Calls((await Host.SignsIn(user)).Access)).Expect(200).Json.GetProperty("dataScope").GetString());

    [Fact]
    public async Task The_permissions_of_the_product_are_listed_in_both_languages_to_whoever_has_a_token()
    {
        var token = Tokens.Of(await Host.Machine()).Access;
        var list = (await Host.Calls(token, "/api/v1/permissions")).Expect(200).Json.EnumerateArray().ToList();
        Assert.Equal(
            ["identity.read", "identity.manage-users", "identity.manage-roles", "identity.manage-clients", "identity.audit"],
            list.Where(p => p.GetProperty("module").GetString() == "identity").Select(p => p.GetProperty("name").GetString())
        );
        Assert.Contains(list, p => p.GetProperty("name").GetString() == "dossiers.read");
        Assert.All(list.Take(5), p => Assert.NotEqual(p.GetProperty("vietnamese").GetString(), p.GetProperty("english").GetString()));
        (await Host.Anonymous().Get("/api/v1/permissions")).Expect(401, "unauthenticated");
        (await Host.Anonymous().Get("/api/v1/me")).Expect(401, "unauthenticated");
    }

    [Fact]
    public async Task Introspection_tells_the_state_of_a_token_to_its_audience_alone()
    {
        var token = Tokens.Of(await Host.Machine()).Access;
        Assert.True((await Host.Introspect(token)).Expect(200).Json.GetProperty("active").GetBoolean());
        var unnamed = await Host.Anonymous().Call(HttpMethod.Post, "/connect/introspect", Browser.Form(("token", token)));
        Assert.True(unnamed.Status is 400 or 401, unnamed.ToString());
        var publicClient = await Host.Anonymous()
            .Call(HttpMethod.Post, "/connect/introspect", Browser.Form(("client_id", "demo-spa"), ("token", token)));
        Assert.True(publicClient.Status is 400 or 401, publicClient.ToString());

        Assert.False((await Host.Introspect("nonsense")).Expect(200).Json.GetProperty("active").GetBoolean());
        (
            await Host.Anonymous()
                .Call(
                    HttpMethod.Post,
                    "/connect/revoke",
                    Browser.Form(("client_id", "demo-machine"), ("client_secret", "demo-machine-secret"), ("token", token))
                )
        ).Expect(200);
        Assert.False((await Host.Introspect(token)).Expect(200).Json.GetProperty("active").GetBoolean());
    }

    [Fact]
    public async Task User_info_tells_who_the_token_stands_for_as_far_as_the_scope_goes()
    {
        var tokens = await Host.SignsIn("director");
        var full = (await Host.Calls(tokens.Access, "/connect/userinfo")).Expect(200).Json;
        Assert.Equal(Demo.Payload(tokens.Id!).GetProperty("sub").GetString(), full.GetProperty("sub").GetString());
        Assert.Equal("director", full.GetProperty("preferred_username").GetString());

        using var browser = new Browser(Host);
        var back = await browser.Authorize(Demo.AuthorizeAddress(("scope", "openid")), "director");
        var bare = (await Host.Calls(Tokens.Of(await Host.Redeem(back["code"])).Access, "/connect/userinfo")).Expect(200).Json;
        Assert.Equal(["sub"], bare.EnumerateObject().Select(p => p.Name));

        (await Host.Anonymous().Get("/connect/userinfo")).Expect(401);
        (await Host.Calls("nonsense", "/connect/userinfo")).Expect(401);
    }

    private async Task<List<string?>> Permissions(Tokens tokens) =>
        [.. (await Host.Calls(tokens.Access)).Expect(200).Json.GetProperty("permissions").EnumerateArray().Select(p => p.GetString())];

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
