using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace Pac.CentreYear.Running;

/// <summary>Generator, import and statistics in one go.</summary>
internal static class CentreYearRun
{
    private static readonly JsonSerializerOptions Web = JsonSerializerOptions.Web;

    /// <summary>Imports the years, prints the statistics and checks them. Returns whether everything agrees.</summary>
    public static async Task<bool> Run(PacClient client, TextWriter output, CancellationToken ct)
    {
        var rejected = await Import(client, output, ct);
        var report = await Read(client, ct);
        report.Print(output);
        var checks = report.Checks().Prepend(new("rows rejected", "0", Text(rejected))).ToList();
        checks.Add(await Recount(client, output, ct));
        output.WriteLine();
        foreach (var check in checks)
            output.WriteLine($"  {(check.Agrees ? "agrees " : "DIFFERS")}  {check.What}: {check.Found}{Wanted(check)}");
        var differing = checks.Count(c => !c.Agrees);
        output.WriteLine();
        output.WriteLine(
            differing == 0
                ? $"All {checks.Count} checks agree with what was published."
                : $"{differing} of {checks.Count} checks differ from what was published."
        );
        return differing == 0;
    }

    private static async Task<long> Import(PacClient client, TextWriter output, CancellationToken ct)
    {
        using var line = new ProgressLine(output);
        var total = Published.All.Sum(y => y.Received);
        var watch = Stopwatch.StartNew();
        using var rows = new RowsContent(CentreYears.Rows(), n => line.Show("sending", n, total, watch.Elapsed));
        var job = await client.Post("/api/v1/dossier-imports?source=centre-year", rows, ct);
        var sent = watch.Elapsed;
        line.Close($"sent {total:N0} rows in {Seconds(sent)} s, {Rate(total, sent)} rows/s");
        var begun = watch.Elapsed;
        job = await client.Follow(job, j => line.Show("importing", j.GetProperty("done").GetInt64(), total, watch.Elapsed - begun), ct);
        var worked = job.GetProperty("finishedAt").GetDateTimeOffset() - job.GetProperty("startedAt").GetDateTimeOffset();
        line.Close(
            $"imported in {Seconds(worked)} s, {Rate(total, worked)} rows/s; with sending {Seconds(watch.Elapsed)} s, {Rate(total, watch.Elapsed)} rows/s"
        );
        var outcome = job.GetProperty("result");
        var imported = outcome.GetProperty("imported").GetInt64();
        var known = outcome.GetProperty("alreadyThere").GetInt64();
        var rejected = outcome.GetProperty("rejected").GetInt64();
        output.WriteLine($"  {Text(imported)} new, {Text(known)} already there, {Text(rejected)} rejected");
        if (rejected > 0)
            await PrintErrors(client, job.GetProperty("id").GetString()!, output, ct);
        return rejected;
    }

    private static async Task PrintErrors(PacClient client, string import, TextWriter output, CancellationToken ct)
    {
        var page = await client.Get($"/api/v1/dossier-imports/{import}/errors?limit=20", ct);
        foreach (var e in page.GetProperty("items").EnumerateArray())
            output.WriteLine($"    line {e.GetProperty("line")}: {e.GetProperty("member")}: {e.GetProperty("detail")}");
        if (page.TryGetProperty("nextCursor", out _))
            output.WriteLine($"    and more: GET /api/v1/dossier-imports/{import}/errors");
    }

    private static async Task<YearReport> Read(PacClient client, CancellationToken ct)
    {
        const string Both = "from=2023-01-01&to=2024-12-31";
        const string Last = "from=2024-01-01&to=2024-12-31";
        return new(
            await client.Get($"/api/v1/dossier-statistics?{Both}&groupBy=month", ct),
            await client.Get($"/api/v1/dossier-statistics?{Last}&groupBy=field", ct),
            await client.Get($"/api/v1/dossier-statistics?{Last}&groupBy=channel", ct),
            await client.Get("/api/v1/dossier-statistics/year-on-year?year=2024", ct),
            await client.Get($"/api/v1/dossier-statistics/late-dossiers?{Last}&limit=100", ct)
        );
    }

    private static async Task<Check> Recount(PacClient client, TextWriter output, CancellationToken ct)
    {
        using var line = new ProgressLine(output);
        var watch = Stopwatch.StartNew();
        using var body = JsonContent.Create(new { }, options: Web);
        var job = await client.Post("/api/v1/dossier-statistics/recount", body, ct);
        job = await client.Follow(job, _ => { }, ct);
        var outcome = job.GetProperty("result");
        var compared = outcome.GetProperty("compared").GetInt64();
        output.WriteLine();
        output.WriteLine($"Recount from the records: {Text(compared)} figures compared in {Seconds(watch.Elapsed)} s");
        foreach (var difference in outcome.GetProperty("differences").EnumerateArray())
            output.WriteLine($"    {difference.GetRawText()}");
        return new("figures that differ from a count of the records", "0", Text(outcome.GetProperty("differences").GetArrayLength()));
    }

    private static string Wanted(Check check) => check.Agrees ? "" : $", published {check.Wanted}";

    private static string Text(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);

    private static string Rate(long rows, TimeSpan time) => Text((long)(rows / Math.Max(time.TotalSeconds, 0.001)));
}
