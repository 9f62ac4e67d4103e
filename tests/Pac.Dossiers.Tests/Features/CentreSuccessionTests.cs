using Pac.Testing;

namespace Pac.Dossiers.Tests.Features;

/// <summary>When a centre ends, another one goes on with its dossiers: nobody's date moves, and everybody is told where to go.</summary>
public sealed class CentreSuccessionTests(DossiersHost fixture) : DossierTests(fixture)
{
    private const string Successions = "/api/v1/centre-successions";

    private static object Succession(string from = Facilities.Ward, string to = Facilities.Centre) =>
        new
        {
            fromCentreCode = from,
            toCentreCode = to,
            decision = "Nghị quyết 12/NQ-HĐND",
        };

    private async Task<System.Text.Json.JsonElement> Succeeded(object succession)
    {
        var job = (await Officer.Post(Successions, succession)).Expect(202);
        await Host.RunJobs();
        return (await Officer.Get("/api/v1/jobs/" + Text(job, "id"))).Expect(200).Json.GetProperty("result");
    }

    [Fact]
    public async Task The_successor_goes_on_with_what_is_unfinished_and_no_date_moves()
    {
        var received = await Receive(centre: Facilities.Ward);
        var ready = await Settle(await Receive(centre: Facilities.Ward));
        var done = (await Act(await SettlePaid(await Receive(centre: Facilities.Ward)), "return", ByPost)).Expect(200);
        var successor = Over("centre:" + Facilities.Centre);
        Assert.Empty(Items(await successor.Get("/api/v1/dossiers")));
        (await Act(received, "transfer", by: successor)).Expect(404);

        var outcome = await Succeeded(Succession());
        Assert.Equal((2, 0), (outcome.GetProperty("passed").GetInt32(), outcome.GetProperty("returnedElsewhere").GetInt32()));
        var passed = (await successor.Get(Path(received))).Expect(200);
        Assert.Equal(
            (Facilities.Ward, Facilities.Centre, Text(received, "dueAt"), Text(received, "receivedAt")),
            (Text(passed, "centreCode"), Text(passed, "returnAtCentreCode"), Text(passed, "dueAt"), Text(passed, "receivedAt"))
        );
        Assert.Equal(Text(done, "id"), Text((await Officer.Get(Path(done))).Expect(200), "id"));
        (await successor.Get(Path(done))).Expect(404);
        // It stands in the queues of the successor, and no longer in those of the centre that ended.
        Assert.Equal([Text(received, "code")], await Codes(successor, "unit"));
        Assert.Equal([Text(ready, "code")], await Codes(successor, "to-return"));
        var ended = Over("centre:" + Facilities.Ward);
        Assert.Empty(await Codes(ended, "unit"));
        Assert.Empty(await Codes(ended, "to-return"));
        (await Act(passed, "transfer", by: successor)).Expect(200);
        var figures = (await Officer.Get("/api/v1/dossier-statistics?from=2026-11-01&to=2026-11-30&groupBy=centre")).Expect(200).Json;
        Assert.Equal(3, Assert.Single(figures.GetProperty("groups").EnumerateArray()).GetProperty("received").GetInt32());
    }

    [Fact]
    public async Task Money_is_taken_and_given_back_at_the_successor()
    {
        var dossier = await Receive(centre: Facilities.Ward);
        await Succeeded(Succession());
        dossier = (
            await Act(
                await Officer.Get(Path(dossier)),
                "request-payment",
                new
                {
                    amount = 135_000,
                    notice = "TB 1",
                    timing = "atReturn",
                }
            )
        ).Expect(200);
        dossier = (await Act(dossier, "confirm-payment", new { receiptNumber = "1", method = "transfer" })).Expect(200);
        Assert.Equal(Facilities.Centre, await Host.Scalar<string>("SELECT DISTINCT centre_code FROM dossiers.money_entries"));
        dossier = (await Act(dossier, "request-refund", new { reason = "Thu nhầm" }, Over("province", "officer-2"))).Expect(200);
        (await Act(dossier, "decide-refund", new { approved = true }, Over("province", "officer-3"))).Expect(200);
        Assert.Equal(Facilities.Centre, await Host.Scalar<string>("SELECT centre_code FROM dossiers.refund_numbers"));
    }

    [Fact]
    public async Task Holders_are_told_where_the_result_is_returned_now()
    {
        var received = await Receive(centre: Facilities.Ward);
        await Succeeded(Succession());
        Assert.Equal(
            2,
            await Host.Scalar<long>("SELECT count(*) FROM dossiers.notifications WHERE kind = 'ReturnPlaceMoved' AND state = 'Waiting'")
        );
        var line = Items(await Officer.Get(Path(received) + "/timeline"), "entries")[^1];
        Assert.Equal(
            ("passedToCentre", "66-22015 -> dak-lak"),
            (line.GetProperty("act").GetString(), line.GetProperty("detail").GetString())
        );
    }

    [Fact]
    public async Task Whoever_was_late_stays_late_and_a_second_run_passes_nothing()
    {
        var late = (await Act(await Receive(centre: Facilities.Ward), "transfer")).Expect(200);
        Host.Clock.Now = DakLak.At("2026-12-02 09:00");
        Assert.Equal(1, (await Succeeded(Succession())).GetProperty("passedLate").GetInt32());
        Assert.Equal(0, (await Succeeded(Succession())).GetProperty("passed").GetInt32());
        Assert.Equal(Text(late, "dueAt"), Text(await Officer.Get(Path(late)), "dueAt"));
        // And back again: the first centre has its own once more.
        Assert.Equal(1, (await Succeeded(Succession(Facilities.Centre, Facilities.Ward))).GetProperty("passed").GetInt32());
        Assert.False((await Officer.Get(Path(late))).Expect(200).Json.TryGetProperty("returnAtCentreCode", out _));
        Assert.Empty(Items(await Over("centre:" + Facilities.Centre).Get("/api/v1/dossiers")));
    }

    [Fact]
    public async Task A_succession_is_ordered_over_the_whole_province_between_two_centres_that_exist()
    {
        (await Officer.Post(Successions, Succession(Facilities.Ward, Facilities.Ward))).Expect(422, "dossiers.same-centre");
        var unknown = (await Officer.Post(Successions, Succession("nowhere"))).Expect(422, "dossiers.unknown-centre");
        Assert.Equal("/fromCentreCode", Assert.Single(Faults(unknown)).Pointer);
        (await Over("centre:" + Facilities.Ward).Post(Successions, Succession())).Expect(403);
    }

    private static async Task<List<string>> Codes(HttpClient client, string queue) =>
        [.. Items(await client.Get("/api/v1/work-queues/" + queue)).Select(d => d.GetProperty("code").GetString()!)];
}
