using Microsoft.Playwright;
using Pac.Host.Tests;

namespace Pac.Browser.Tests;

/// <summary>Base of tests with a browser. Every page that a test opened is looked after: no script error, no foreign host.</summary>
public abstract class BrowserTests(Stage stage) : IAsyncLifetime
{
    private readonly List<IBrowserContext> _contexts = [];
    private readonly List<Watch> _watched = [];

    protected Stage Stage { get; } = stage;

    internal RunningHost Host => Stage.Host;

    public virtual ValueTask InitializeAsync()
    {
        Assert.SkipUnless(Stage.NoBrowser.Length == 0, Stage.NoBrowser);
        Assert.SkipUnless(Stage.Npm.Missing.Length == 0, Stage.Npm.Missing);
        return ValueTask.CompletedTask;
    }

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var page in _contexts.SelectMany(c => c.Pages).Where(p => !p.IsClosed))
            await Pictures.OfFailure(page);
        foreach (var context in _contexts)
            await context.DisposeAsync();
        Assert.Empty(_watched.SelectMany(w => w.Wrong));
        GC.SuppressFinalize(this);
    }

    /// <summary>A new browser window that knows nobody, with one page. Paths without a host are those of the host under test.</summary>
    /// <param name="language">Language of its user: <c>vi</c> or <c>en</c>.</param>
    protected async Task<IPage> NewPage(string language = "vi")
    {
        var context = await Stage.Chromium.NewContextAsync(
            new()
            {
                BaseURL = Stage.Address.ToString(),
                Locale = language == "en" ? "en-GB" : "vi-VN",
                TimezoneId = "Asia/Ho_Chi_Minh",
                ViewportSize = Size.Desktop,
                ReducedMotion = ReducedMotion.Reduce,
            }
        );
        context.SetDefaultTimeout(60_000);
        _contexts.Add(context);
        context.Page += (_, page) => _watched.Add(Watch.Of(page));
        return await context.NewPageAsync();
    }

    /// <summary>Signs a demonstration user in, on the way to a page of the host.</summary>
    protected static async Task SignIn(
        IPage page,
        string user,
        string returnUrl = "/swagger",
        string password = Testing.Browser.DemoPassword
    )
    {
        ArgumentNullException.ThrowIfNull(page);
        await page.GotoAsync("/sign-in?returnUrl=" + Uri.EscapeDataString(returnUrl));
        await page.Locator("#username").FillAsync(user);
        await page.Locator("#password").FillAsync(password);
        await page.Locator("main form button:not([type])").First.ClickAsync();
        await page.WaitForURLAsync(u => !new Uri(u).AbsolutePath.StartsWith("/sign-in", StringComparison.Ordinal));
    }

    /// <summary>Opens a page as somebody, or as nobody, and checks it in both languages.</summary>
    protected async Task ChecksInBothLanguages(string path, string? user = null)
    {
        foreach (var language in new[] { "vi", "en" })
        {
            var page = await NewPage(language);
            if (user is not null)
                await SignIn(page, user, path);
            await page.GotoAsync(path);
            Assert.Equal(language, await page.Locator("html").GetAttributeAsync("lang"));
            await Check.Page(page);
        }
    }
}
