using Pac.Testing;

namespace Pac.Identity.Tests;

/// <summary>A refresh token is good once; whoever comes second ends the line (RFC 9700, 4.14.2).</summary>
public sealed class RefreshTests(IdentityHost fixture) : ModuleTests(fixture)
{
    [Fact]
    public async Task Each_refresh_gives_a_new_token_and_the_session_goes_on()
    {
        var first = await Host.SignsIn("director");
        var second = Tokens.Of(await Host.Refresh(first.Refresh!));
        var third = Tokens.Of(await Host.Refresh(second.Refresh!));

        Assert.Equal(3, new[] { first.Refresh, second.Refresh, third.Refresh }.Distinct().Count());
        (await Host.Calls(third.Access)).Expect(200);
        Assert.Equal("Giám đốc Trung tâm", Demo.Payload(third.Access).GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_used_token_that_comes_again_ends_the_whole_line()
    {
        var first = await Host.SignsIn("director");
        var second = Tokens.Of(await Host.Refresh(first.Refresh!));

        Refused(await Host.Refresh(first.Refresh!));

        Refused(await Host.Refresh(second.Refresh!));
        await Demo.Until(401, () => Host.Calls(second.Access));
        await Demo.Until(401, () => Host.Calls(first.Access));
    }

    [Fact]
    public async Task Ten_at_once_with_one_token_make_at_most_one_new_line_on_two_hosts()
    {
        await using var other = await Host.Sibling();
        var first = await Host.SignsIn("director");

        var replies = await Task.WhenAll(Enumerable.Range(0, 10).Select(n => (n % 2 == 0 ? Host : other).Refresh(first.Refresh!)));

        Assert.InRange(replies.Count(r => r.Status == 200), 0, 1);
        foreach (var reply in replies.Where(r => r.Status != 200))
            Refused(reply);
        Refused(await Host.Refresh(first.Refresh!));
        foreach (var winner in replies.Where(r => r.Status == 200).Select(Tokens.Of))
            Refused(await Host.Refresh(winner.Refresh!));
    }

    [Fact]
    public async Task What_was_made_while_its_line_was_being_revoked_ends_with_the_line()
    {
        var first = await Host.SignsIn("director");
        var second = Tokens.Of((await Host.Refresh(first.Refresh!)).Expect(200));
        (await Host.Calls(second.Access)).Expect(200);
        // The revocation of the line saw the first token and not yet the second.
        Assert.Equal(
            1,
            await Host.Sql("UPDATE identity.tokens SET status = 'revoked' WHERE type LIKE '%refresh_token' AND status = 'redeemed'")
        );

        Refused(await Host.Refresh(second.Refresh!));
        using var later = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while ((await Host.Calls(second.Access)).Status != 401)
            await Task.Delay(50, later.Token);
    }

    [Fact]
    public async Task A_refresh_may_narrow_the_scope_and_never_widen_it()
    {
        var first = await Host.SignsIn("director");
        var narrow = await Host.Refresh(first.Refresh!, scope: "openid");
        Assert.DoesNotContain(
            "identity",
            Demo.Payload(Tokens.Of(narrow).Access).GetProperty("scope").GetString(),
            StringComparison.Ordinal
        );

        var second = await Host.SignsIn("director");
        var wide = (await Host.Refresh(second.Refresh!, scope: "openid dossiers")).Expect(400);
        Assert.Contains(wide.Json.GetProperty("error").GetString(), new[] { "invalid_scope", "invalid_grant" });
    }

    [Fact]
    public async Task Another_client_another_kind_of_token_and_an_old_token_are_refused()
    {
        var tokens = await Host.SignsIn("director");
        Refused(await Host.Refresh(tokens.Refresh!, client: "demo-kiosk"));
        Refused(await Host.Refresh(tokens.Access));
        Refused(await Host.Refresh(tokens.Id!));
        Refused(await Host.Refresh("nonsense"));
        Host.Clock.Advance(TimeSpan.FromHours(13));
        Refused(await Host.Refresh(tokens.Refresh!));
    }

    [Fact]
    public async Task A_disabled_user_gets_no_new_token()
    {
        var user = await Host.NewUser();
        var tokens = await Host.SignsIn(user.UserName!);
        await Host.Sql("UPDATE identity.users SET disabled = true WHERE id = $1", user.Id);
        Refused(await Host.Refresh(tokens.Refresh!));
    }

    [Fact]
    public async Task Without_offline_access_there_is_no_refresh_token()
    {
        using var browser = new Browser(Host);
        var back = await browser.Authorize(Demo.AuthorizeAddress(("scope", "openid")), "director");
        Assert.Null(Tokens.Of(await Host.Redeem(back["code"])).Refresh);
    }

    private static void Refused(Reply reply) => Assert.Equal("invalid_grant", reply.Expect(400).Json.GetProperty("error").GetString());
}
