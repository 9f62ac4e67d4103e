using Pac.Testing;

namespace Pac.Identity.Tests;

/// <summary>A host with another provider beside it, which all tests of the class share.</summary>
public sealed class WithProvider : IAsyncLifetime
{
    private Provider? _provider;
    private ModuleHost? _host;

    internal Provider Provider => _provider!;

    internal ModuleHost Host => _host!;

    public async ValueTask InitializeAsync()
    {
        _provider = await Provider.Start();
        _host = await ModuleHost.Start(
            new IdentityModule(),
            o =>
            {
                o.Sandbox = true;
                Elsewhere.Is(o);
                o.Settings["Pac:MailFolder"] = Directory.CreateTempSubdirectory("pac-mail-").FullName;
                foreach (
                    var (n, name, authority, create) in new[]
                    {
                        (0, "vneid", _provider.Address, "true"),
                        (1, "office", _provider.Address, "false"),
                        (2, "away", "http://127.0.0.1:1", "true"),
                    }
                )
                {
                    o.Settings[$"Identity:External:{n}:Name"] = name;
                    o.Settings[$"Identity:External:{n}:DisplayName"] = "VNeID " + n;
                    o.Settings[$"Identity:External:{n}:Authority"] = authority;
                    o.Settings[$"Identity:External:{n}:ClientId"] = "pac";
                    o.Settings[$"Identity:External:{n}:ClientSecret"] = "pac-at-vneid";
                    o.Settings[$"Identity:External:{n}:AllowHttp"] = "true";
                    o.Settings[$"Identity:External:{n}:CreateCitizens"] = create;
                }
            }
        );
        // The library that reads the provider's tokens looks at the wall clock.
        _host.Clock.Now = TimeProvider.System.GetUtcNow();
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
            await _host.DisposeAsync();
        if (_provider is not null)
            await _provider.DisposeAsync();
    }
}

/// <summary>Sign-in with another provider, VNeID being the example: by configuration alone.</summary>
public sealed class ExternalSignInTests(WithProvider both) : IClassFixture<WithProvider>
{
    private ModuleHost Host => both.Host;

    [Fact]
    public async Task A_citizen_who_comes_for_the_first_time_becomes_a_user_and_is_the_same_the_next_time()
    {
        Speaks("");
        using var first = new Browser(Host);
        Assert.Equal("/account", (await Through(first, "vneid")).Expect(303).Location);
        var id = await Host.Scalar<Guid>("SELECT user_id FROM identity.user_logins WHERE provider_key = $1", both.Provider.Subject);
        Assert.Contains("Lê Văn Công Dân", Person.Words((await first.Open("/account")).Expect(200)), StringComparison.Ordinal);
        Assert.Equal(
            "Citizen own",
            await Host.Scalar<string>(
                "SELECT r.name || ' ' || a.scope FROM identity.user_roles a JOIN identity.roles r ON r.id = a.role_id WHERE a.user_id = $1",
                id
            )
        );
        using var second = new Browser(Host);
        (await Through(second, "vneid")).Expect(303);
        Assert.Equal(2, await Host.Scalar<long>("SELECT count(*) FROM identity.sessions WHERE user_id = $1 AND amr = 'fed'", id));

        // An administrator finds him by his name.
        var desk = await Desk.Of(Host);
        var found = (await desk.Client.Get("/api/v1/users?search=le%20van%20cong")).Expect(200).Json.GetProperty("items");
        Assert.Equal(id, found[0].GetProperty("id").GetGuid());

        (await desk.Acts(id, "disable")).Expect(200);
        using var third = new Browser(Host);
        (await Through(third, "vneid")).Expect(403);
        Assert.NotEqual(200, (await third.Open("/account")).Status);
    }

    [Fact]
    public async Task An_unknown_person_is_refused_where_the_provider_makes_no_users()
    {
        Speaks("");
        var before = await Host.Scalar<long>("SELECT count(*) FROM identity.users");
        using var browser = new Browser(Host);
        (await Through(browser, "office")).Expect(403);
        Assert.NotEqual(200, (await browser.Open("/account")).Status);
        Assert.Equal(before, await Host.Scalar<long>("SELECT count(*) FROM identity.users"));
        Assert.True(await Failures("external") > 0);
    }

    [Fact]
    public async Task Who_is_signed_in_links_his_account_signs_in_with_it_and_takes_the_link_away()
    {
        Speaks("");
        var address = $"{Guid.CreateVersion7():N}@pac.example";
        using var person = await Person.New(Host, address);
        await person.SignIn();
        var account = (await person.Browser.Open("/account")).Expect(200);
        Assert.Equal(
            "/account?done=1",
            (await Follow(person.Browser, await Press(person.Browser, account, "office"))).Expect(303).Location
        );
        Assert.Contains(await Host.Letters(address), l => l.TextBody!.Contains("linked account", StringComparison.Ordinal));

        using var elsewhere = new Browser(Host);
        (await Through(elsewhere, "office")).Expect(303);
        Assert.Contains(person.User.UserName!, (await elsewhere.Open("/account")).Expect(200).Text, StringComparison.Ordinal);

        // The same account there belongs to nobody else here.
        using var other = await Person.New(Host);
        await other.SignIn();
        (await Follow(other.Browser, await Press(other.Browser, (await other.Browser.Open("/account")).Expect(200), "office"))).Expect(403);

        account = (await person.Browser.Open("/account")).Expect(200);
        (await person.Browser.SubmitTo(account, "/account/logins/remove")).Expect(303);
        using var after = new Browser(Host);
        (await Through(after, "office")).Expect(403);
    }

