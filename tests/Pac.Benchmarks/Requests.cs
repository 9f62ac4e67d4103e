using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Pac.Benchmarks;

/// <summary>
/// The three requests that every desk makes all day, against bare endpoints that run the same SQL without token, scope, or rules.
/// What counts is processor time of host and database per request; the two sides take turns.
/// </summary>
internal static class Requests
{
    private const int Connections = 16;
    private const int Rounds = 3;
    private static readonly TimeSpan RoundTime = TimeSpan.FromSeconds(3);

    private const string ReceptionBody = """
        {"centreCode":"dak-lak","procedureCode":"1.004194",
        "applicant":{"name":"Nguyễn Thị Ánh","identityNumber":"066190000123","phone":"0905000123"},
        "documents":[{"code":"form","kind":"original"},{"code":"dwelling"}]}
        """;

    public static async Task Run(Bench bench)
    {
        // Facts are delivered apart, by a host of their own: what is measured is the request.
        await bench.StartHost(background: false);
        // A data scope that really filters: one centre. The host hears of the change by itself.
        await bench.Execute("UPDATE identity.client_grants SET scope = 'centre:dak-lak' WHERE client_id = 'demo-machine'");
        await Task.Delay(TimeSpan.FromSeconds(2));
        await bench.Renew();
        using var host = bench.Client(bench.HostAddress, Connections);
        using var bare = bench.Client(bench.BareAddress, Connections);
        var me = await host.GetFromJsonAsync<JsonElement>(new Uri("api/v1/me", UriKind.Relative));
        if (me.GetProperty("dataScope").GetString() != "centre:dak-lak")
            throw new InvalidOperationException("The data scope is not on.");
        var ids = await Ids(host);

        Console.WriteLine();
        Console.WriteLine(
            $"Requests, {Connections} connections, {Rounds} rounds of {RoundTime.TotalSeconds:0} s in turns; microseconds of processor per request"
        );
        Console.WriteLine(
            "                      req/s     host  database    bare req/s     host  database     CPU ratio (aim 0.60, better 0.80)"
        );
        await Compare(
            bench,
            "get by id",
            host,
            bare,
            i => Get($"api/v1/dossiers/{ids[i % ids.Count]}"),
            i => Get($"dossiers/{ids[i % ids.Count]}")
        );
        await Compare(bench, "page of 20", host, bare, _ => Get("api/v1/dossiers"), _ => Get("dossiers"));
        await Compare(bench, "receive", host, bare, _ => Post("api/v1/dossiers"), _ => Post("dossiers"));
        var memory = Processes.Memory(bench.Host!.Id);
        Console.WriteLine($"  memory of the host: {memory.Now:0} MB after the load, at most {memory.Peak:0} MB (aim under 500)");
        await Deliver(bench);
    }

    // What the receptions left behind: one fact each, delivered to one reader, once.
    private static async Task Deliver(Bench bench)
    {
        const string waiting = "SELECT count(*) FROM dossiers.outbox WHERE processed_at IS NULL AND name = 'dossiers.dossier-received.v1'";
        var facts = await bench.Scalar<long>(waiting);
        await bench.StartHost(background: true);
        var (app, db) = (Processes.Cpu(bench.Host!.Id), Processes.CpuWithChildren(bench.Postmaster));
        var watch = Stopwatch.StartNew();
        while (await bench.Scalar<long>(waiting) > 0 && watch.Elapsed < TimeSpan.FromMinutes(3))
            await Task.Delay(500);
        var left = await bench.Scalar<long>(waiting);
        var done = Math.Max(1, facts - left);
        Console.WriteLine(
            $"  delivery afterwards: {done / watch.Elapsed.TotalSeconds:N0} facts a second, {(Processes.Cpu(bench.Host.Id) - app) / done * 1e6:N0} + {(Processes.CpuWithChildren(bench.Postmaster) - db) / done * 1e6:N0} microseconds each, {left} left"
        );
    }

    private static async Task Compare(
        Bench bench,
        string name,
        HttpClient host,
        HttpClient bare,
        Func<int, HttpRequestMessage> hostRequest,
        Func<int, HttpRequestMessage> bareRequest
    )
    {
        // Both sides are warm before the first round counts.
        await Load.Run(host, Connections, RoundTime, hostRequest);
        await Load.Run(bare, Connections, RoundTime, bareRequest);
        var (sum, bareSum) = (new Usage(), new Usage());
        for (var round = 0; round < Rounds; round++)
        {
            sum += await Load.Measure(bench, bench.Host!.Id, host, Connections, RoundTime, hostRequest);
            bareSum += await Load.Measure(bench, bench.Bare.Id, bare, Connections, RoundTime, bareRequest);
        }
        Console.WriteLine(
            $"  {name, -14} {sum.PerSecond, 10:N0} {sum.Host, 8:N0} {sum.Database, 9:N0} {bareSum.PerSecond, 13:N0} {bareSum.Host, 8:N0} {bareSum.Database, 9:N0} {(bareSum.Host + bareSum.Database) / (sum.Host + sum.Database), 13:0.00}"
        );
    }

    private static async Task<List<string>> Ids(HttpClient host)
    {
        List<string> ids = [];
        var next = "";
        for (var page = 0; page < 20; page++)
        {
            var list = await host.GetFromJsonAsync<JsonElement>(new Uri($"api/v1/dossiers?limit=100{next}", UriKind.Relative));
            ids.AddRange(list.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetString()!));
            if (!list.TryGetProperty("nextCursor", out var cursor))
                break;
            next = "&cursor=" + cursor.GetString();
        }
        return ids;
    }

    public static HttpRequestMessage Reception() => Post("api/v1/dossiers");

    private static HttpRequestMessage Get(string path) => new(HttpMethod.Get, path);

    private static HttpRequestMessage Post(string path) =>
        new(HttpMethod.Post, path) { Content = new StringContent(ReceptionBody, Encoding.UTF8, "application/json") };
}
