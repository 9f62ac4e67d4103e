using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Pac.Browser.Tests;

/// <summary>The pages with which people look after their own account, from the invitation on.</summary>
public sealed class AccountTests(Stage stage) : BrowserTests(stage)
{
    [Theory]
    [InlineData("vi")]
    [InlineData("en")]
    public async Task From_the_invitation_to_a_new_address_and_a_forgotten_password_by_the_letters(string language)
    {
        var (name, address) = await Stage.Invited();
        var page = await NewPage(language);
        var invitation = await Stage.Link(address);
        await page.GotoAsync(invitation);
        await Check.Page(page);
        await page.Locator("#new").FillAsync("short");
        await page.Locator("#again").FillAsync("short");
        await Press(page);
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Check.Page(page, "refused");
        await Sets(page, People.Password);
        await page.WaitForURLAsync("**/sign-in?changed=1");
        await Check.Page(page, "changed");
        await page.GotoAsync(invitation);
        await Check.Page(page, "over");

        await SignIn(page, name, "/account", People.Password);
        await Check.Page(page);
        await page.GotoAsync("/account/password");
        await Check.Page(page);
        await page.Locator("#old").FillAsync(People.Password);
        await Sets(page, "một mật khẩu hoàn toàn mới");
        await page.WaitForURLAsync("**/account/password?done=1");
        await Check.Page(page, "done");

        var other = "new-" + address;
        await page.GotoAsync("/account/email");
        await Check.Page(page);
        await page.Locator("#email").FillAsync(other);
        await Press(page);
        await Expect(page.Locator("main")).ToContainTextAsync(other);
        await page.GotoAsync(await Stage.Link(other, "/confirm-email"));
        await Check.Page(page);
        await Press(page);
        await page.WaitForURLAsync("**/confirm-email?done=1");
        await Check.Page(page, "done");
        await page.GotoAsync("/account");
        await Expect(page.Locator("dl")).ToContainTextAsync(other);

        await page.Context.ClearCookiesAsync();
        await page.GotoAsync("/forgot-password");
        await Check.Page(page);
        await page.Locator("#name").FillAsync(other);
        await Press(page);
        await page.WaitForURLAsync("**/forgot-password?sent=1");
        await Check.Page(page, "sent");
        await page.GotoAsync(await Stage.Link(other, "/reset-password"));
        await Check.Page(page);
        await Sets(page, People.Password + " lần hai");
        await page.WaitForURLAsync("**/sign-in?changed=1");
        await SignIn(page, name, "/account", People.Password + " lần hai");
        await Expect(page.Locator("dl")).ToContainTextAsync(name);
    }

