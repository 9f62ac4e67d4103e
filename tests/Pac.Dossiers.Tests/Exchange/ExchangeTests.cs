using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Exchange;
using Pac.Testing;

namespace Pac.Dossiers.Tests.Exchange;

/// <summary>The national portal is told what happens here and tells what happens there, whatever goes wrong on the way.</summary>
public sealed class ExchangeTests(DossiersHost fixture) : PartnerTests(fixture)
{
    [Fact]
    public async Task A_dossier_is_told_as_a_whole_and_then_act_by_act_in_the_shape_of_theThePortal()
    {
        var dossier = await Settle(await Receive());
        while (await Sync() > 0) { }

        var told = ThePortal.Dossiers[Text(dossier, "code")];
        Assert.Equal("1.002809", (string?)told["MaTTHC"]);
        Assert.Equal("1", (string?)told["KenhThucHien"]);
        Assert.Equal("20261123090000", (string?)told["NgayTiepNhan"]);
        Assert.Equal("9", (string?)told["TrangThaiHoSo"]);
        Assert.Equal("20261123090000", (string?)told["NgayKetThucXuLy"]);
        Assert.Equal("", (string?)told["NgayTra"]);
        Assert.Equal((Person.Name, Person.Identity), ((string?)told["ChuHoSo"], (string?)told["SoDinhDanh"]));
        Assert.Equal(
            ["received", "transferred", "stepCompleted", "settled", "paymentRequested"],
            ThePortal.Progress.Select(p => (string)p["NoiDungXuLy"]!).Distinct()
        );
        var ledger = await Ledger(dossier);
        Assert.All(ledger, e => Assert.Equal(("done", "taken"), (Word(e, "state"), Word(e, "answer"))));
        Assert.Equal(ThePortal.Progress.Count + 3, ledger.Count); // received, settled, and what is to be paid with it
    }

    [Fact]
    public async Task Whatever_theThePortal_does_meanwhile_it_ends_with_everything_and_each_dossier_in_order()
    {
        Fault[] faults = [Fault.DropsAfter, Fault.Away, Fault.None, Fault.DropsBefore, Fault.Garbage, Fault.None, Fault.None];
        ThePortal.Faults = n =>
            n == 3 ? Fault.Slow
            : n < 60 ? faults[n % faults.Length]
            : Fault.None;
        List<Reply> dossiers = [];
        for (var i = 0; i < 4; i++)
        {
            dossiers.Add(await Settle(await Receive()));
            Host.Clock.Advance(TimeSpan.FromMinutes(1));
        }
        for (var round = 0; round < 200 && await Host.Scalar<long>(NotTold) + await Host.Scalar<long>(NotFannedOut) > 0; round++)
        {
            await Sync();
            await Host.Sql("UPDATE dossiers.exchange_messages SET next_attempt_at = now() WHERE state = 'Waiting'");
        }
        foreach (var dossier in dossiers)
        {
            Assert.Equal("9", (string?)ThePortal.Dossiers[Text(dossier, "code")]["TrangThaiHoSo"]);
            var statuses = ThePortal
                .Progress.Where(p => (string?)p["MaHoSo"] == Text(dossier, "code"))
                .Select(p => int.Parse((string)p["TrangThai"]!, CultureInfo.InvariantCulture))
                .ToList();
            Assert.Equal(statuses.Order(), statuses);
            Assert.Equal([2, 4, 9], statuses.Distinct());
        }
    }

    private const string NotTold = "SELECT count(*) FROM dossiers.exchange_messages WHERE state = 'Waiting'";
    private const string NotFannedOut = "SELECT count(*) FROM dossiers.events WHERE fanned_out_at IS NULL";

