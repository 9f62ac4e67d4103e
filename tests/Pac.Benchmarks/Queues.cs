namespace Pac.Benchmarks;

/// <summary>The counts of the work queues over a short and a long history with the same dossiers open: they may not grow with what is done.</summary>
internal static class Queues
{
    private const int Open = 5_000;
    private const int Connections = 8;
    private const int Rounds = 3;
    private static readonly TimeSpan RoundTime = TimeSpan.FromSeconds(1);
    private static readonly (string Name, string Client, string Scope)[] Desks =
    [
        ("leader", "bench-queue-leader", "province"),
        ("clerk", "bench-queue-clerk", "centre:dak-lak"),
        ("officer", "bench-queue-officer", "agency:H15.09"),
    ];

    public static async Task Run(Bench bench)
    {
        var little = await Measure(bench, 100_000);
        var much = await Measure(bench, 1_000_000);
        Console.WriteLine();
        Console.WriteLine($"Work queues with {Open:N0} open dossiers; microseconds of processor per request, host + database");
        Console.WriteLine("                 of 100,000      of 1,000,000   long to short (aim about 1)");
        for (var i = 0; i < Desks.Length; i++)
            Console.WriteLine(
                $"  {Desks[i].Name, -8}{Lists.Text(little[i]), 17}{Lists.Text(much[i]), 18}{much[i].Cpu / little[i].Cpu, 20:0.00}"
            );
    }

    private static async Task<Usage[]> Measure(Bench bench, int dossiers)
    {
        await bench.Execute("TRUNCATE dossiers.dossiers CASCADE");
        await Lists.Fill(bench, dossiers, openOneIn: dossiers / Open);
        await bench.StartHost(background: false);
        var sum = new Usage[Desks.Length];
        for (var i = 0; i < Desks.Length; i++)
        {
            using var client = bench.Client(
                bench.HostAddress,
                Connections,
                await bench.TokenOf(Desks[i].Client + dossiers, Desks[i].Scope)
            );
            for (var round = -1; round < Rounds; round++)
            {
                var usage = await Load.Measure(
                    bench,
                    bench.Host!.Id,
                    client,
                    Connections,
                    RoundTime,
                    _ => new(HttpMethod.Get, "api/v1/work-queues")
                );
                // The first round warms up.
                if (round >= 0)
                    sum[i] += usage;
            }
        }
        return sum;
    }
}
