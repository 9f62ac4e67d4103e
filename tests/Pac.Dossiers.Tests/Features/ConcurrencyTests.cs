using Pac.Facilities.Contracts;
using Pac.Testing;

namespace Pac.Dossiers.Tests.Features;

/// <summary>Many counters on several hosts at once, and calendars that change under them.</summary>
public sealed class ConcurrencyTests(DossiersHost fixture) : DossierTests(fixture)
{
    [Fact]
    public async Task Receptions_on_two_hosts_get_codes_without_gap_or_double_and_the_figures_agree()
    {
        await using var second = await Host.Sibling();
        HttpClient[] counters = [Officer, second.Client(Everything)];
        var replies = await Task.WhenAll(
            Enumerable
                .Range(0, 40)
                .Select(n => counters[n % 2].Post("/api/v1/dossiers", Reception(centre: n % 4 < 2 ? Facilities.Centre : Facilities.Ward)))
        );

        Assert.Equal(
            Enumerable.Range(1, 40).Select(n => $"H15.09-261123-{n:0000}"),
            replies.Select(r => Text(r.Expect(201), "code")).Order(StringComparer.Ordinal)
        );
        Assert.Equal(40, await Host.Scalar<long>("SELECT sum(received)::bigint FROM dossiers.summaries WHERE grain = 'd'"));
        Assert.Empty(await Recount());
    }

    [Fact]
    public async Task Acts_on_many_dossiers_at_once_leave_figures_that_agree_with_the_records()
    {
        var received = new List<Reply>();
        for (var n = 0; n < 12; n++)
            received.Add(await Receive(n % 2 == 0 ? Origin : Licence));
        await Task.WhenAll(
            received.Select(async (d, n) => n % 3 == 0 ? d : await Settle(d)).Concat(Enumerable.Range(0, 6).Select(_ => Receive()))
        );

        var totals = (await Officer.Get("/api/v1/dossier-statistics?from=2026-11-01&to=2026-11-30")).Expect(200).Json.GetProperty("totals");
        Assert.Equal(
            (18, 8, 10),
            (totals.GetProperty("received").GetInt32(), totals.GetProperty("settled").GetInt32(), totals.GetProperty("open").GetInt32())
        );
        Assert.Empty(await Recount());
    }

    [Fact]
    public async Task A_holiday_decided_late_moves_the_promise_of_every_open_dossier_and_of_no_other()
    {
        var open = await Receive();
        var byTheHour = await Receive(Origin); // due on the 25th
        var settled = await Settle(await Receive());
        Facilities.Calendar = Facilities.Calendar.Closing("2026-11-30");
        await Host.Tell(new CalendarChanged("dak-lak", 2, "Nghỉ bù"));
        Host.Clock.Advance(TimeSpan.FromMinutes(1));
        await Host.DrainOutbox();
        await Host.RunJobs();

        var moved = (await Officer.Get(Path(open))).Expect(200);
        Assert.Equal("2026-12-02T17:00:00+07:00", Text(moved, "dueAt"));
        Assert.Equal(2, moved.Json.GetProperty("clock").GetProperty("calendarVersion").GetInt32());
        (await Act(open, "transfer")).Expect(412); // who acts has to have seen the new promise
        (await Act(moved, "transfer")).Expect(200);
        var entry = Items(await Officer.Get(Path(open) + "/timeline"), "entries")[1];
        Assert.Equal(("dueTimeMoved", "system"), (entry.GetProperty("act").GetString(), entry.GetProperty("subject").GetString()));

        var same = (await Officer.Get(Path(byTheHour))).Expect(200);
        Assert.Equal(
            (Text(byTheHour, "dueAt"), 2),
            (Text(same, "dueAt"), same.Json.GetProperty("clock").GetProperty("calendarVersion").GetInt32())
        );
        Assert.Single(Items(await Officer.Get(Path(byTheHour) + "/timeline"), "entries"));
        Assert.Equal(settled.Text, (await Officer.Get(Path(settled))).Text);

        Assert.Equal("2026-12-02T17:00:00+07:00", Text(await Receive(), "dueAt"));
        var statistics = (await Officer.Get("/api/v1/dossier-statistics?from=2026-11-01&to=2026-11-30")).Expect(200);
        Assert.Equal(2, statistics.Json.GetProperty("definition").GetProperty("calendarVersion").GetInt32());
    }

