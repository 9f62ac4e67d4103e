using Microsoft.Extensions.DependencyInjection;
using Pac.Identity.Protocol;
using Pac.Testing;

namespace Pac.Identity.Tests;

/// <summary>Keys are changed while two hosts serve, and nobody notices but by the name of the key.</summary>
public sealed class KeyRotationTests : IAsyncLifetime
{
    private ModuleHost _host = null!;
    private ModuleHost _other = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await ModuleHost.Start(
            new IdentityModule(),
            o =>
            {
                o.Sandbox = true;
                o.Settings["Identity:Issuer"] = Demo.Issuer;
                o.Settings["Identity:KeyRotationDays"] = "30";
            }
        );
        _other = await _host.Sibling();
    }

    public async ValueTask DisposeAsync()
    {
        await _other.DisposeAsync();
        await _host.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_new_key_is_announced_then_used_by_every_host_while_the_old_one_is_still_believed_and_goes_at_last()
    {
        var first = Assert.Single(await Published(_host));
        var before = await _host.SignsIn("director");
        Assert.Equal(first, KeyOf(before));

        _host.Services.GetRequiredService<ServerKeys>().Rotate(atOnce: false);

        // Announced: published by both hosts, used by none.
        await Until(async () => (await Published(_host)).Count == 2 && (await Published(_other)).Count == 2);
        var second = (await Published(_other)).Single(k => k != first);
        Assert.Equal(first, KeyOf(Tokens.Of(await _other.Machine())));

        Pass(new TimeSpan(23, 55, 0));
        var late = await _other.SignsIn("director");
        Assert.Equal(first, KeyOf(late));

        // In use: what the old key signed is still believed, and a refresh token of the old keys gives tokens of the new one.
        Pass(TimeSpan.FromMinutes(5));
        await Until(async () => KeyOf(Tokens.Of(await _host.Machine())) == second && KeyOf(Tokens.Of(await _other.Machine())) == second);
        (await _host.Calls(late.Access)).Expect(200);
        (await _other.Calls(late.Access)).Expect(200);
        var renewed = await Fresh(_host, late);
        Assert.Equal(second, KeyOf(renewed));
        (await _other.Calls(renewed.Access)).Expect(200);

        // Gone once the longest-lived token has ended, and not an hour before.
        Pass(TimeSpan.FromHours(12));
        KeepUp();
        Assert.Equal(2, (await Published(_other)).Count);
        Pass(TimeSpan.FromHours(1));
        KeepUp();
        await Until(async () => (await Published(_host)).SequenceEqual([second]) && (await Published(_other)).SequenceEqual([second]));
        (await _other.Calls(Tokens.Of(await _host.Machine()).Access)).Expect(200);
    }

    [Fact]
    public async Task The_schedule_makes_one_successor_however_many_hosts_look()
    {
        KeepUp();
        Assert.Equal(2, await Count());
        Pass(TimeSpan.FromDays(28));
        KeepUp();
        Assert.Equal(2, await Count());
        Pass(TimeSpan.FromDays(1));

        await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(n => Task.Run(() => (n % 2 == 0 ? _host : _other).Services.GetRequiredService<ServerKeys>().KeepUp()))
        );

        Assert.Equal(4, await Count());
        Assert.Equal(
            TestClock.Start.AddDays(30),
            await _host.Scalar<DateTime>("SELECT max(active_from) FROM identity.server_keys WHERE use = 'sig'")
        );
    }

    [Fact]
    public async Task In_need_a_new_key_is_used_within_seconds_and_tokens_in_use_go_on()
    {
        var before = await _host.SignsIn("director");
        _other.Services.GetRequiredService<ServerKeys>().Rotate(atOnce: true);
        await Until(async () => (await Published(_host)).Count == 2);
        Pass(ServerKeys.HeardAfter);

        await Until(async () => KeyOf(Tokens.Of(await _host.Machine())) != KeyOf(before));
        (await _host.Calls(before.Access)).Expect(200);
        (await _other.Calls(before.Access)).Expect(200);
        (await _other.Calls((await Fresh(_other, before)).Access)).Expect(200);
    }

    private static string KeyOf(Tokens tokens) => Demo.Head(tokens.Access).GetProperty("kid").GetString()!;

    private static async Task<Tokens> Fresh(ModuleHost host, Tokens tokens) => Tokens.Of(await host.Refresh(tokens.Refresh!));

    private void KeepUp() => _host.Services.GetRequiredService<ServerKeys>().KeepUp();

    private Task<long> Count() => _host.Scalar<long>("SELECT count(*) FROM identity.server_keys");

    private void Pass(TimeSpan time)
    {
        _host.Clock.Advance(time);
        _other.Clock.Now = _host.Clock.Now;
    }

    private static async Task Until(Func<Task<bool>> what)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await what())
            await Task.Delay(100, late.Token);
    }

    private static async Task<List<string>> Published(ModuleHost host) =>
        [
            .. (await host.Anonymous().Get("/.well-known/jwks"))
                .Expect(200)
                .Json.GetProperty("keys")
                .EnumerateArray()
                .Select(k => k.GetProperty("kid").GetString()!),
        ];
}
