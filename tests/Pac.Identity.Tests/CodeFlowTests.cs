using Pac.Testing;

namespace Pac.Identity.Tests;

/// <summary>A person signs in and a front end acts for him: authorization code with PKCE, as RFC 9700 wants it.</summary>
public sealed class CodeFlowTests(IdentityHost fixture) : ModuleTests(fixture)
{
    [Fact]
    public async Task A_person_signs_in_and_the_front_end_acts_for_him()
    {
        using var browser = new Browser(Host);
        var asked = await browser.Open(Demo.AuthorizeAddress());
        var page = (await browser.Open(asked.Expect(302).Location)).Expect(200);
        var signedIn = (await browser.Submit(page, ("username", "officer2"), ("password", Demo.Password))).Expect(303);
        var callback = (await browser.Open(signedIn.Location)).Expect(302).Location;

        Assert.StartsWith(Demo.Callback + "?", callback, StringComparison.Ordinal);
        var back = Demo.Parameters(callback);
        Assert.Equal("st-1", back["state"]);
        Assert.Equal(Demo.Issuer, back["iss"]);
        var reply = await Host.Redeem(back["code"]);
        var tokens = Tokens.Of(reply);
        Assert.Equal("Bearer", reply.Json.GetProperty("token_type").GetString());
        Assert.Equal("no-store", reply.Header("Cache-Control"));
        Assert.InRange(reply.Json.GetProperty("expires_in").GetInt32(), 1, 600);

        var me = (await Host.Calls(tokens.Access)).Expect(200).Json;
        Assert.Equal("Cán bộ tiếp nhận phường", me.GetProperty("name").GetString());
        Assert.Equal("demo-spa", me.GetProperty("clientId").GetString());
        Assert.Equal("centre:66-22015", me.GetProperty("dataScope").GetString());
    }

    [Fact]
    public async Task The_identity_token_says_who_signed_in_where_when_and_for_whom()
    {
        var tokens = await Host.SignsIn("director");
        var id = Demo.Payload(tokens.Id!);
        Assert.Equal(Demo.Issuer, id.GetProperty("iss").GetString());
        Assert.Equal("demo-spa", id.GetProperty("aud").GetString());
        Assert.Equal("no-1", id.GetProperty("nonce").GetString());
        Assert.Equal("Giám đốc Trung tâm", id.GetProperty("name").GetString());
        Assert.Equal("director", id.GetProperty("preferred_username").GetString());
        Assert.Equal(TestClock.Start.ToUnixTimeSeconds(), id.GetProperty("auth_time").GetInt64());

        var access = Demo.Payload(tokens.Access);
        Assert.Equal("at+jwt", Demo.Head(tokens.Access).GetProperty("typ").GetString());
        Assert.Equal("pac-api", access.GetProperty("aud").GetString());
        Assert.Equal(id.GetProperty("sub").GetString(), access.GetProperty("sub").GetString());
        Assert.Equal(600, access.GetProperty("exp").GetInt64() - access.GetProperty("iat").GetInt64());
    }

