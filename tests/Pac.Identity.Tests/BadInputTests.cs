using System.Text;
using Pac.Testing;

namespace Pac.Identity.Tests;

/// <summary>Whatever is sent to the protocol and its pages, the fault is the caller's and never the server's.</summary>
public sealed class BadInputTests(IdentityHost fixture) : ModuleTests(fixture)
{
    private static readonly string[] Addresses =
    [
        "/connect/token",
        "/connect/authorize",
        "/connect/revoke",
        "/connect/introspect",
        "/connect/userinfo",
        "/connect/endsession",
        "/connect/par",
        "/sign-in",
        "/sign-out",
    ];

    public static TheoryData<string, string, byte[]> Forms =>
        new()
        {
            { "NUL", "application/x-www-form-urlencoded", "grant_type=client_credentials&client_id=%00&username=%00"u8.ToArray() },
            { "raw NUL", "application/x-www-form-urlencoded", [.. "client_id=a"u8, 0, .. "b&token=x"u8] },
            { "half surrogate", "application/x-www-form-urlencoded", "client_id=%ed%a0%80&token=%ed%a0%80&username=%ed%a0%80"u8.ToArray() },
            { "no UTF-8", "application/x-www-form-urlencoded", "client_id=%ff%fe&username=%ff"u8.ToArray() },
            { "broken escape", "application/x-www-form-urlencoded", "client_id=%zz&%=%&username=%"u8.ToArray() },
            { "repeated", "application/x-www-form-urlencoded", "client_id=a&client_id=b&grant_type=x&grant_type=y"u8.ToArray() },
            { "charset", "application/x-www-form-urlencoded; charset=utf-7", "client_id=a"u8.ToArray() },
            { "unknown charset", "application/x-www-form-urlencoded; charset=unheard-of", "client_id=a"u8.ToArray() },
            {
                "multipart without end",
                "multipart/form-data; boundary=x",
                "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb"u8.ToArray()
            },
            { "multipart without boundary", "multipart/form-data", "--x"u8.ToArray() },
            { "JSON", "application/json", "{\"grant_type\":\"client_credentials\"}"u8.ToArray() },
            {
                "many fields",
                "application/x-www-form-urlencoded",
                Encoding.ASCII.GetBytes(string.Join('&', Enumerable.Range(0, 5000).Select(n => $"f{n}=1")))
            },
            { "long name", "application/x-www-form-urlencoded", Encoding.ASCII.GetBytes(new string('a', 100_000) + "=1") },
            { "long value", "application/x-www-form-urlencoded", Encoding.ASCII.GetBytes("client_id=" + new string('a', 1_000_000)) },
            { "nothing", "application/x-www-form-urlencoded", [] },
        };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_broken_form_is_the_callers_fault_everywhere(string what, string type, byte[] body)
    {
        foreach (var address in Addresses)
        {
            var content = new ByteArrayContent(body);
            content.Headers.TryAddWithoutValidation("Content-Type", type);
            var reply = await Host.Anonymous().Call(HttpMethod.Post, address, content);
            Assert.True(reply.Status < 500, $"{what} at {address}: {reply}");
            if (what is "NUL" or "raw NUL")
                Assert.InRange(reply.Status, 400, 499);
        }
    }

    [Theory]
    [InlineData("?client_id=%00")]
    [InlineData("?client_id=%ed%a0%80&response_type=code")]
    [InlineData("?client_id=a&client_id=b")]
    [InlineData("?client_id=demo-spa&redirect_uri=%ff&response_type=code")]
    [InlineData("?client_id=demo-spa&max_age=99999999999999999999&response_type=code&redirect_uri=http://localhost:5173/callback")]
    [InlineData("?client_id=demo-spa&max_age=-1&response_type=code&redirect_uri=http://localhost:5173/callback")]
    [InlineData("?request=e30.e30.&client_id=demo-spa")]
    [InlineData("?request_uri=urn:nonsense&client_id=demo-spa")]
    [InlineData("?id_token_hint=nonsense&token=nonsense")]
    [InlineData("?returnUrl=%00&lang=%00&hint=%00")]
    [InlineData("?returnUrl=%ed%a0%80&lang=xx&hint=%ff")]
    [InlineData("?%zz=%")]
    public async Task A_broken_address_is_the_callers_fault_everywhere(string query)
    {
        foreach (var address in Addresses)
        {
            var reply = await Host.Anonymous().Get(address + query);
            Assert.True(reply.Status < 500, $"{address}{query}: {reply}");
        }
    }

