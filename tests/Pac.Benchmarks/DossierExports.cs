using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;

namespace Pac.Benchmarks;

/// <summary>A list of a million dossiers as a file: how fast, and how much more memory the host needs meanwhile; beside it what the server alone needs.</summary>
internal static class DossierExports
{
    private const int Usual = 1_000_000;

    public static async Task Run(Bench bench)
    {
        var rows = int.TryParse(Environment.GetEnvironmentVariable("PAC_BENCH_EXPORT_ROWS"), CultureInfo.InvariantCulture, out var fewer)
            ? fewer
            : Usual;
        Console.WriteLine();
        Console.WriteLine($"Export of {rows:N0} dossiers");
        await bench.Execute(
            $"""
            DELETE FROM dossiers.dossiers WHERE source = 'export';
            INSERT INTO dossiers.dossiers (id, revision, source, source_id, code, procedure_code, procedure_version, field_code, centre_code,
                agency_code, channel, status, applicant_kind, applicant_name, applicant_search, received_at, due_at, outcome, settled_at,
                components, steps, only_submitted)
            SELECT gen_random_uuid(), 1, 'export', i::text, 'H15.09-' || to_char(t, 'YYMMDD') || '-' || lpad(i::text, 8, '0'), '1.002809', 1,
                'road-traffic', 'dak-lak', 'H15.09', (ARRAY['Counter', 'Online', 'Post'])[1 + i % 3], 'Completed', 'Citizen', 'Lê Văn Tám',
                'le van tam', t, t + interval '5 days', 'Result', t + interval '3 days', '[]', '[]', false
            FROM (SELECT i, timestamptz '2022-01-02' + interval '1 second' * (i * 31) AS t FROM generate_series(1, {rows}) AS i) AS x;
            UPDATE identity.client_grants SET scope = 'province' WHERE client_id = 'demo-machine';
            """
        );
        await bench.Execute("VACUUM ANALYZE dossiers.dossiers");
        await bench.StartHost(background: true);
        await bench.Renew();
        using var client = bench.Client(bench.HostAddress, 1);
        // What the first call alone costs is no part of it.
        await Export(client, bench, "csv", "2001-01-01");
        await Export(client, bench, "xlsx", "2001-01-01");
        await Task.Delay(TimeSpan.FromSeconds(5));
        foreach (var format in new[] { "csv", "xlsx" })
        {
            var idle = Processes.Memory(bench.Host!.Id).Now;
            var (seconds, highest, bytes) = await Export(client, bench, format, "2030-12-31");
            Console.WriteLine(
                $"  {format}: {rows / seconds:N0} rows/s, {bytes / 1e6:N0} MB; memory of the host: {idle:0} MB at rest, at most {highest:0} MB meanwhile: {highest - idle:0} MB more (aim: flat)"
            );
        }
        Console.WriteLine($"  bare Npgsql, COPY TO STDOUT as CSV: {rows / await Bare(bench):N0} rows/s");
        await bench.Execute("DELETE FROM dossiers.dossiers WHERE source = 'export'");
    }

    private static async Task<(double Seconds, double Highest, long Bytes)> Export(HttpClient client, Bench bench, string format, string to)
    {
        var highest = 0.0;
        using var asked = await client.PostAsJsonAsync("api/v1/dossier-exports", new { format, filter = new { receivedTo = to } });
        asked.EnsureSuccessStatusCode();
        var id = (await asked.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
        JsonElement export;
        do
        {
            await Task.Delay(100);
            highest = Math.Max(highest, Processes.Memory(bench.Host!.Id).Now);
            export = await client.GetFromJsonAsync<JsonElement>($"api/v1/dossier-exports/{id}");
            if (export.GetProperty("state").GetString() is "failed")
                throw new InvalidOperationException("The export failed.");
        } while (export.GetProperty("state").GetString() != "ready");
        // Without the pause before a host takes a job up.
        var seconds = (export.GetProperty("finishedAt").GetDateTimeOffset() - await Started(bench, id)).TotalSeconds;
        using var file = await client.GetAsync(
            new Uri($"api/v1/dossier-exports/{id}/file", UriKind.Relative),
            HttpCompletionOption.ResponseHeadersRead
        );
        file.EnsureSuccessStatusCode();
        await using var body = await file.Content.ReadAsStreamAsync();
        var buffer = new byte[1024 * 1024];
        var bytes = 0L;
        for (int read; (read = await body.ReadAsync(buffer)) > 0; bytes += read)
            highest = Math.Max(highest, Processes.Memory(bench.Host!.Id).Now);
        return (seconds, highest, bytes);
    }

    private static async Task<DateTimeOffset> Started(Bench bench, Guid id)
    {
        await using var connection = new NpgsqlConnection(bench.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"SELECT started_at FROM dossiers.jobs WHERE id = '{id}'", connection);
        return new((DateTime)(await command.ExecuteScalarAsync())!);
    }

    // The same columns, in one statement, to nowhere.
    private static async Task<double> Bare(Bench bench)
    {
        await using var connection = new NpgsqlConnection(bench.ConnectionString);
        await connection.OpenAsync();
        var watch = Stopwatch.StartNew();
        using var copy = await connection.BeginTextExportAsync(
            """
            COPY (SELECT d.code, d.procedure_code, p.name, f.name, d.centre_code, d.agency_code, a.name, d.channel, d.status, d.applicant_name,
                d.applicant_identity_number, d.assigned_to, d.received_at, d.due_at, d.settled_at, d.returned_at
                FROM dossiers.dossiers d LEFT JOIN dossiers.procedures p ON p.code = d.procedure_code
                LEFT JOIN dossiers.fields f ON f.code = d.field_code LEFT JOIN dossiers.agencies a ON a.code = d.agency_code
                WHERE d.source = 'export' ORDER BY d.received_at DESC, d.id DESC) TO STDOUT (FORMAT CSV, HEADER)
            """
        );
        var buffer = new char[64 * 1024];
        while (await copy.ReadAsync(buffer.AsMemory()) > 0) { }
        return watch.Elapsed.TotalSeconds;
    }
}
