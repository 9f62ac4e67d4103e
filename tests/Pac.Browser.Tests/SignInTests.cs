using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Pac.Browser.Tests;

/// <summary>Signing in and out as people do it.</summary>
public sealed partial class SignInTests(Stage stage) : BrowserTests(stage)
{
    [Theory]
    [InlineData("vi", "Tên đăng nhập hoặc mật khẩu không đúng")]
    [InlineData("en", "The user name or password is not right")]
    public async Task With_the_keyboard_alone_a_wrong_password_is_explained_and_the_right_one_signs_in(string language, string failed)
    {
        var page = await NewPage(language);
        await page.GotoAsync("/sign-in?returnUrl=%2Fsign-out");
        await Types(page, "officer", "wrong");

        var summary = page.GetByRole(AriaRole.Alert);
        await Expect(summary).ToContainTextAsync(failed);
        await Expect(page.Locator("#username")).ToHaveValueAsync("officer");
        await Expect(page.Locator("#password")).ToHaveValueAsync("");
        await Check.Page(page, "refused");

        // The summary links to the field, and the link is followed with the keyboard.
        await page.Keyboard.PressAsync("Tab");
        while (!await summary.GetByRole(AriaRole.Link).EvaluateAsync<bool>("e => e === document.activeElement"))
            await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#username")).ToBeFocusedAsync();

        await Types(page, "officer", Testing.Browser.DemoPassword);
        await page.WaitForURLAsync("**/sign-out");
        await Expect(page.Locator("h1")).ToHaveTextAsync(language == "en" ? "Sign out?" : "Đăng xuất?");
    }

    [Fact]
    public Task The_sign_in_page_is_accessible() => ChecksInBothLanguages("/sign-in");

    [Fact]
    public Task The_sign_out_page_is_accessible() => ChecksInBothLanguages("/sign-out", "officer");

    [Fact]
    public Task The_page_after_signing_out_is_accessible() => ChecksInBothLanguages("/sign-out?done=1");

    [Fact]
    public async Task Signing_out_ends_the_session_of_the_browser()
    {
        var page = await NewPage("en");
        await SignIn(page, "director", "/sign-out");
        Assert.Contains(
            await page.Context.CookiesAsync(),
            c => c is { Name: "pac-session", HttpOnly: true, SameSite: SameSiteAttribute.Lax }
        );
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("You are signed out");
        Assert.DoesNotContain(await page.Context.CookiesAsync(), c => c.Name == "pac-session");
    }

    [Fact]
    public async Task The_language_is_changed_on_the_page_and_what_was_asked_for_stays()
    {
        var page = await NewPage();
        await page.GotoAsync("/sign-in?returnUrl=%2Fsign-out");
        await page.GetByRole(AriaRole.Link, new() { Name = "English" }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Sign in");
        Assert.Contains("returnUrl=%2Fsign-out", page.Url, StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Link, new() { Name = "Tiếng Việt" }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Đăng nhập");
    }

    [Fact]
    public async Task A_page_that_is_sent_twice_by_going_back_is_taken_or_asks_again_but_never_breaks()
    {
        var page = await NewPage("en");
        await SignIn(page, "officer", "/sign-out");
        await page.GoBackAsync();
        await Types(page, "officer", Testing.Browser.DemoPassword);
        await Expect(page.Locator("h1")).ToHaveTextAsync(SignInOrOut());
    }

    // Into the first field, on to the next with Tab, and Enter: as somebody without a mouse.
    private static async Task Types(IPage page, string user, string password)
    {
        await page.Locator("#username").FocusAsync();
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.TypeAsync(user);
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync(password);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForLoadStateAsync();
    }

    [GeneratedRegex("^Sign (in|out\\?)$")]
    private static partial Regex SignInOrOut();
}
