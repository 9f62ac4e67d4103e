using Pac.Testing;

namespace Pac.Identity.Tests;

/// <summary>The door of the pages of administration, and what bad input does to them.</summary>
public sealed class AdminPageTests(IdentityHost fixture) : ModuleTests(fixture)
{
    private static readonly (string, string) Html = ("Accept", "text/html");

    [Theory]
    [InlineData("/admin")]
    [InlineData("/admin/users?search=x")]
    [InlineData("/admin/users/new")]
    [InlineData("/admin/roles/new")]
    [InlineData("/admin/clients/new")]
    [InlineData("/admin/audit/export?from=2026-11-01")]
    public async Task Nobody_is_sent_to_sign_in_and_comes_back(string page)
    {
        using var browser = new Browser(Host);
        var asked = (await browser.Open(page)).Expect(303);
        Assert.Equal("/sign-in?returnUrl=" + Uri.EscapeDataString(page), asked.Location);
        var admin = await Host.NewUser();
        Assert.Equal(page, (await browser.SignIn(admin.UserName!, address: asked.Location)).Expect(303).Location);
        (await browser.Open(page)).Expect(200);
    }

    [Fact]
    public async Task Somebody_without_the_right_gets_a_page_that_says_so_and_the_trail_notes_it()
    {
        using var browser = await SignedIn("CentreDirector");
        var user = await Host.NewUser();
        foreach (
            var page in new[]
            {
                "/admin",
                "/admin/users",
                "/admin/users/new",
                $"/admin/users/{user.Id}",
                "/admin/audit",
                "/admin/audit/export",
            }
        )
        {
            var reply = (await browser.Open(page)).Expect(403);
            Assert.Contains("You may not see this page", reply.Text, StringComparison.Ordinal);
        }
        (await browser.Send($"/admin/users/{user.Id}/disable", ("version", "1"))).Expect(403);
        Assert.False(await Host.Scalar<bool>("SELECT disabled FROM identity.users WHERE id = $1", user.Id));
        Assert.Equal(
            7L,
            await Host.Scalar<long>("SELECT count(*) FROM identity.audit WHERE kind = 'Refusal' AND client_id = 'admin-pages'")
        );
    }

    [Fact]
    public async Task A_form_that_no_page_gave_does_nothing()
    {
        using var browser = await SignedIn();
        var user = await Host.NewUser();
        var reply = (await browser.Send($"/admin/users/{user.Id}/disable", ("version", "1"))).Expect(400);
        Assert.Contains("The page was open for too long.", reply.Text, StringComparison.Ordinal);
        using var other = await SignedIn();
        var page = await other.Open($"/admin/users/{user.Id}/disable");
        var token = Between(page.Text, "name=\"__RequestVerificationToken\" value=\"", "\"");
        (await browser.Send($"/admin/users/{user.Id}/disable", ("version", "1"), ("__RequestVerificationToken", token))).Expect(400);
        Assert.False(await Host.Scalar<bool>("SELECT disabled FROM identity.users WHERE id = $1", user.Id));
    }

