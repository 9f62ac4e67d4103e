using System.Diagnostics;

namespace Pac.Benchmarks;

/// <summary>Requests over several connections for a while, and what they cost in processor time.</summary>
internal static class Load
{
    public static async Task<Usage> Measure(
        Bench bench,
        int server,
        HttpClient client,
        int connections,
        TimeSpan time,
        Func<int, HttpRequestMessage> request
    )
    {
        var (app, db) = (Processes.Cpu(server), Processes.CpuWithChildren(bench.Postmaster));
        var watch = Stopwatch.StartNew();
        var count = await Run(client, connections, time, request);
        return new(count, watch.Elapsed.TotalSeconds, Processes.Cpu(server) - app, Processes.CpuWithChildren(bench.Postmaster) - db);
    }

    public static async Task<int> Run(HttpClient client, int connections, TimeSpan time, Func<int, HttpRequestMessage> request)
    {
        var count = 0;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(
            Enumerable
                .Range(0, connections)
                .Select(async _ =>
                {
                    while (watch.Elapsed < time)
                    {
                        using var message = request(Interlocked.Increment(ref count));
                        using var answer = await client.SendAsync(message);
                        await answer.Content.ReadAsByteArrayAsync();
                        answer.EnsureSuccessStatusCode();
                    }
                })
        );
        return count;
    }
}

/// <summary>What requests cost.</summary>
internal readonly record struct Usage(int Count, double Seconds, double HostCpu, double DatabaseCpu)
{
    public double PerSecond => Count / Seconds;

    public double Host => HostCpu / Count * 1e6;

    public double Database => DatabaseCpu / Count * 1e6;

    /// <summary>Processor time of host and database, in microseconds a request.</summary>
    public double Cpu => Host + Database;

    public static Usage operator +(Usage a, Usage b) =>
        new(a.Count + b.Count, a.Seconds + b.Seconds, a.HostCpu + b.HostCpu, a.DatabaseCpu + b.DatabaseCpu);
}