    [Fact]
    public async Task A_link_is_made_for_the_one_who_set_out_and_for_nobody_else_in_his_browser()
    {
        Speaks("");
        both.Provider.Subject = "set-out";
        using var one = await Person.New(Host);
        using var two = await Person.New(Host);
        await one.SignIn();
        var leaving = await Press(one.Browser, (await one.Browser.Open("/account")).Expect(200), "office");
        (await one.Browser.SignIn(two.User.UserName!)).Expect(303);
        Assert.Equal("/sign-in", (await Follow(one.Browser, leaving)).Expect(303).Location);
        Assert.Equal(0, await Host.Scalar<long>("SELECT count(*) FROM identity.user_logins WHERE provider_key = 'set-out'"));
    }

    [Theory]
    [InlineData("iss")]
    [InlineData("aud")]
    [InlineData("nonce")]
    [InlineData("signature")]
    [InlineData("expired")]
    [InlineData("state")]
    [InlineData("denied")]
    [InlineData("no-token")]
    public async Task What_the_provider_says_wrongly_signs_nobody_in_and_is_in_the_trail(string lie)
    {
        Speaks(lie);
        var before = await Failures("external");
        using var browser = new Browser(Host);
        var reply = await Through(browser, "vneid");
        Assert.Equal("/sign-in?external=failed", reply.Location);
        Assert.Contains("Signing in with the provider did not work", (await browser.Open(reply.Location)).Text, StringComparison.Ordinal);
        Assert.NotEqual(200, (await browser.Open("/account")).Status);
        Assert.Equal(before + 1, await Failures("external"));
        Speaks("");
    }

    [Fact]
    public async Task An_answer_that_another_browser_asked_for_signs_nobody_in()
    {
        Speaks("");
        using var attacker = new Browser(Host);
        var answer = (await attacker.Open((await Leave(attacker, "vneid")).Expect(302).Location)).Expect(302).Location;
        using var victim = new Browser(Host);
        Assert.Equal("/sign-in?external=failed", (await victim.Open(answer)).Expect(302).Location);
        Assert.NotEqual(200, (await victim.Open("/account")).Status);
    }

    [Fact]
    public async Task A_provider_that_is_away_is_said_on_the_page_and_breaks_nothing()
    {
        using var browser = new Browser(Host);
        Assert.Equal("/sign-in?external=failed", (await Leave(browser, "away")).Expect(303).Location);
        using var person = await Person.New(Host);
        await person.SignIn();
        var reply = await Press(person.Browser, (await person.Browser.Open("/account")).Expect(200), "away");
        Assert.Equal("/account", reply.Expect(303).Location.Split('?')[0]);
    }

    [Fact]
    public async Task A_second_factor_is_asked_for_here_whoever_the_provider_is()
    {
        Speaks("");
        both.Provider.Subject = "with-app";
        using var person = await Person.New(Host);
        await person.SignIn();
        await Follow(person.Browser, await Press(person.Browser, (await person.Browser.Open("/account")).Expect(200), "office"));
        await person.AddApp();
        using var elsewhere = new Browser(Host);
        Assert.StartsWith("/sign-in/second-factor", (await Through(elsewhere, "office")).Expect(303).Location, StringComparison.Ordinal);
        Assert.NotEqual(200, (await elsewhere.Open("/account")).Status);
    }

    private void Speaks(string lie) => (both.Provider.Lie, both.Provider.Subject) = (lie, "079300001234");

    private Task<long> Failures(string reason) =>
        Host.Scalar<long>("SELECT count(*) FROM identity.audit WHERE act = 'sign-in-failed' AND changes -> 'reason' ->> 1 = $1", reason);

    private static async Task<Reply> Leave(Browser browser, string provider) =>
        await browser.SubmitTo((await browser.Open("/sign-in")).Expect(200), "/sign-in/external/" + provider);

    private static async Task<Reply> Through(Browser browser, string provider) => await Follow(browser, await Leave(browser, provider));

    // To the provider, back with its answer, and on to what comes of it.
    private static async Task<Reply> Follow(Browser browser, Reply leaving)
    {
        var there = (await browser.Open(leaving.Expect(302).Location)).Expect(302);
        var back = (await browser.Open(there.Location)).Expect(302);
        return back.Location.EndsWith("failed", StringComparison.Ordinal) ? back : await browser.Open(back.Location);
    }

    private static Task<Reply> Press(Browser browser, Reply account, string provider) =>
        browser.SubmitTo(account, "/account/logins", ("provider", provider));
}
