using Microsoft.Extensions.DependencyInjection;
using Pac.Dossiers.Features.Escalations;
using Pac.Facilities.Contracts;
using Pac.Testing;

namespace Pac.Dossiers.Tests.Features;

/// <summary>Before and after a term passes somebody is told, once; they say that they have seen it and what they do.</summary>
public sealed class EscalationTests(DossiersHost fixture) : DossierTests(fixture)
{
    private const string Mine = "/api/v1/escalations";
    private readonly Rights _rights = fixture.Rights;

    private HttpClient As(string subject) => Over("province", subject);

    private static async Task<int> Watch(ModuleHost host) =>
        await host.Services.GetRequiredService<EscalationWatch>().Once(TestContext.Current.CancellationToken);

    private Task<int> Watch() => Watch(Host);

    private async Task<Reply> InProcess() => (await Act(await Receive(), "transfer")).Expect(200);

    private void Overseers()
    {
        _rights.Overseers.Add(new("head", "agency:" + Police));
        _rights.Overseers.Add(new("director", "centre:" + Facilities.Centre));
    }

    private async Task<List<(string Term, int Level, int Round, string? Recipient)>> Told(Reply dossier) =>
        [
            .. Items(await Officer.Get(Path(dossier) + "/warnings"))
                .Reverse()
                .Select(e =>
                    (
                        e.GetProperty("term").GetString()!,
                        e.GetProperty("level").GetInt32(),
                        e.GetProperty("round").GetInt32(),
                        e.TryGetProperty("recipient", out var r) ? r.GetString() : null
                    )
                )
                .Where(e => e.Item1 is not ("step" or "check")),
        ];

    [Fact]
    public async Task Officer_head_and_director_are_told_one_after_the_other_and_nobody_twice()
    {
        Overseers();
        var dossier = (await Act(await InProcess(), "assign", new { assignee = "case-officer-7" })).Expect(200);
        // Due on 1 December at 17:00: 46 working hours, of which 75 % are 34.5.
        Assert.Equal(0, await Watch());
        Host.Clock.Now = DakLak.At("2026-11-30 13:31");
        await Watch();
        Assert.Equal([("due", 1, 0, "case-officer-7")], await Told(dossier));
        Host.Clock.Now = DakLak.At("2026-12-01 07:01");
        await Watch();
        Assert.Equal(("due", 2, 0, "head"), (await Told(dossier))[^1]);
        Host.Clock.Now = DakLak.At("2026-12-01 17:01");
        await Watch();
        await Watch();
        Assert.Equal(("due", 3, 0, "director"), (await Told(dossier))[^1]);
        Host.Clock.Now = DakLak.At("2026-12-02 17:01");
        await Watch();
        Assert.Equal(("due", 4, 1, "director"), (await Told(dossier))[^1]);
        // After a long absence the latest repetition is told, not all that were missed.
        Host.Clock.Now = DakLak.At("2026-12-10 09:00");
        await Watch();
        Assert.Equal(("due", 4, 6, "director"), (await Told(dossier))[^1]);
        Assert.Equal(5, (await Told(dossier)).Count);
        var lines = Items(await Officer.Get(Path(dossier) + "/timeline"), "entries")
            .Where(e => e.GetProperty("act").GetString() == "escalated");
        Assert.Contains(lines, l => l.GetProperty("detail").GetString() == "due 2026-12-01 17:00, level 3: director");
    }

