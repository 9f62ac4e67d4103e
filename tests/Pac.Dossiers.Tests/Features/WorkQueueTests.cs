using System.Data.Common;
using System.Text.Json;
using CsCheck;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Pac.BuildingBlocks.Security;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Features.WorkQueues;
using Pac.Dossiers.Persistence;
using Pac.Testing;

namespace Pac.Dossiers.Tests.Features;

/// <summary>What somebody has to look after: counts that agree with the lists, and the acts that pass dossiers from hand to hand.</summary>
public sealed class WorkQueueTests(DossiersHost fixture) : DossierTests(fixture)
{
    private const string Queues = "/api/v1/work-queues";
    private readonly Rights _rights = fixture.Rights;

    private static readonly object Asked = new
    {
        items = new[] { new { code = "licence", reason = "Bản sao không rõ" } },
        legalBasis = "Nghị định 118/2025/NĐ-CP, điều 11",
    };

    private static async Task<Dictionary<string, int>> Counts(HttpClient client) =>
        Items(await client.Get(Queues)).ToDictionary(q => q.GetProperty("key").GetString()!, q => q.GetProperty("count").GetInt32());

    private static async Task<List<string>> Codes(HttpClient client, string key, int limit = 100) =>
        [.. (await Walk(client, $"{Queues}/{key}?limit={limit}")).Select(d => d.GetProperty("code").GetString()!)];

    private async Task<Reply> InProcess(string procedure = Licence) => (await Act(await Receive(procedure), "transfer")).Expect(200);

    private async Task<Reply> Submit() => (await Officer.Post("/api/v1/online-submissions", Reception())).Expect(201);

    [Fact]
    public async Task What_is_to_be_paid_at_the_return_keeps_no_submission_waiting()
    {
        var submitted = await Submit();
        var asked = new
        {
            amount = 135000,
            notice = "TB 1",
            timing = "atReturn",
        };
        (await Act(submitted, "request-payment", asked)).Expect(200);
        Assert.Equal([Text(submitted, "code")], await Codes(Officer, "intake"));
        Assert.Empty(await Codes(Officer, "waiting-payment"));
    }

    [Fact]
    public async Task Each_dossier_stands_in_the_queues_it_belongs_to()
    {
        var submitted = await Submit();
        var received = await Receive();
        var mine = (await Act(await InProcess(), "take")).Expect(200);
        var asked = (await Act(await InProcess(), "request-supplement", Asked)).Expect(200);
        var paying = (await Act(await InProcess(), "request-payment", new { amount = 135000, notice = "TB 1" })).Expect(200);
        var elsewhere = (await Act(await InProcess(), "hand-over", new { agencyCode = Trade, reason = "Lấy ý kiến" })).Expect(200);
        var ready = await Settle(await Receive());

        var police = Over("agency:" + Police);
        Assert.Equal([Text(mine, "code")], await Codes(police, "mine"));
        Assert.Equal([Text(mine, "code")], await Codes(police, "unit"));
        Assert.Empty(await Codes(police, "unassigned"));
        Assert.Equal([Text(elsewhere, "code")], await Codes(police, "waiting-agency"));
        Assert.Equal([Text(elsewhere, "code")], await Codes(Over("agency:" + Trade), "unassigned"));
        var centre = Over("centre:" + Facilities.Centre);
        Assert.Equal([Text(submitted, "code")], await Codes(centre, "intake"));
        Assert.Equal([Text(submitted, "code"), Text(received, "code")], await Codes(centre, "unit"));
        Assert.Equal([Text(asked, "code")], await Codes(centre, "waiting-citizen"));
        Assert.Equal([Text(paying, "code")], await Codes(centre, "waiting-payment"));
        Assert.Equal([Text(ready, "code")], await Codes(centre, "to-return"));
        Assert.Empty(await Codes(Over("centre:" + Facilities.Ward), "to-return"));

        // Eight working hours from 9:00, with a holiday between: the intake is due at 9:00 on the day after.
        var intake = Assert.Single(Items(await centre.Get(Queues + "/intake")));
        Assert.Equal("2026-11-25T09:00:00+07:00", intake.GetProperty("workDueAt").GetString());
        Assert.Equal([Text(submitted, "code")], await Codes(centre, "due-soon"));
        Host.Clock.Now = DakLak.At("2026-12-01 08:00");
        Assert.Contains(Text(received, "code"), await Codes(centre, "due-soon"));
        Host.Clock.Now = DakLak.At("2026-12-02 08:00");
        Assert.Contains(Text(submitted, "code"), await Codes(centre, "overdue"));
        Assert.Contains(Text(received, "code"), await Codes(centre, "overdue"));
        Assert.Empty(await Codes(centre, "due-soon"));
        (await Officer.Get(Queues + "/nobodys")).Expect(404, "work-queue-not-found");
    }

