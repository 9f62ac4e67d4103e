using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Pac.Dossiers.Notifications;
using Pac.Testing;

namespace Pac.Dossiers.Tests.Told;

/// <summary>A host that renews the token of Zalo by itself.</summary>
public sealed class ZaloHost()
    : DossiersHost(
        new()
        {
            ["Notifications:Zalo:RefreshToken"] = "refresh-0",
            ["Notifications:Zalo:AppId"] = "4242",
            ["Notifications:Zalo:AppSecret"] = "secret-of-the-app",
            ["Notifications:Zalo:TokenEndpoint"] = $"http://127.0.0.1:{MessageGateway.Port}/token",
            ["Notifications:Zalo:Endpoint"] = $"http://127.0.0.1:{MessageGateway.Port}/zalo",
            ["Pac:PublicAddress"] = "https://pac.example",
        }
    );

/// <summary>Zalo gives out a new pair of tokens when the old refresh token is used, and takes each of them once.</summary>
public sealed class ZaloTokenTests(ZaloHost fixture) : ToldTests(fixture), IClassFixture<ZaloHost>
{
    private readonly List<string> _used = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Gateway.Answer = Renew;
    }

    [Fact]
    public async Task Hosts_share_one_renewal_and_each_refresh_token_is_used_once()
    {
        await using var sibling = await Host.Sibling();
        sibling.Clock.Now = Host.Clock.Now;
        var tokens = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Token(i % 2 == 0 ? Host : sibling)));
        Assert.All(tokens, t => Assert.Equal("access-1", t));
        Assert.Equal(["refresh-0"], _used);
        // A day later the next pair is got with the token that came with the last one.
        foreach (var host in new[] { Host, sibling })
            host.Clock.Advance(TimeSpan.FromHours(25));
        Assert.Equal("access-2", await Token(sibling));
        Assert.Equal("access-2", await Token(Host));
        Assert.Equal(["refresh-0", "refresh-1"], _used);
        var asked = Gateway.Messages.First();
        Assert.Contains("app_id=4242", asked.Body, StringComparison.Ordinal);
        Assert.Equal(0, await Host.Scalar<long>("SELECT count(*) FROM dossiers.gateway_tokens t WHERE t::text LIKE '%refresh-%'"));
    }

    [Fact]
    public async Task What_could_not_be_renewed_is_tried_again_with_the_same_token()
    {
        Gateway.Answers(503);
        Assert.Null(await Token(Host));
        Gateway.Answer = Renew;
        Assert.Equal("access-1", await Token(Host));
        Assert.DoesNotContain(Host.Said, line => line.Contains("refresh-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_token_that_Zalo_no_longer_takes_is_renewed_before_the_next_message()
    {
        Assert.Equal("access-1", await Token(Host));
        await Host.Services.GetRequiredService<ZaloTokens>().Drop("access-1", Ct);
        // Whoever drops an older one changes nothing.
        await Host.Services.GetRequiredService<ZaloTokens>().Drop("access-0", Ct);
        Assert.Equal("access-2", await Token(Host));
        Assert.Equal("access-2", await Token(Host));
        Assert.Equal(["refresh-0", "refresh-1"], _used);
    }

    private static Task<string?> Token(ModuleHost host) => host.Services.GetRequiredService<ZaloTokens>().Find(Ct);

    private Task Renew(Message message, HttpContext http)
    {
        var used = message.Body.Split('&').Single(f => f.StartsWith("refresh_token=", StringComparison.Ordinal)).Split('=')[1];
        lock (_used)
        {
            if (_used.Contains(used))
                return http.Response.WriteAsJsonAsync(new { error = -14014, error_name = "Invalid refresh token" });
            _used.Add(used);
            return http.Response.WriteAsJsonAsync(
                new
                {
                    access_token = $"access-{_used.Count}",
                    refresh_token = $"refresh-{_used.Count}",
                    expires_in = "90000",
                }
            );
        }
    }
}
