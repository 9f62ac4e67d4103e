using System.IO.Compression;
using System.Xml.Linq;
using Microsoft.Extensions.DependencyInjection;
using Pac.BuildingBlocks.Jobs;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Files;
using Pac.Dossiers.Features;
using Pac.Dossiers.Files;
using Pac.Dossiers.Persistence;
using Pac.Testing;

namespace Pac.Dossiers.Tests.Features;

/// <summary>Dossiers in a file: what the list shows, written by a job, fetched by whoever asked, and gone after a term.</summary>
public sealed class DossierExportTests(DossiersHost fixture) : DossierTests(fixture)
{
    private const string Exports = "/api/v1/dossier-exports";

    private static CancellationToken Never => TestContext.Current.CancellationToken;

    private static async Task<string> Ask(HttpClient by, string format = "csv", object? filter = null)
    {
        var asked = (await by.Post(Exports, new { format, filter })).Expect(202);
        return $"{Exports}/{asked.Json.GetProperty("id").GetGuid()}";
    }

    private async Task<string> Exported(HttpClient by, string format = "csv", object? filter = null)
    {
        var export = await Ask(by, format, filter);
        await Host.RunJobs();
        Assert.Equal("ready", Text((await by.Get(export)).Expect(200), "state"));
        return export;
    }