    [Fact]
    public async Task The_same_change_told_twice_or_an_older_one_told_late_changes_nothing_more()
    {
        var dossier = await Receive();
        Facilities.Calendar = Facilities.Calendar.Closing("2026-11-30").Closing("2026-11-27");
        await Host.Tell(new CalendarChanged("dak-lak", 3, "a"));
        await Host.DrainOutbox();
        await Host.RunJobs();
        var moved = (await Officer.Get(Path(dossier))).Expect(200);
        await Host.Tell(new CalendarChanged("dak-lak", 3, "a"));
        await Host.Tell(new CalendarChanged("dak-lak", 2, "b"));
        await Host.Tell(new CalendarChanged("other", 9, "c"));
        await Host.DrainOutbox();
        await Host.RunJobs();

        Assert.Equal("2026-12-03T17:00:00+07:00", Text(moved, "dueAt"));
        Assert.Equal(moved.Text, (await Officer.Get(Path(dossier))).Text);
        Assert.Equal(3, await Host.Scalar<int>("SELECT version FROM dossiers.known_calendars WHERE code = 'dak-lak'"));
    }

    [Fact]
    public async Task No_reception_slips_through_with_the_old_calendar_while_it_changes()
    {
        await using var second = await Host.Sibling();
        HttpClient[] counters = [Officer, second.Client(Everything)];
        foreach (var counter in counters) // both hosts have compiled the first version
            (await counter.Post("/api/v1/dossiers", Reception())).Expect(201);

        var receptions = Enumerable.Range(0, 24).Select(n => counters[n % 2].Post("/api/v1/dossiers", Reception())).ToList();
        await Task.WhenAny(receptions);
        Facilities.Calendar = Facilities.Calendar.Closing("2026-11-30");
        await Host.Tell(new CalendarChanged("dak-lak", 2, "Nghỉ bù"));
        await Host.DrainOutbox();
        await Host.RunJobs();
        var after = counters.Select(c => c.Post("/api/v1/dossiers", Reception())).ToList();
        foreach (var reception in receptions.Concat(after))
            (await reception).Expect(201);

        foreach (var line in await Walk(Officer, "/api/v1/dossiers?limit=100"))
            Assert.Equal("2026-12-02T17:00:00+07:00", line.GetProperty("dueAt").GetString());
        Assert.Equal(28, await Host.Scalar<long>("SELECT count(*) FROM dossiers.dossiers WHERE clock->>'calendarVersion' = '2'"));
    }

    [Fact]
    public async Task A_change_waits_for_the_reception_under_way_and_then_moves_it()
    {
        // A reception that has computed with the first version but has not yet committed.
        await using var connection = new Npgsql.NpgsqlConnection(Host.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var holder = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var hold = new Npgsql.NpgsqlCommand("LOCK TABLE dossiers.summaries IN EXCLUSIVE MODE", connection, holder))
            await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        var reception = Officer.Post("/api/v1/dossiers", Reception());
        await Waiting(Host, 1);
        Facilities.Calendar = Facilities.Calendar.Closing("2026-11-30");
        await Host.Tell(new CalendarChanged("dak-lak", 2, "Nghỉ bù"));
        var change = Host.DrainOutbox();
        await Waiting(Host, 2);
        await holder.CommitAsync(TestContext.Current.CancellationToken);

        var dossier = (await reception).Expect(201);
        await change;
        await Host.RunJobs();
        Assert.Equal("2026-12-01T17:00:00+07:00", Text(dossier, "dueAt"));
        Assert.Equal("2026-12-02T17:00:00+07:00", Text(await Officer.Get(Path(dossier)), "dueAt"));
    }

    private async Task<IEnumerable<string>> Recount()
    {
        var job = (await Officer.Post("/api/v1/dossier-statistics/recount", new { })).Expect(202).Location;
        await Host.RunJobs();
        return (await Officer.Get(job))
            .Expect(200)
            .Json.GetProperty("result")
            .GetProperty("differences")
            .EnumerateArray()
            .Select(d => d.GetRawText());
    }
}
