using Pac.Testing;

namespace Pac.Identity.Tests;

/// <summary>Whoever signs out is out, and nobody is signed out by a foreign page.</summary>
public sealed class SignOutTests(IdentityHost fixture) : ModuleTests(fixture)
{
    private const string Home = "http://localhost:5173/";

    [Fact]
    public async Task A_person_signs_out_on_the_page()
    {
        using var browser = await SignedIn();
        var page = (await browser.Open("/sign-out")).Expect(200);
        Assert.True(await IsSignedIn(browser));

        Assert.Equal("/sign-out?done=1", (await browser.Submit(page)).Expect(303).Location);

        Assert.False(await IsSignedIn(browser));
        Assert.Contains("You are signed out", (await browser.Open("/sign-out?done=1")).Expect(200).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_the_page_did_not_give_signs_nobody_out()
    {
        using var browser = await SignedIn();
        await browser.Send("/sign-out");
        Assert.True(await IsSignedIn(browser));
    }

    [Fact]
    public async Task The_application_signs_its_user_out_with_the_identity_token_and_gets_him_back()
    {
        using var browser = await SignedIn();
        var id = await IdToken(browser);

        var reply = await browser.Open(EndSession(("id_token_hint", id), ("post_logout_redirect_uri", Home), ("state", "bye")));

        Assert.Equal(Home + "?state=bye", reply.Expect(302).Location);
        Assert.False(await IsSignedIn(browser));
    }

    [Fact]
    public async Task Without_the_identity_token_the_person_is_asked_first()
    {
        using var browser = await SignedIn();
        foreach (
            var address in new[]
            {
                EndSession(),
                EndSession(("client_id", "demo-spa")),
                EndSession(("client_id", "demo-spa"), ("post_logout_redirect_uri", Home), ("state", "bye")),
            }
        )
        {
            Assert.StartsWith("/sign-out?returnUrl=", (await browser.Open(address)).Expect(302).Location, StringComparison.Ordinal);
            Assert.True(await IsSignedIn(browser), address);
        }
    }

    [Fact]
    public async Task Whoever_was_asked_and_agrees_gets_back_to_the_application()
    {
        using var browser = await SignedIn();
        var asked = await browser.Open(EndSession(("client_id", "demo-spa"), ("post_logout_redirect_uri", Home), ("state", "bye")));
        var agreed = await browser.Submit(await browser.Open(asked.Expect(302).Location));

        var back = (await browser.Open(agreed.Expect(303).Location)).Expect(302);

        Assert.Equal(Home + "?state=bye", back.Location);
        Assert.False(await IsSignedIn(browser));
    }

    [Fact]
    public async Task The_identity_token_of_somebody_else_signs_nobody_out()
    {
        using var attacker = await SignedIn("officer");
        var foreign = await IdToken(attacker, "officer");
        using var browser = await SignedIn();

        var reply = await browser.Open(EndSession(("id_token_hint", foreign), ("post_logout_redirect_uri", Home)));

        Assert.StartsWith("/sign-out?returnUrl=", reply.Expect(302).Location, StringComparison.Ordinal);
        Assert.True(await IsSignedIn(browser));
    }

    [Theory]
    [InlineData("http://evil.example/")]
    [InlineData("http://localhost:5173/elsewhere")]
    [InlineData("//evil.example")]
    public async Task An_address_that_is_not_registered_is_not_followed_after_signing_out(string address)
    {
        using var browser = await SignedIn();
        var id = await IdToken(browser);
        var reply = await browser.Open(EndSession(("id_token_hint", id), ("post_logout_redirect_uri", address)));
        reply.Expect(400);
        Assert.True(await IsSignedIn(browser));
    }

    private async Task<Browser> SignedIn(string user = "director")
    {
        var browser = new Browser(Host);
        (await browser.SignIn(user)).Expect(303);
        return browser;
    }

    private async Task<string> IdToken(Browser browser, string user = "director") =>
        Tokens.Of(await Host.Redeem((await browser.Authorize(Demo.AuthorizeAddress(), user))["code"])).Id!;

    private static async Task<bool> IsSignedIn(Browser browser) =>
        (await browser.Open(Demo.AuthorizeAddress(("prompt", "none")))).Expect(302).Location.Contains("code=", StringComparison.Ordinal);

    private static string EndSession(params (string Name, string Value)[] parameters) =>
        "/connect/endsession?" + string.Join('&', parameters.Select(p => p.Name + "=" + Uri.EscapeDataString(p.Value)));
}