    // The lines behind the headings.
    private static async Task<List<string>> Lines(HttpClient by, string export) =>
        [.. (await by.Get(export + "/file")).Expect(200).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)];

    private Task<int> EndLease() => Host.Sql("UPDATE dossiers.jobs SET lease_until = now() - interval '1 second' WHERE state = 'Running'");

    private static async Task<List<List<string>>> Sheet(Stream file, int number = 1)
    {
        await using var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        await using var sheet = await zip.GetEntry($"xl/worksheets/sheet{number}.xml")!.OpenAsync(Never);
        var document = await XDocument.LoadAsync(sheet, LoadOptions.PreserveWhitespace, Never);
        return
        [
            .. document
                .Descendants()
                .Where(e => e.Name.LocalName == "row")
                .Select(r => r.Elements().Select(c => $"{c.Attribute("r")!.Value}={c.Value}").ToList()),
        ];
    }

    [Fact]
    public async Task An_export_holds_what_the_list_shows_by_the_same_filter_newest_first()
    {
        var first = await Receive();
        Host.Clock.Now += TimeSpan.FromMinutes(1);
        var second = await Receive();
        await Receive(centre: Facilities.Ward);
        var export = await Exported(Officer, filter: new { procedureCode = Licence, centreCode = Facilities.Centre });
        var lines = await Lines(Officer, export);
        Assert.Equal([Text(second, "code"), Text(first, "code")], lines.Select(l => l.Split(',')[0]));
        Assert.Contains(Person.Name, lines[0], StringComparison.Ordinal);
        Assert.Contains("Công an tỉnh", lines[0], StringComparison.Ordinal);
        Assert.DoesNotContain(Person.Identity, lines[0], StringComparison.Ordinal);
        var read = (await Officer.Get(export)).Expect(200);
        Assert.Equal(
            (2, 2, Licence),
            (Number(read, "rows"), Number(read, "counted"), Text(read.Json.GetProperty("filter"), "procedureCode"))
        );
        Assert.Equal(Text(read, "id"), Items(await Officer.Get(Exports)).Single().GetProperty("id").GetString());
        Assert.Empty(await Lines(Officer, await Exported(Officer, filter: new { status = "returned" })));
        (await Officer.Post(Exports, new { format = "pdf" })).Expect(400);
        (await Host.Client("dossiers.read").Post(Exports, new { format = "csv" })).Expect(403);
    }

    [Fact]
    public async Task A_spreadsheet_holds_the_same_and_no_formula()
    {
        var reception = Reception();
        reception["applicant"] = new { name = "=1+1 <b> & _x0041_" };
        var dossier = (await Officer.Post("/api/v1/dossiers", reception)).Expect(201);
        var export = await Exported(Officer, "xlsx");
        var answer = await Officer.GetAsync(new Uri(export + "/file", UriKind.Relative), Never);
        Assert.Equal(TableWriter.Xlsx, answer.Content.Headers.ContentType!.MediaType);
        Assert.EndsWith(".xlsx", answer.Content.Headers.ContentDisposition!.FileName, StringComparison.Ordinal);
        using var bytes = new MemoryStream(await answer.Content.ReadAsByteArrayAsync(Never));
        var rows = MiniExcelLibs.MiniExcel.Query(bytes, useHeaderRow: true).Cast<IDictionary<string, object>>().ToList();
        Assert.Equal(Text(dossier, "code"), Assert.Single(rows)["Mã hồ sơ"]);
        Assert.StartsWith("'=1+1 <b> & ", rows[0]["Người nộp"].ToString(), StringComparison.Ordinal);
        bytes.Position = 0;
        Assert.Contains((await Sheet(bytes))[1], c => c.StartsWith("J2='=1+1 <b> & _x005F_x0041_", StringComparison.Ordinal));
        // Its bytes are those that were promised, whole and in part.
        Assert.Equal(
            Text(await Officer.Get(export), "sha256"),
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes.ToArray()))
        );
        var part = await Officer.Call(HttpMethod.Get, export + "/file", null, ("Range", "bytes=0-1"));
        Assert.Equal("PK", part.Expect(206).Text);
    }

    [Fact]
    public async Task It_holds_what_whoever_asked_could_see_when_asking_and_is_fetched_by_nobody_else()
    {
        var mine = await Receive();
        var other = await Receive(centre: Facilities.Ward);
        var ward = Over("centre:" + Facilities.Ward, "an");
        var export = await Ask(ward);
        Assert.Equal("waiting", Text((await ward.Get(export)).Expect(200), "state"));
        (await ward.Get(export + "/file")).Expect(409, "dossiers.export-not-ready");
        await Host.RunJobs();
        Assert.Equal([Text(other, "code")], (await Lines(ward, export)).Select(l => l.Split(',')[0]));

        foreach (var stranger in new[] { Officer, Over("centre:" + Facilities.Ward, "binh"), Over("centre:" + Facilities.Centre, "an") })
        {
            (await stranger.Get(export)).Expect(404, "export-not-found");
            (await stranger.Get(export + "/file")).Expect(404, "export-not-found");
            Assert.Empty(Items(await stranger.Get(Exports)));
        }
        Assert.Equal(
            [Text(mine, "code")],
            (await Lines(Officer, await Exported(Officer, filter: new { centreCode = Facilities.Centre }))).Select(l => l.Split(',')[0])
        );
        Assert.Equal(
            2,
            await Host.Scalar<long>(
                $"SELECT count(*) FROM dossiers.audit WHERE kind = 'PersonalData' AND thing = '{export.Split('/')[^1]}' AND subject = 'an'"
            )
        );
    }

    [Fact]
    public async Task Parts_of_the_file_are_fetched_at_once()
    {
        await Receive();
        var export = await Exported(Officer);
        var parts = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Officer.Get(export + "/file")));
        Assert.All(parts, p => p.Expect(200));
    }

    [Fact]
    public async Task A_run_that_died_is_begun_anew_and_no_half_is_part_of_the_file()
    {
        await Receive();
        var export = await Ask(Officer);
        var id = new DossierExportId(Guid.Parse(export.Split('/')[^1]));
        var store = Host.Services.GetRequiredService<IFileStore>();
        await using (await Held("dossiers.fields"))
        {
            // The first host stands at the names; it has put something before it dies.
            var running = Host.RunJobs();
            await Waiting(Host, 1);
            await store.Put(FileKeys.Piece(id, 1, 0), "half"u8.ToArray(), Never);
            await Host.Sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
            );
            await running;
        }
        Assert.Equal("running", Text(await Officer.Get(export), "state"));
        (await Officer.Get(export + "/file")).Expect(409, "dossiers.export-not-ready");
        await EndLease();
        await using var second = await Host.Sibling();
        await second.RunJobs();
        Assert.Single(await Lines(Officer, export));
        Assert.Null(await store.Size(FileKeys.Piece(id, 1, 0), Never));
    }

    [Fact]
    public async Task A_host_that_was_overtaken_does_not_say_that_its_file_is_the_one()
    {
        await Receive();
        var export = await Ask(Officer);
        await using var second = await Host.Sibling();
        Task<bool> stalled;
        Task<bool> taken;
        await using (await Held("dossiers.fields"))
        {
            stalled = Host.Services.GetRequiredService<JobRunner>().RunOnce(Never);
            await Waiting(Host, 1);
            // The first host may prolong its lease between the two.
            do
            {
                await EndLease();
                taken = second.Services.GetRequiredService<JobRunner>().RunOnce(Never);
                await Task.WhenAny(taken, Waiting(Host, 2));
            } while (taken.IsCompleted);
        }
        await Task.WhenAll(stalled, taken);
        Assert.Single(await Lines(Officer, export));
        Assert.Equal(2, await Host.Scalar<int>("SELECT (file ->> 'run')::int FROM dossiers.dossier_exports"));
    }

    [Fact]
    public async Task The_file_is_gone_when_its_term_is_over()
    {
        await Receive();
        var export = await Exported(Officer);
        var prune = Host.Services.GetRequiredService<PruneFiles>();
        var store = Host.Services.GetRequiredService<IFileStore>();
        var key = FileKeys.Piece(new DossierExportId(Guid.Parse(export.Split('/')[^1])), 1, 0);
        Host.Clock.Now += TimeSpan.FromHours(71);
        await prune.Once(Never);
        (await Officer.Get(export + "/file")).Expect(200);
        Host.Clock.Now += TimeSpan.FromHours(1);
        (await Officer.Get(export + "/file")).Expect(404, "dossiers.export-expired");
        Assert.Equal("expired", Text(await Officer.Get(export), "state"));
        Assert.NotNull(await store.Size(key, Never));
        await prune.Once(Never);
        Assert.Null(await store.Size(key, Never));
    }

    [Fact]
    public async Task A_full_sheet_goes_on_in_the_next_one_with_the_headings_again()
    {
        using var file = new MemoryStream();
        using var table = await XlsxTable.Begin(file, "Hồ sơ", ["Số", "Tên"], Never, mostRows: 3);
        for (var i = 1; i <= 5; i++)
            await table.Write([i, "a" + (char)1 + "\n" + i], Never);
        await table.Complete(Never);
        List<List<string>> all = [];
        for (var sheet = 1; sheet <= 3; sheet++)
        {
            file.Position = 0;
            all.AddRange(await Sheet(file, sheet));
        }
        Assert.Equal(8, all.Count);
        Assert.Equal(3, all.Count(r => r is ["A1=Số", "B1=Tên"]));
        Assert.Equal(["A2=3", "B2=a 3"], all[4]);
        file.Position = 0;
        Assert.Equal(["Hồ sơ", "Hồ sơ 2", "Hồ sơ 3"], MiniExcelLibs.MiniExcel.GetSheetNames(file));
    }

    [Fact]
    public async Task A_file_of_many_pieces_is_read_as_one_from_any_place()
    {
        var store = Host.Services.GetRequiredService<IFileStore>();
        var id = new DossierExportId(Guid.CreateVersion7());
        string Key(int n) => FileKeys.Piece(id, 1, n);
        await using var writer = new PieceWriter(store, Key);
        var block = new byte[3 * 1024 * 1024];
        for (byte i = 1; i <= 3; i++)
        {
            block.AsSpan().Fill(i);
            await writer.WriteAsync(block, Never);
        }
        var (size, _) = await writer.Complete(Never);
        Assert.Equal(3 * block.Length, size);
        await using var read = new PiecedStream(store, PieceWriter.Pieces(size, PieceWriter.PieceSize, Key), size);
        var one = new byte[1];
        foreach (var (at, expected) in new[] { (0, 1), (block.Length - 1, 1), (block.Length, 2), (3 * block.Length - 1, 3) })
        {
            read.Position = at;
            await read.ReadExactlyAsync(one, Never);
            Assert.Equal(expected, one[0]);
        }
        await store.DeleteFolder(FileKeys.Of(id), Never);
    }

    [Fact]
    public async Task The_register_of_a_quarter_and_of_a_year_is_a_spreadsheet_numbered_through()
    {
        await Host.Sql(
            """
            INSERT INTO dossiers.dossiers (id, revision, source, source_id, code, procedure_code, procedure_version, field_code, centre_code,
                agency_code, channel, status, applicant_kind, applicant_name, applicant_search, received_at, due_at, outcome, settled_at,
                components, steps, only_submitted)
            SELECT gen_random_uuid(), 1, 'x', i::text, 'H15.09-260701-' || lpad(i::text, 6, '0'), '1.002809', 1, 'road-traffic', 'dak-lak', 'H15.09',
                'Counter', 'Completed', 'Citizen', 'Lê Văn Tám', 'le van tam', t, t, 'Result', t, '[]', '[]', false
            FROM (SELECT i, timestamptz '2026-07-01' + interval '3 minutes' * i AS t FROM generate_series(1, 21000) AS i) AS x
            """
        );
        const string quarter = "/api/v1/dossier-register?from=2026-07-01&to=2026-09-30";
        (await Officer.Post(Exports, new { format = "csv" })).Expect(422, "dossiers.export-too-large");
        (await Officer.Post(Exports, new { format = "csv", filter = new { receivedTo = "2026-07-31" } })).Expect(202);
        foreach (var format in new[] { "", "&format=pdf" })
        {
            var refused = (await Officer.Get(quarter + format)).Expect(400);
            Assert.Contains("xlsx", refused.Text, StringComparison.Ordinal);
        }
        var bytes = await Officer.GetByteArrayAsync("/api/v1/dossier-register?from=2026-01-01&to=2026-12-31&format=xlsx", Never);
        using var file = new MemoryStream(bytes);
        var rows = await Sheet(file);
        Assert.Equal(21_001, rows.Count);
        Assert.Equal("A21001=21000", rows[^1][0]);
        Assert.Equal("B2=H15.09-260701-000001", rows[1][1]);
        (await Officer.Get("/api/v1/dossier-register?from=2025-01-01&to=2026-12-31&format=xlsx")).Expect(400);
        Assert.Equal(1, await Host.Scalar<long>("SELECT count(*) FROM dossiers.audit WHERE kind = 'register'"));
    }

    private static long Number(Reply reply, string member) => reply.Json.GetProperty(member).GetInt64();

    private static string Text(System.Text.Json.JsonElement element, string member) => element.GetProperty(member).GetString()!;

    // Whoever reads the table waits until it is let go.
    private async Task<Npgsql.NpgsqlConnection> Held(string table)
    {
        var connection = new Npgsql.NpgsqlConnection(Host.ConnectionString + ";Pooling=false");
        await connection.OpenAsync(Never);
        await using var hold = new Npgsql.NpgsqlCommand($"BEGIN; LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE", connection);
        await hold.ExecuteNonQueryAsync(Never);
        return connection;
    }
}
