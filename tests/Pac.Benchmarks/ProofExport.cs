using System.Diagnostics;

namespace Pac.Benchmarks;

/// <summary>The proof of a million dossiers: how much more memory the host needs while it leaves the house.</summary>
internal static class ProofExport
{
    private const int Dossiers = 1_000_000;
    private static readonly Uri Question = new("api/v1/dossier-statistics/proof?from=2024-01-01&to=2024-12-31", UriKind.Relative);

    public static async Task Run(Bench bench)
    {
        Console.WriteLine();
        Console.WriteLine($"Proof export of {Dossiers:N0} dossiers");
        await bench.Execute(
            $"""
            DELETE FROM dossiers.dossiers WHERE source = 'proof';
            INSERT INTO dossiers.dossiers (id, revision, source, source_id, code, procedure_code, procedure_version, field_code, centre_code,
                agency_code, channel, status, applicant_kind, applicant_name, applicant_search, received_at, due_at, outcome, settled_at,
                components, steps, only_submitted)
            SELECT gen_random_uuid(), 1, 'proof', i::text, 'H15.09-' || to_char(t, 'YYMMDD') || '-' || lpad(i::text, 8, '0'), '1.002809', 1,
                'road-traffic', 'dak-lak', 'H15.09', (ARRAY['Counter', 'Online', 'Post'])[1 + i % 3], 'Completed', 'Citizen', 'Lê Văn Tám',
                'le van tam', t, t + interval '5 days', 'Result', t + interval '3 days', '[]', '[]', false
            FROM (SELECT i, timestamptz '2024-01-02' + interval '1 second' * (i * 31) AS t FROM generate_series(1, {Dossiers}) AS i) AS x;
            UPDATE identity.client_grants SET scope = 'province' WHERE client_id = 'demo-machine';
            """
        );
        await bench.Execute("VACUUM ANALYZE dossiers.dossiers");
        await bench.StartHost(background: false);
        await bench.Renew();
        using var client = bench.Client(bench.HostAddress, 1);
        // What the first call alone costs is no part of it.
        await client.GetStringAsync(new Uri("api/v1/dossier-statistics/proof?from=2023-01-01&to=2023-01-02", UriKind.Relative));
        await Task.Delay(TimeSpan.FromSeconds(5));
        var idle = Processes.Memory(bench.Host!.Id).Now;
        var (lines, bytes, highest) = (0L, 0L, idle);
        var watch = Stopwatch.StartNew();
        using (var answer = await client.GetAsync(Question, HttpCompletionOption.ResponseHeadersRead))
        {
            answer.EnsureSuccessStatusCode();
            await using var body = await answer.Content.ReadAsStreamAsync();
            var buffer = new byte[1024 * 1024];
            for (int read; (read = await body.ReadAsync(buffer)) > 0; bytes += read)
            {
                lines += buffer.AsSpan(0, read).Count((byte)'\n');
                highest = Math.Max(highest, Processes.Memory(bench.Host!.Id).Now);
            }
        }
        Console.WriteLine($"  {lines - 2:N0} dossiers, {bytes / 1e6:N0} MB in {watch.Elapsed.TotalSeconds:0.0} s");
        Console.WriteLine(
            $"  memory of the host: {idle:0} MB at rest, at most {highest:0} MB meanwhile: {highest - idle:0} MB more (aim: flat)"
        );
        await bench.Execute("DELETE FROM dossiers.dossiers WHERE source = 'proof'");
    }
}
