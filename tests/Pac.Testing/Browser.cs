using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;

namespace Pac.Testing;

/// <summary>As much of a browser as signing in needs: cookies, forms, and redirects followed only when told.</summary>
public sealed partial class Browser : IDisposable
{
    /// <summary>Password of every demonstration account.</summary>
    public const string DemoPassword = "Pac-Demo-2026!";

    private readonly HttpClientHandler _handler = new() { AllowAutoRedirect = false, UseCookies = true };
    private readonly HttpClient _client;

    public Browser(ModuleHost host)
        : this((host ?? throw new ArgumentNullException(nameof(host))).Address) { }

    public Browser(Uri address) => _client = new(_handler) { BaseAddress = address };

    public CookieCollection Cookies => _handler.CookieContainer.GetAllCookies();

    /// <summary>Opens a page without following a redirect.</summary>
    public Task<Reply> Open(string address) => _client.Get(address, ("Accept-Language", "en"));

    /// <summary>The same with headers of one's own.</summary>
    public Task<Reply> Ask(string address, params (string Name, string Value)[] headers) =>
        _client.Get(address, [("Accept-Language", "en"), .. headers]);

    /// <summary>Sends a form that no page gave.</summary>
    public Task<Reply> Send(string address, params (string Name, string Value)[] fields) =>
        _client.Call(HttpMethod.Post, address, Form(fields), ("Accept-Language", "en"));

    /// <summary>Fills in the first form of a page and sends it.</summary>
    public Task<Reply> Submit(Reply page, params (string Name, string Value)[] fields) => SubmitTo(page, "", fields);

    /// <summary>Fills in the form of a page that goes to an address beginning so, and sends it.</summary>
    public Task<Reply> SubmitTo(Reply page, string action, params (string Name, string Value)[] fields)
    {
        ArgumentNullException.ThrowIfNull(page);
        var form =
            FormParts()
                .Matches(page.Text)
                .FirstOrDefault(f => WebUtility.HtmlDecode(f.Groups[1].Value).StartsWith(action, StringComparison.Ordinal))
            ?? throw new UnexpectedReplyException($"There is no form to {action}: {page}");
        var hidden = HiddenField()
            .Matches(form.Groups[2].Value)
            .Select(m => (m.Groups[1].Value, WebUtility.HtmlDecode(m.Groups[2].Value)))
            .Where(h => !Array.Exists(fields, f => f.Name == h.Item1));
        return Send(WebUtility.HtmlDecode(form.Groups[1].Value), [.. hidden, .. fields]);
    }

    /// <summary>Opens the sign-in page and signs in.</summary>
    public async Task<Reply> SignIn(string user, string password = DemoPassword, string address = "/sign-in") =>
        await Submit((await Open(address)).Expect(200), ("username", user), ("password", password));

    /// <summary>Asks for a code, signing in on the way when asked to, and gives the parameters with which the application is called back.</summary>
    public async Task<Dictionary<string, string>> Authorize(string address, string user, string password = DemoPassword)
    {
        var reply = await Open(address);
        if (reply.Header("Location") is { } page && page.StartsWith("/sign-in", StringComparison.Ordinal))
        {
            var signedIn = (await SignIn(user, password, page)).Expect(303);
            reply = await Open(signedIn.Location);
        }
        return QueryHelpers
            .ParseQuery(new Uri(_client.BaseAddress!, reply.Expect(302).Location).Query)
            .ToDictionary(p => p.Key, p => p.Value.ToString());
    }

    public static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) =>
        new(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));

    public void Dispose()
    {
        _client.Dispose();
        _handler.Dispose();
    }

    [GeneratedRegex("<form method=\"post\" action=\"([^\"]*)\"(.*?)</form>", RegexOptions.Singleline)]
    private static partial Regex FormParts();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"")]
    private static partial Regex HiddenField();
}
