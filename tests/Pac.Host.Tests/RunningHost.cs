using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Pac.Testing;

namespace Pac.Host.Tests;

/// <summary>A host that serves, reached as any client reaches it.</summary>
internal sealed class RunningHost : IAsyncDisposable
{
    private readonly string _connectionString;
    private readonly (string Name, string? Value)[] _settings;
    private readonly HostProgram _program;
    private readonly ConcurrentBag<HttpClient> _clients = [];

    private RunningHost(string connectionString, Uri address, (string, string?)[] settings)
    {
        (_connectionString, Address, _settings) = (connectionString, address, settings);
        _program = HostProgram.Start(Settings(connectionString, settings), "--urls", address.ToString());
    }

    public Uri Address { get; }

    /// <summary>Everything it wrote to its standard output and its standard error.</summary>
    public string Said => _program.Said;

    /// <summary>Starts a host in the sandbox and waits until it is ready.</summary>
    public static Task<RunningHost> Start(string connectionString, params (string Name, string? Value)[] settings) =>
        Start(connectionString, FreeAddress(), settings);

    /// <summary>Starts the same host again, at the same address on the same database.</summary>
    public Task<RunningHost> StartAgain() => Start(_connectionString, Address, _settings);

    /// <summary>Starts another host on the same database.</summary>
    public Task<RunningHost> Sibling() => Start(_connectionString, FreeAddress(), _settings);

    /// <summary>The environment in which a host is started.</summary>
    public static Dictionary<string, string?> Settings(string? connectionString, params (string Name, string? Value)[] settings)
    {
        var all = new Dictionary<string, string?>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["ConnectionStrings__Pac"] = connectionString,
            ["RateLimits__PerCaller"] = "1000000",
            ["RateLimits__PerAddress"] = "1000000",
        };
        foreach (var (name, value) in settings)
            all[name] = value;
        return all;
    }

    /// <summary>Somebody without a token.</summary>
    public HttpClient Anonymous()
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false };
        var client = new HttpClient(handler) { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(60) };
        client.DefaultRequestHeaders.Add("Accept-Language", "en");
        _clients.Add(client);
        return client;
    }

    /// <summary>Somebody with this access token.</summary>
    public HttpClient With(string token)
    {
        var client = Anonymous();
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return client;
    }

    /// <summary>The demonstration machine, with every scope or with these.</summary>
    public async Task<HttpClient> Machine(string scope = Sandbox.AllScopes) => With(await this.MachineToken(scope));

    /// <summary>A demonstration user at the demonstration front end.</summary>
    public async Task<HttpClient> User(string name) => With((await this.SignsIn(name)).Access);

    public Task Kill() => _program.Kill();

    /// <summary>Asks it to end and expects that it does so properly.</summary>
    public async Task Stop() => Assert.Equal(0, await _program.Stop());

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
            client.Dispose();
        await _program.DisposeAsync();
    }

    private static async Task<RunningHost> Start(string connectionString, Uri address, (string, string?)[] settings)
    {
        var host = new RunningHost(connectionString, address, settings);
        try
        {
            var client = host.Anonymous();
            await Eventually.True(() => IsReady(host, client), "The host is not ready.");
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    private static async Task<bool> IsReady(RunningHost host, HttpClient client)
    {
        if (host._program.HasEnded)
            Assert.Fail("The host has ended: " + host.Said);
        try
        {
            return (await client.Get("/health/ready")).Status == 200;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static Uri FreeAddress()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}"));
    }
}

/// <summary>Waiting for what happens by itself: asked again and again, up to a limit that is no expectation.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static async Task True(Func<Task<bool>> holds, string otherwise)
    {
        var start = Stopwatch.GetTimestamp();
        while (!await holds())
        {
            if (Stopwatch.GetElapsedTime(start) > Limit)
                Assert.Fail(otherwise);
            await Task.Delay(Pause);
        }
    }

    /// <summary>Repeats a call until it is answered with this status.</summary>
    public static async Task<Reply> Answers(int status, Func<Task<Reply>> call)
    {
        Reply? reply = null;
        await True(async () => (reply = await call()).Status == status, $"{status} does not come.");
        return reply!;
    }
}