    [Fact]
    public async Task Counts_are_the_lengths_of_the_lists_whatever_the_data_and_whoever_looks()
    {
        // Dossiers of every kind, strewn over centres, agencies, officers and time.
        await Strew(400, open: 1.0);
        await Gen.Select(
                Gen.OneOfConst("province", "own", "centre:dak-lak", "centre:66-22015", "agency:H15.09", "agency:H15.05", "agency:H15.101"),
                Gen.OneOfConst("officer-0", "officer-1", "nobody"),
                Gen.Int[-6, 6],
                Gen.Int[1, 7]
            )
            .SampleAsync(
                async (scope, officer, days, limit) =>
                {
                    Host.Clock.Now = TestClock.Start.AddDays(days).AddMinutes(17);
                    var client = Over(scope, officer);
                    var counts = await Counts(client);
                    foreach (var queue in WorkQueue.All)
                    {
                        var codes = await Codes(client, queue.Key, limit * 10);
                        Assert.Equal((queue.Key, codes.Count), (queue.Key, counts[queue.Key]));
                        Assert.Distinct(codes);
                        var page = (await client.Get($"{Queues}/{queue.Key}?limit=1&withTotal=true")).Expect(200);
                        Assert.Equal(codes.Count, page.Json.GetProperty("total").GetInt32());
                    }
                    if (scope == "own")
                        Assert.All(counts.Values, c => Assert.Equal(0, c));
                },
                iter: 12,
                threads: 1
            );
    }

    [Fact]
    public async Task A_queue_is_read_in_the_order_of_what_is_due_and_what_is_not_due_stands_last()
    {
        await Strew(60, open: 1.0);
        var rows = await Walk(Over("centre:dak-lak"), Queues + "/waiting-agency?limit=7");
        Assert.NotEmpty(rows);
        var due = rows.Select(r => r.TryGetProperty("workDueAt", out var at) ? at.GetDateTimeOffset() : DateTimeOffset.MaxValue).ToList();
        Assert.Equal(due.Order(), due);
        Assert.Contains(DateTimeOffset.MaxValue, due);
        Assert.All(rows, r => Assert.Equal("066*****1234", r.GetProperty("applicantIdentityNumber").GetString()));
    }

    [Theory]
    [InlineData("province")]
    [InlineData("centre:dak-lak")]
    [InlineData("agency:H15.09")]
    public async Task Counts_and_lists_read_nothing_that_has_been_finished(string scope)
    {
        await Strew(300, open: 1.0);
        await Strew(20_000, open: 0);
        var live = await Host.Scalar<long>("SELECT count(*) FROM dossiers.dossiers WHERE settled_at IS NULL OR delivery = 'Ready'");
        Assert.InRange(live, 250, 350);
        // Whatever was finished, not one row of it is read: no scan gives more rows than are open or wait for their person.
        foreach (var (name, rows, whole) in await Read(scope))
        {
            Assert.False(whole, $"{name} reads the whole table.");
            Assert.True(rows <= live, $"{name} reads {rows} rows of {live}.");
        }
    }

    [Fact]
    public async Task All_counts_come_in_one_statement()
    {
        await Receive();
        var officer = Over("centre:dak-lak");
        // What the host remembers of law and calendars is read once.
        await Counts(officer);
        using var statements = new Statements();
        Assert.Equal(1, (await Counts(officer))["unit"]);
        Assert.Equal(1, statements.Count);
    }

    // What the database reads for the counts and for the first page of each queue.
    private async Task<List<(string Name, long Rows, bool WholeTable)>> Read(string scope)
    {
        await Host.Sql("VACUUM ANALYZE dossiers.dossiers");
        await using var services = Host.Services.CreateAsyncScope();
        var caller = Caller.System with { Subject = "officer-0", Scope = DataScope.Parse(scope, "officer-0") };
        services.ServiceProvider.GetRequiredService<CurrentUser>().Become(caller, null);
        var db = services.ServiceProvider.GetRequiredService<DossiersDbContext>();
        var look = await services.ServiceProvider.GetRequiredService<QueueLooks>().Now(TestContext.Current.CancellationToken);
        List<(string, DbCommand)> commands = [("counts", db.Tally(look).CreateDbCommand())];
        foreach (var queue in WorkQueue.All)
            commands.Add(
                (
                    queue.Key,
                    db.Queued(queue, look).OrderBy(d => d.WorkDueAt).ThenBy(d => d.Id).Take(21).Select(d => d.Code).CreateDbCommand()
                )
            );
        await db.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        List<(string, long, bool)> read = [];
        foreach (var (name, command) in commands)
        {
            command.CommandText = "EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) " + command.CommandText;
            using var plan = JsonDocument.Parse((string)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!);
            var (rows, whole) = Scanned(plan.RootElement[0].GetProperty("Plan"));
            read.Add((name, rows, whole));
        }
        return read;
    }

