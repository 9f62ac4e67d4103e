using Microsoft.Playwright;

namespace Pac.Browser.Tests;

/// <summary>Sizes of a window at which every page has to work.</summary>
internal static class Size
{
    public static readonly ViewportSize Desktop = new() { Width = 1280, Height = 800 };
    public static readonly ViewportSize Phone = new() { Width = 390, Height = 844 };

    /// <summary>A window of 1280 px at 400 % (WCAG 1.4.10).</summary>
    public static readonly ViewportSize Narrow = new() { Width = 320, Height = 640 };
}

/// <summary>Pictures of pages, for people to look at; taken when <c>PAC_SCREENSHOTS</c> names a folder.</summary>
internal static class Pictures
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("PAC_SCREENSHOTS");

    public static Task OfFailure(IPage page) =>
        TestContext.Current.TestState?.Result == TestResult.Failed
            ? Take(page, "failed-" + TestContext.Current.Test?.TestDisplayName)
            : Task.CompletedTask;

    public static async Task Take(IPage page, string name)
    {
        if (string.IsNullOrEmpty(Folder))
            return;
        var file = string.Concat(name.Select(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '_'));
        await page.ScreenshotAsync(new() { Path = Path.Combine(Folder, file[..Math.Min(file.Length, 150)] + ".png"), FullPage = true });
    }
}