    [Theory]
    [InlineData("vi")]
    [InlineData("en")]
    public async Task An_app_recovery_codes_a_spared_device_and_other_sessions(string language)
    {
        var (name, password) = await Stage.NewPerson();
        var page = await NewPage(language);
        await SignIn(page, name, "/account/second-factor", password);
        await Check.Page(page, "off");
        var key = await page.Locator(".key").InnerTextAsync();
        await page.Locator("#code").FillAsync("000000");
        await Press(page);
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await page.Locator("#code").FillAsync(People.Code(key, Now));
        await Press(page);
        await Expect(page.Locator("ol.codes li")).ToHaveCountAsync(10);
        var codes = await page.Locator("ol.codes li").AllInnerTextsAsync();
        await Check.Page(page, "codes");
        await page.GotoAsync("/account/second-factor");
        await Check.Page(page, "on");

        // Another browser: asked for a code, and by the next code it is spared from then on.
        var second = await NewPage(language);
        await Halfway(second, name, password);
        await Check.Page(second);
        await second.Locator("#trust").CheckAsync();
        await second.Locator("#code").FillAsync(People.Code(key, Now.AddSeconds(30)));
        await Press(second);
        await second.WaitForURLAsync("**/account");
        await SignOut(second);
        await SignIn(second, name, "/account/sessions", password);
        await Check.Page(second);
        await Expect(second.Locator(".row")).ToHaveCountAsync(3);

        // A third one with a recovery code, once.
        var third = await NewPage(language);
        await Halfway(third, name, password);
        await third.Locator("ul.ways a").First.ClickAsync();
        await third.WaitForURLAsync("**/sign-in/recovery**");
        await Check.Page(third);
        await third.Locator("#code").FillAsync(codes[0]);
        await Press(third);
        await third.WaitForURLAsync("**/account");
        var fourth = await NewPage(language);
        await Halfway(fourth, name, password);
        await fourth.Locator("ul.ways a").First.ClickAsync();
        await fourth.Locator("#code").FillAsync(codes[0]);
        await Press(fourth);
        await Expect(fourth.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Check.Page(fourth, "refused");

        // The second ends the sessions of the others, and asks for codes again.
        await second.GotoAsync("/account/sessions");
        await second.Locator("form[action='/account/sessions/end-others'] button").ClickAsync();
        await second.WaitForURLAsync("**/account/sessions?done=1");
        foreach (var ended in new[] { page, third })
        {
            await ended.GotoAsync("/account");
            Assert.StartsWith("/sign-in", new Uri(ended.Url).AbsolutePath, StringComparison.Ordinal);
        }
        await second.Locator("form[action='/account/sessions/forget'] button").ClickAsync();
        await second.WaitForURLAsync("**/account/sessions?done=1");
        await SignOut(second);
        await Halfway(second, name, password);
    }

    [Theory]
    [InlineData("vi")]
    [InlineData("en")]
    public async Task A_passkey_signs_in_without_a_name_and_neither_a_copy_nor_a_removed_one_does(string language)
    {
        var (name, password) = await Stage.NewPerson();
        var page = await NewPage(language);
        var device = await page.Context.NewCDPSessionAsync(page);
        await device.SendAsync("WebAuthn.enable");
        var authenticator = (
            await device.SendAsync(
                "WebAuthn.addVirtualAuthenticator",
                new()
                {
                    ["options"] = new Dictionary<string, object>
                    {
                        ["protocol"] = "ctap2",
                        ["transport"] = "internal",
                        ["hasResidentKey"] = true,
                        ["hasUserVerification"] = true,
                        ["isUserVerified"] = true,
                        ["automaticPresenceSimulation"] = true,
                    },
                }
            )
        )!.Value.GetProperty("authenticatorId").GetString()!;
        await SignIn(page, name, "/account/passkeys", password);
        await Check.Page(page, "none");
        await page.Locator("#name").FillAsync("Máy của tôi");
        await page.Locator("form[data-passkey] button").ClickAsync();
        await page.WaitForURLAsync("**/account/passkeys?done=1");
        await Expect(page.Locator(".row")).ToContainTextAsync("Máy của tôi");
        await Check.Page(page, "one");

        var count = await SignsInByKey(page, authenticator, device);
        Assert.True(await SignsInByKey(page, authenticator, device) > count, "The authenticator does not count.");
        await page.GotoAsync("/account");
        await Expect(page.Locator("dl")).ToContainTextAsync(name);

        // Without finger, face or PIN the key is worth nothing.
        await SignOut(page);
        await device.SendAsync("WebAuthn.setUserVerified", new() { ["authenticatorId"] = authenticator, ["isUserVerified"] = false });
        await page.GotoAsync("/sign-in");
        await page.Locator("form[data-passkey] button").ClickAsync();
        await Expect(page.Locator("[data-failed]")).ToBeVisibleAsync();
        await Check.Page(page, "passkey-failed");
        await device.SendAsync("WebAuthn.setUserVerified", new() { ["authenticatorId"] = authenticator, ["isUserVerified"] = true });

        // A copy of the key has counted less far than the one it was copied from.
        var key = await Credential(device, authenticator);
        await device.SendAsync(
            "WebAuthn.removeCredential",
            new() { ["authenticatorId"] = authenticator, ["credentialId"] = key["credentialId"] }
        );
        await device.SendAsync(
            "WebAuthn.addCredential",
            new()
            {
                ["authenticatorId"] = authenticator,
                ["credential"] = new Dictionary<string, object>(key) { ["signCount"] = 0 },
            }
        );
        await page.GotoAsync("/sign-in");
        await page.Locator("form[data-passkey] button").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        Assert.DoesNotContain(await page.Context.CookiesAsync(), c => c.Name == "pac-session");
        await device.SendAsync(
            "WebAuthn.removeCredential",
            new() { ["authenticatorId"] = authenticator, ["credentialId"] = key["credentialId"] }
        );
        await device.SendAsync("WebAuthn.addCredential", new() { ["authenticatorId"] = authenticator, ["credential"] = key });
        await SignsInByKey(page, authenticator, device);

        await page.GotoAsync("/account/passkeys");
        await page.Locator("form[action='/account/passkeys/remove'] button").ClickAsync();
        await page.WaitForURLAsync("**/account/passkeys?done=1");
        await Expect(page.Locator(".row")).ToHaveCountAsync(0);
        await SignOut(page);
        await page.GotoAsync("/sign-in");
        await page.Locator("form[data-passkey] button").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Check.Page(page, "passkey-refused");
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    // Out, and in again by the key alone; gives how far the key has counted.
    private static async Task<int> SignsInByKey(IPage page, string authenticator, ICDPSession device)
    {
        await page.GotoAsync("/account");
        if (new Uri(page.Url).AbsolutePath == "/account")
            await SignOut(page);
        await page.GotoAsync("/sign-in");
        await page.Locator("form[data-passkey] button").ClickAsync();
        await page.WaitForURLAsync("**/account");
        return ((JsonElement)(await Credential(device, authenticator))["signCount"]).GetInt32();
    }

    private static async Task<Dictionary<string, object>> Credential(ICDPSession device, string authenticator)
    {
        var all = (await device.SendAsync("WebAuthn.getCredentials", new() { ["authenticatorId"] = authenticator }))!.Value;
        return all.GetProperty("credentials")[0].EnumerateObject().ToDictionary(m => m.Name, object (m) => m.Value.Clone());
    }

    private static async Task Halfway(IPage page, string name, string password)
    {
        await page.GotoAsync("/sign-in");
        await page.Locator("#username").FillAsync(name);
        await page.Locator("#password").FillAsync(password);
        await Press(page);
        await page.WaitForURLAsync("**/sign-in/second-factor**");
    }

    private static async Task SignOut(IPage page)
    {
        await page.GotoAsync("/sign-out");
        await Press(page);
        await page.WaitForURLAsync("**/sign-out?done=1");
    }

    private static async Task Sets(IPage page, string password)
    {
        await page.Locator("#new").FillAsync(password);
        await page.Locator("#again").FillAsync(password);
        await Press(page);
    }

    private static Task Press(IPage page) => page.Locator("main form button:not([type])").First.ClickAsync();
}
