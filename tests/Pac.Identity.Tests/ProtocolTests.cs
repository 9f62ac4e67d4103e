using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.Abstractions;
using Pac.Identity.Protocol;
using Pac.Testing;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Pac.Identity.Tests;

/// <summary>The OpenID Connect basic profile: what an application may ask of the sign-in, and what it is told.</summary>
public sealed partial class ProtocolTests(IdentityHost fixture) : ModuleTests(fixture)
{
    [Theory]
    [InlineData("prompt", "login")]
    [InlineData("prompt", "select_account")]
    [InlineData("max_age", "0")]
    public async Task Whoever_is_asked_to_sign_in_again_does_so_once_and_no_forged_mark_spares_him(string name, string value)
    {
        using var browser = await SignedIn();
        Host.Clock.Advance(TimeSpan.FromSeconds(90));
        Assert.StartsWith(
            "/sign-in",
            (await browser.Open(Demo.AuthorizeAddress((name, value), ("pac_again", "1")))).Expect(302).Location,
            StringComparison.Ordinal
        );
        Assert.Contains("code", (IDictionary<string, string>)await browser.Authorize(Demo.AuthorizeAddress((name, value)), "director"));
    }

    [Fact]
    public async Task A_hint_at_somebody_else_is_no_sign_in()
    {
        var director = await Host.SignsIn("director");
        var officer = await Host.SignsIn("officer");
        using var browser = await SignedIn();
        Host.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Contains("code", await Silent(browser, director.Id!));
        Assert.Equal("login_required", (await Silent(browser, officer.Id!))["error"]);
        Assert.StartsWith(
            "/sign-in",
            (await browser.Open(Demo.AuthorizeAddress(("id_token_hint", officer.Id)))).Expect(302).Location,
            StringComparison.Ordinal
        );

        static async Task<IDictionary<string, string>> Silent(Browser browser, string hint) =>
            Demo.Parameters((await browser.Open(Demo.AuthorizeAddress(("prompt", "none"), ("id_token_hint", hint)))).Expect(302).Location);
    }

    [Fact]
    public async Task Hints_for_the_page_reach_the_page()
    {
        using var browser = new Browser(Host);
        foreach (var (asked, spoken) in new[] { ("en", "en"), ("fr vi-VN en", "vi"), ("EN-GB", "en"), ("fr de", "") })
        {
            var page = Demo.Parameters(
                (await browser.Open(Demo.AuthorizeAddress(("ui_locales", asked), ("login_hint", "director")))).Expect(302).Location
            );
            Assert.Equal("director", page["hint"]);
            Assert.Equal(spoken, page.GetValueOrDefault("lang", ""));
        }
    }

    [Fact]
    public async Task A_request_may_come_as_a_form()
    {
        using var browser = await SignedIn();
        var reply = await browser.Send("/connect/authorize", [.. Demo.Parameters(Demo.AuthorizeAddress()).Select(p => (p.Key, p.Value))]);
        Tokens.Of(await Host.Redeem(Demo.Parameters(reply.Expect(302).Location)["code"]));
    }

    [Fact]
    public async Task A_person_is_asked_to_agree_where_the_application_wants_it()
    {
        using var browser = await SignedIn();
        var address = Demo.AuthorizeAddress(("prompt", "consent"));
        var page = (await browser.Open(address)).Expect(200);
        Assert.Contains("Demonstration front end", page.Text, StringComparison.Ordinal);

        var no = Demo.Parameters((await browser.Submit(page, ("pac_consent", "no"))).Expect(302).Location);
        Assert.Equal(("access_denied", "st-1", Demo.Issuer), (no["error"], no["state"], no["iss"]));
        var yes = Demo.Parameters(
            (await browser.Submit((await browser.Open(address)).Expect(200), ("pac_consent", "yes"))).Expect(302).Location
        );
        Tokens.Of(await Host.Redeem(yes["code"]));
        // A foreign page can send the person here, and cannot answer for him.
        var forged = await browser.Send(
            "/connect/authorize",
            [.. Demo.Parameters(address).Select(p => (p.Key, p.Value)), ("pac_consent", "yes")]
        );
        Assert.Null(forged.Expect(200).Header("Location"));
    }

