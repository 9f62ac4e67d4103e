using Pac.Dossiers.Persistence;
using Pac.Facilities.Contracts;
using Pac.Testing;

namespace Pac.Dossiers.Tests.Features;

/// <summary>A new calendar version moves what is open, in a job that goes on where it was; what has ended keeps the version it was judged by.</summary>
public sealed class ClockReplayTests(DossiersHost fixture) : DossierTests(fixture)
{
    private const string Replays = "/api/v1/clock-replays";

    private async Task Change(int version, string reason = "Nghỉ bão")
    {
        await Host.Tell(new CalendarChanged("dak-lak", version, reason));
        await Host.DrainOutbox();
    }

    [Fact]
    public async Task A_replay_reports_which_dossiers_moved_from_when_to_when_and_why()
    {
        var open = (await Act(await Receive(), "transfer")).Expect(200);
        open = (await Act(open, "assign", new { assignee = "case-officer-7" })).Expect(200);
        var unmoved = await Receive(Origin);
        var settled = await Settle(await Receive());
        Facilities.Calendar = Facilities.Calendar.Closing("2026-11-30");
        await Change(2);
        var replay = Assert.Single(Items(await Officer.Get(Replays)));
        Assert.Equal(("queued", 0), (replay.GetProperty("state").GetString(), replay.GetProperty("moved").GetInt32()));
        // Receptions begin with the new version before the job has run.
        Assert.Equal("2026-12-02T17:00:00+07:00", Text(await Receive(), "dueAt"));
        Assert.Equal("2026-12-01T17:00:00+07:00", Text(await Officer.Get(Path(open)), "dueAt"));
        await Host.RunJobs();

        replay = Assert.Single(Items(await Officer.Get(Replays)));
        Assert.Equal(
            ("succeeded", 1, 2, "Nghỉ bão"),
            (
                replay.GetProperty("state").GetString(),
                replay.GetProperty("moved").GetInt32(),
                replay.GetProperty("calendarVersion").GetInt32(),
                replay.GetProperty("reason").GetString()
            )
        );
        var id = replay.GetProperty("id").GetGuid();
        var moved = Assert.Single(Items(await Officer.Get($"{Replays}/{id}/moved-dossiers?withTotal=true")));
        Assert.Equal(
            (Text(open, "id"), "case-officer-7"),
            (moved.GetProperty("dossierId").GetString(), moved.GetProperty("officer").GetString())
        );
        var instant = Assert.Single(moved.GetProperty("moves").EnumerateArray());
        Assert.Equal(
            ("due", "2026-12-01T17:00:00+07:00", "2026-12-02T17:00:00+07:00"),
            (instant.GetProperty("which").GetString(), instant.GetProperty("before").GetString(), instant.GetProperty("after").GetString())
        );
        Assert.Equal(settled.Text, (await Officer.Get(Path(settled))).Text);
        Assert.Equal(1, (await Officer.Get(Path(settled))).Json.GetProperty("clock").GetProperty("calendarVersion").GetInt32());
        Assert.Equal(2, (await Officer.Get(Path(unmoved))).Json.GetProperty("clock").GetProperty("calendarVersion").GetInt32());

        // The job shows its progress to whoever sees the whole province, and the report is cut by what one may see.
        var job = (await Officer.Get($"/api/v1/jobs/{id}")).Expect(200).Json;
        Assert.Equal((3, 3), (job.GetProperty("done").GetInt32(), job.GetProperty("total").GetInt32()));
        var elsewhere = Over("centre:66-22015");
        (await elsewhere.Get($"/api/v1/jobs/{id}")).Expect(404);
        Assert.Empty(Items(await elsewhere.Get($"{Replays}/{id}/moved-dossiers")));
        Assert.Equal(0, Assert.Single(Items(await elsewhere.Get(Replays))).GetProperty("moved").GetInt32());
        (await Officer.Get($"{Replays}/{Guid.CreateVersion7()}/moved-dossiers")).Expect(404, "clock-replay-not-found");
    }

    [Fact]
    public async Task A_term_in_hours_that_began_between_two_microseconds_does_not_move()
    {
        Host.Clock.Now = Host.Clock.Now.AddTicks(7);
        var inHours = await Receive(Origin);
        Facilities.Calendar = Facilities.Calendar.Closing("2026-12-30");
        await Change(2);
        await Host.RunJobs();
        Assert.Equal(0, Assert.Single(Items(await Officer.Get(Replays))).GetProperty("moved").GetInt32());
        Assert.Equal(2, (await Officer.Get(Path(inHours))).Json.GetProperty("clock").GetProperty("calendarVersion").GetInt32());
    }

