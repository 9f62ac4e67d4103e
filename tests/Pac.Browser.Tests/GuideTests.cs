using static Microsoft.Playwright.Assertions;

namespace Pac.Browser.Tests;

/// <summary>The guide of a procedure, for somebody who wants to know what to bring before setting out.</summary>
public sealed class GuideTests(Stage stage) : BrowserTests(stage)
{
    [Theory]
    [InlineData("vi", "Cần mang theo gì", "Giấy tờ chứng minh chỗ ở hợp pháp", "3 ngày làm việc", "7.000 đồng")]
    [InlineData("en", "What to bring", "Proof of legal dwelling", "3 working days", "VND 7,000")]
    public async Task It_tells_what_to_bring_how_long_how_much_where_and_how(string language, params string[] words)
    {
        var page = await NewPage(language);
        await page.GotoAsync("/guide/1.004194");
        foreach (var word in words)
            await Expect(page.Locator("main")).ToContainTextAsync(word);
        await Check.Page(page);
    }

    [Fact]
    public async Task One_finds_ones_own_case_and_group_by_following_links()
    {
        var page = await NewPage("en");
        await page.GotoAsync("/guide/2.000488");
        await Expect(page.Locator("main")).ToContainTextAsync("10 days");
        await Expect(page.Locator("main")).ToContainTextAsync("VND 200,000");
        await page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "Complex case" }).ClickAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("15 days");
        await page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "Pupils, students" }).ClickAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("VND 100,000");
        await Expect(page.Locator("main")).ToContainTextAsync("15 days");
        await Check.Page(page, "chosen");
    }

    [Theory]
    [InlineData("vi", "Không có thủ tục này đang có hiệu lực")]
    [InlineData("en", "There is no such procedure in force")]
    public async Task An_unknown_code_is_explained(string language, string explained)
    {
        var page = await NewPage(language);
        var answer = await page.GotoAsync("/guide/9.999999");
        Assert.Equal(404, answer!.Status);
        await Expect(page.Locator("main")).ToContainTextAsync(explained);
        await Check.Page(page, "unknown");
    }
}