    [Theory]
    [InlineData("max_age", "99999999999999999999")]
    [InlineData("max_age", "-1")]
    [InlineData("max_age", "9223372036854775807")]
    [InlineData("max_age", "x")]
    [InlineData("prompt", "none login")]
    [InlineData("prompt", "nonsense")]
    [InlineData("ui_locales", "xx yy")]
    [InlineData("login_hint", "\"><b>")]
    [InlineData("id_token_hint", "nonsense")]
    [InlineData("claims", "{")]
    [InlineData("pac_again", "99999999999999999999")]
    [InlineData("pac_again", "x")]
    [InlineData("state", "\ud83c\udfdb")]
    public async Task A_strange_parameter_of_a_sound_request_is_no_fault_of_the_server(string name, string value)
    {
        using var stranger = new Browser(Host);
        Assert.InRange((await stranger.Open(Demo.AuthorizeAddress((name, value)))).Status, 200, 499);
        using var browser = new Browser(Host);
        (await browser.SignIn("director")).Expect(303);
        Assert.InRange((await browser.Open(Demo.AuthorizeAddress((name, value)))).Status, 200, 499);
    }

    [Theory]
    [InlineData("pac-session=nonsense")]
    [InlineData("pac-session=%00")]
    [InlineData("pac-form=nonsense")]
    [InlineData("pac-session=chunks-3")]
    [InlineData("pac-session=; pac-form=;;;")]
    public async Task A_broken_cookie_is_no_session(string cookie)
    {
        var client = Host.Anonymous();
        Assert.InRange((await client.Get("/sign-in", ("Cookie", cookie))).Status, 200, 499);
        Assert.StartsWith(
            "/sign-in",
            (await client.Get(Demo.AuthorizeAddress(), ("Cookie", cookie))).Expect(302).Location,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_error_of_the_protocol_is_in_the_form_of_the_protocol()
    {
        var reply = (await Host.Token(("grant_type", "nonsense"), ("client_id", "demo-spa"))).Expect(400);
        Assert.StartsWith("application/json", reply.Header("Content-Type"), StringComparison.Ordinal);
        Assert.True(reply.Json.TryGetProperty("error", out _));
    }

    [Fact]
    public async Task The_protocol_carries_the_same_headers_and_limits_as_the_api()
    {
        Reply[] replies =
        [
            await Host.Machine(),
            await Host.Token(("grant_type", "nonsense")),
            await Host.Anonymous().Get("/connect/authorize?client_id=nobody"),
            await Host.Anonymous().Get("/.well-known/openid-configuration"),
            await Host.Anonymous().Get("/sign-in"),
        ];
        foreach (var reply in replies)
        {
            Assert.Equal("nosniff", reply.Header("X-Content-Type-Options"));
            Assert.Equal("DENY", reply.Header("X-Frame-Options"));
            Assert.Contains("frame-ancestors 'none'", reply.Header("Content-Security-Policy"), StringComparison.Ordinal);
            Assert.NotNull(reply.Header("RateLimit-Limit"));
        }
    }

    [Fact]
    public async Task Guessing_secrets_is_limited_by_address()
    {
        await using var limited = await ModuleHost.Start(
            new IdentityModule(),
            o =>
            {
                o.Sandbox = true;
                o.Settings["RateLimits:PerAddress"] = "3";
            }
        );
        for (var n = 0; n < 3; n++)
            (await limited.Token(("grant_type", "client_credentials"), ("client_id", "demo-machine"), ("client_secret", "guess"))).Expect(
                401
            );
        Assert.NotNull((await limited.Machine()).Expect(429, "too-many-requests").Header("Retry-After"));
    }
}