    [Fact]
    public async Task A_centre_that_works_by_another_calendar_since_has_its_dossiers_follow_that_one()
    {
        var open = await Receive();
        Facilities.Calendar = Facilities.Calendar.Closing("2026-11-30") with { Code = "dak-lak-hospital", Version = 1 };
        await Change(2);
        await Host.RunJobs();
        var moved = (await Officer.Get(Path(open))).Expect(200);
        Assert.Equal("2026-12-02T17:00:00+07:00", Text(moved, "dueAt"));
        Assert.Equal("dak-lak-hospital", moved.Json.GetProperty("clock").GetProperty("calendarCode").GetString());
        Assert.Equal(1, Assert.Single(Items(await Officer.Get(Replays))).GetProperty("moved").GetInt32());
    }

    [Fact]
    public async Task A_replay_that_was_taken_over_goes_on_and_moves_nothing_twice()
    {
        var dossiers = new List<Reply>();
        for (var n = 0; n < 5; n++)
            dossiers.Add(await Receive());
        Facilities.Calendar = Facilities.Calendar.Closing("2026-11-30");
        await Change(2);
        // An officer holds one dossier; the job waits there and its host is gone meanwhile.
        await using var connection = new Npgsql.NpgsqlConnection(Host.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using (var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken))
        {
            await using var hold = new Npgsql.NpgsqlCommand(
                "SELECT id FROM dossiers.dossiers WHERE id = (SELECT id FROM dossiers.dossiers ORDER BY id OFFSET 2 LIMIT 1) FOR UPDATE",
                connection,
                transaction
            );
            await hold.ExecuteScalarAsync(TestContext.Current.CancellationToken);
            var first = Host.RunJobs();
            await Waiting(Host, 1);
            Assert.Equal(2, await Host.Scalar<long>("SELECT count(*) FROM dossiers.clock_moves"));
            await Host.Sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
            );
            await first;
            await transaction.RollbackAsync(TestContext.Current.CancellationToken);
        }
        await Host.Sql("UPDATE dossiers.jobs SET lease_until = now() - interval '1 second' WHERE state = 'Running'");
        await Host.RunJobs();

        Assert.Equal("Succeeded", await Host.Scalar<string>("SELECT state FROM dossiers.jobs WHERE kind = 'replay-clocks'"));
        Assert.Equal(5, await Host.Scalar<long>("SELECT count(*) FROM dossiers.clock_moves"));
        Assert.Equal(5, await Host.Scalar<long>("SELECT count(*) FROM dossiers.timeline WHERE act = 'dueTimeMoved'"));
        foreach (var dossier in dossiers)
            Assert.Equal("2026-12-02T17:00:00+07:00", Text(await Officer.Get(Path(dossier)), "dueAt"));
    }

    [Fact]
    public async Task What_was_open_before_the_columns_were_there_is_filled_in_and_follows_the_calendar()
    {
        var old = await Receive();
        var submitted = (await Officer.Post("/api/v1/online-submissions", Reception())).Expect(201);
        await Host.Sql("UPDATE dossiers.dossiers SET promised_at = NULL, watch_at = NULL, work_due_at = NULL, arrived_at = NULL");
        await Host.Sql(OpenDossierBackfill.Sql);
        var filled = (await Officer.Get(Path(old))).Expect(200);
        Assert.Equal(Text(filled, "dueAt"), Text(filled, "promisedAt"));
        Assert.Equal(1, await Host.Scalar<long>("SELECT count(*) FROM dossiers.dossiers WHERE watch_at = due_at AND work_due_at = due_at"));
        var intake = Assert.Single(Items(await Officer.Get("/api/v1/work-queues/intake")));
        Assert.Equal(Text(submitted, "intakeDueAt"), intake.GetProperty("workDueAt").GetString());
        Facilities.Calendar = Facilities.Calendar.Closing("2026-11-30");
        await Change(2);
        await Host.RunJobs();
        var moved = (await Officer.Get(Path(old))).Expect(200);
        Assert.Equal(("2026-12-02T17:00:00+07:00", "2026-12-01T17:00:00+07:00"), (Text(moved, "dueAt"), Text(moved, "promisedAt")));
    }
}
