using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Pac.Benchmarks;

/// <summary>What signing in costs: people over the page with their password, machines by their secret, and front ends by refresh.</summary>
internal static partial class SignIns
{
    private const int Connections = 8;
    private const string Password = "Pac-Demo-2026!";
    private const string Callback = "http://localhost:5173/callback";
    private const string Verifier = "0123456789-0123456789-0123456789-0123456789";
    private static readonly TimeSpan RoundTime = TimeSpan.FromSeconds(10);
    private static readonly string[] Users = ["director", "officer", "caseofficer", "leader", "cashier", "hr", "accountant", "facility"];

    public static async Task Run(Bench bench)
    {
        await bench.StartHost(background: true);
        var host = bench.Host!.Id;
        var rest = Processes.Memory(host);
        Console.WriteLine();
        Console.WriteLine(
            $"Sign-in, {Connections} connections, {RoundTime.TotalSeconds:0} s each, {Environment.ProcessorCount} processors; by one processor of the host alone in brackets"
        );
        var browsers = Users.Select(u => new Person(bench.HostAddress, u)).ToList();
        await Measure(host, "password sign-ins over the page", n => browsers[n].SignIn());
        using var machine = new HttpClient { BaseAddress = bench.HostAddress };
        await Measure(
            host,
            "client-credentials grants",
            async _ =>
                await Token(
                    machine,
                    ("grant_type", "client_credentials"),
                    ("client_id", "demo-machine"),
                    ("client_secret", "demo-machine-secret"),
                    ("scope", "dossiers.read")
                )
        );
        foreach (var browser in browsers)
            await browser.Authorize();
        await Measure(host, "refreshes, each token once", n => browsers[n].Refresh());
        var memory = Processes.Memory(host);
        Console.WriteLine($"  memory of the host: {rest.Now:0} MB before, {memory.Now:0} MB after the load, at most {memory.Peak:0} MB");
        foreach (var browser in browsers)
            browser.Dispose();
    }

    private static async Task Measure(int host, string name, Func<int, Task> act)
    {
        for (var n = 0; n < Connections; n++)
            await act(n);
        var (count, cpu) = (0, Processes.Cpu(host));
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(
            Enumerable
                .Range(0, Connections)
                .Select(async n =>
                {
                    while (watch.Elapsed < RoundTime)
                    {
                        await act(n);
                        Interlocked.Increment(ref count);
                    }
                })
        );
        var (perSecond, each) = (count / watch.Elapsed.TotalSeconds, (Processes.Cpu(host) - cpu) / count);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"  {name, -34} {perSecond, 8:N1} a second ({1 / each:N1}), {each * 1000:N1} ms of processor each"
            )
        );
    }

    private static async Task<JsonElement> Token(HttpClient client, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        using var answer = await client.PostAsync(new Uri("connect/token", UriKind.Relative), form);
        answer.EnsureSuccessStatusCode();
        return JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>A person with a browser of his own, and the front end in it.</summary>
    private sealed partial class Person : IDisposable
    {
        private readonly HttpClientHandler _handler = new() { AllowAutoRedirect = false };
        private readonly HttpClient _client;
        private readonly string _user;
        private string _refresh = "";

        public Person(Uri host, string user) => (_client, _user) = (new(_handler) { BaseAddress = host }, user);

        public async Task SignIn()
        {
            var page = await _client.GetStringAsync(new Uri("sign-in", UriKind.Relative));
            using var form = new FormUrlEncodedContent([
                new("__RequestVerificationToken", FormToken().Match(page).Groups[1].Value),
                new("username", _user),
                new("password", Password),
            ]);
            using var answer = await _client.PostAsync(new Uri("sign-in", UriKind.Relative), form);
            if (answer.StatusCode != HttpStatusCode.SeeOther)
                throw new InvalidOperationException($"{_user} is not signed in: {answer.StatusCode}");
        }

        public async Task Authorize()
        {
            var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));
            var address =
                "connect/authorize?client_id=demo-spa&response_type=code&scope=openid+offline_access+dossiers.read&state=s"
                + $"&redirect_uri={Uri.EscapeDataString(Callback)}&code_challenge={challenge}&code_challenge_method=S256";
            using var answer = await _client.GetAsync(new Uri(address, UriKind.Relative));
            var code = Code().Match(answer.Headers.Location!.Query).Groups[1].Value;
            var tokens = await Token(
                _client,
                ("grant_type", "authorization_code"),
                ("client_id", "demo-spa"),
                ("code", Uri.UnescapeDataString(code)),
                ("redirect_uri", Callback),
                ("code_verifier", Verifier)
            );
            _refresh = tokens.GetProperty("refresh_token").GetString()!;
        }

        public async Task Refresh()
        {
            var tokens = await Token(_client, ("grant_type", "refresh_token"), ("client_id", "demo-spa"), ("refresh_token", _refresh));
            _refresh = tokens.GetProperty("refresh_token").GetString()!;
        }

        public void Dispose()
        {
            _client.Dispose();
            _handler.Dispose();
        }

        [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]*)\"")]
        private static partial Regex FormToken();

        [GeneratedRegex("[?&]code=([^&]*)")]
        private static partial Regex Code();
    }
}