    [Fact]
    public async Task An_answer_may_be_posted_to_the_application()
    {
        using var browser = await SignedIn();
        var page = (await browser.Open(Demo.AuthorizeAddress(("response_mode", "form_post")))).Expect(200);
        Assert.Contains($"action=\"{Demo.Callback}\"", page.Text, StringComparison.Ordinal);
        var code = Field(page, "code");
        Assert.Equal(("st-1", Demo.Issuer), (Field(page, "state"), Field(page, "iss")));
        Tokens.Of(await Host.Redeem(code));
        // The one script of the page may run, and no other.
        var script = ScriptOf().Match(page.Text).Groups[1].Value;
        var hash = Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(script)));
        Assert.Contains($"script-src 'sha256-{hash}'", page.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Equal("invalid_request", ErrorOf(await browser.Open(Demo.AuthorizeAddress(("response_mode", "fragment")))));
    }

    [Theory]
    [InlineData("request", "e30.e30.", "request_not_supported")]
    [InlineData("request_uri", "https://evil.example/request", "request_uri_not_supported")]
    [InlineData("registration", "{}", "registration_not_supported")]
    [InlineData("prompt", "none login", "invalid_request")]
    [InlineData("response_type", "token", "unsupported_response_type")]
    [InlineData("scope", "openid nobody-knows", "invalid_scope")]
    [InlineData("code_challenge", null, "invalid_request")]
    public async Task What_is_not_offered_is_refused_in_the_words_of_the_standard(string name, string? value, string error)
    {
        using var browser = await SignedIn();
        var reply = await browser.Open(Demo.AuthorizeAddress((name, value)));
        Assert.Equal(error, ErrorOf(reply));
        if (reply.Header("Location") is { } back)
            Assert.Equal(("st-1", Demo.Issuer), (Demo.Parameters(back)["state"], Demo.Parameters(back)["iss"]));
    }

    [Theory]
    [InlineData("client_id", "nobody")]
    [InlineData("redirect_uri", "https://evil.example/\"><script>alert(1)</script>")]
    [InlineData("client_id", null)]
    public async Task An_error_that_cannot_be_told_to_the_application_is_a_page_for_the_person(string name, string? value)
    {
        using var browser = new Browser(Host);
        var english = (await browser.Open(Demo.AuthorizeAddress((name, value)))).Expect(400);
        Assert.StartsWith("text/html", english.Header("Content-Type"), StringComparison.Ordinal);
        Assert.Contains("cannot be served", english.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", english.Text, StringComparison.Ordinal);
        Assert.Null(english.Header("Location"));
        var vietnamese = (await browser.Open(Demo.AuthorizeAddress((name, value), ("lang", "vi")))).Expect(400);
        Assert.Contains("<html lang=\"vi\">", vietnamese.Text, StringComparison.Ordinal);
        Assert.Contains("Hãy quay lại ứng dụng", vietnamese.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pushed_request_survives_the_way_over_the_sign_in_page()
    {
        var pushed = await Push("demo-spa");
        using var browser = new Browser(Host);
        var back = await browser.Authorize("/connect/authorize?client_id=demo-spa&request_uri=" + Uri.EscapeDataString(pushed), "director");
        Assert.Equal("st-1", back["state"]);
        Tokens.Of(await Host.Redeem(back["code"]));
    }

    [Fact]
    public async Task A_pushed_request_that_asks_for_a_new_sign_in_gets_one_and_not_another()
    {
        using var browser = new Browser(Host);
        (await browser.SignIn("director")).Expect(303);
        var fields = Demo.Parameters(Demo.AuthorizeAddress(("prompt", "login"))).Select(p => (p.Key, p.Value));
        var pushed = (await Host.Anonymous().Call(HttpMethod.Post, "/connect/par", Browser.Form([.. fields]))).Expect(201);
        var reference = Uri.EscapeDataString(pushed.Json.GetProperty("request_uri").GetString()!);
        Assert.True(
            (await browser.Authorize($"/connect/authorize?client_id=demo-spa&request_uri={reference}", "director")).ContainsKey("code")
        );
    }

    [Fact]
    public async Task A_pushed_request_is_bound_to_its_client_and_to_its_time()
    {
        using var browser = await SignedIn();
        var pushed = await Push("demo-spa");
        Assert.NotNull(ErrorOf(await browser.Open("/connect/authorize?client_id=demo-kiosk&request_uri=" + Uri.EscapeDataString(pushed))));
        Host.Clock.Advance(TimeSpan.FromHours(2));
        Assert.NotNull(ErrorOf(await browser.Open("/connect/authorize?client_id=demo-spa&request_uri=" + Uri.EscapeDataString(pushed))));
    }

    [Theory]
    [InlineData("demo-spa", "demo-spa&state=b", "state")]
    [InlineData("demo-spa", "demo-spa&scope=openid&scope=identity", "scope")]
    public async Task A_parameter_that_comes_twice_is_refused(string _, string rest, string name)
    {
        using var browser = new Browser(Host);
        var address = Demo.AuthorizeAddress().Replace("client_id=demo-spa", "client_id=" + rest, StringComparison.Ordinal);
        var page = (await browser.Open(address)).Expect(400);
        Assert.Contains(name, page.Text, StringComparison.Ordinal);
        Assert.Null(page.Header("Location"));
        var token = await Host.Token(
            ("grant_type", "client_credentials"),
            ("client_id", "demo-machine"),
            ("client_secret", "x"),
            ("client_secret", "demo-machine-secret")
        );
        Assert.Equal("invalid_request", token.Expect(400).Json.GetProperty("error").GetString());
    }

    [Fact]
    public async Task A_line_break_in_a_state_breaks_neither_the_answer_nor_the_log()
    {
        using var browser = await SignedIn();
        const string state = "a\r\nSet-Cookie: stolen=1\r\n\r\n<script>\u001b[31m";
        var reply = await browser.Open(Demo.AuthorizeAddress(("state", "a\r\nSet-Cookie: stolen=1\r\n\r\n<script>")));
        Assert.Null(reply.Header("Set-Cookie"));
        Assert.Equal("a\r\nSet-Cookie: stolen=1\r\n\r\n<script>", Demo.Parameters(reply.Expect(302).Location)["state"]);
        Assert.InRange((await browser.Open(Demo.AuthorizeAddress(("state", state)))).Status, 400, 499);
        Assert.InRange((await browser.Open(Demo.AuthorizeAddress(("redirect_uri", Demo.Callback + "\r\nX: 1")))).Status, 400, 499);
        await Host.Token(("grant_type", "x\r\nfail: forged"), ("client_id", "demo-spa\r\nfail: forged"));
        Assert.DoesNotContain(Host.Said, l => l.Contains("\nfail: forged", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_identity_token_is_bound_to_its_access_token()
    {
        var tokens = await Host.SignsIn("director");
        var half = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(tokens.Access))[..16];
        Assert.Equal(System.Buffers.Text.Base64Url.EncodeToString(half), Demo.Payload(tokens.Id!).GetProperty("at_hash").GetString());
        Assert.Equal("RS256", Demo.Head(tokens.Id!).GetProperty("alg").GetString());
    }

    [Fact]
    public async Task Each_scope_opens_its_claims_by_get_and_by_post()
    {
        var user = await Host.NewUser();
        await Host.Sql(
            "UPDATE identity.users SET email = 'thu@pac.example', email_confirmed = true, phone_number = '0905000123' WHERE id = $1",
            user.Id
        );
        using var browser = new Browser(Host);
        var back = await browser.Authorize(Demo.AuthorizeAddress(("scope", "openid profile email phone")), user.UserName!);
        var token = Tokens.Of(await Host.Redeem(back["code"])).Access;
        var posted = await Host.Anonymous()
            .Call(HttpMethod.Post, "/connect/userinfo", Browser.Form(), ("Authorization", "Bearer " + token));
        foreach (var claims in new[] { (await Host.Calls(token, "/connect/userinfo")).Expect(200).Json, posted.Expect(200).Json })
        {
            Assert.Equal(
                [
                    "email",
                    "email_verified",
                    "locale",
                    "name",
                    "phone_number",
                    "phone_number_verified",
                    "preferred_username",
                    "sub",
                    "zoneinfo",
                ],
                claims.EnumerateObject().Select(c => c.Name).Order(StringComparer.Ordinal)
            );
            Assert.True(claims.GetProperty("email_verified").GetBoolean());
            Assert.False(claims.GetProperty("phone_number_verified").GetBoolean());
        }
        var machine = Tokens.Of(await Host.Machine());
        var refused = await Host.Calls(machine.Access, "/connect/userinfo");
        Assert.Contains("insufficient_scope", refused.Expect(403).Header("WWW-Authenticate"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_resource_server_learns_what_it_needs_and_a_stranger_nothing()
    {
        var (id, secret) = ("api-" + Guid.CreateVersion7().ToString("N"), "a-secret-of-the-resource-server");
        await using (var scope = Host.Services.CreateAsyncScope())
            foreach (var (name, permissions) in new[] { (id, new[] { IntrospectionParty.ResourceServer }), (id + "-x", []) })
            {
                var client = new OpenIddictApplicationDescriptor
                {
                    ClientId = name,
                    ClientSecret = secret,
                    ClientType = ClientTypes.Confidential,
                };
                client.Permissions.UnionWith([Permissions.Endpoints.Introspection, .. permissions]);
                await scope
                    .ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>()
                    .CreateAsync(client, TestContext.Current.CancellationToken);
            }
        var token = (await Host.SignsIn("director")).Access;
        var told = (await Ask(id)).Expect(200).Json;
        Assert.True(told.GetProperty("active").GetBoolean());
        Assert.Equal("director", told.GetProperty("username").GetString());
        Assert.Equal("demo-spa", told.GetProperty("client_id").GetString());
        Assert.Contains("identity", told.GetProperty("scope").GetString(), StringComparison.Ordinal);
        Assert.Equal(Demo.Payload(token).GetProperty("sub").GetString(), told.GetProperty("sub").GetString());
        Assert.Equal(["active"], (await Ask(id + "-x")).Expect(200).Json.EnumerateObject().Select(p => p.Name));

        Task<Reply> Ask(string client) =>
            Host.Anonymous()
                .Call(
                    HttpMethod.Post,
                    "/connect/introspect",
                    Browser.Form(("client_id", client), ("client_secret", secret), ("token", token))
                );
    }

    [Fact]
    public async Task The_document_says_all_that_is_offered_and_nothing_else()
    {
        var document = (await Host.Anonymous().Get("/.well-known/openid-configuration")).Expect(200).Json;
        void Has(List<string?> list, params string[] all) => Assert.Empty(all.Except(list));
        List<string?> List(string name) => [.. document.GetProperty(name).EnumerateArray().Select(v => v.GetString())];
        Assert.Equal(["vi", "en"], List("ui_locales_supported"));
        Assert.Equal(["form_post", "query"], List("response_modes_supported").Order(StringComparer.Ordinal));
        Assert.Equal(["consent", "login", "none", "select_account"], List("prompt_values_supported").Order(StringComparer.Ordinal));
        Has(List("scopes_supported"), "openid", "profile", "email", "phone", "offline_access", "dossiers.read");
        Has(List("claims_supported"), "sub", "auth_time", "nonce", "sid", "at_hash", "email_verified", "zoneinfo");
        foreach (var endpoint in new[] { "token", "introspection", "revocation" })
            Has(List(endpoint + "_endpoint_auth_methods_supported"), "client_secret_basic", "client_secret_post", "private_key_jwt");
        Assert.False(document.GetProperty("claims_parameter_supported").GetBoolean());
        Assert.False(document.GetProperty("request_parameter_supported").GetBoolean());
        Assert.False(document.GetProperty("request_uri_parameter_supported").GetBoolean());
        Assert.True(document.TryGetProperty("pushed_authorization_request_endpoint", out _));
    }

    [Fact]
    public async Task What_has_ended_is_removed_and_what_stands_is_kept()
    {
        await Host.SignsIn("director");
        await Host.Machine();
        Host.Clock.Advance(TimeSpan.FromHours(25));
        var now = await Host.SignsIn("director");
        // The entries carry the test's time, the library asks for the host's.
        Assert.True(await Host.Services.GetRequiredService<Prune>().Once(TestContext.Current.CancellationToken) > 0);
        Assert.Equal(
            0,
            await Host.Scalar<long>(
                "SELECT count(*) FROM identity.tokens WHERE creation_date < $1",
                Host.Clock.Now.AddHours(-24).UtcDateTime
            )
        );
        Assert.Equal(1, await Host.Scalar<long>("SELECT count(*) FROM identity.authorizations"));
        (await Host.Calls(now.Access)).Expect(200);
        Tokens.Of(await Host.Refresh(now.Refresh!));
    }

    private async Task<Browser> SignedIn(string user = "director")
    {
        var browser = new Browser(Host);
        (await browser.SignIn(user)).Expect(303);
        return browser;
    }

    private async Task<string> Push(string client) =>
        (
            await Host.Anonymous()
                .Call(
                    HttpMethod.Post,
                    "/connect/par",
                    Browser.Form([.. Demo.Parameters(Demo.AuthorizeAddress(("client_id", client))).Select(p => (p.Key, p.Value))])
                )
        )
            .Expect(201)
            .Json.GetProperty("request_uri")
            .GetString()!;

    // To the application by redirect, or to the person on a page.
    private static string? ErrorOf(Reply reply) =>
        reply.Header("Location") is { } back ? Demo.Parameters(back).GetValueOrDefault("error")
        : reply.Status == 400 ? ErrorOnPage().Match(reply.Text).Groups[1].Value
        : null;

    private static string Field(Reply page, string name) =>
        System.Net.WebUtility.HtmlDecode(Regex.Match(page.Text, $"name=\"{name}\" value=\"([^\"]*)\"").Groups[1].Value);

    [GeneratedRegex("<script>([^<]*)</script>")]
    private static partial Regex ScriptOf();

    [GeneratedRegex("<dd lang=\"en\">([a-z_]+):")]
    private static partial Regex ErrorOnPage();
}
