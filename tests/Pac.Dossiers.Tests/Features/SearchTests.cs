using System.Text.Json;
using Pac.Testing;

namespace Pac.Dossiers.Tests.Features;

/// <summary>The list of dossiers: filters, orders, pages.</summary>
public sealed class SearchTests(DossiersHost fixture) : DossierTests(fixture)
{
    private const string List = "/api/v1/dossiers";

    private static IEnumerable<string?> Codes(IEnumerable<JsonElement> rows) => rows.Select(r => r.GetProperty("code").GetString());

    private async Task<IEnumerable<string?>> Found(string query) => Codes(Items(await Officer.Get($"{List}?{query}")));

    // Received on three days, by three agencies; the first one settled, the second in process.
    private async Task Fill()
    {
        await Settle(await Receive()); // H15.09-261123-0001
        Host.Clock.Now = DakLak.At("2026-11-25 08:00");
        var dossier = (await Act(await Receive(Origin), "transfer")).Expect(200); // H15.05-261125-0001, due on the 26th
        (await Act(dossier, "assign", new { assignee = "case-officer-7" })).Expect(200);
        Host.Clock.Now = DakLak.At("2026-11-26 08:00");
        var reception = Reception(Birth, Facilities.Ward);
        (reception["agencyCode"], reception["channel"]) = (WardCommittee, "post");
        (await Officer.Post(List, reception)).Expect(201); // H15.101-261126-0001, due on the same day
    }

    [Theory]
    [InlineData("code=H15.05-261125-0001", "H15.05")]
    [InlineData("code=H15.05", "")]
    [InlineData("status=received", "H15.101")]
    [InlineData("status=inProcess", "H15.05")]
    [InlineData("status=completed", "H15.09")]
    [InlineData("status=returned", "")]
    [InlineData("procedureCode=1.002809", "H15.09")]
    [InlineData("fieldCode=civil-status", "H15.101")]
    [InlineData("centreCode=dak-lak", "H15.05 H15.09")]
    [InlineData("agencyCode=H15.101", "H15.101")]
    [InlineData("channel=post", "H15.101")]
    [InlineData("channel=counter", "H15.05 H15.09")]
    [InlineData("assignedTo=case-officer-7", "H15.05")]
    [InlineData("receivedFrom=2026-11-25", "H15.101 H15.05")]
    [InlineData("receivedTo=2026-11-25", "H15.05 H15.09")]
    [InlineData("receivedFrom=2026-11-25&receivedTo=2026-11-25", "H15.05")]
    [InlineData("receivedFrom=2026-11-27", "")]
    [InlineData("receivedFrom=2026-11-26&receivedTo=2026-11-25", "")]
    [InlineData("overdue=true", "H15.05")]
    [InlineData("overdue=false", "H15.101 H15.09")]
    [InlineData("centreCode=dak-lak&status=inProcess&channel=counter", "H15.05")]
    [InlineData("sort=-receivedAt", "H15.101 H15.05 H15.09")]
    [InlineData("sort=dueAt", "H15.05 H15.101")] // the settled one is not urgent any more
    [InlineData("limit=100", "H15.101 H15.05 H15.09")]
    [InlineData("receivedFrom=0001-01-01", "H15.101 H15.05 H15.09")]
    [InlineData("receivedTo=0001-01-01", "")]
    [InlineData("receivedFrom=9999-12-31", "")]
    [InlineData("receivedTo=9999-12-31", "H15.101 H15.05 H15.09")]
    public async Task Every_filter_finds_what_it_names(string query, string agencies)
    {
        await Fill();
        Host.Clock.Now = DakLak.At("2026-11-26 09:00");
        var found = (await Found(query)).Select(c => c!.Split('-')[0]);
        Assert.Equal(agencies.Split(' ', StringSplitOptions.RemoveEmptyEntries), found);
    }

