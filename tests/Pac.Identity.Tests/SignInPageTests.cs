using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Pac.Identity.Domain;
using Pac.Testing;

namespace Pac.Identity.Tests;

/// <summary>The page gives nothing away: not who exists, not who is locked, and nobody to another site.</summary>
public sealed partial class SignInPageTests(IdentityHost fixture) : ModuleTests(fixture)
{
    private const int TriesBeforeLockOut = 8;

    [Fact]
    public async Task An_unknown_name_a_wrong_password_a_disabled_and_a_locked_user_get_the_same_page()
    {
        var known = await Host.NewUser();
        var disabled = await Host.NewUser();
        await Host.Sql("UPDATE identity.users SET disabled = true WHERE id = $1", disabled.Id);
        var locked = await Host.NewUser();
        await Host.Sql("UPDATE identity.users SET lockout_end = now() + interval '100 years' WHERE id = $1", locked.Id);

        var unknown = await Failure("nobody-at-all", "wrong");
        Assert.Equal(unknown, await Failure(known.UserName!, "wrong"));
        Assert.Equal(unknown, await Failure(disabled.UserName!, Demo.Password));
        Assert.Equal(unknown, await Failure(locked.UserName!, Demo.Password));
        Assert.Equal(unknown, await Failure("", ""));
        Assert.Equal(unknown, await Failure(new string('a', 300), Demo.Password));
    }

    [Fact]
    public async Task After_eight_wrong_passwords_the_right_one_is_refused_too_until_the_delay_is_over()
    {
        var user = await Host.NewUser();
        for (var n = 0; n < TriesBeforeLockOut; n++)
            await Failure(user.UserName!, "wrong-" + n);

        await Failure(user.UserName!, Demo.Password);

        Host.Clock.Advance(TimeSpan.FromSeconds(5));
        using var browser = new Browser(Host);
        (await browser.SignIn(user.UserName!)).Expect(303);
    }

    [Fact]
    public async Task Seven_wrong_passwords_do_not_lock_and_a_right_one_starts_the_count_anew()
    {
        var user = await Host.NewUser();
        for (var round = 0; round < 2; round++)
        {
            for (var n = 1; n < TriesBeforeLockOut; n++)
                await Failure(user.UserName!, "wrong");
            using var browser = new Browser(Host);
            (await browser.SignIn(user.UserName!)).Expect(303);
        }
    }

    [Fact]
    public async Task Every_refusal_costs_one_look_at_a_password_so_that_its_duration_tells_nothing()
    {
        await using var host = await ModuleHost.Start(
            new IdentityModule(),
            o =>
            {
                o.Sandbox = true;
                o.Add(s => s.AddSingleton<IPasswordHasher<User>, CountingHasher>());
            }
        );
        var hasher = (CountingHasher)host.Services.GetRequiredService<IPasswordHasher<User>>();
        await host.Sql("UPDATE identity.users SET disabled = true WHERE user_name = 'hr'");
        await host.Sql("UPDATE identity.users SET lockout_end = now() + interval '100 years' WHERE user_name = 'cashier'");
        foreach (var user in new[] { "nobody-at-all", "director", "hr", "cashier", "", new string('a', 300) })
        {
            hasher.Looks = 0;
            using var browser = new Browser(host);
            (await browser.SignIn(user, "wrong")).Expect(400);
            Assert.Equal(1, hasher.Looks);
        }
    }

    private sealed class CountingHasher : IPasswordHasher<User>
    {
        private readonly PasswordHasher<User> _inner = new();

        public int Looks { get; set; }

        public string HashPassword(User user, string password) => _inner.HashPassword(user, password);

        public PasswordVerificationResult VerifyHashedPassword(User user, string hashedPassword, string providedPassword)
        {
            Looks++;
            return _inner.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }

