using Microsoft.Extensions.DependencyInjection;
using Pac.Dossiers.Features.Escalations;
using Pac.Facilities.Contracts;
using Pac.Testing;

namespace Pac.Dossiers.Tests.Features;

/// <summary>What an agency finds not eligible goes back in two working days, and the person is told in one: both are times that somebody sees.</summary>
public sealed class CorrectionDeadlineTests(DossiersHost fixture) : DossierTests(fixture)
{
    private const string Queues = "/api/v1/work-queues/";

    private static readonly object Back = new { items = new[] { new { code = "licence", reason = "Mờ" } }, legalBasis = "Luật 1" };

    private async Task<Reply> InProcess() => (await Act(await Receive(), "transfer")).Expect(200);

    private async Task Watch() => await Host.Services.GetRequiredService<EscalationWatch>().Once(TestContext.Current.CancellationToken);

    private async Task<List<string>> Told(Reply dossier, string term) =>
        [
            .. Items(await Officer.Get(Path(dossier) + "/warnings"))
                .Where(e => e.GetProperty("term").GetString() == term && !e.TryGetProperty("withdrawnAt", out _))
                .Select(e => $"{e.GetProperty("level").GetInt32()} {e.GetProperty("recipient").GetString()}")
                .Order(StringComparer.Ordinal),
        ];

    private static async Task<List<string>> Codes(HttpClient client, string queue) =>
        [.. Items(await client.Get(Queues + queue)).Select(d => d.GetProperty("code").GetString()!)];

    [Fact]
    public async Task The_time_to_return_what_is_not_eligible_runs_from_the_hand_over_and_is_due_soon_before_it_ends()
    {
        Rights.Overseers.Add(new("head", "agency:" + Police));
        // Handed over on Monday; Tuesday is a holiday.
        var dossier = (await Act(await InProcess(), "assign", new { assignee = "case-officer-7" })).Expect(200);
        var clock = (await Officer.Get(Path(dossier) + "/clock")).Expect(200);
        Assert.Equal("2026-11-26T17:00:00+07:00", Text(clock, "correctionReturnDueAt"));
        var police = Over("agency:" + Police);
        Assert.Empty(await Codes(police, "due-soon"));
        Host.Clock.Now = DakLak.At("2026-11-26 14:00");
        Assert.Equal([Text(dossier, "code")], await Codes(police, "due-soon"));
        Assert.Empty(await Codes(police, "overdue"));
        await Watch();
        Assert.Equal(["1 case-officer-7"], await Told(dossier, "check"));
        // Whoever found it eligible and let the time pass broke nothing: the warning is taken back.
        Host.Clock.Now = DakLak.At("2026-11-27 08:00");
        await Watch();
        Assert.Empty(await Told(dossier, "check"));
        Assert.Empty(await Codes(police, "overdue"));
        Assert.Empty(await Codes(police, "due-soon"));
    }

    [Fact]
    public async Task Once_the_agency_has_gone_on_there_is_nothing_to_return_in_time()
    {
        var dossier = (await Act(await InProcess(), "complete-step")).Expect(200);
        Assert.False((await Officer.Get(Path(dossier) + "/clock")).Expect(200).Json.TryGetProperty("correctionReturnDueAt", out _));
        // The agency that takes over has its own time.
        dossier = (await Act(dossier, "hand-over", new { agencyCode = Trade, reason = "Lấy ý kiến" })).Expect(200);
        Assert.Equal("2026-11-26T17:00:00+07:00", Text(await Officer.Get(Path(dossier) + "/clock"), "correctionReturnDueAt"));
    }