    [Fact]
    public async Task Somebody_who_is_signed_in_is_not_asked_again()
    {
        using var browser = new Browser(Host);
        await browser.Authorize(Demo.AuthorizeAddress(), "director");
        Assert.StartsWith(Demo.Callback, (await browser.Open(Demo.AuthorizeAddress())).Expect(302).Location, StringComparison.Ordinal);
        Assert.StartsWith(
            Demo.Callback,
            (await browser.Open(Demo.AuthorizeAddress(("prompt", "none")))).Expect(302).Location,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Prompt_login_and_a_short_max_age_ask_again()
    {
        using var browser = new Browser(Host);
        await browser.Authorize(Demo.AuthorizeAddress(), "director");
        Host.Clock.Advance(TimeSpan.FromMinutes(2));

        foreach (var address in new[] { Demo.AuthorizeAddress(("prompt", "login")), Demo.AuthorizeAddress(("max_age", "60")) })
        {
            Assert.StartsWith("/sign-in", (await browser.Open(address)).Expect(302).Location, StringComparison.Ordinal);
            var back = await browser.Authorize(address, "director");
            var id = Demo.Payload(Tokens.Of(await Host.Redeem(back["code"])).Id!);
            Assert.Equal(Host.Clock.Now.ToUnixTimeSeconds(), id.GetProperty("auth_time").GetInt64());
            Host.Clock.Advance(TimeSpan.FromMinutes(2));
        }
        Assert.StartsWith(
            Demo.Callback,
            (await browser.Open(Demo.AuthorizeAddress(("max_age", "600")))).Expect(302).Location,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Prompt_none_without_a_session_says_so_to_the_application()
    {
        using var browser = new Browser(Host);
        var back = Demo.Parameters((await browser.Open(Demo.AuthorizeAddress(("prompt", "none")))).Expect(302).Location);
        Assert.Equal("login_required", back["error"]);
        Assert.Equal("st-1", back["state"]);
    }

    public static TheoryData<string, string?, string, string?> Downgrades =>
        new()
        {
            { "code_challenge", null, "code_challenge_method", null },
            { "code_challenge", Demo.Verifier, "code_challenge_method", "plain" },
            { "code_challenge", Demo.Verifier, "code_challenge_method", null },
            { "code_challenge", Demo.Challenge, "code_challenge_method", "S512" },
            { "code_challenge", "", "code_challenge_method", "S256" },
            { "response_type", "token", "response_mode", null },
            { "response_type", "id_token token", "response_mode", null },
            { "response_type", "code id_token", "response_mode", null },
            { "response_type", null, "response_mode", null },
            { "scope", "openid nobody-knows", "response_mode", null },
        };

    [Theory]
    [MemberData(nameof(Downgrades))]
    public async Task A_weaker_flow_is_refused_before_anybody_signs_in(string name, string? value, string other, string? otherValue)
    {
        using var browser = new Browser(Host);
        var reply = await browser.Open(Demo.AuthorizeAddress((name, value), (other, otherValue)));
        Assert.True(reply.Status is 302 or 400, reply.ToString());
        if (reply.Status == 302)
        {
            Assert.StartsWith(Demo.Callback, reply.Location, StringComparison.Ordinal);
            Assert.Contains("error=", reply.Location, StringComparison.Ordinal);
            Assert.DoesNotContain("code=", reply.Location, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("http://localhost:5173/callback/")]
    [InlineData("http://localhost:5173/callback?x=1")]
    [InlineData("http://localhost:5173/Callback")]
    [InlineData("http://localhost:5173/callback/../evil")]
    [InlineData("http://localhost:5174/callback")]
    [InlineData("http://evil.example/callback")]
    [InlineData("http://localhost:5173@evil.example/callback")]
    [InlineData("javascript:alert(1)")]
    [InlineData("//evil.example")]
    [InlineData("")]
    public async Task A_redirect_address_that_is_not_registered_to_the_letter_is_never_followed(string redirect)
    {
        using var browser = new Browser(Host);
        var reply = await browser.Open(Demo.AuthorizeAddress(("redirect_uri", redirect)));
        Assert.Equal(400, reply.Status);
        Assert.Null(reply.Header("Location"));
    }

    [Fact]
    public async Task A_code_without_its_verifier_client_or_redirect_is_worth_nothing()
    {
        using var browser = new Browser(Host);
        async Task<string> Code() => (await browser.Authorize(Demo.AuthorizeAddress(), "director"))["code"];

        Assert.Equal("invalid_grant", Error(await Host.Redeem(await Code(), verifier: Demo.Verifier + "x")));
        Assert.Contains(Error(await Host.Redeem(await Code(), verifier: null)), new[] { "invalid_grant", "invalid_request" });
        Assert.Equal("invalid_grant", Error(await Host.Redeem(await Code(), verifier: Demo.Challenge)));
        Assert.Equal("invalid_grant", Error(await Host.Redeem(await Code(), client: "demo-kiosk")));
        Assert.Equal("invalid_grant", Error(await Host.Redeem(await Code(), redirect: "http://127.0.0.1:5173/callback")));
        Assert.Equal("invalid_grant", Error(await Host.Redeem("no-code")));
        var late = await Code();
        Host.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal("invalid_grant", Error(await Host.Redeem(late)));
        Tokens.Of(await Host.Redeem(await Code()));
    }

    [Fact]
    public async Task A_code_that_comes_twice_ends_what_it_gave()
    {
        using var browser = new Browser(Host);
        var code = (await browser.Authorize(Demo.AuthorizeAddress(), "director"))["code"];
        var tokens = Tokens.Of(await Host.Redeem(code));
        (await Host.Calls(tokens.Access)).Expect(200);

        Assert.Equal("invalid_grant", Error(await Host.Redeem(code)));

        await Demo.Until(401, () => Host.Calls(tokens.Access));
        Assert.Equal("invalid_grant", Error(await Host.Refresh(tokens.Refresh!)));
    }

    [Fact]
    public async Task Of_ten_who_redeem_one_code_at_once_at_most_one_succeeds()
    {
        using var browser = new Browser(Host);
        var code = (await browser.Authorize(Demo.AuthorizeAddress(), "director"))["code"];
        var replies = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Host.Redeem(code)));
        Assert.InRange(replies.Count(r => r.Status == 200), 0, 1);
        Assert.All(replies.Where(r => r.Status != 200), r => Assert.Equal("invalid_grant", Error(r)));
    }

    [Fact]
    public async Task A_pushed_request_is_taken_by_its_reference_once()
    {
        var pushed = await Host.Anonymous()
            .Call(
                HttpMethod.Post,
                "/connect/par",
                Browser.Form([.. Demo.Parameters(Demo.AuthorizeAddress()).Select(p => (p.Key, p.Value))])
            );
        var reference = pushed.Expect(201).Json.GetProperty("request_uri").GetString()!;
        using var browser = new Browser(Host);
        await browser.SignIn("director");

        var address = "/connect/authorize?client_id=demo-spa&request_uri=" + Uri.EscapeDataString(reference);
        var back = await browser.Authorize(address, "director");

        Tokens.Of(await Host.Redeem(back["code"]));
        Assert.DoesNotContain("code=", (await browser.Open(address)).Header("Location") ?? "", StringComparison.Ordinal);
    }

    private static string? Error(Reply reply) => reply.Expect(400).Json.GetProperty("error").GetString();
}