    [Fact]
    public async Task What_is_told_late_was_not_done_late()
    {
        ThePortal.Faults = _ => Fault.Away;
        var dossier = await Settle(await Receive());
        var due = dossier.Json.GetProperty("dueAt").GetDateTimeOffset();
        await Sync();
        Host.Clock.Now = due.AddDays(30);
        ThePortal.Faults = _ => Fault.None;
        await Host.Sql("UPDATE dossiers.exchange_messages SET next_attempt_at = now()");
        while (await Sync() > 0) { }

        // There: the end lies before the due time, though it was heard of a month after it.
        var told = ThePortal.Dossiers[Text(dossier, "code")];
        Assert.True(string.CompareOrdinal((string?)told["NgayKetThucXuLy"], (string?)told["NgayHenTra"]) < 0);
        Assert.All(
            ThePortal.Progress,
            p => Assert.True(string.CompareOrdinal((string?)p["ThoiDiemXuLy"], (string?)told["NgayHenTra"]) < 0)
        );
        // Here: both instants are known, and only one of them judges.
        var settled = (await Ledger(dossier))[^1];
        Assert.True(settled.GetProperty("occurredAt").GetDateTimeOffset() < due);
        Assert.True(settled.GetProperty("syncedAt").GetDateTimeOffset() > due);
        Assert.Empty(Items(await Officer.Get("/api/v1/dossier-statistics/late-dossiers?from=2026-11-01&to=2027-02-01")));
    }

    [Fact]
    public async Task What_is_heard_late_was_not_done_late()
    {
        var dossier = await Stated(await Receive());
        var due = dossier.Json.GetProperty("dueAt").GetDateTimeOffset();
        ThePortal.Has(Text(dossier, "code"), 9, "20261123150000");
        Host.Clock.Now = due.AddDays(30);
        await Host.Sql("UPDATE dossiers.exchange_messages SET occurred_at = '2026-11-23'");
        await Say(Text(dossier, "code"), 9, "20261123150000");
        await Worker.RunOnce(ExchangePartner.NationalPortal, Ct);

        var settled = (await Officer.Get(Path(dossier))).Expect(200);
        Assert.Equal("completed", Text(settled, "status"));
        Assert.Equal(new(2026, 11, 23, 15, 0, 0, TimeSpan.FromHours(7)), settled.Json.GetProperty("settledAt").GetDateTimeOffset());
        var entry = (await Ledger(dossier))[^1];
        Assert.Equal("applied", Word(entry, "answer"));
        Assert.True(entry.GetProperty("syncedAt").GetDateTimeOffset() > due);
        Assert.Empty(Items(await Officer.Get("/api/v1/dossier-statistics/late-dossiers?from=2026-11-01&to=2027-02-01")));
        var figures = (await Officer.Get("/api/v1/dossier-statistics?from=2026-11-01&to=2027-02-01"))
            .Expect(200)
            .Json.GetProperty("totals");
        Assert.Equal((1, 0), (figures.GetProperty("settled").GetInt32(), figures.GetProperty("late").GetInt32()));
    }

    [Fact]
    public async Task Only_one_system_states_the_status()
    {
        var ours = await Receive();
        var theirs = await Stated(await Receive());
        (await Act(theirs, "transfer")).Expect(409, "dossiers.stated-elsewhere");
        await Say(Text(ours, "code"), 4, "20261123093000");
        await Say(Text(theirs, "code"), 4, "20261123093000");
        Host.Clock.Advance(TimeSpan.FromHours(2));
        while (await Sync() > 0) { }

        Assert.Equal("received", Text(await Officer.Get(Path(ours)), "status"));
        Assert.Equal("inProcess", Text(await Officer.Get(Path(theirs)), "status"));
        Assert.Equal("not-stating", (await Ledger(ours)).Where(Inbound).Select(e => Word(e, "answer")).Single());
        // What the portal states is not told to it as if it were ours.
        Assert.False(ThePortal.Dossiers.ContainsKey(Text(theirs, "code")));
        Assert.True(ThePortal.Dossiers.ContainsKey(Text(ours, "code")));

        var back = await Officer.Get(Path(theirs));
        (await Officer.Post(Path(theirs) + "/stated-by", new { system = "pac" }, ("If-Match", back.ETag))).Expect(200);
    }