    [Fact]
    public async Task A_dossier_without_a_promise_is_never_overdue()
    {
        (
            await Officer.Call(
                HttpMethod.Post,
                "/api/v1/dossier-imports?source=igate",
                Calls.Body(
                    """{"sourceId":"1","code":"H15.09-240105-0001","procedureCode":"1.002809","centreCode":"dak-lak","channel":"counter","applicantName":"Lê Văn Tám","receivedAt":"2024-01-05T08:00:00+07:00"}""",
                    "application/x-ndjson"
                )
            )
        ).Expect(202);
        await Host.RunJobs();
        Assert.Equal(["H15.09-240105-0001"], await Found("overdue=false"));
        Assert.Empty(await Found("overdue=true"));
        Assert.Empty(await Found("sort=dueAt"));
    }

    [Theory]
    [InlineData("", -1)]
    [InlineData("?limit=3", -1)]
    [InlineData("?limit=3&sort=dueAt", 1)]
    [InlineData("?limit=3&centreCode=dak-lak", -1)]
    public async Task Pages_give_every_dossier_once_while_new_ones_arrive(string query, int direction)
    {
        List<string?> there = [];
        for (var n = 0; n < 23; n++)
        {
            there.Add(Text(await Receive(), "code"));
            if (n % 3 == 0) // some at the same instant
                Host.Clock.Advance(TimeSpan.FromHours(3));
        }
        if (direction < 0)
            there.Reverse();

        var rows = await Walk(
            Officer,
            List + query,
            async () =>
            {
                Host.Clock.Advance(TimeSpan.FromMinutes(1));
                await Receive();
            }
        );

        var codes = Codes(rows).ToList();
        Assert.Equal(codes.Distinct(), codes);
        Assert.Equal(there.Order(), codes.Where(there.Contains).Order());
        var key = query.Contains("dueAt", StringComparison.Ordinal) ? "dueAt" : "receivedAt";
        var keys = rows.Select(r => r.GetProperty(key).GetDateTimeOffset()).ToList();
        Assert.Equal(direction < 0 ? keys.OrderDescending() : keys.Order(), keys);
    }

    [Fact]
    public async Task Each_kind_of_scope_pages_through_its_own()
    {
        for (var n = 0; n < 25; n++)
        {
            await Receive();
            await Receive(Birth, Facilities.Ward, WardCommittee);
            Host.Clock.Advance(TimeSpan.FromMinutes(1));
        }
        Assert.Equal(50, (await Walk(Officer, List)).Count);
        foreach (var scope in new[] { "centre:dak-lak", "agency:H15.09" })
        {
            var rows = await Walk(Over(scope), List);
            Assert.Equal(25, rows.Count);
            Assert.All(rows, r => Assert.Equal(Police, r.GetProperty("agencyCode").GetString()));
        }
    }

    [Fact]
    public async Task The_total_is_told_when_asked_for()
    {
        await Fill();
        var page = (await Officer.Get(List + "?limit=1&withTotal=true&centreCode=dak-lak")).Expect(200);
        Assert.Equal((1, 2), (Items(page).Count, page.Json.GetProperty("total").GetInt32()));
        Assert.False((await Officer.Get(List + "?limit=1")).Json.TryGetProperty("total", out _));
    }

    [Theory]
    [InlineData("sort=name", "/query/sort")]
    [InlineData("limit=0", "/query/limit")]
    [InlineData("limit=101", "/query/limit")]
    [InlineData("cursor=abc", "/query/cursor")]
    [InlineData("status=lost", "/query/status")]
    [InlineData("receivedFrom=yesterday", "/query/receivedFrom")]
    [InlineData("colour=red", "/query/colour")]
    public async Task A_wrong_question_is_told_its_fault(string query, string pointer) =>
        Assert.Equal(pointer, Assert.Single(Faults((await Officer.Get($"{List}?{query}")).Expect(400, "invalid"))).Pointer);

    [Fact]
    public async Task A_dossier_that_is_known_already_is_not_sent_again()
    {
        var dossier = await Receive();
        Assert.Equal(304, (await Officer.Get(Path(dossier), ("If-None-Match", dossier.ETag))).Status);
    }
}
