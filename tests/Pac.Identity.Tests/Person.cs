using System.Net;
using System.Text.RegularExpressions;
using Pac.Identity.Domain;
using Pac.Testing;

namespace Pac.Identity.Tests;

/// <summary>A user of his own with a browser, as he uses the pages about himself.</summary>
internal sealed partial class Person(ModuleHost host, User user, Browser browser) : IDisposable
{
    public User User => user;

    public Browser Browser => browser;

    public static async Task<Person> New(ModuleHost host, string? email = null)
    {
        var user = await host.NewUser("Citizen", "own", email: email);
        return new(host, user, new(host));
    }

    public async Task<Person> SignIn(string password = Demo.Password)
    {
        (await Browser.SignIn(User.UserName!, password)).Expect(303);
        return this;
    }

    public async Task<bool> IsIn() => (await Browser.Open("/account")).Status == 200;

    /// <summary>Sets up an authenticator app and gives its key and the recovery codes.</summary>
    public async Task<(byte[] Key, string[] Codes)> AddApp()
    {
        var page = (await Browser.Open("/account/second-factor")).Expect(200);
        var key = Bytes(Key().Match(page.Text).Groups[1].Value.Replace(" ", "", StringComparison.Ordinal));
        var done = (await Browser.Submit(page, ("code", OneTimeCode.At(key, host.Clock.Now)))).Expect(200);
        return (key, [.. Codes().Matches(done.Text).Select(m => m.Groups[1].Value)]);
    }

    public async Task<Reply> Code(string code, string path = "/sign-in/second-factor", params (string, string)[] more) =>
        await Browser.Submit((await Browser.Open(path)).Expect(200), [("code", code), .. more]);

    public static string Words(Reply page) => WebUtility.HtmlDecode(Tags().Replace(page.Text, " "));

    public void Dispose() => Browser.Dispose();

    private static byte[] Bytes(string base32)
    {
        List<byte> bytes = [];
        var (bits, count) = (0, 0);
        foreach (var c in base32)
        {
            (bits, count) = (((bits << 5) | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal)) & 0xFFFF, count + 5);
            if (count >= 8)
            {
                count -= 8;
                bytes.Add((byte)(bits >> count));
            }
        }
        return [.. bytes];
    }

    [GeneratedRegex("class=\"key\">([A-Z2-7 ]+)<")]
    private static partial Regex Key();

    [GeneratedRegex("<li>([a-z2-7-]{29})</li>")]
    private static partial Regex Codes();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();
}