    [Fact]
    public async Task Two_hosts_that_watch_at_once_tell_everybody_once()
    {
        Overseers();
        for (var n = 0; n < 12; n++)
            await InProcess();
        await using var second = await Host.Sibling();
        Host.Clock.Now = DakLak.At("2026-12-01 17:01");
        second.Clock.Now = Host.Clock.Now;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Watch(n % 2 == 0 ? Host : second)));
        Assert.Equal(12, await Host.Scalar<long>("SELECT count(*) FROM dossiers.escalations WHERE term = 'Due' AND level = 3"));
        Assert.Equal(
            await Host.Scalar<long>("SELECT count(*) FROM dossiers.escalations"),
            await Host.Scalar<long>(
                "SELECT count(DISTINCT (dossier_id, term, term_due_at, level, round, recipient)) FROM dossiers.escalations"
            )
        );
    }

    [Fact]
    public async Task A_recipient_marks_it_as_seen_and_answers_once()
    {
        Overseers();
        var dossier = (await Act(await InProcess(), "assign", new { assignee = "case-officer-7" })).Expect(200);
        Host.Clock.Now = DakLak.At("2026-11-30 17:00");
        await Watch();
        var mine = Items(await As("case-officer-7").Get(Mine + "?open=true&seen=false"))
            .Single(e => e.GetProperty("term").GetString() == "due");
        var path = $"{Mine}/{mine.GetProperty("id").GetGuid()}";
        (await As("somebody").Get(path)).Expect(404);
        (await As("somebody").Post(path + "/see", new { })).Expect(404);
        Host.Clock.Advance(TimeSpan.FromMinutes(1));
        var seen = (await As("case-officer-7").Post(path + "/see", new { })).Expect(200);
        Assert.Equal("2026-11-30T17:01:00+07:00", Text(seen, "seenAt"));
        Host.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal("2026-11-30T17:01:00+07:00", Text(await As("case-officer-7").Post(path + "/see", new { }), "seenAt"));
        var answered = (await As("case-officer-7").Post(path + "/acknowledge", new { note = "Xong trong sáng mai" })).Expect(200);
        Assert.Equal("Xong trong sáng mai", Text(answered, "answer"));
        (await As("case-officer-7").Post(path + "/acknowledge", new { note = "x" })).Expect(409, "dossiers.escalation-answered");
        Assert.DoesNotContain(Items(await As("case-officer-7").Get(Mine + "?open=true")), e => e.GetProperty("term").GetString() == "due");
        Assert.Equal(
            ["escalated", "escalationSeen", "escalationAcknowledged"],
            Items(await Officer.Get(Path(dossier) + "/timeline"), "entries")
                .Where(e => e.TryGetProperty("detail", out var d) && d.GetString()!.StartsWith("due ", StringComparison.Ordinal))
                .Select(e => e.GetProperty("act").GetString()!)
        );
        // To whom a dossier is no longer shown, its escalations are not shown either.
        Assert.Empty(Items(await Over("centre:66-22015", "case-officer-7").Get(Mine)));
    }

    [Fact]
    public async Task Instants_finer_than_the_database_keeps_them_are_the_same_instants()
    {
        Overseers();
        Host.Clock.Now = Host.Clock.Now.AddTicks(7);
        var dossier = (await Act(await InProcess(), "request-withdrawal", new { channel = "online" })).Expect(200);
        var other = await InProcess();
        Host.Clock.Now = DakLak.At("2026-11-27 16:00").AddTicks(3);
        await Watch();
        var told = await Told(dossier);
        // Something is done on both, so that both are looked at again.
        (await Act(other, "assign", new { assignee = "case-officer-7" })).Expect(200);
        await Host.Sql("UPDATE dossiers.escalation_looks SET look_at = now() - interval '1 year'");
        await Watch();
        Assert.Equal(told, await Told(dossier));
        foreach (var code in new[] { dossier, other })
            Assert.All(
                Items(await Officer.Get(Path(code) + "/warnings")),
                e => Assert.False(e.TryGetProperty("withdrawnAt", out _), e.GetProperty("term").GetString())
            );
        Assert.Contains(Items(await Officer.Get(Path(other) + "/warnings")), e => e.GetProperty("term").GetString() == "step");
    }

    [Fact]
    public async Task A_wish_to_withdraw_presses_at_once_until_it_is_decided()
    {
        Overseers();
        var dossier = (await Act(await InProcess(), "assign", new { assignee = "case-officer-7" })).Expect(200);
        var asked = (await Act(dossier, "request-withdrawal", new { channel = "online", reason = "đổi ý" })).Expect(200);
        Host.Clock.Advance(TimeSpan.FromMinutes(1));
        await Watch();
        Assert.Equal([("withdrawal", 1, 0, "case-officer-7")], await Told(asked));
        Host.Clock.Now = DakLak.At("2026-11-25 09:01"); // 24 November is a holiday
        await Watch();
        Assert.Equal(("withdrawal", 2, 2, "head"), (await Told(asked))[^1]);
        var granted = (await Act((await Officer.Get(Path(asked))).Expect(200), "decide-withdrawal", new { granted = true })).Expect(200);
        await Watch();
        Assert.All(
            Items(await Officer.Get(Path(granted) + "/warnings")).Where(e => e.GetProperty("term").GetString() == "withdrawal"),
            e => Assert.True(e.TryGetProperty("withdrawnAt", out _))
        );
    }

    [Fact]
    public async Task A_new_due_instant_takes_back_what_is_pending_and_begins_anew()
    {
        Overseers();
        var dossier = await InProcess();
        Host.Clock.Now = DakLak.At("2026-11-30 16:00");
        await Watch();
        Assert.Equal([("due", 1, 0, "head")], await Told(dossier)); // nobody is in charge
        Facilities.Calendar = Facilities.Calendar.Closing("2026-12-01");
        await Host.Tell(new CalendarChanged("dak-lak", 2, "Bão"));
        await Host.DrainOutbox();
        await Host.RunJobs();
        await Watch();
        var all = Items(await Officer.Get(Path(dossier) + "/warnings")).Where(e => e.GetProperty("term").GetString() == "due").ToList();
        Assert.True(all[^1].TryGetProperty("withdrawnAt", out _));
        (await As("head").Post($"{Mine}/{all[^1].GetProperty("id").GetGuid()}/acknowledge", new { note = "x" })).Expect(
            409,
            "dossiers.escalation-withdrawn"
        );
        Host.Clock.Now = DakLak.At("2026-12-02 17:01");
        await Watch();
        Assert.Contains(("due", 3, 0, "director"), await Told(dossier));
        // What has ended asks for nothing more.
        var settled = (await Act((await Officer.Get(Path(dossier))).Expect(200), "settle", Signed("Thiếu điều kiện", "Mất điện"))).Expect(
            200
        );
        await Watch();
        Assert.DoesNotContain(
            Items(await Officer.Get(Path(settled) + "/warnings")),
            e => !e.TryGetProperty("withdrawnAt", out _) && !e.TryGetProperty("acknowledgedAt", out _)
        );
        Assert.Empty(Items(await As("director").Get(Mine + "?open=true")));
    }

    [Fact]
    public async Task An_online_submission_is_escalated_before_its_eight_working_hours_are_over()
    {
        Overseers();
        var submission = Reception();
        submission["submittedAt"] = "2026-11-23T07:30:00+07:00";
        var shown = (await Officer.Post("/api/v1/online-submissions", submission)).Expect(201);
        Host.Clock.Now = DakLak.At("2026-11-23 14:00");
        await Watch();
        Assert.Empty(await Told(shown)); // shown within two working hours
        Host.Clock.Now = DakLak.At("2026-11-23 16:30");
        await Watch();
        Assert.Equal([("intake", 1, 0, "director")], await Told(shown));
        submission["submittedAt"] = "2026-11-23T09:00:00+07:00";
        var late = (await Officer.Post("/api/v1/online-submissions", submission)).Expect(201);
        await Watch();
        Assert.Contains(("display", 1, 0, "director"), await Told(late));
        var time = (await Officer.Get(Path(late) + "/clock")).Expect(200).Json;
        Assert.Equal(
            ("2026-11-23T11:00:00+07:00", "2026-11-23T16:30:00+07:00"),
            (time.GetProperty("displayDueAt").GetString(), time.GetProperty("arrivedAt").GetString())
        );
        Host.Clock.Now = DakLak.At("2026-11-25 08:00");
        await Watch();
        Assert.Contains(("intake", 2, 0, "director"), await Told(shown));
    }

    [Fact]
    public async Task A_step_that_has_used_up_its_hours_is_told_to_its_officer()
    {
        var dossier = (await Act(await InProcess(), "assign", new { assignee = "case-officer-7" })).Expect(200);
        Host.Clock.Now = DakLak.At("2026-11-27 17:00");
        await Watch();
        var step = Items(await As("case-officer-7").Get(Mine)).Single(e => e.GetProperty("term").GetString() == "step");
        Assert.Equal(Text(dossier, "code"), step.GetProperty("dossierCode").GetString());
    }

    [Fact]
    public async Task Whoever_oversees_a_dossier_presses_for_it()
    {
        var dossier = (await Act(await InProcess(), "assign", new { assignee = "case-officer-7" })).Expect(200);
        var pressed = (await As("director").Post(Path(dossier) + "/press", new { message = "Ưu tiên trong ngày" })).Expect(201);
        Assert.Equal(
            ("press", "case-officer-7", "director"),
            (Text(pressed, "term"), Text(pressed, "recipient"), Text(pressed, "raisedBy"))
        );
        (await As("director").Get(pressed.Location)).Expect(200);
        (await As("director").Post(pressed.Location + "/acknowledge", new { note = "x" })).Expect(
            409,
            "dossiers.escalation-of-somebody-else"
        );
        (await As("case-officer-7").Post(pressed.Location + "/acknowledge", new { note = "Vâng" })).Expect(200);
        (await Act(await InProcess(), "press", new { message = "x" })).Expect(409, "dossiers.nobody-to-press");
    }

    [Fact]
    public async Task What_was_overdue_before_its_import_surprises_nobody_and_what_becomes_overdue_is_told()
    {
        Overseers();
        const string file =
            "sourceId,code,procedureCode,centreCode,channel,applicantName,receivedAt,dueAt\n"
            + "a,H15.09-261001-0001,1.002809,dak-lak,counter,Ai,2026-10-01T08:00:00+07:00,2026-10-08T17:00:00+07:00\n"
            + "b,H15.09-991123-0002,1.002809,dak-lak,counter,Ai,2026-11-23T08:00:00+07:00,2099-12-31T17:00:00+07:00\n";
        (await Officer.Call(HttpMethod.Post, "/api/v1/dossier-imports?source=old", Calls.Body(file, "text/csv"))).Expect(202);
        await Host.RunJobs();
        await Watch();
        Assert.Equal(0, await Host.Scalar<long>("SELECT count(*) FROM dossiers.escalations"));
        Assert.Equal(1, await Host.Scalar<long>("SELECT count(*) FROM dossiers.dossiers WHERE source = 'old' AND watch_at = due_at"));
        Assert.Equal(1, await Host.Scalar<long>("SELECT count(*) FROM dossiers.dossiers WHERE source = 'old' AND noted_due_at = due_at"));
        await Host.Sql("UPDATE dossiers.dossiers SET due_at = '2026-11-24T17:00+07' WHERE source_id = 'b'");
        Host.Clock.Now = DakLak.At("2026-11-25 07:30");
        await Host.Sql("UPDATE dossiers.escalation_looks SET look_at = '2026-11-24T17:00+07'");
        await Watch();
        Assert.Equal(1, await Host.Scalar<long>("SELECT count(*) FROM dossiers.escalations WHERE level = 3 AND dossier_code LIKE '%0002'"));
        Assert.Equal(0, await Host.Scalar<long>("SELECT count(*) FROM dossiers.escalations WHERE dossier_code LIKE '%0001' AND round = 0"));
    }
}
