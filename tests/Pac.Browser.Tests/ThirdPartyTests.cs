using System.Globalization;
using Microsoft.Playwright;
using Pac.Host.Tests;
using static Microsoft.Playwright.Assertions;

namespace Pac.Browser.Tests;

/// <summary>The sample of a third party's front end works as its README says, by its own check and in a browser.</summary>
public sealed class ThirdPartyTests(Stage stage) : BrowserTests(stage)
{
    [Fact]
    public async Task Its_own_check_goes_through_the_whole_site()
    {
        await (await Host.Machine()).Receives(new { name = "Người nộp" });
        await using var site = await ThirdPartySite.Start(Stage);
        var port = site.Address.Port.ToString(CultureInfo.InvariantCulture);
        var said = await Stage.Npm.Run("node_modules/.third-party-front-end/check.js", ("PORT", port));
        Assert.Contains(said, l => l.Contains("the next sign-in asks for the password again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task In_a_browser_a_person_signs_in_follows_a_dossier_and_signs_out()
    {
        var code = (await (await Host.Machine()).Receives(new { name = "Người nộp" })).Expect(201).Json.GetProperty("code").GetString()!;
        await using var site = await ThirdPartySite.Start(Stage);
        var page = await NewPage();
        await page.GotoAsync(site.Address.ToString());
        await Check.Page(page, "third-party-welcome");
        await page.GetByRole(AriaRole.Link, new() { Name = "Đăng nhập qua PAC" }).ClickAsync();
        await page.Locator("#username").FillAsync("officer");
        await page.Locator("#password").FillAsync(Testing.Browser.DemoPassword);
        await page.Locator("main form button:not([type])").First.ClickAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("Xin chào Cán bộ tiếp nhận");
        await Check.Page(page, "third-party-home");

        await page.GetByRole(AriaRole.Button, new() { Name = "Gia hạn phiên" }).ClickAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("đã gia hạn 1 lần");
        await page.GetByLabel("Mã hồ sơ").First.FillAsync(code);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("dl")).ToContainTextAsync(code);
        await Check.Page(page, "third-party");

        await page.GotoAsync(site.Address.ToString());
        await page.GetByRole(AriaRole.Button, new() { Name = "Đăng xuất" }).ClickAsync();
        if (new Uri(page.Url).Port != site.Address.Port)
            await page.Locator("main form button:not([type])").First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Đăng nhập qua PAC" })).ToBeVisibleAsync();
    }
}
