using Microsoft.Extensions.DependencyInjection;
using Pac.Dossiers.Features.Escalations;
using Pac.Facilities.Contracts;
using Pac.Testing;

namespace Pac.Dossiers.Tests.Features;

/// <summary>Opinions of other agencies, asked while a dossier is worked on.</summary>
public sealed class ConsultationTests(DossiersHost fixture) : DossierTests(fixture)
{
    private const string Consultations = "/api/v1/consultations";

    private static readonly object Question = new
    {
        agencyCode = Trade,
        question = "Cơ sở có trong quy hoạch không?",
        hours = 16,
    };

    private static readonly object Yes = new
    {
        opinion = "agrees",
        answer = "Cơ sở nằm trong quy hoạch.",
        documentNumber = "215/SCT",
    };

    [Fact]
    public async Task The_agency_that_is_asked_answers_without_seeing_the_dossier_and_the_step_waits_for_it()
    {
        var (dossier, asked) = await Asked();
        Assert.Equal("2026-11-26T09:00:00+07:00", Text(asked, "dueAt"));
        var seen = await Officer.Get(Path(dossier));
        (await Act(seen, "complete-step")).Expect(409, "dossiers.opinion-awaited");

        var other = Over("agency:" + Trade);
        (await other.Get(Path(dossier))).Expect(404);
        var line = Assert.Single(Items(await other.Get(Consultations + "?awaited=true")));
        Assert.Equal(Text(dossier, "code"), line.GetProperty("dossierCode").GetString());
        Assert.DoesNotContain(Person.Name, line.GetRawText(), StringComparison.Ordinal);
        (await other.Post(asked.Location + "/withdraw", new { reason = "Không muốn" }, ("If-Match", asked.ETag))).Expect(
            422,
            "dossiers.consultation-withdrawn-by-asked"
        );
        Host.Clock.Now += TimeSpan.FromHours(2);
        var answered = (await other.Post(asked.Location + "/answer", Yes, ("If-Match", asked.ETag))).Expect(200);
        Assert.Equal(("agrees", "early"), (Text(answered, "opinion"), Text(answered, "result")));
        (await other.Post(asked.Location + "/answer", Yes, ("If-Match", answered.ETag))).Expect(409, "dossiers.consultation-closed");

        Assert.Empty(Items(await other.Get(Consultations + "?awaited=true")));
        Assert.Single(Items(await Officer.Get(Consultations + "?awaited=false&dossierCode=" + Text(dossier, "code"))));
        var acts = Items(await Officer.Get(Path(dossier) + "/timeline"), "entries").Select(e => e.GetProperty("act").GetString()).ToList();
        Assert.Equal(["consulted", "opinionGiven"], acts[^2..]);
        (await Act(await Officer.Get(Path(dossier)), "complete-step")).Expect(200);
    }

    [Fact]
    public async Task Who_does_not_answer_in_time_is_waited_for_no_longer_and_still_heard()
    {
        var (dossier, asked) = await Asked();
        Host.Clock.Now += TimeSpan.FromDays(4);
        (await Act(await Officer.Get(Path(dossier)), "complete-step")).Expect(200);
        var answered = (await Over("agency:" + Trade).Post(asked.Location + "/answer", Yes, ("If-Match", asked.ETag))).Expect(200);
        Assert.Equal("late", Text(answered, "result"));
    }

    [Fact]
    public async Task A_newer_calendar_moves_when_the_opinion_is_due_and_the_report_names_it()
    {
        var (dossier, asked) = await Asked();
        var (_, answered) = await Asked();
        (await Over("agency:" + Trade).Post(answered.Location + "/answer", Yes, ("If-Match", answered.ETag))).Expect(200);
        Facilities.Calendar = Facilities.Calendar.Closing("2026-11-25");
        await Host.Tell(new CalendarChanged("dak-lak", 2, "Nghỉ bão"));
        await Host.DrainOutbox();
        await Host.RunJobs();
        Assert.Equal("2026-11-27T09:00:00+07:00", Text(await Officer.Get(asked.Location!), "dueAt"));
        Assert.Equal("2026-11-26T09:00:00+07:00", Text(await Officer.Get(answered.Location!), "dueAt"));
        var replay = Assert.Single(Items(await Officer.Get("/api/v1/clock-replays"))).GetProperty("id").GetGuid();
        var moves = Items(await Officer.Get($"/api/v1/clock-replays/{replay}/moved-dossiers"))
            .Single(m => m.GetProperty("dossierId").GetString() == Text(dossier, "id"))
            .GetProperty("moves")
            .EnumerateArray()
            .Select(m => m.GetProperty("which").GetString());
        Assert.Equal(["consultation:" + Trade, "due"], moves);
    }

