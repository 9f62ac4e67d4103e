using System.Runtime.CompilerServices;
using Microsoft.Playwright;

namespace Pac.Browser.Tests;

/// <summary>Notes what a page must not do: ask a foreign host, or have errors in its console.</summary>
internal sealed class Watch
{
    private static readonly ConditionalWeakTable<IPage, Watch> All = [];
    private readonly List<string> _wrong = [];

    private Watch(IPage page)
    {
        page.Request += (_, r) => Asked(r.Url);
        page.PageError += (_, e) => Note("script error: " + e);
        page.Console += (_, m) =>
        {
            // A page that is itself an error page is named in the console too; that is what the test asked for.
            if (m.Type == "error" && !(m.Text.StartsWith("Failed to load resource", StringComparison.Ordinal) && Own(m.Location, page.Url)))
                Note($"console: {m.Text} ({m.Location})");
        };
    }

    public IReadOnlyList<string> Wrong
    {
        get
        {
            lock (_wrong)
                return [.. _wrong];
        }
    }

    public static Watch Of(IPage page) => All.GetValue(page, p => new(p));

    private static bool Own(string location, string page) => location.StartsWith(page.Split('#')[0], StringComparison.Ordinal);

    private void Asked(string url)
    {
        var uri = new Uri(url);
        if (uri.Scheme is "http" or "https" or "ws" or "wss" && !uri.IsLoopback)
            Note("foreign host: " + url);
    }

    private void Note(string what)
    {
        lock (_wrong)
            _wrong.Add(what);
    }
}