    [Fact]
    public async Task Two_who_sign_in_from_one_address_in_the_same_moment_are_both_let_in()
    {
        using var one = new Browser(Host);
        using var other = new Browser(Host);
        using var third = new Browser(Host);
        // Whoever looked at the clock first may come to the database last, also behind somebody who failed.
        (await one.SignIn("director")).Expect(303);
        Host.Clock.Now -= TimeSpan.FromMilliseconds(1);
        (await other.SignIn("officer")).Expect(303);
        await third.SignIn("hr", "wrong");
        Host.Clock.Now -= TimeSpan.FromMilliseconds(1);
        (await third.SignIn("hr")).Expect(303);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("\\\\evil.example/")]
    [InlineData("/%5Cevil.example")]
    [InlineData("///evil.example")]
    [InlineData("http:evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("evil.example")]
    [InlineData("/a\\b")]
    public async Task The_page_leads_back_into_this_host_only(string returnUrl)
    {
        using var browser = new Browser(Host);
        var signedIn = await browser.SignIn("director", address: "/sign-in?returnUrl=" + Uri.EscapeDataString(returnUrl));
        var target = new Uri(new Uri("http://here.example/"), signedIn.Expect(303).Location);
        Assert.Equal("here.example", target.Host);
        Assert.DoesNotContain('\\', signedIn.Location);
    }

    [Fact]
    public async Task Line_breaks_in_the_way_back_are_not_written_into_a_header()
    {
        using var browser = new Browser(Host);
        var page = await browser.Open("/sign-in?returnUrl=/a%0d%0aSet-Cookie:x=1");
        if (page.Status == 200)
        {
            var signedIn = (await browser.Submit(page, ("username", "director"), ("password", Demo.Password))).Expect(303);
            Assert.DoesNotContain("Set-Cookie:x", signedIn.Location, StringComparison.Ordinal);
        }
        else
            page.Expect(400);
    }

    [Fact]
    public async Task What_comes_in_the_address_is_shown_as_text()
    {
        const string script = "\"><script>alert(1)</script>";
        using var browser = new Browser(Host);
        var page = (
            await browser.Open(
                $"/sign-in?hint={Uri.EscapeDataString(script)}&returnUrl={Uri.EscapeDataString(script)}&{Uri.EscapeDataString(script)}=1"
            )
        ).Expect(200);
        Assert.DoesNotContain("<script>alert", page.Text, StringComparison.OrdinalIgnoreCase);

        var failed = (await browser.Submit(page, ("username", script), ("password", "x"))).Expect(400);
        Assert.DoesNotContain("<script>alert", failed.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&quot;&gt;&lt;script&gt;", failed.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_the_page_did_not_give_is_refused()
    {
        using var browser = new Browser(Host);
        (await browser.Send("/sign-in", ("username", "director"), ("password", Demo.Password))).Expect(400);
        var page = await browser.Open("/sign-in");
        using var other = new Browser(Host);
        (await other.Submit(page, ("username", "director"), ("password", Demo.Password))).Expect(400);
        Assert.DoesNotContain(other.Cookies, c => c.Name == "pac-session");
    }

    [Fact]
    public async Task The_page_runs_its_own_script_alone_cannot_be_framed_and_is_not_kept()
    {
        using var browser = new Browser(Host);
        var page = (await browser.Open("/sign-in")).Expect(200);
        Assert.StartsWith("default-src 'none'; style-src 'sha256-", page.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", page.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Equal("DENY", page.Header("X-Frame-Options"));
        Assert.Equal("no-store", page.Header("Cache-Control"));
        Assert.Contains("script-src 'sha256-", page.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", page.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Single(Regex.Matches(page.Text, "<script"));
        Assert.DoesNotContain(" on", Regex.Match(page.Text, "<form.*</form>", RegexOptions.Singleline).Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_speaks_both_languages()
    {
        using var browser = new Browser(Host);
        Assert.Contains("<html lang=\"en\">", (await browser.Open("/sign-in")).Text, StringComparison.Ordinal);
        Assert.Contains("<html lang=\"vi\">", (await browser.Open("/sign-in?lang=vi")).Text, StringComparison.Ordinal);
        Assert.Contains("Đăng nhập", (await Host.Anonymous().Get("/sign-in")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_session_cookie_is_out_of_reach_of_scripts_and_foreign_forms()
    {
        using var browser = new Browser(Host);
        var signedIn = (await browser.SignIn("director")).Expect(303);
        var cookie = signedIn.Headers["Set-Cookie"].Single(c => c.StartsWith("pac-session=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("expires", cookie, StringComparison.OrdinalIgnoreCase);
    }

    // What the page says, without what belongs to this very request.
    private async Task<string> Failure(string user, string password)
    {
        using var browser = new Browser(Host);
        var reply = (await browser.SignIn(user, password)).Expect(400);
        Assert.DoesNotContain(browser.Cookies, c => c.Name == "pac-session");
        return OwnParts().Replace(reply.Text, "");
    }

    [GeneratedRegex("value=\"[^\"]*\"")]
    private static partial Regex OwnParts();
}
