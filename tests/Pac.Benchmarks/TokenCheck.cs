using System.Diagnostics;

namespace Pac.Benchmarks;

/// <summary>What a request pays for its token: one answer with and without token, permission and data scope, in turns on one host.</summary>
internal static class TokenCheck
{
    private const int Connections = 16;
    private const int Rounds = 8;
    private static readonly TimeSpan RoundTime = TimeSpan.FromSeconds(2);

    public static async Task Run(Bench bench)
    {
        var (process, address) = await bench.StartBeside("token");
        await bench.Renew();
        using var client = bench.Client(address, Connections);
        var (open, closed) = (new Uri(address, "api/v1/open"), new Uri(address, "api/v1/closed"));
        await Load(client, open);
        await Load(client, closed);
        var (openSum, closedSum) = ((0, 0.0), (0, 0.0));
        for (var round = 0; round < Rounds; round++)
        {
            openSum = Add(openSum, await Measure(process.Id, client, open));
            closedSum = Add(closedSum, await Measure(process.Id, client, closed));
        }
        var (without, with) = (openSum.Item2 / openSum.Item1 * 1e6, closedSum.Item2 / closedSum.Item1 * 1e6);
        Console.WriteLine();
        Console.WriteLine(
            $"Token check, {Connections} connections, {Rounds} rounds of {RoundTime.TotalSeconds:0} s in turns; microseconds of processor per request"
        );
        Console.WriteLine(
            $"  with {with:0.0}, without {without:0.0}: {with - without:0.0} for token, permission and data scope (aim at most 15); ratio {with / without:0.00}"
        );
    }

    private static (int, double) Add((int Count, double Cpu) a, (int Count, double Cpu) b) => (a.Count + b.Count, a.Cpu + b.Cpu);

    private static async Task<(int, double)> Measure(int server, HttpClient client, Uri address)
    {
        var before = Processes.Cpu(server);
        var count = await Load(client, address);
        return (count, Processes.Cpu(server) - before);
    }

    private static async Task<int> Load(HttpClient client, Uri address)
    {
        var count = 0;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(
            Enumerable
                .Range(0, Connections)
                .Select(async _ =>
                {
                    while (watch.Elapsed < RoundTime)
                    {
                        using var answer = await client.GetAsync(address);
                        await answer.Content.ReadAsByteArrayAsync();
                        answer.EnsureSuccessStatusCode();
                        Interlocked.Increment(ref count);
                    }
                })
        );
        return count;
    }
}
