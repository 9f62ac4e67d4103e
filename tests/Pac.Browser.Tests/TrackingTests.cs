using Pac.Host.Tests;
using static Microsoft.Playwright.Assertions;

namespace Pac.Browser.Tests;

/// <summary>The page behind the QR code of the receipt, for somebody with nothing but a phone.</summary>
public sealed class TrackingTests(Stage stage) : BrowserTests(stage)
{
    [Theory]
    [InlineData("vi", "Được tiếp nhận")]
    [InlineData("en", "Received")]
    public async Task It_tells_what_became_of_a_dossier_and_nothing_about_the_person(string language, string status)
    {
        var machine = await Host.Machine();
        var received = await machine.Receives(new { name = "Nguyễn Thị Ánh", phone = "0905000123" });
        var code = received.Expect(201).Json.GetProperty("code").GetString()!;
        var page = await NewPage(language);
        await page.GotoAsync("/track/" + code);
        await Expect(page.Locator("dl")).ToContainTextAsync(code);
        await Expect(page.Locator("dl")).ToContainTextAsync(status);
        await Expect(page.Locator("body")).Not.ToContainTextAsync("Ánh");
        await Check.Page(page);
    }

    [Theory]
    [InlineData("vi", "Không có hồ sơ mang mã này")]
    [InlineData("en", "There is no dossier with this code")]
    public async Task An_unknown_code_is_explained(string language, string explained)
    {
        var page = await NewPage(language);
        var answer = await page.GotoAsync("/track/000.00.00.H15-000000-0000");
        Assert.Equal(404, answer!.Status);
        await Expect(page.Locator("main")).ToContainTextAsync(explained);
        await Check.Page(page, "unknown");
    }
}