    [Fact]
    public async Task A_question_is_taken_back_and_nobody_waits()
    {
        var (dossier, asked) = await Asked();
        var back = (await Officer.Post(asked.Location + "/withdraw", new { reason = "Đã có ý kiến" }, ("If-Match", asked.ETag))).Expect(
            200
        );
        Assert.NotNull(Text(back, "withdrawnAt"));
        (await Over("agency:" + Trade).Post(asked.Location + "/answer", Yes, ("If-Match", back.ETag))).Expect(
            409,
            "dossiers.consultation-closed"
        );
        (await Act(await Officer.Get(Path(dossier)), "complete-step")).Expect(200);
    }

    [Fact]
    public async Task Only_the_agency_that_is_asked_answers_and_others_do_not_find_the_question()
    {
        var (_, asked) = await Asked();
        Assert.Equal(Police, Text(asked, "askedFor"));
        (await Over("agency:" + Police).Get(asked.Location)).Expect(200);
        (await Over("centre:" + Facilities.Ward).Post(asked.Location + "/answer", Yes, ("If-Match", asked.ETag))).Expect(404);
        (await Over("agency:" + WardCommittee).Get(asked.Location)).Expect(404);
        Assert.Empty(Items(await Over("agency:" + WardCommittee).Get(Consultations)));
    }

    [Theory]
    [InlineData("H15.99", "Hỏi", 16, 422, "dossiers.no-such-agency")]
    [InlineData(Trade, "", 16, 400, "invalid")]
    [InlineData(Trade, "Hỏi", 0, 400, "invalid")]
    public async Task What_cannot_be_asked_is_refused(string agencyCode, string question, int hours, int status, string code)
    {
        var dossier = await InProcess();
        var reply = await Act(
            dossier,
            "consultations",
            new
            {
                agencyCode,
                question,
                hours,
            }
        );
        reply.Expect(status, code);
        Assert.Equal(0, await Host.Scalar<long>("SELECT count(*) FROM dossiers.consultations"));
    }

