using System.Diagnostics;
using Npgsql;

namespace Pac.Benchmarks;

/// <summary>The year's statistics as the product reads them, against a count over the records.</summary>
internal static class YearStatistics
{
    private const int Dossiers = 10_000_000;
    private static readonly Uri Question = new(
        "api/v1/dossier-statistics?from=2024-01-01&to=2024-12-31&groupBy=month,channel",
        UriKind.Relative
    );

    public static async Task Run(Bench bench)
    {
        Console.WriteLine();
        Console.WriteLine($"Year statistics by month and channel, figures of {Dossiers:N0} dossiers");
        await bench.Execute(
            $"""
            CREATE TABLE public.many (received_at timestamptz, settled_at timestamptz, due_at timestamptz, channel text, procedure_code text, centre_code text);
            INSERT INTO public.many SELECT t, t + interval '3 days', t + interval '5 days', (ARRAY['Counter', 'Online', 'Post'])[1 + i % 3],
                '9.' || lpad((i % 52)::text, 6, '0'), 'centre-' || i % 103
            FROM (SELECT i, timestamptz '2024-01-01' + interval '1 second' * (i * 3.1) AS t FROM generate_series(1, {Dossiers}) AS i) AS x;
            DELETE FROM dossiers.summaries;
            INSERT INTO dossiers.summaries (grain, period, centre_code, agency_code, field_code, procedure_code, channel,
                received, settled, early, on_time, late, returned, withdrawn, refused, stopped)
            SELECT 'm', date_trunc('month', received_at)::date, centre_code, 'H15.09', 'identity', procedure_code, channel,
                count(*), count(*), count(*), 0, 0, count(*), 0, 0, 0
            FROM public.many GROUP BY 2, 3, 6, 7;
            INSERT INTO dossiers.summaries (grain, period, centre_code, agency_code, field_code, procedure_code, channel,
                received, settled, early, on_time, late, returned, withdrawn, refused, stopped)
            SELECT 'c', period, centre_code, '', '', '', channel, sum(received), sum(settled), sum(early), 0, 0, sum(returned), 0, 0, 0
            FROM dossiers.summaries WHERE grain = 'm' GROUP BY 2, 3, 7;
            """
        );
        await bench.Execute("VACUUM ANALYZE dossiers.summaries");
        await bench.Execute("VACUUM ANALYZE public.many");
        var figures = await bench.Scalar<long>("SELECT count(*) FROM dossiers.summaries");
        // The statement of the product, parameters and all.
        var summary = await Median(
            bench,
            """
            (SELECT true, NULL::date, channel, (sum(received) - sum(settled))::bigint, 0::bigint, 0::bigint, 0::bigint, 0::bigint, 0::bigint, 0::bigint,
                0::bigint, 0::bigint, 0::bigint, 0::bigint
            FROM dossiers.summaries WHERE (grain = 'c' AND period < $3 OR grain = 'd' AND period >= $3 AND period < $1)
            GROUP BY 1, 2, 3 HAVING sum(received) <> sum(settled) LIMIT 20000)
            UNION ALL
            (SELECT false, period, channel, 0::bigint, sum(received)::bigint, sum(settled)::bigint, sum(early)::bigint, sum(on_time)::bigint,
                sum(late)::bigint, sum(returned)::bigint, sum(withdrawn)::bigint, sum(refused)::bigint, sum(stopped)::bigint, sum(rejected)::bigint
            FROM dossiers.summaries WHERE grain = 'c' AND period >= $1 AND period <= $2 GROUP BY 1, 2, 3 LIMIT 20000)
            """,
            21,
            new DateOnly(2024, 1, 1),
            new DateOnly(2024, 12, 31),
            new DateOnly(2024, 1, 1)
        );
        var count = await Median(
            bench,
            """
            SELECT to_char(received_at, 'YYYY-MM'), channel, count(*), count(settled_at), count(*) FILTER (WHERE settled_at > due_at)
            FROM public.many WHERE received_at >= '2024-01-01' AND received_at < '2025-01-01' GROUP BY 1, 2
            """,
            3
        );
        await bench.Execute("UPDATE identity.client_grants SET scope = 'province' WHERE client_id = 'demo-machine'");
        await Task.Delay(TimeSpan.FromSeconds(2));
        await bench.Renew();
        using var client = bench.Client(bench.HostAddress, 1);
        var http = await MedianOf(11, () => client.GetStringAsync(Question));
        Console.WriteLine($"  from {figures:N0} figures   {summary, 8:0.0} ms in the database (aim under 20)");
        Console.WriteLine($"  over HTTP, with token, scope and JSON {http, 8:0.0} ms");
        Console.WriteLine($"  from the records  {count, 8:0.0} ms");
        Console.WriteLine($"  ratio             {count / summary, 8:N0}");
        await bench.Execute("DROP TABLE public.many");
    }

    private static async Task<double> Median(Bench bench, string sql, int times, params object[] parameters)
    {
        await using var connection = new NpgsqlConnection(bench.ConnectionString);
        await connection.OpenAsync();
        return await MedianOf(
            times,
            async () =>
            {
                await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 300 };
                foreach (var parameter in parameters)
                    command.Parameters.Add(new() { Value = parameter });
                await command.PrepareAsync();
                await using var reader = await command.ExecuteReaderAsync();
                while (await reader.ReadAsync())
                    _ = reader.GetValue(0);
            }
        );
    }

    private static async Task<double> MedianOf(int times, Func<Task> work)
    {
        var taken = new double[times];
        for (var i = 0; i < times; i++)
        {
            var watch = Stopwatch.StartNew();
            await work();
            taken[i] = watch.Elapsed.TotalMilliseconds;
        }
        Array.Sort(taken);
        return taken[times / 2];
    }
}
