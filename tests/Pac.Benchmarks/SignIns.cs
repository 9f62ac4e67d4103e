using System.Buffers.Text;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Pac.Benchmarks;

/// <summary>
/// What the morning rush costs: sign-ins with a password over the page, tokens for machines, refreshes; and what the host's memory comes to.
/// The other side of a sign-in is the look at the password alone, which is slow by intention.
/// </summary>
internal static partial class SignIns
{
    private const string Password = "Pac-Demo-2026!";
    private const string Callback = "http://127.0.0.1:5173/callback";
    private const string Verifier = "0123456789-0123456789-0123456789-0123456789";
    private static readonly string[] People = ["admin", "director", "officer", "hr"];
    private static readonly TimeSpan RoundTime = TimeSpan.FromSeconds(10);

    public static async Task Run(Bench bench)
    {
        await bench.StartHost(background: true);
        var start = Processes.Memory(bench.Host!.Id).Now;
        Console.WriteLine();
        Console.WriteLine($"Sign-ins and tokens, {People.Length} at a time, {RoundTime.TotalSeconds:0} s each");
        var hashes = Hashes();
        var signIns = await Load(bench, i => SignIn(bench, People[i]));
        Console.WriteLine($"  password sign-ins: {signIns.PerSecond:0.0} a second, {signIns.Cpu:0.0} ms of processor of the host each");
        Console.WriteLine($"  the look at a password alone: {hashes:0.0} a second; ratio {signIns.PerSecond / hashes:0.00}");
        using var machine = new HttpClient { BaseAddress = bench.HostAddress };
        var grants = await Load(bench, _ => Token(machine, Machine));
        Console.WriteLine($"  tokens for machines (client credentials): {grants.PerSecond:0} a second, {grants.Cpu:0.00} ms each");
        var lines = await Task.WhenAll(People.Select(p => Line(bench, p)));
        var refreshes = await Load(bench, async i => lines[i] = await Refresh(machine, lines[i]));
        Console.WriteLine($"  refreshes: {refreshes.PerSecond:0} a second, {refreshes.Cpu:0.00} ms each");
        var memory = Processes.Memory(bench.Host!.Id);
        Console.WriteLine(
            $"  memory of the host: {start:0} MB before, {memory.Now:0} MB after, at most {memory.Peak:0} MB (aim under 500)"
        );
    }

    // On as many threads as there are processors, as the host would.
    private static double Hashes()
    {
        var hasher = new PasswordHasher<object>(Options.Create(new PasswordHasherOptions { IterationCount = 210_000 }));
        var hash = hasher.HashPassword(new(), Password);
        var count = 0;
        var watch = Stopwatch.StartNew();
        Parallel.For(
            0,
            Environment.ProcessorCount,
            _ =>
            {
                while (watch.Elapsed < RoundTime / 2)
                {
                    hasher.VerifyHashedPassword(new(), hash, Password);
                    Interlocked.Increment(ref count);
                }
            }
        );
        return count / watch.Elapsed.TotalSeconds;
    }

    private static async Task<(double PerSecond, double Cpu)> Load(Bench bench, Func<int, Task> act)
    {
        await Task.WhenAll(Enumerable.Range(0, People.Length).Select(act));
        var count = 0;
        var before = Processes.Cpu(bench.Host!.Id);
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(
            Enumerable
                .Range(0, People.Length)
                .Select(async i =>
                {
                    while (watch.Elapsed < RoundTime)
                    {
                        await act(i);
                        Interlocked.Increment(ref count);
                    }
                })
        );
        var seconds = watch.Elapsed.TotalSeconds;
        return (count / seconds, (Processes.Cpu(bench.Host!.Id) - before) / count * 1000);
    }

    private static HttpClient Browser(Bench bench) =>
        new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new() }) { BaseAddress = bench.HostAddress };

    private static async Task SignIn(Bench bench, string user)
    {
        using var browser = Browser(bench);
        await SignIn(browser, user);
    }

    private static async Task SignIn(HttpClient browser, string user)
    {
        var page = await browser.GetStringAsync(new Uri("sign-in", UriKind.Relative));
        using var form = new FormUrlEncodedContent([
            new("__RequestVerificationToken", FormToken().Match(page).Groups[1].Value),
            new("username", user),
            new("password", Password),
        ]);
        using var answer = await browser.PostAsync(new Uri("sign-in", UriKind.Relative), form);
        if (answer.StatusCode != HttpStatusCode.SeeOther)
            throw new InvalidOperationException($"{user} is not signed in: {answer.StatusCode}");
    }

    private static KeyValuePair<string, string>[] Machine =>
        [new("grant_type", "client_credentials"), new("client_id", "demo-machine"), new("client_secret", "demo-machine-secret")];

    private static async Task<JsonElement> Token(HttpClient client, KeyValuePair<string, string>[] fields)
    {
        using var form = new FormUrlEncodedContent(fields);
        using var answer = await client.PostAsync(new Uri("connect/token", UriKind.Relative), form);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static async Task<string> Refresh(HttpClient client, string token)
    {
        var answer = await Token(client, [new("grant_type", "refresh_token"), new("client_id", "demo-spa"), new("refresh_token", token)]);
        return answer.GetProperty("refresh_token").GetString()!;
    }

    // A person signs in at the demonstration front end; what comes back is the beginning of a line of refresh tokens.
    private static async Task<string> Line(Bench bench, string user)
    {
        using var browser = Browser(bench);
        await SignIn(browser, user);
        var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));
        var address =
            $"connect/authorize?client_id=demo-spa&response_type=code&scope=openid%20offline_access%20identity&redirect_uri={Uri.EscapeDataString(Callback)}"
            + $"&code_challenge={challenge}&code_challenge_method=S256&state=s&nonce=n";
        using var back = await browser.GetAsync(new Uri(address, UriKind.Relative));
        var code = Code().Match(back.Headers.Location!.Query).Groups[1].Value;
        var answer = await Token(
            browser,
            [
                new("grant_type", "authorization_code"),
                new("client_id", "demo-spa"),
                new("code", Uri.UnescapeDataString(code)),
                new("redirect_uri", Callback),
                new("code_verifier", Verifier),
            ]
        );
        return answer.GetProperty("refresh_token").GetString()!;
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex FormToken();

    [GeneratedRegex("[?&]code=([^&]+)")]
    private static partial Regex Code();
}
