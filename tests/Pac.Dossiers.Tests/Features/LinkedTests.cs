using Pac.Facilities.Contracts;
using Pac.Testing;

namespace Pac.Dossiers.Tests.Features;

/// <summary>Linked dossiers have one appointment, whatever happens to one of them.</summary>
public sealed class LinkedTests(DossiersHost fixture) : DossierTests(fixture)
{
    private async Task<Reply> Link(Reply leading, params Reply[] followers) =>
        await Act(leading, "link", new { dossierIds = followers.Select(f => Text(f, "id")) });

    private async Task<Reply> Seen(Reply dossier) => (await Officer.Get(Path(dossier))).Expect(200);

    private const string Residence = "1.002755";

    [Fact]
    public async Task A_second_link_counts_those_that_follow_already_and_there_are_no_chains()
    {
        var leading = await Receive(); // five working days
        var slow = await Receive("2.000488"); // ten days
        var quick = await Receive(Residence); // three working days
        var led = (await Link(leading, slow)).Expect(200);
        led = (await Link(led, quick)).Expect(200);
        Assert.Equal(Text(slow, "dueAt"), Text(led, "promisedAt"));
        Assert.Equal(Text(slow, "dueAt"), Text(await Seen(quick), "promisedAt"));
        var other = await Receive();
        (await Link(other, led)).Expect(409, "dossiers.linked-leads");
        (await Link(await Seen(quick), other)).Expect(409, "dossiers.linked-before");
        (await Link(other, await Seen(quick))).Expect(409, "dossiers.linked-before");
    }

    [Fact]
    public async Task Whoever_follows_the_code_is_told_the_one_appointment()
    {
        var leading = await Receive(); // five working days
        var slow = await Receive("2.000488"); // ten days
        await Link(leading, slow);
        foreach (var one in new[] { leading, slow })
            Assert.Equal(
                Text(slow, "dueAt"),
                Text((await Host.Anonymous().Get("/api/v1/tracking/" + Text(one, "code"))).Expect(200), "dueAt")
            );
    }

    [Fact]
    public async Task What_follows_counts_also_for_those_who_do_not_see_it()
    {
        var reception = Reception();
        reception["returnAtCentreCode"] = Facilities.Ward;
        var leading = (await Officer.Post("/api/v1/dossiers", reception)).Expect(201);
        var follower = await Receive("2.000488");
        var led = (await Link(leading, follower)).Expect(200);
        led = await SettlePaid(led);
        var ward = Over("centre:" + Facilities.Ward);
        (await ward.Get(Path(follower))).Expect(404);
        (await Act(led, "return", ByPost, ward)).Expect(409, "dossiers.linked-open");
    }

    [Fact]
    public async Task The_appointment_follows_when_the_one_that_stood_still_ends()
    {
        var leading = await Receive();
        var slow = (await Act(await Receive("2.000488"), "transfer", new { note = "đủ" })).Expect(200);
        var led = (await Link(leading, slow)).Expect(200);
        var items = new[] { new { code = "form", reason = "mờ" } };
        slow = (await Act(await Seen(slow), "request-supplement", new { items, legalBasis = "Điều 11" })).Expect(200);
        var extended = (
            await Act(
                await Seen(led),
                "extend",
                new
                {
                    reason = "Chờ xác minh",
                    signer = "Giám đốc",
                    newDueDate = "2026-12-21",
                }
            )
        ).Expect(200);
        Assert.NotEqual(Text(extended, "dueAt"), Text(extended, "promisedAt"));
        (await Act(await Seen(slow), "request-withdrawal", new { channel = "online" })).Expect(200);
        (await Act(await Seen(slow), "decide-withdrawal", new { granted = true })).Expect(200);
        Assert.Equal(Text(extended, "dueAt"), Text(await Seen(led), "promisedAt"));
    }

    [Fact]
    public async Task The_appointment_follows_an_extension_of_one_and_the_holder_is_told_once()
    {
        var leading = await Receive();
        var follower = await Receive("2.000488");
        var led = (await Link(leading, follower)).Expect(200);
        var extension = new
        {
            reason = "Chờ kết quả xác minh",
            signer = "Giám đốc",
            newDueDate = "2026-12-21",
        };
        var extended = (await Act(await Seen(follower), "extend", extension)).Expect(200);
        Assert.Equal("2026-12-21T17:00:00+07:00", Text(extended, "promisedAt"));
        led = await Seen(led);
        Assert.Equal("2026-12-21T17:00:00+07:00", Text(led, "promisedAt"));
        Assert.Equal("appointmentMoved", Items(await Officer.Get(Path(led) + "/timeline"), "entries")[^1].GetProperty("act").GetString());
        // The apology told the very day.
        Assert.Equal(0, await Told(led));
    }