    [Fact]
    public async Task What_is_done_on_a_page_is_noted_with_who_did_it_and_that_it_was_a_page()
    {
        using var browser = await SignedIn();
        var user = await Host.NewUser("HrOfficer");
        var page = (await browser.Open($"/admin/users/{user.Id}/disable")).Expect(200);
        Assert.Equal($"/admin/users/{user.Id}?done=1", (await browser.Submit(page)).Expect(303).Location);
        Assert.True(await Host.Scalar<bool>("SELECT disabled FROM identity.users WHERE id = $1", user.Id));
        Assert.Equal(
            1L,
            await Host.Scalar<long>(
                "SELECT count(*) FROM identity.audit a JOIN identity.users u ON a.subject = u.id::text "
                    + "WHERE a.act = 'DisableUser' AND a.thing = $1 AND a.client_id = 'admin-pages' AND a.address IS NOT NULL",
                user.Id.ToString()
            )
        );
        // The same form again is out of date, and says so.
        Assert.Contains("Somebody else has just changed this.", (await browser.Submit(page)).Expect(412).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rights_are_given_only_soon_after_signing_in_and_the_way_back_is_kept()
    {
        using var browser = await SignedIn();
        var user = await Host.NewUser("HrOfficer");
        var address = $"/admin/users/{user.Id}/roles/new";
        var form = (await browser.Open(address)).Expect(200);
        Host.Clock.Advance(TimeSpan.FromMinutes(16));
        // What was shown in time may still be sent; a new form wants a new sign-in.
        var sent = (await browser.Submit(form, ("role", "Cashier"), ("scope", "province"))).Expect(303);
        Assert.Equal($"/admin/users/{user.Id}?done=1", sent.Location);
        var again = (await browser.Open(address)).Expect(303).Location;
        Assert.StartsWith($"/sign-in?returnUrl={Uri.EscapeDataString(address)}&hint=", again, StringComparison.Ordinal);
        Assert.EndsWith("&again=1", again, StringComparison.Ordinal);
        (await browser.Open($"/admin/users/{user.Id}")).Expect(200);
        Host.Clock.Advance(TimeSpan.FromMinutes(16));
        Assert.StartsWith(
            "/sign-in",
            (await browser.Submit(form, ("role", "Clerk"), ("scope", "province"))).Expect(303).Location,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Nobody_changes_his_own_rights_on_a_page_either()
    {
        var self = await Host.NewUser();
        using var browser = new Browser(Host);
        await browser.SignIn(self.UserName!);
        var reply = await browser.Submit(await browser.Open($"/admin/users/{self.Id}/disable"));
        Assert.Contains("Nobody changes his own rights", reply.Expect(409).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_entered_is_shown_as_text_wherever_it_comes_back()
    {
        using var browser = await SignedIn();
        const string Bad = "\"><script>alert(1)</script>\r\nSet-Cookie: x=1";
        var form = (await browser.Open("/admin/users/new")).Expect(200);
        var refused = await browser.Submit(form, ("userName", Bad), ("displayName", Bad), ("email", Bad), ("role", Bad), ("startsOn", Bad));
        Assert.Equal(400, refused.Status);
        Assert.DoesNotContain("<script", refused.Text, StringComparison.Ordinal);
        Assert.Null(refused.Header("Set-Cookie"));
        var made = await browser.Submit(form, ("userName", "h." + Guid.CreateVersion7().ToString("N")), ("displayName", Bad));
        var person = (await browser.Open(made.Expect(303).Location)).Expect(200);
        Assert.DoesNotContain("<script", person.Text, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", person.Text, StringComparison.Ordinal);
        var list = (await browser.Open("/admin/users?search=" + Uri.EscapeDataString(Bad))).Expect(200);
        Assert.DoesNotContain("<script", list.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_runs_no_script_cannot_be_framed_is_not_kept_and_sends_forms_to_this_host_only()
    {
        using var browser = await SignedIn();
        var page = (await browser.Open("/admin/users")).Expect(200);
        var policy = page.Header("Content-Security-Policy");
        Assert.StartsWith("default-src 'none'; style-src 'sha256-", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("script-src", policy, StringComparison.Ordinal);
        Assert.EndsWith("form-action 'self'; base-uri 'none'; frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("no-store", page.Header("Cache-Control"));
        Assert.DoesNotContain("<script", page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/admin/users/00000000-0000-0000-0000-000000000000", 404)]
    [InlineData("/admin/users/not-an-id", 404)]
    [InlineData("/admin/nothing", 404)]
    [InlineData("/admin/users?cursor=%21%21", 400)]
    [InlineData("/admin/users?search=%00", 400)]
    [InlineData("/admin/audit?from=yesterday", 400)]
    [InlineData("/admin/audit?to=9999-12-31", 200)]
    [InlineData("/admin/audit/export?to=yesterday", 400)]
    [InlineData("/admin/clients?search=%25_%5C", 200)]
    [InlineData("/admin/users?role=none&scope=none&state=none", 200)]
    public async Task Bad_addresses_get_a_page_with_words_and_no_inner_detail(string address, int status)
    {
        using var browser = await SignedIn();
        var reply = (await browser.Ask(address, Html)).Expect(status);
        Assert.StartsWith("text/html", reply.Header("Content-Type"), StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", reply.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", reply.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("//evil.example/admin")]
    [InlineData("/\\evil.example")]
    [InlineData("https://evil.example/admin")]
    public async Task Signing_in_for_administration_never_leads_elsewhere(string returnUrl)
    {
        var admin = await Host.NewUser();
        using var browser = new Browser(Host);
        var address = "/sign-in?returnUrl=" + Uri.EscapeDataString(returnUrl);
        Assert.Equal("/account", (await browser.SignIn(admin.UserName!, address: address)).Expect(303).Location);
    }

    private async Task<Browser> SignedIn(string role = "SystemAdmin", string scope = "province")
    {
        var user = await Host.NewUser(role, scope);
        var browser = new Browser(Host);
        (await browser.SignIn(user.UserName!)).Expect(303);
        return browser;
    }

    private static string Between(string text, string before, string after)
    {
        var from = text.IndexOf(before, StringComparison.Ordinal) + before.Length;
        return text[from..text.IndexOf(after, from, StringComparison.Ordinal)];
    }
}