    // The most rows that a scan of the table or of one of its indexes gave or threw away, and whether one was over the whole table.
    private static (long Rows, bool WholeTable) Scanned(JsonElement node)
    {
        var (rows, whole) = (0L, false);
        var isScan = node.TryGetProperty("Relation Name", out var table) && table.GetString() == "dossiers";
        if (isScan || node.TryGetProperty("Index Name", out _))
        {
            rows = Number(node, "Actual Rows") + Number(node, "Rows Removed by Filter") + Number(node, "Rows Removed by Index Recheck");
            rows *= Number(node, "Actual Loops");
            whole = node.GetProperty("Node Type").GetString() == "Seq Scan";
        }
        if (node.TryGetProperty("Plans", out var below))
            foreach (var (r, w) in below.EnumerateArray().Select(Scanned))
                (rows, whole) = (Math.Max(rows, r), whole || w);
        return (rows, whole);
    }

    private static long Number(JsonElement node, string name) => node.TryGetProperty(name, out var value) ? (long)value.GetDouble() : 0;

    // Rows as the product writes them, strewn over what tells queues apart; numbered on from those that are there.
    private async Task Strew(int rows, double open)
    {
        var first = await Host.Scalar<long>("SELECT count(*) FROM dossiers.dossiers");
        var model = await Receive();
        await Host.Sql(
            """
            INSERT INTO dossiers.dossiers
            SELECT r.* FROM dossiers.dossiers m, generate_series($3::int, $3::int + $1::int - 1) AS n, LATERAL jsonb_populate_record(m, jsonb_build_object('id', gen_random_uuid(), 'code', 'H15.09-261101-' || lpad(n::text, 7, '0'),
                'centre_code', CASE WHEN n % 3 = 0 THEN '66-22015' ELSE 'dak-lak' END,
                'return_centre_code', CASE n % 7 WHEN 0 THEN 'dak-lak' WHEN 1 THEN '66-22015' END,
                'agency_code', (ARRAY['H15.09','H15.05','H15.101'])[1 + n % 3],
                'handling_agency_code', CASE WHEN n % 5 = 0 THEN 'H15.05' END,
                'assigned_to', CASE WHEN n % 4 < 2 THEN 'officer-' || n % 2 END,
                'payment', CASE WHEN n % 6 = 0 THEN 'Waiting' ELSE 'None' END,
                'received_at', now() - n * interval '1 minute',
                'due_at', CASE WHEN n % 8 > 0 THEN timestamptz '2026-11-23 08:00+07' + (n % 97 - 40) * interval '5 hours' END,
                'work_due_at', CASE WHEN n % 8 > 0 THEN timestamptz '2026-11-23 08:00+07' + (n % 97 - 40) * interval '5 hours' END,
                'settled_at', CASE WHEN n % 1000 >= $2 * 1000 OR n % 9 = 8 THEN timestamptz '2026-11-20 08:00+07' END,
                'delivery', CASE WHEN n % 9 = 8 AND n % 1000 < $2 * 1000 THEN 'Ready' WHEN n % 1000 >= $2 * 1000 THEN 'Delivered' ELSE 'None' END,
                'status', CASE WHEN n % 1000 >= $2 * 1000 THEN 'Returned' WHEN n % 9 = 8 THEN 'Completed'
                    ELSE (ARRAY['Submitted','Received','InProcess','InProcess','SupplementRequested','FinancialObligationRequested','WithdrawalRequested'])[1 + n % 7] END
                )) AS r
            WHERE m.code = $4
            """,
            rows,
            open,
            (int)first + 1,
            Text(model, "code")
        );
    }