    [Fact]
    public async Task What_comes_repeated_and_out_of_order_ends_as_if_it_had_come_once_and_in_order()
    {
        var dossier = await Stated(await Receive());
        var code = Text(dossier, "code");
        Host.Clock.Advance(TimeSpan.FromHours(5));
        foreach (
            var (status, at) in new[]
            {
                (9, "20261123120000"),
                (4, "20261123100000"),
                (9, "20261123120000"),
                (5, "20261123110000"),
                (4, "20261123100000"),
                (10, "20261123130000"),
            }
        )
            await Say(code, status, at);
        await Worker.RunOnce(ExchangePartner.NationalPortal, Ct);
        Assert.Equal("returned", Text(await Officer.Get(Path(dossier)), "status"));
        Assert.Equal(["applied", "older", "older", "applied"], (await Ledger(dossier)).Where(Inbound).Select(e => Word(e, "answer")));
    }

    [Fact]
    public async Task TheThePortal_is_asked_and_its_answers_may_be_shuffled_and_doubled()
    {
        var dossier = await Stated(await Receive());
        ThePortal.Shuffles = true;
        ThePortal.Has(Text(dossier, "code"), 4, "20261123093000");
        ThePortal.Submits("H15.09-261123-900001", "20261123085000");
        Host.Clock.Advance(TimeSpan.FromHours(1));
        await Worker.Pull(ExchangePartner.NationalPortal, Ct);
        await Worker.Pull(ExchangePartner.NationalPortal, Ct);
        await Worker.RunOnce(ExchangePartner.NationalPortal, Ct);
        Assert.Equal("inProcess", Text(await Officer.Get(Path(dossier)), "status"));
        var inbound = Items(await Officer.Get(Portal + "/messages?direction=inbound"));
        Assert.Equal(["applied", "submitted"], inbound.Select(m => Word(m, "answer")).Order());
    }

    [Theory]
    [InlineData("no json at all", "not-json")]
    [InlineData("""{"TrangThaiHoSo":"4","ThoiDiemXuLy":"20261123090000"}""", "code-missing")]
    [InlineData("""{"MaHoSo":"H15.09-261123-0001","TrangThaiHoSo":"four","ThoiDiemXuLy":"20261123090000"}""", "unknown-status")]
    [InlineData("""{"MaHoSo":"H15.09-261123-0001","TrangThaiHoSo":"11","ThoiDiemXuLy":"20261123090000"}""", "unknown-status")]
    [InlineData("""{"MaHoSo":"H15.09-261123-0001","TrangThaiHoSo":"4","ThoiDiemXuLy":"23/11/2026"}""", "time-invalid")]
    [InlineData("""{"MaHoSo":"H15.09-261123-0001","TrangThaiHoSo":"4","ThoiDiemXuLy":"20271123090000"}""", "in-the-future")]
    [InlineData("""{"MaHoSo":"H15.09-261123-7777","TrangThaiHoSo":"4","ThoiDiemXuLy":"20261123090000"}""", "unknown-dossier")]
    [InlineData(
        """{"MaHoSo":"H15.09-261123-7777","MaTTHC":"9.999999","TrangThaiHoSo":"1","ThoiDiemXuLy":"20261123090000"}""",
        "unknown-procedure"
    )]
    public async Task What_is_wrong_is_parked_with_its_reason_and_mended(string message, string reason)
    {
        var dossier = await Stated(await Receive());
        var taken = (await Officer.Post(Portal + "/messages", new { message })).Expect(201);
        await Worker.RunOnce(ExchangePartner.NationalPortal, Ct);
        var parked = Assert.Single(Items(await Officer.Get(Portal + "/messages?state=parked")));
        Assert.Equal(reason, Word(parked, "answer"));
        var seen = (await Officer.Get(taken.Location)).Expect(200);
        Assert.Equal(message, Text(seen, "text"));

        (
            await Officer.Post(
                taken.Location + "/replay",
                new { message = Message(Text(dossier, "code"), 4, "20261123090000") },
                ("If-Match", seen.ETag)
            )
        ).Expect(200);
        await Worker.RunOnce(ExchangePartner.NationalPortal, Ct);
        Assert.Equal("inProcess", Text(await Officer.Get(Path(dossier)), "status"));
        var done = (await Officer.Get(taken.Location)).Expect(200);
        (await Officer.Post(taken.Location + "/replay", new { }, ("If-Match", done.ETag))).Expect(409, "dossiers.exchange-message-done");
    }

