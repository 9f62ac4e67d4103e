using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Pac.Testing;

namespace Pac.Host.Tests;

/// <summary>A host that is killed over an import: an upload leaves nothing, a job goes on where it was.</summary>
public sealed class KilledImportTests
{
    private const int Rows = 40_000;
    private const int EveryWrongRow = 100;
    private const int EveryRepeatedRow = 250;
    private const string Header = "sourceId,code,procedureCode,centreCode,channel,applicantName,receivedAt,outcome,settledAt\n";

    [Fact]
    public async Task An_upload_that_kill_9_cuts_leaves_nothing_and_can_be_repeated()
    {
        await using var database = await Databases.Sandbox();
        await using var first = await RunningHost.Start(database.ConnectionString);
        using var content = new UnfinishedUpload(Encoding.UTF8.GetBytes(File(20_000)));
        var upload = (await first.Machine()).Call(HttpMethod.Post, "/api/v1/dossier-imports?source=cut", content);
        await Eventually.True(() => Staging(database, 1), "The host stages nothing.");

        await first.Kill();
        content.BreakOff();
        await Assert.ThrowsAsync<HttpRequestException>(() => upload);

        await Eventually.True(() => Staging(database, 0), "The transaction of the killed host stays open.");
        Assert.Equal(0, await database.Scalar<long>("SELECT count(*) FROM dossiers.import_rows"));
        Assert.Equal(0, await database.Scalar<long>("SELECT count(*) FROM dossiers.jobs"));
        await using var second = await first.StartAgain();
        var client = await second.Machine();
        var job = await client.JobDone(await Upload(client, "cut", File(300)));
        Assert.Equal("succeeded", job.GetProperty("state").GetString());
        Assert.Equal(300, job.GetProperty("result").GetProperty("rows").GetInt64());
    }

    [Fact]
    public async Task An_import_that_kill_9_interrupts_is_taken_over_and_ends_as_if_nothing_had_happened()
    {
        await using var database = await Databases.Sandbox();
        await using var first = await RunningHost.Start(database.ConnectionString);
        var accepted = (await Upload(await first.Machine(), "years", File(Rows))).Expect(202);
        var id = accepted.Json.GetProperty("id").GetGuid();
        await Eventually.True(() => Done(database, id), "The import does not begin.");
        // The next batch waits for its list of faults, in the middle of its transaction.
        await using (await database.Hold("LOCK TABLE dossiers.import_errors IN SHARE ROW EXCLUSIVE MODE"))
        {
            await Eventually.True(
                async () => await database.Scalar<long>("SELECT count(*) FROM pg_locks WHERE NOT granted") > 0,
                "No batch waits."
            );
            await first.Kill();
        }
        Assert.Equal("Running", await database.Scalar<string>("SELECT state FROM dossiers.jobs WHERE id = $1", id));
        Assert.InRange(await database.Scalar<long>("SELECT done FROM dossiers.jobs WHERE id = $1", id), 1, Rows - 1);

        await using var second = await first.StartAgain();
        var client = await second.Machine();
        var job = await client.JobDone(accepted);

        Assert.Equal("succeeded", job.GetProperty("state").GetString());
        Assert.Equal(2, await database.Scalar<int>("SELECT fence FROM dossiers.jobs WHERE id = $1", id));
        var result = job.GetProperty("result");
        Assert.Equal(Rows, result.GetProperty("rows").GetInt64());
        Assert.Equal(Rows / EveryWrongRow, result.GetProperty("rejected").GetInt64());
        Assert.Equal(Rows / EveryRepeatedRow, result.GetProperty("alreadyThere").GetInt64());
        var imported = Rows - Rows / EveryWrongRow - Rows / EveryRepeatedRow;
        Assert.Equal(imported, result.GetProperty("imported").GetInt64());
        Assert.Equal(
            imported,
            (await client.Get("/api/v1/dossiers?limit=1&withTotal=true")).Expect(200).Json.GetProperty("total").GetInt64()
        );
        Assert.Equal(
            Rows / EveryWrongRow,
            (await client.Get($"/api/v1/dossier-imports/{id}/errors?limit=1&withTotal=true"))
                .Expect(200)
                .Json.GetProperty("total")
                .GetInt64()
        );
        // Those that can be mended, and no others.
        Assert.Equal(Rows / EveryWrongRow, await database.Scalar<long>("SELECT count(*) FROM dossiers.import_rows"));
        await client.FindsNoDifference();
    }

    private static async Task<bool> Done(TestDatabase database, Guid id) =>
        await database.Scalar<long>("SELECT done FROM dossiers.jobs WHERE id = $1", id) > 0;

    private static async Task<bool> Staging(TestDatabase database, long connections) =>
        await database.Scalar<long>(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'COPY dossiers.import_rows%' AND state = 'active'"
        ) == connections;

    private static Task<Reply> Upload(HttpClient client, string source, string file) =>
        client.Call(HttpMethod.Post, "/api/v1/dossier-imports?source=" + source, Calls.Body(file, "text/csv"));

    // Half of them settled; among them rows of a centre that nobody knows and rows that came before.
    private static string File(int rows)
    {
        var text = new StringBuilder(Header);
        var begin = new DateTimeOffset(2025, 7, 1, 8, 0, 0, TimeSpan.FromHours(7));
        for (var n = 1; n <= rows; n++)
        {
            var received = begin.AddMinutes(5 * n);
            var id = n % EveryRepeatedRow == 2 ? n - 1 : n;
            var centre = n % EveryWrongRow == 50 ? "nowhere" : Sandbox.ProvincialCentre;
            var end = n % 2 == 0 ? ",result," + received.AddDays(1).ToString("O", CultureInfo.InvariantCulture) : ",,";
            text.Append(
                CultureInfo.InvariantCulture,
                $"id-{id},H15.02-{received:yyMMdd}-{id:000000},1.014196,{centre},counter,Hồ sơ {n},{received:O}{end}\n"
            );
        }
        return text.ToString();
    }

    /// <summary>Rows that come, and then an end that does not.</summary>
    private sealed class UnfinishedUpload : HttpContent
    {
        private readonly byte[] _begin;
        private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public UnfinishedUpload(byte[] begin)
        {
            _begin = begin;
            Headers.ContentType = MediaTypeHeaderValue.Parse("text/csv");
        }

        public void BreakOff() => _end.SetException(new IOException("The upload is broken off."));

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(_begin);
            await stream.FlushAsync();
            await _end.Task;
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _begin.Length * 2;
            return true;
        }
    }
}