    [Fact]
    public async Task What_was_supplemented_is_checked_anew()
    {
        var dossier = (await Act(await InProcess(), "request-supplement", Back)).Expect(200);
        Host.Clock.Now = DakLak.At("2026-12-07 10:00");
        dossier = (await Act(dossier, "submit-supplement", new { documents = Papers("licence") })).Expect(200);
        Assert.Equal("2026-12-09T17:00:00+07:00", Text(await Officer.Get(Path(dossier) + "/clock"), "correctionReturnDueAt"));
        Host.Clock.Now = DakLak.At("2026-12-08 10:00");
        dossier = (await Act(dossier, "return-to-one-stop", Back)).Expect(200);
        var line = Items(await Officer.Get(Path(dossier) + "/timeline"), "entries")[^1];
        Assert.Equal("licence", line.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task A_late_return_is_told_to_the_head_of_the_agency_and_an_untold_person_to_the_centre()
    {
        Rights.Overseers.Add(new("head", "agency:" + Police));
        Rights.Overseers.Add(new("director", "centre:" + Facilities.Centre));
        var dossier = await InProcess();
        Host.Clock.Now = DakLak.At("2026-11-27 08:00");
        dossier = (await Act(dossier, "return-to-one-stop", Back)).Expect(200);
        await Watch();
        Assert.Contains("2 head", await Told(dossier, "check"));

        // To be told by the end of Monday: due soon for the centre on that day, overdue after it, although the result is due later.
        var centre = Over("centre:" + Facilities.Centre);
        Host.Clock.Now = DakLak.At("2026-11-30 10:00");
        var soon = Assert.Single(Items(await centre.Get(Queues + "due-soon")));
        Assert.Equal("2026-11-30T17:00:00+07:00", soon.GetProperty("workDueAt").GetString());
        Assert.Equal("2026-12-01T17:00:00+07:00", soon.GetProperty("dueAt").GetString());
        Host.Clock.Now = DakLak.At("2026-12-01 08:00");
        Assert.Equal([Text(dossier, "code")], await Codes(centre, "overdue"));
        var counts = Items(await centre.Get("/api/v1/work-queues"));
        Assert.Equal(1, counts.Single(q => q.GetProperty("key").GetString() == "overdue").GetProperty("count").GetInt32());
        await Watch();
        Assert.Equal(["1 director"], await Told(dossier, "correction"));

        dossier = (await Act(dossier, "request-supplement", Back)).Expect(200);
        Assert.Empty(await Codes(centre, "overdue"));
        await Watch();
        Assert.Empty(await Told(dossier, "correction"));
        Assert.Empty(await Told(dossier, "check"));
    }

    [Fact]
    public async Task A_new_calendar_moves_both_times()
    {
        var first = await InProcess();
        var second = await InProcess();
        second = (await Act(second, "return-to-one-stop", Back)).Expect(200);
        Assert.Equal("2026-11-25T17:00:00+07:00", Text(await Officer.Get(Path(second) + "/clock"), "correctionTellDueAt"));
        Facilities.Calendar = Facilities.Calendar.Closing("2026-11-25");
        await Host.Tell(new CalendarChanged("dak-lak", 2, "Nghỉ bão"));
        await Host.DrainOutbox();
        await Host.RunJobs();
        Assert.Equal("2026-11-27T17:00:00+07:00", Text(await Officer.Get(Path(first) + "/clock"), "correctionReturnDueAt"));
        Assert.Equal("2026-11-26T17:00:00+07:00", Text(await Officer.Get(Path(second) + "/clock"), "correctionTellDueAt"));
    }

    [Fact]
    public async Task What_the_agency_returns_is_printed_as_form_02_until_the_person_is_told_and_each_request_again_later()
    {
        Rights.Called["test-user"] = "Phạm Thị Lý";
        var dossier = await InProcess();
        var none = (await Officer.Get(Path(dossier) + "/forms/02")).Expect(404, "form-not-found");
        var detail = none.Json.GetProperty("detail").GetString()!;
        Assert.Contains(Text(dossier, "code"), detail, StringComparison.Ordinal);
        Assert.Contains("return-to-one-stop", detail, StringComparison.Ordinal);
        (await Officer.Get(Path(dossier) + "/forms/02?of=correction")).Expect(404, "form-not-found");

        dossier = (await Act(dossier, "return-to-one-stop", Back)).Expect(200);
        var returned = (await Officer.Get(Path(dossier) + "/forms/02")).Expect(200);
        Assert.Equal(("correction", "2026-11-25T17:00:00+07:00"), (Text(returned, "of"), Text(returned, "tellUntil")));
        Assert.False(returned.Json.TryGetProperty("answerUntil", out _));
        Assert.Equal("Mờ", Items(returned).Single().GetProperty("reason").GetString());
        var contact = returned.Json.GetProperty("contact");
        Assert.Equal(
            ("Phạm Thị Lý", "Công an tỉnh"),
            (contact.GetProperty("officer").GetString(), contact.GetProperty("office").GetString())
        );
        var printed = await Printed(dossier, "02?format=pdf");
        Assert.Contains("Bộ phận Một cửa", printed, StringComparison.Ordinal);
        Assert.Contains("Phạm Thị Lý", printed, StringComparison.Ordinal);

        var asked = new { items = new[] { new { code = "form", reason = "Thiếu chữ ký" } }, legalBasis = "Luật 2" };
        dossier = (await Act(dossier, "request-supplement", asked)).Expect(200);
        var request = (await Officer.Get(Path(dossier) + "/forms/02")).Expect(200);
        Assert.Equal(("1", "Luật 2"), (Text(request, "of"), Text(request, "legalBasis")));
        Assert.Contains(
            "09 Nguyễn Tất Thành",
            request.Json.GetProperty("contact").GetProperty("address").GetString(),
            StringComparison.Ordinal
        );
        Assert.Equal("Luật 1", Text((await Officer.Get(Path(dossier) + "/forms/02?of=correction")).Expect(200), "legalBasis"));

        dossier = (await Act(dossier, "submit-supplement", new { documents = Papers("form") })).Expect(200);
        var leader = Over("province", "leader");
        dossier = (await Act(dossier, "approve-supplement", new { law = "Luật 3", office = "Giám đốc" }, leader)).Expect(200);
        var again = new
        {
            items = new[] { new { code = "licence", reason = "Hết hạn" } },
            legalBasis = "Luật 3",
            special = new { law = "Luật 3", approvedBy = "Giám đốc" },
        };
        dossier = (await Act(dossier, "request-supplement", again)).Expect(200);
        Assert.Equal(
            ("2", "Luật 3"),
            (Text(await Officer.Get(Path(dossier) + "/forms/02"), "of"), Text(await Officer.Get(Path(dossier) + "/forms/02"), "legalBasis"))
        );
        Assert.Equal("Luật 2", Text((await Officer.Get(Path(dossier) + "/forms/02?of=1")).Expect(200), "legalBasis"));
        Assert.Contains("Thiếu chữ ký", await Printed(dossier, "02?format=pdf&of=1"), StringComparison.Ordinal);
        (await Officer.Get(Path(dossier) + "/forms/02?of=3")).Expect(404, "form-not-found");
        foreach (var unknown in new[] { "0", "last", "-1", "99999999999" })
            (await Officer.Get(Path(dossier) + "/forms/02?of=" + unknown)).Expect(400);
    }

    [Fact]
    public async Task What_was_asked_for_under_an_earlier_version_still_prints_with_its_name()
    {
        var dossier = await InProcess();
        dossier = (await Act(dossier, "request-supplement", Back)).Expect(200);
        dossier = (await Act(dossier, "submit-supplement", new { documents = Papers("licence") })).Expect(200);
        var tag = (await Officer.Get("/api/v1/procedures/" + Licence)).ETag;
        var version = CatalogueTests.Version("2026-11-23", "form");
        (await Officer.Post($"/api/v1/procedures/{Licence}/versions", version, ("If-Match", tag))).Expect(201);
        dossier = (await Act(await ApproveMove(dossier, 2), "move-to-version", new { version = 2, reason = "Có lợi hơn" })).Expect(200);
        var item = Items((await Officer.Get(Path(dossier) + "/forms/02")).Expect(200)).Single();
        Assert.Equal("Giấy phép lái xe cũ", item.GetProperty("name").GetString());
    }

    [Fact]
    public async Task The_control_slip_names_the_agencies_that_cooperate()
    {
        var dossier = await InProcess();
        Assert.Empty(Items(await Officer.Get(Path(dossier) + "/forms/06"), "cooperatingAgencies"));
        (await Act(dossier, "consultations", new { agencyCode = Trade, question = "Có ý kiến gì không?" })).Expect(201);
        var slip = (await Officer.Get(Path(dossier) + "/forms/06")).Expect(200);
        Assert.StartsWith("Sở ", Items(slip, "cooperatingAgencies").Single().GetString(), StringComparison.Ordinal);
        Assert.Contains("Cơ quan phối hợp giải quyết", await Printed(dossier, "06?format=pdf"), StringComparison.Ordinal);
    }

    private async Task<string> Printed(Reply dossier, string form)
    {
        var bytes = await Officer.GetByteArrayAsync($"{Path(dossier)}/forms/{form}", TestContext.Current.CancellationToken);
        using var pdf = UglyToad.PdfPig.PdfDocument.Open(bytes);
        return string.Join(' ', pdf.GetPages().SelectMany(p => p.GetWords()).Select(w => w.Text));
    }
}