    [Fact]
    public async Task What_theThePortal_refuses_is_parked_and_told_again_on_demand()
    {
        ThePortal.ErrorCode = 7;
        var dossier = await Receive();
        while (await Sync() > 0) { }
        var parked = Items(await Officer.Get(Portal + "/messages?state=parked"));
        Assert.Equal(2, parked.Count);
        Assert.All(parked, m => Assert.Equal("refused-7", Word(m, "answer")));
        ThePortal.ErrorCode = 0;
        foreach (var message in parked)
        {
            var path = $"{Portal}/messages/{Word(message, "id")}";
            (await Officer.Post(path + "/replay", new { }, ("If-Match", (await Officer.Get(path)).ETag))).Expect(200);
        }
        while (await Sync() > 0) { }
        Assert.True(ThePortal.Dossiers.ContainsKey(Text(dossier, "code")));
    }

    [Fact]
    public async Task A_comparison_names_what_differs_and_tells_again_what_is_ours_to_tell()
    {
        var (same, lost, other) = (await Receive(), await Receive(), await Stated(await Receive()));
        while (await Sync() > 0) { }
        ThePortal.Dossiers.TryRemove(Text(lost, "code"), out _);
        ThePortal.Has(Text(other, "code"), 4, "20261123093000");
        ThePortal.Has("H15.09-261123-900001", 1, "20261123085000");

        var job = (
            await Officer.Post(
                Portal + "/reconciliations",
                new
                {
                    from = "2026-11-01",
                    to = "2026-11-30",
                    repair = true,
                }
            )
        ).Expect(202);
        await Host.RunJobs();
        Assert.Equal("succeeded", Text(await Officer.Get(job.Location), "state"));
        var report = Assert.Single(Items(await Officer.Get(Portal + "/reconciliations")));
        Assert.Equal((4, 3), (report.GetProperty("compared").GetInt32(), report.GetProperty("differing").GetInt32()));
        Assert.Equal(
            new[]
            {
                (Text(lost, "code"), "missing-there"),
                (Text(other, "code"), "status-differs"),
                ("H15.09-261123-900001", "missing-here"),
            }.Order(),
            report.GetProperty("differences").EnumerateArray().Select(d => (Word(d, "dossierCode"), Word(d, "kind"))).Order()
        );
        while (await Sync() > 0) { }
        Assert.True(ThePortal.Dossiers.ContainsKey(Text(lost, "code")));
        Assert.Equal("4", (string?)ThePortal.Dossiers[Text(other, "code")]["TrangThaiHoSo"]);
        Assert.Equal("2", (string?)ThePortal.Dossiers[Text(same, "code")]["TrangThaiHoSo"]);
    }

    [Fact]
    public async Task The_comparison_of_a_night_is_made_once_for_all_hosts()
    {
        await using var sibling = await Host.Sibling();
        var other = sibling.Services.GetRequiredService<ExchangeWorker>();
        sibling.Clock.Now = Host.Clock.Now;
        await Task.WhenAll(
            Worker.QueueReconciliation(ExchangePartner.NationalPortal, Ct),
            other.QueueReconciliation(ExchangePartner.NationalPortal, Ct)
        );
        await Worker.QueueReconciliation(ExchangePartner.NationalPortal, Ct);
        Assert.Equal(1, await Host.Scalar<long>("SELECT count(*) FROM dossiers.jobs WHERE kind = 'reconcile-exchange'"));
        Host.Clock.Advance(TimeSpan.FromDays(1));
        await Worker.QueueReconciliation(ExchangePartner.NationalPortal, Ct);
        Assert.Equal(2, await Host.Scalar<long>("SELECT count(*) FROM dossiers.jobs WHERE kind = 'reconcile-exchange'"));
        await Host.RunJobs();
        Assert.Equal(2, Items(await Officer.Get(Portal + "/reconciliations")).Count);
    }

    [Theory]
    [InlineData("centre:dak-lak")]
    [InlineData("own")]
    public async Task The_exchange_is_for_those_who_see_the_whole_province(string scope)
    {
        foreach (var path in new[] { "/messages", "/reconciliations" })
            (await Over(scope).Get(Portal + path)).Expect(404);
        (await Officer.Get("/api/v1/integration/elsewhere/messages")).Expect(404);
    }
}