    [Fact]
    public async Task Before_the_work_begins_and_after_it_has_ended_nobody_is_asked()
    {
        (await Act(await Receive(), "consultations", Question)).Expect(409, "dossiers.act-not-possible");
        var (dossier, asked) = await Asked();
        (await Act(await Officer.Get(Path(dossier)), "settle", Signed(refusal: "Không đủ điều kiện"))).Expect(200);
        (await Over("agency:" + Trade).Post(asked.Location + "/answer", Yes, ("If-Match", asked.ETag))).Expect(
            409,
            "dossiers.consultation-too-late"
        );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_the_workflow_names_is_asked_by_itself_when_its_step_begins(bool inBulk)
    {
        await Host.Sql(
            """
            UPDATE dossiers.procedure_versions SET content = jsonb_set(content, '{steps,1,consultations}',
                '[{"role":"cooperatingAgency","hours":8,"agencyCode":"H15.05"},{"role":"cooperatingAgency","hours":4,"agencyCode":"H15.101"}]')
            WHERE procedure_id = (SELECT id FROM dossiers.procedures WHERE code = '1.002809')
            """
        );
        var dossier = inBulk ? await Receive() : await InProcess();
        if (inBulk)
            (await Officer.Post("/api/v1/bulk-acts/transfer", new { dossierIds = new[] { Text(dossier, "id") } })).Expect(200);
        var asked = Items(await Officer.Get(Consultations + "?dossierCode=" + Text(dossier, "code")));
        Assert.Equal(2, asked.Count);
    }

    [Fact]
    public async Task An_opinion_that_is_late_is_told_to_those_who_oversee_the_agency_that_was_asked_and_to_the_officer_who_waits()
    {
        Rights.Overseers.Add(new("trade-head", "agency:" + Trade));
        Rights.Overseers.Add(new("ward-head", "agency:" + WardCommittee));
        var dossier = (await Act(await InProcess(), "assign", new { assignee = "case-officer-7" })).Expect(200);
        foreach (var agencyCode in new[] { Trade, WardCommittee })
            dossier = await Consulted(dossier, agencyCode);
        await Watch();
        Assert.Empty(await Warned(dossier));
        // Sixteen working hours from Monday at nine, with a holiday between.
        Host.Clock.Now = DakLak.At("2026-11-26 08:00");
        await Watch();
        Assert.Equal(["1 trade-head", "1 ward-head"], await Warned(dossier));
        Host.Clock.Now = DakLak.At("2026-11-26 09:01");
        await Watch();
        await Watch();
        Assert.Equal(["1 trade-head", "1 ward-head", "2 trade-head", "2 ward-head", "3 case-officer-7"], await Warned(dossier));
        // Whoever is asked sees the warning, and the dossier as little as before.
        var head = Over("agency:" + Trade, "trade-head");
        Assert.Equal(2, Items(await head.Get("/api/v1/escalations")).Count);
        (await head.Get(Path(dossier))).Expect(404);

        foreach (var asked in Items(await Officer.Get(Consultations + "?awaited=true")))
        {
            var path = $"{Consultations}/{asked.GetProperty("id").GetGuid()}";
            var agency = Over("agency:" + asked.GetProperty("agencyCode").GetString());
            (await agency.Post(path + "/answer", Yes, ("If-Match", (await agency.Get(path)).ETag))).Expect(200);
        }
        await Watch();
        Assert.Empty(await Warned(dossier));
    }

    [Fact]
    public async Task A_version_that_names_agencies_for_the_step_in_hand_has_those_asked_that_were_not()
    {
        var dossier = (await Act(await InProcess(), "consultations", Question)).Expect(201);
        await Host.Sql(
            """
            INSERT INTO dossiers.procedure_versions
            SELECT r.* FROM dossiers.procedure_versions v, LATERAL jsonb_populate_record(v, jsonb_build_object('number', 2, 'id', gen_random_uuid(),
                'content', jsonb_set(v.content, '{steps,1,consultations}',
                    '[{"role":"cooperatingAgency","hours":8,"agencyCode":"H15.05"},{"role":"cooperatingAgency","hours":4,"agencyCode":"H15.101"}]'))) r
            WHERE v.procedure_id = (SELECT id FROM dossiers.procedures WHERE code = '1.002809') AND v.number = 1
            """
        );
        await Host.Sql("UPDATE dossiers.procedures SET last_version = 2 WHERE code = '1.002809'");
        var open = (await Officer.Get("/api/v1/dossiers/" + Text(dossier, "dossierId"))).Expect(200);
        open = await ApproveMove(open, 2);
        var move = new { version = 2, reason = "Quy trình mới" };
        (await Act(open, "move-to-version", move)).Expect(200);
        // While its papers are awaited nobody can be asked, so it stays where it is until it goes on.
        var standing = (
            await Act(
                await InProcess(),
                "request-supplement",
                new { items = new[] { new { code = "licence", reason = "Mờ" } }, legalBasis = "Luật 1" }
            )
        ).Expect(200);
        standing = await ApproveMove(standing, 2);
        (await Act(standing, "move-to-version", move)).Expect(409, "dossiers.consultation-while-standing");
        standing = (await Act(await Officer.Get(Path(standing)), "submit-supplement", new { documents = Papers("licence") })).Expect(200);
        (await Act(standing, "move-to-version", move)).Expect(200);
        Assert.Equal(
            [Trade, WardCommittee],
            Items(await Officer.Get(Consultations + "?dossierCode=" + Text(dossier, "dossierCode")))
                .Select(c => c.GetProperty("agencyCode").GetString()!)
                .Order(StringComparer.Ordinal)
        );
    }

    private async Task Watch() => await Host.Services.GetRequiredService<EscalationWatch>().Once(TestContext.Current.CancellationToken);

    private async Task<List<string>> Warned(Reply dossier) =>
        [
            .. Items(await Officer.Get(Path(dossier) + "/warnings"))
                .Where(e => e.GetProperty("term").GetString() == "consultation" && !e.TryGetProperty("withdrawnAt", out _))
                .Select(e => $"{e.GetProperty("level").GetInt32()} {e.GetProperty("recipient").GetString()}")
                .Order(StringComparer.Ordinal),
        ];

    private async Task<Reply> Consulted(Reply dossier, string agencyCode)
    {
        var question = new
        {
            agencyCode,
            question = "Có trong quy hoạch không?",
            hours = 16,
        };
        (await Act(dossier, "consultations", question)).Expect(201);
        return await Officer.Get(Path(dossier));
    }

    private async Task<Reply> InProcess() => (await Act(await Receive(), "transfer")).Expect(200);

    private async Task<(Reply Dossier, Reply Asked)> Asked()
    {
        var dossier = await InProcess();
        return (dossier, (await Act(dossier, "consultations", Question)).Expect(201));
    }
}
