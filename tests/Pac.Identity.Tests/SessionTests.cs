using Pac.Testing;

namespace Pac.Identity.Tests;

/// <summary>Sessions are rows: seen by their owner, ended by him, and with them what came from them.</summary>
public sealed class SessionTests(IdentityHost fixture) : ModuleTests(fixture)
{
    [Fact]
    public async Task Ending_a_session_ends_its_cookie_and_its_tokens_on_every_host()
    {
        await using var sibling = await Host.Sibling();
        using var person = await (await Person.New(Host)).SignIn();
        using var lost = new Browser(Host);
        var tokens = Tokens.Of(await Host.Redeem((await lost.Authorize(Demo.AuthorizeAddress(), person.User.UserName!))["code"]));
        (await Host.Calls(tokens.Access)).Expect(200);
        (await sibling.Calls(tokens.Access)).Expect(200);

        var page = await person.Browser.Open("/account/sessions");
        (await person.Browser.SubmitTo(page, "/account/sessions/end")).Expect(303);

        Assert.StartsWith("/sign-in", (await lost.Open("/account")).Expect(303).Location, StringComparison.Ordinal);
        (await Host.Calls(tokens.Access)).Expect(401);
        await Demo.Until(401, () => sibling.Calls(tokens.Access));
        (await Host.Refresh(tokens.Refresh!)).Expect(400);
        Assert.True(await person.IsIn());
        Assert.Equal(1L, await Host.Scalar<long>("SELECT count(*) FROM identity.audit WHERE act = 'session-end'"));
    }

    [Fact]
    public async Task All_other_sessions_can_be_ended_at_once_and_nobody_ends_those_of_somebody_else()
    {
        using var person = await (await Person.New(Host)).SignIn();
        using var second = new Browser(Host);
        await second.SignIn(person.User.UserName!);
        using var stranger = await (await Person.New(Host)).SignIn();
        var foreign = await Host.Scalar<Guid>("SELECT id FROM identity.sessions WHERE user_id = $1", stranger.User.Id);
        var page = await person.Browser.Open("/account/sessions");

        (await person.Browser.SubmitTo(page, "/account/sessions/end", ("id", foreign.ToString()))).Expect(303);
        Assert.True(await stranger.IsIn());
        (await person.Browser.SubmitTo(page, "/account/sessions/end-others")).Expect(303);
        Assert.True(await stranger.IsIn());
        Assert.True(await person.IsIn());
        (await second.Open("/account")).Expect(303);
    }

    [Fact]
    public async Task A_new_sign_in_makes_a_new_session_and_ends_the_one_before()
    {
        using var person = await (await Person.New(Host)).SignIn();
        var first = person.Browser.Cookies["pac-session"]!.Value;
        await person.SignIn();
        using var handler = new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false };
        using var old = new HttpClient(handler) { BaseAddress = Host.Address };
        (await old.Get("/account", ("Cookie", "pac-session=" + first))).Expect(303);
        (await old.Get("/account", ("Cookie", "pac-session=" + person.Browser.Cookies["pac-session"]!.Value))).Expect(200);
        Assert.Equal("replaced", await Host.Scalar<string>("SELECT end_reason FROM identity.sessions WHERE ended_at IS NOT NULL"));
    }

    [Fact]
    public async Task A_session_ends_when_it_is_not_used_and_in_any_case_after_its_time()
    {
        using var idle = await (await Person.New(Host)).SignIn();
        Host.Clock.Advance(TimeSpan.FromMinutes(119));
        Assert.True(await idle.IsIn());
        Host.Clock.Advance(TimeSpan.FromMinutes(119));
        Assert.True(await idle.IsIn());
        Host.Clock.Advance(TimeSpan.FromMinutes(121));
        Assert.False(await idle.IsIn());

        await idle.SignIn();
        for (var n = 0; n < 6; n++)
        {
            Host.Clock.Advance(TimeSpan.FromMinutes(99));
            Assert.True(await idle.IsIn());
        }
        Host.Clock.Advance(TimeSpan.FromMinutes(7));
        Assert.False(await idle.IsIn());
    }

    [Fact]
    public async Task Use_is_written_at_most_once_a_minute()
    {
        using var person = await (await Person.New(Host)).SignIn();
        var began = await Seen(person);
        Host.Clock.Advance(TimeSpan.FromSeconds(50));
        await person.IsIn();
        Assert.Equal(began, await Seen(person));
        Host.Clock.Advance(TimeSpan.FromSeconds(20));
        await person.IsIn();
        Assert.NotEqual(began, await Seen(person));
    }

    [Fact]
    public async Task A_disabled_user_and_a_changed_stamp_end_the_session_at_once()
    {
        using var disabled = await (await Person.New(Host)).SignIn();
        await Host.Sql("UPDATE identity.users SET disabled = true WHERE id = $1", disabled.User.Id);
        Assert.False(await disabled.IsIn());
        using var changed = await (await Person.New(Host)).SignIn();
        await Host.Sql("UPDATE identity.users SET security_stamp = 'other' WHERE id = $1", changed.User.Id);
        Assert.False(await changed.IsIn());
    }

    [Fact]
    public async Task Signing_out_ends_the_session_itself()
    {
        using var person = await (await Person.New(Host)).SignIn();
        var cookie = person.Browser.Cookies["pac-session"]!.Value;
        (await person.Browser.Submit(await person.Browser.Open("/sign-out"))).Expect(303);
        using var handler = new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false };
        using var kept = new HttpClient(handler) { BaseAddress = Host.Address };
        (await kept.Get("/account", ("Cookie", "pac-session=" + cookie))).Expect(303);
    }

    [Fact]
    public async Task Outside_the_sandbox_cookies_are_bound_to_this_host_and_to_https()
    {
        await using var host = await ModuleHost.Start(new IdentityModule(), o => o.Settings["Identity:AllowHttp"] = "true");
        var page = (await host.Anonymous().Get("/sign-in")).Expect(200);
        var cookie = Assert.Single(page.Headers["Set-Cookie"]);
        Assert.StartsWith("__Host-pac-form=", cookie, StringComparison.Ordinal);
        Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase);
    }

    private Task<DateTime> Seen(Person person) =>
        Host.Scalar<DateTime>("SELECT seen_at FROM identity.sessions WHERE user_id = $1", person.User.Id);
}
