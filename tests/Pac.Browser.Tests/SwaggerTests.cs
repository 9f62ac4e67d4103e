using System.Text.Json;
using Microsoft.Playwright;
using Pac.Testing;
using static Microsoft.Playwright.Assertions;

namespace Pac.Browser.Tests;

/// <summary>Swagger UI as a newcomer uses it: sign in by code flow with PKCE in a window of its own, then try a call out.</summary>
public sealed class SwaggerTests(Stage stage) : BrowserTests(stage)
{
    [Fact]
    public async Task Authorize_signs_in_and_a_call_that_is_tried_out_is_made_as_that_person()
    {
        var page = await NewPage("en");
        await page.GotoAsync("/swagger");
        await page.Locator(".auth-wrapper .authorize").First.ClickAsync();
        var flow = page.Locator(".auth-container").Filter(new() { HasText = "authorizationCode" });
        await Expect(flow.Locator("#client_id_authorizationCode")).ToHaveValueAsync("swagger-ui");

        string? asked = null;
        string? exchanged = null;
        page.Context.Request += (_, request) =>
        {
            var path = new Uri(request.Url).AbsolutePath;
            asked = path == "/connect/authorize" ? request.Url : asked;
            exchanged = path == "/connect/token" ? request.PostData : exchanged;
        };
        var window = await page.RunAndWaitForPopupAsync(() => flow.Locator("button.authorize").ClickAsync());
        await window.Locator("#username").FillAsync("officer");
        await window.Locator("#password").FillAsync(Testing.Browser.DemoPassword);
        await window.Locator("main form button:not([type])").First.ClickAsync();
        await Expect(flow.GetByText("Authorized")).ToBeVisibleAsync();
        Assert.Contains("code_challenge_method=S256", asked, StringComparison.Ordinal);
        Assert.Contains("code_verifier=", exchanged, StringComparison.Ordinal);
        await page.Locator(".modal-ux .close-modal").ClickAsync();

        var operation = page.Locator("#operations-Identity-WhoAmI");
        Assert.Contains("operations-Identity-WhoAmI", await Listed(page));
        await page.EvaluateAsync("window.scrollTo(0, 0)");
        while (await operation.CountAsync() == 0)
            await Scroll(page);
        await operation.Locator(".opblock-summary-control").ClickAsync();
        await operation.GetByRole(AriaRole.Button, new() { Name = "Execute" }).ClickAsync();
        var answer = operation.Locator(".live-responses-table");
        await Expect(answer.Locator(".response-col_status").Last).ToContainTextAsync("200");
        await Expect(answer).ToContainTextAsync("Cán bộ tiếp nhận");
    }

    [Fact]
    public async Task Every_operation_is_listed_on_a_phone_as_on_a_desktop_without_scrolling_sideways()
    {
        var page = await NewPage("en");
        await page.GotoAsync("/swagger");
        var listed = page.Locator(".opblock");
        await Expect(listed.First).ToBeVisibleAsync();
        var document = (await Host.Anonymous().Get("/api/v1/openapi.json")).Expect(200).Json;
        var operations = document
            .GetProperty("paths")
            .EnumerateObject()
            .Sum(p =>
                p.Value.EnumerateObject()
                    .Count(o => o.Value.ValueKind == JsonValueKind.Object && o.Value.TryGetProperty("operationId", out _))
            );
        Assert.Equal(operations, (await Listed(page)).Count);
        await page.EvaluateAsync("window.scrollTo(0, 0)");
        foreach (var size in new[] { Size.Desktop, Size.Phone })
        {
            await page.SetViewportSizeAsync(size.Width, size.Height);
            Assert.Equal(0, await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth"));
            await Pictures.Take(page, $"swagger-{size.Width}");
        }
    }

    // A long document is drawn where it is looked at: the operations that show while the page is scrolled to its end.
    private static async Task<HashSet<string>> Listed(IPage page)
    {
        HashSet<string> seen = [];
        bool more;
        do
        {
            more = await Scroll(page);
            seen.UnionWith(await page.Locator(".opblock").EvaluateAllAsync<string[]>("all => all.map(o => o.id)"));
        } while (more);
        return seen;
    }

    // A part of a window down, and until what is there now has been drawn. Tells whether there is more.
    private static async Task<bool> Scroll(IPage page)
    {
        var more = await page.EvaluateAsync<bool>(
            "() => { scrollBy(0, innerHeight / 2); return scrollY + innerHeight < document.documentElement.scrollHeight - 2; }"
        );
        await page.WaitForTimeoutAsync(200);
        return more;
    }
}