    [Fact]
    public async Task Nobody_is_told_a_day_that_is_not_the_appointment()
    {
        var leading = (await Act(await Receive(), "transfer", new { note = "đủ" })).Expect(200);
        var slow = await Receive("2.000488");
        var led = (await Link(leading, slow)).Expect(200);
        var linked = await Told(led, "DueTimeSet");
        var items = new[] { new { code = "licence", reason = "ảnh mờ" } };
        var asked = (await Act(led, "request-supplement", new { items, legalBasis = "Điều 11" })).Expect(200);
        Host.Clock.Now = DakLak.At("2026-11-23 10:00");
        var answered = (await Act(asked, "submit-supplement", new { documents = Papers("licence") })).Expect(200);
        Assert.Equal(Text(slow, "dueAt"), Text(answered, "promisedAt"));
        Assert.NotEqual(Text(answered, "dueAt"), Text(answered, "promisedAt"));
        Assert.Equal((linked, 0), (await Told(led, "DueTimeSet"), await Told(led)));

        // A holiday moves the earlier day only, which is still before the appointment.
        Facilities.Calendar = Facilities.Calendar.Closing("2026-11-30");
        await Host.Tell(new CalendarChanged("dak-lak", 2, "Nghỉ bão"));
        await Host.DrainOutbox();
        await Host.RunJobs();
        var moved = await Seen(led);
        Assert.NotEqual(Text(answered, "dueAt"), Text(moved, "dueAt"));
        Assert.Equal(Text(answered, "promisedAt"), Text(moved, "promisedAt"));
        Assert.Equal((linked, 0), (await Told(led, "DueTimeSet"), await Told(led)));
    }

    [Fact]
    public async Task The_appointment_follows_a_supplement_and_a_newer_calendar()
    {
        var leading = (await Act(await Receive(), "transfer", new { note = "đủ" })).Expect(200);
        var follower = await Receive(Residence);
        var led = (await Link(leading, follower)).Expect(200);
        Assert.Equal("2026-12-01T17:00:00+07:00", Text(await Seen(follower), "promisedAt"));
        var items = new[] { new { code = "licence", reason = "ảnh mờ" } };
        var asked = (await Act(led, "request-supplement", new { items, legalBasis = "Điều 11 Nghị định 118/2025/NĐ-CP" })).Expect(200);
        // Nobody knows yet when all are done.
        Assert.Equal("2026-12-01T17:00:00+07:00", Text(asked, "promisedAt"));
        Host.Clock.Now = DakLak.At("2026-11-27 09:00");
        var answered = (await Act(asked, "submit-supplement", new { documents = Papers("licence") })).Expect(200);
        Assert.Equal(Text(answered, "dueAt"), Text(answered, "promisedAt"));
        Assert.Equal(Text(answered, "dueAt"), Text(await Seen(follower), "promisedAt"));
        // By the answer, and not by the appointment that moved to the same day.
        Assert.Equal((1, 0), (await Told(led, "DueTimeSet"), await Told(led)));

        Facilities.Calendar = Facilities.Calendar.Closing("2026-11-30");
        await Host.Tell(new CalendarChanged("dak-lak", 2, "Nghỉ bão"));
        await Host.DrainOutbox();
        await Host.RunJobs();
        var moved = await Seen(led);
        Assert.NotEqual(Text(answered, "dueAt"), Text(moved, "dueAt"));
        Assert.Equal(Text(moved, "dueAt"), Text(moved, "promisedAt"));
        Assert.Equal(Text(moved, "dueAt"), Text(await Seen(follower), "promisedAt"));
    }

    [Fact]
    public async Task The_clock_judges_by_the_index_as_the_figures_do()
    {
        // Asked for papers, then a holiday is added: the day promised moved, and it is settled on that day.
        var dossier = (await Act(await Receive(), "transfer", new { note = "đủ" })).Expect(200);
        Facilities.Calendar = Facilities.Calendar.Closing("2026-11-30");
        await Host.Tell(new CalendarChanged("dak-lak", 2, "Nghỉ bão"));
        await Host.DrainOutbox();
        await Host.RunJobs();
        Host.Clock.Now = DakLak.At("2026-12-02 10:00");
        var settled = (await Act(await ToEnd(await Seen(dossier)), "settle", Signed())).Expect(200);
        var figures = (await Officer.Get("/api/v1/dossier-statistics?from=2026-11-01&to=2026-12-31&definition=by766"))
            .Expect(200)
            .Json.GetProperty("totals");
        Assert.Equal(0, figures.GetProperty("late").GetInt64());
        Assert.True((await Officer.Get(Path(settled) + "/clock")).Expect(200).Json.GetProperty("onTimeByIndex").GetBoolean());
    }

    private async Task<Reply> ToEnd(Reply dossier)
    {
        while (await Act(dossier, "complete-step") is { Status: 200 } next)
            dossier = next;
        return dossier;
    }

    private Task<long> Told(Reply dossier, string kind = "DueTimeMoved") =>
        Host.Scalar<long>(
            $"SELECT count(DISTINCT revision) FROM dossiers.notifications WHERE kind = '{kind}' AND dossier_id = '{Text(dossier, "id")}'"
        );
}
