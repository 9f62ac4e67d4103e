using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;

namespace Pac.Benchmarks;

/// <summary>The centre's years through the import, against a bare COPY of the same rows into a table with the same indexes.</summary>
internal static class Import
{
    public static async Task Run(Bench bench)
    {
        var file = Path.Combine(Path.GetTempPath(), $"pac-years-{Environment.ProcessId}.csv");
        try
        {
            await Generate(file);
            Console.WriteLine();
            Console.WriteLine("Import of the centre's years 2023 and 2024");
            var before = Processes.Memory(bench.Host!.Id);
            var (rows, seconds, highest) = await Upload(bench, file);
            Console.WriteLine(
                $"  import      {rows / seconds, 10:N0} dossiers a second ({rows:N0} in {seconds:0.0} s, from the upload to the last figure; aim 10,000)"
            );
            var bare = await BareCopy(bench);
            Console.WriteLine($"  bare COPY   {rows / bare, 10:N0} rows a second into a table with the same indexes");
            Console.WriteLine($"  ratio       {bare / seconds, 10:0.00} (aim 0.50, or 10,000 a second)");
            Console.WriteLine($"  memory of the host: {before.Now:0} MB before, at most {highest:0} MB during the import (aim: flat)");
            await Task.Delay(TimeSpan.FromSeconds(5));
            Console.WriteLine(
                $"  memory of the host at rest with the years loaded: {Processes.Memory(bench.Host!.Id).Now:0} MB (aim under 250)"
            );
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task Generate(string file)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (var argument in new[] { Bench.Program("Pac.CentreYear"), "generate", "--out", file })
            start.ArgumentList.Add(argument);
        using var generator = Process.Start(start)!;
        await generator.StandardOutput.ReadToEndAsync();
        await generator.WaitForExitAsync();
        if (generator.ExitCode != 0)
            throw new InvalidOperationException("The generator failed.");
    }

    private static async Task<(long Rows, double Seconds, double Highest)> Upload(Bench bench, string file)
    {
        using var client = bench.Client(bench.HostAddress, 4);
        var watch = Stopwatch.StartNew();
        await using var content = File.OpenRead(file);
        using var body = new StreamContent(content);
        body.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        using var answer = await client.PostAsync(new Uri("api/v1/dossier-imports?source=benchmark", UriKind.Relative), body);
        answer.EnsureSuccessStatusCode();
        var job = await answer.Content.ReadFromJsonAsync<JsonElement>();
        var address = new Uri("api/v1/jobs/" + job.GetProperty("id").GetString(), UriKind.Relative);
        var highest = 0.0;
        while (true)
        {
            highest = Math.Max(highest, Processes.Memory(bench.Host!.Id).Now);
            job = await client.GetFromJsonAsync<JsonElement>(address);
            switch (job.GetProperty("state").GetString())
            {
                case "succeeded":
                    return (job.GetProperty("result").GetProperty("imported").GetInt64(), watch.Elapsed.TotalSeconds, highest);
                case "failed":
                    throw new InvalidOperationException("The import failed.");
                default:
                    await Task.Delay(100);
                    break;
            }
        }
    }

    private static async Task<double> BareCopy(Bench bench)
    {
        await bench.Execute("CREATE TABLE public.bare_dossiers (LIKE dossiers.dossiers INCLUDING ALL)");
        await using var from = new NpgsqlConnection(bench.ConnectionString);
        await using var to = new NpgsqlConnection(bench.ConnectionString);
        await from.OpenAsync();
        await to.OpenAsync();
        // The rows are held ready, so that only the writing is measured.
        using var rows = new MemoryStream();
        await using (var export = await from.BeginRawBinaryCopyAsync("COPY dossiers.dossiers TO STDOUT (FORMAT BINARY)"))
            await export.CopyToAsync(rows);
        rows.Position = 0;
        var watch = Stopwatch.StartNew();
        await using (var import = await to.BeginRawBinaryCopyAsync("COPY public.bare_dossiers FROM STDIN (FORMAT BINARY)"))
            await rows.CopyToAsync(import);
        var seconds = watch.Elapsed.TotalSeconds;
        await bench.Execute("DROP TABLE public.bare_dossiers");
        return seconds;
    }
}
