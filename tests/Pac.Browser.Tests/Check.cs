using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Pac.Browser.Tests;

/// <summary>What is asked of every page.</summary>
internal static partial class Check
{
    private static readonly ConcurrentDictionary<(string Language, string Title), string> Titles = new();

    /// <summary>
    /// WCAG 2.2 AA as far as a machine sees it: axe-core without violations on phone and desktop, nothing scrolls sideways down to
    /// 320 px nor with wider text, every control is reached by keyboard in the order of reading and shows the focus unobscured,
    /// targets of 24 px, language and title (of no other page); no script error, no foreign host.
    /// The page stays where it is. With <c>PAC_SCREENSHOTS</c> it is pictured.
    /// </summary>
    /// <param name="page">The page as a person sees it now.</param>
    /// <param name="state">A word for the pictures when the same address looks different, such as <c>refused</c>.</param>
    public static async Task Page(IPage page, string state = "")
    {
        var size = page.ViewportSize;
        List<string> wrong = [];
        await page.EvaluateAsync(await Npm.Read("page-checks.js"));
        await page.EvaluateAsync(await Npm.Read("node_modules", "axe-core", "axe.min.js"));
        wrong.AddRange(await Ask(page, "words"));
        var language = await page.Locator("html").GetAttributeAsync("lang") ?? "";
        wrong.AddRange(await TitleIsOwn(page, language));
        var name = string.Join('-', new[] { Kind(page.Url), state }.Where(p => p.Length > 0));
        foreach (var (device, viewport) in new[] { ("desktop", Size.Desktop), ("phone", Size.Phone), ("narrow", Size.Narrow) })
        {
            await page.SetViewportSizeAsync(viewport.Width, viewport.Height);
            if (device != "narrow")
                await Pictures.Take(page, $"{name}-{device}-{language}");
            var found = (await Ask(page, "shape")).Concat(await Ask(page, "axe"));
            if (device == "narrow")
                found = found.Concat(await Ask(page, "spacing"));
            else
                found = found.Concat(await Keyboard(page));
            wrong.AddRange(found.Select(f => $"{device}: {f}"));
        }
        if (size is not null)
            await page.SetViewportSizeAsync(size.Width, size.Height);
        wrong.AddRange(Watch.Of(page).Wrong);
        Assert.True(wrong.Count == 0, $"{page.Url} ({language}):\n" + string.Join('\n', wrong));
    }

    private static Task<string[]> Ask(IPage page, string what) => page.EvaluateAsync<string[]>($"pac.{what}()");

    private static async Task<IEnumerable<string>> TitleIsOwn(IPage page, string language)
    {
        var title = await page.TitleAsync();
        var kind = new Uri(page.Url).Authority + "/" + Kind(page.Url);
        var other = Titles.GetOrAdd((language, title), kind);
        return other == kind ? [] : [$"the title \"{title}\" is also that of {other}"];
    }

    // Pages about different things of one kind are one page here.
    private static string Kind(string url) =>
        string.Join(
            '-',
            // A passkey is sent from the sign-in page and refused on it.
            new Uri(url)
                .AbsolutePath.Replace("/sign-in/passkey", "/sign-in", StringComparison.Ordinal)
                .Split('/', StringSplitOptions.RemoveEmptyEntries)
                .Select(s => Number().IsMatch(s) ? "x" : s)
        );

    // Tabs once through the page: every control is reached, in the order of the document, and none holds the focus.
    private static async Task<IEnumerable<string>> Keyboard(IPage page)
    {
        var count = await page.EvaluateAsync<int>("pac.begin()");
        List<int> reached = [];
        List<string> wrong = [];
        var turns = 0;
        while (turns++ < 2 * count + 4)
        {
            await page.Keyboard.PressAsync("Tab");
            var step = await page.EvaluateAsync<Step>("pac.step()");
            if (reached.Count > 0 && step.At == reached[0])
                break;
            if (step.Wrong.Length > 0)
                wrong.Add(step.Wrong);
            if (step.At >= 0 && !reached.Contains(step.At))
                reached.Add(step.At);
        }
        if (turns > 2 * count + 4 && count > 0)
            wrong.Add("the focus does not come round (WCAG 2.1.2)");
        var steps = reached.Zip(reached.Skip(1).Append(reached.FirstOrDefault()));
        if (reached.Count > 1 && steps.Count(s => s.Second < s.First) != 1)
            wrong.Add($"the keyboard goes in the order {string.Join(' ', reached)} (WCAG 2.4.3)");
        wrong.AddRange(await page.EvaluateAsync<string[]>("reached => pac.end(reached)", reached));
        return wrong;
    }

    private sealed class Step
    {
        public int At { get; set; }

        public string Wrong { get; set; } = "";
    }

    [GeneratedRegex(@"\d")]
    private static partial Regex Number();
}