    [Fact]
    public async Task Of_two_officers_who_take_a_dossier_at_once_the_first_has_it_and_the_second_is_told_who()
    {
        await using var second = await Host.Sibling();
        for (var n = 0; n < 4; n++)
        {
            var dossier = await InProcess();
            var officers = Enumerable
                .Range(0, 6)
                .Select(i =>
                    (Name: "officer-" + i, Client: (i % 2 == 0 ? Host : second).Client(TestCaller.May(Everything).As("officer-" + i)))
                )
                .ToList();
            var replies = await Task.WhenAll(officers.Select(o => o.Client.Post(Path(dossier) + "/take", new { })));
            var winner = officers[Array.FindIndex(replies, r => r.Status == 200)].Name;
            Assert.Single(replies, r => r.Status == 200);
            foreach (var late in replies.Where(r => r.Status != 200))
                Assert.Contains(
                    winner,
                    late.Expect(409, "dossiers.taken-already").Json.GetProperty("detail").GetString(),
                    StringComparison.Ordinal
                );
            Assert.Equal(winner, Text(await Officer.Get(Path(dossier)), "assignedTo"));
            Assert.Single(
                Items(await Officer.Get(Path(dossier) + "/timeline"), "entries"),
                e => e.GetProperty("act").GetString() == "assigned"
            );
            // Whoever has it may take it as often as they like.
            (await Over("province", winner).Post(Path(dossier) + "/take", new { })).Expect(200);
        }
    }

    [Fact]
    public async Task An_officer_of_another_unit_cannot_be_put_in_charge()
    {
        var dossier = await InProcess();
        _rights.Reach["of-trade"] = "agency:" + Trade;
        _rights.Reach["of-police"] = "agency:" + Police;
        _rights.Reach["without-right"] = null;
        var refused = (await Act(dossier, "assign", new { assignee = "of-trade" })).Expect(422, "dossiers.assignee-of-another-unit");
        Assert.Equal("/assignee", Assert.Single(Faults(refused)).Pointer);
        (await Act(dossier, "assign", new { assignee = "without-right" })).Expect(422, "dossiers.assignee-may-not");
        dossier = (await Act(dossier, "assign", new { assignee = "of-police" })).Expect(200);
        // Once the other agency has it in hand, it is the other way round.
        dossier = (await Act(dossier, "hand-over", new { agencyCode = Trade, reason = "Lấy ý kiến" })).Expect(200);
        (await Act(dossier, "assign", new { assignee = "of-police" })).Expect(422, "dossiers.assignee-of-another-unit");
        (await Over("agency:" + Police).Post(Path(dossier) + "/take", new { })).Expect(409, "dossiers.not-of-your-unit");
        (await Act(dossier, "assign", new { assignee = "of-trade" })).Expect(200);
    }

    [Fact]
    public async Task The_one_stop_section_shares_out_what_was_not_handed_over_yet()
    {
        var centre = "centre:" + Facilities.Centre;
        var desk = Host.Client(TestCaller.May("dossiers.read", "dossiers.assign", "dossiers.receive").Over(centre).As("an"));
        var director = Host.Client(TestCaller.May("dossiers.read", "dossiers.assign", "dossiers.oversee").Over(centre).As("director"));
        var agency = Host.Client(
            TestCaller.May("dossiers.read", "dossiers.assign", "dossiers.process").Over("agency:" + Police).As("binh")
        );
        var submitted = await Submit();
        (await director.Post(Path(submitted) + "/take", new { })).Expect(422, "dossiers.not-your-stage");
        (await agency.Post(Path(submitted) + "/take", new { })).Expect(422, "dossiers.not-your-stage");
        var taken = (await desk.Post(Path(submitted) + "/take", new { })).Expect(200);
        Assert.Equal([Text(submitted, "code")], await Codes(desk, "mine"));
        _rights.Reach["chi"] = centre;
        var given = (await Act(taken, "assign", new { assignee = "chi" }, director)).Expect(200);
        Assert.Equal("chi", Text(given, "assignedTo"));

        // Once it is handed over, the agency shares it out.
        var accepted = (await Act(given, "accept")).Expect(200);
        Assert.Equal("chi", Text(accepted, "assignedTo"));
        var working = (await Act(accepted, "transfer")).Expect(200);
        Assert.False(working.Json.TryGetProperty("assignedTo", out _));
        (await desk.Post(Path(working) + "/take", new { })).Expect(422, "dossiers.not-your-stage");
        (await Act(working, "assign", new { assignee = "chi" }, desk)).Expect(422, "dossiers.not-your-stage");
        working = (await agency.Post(Path(working) + "/take", new { })).Expect(200);
        (await Act(working, "release", new { }, desk)).Expect(422, "dossiers.not-your-stage");
    }

    [Fact]
    public async Task What_is_released_waits_for_the_unit_again_and_says_why()
    {
        var dossier = (await Act(await InProcess(), "assign", new { assignee = "case-officer-7" })).Expect(200);
        dossier = (await Act(dossier, "release", new { reason = "Nghỉ phép" })).Expect(200);
        Assert.False(dossier.Json.TryGetProperty("assignedTo", out _));
        (await Act(dossier, "release")).Expect(409, "dossiers.nobody-in-charge");
        var line = Items(await Officer.Get(Path(dossier) + "/timeline"), "entries")[^1];
        Assert.Equal(
            ("released", "case-officer-7: Nghỉ phép"),
            (line.GetProperty("act").GetString(), line.GetProperty("detail").GetString())
        );
        (await Act(await Receive(), "release")).Expect(409, "dossiers.nobody-in-charge");
        (await Act(await Settle(await Receive()), "release")).Expect(409, "dossiers.not-in-process");
    }

    [Fact]
    public async Task A_bulk_act_gives_each_dossier_its_own_outcome_and_the_same_key_the_same_answer()
    {
        var (first, second) = (await InProcess(), await InProcess());
        var waiting = await Settle(await Receive());
        var received = await Receive();
        var nothing = Guid.CreateVersion7();
        string[] ids = [Text(first, "id"), Text(waiting, "id"), nothing.ToString(), Text(second, "id"), Text(first, "id")];
        var body = new { dossierIds = ids, assignee = "case-officer-7" };
        var done = (await Officer.Post("/api/v1/bulk-acts/assign", body, ("Idempotency-Key", "bulk-1"))).Expect(200);
        Assert.Equal((2, 2), (done.Json.GetProperty("done").GetInt32(), done.Json.GetProperty("refused").GetInt32()));
        Assert.Equal(
            [("done", null), ("refused", "dossiers.not-in-process"), ("notFound", "dossier-not-found"), ("done", null)],
            Items(done).Select(l => (l.GetProperty("result").GetString()!, l.TryGetProperty("code", out var c) ? c.GetString() : null))
        );
        Assert.Equal(done.Text, (await Officer.Post("/api/v1/bulk-acts/assign", body, ("Idempotency-Key", "bulk-1"))).Expect(200).Text);
        foreach (var dossier in new[] { first, second })
        {
            Assert.Equal("case-officer-7", Text(await Officer.Get(Path(dossier)), "assignedTo"));
            Assert.Single(
                Items(await Officer.Get(Path(dossier) + "/timeline"), "entries"),
                e => e.GetProperty("act").GetString() == "assigned"
            );
        }

        // Whoever may not see them does nothing with them.
        var outsider = (await Over("centre:66-22015").Post("/api/v1/bulk-acts/release", new { dossierIds = ids })).Expect(200);
        Assert.Equal(0, outsider.Json.GetProperty("done").GetInt32());
        var released = (await Officer.Post("/api/v1/bulk-acts/release", new { dossierIds = ids, reason = "Nghỉ phép" })).Expect(200);
        Assert.Equal(2, released.Json.GetProperty("done").GetInt32());
        var moved = (
            await Officer.Post(
                "/api/v1/bulk-acts/hand-over",
                new
                {
                    dossierIds = ids,
                    agencyCode = Trade,
                    reason = "Sáp nhập",
                }
            )
        ).Expect(200);
        Assert.Equal(2, moved.Json.GetProperty("done").GetInt32());
        var transferred = (await Officer.Post("/api/v1/bulk-acts/transfer", new { dossierIds = ids.Append(Text(received, "id")) })).Expect(
            200
        );
        Assert.Equal(1, transferred.Json.GetProperty("done").GetInt32());
        Assert.Equal("inProcess", Text(await Officer.Get(Path(received)), "status"));
        (
            await Officer.Post(
                "/api/v1/bulk-acts/hand-over",
                new
                {
                    dossierIds = ids,
                    agencyCode = "H15.999",
                    reason = "x",
                }
            )
        ).Expect(422);
        var many = Enumerable.Range(0, 201).Select(_ => Guid.CreateVersion7()).ToList();
        (await Officer.Post("/api/v1/bulk-acts/release", new { dossierIds = many })).Expect(400);
    }

    [Fact]
    public async Task Bulk_acts_at_once_on_the_same_dossiers_neither_block_nor_double()
    {
        await using var second = await Host.Sibling();
        List<string> ids = [];
        for (var n = 0; n < 8; n++)
            ids.Add(Text(await Receive(), "id"));
        HttpClient[] clients = [Officer, second.Client(Everything)];
        var replies = await Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(n =>
                    clients[n % 2]
                        .Post("/api/v1/bulk-acts/transfer", new { dossierIds = n % 2 == 0 ? ids : Enumerable.Reverse(ids).ToList() })
                )
        );
        Assert.Equal(8, replies.Sum(r => r.Expect(200).Json.GetProperty("done").GetInt32()));
        Assert.Equal(8, await Host.Scalar<long>("SELECT count(*) FROM dossiers.timeline WHERE act = 'transferred'"));
    }
}
