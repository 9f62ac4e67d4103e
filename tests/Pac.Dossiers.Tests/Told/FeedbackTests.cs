using Pac.Facilities.Contracts;
using Pac.Testing;

namespace Pac.Dossiers.Tests.Told;

/// <summary>Feedback is taken, asked about, refused or answered, and published, each within a time of its own on the working calendar.</summary>
public sealed class FeedbackTests(ToldHost fixture) : ToldTests(fixture), IClassFixture<ToldHost>
{
    private const string Sender = "Trần Văn Gửi";

    [Fact]
    public async Task Feedback_is_acknowledged_answered_and_published_within_its_times()
    {
        var (code, key, answerBy) = await Send();
        Assert.Equal(DakLak.At("2026-12-15 17:00"), answerBy);
        var f = await Found(code);
        Assert.Equal(DakLak.At("2026-11-26 17:00"), At(f, "refuseBy"));
        Assert.Equal(DakLak.At("2026-12-01 17:00"), At(f, "askBy"));
        Assert.Equal("T***", f.Json.GetProperty("feedback").GetProperty("senderName").GetString());
        f = (await Act(f, "assign", new { agencyCode = Police, officer = "an" })).Expect(200);
        f = (await Act(f, "answer", new { answer = "Đã bố trí thêm quầy." })).Expect(200);
        Assert.Equal(DakLak.At("2026-11-26 17:00"), At(f, "publishBy"));
        await SendAll();
        Assert.Contains(code, Assert.Single(Mail.Letters), StringComparison.Ordinal);
        (await Act(f, "publish", new { text = "Ông " + Sender + " chờ lâu", answer = "Đã thêm quầy" })).Expect(
            422,
            "dossiers.feedback-tells-sender"
        );
        f = (await Act(f, "publish", new { text = "Chờ lâu vào thứ Hai", answer = "Đã thêm quầy" })).Expect(200);
        Assert.Equal(
            ["submitted", "assigned", "answered", "published"],
            f.Json.GetProperty("timeline").EnumerateArray().Select(e => e.GetProperty("act").GetString())
        );
        var published = (await Host.Anonymous().Get("/api/v1/public-feedback")).Expect(200).Text;
        Assert.Contains("Chờ lâu vào thứ Hai", published, StringComparison.Ordinal);
        Assert.DoesNotContain(Sender, published, StringComparison.Ordinal);

        var followed = (await Host.Anonymous().Get($"/api/v1/public-feedback/{code}?key={key}")).Expect(200).Json;
        Assert.Equal("Đã bố trí thêm quầy.", followed.GetProperty("answer").GetString());
        (await Host.Anonymous().Get($"/api/v1/public-feedback/{code}?key=other")).Expect(404);
        (await Host.Anonymous().Post($"/api/v1/public-feedback/{code}/judgement", new { key, satisfied = false })).Expect(200);
        (await Host.Anonymous().Post($"/api/v1/public-feedback/{code}/judgement", new { key, satisfied = true })).Expect(
            409,
            "dossiers.feedback-judged-before"
        );
        var index = (await Officer.Get("/api/v1/dossier-statistics/quality-index?from=2026-11-01&to=2026-11-30")).Expect(200).Json;
        var shares = index
            .GetProperty("indices")
            .EnumerateArray()
            .Where(l => l.GetProperty("index").GetString() is "5.2" or "5.3")
            .Select(l => l.GetProperty("share").GetProperty("numerator").GetInt32());
        Assert.Equal([1, 0], shares);
    }

    [Fact]
    public async Task While_the_sender_is_asked_the_time_for_the_answer_stands_still()
    {
        var (code, key, answerBy) = await Send();
        var f = (await Act(await Found(code), "ask", new { question = "Quầy nào?" })).Expect(200);
        Assert.False(f.Json.GetProperty("feedback").TryGetProperty("dueAt", out _));
        (await Act(f, "answer", new { answer = "Đã rõ" })).Expect(409, "dossiers.feedback-not-possible");
        // Three working days go by: the 24th is a holiday.
        Host.Clock.Now = DakLak.At("2026-11-27 09:00");
        (await Host.Anonymous().Post($"/api/v1/public-feedback/{code}/supplement", new { key, text = "Quầy 5" })).Expect(200);
        f = await Found(code);
        Assert.Equal("Quầy 5", f.Json.GetProperty("more").GetString());
        Assert.True(At(f, "answerBy") > answerBy);
        (await Act(f, "ask", new { question = "Mấy giờ?" })).Expect(422, "dossiers.feedback-asked-before");
    }

    [Fact]
    public async Task What_is_late_is_listed_as_overdue_and_marked_when_it_is_done()
    {
        var (code, _, _) = await Send();
        Host.Clock.Now = DakLak.At("2026-12-16 08:00");
        var overdue = Items(await Officer.Get("/api/v1/feedback?overdue=true"));
        Assert.Equal(code, Assert.Single(overdue).GetProperty("code").GetString());
        Assert.Empty(Items(await Officer.Get("/api/v1/feedback?overdue=false")));
        var f = (
            await Act(await Found(code), "refuse", new { reason = "Không thuộc phạm vi", legalBasis = "Nghị định 20/2008/NĐ-CP, điều 4" })
        ).Expect(200);
        Assert.False(f.Json.GetProperty("feedback").GetProperty("closedInTime").GetBoolean());
        Assert.Equal("late", f.Json.GetProperty("timeline").EnumerateArray().Last().GetProperty("detail").GetString());
        Assert.Empty(Items(await Officer.Get("/api/v1/feedback?overdue=true")));
    }

    [Fact]
    public async Task A_change_of_the_calendar_moves_its_times()
    {
        var (code, _, answerBy) = await Send();
        Facilities.Calendar = Facilities.Calendar.Closing("2026-11-25");
        await Host.Tell(new CalendarChanged("dak-lak", 2, "Quyết định 99/QĐ-UBND"));
        await Host.DrainOutbox();
        Assert.Equal(answerBy.AddDays(1), At(await Found(code), "answerBy"));
    }

    [Fact]
    public async Task Feedback_is_the_business_of_its_centre()
    {
        var (code, _, _) = await Send();
        var found = await Found(code);
        var elsewhere = Over("centre:66-22015");
        Assert.Empty(Items(await elsewhere.Get("/api/v1/feedback")));
        (await elsewhere.Get("/api/v1/feedback/" + Text(found, "id"))).Expect(404);
        (await elsewhere.Post("/api/v1/feedback", new { matter = Matter(), channel = "counter" })).Expect(403);
        (await Officer.Post("/api/v1/feedback", new { matter = Matter(), channel = "phone" })).Expect(201);
        (await Host.Anonymous().Post("/api/v1/public-feedback", Matter(dossier: "H15.09-000000-0000"))).Expect(
            422,
            "dossiers.feedback-dossier-unknown"
        );
    }

    [Fact]
    public async Task The_page_takes_feedback_and_shows_the_answer_to_whoever_has_the_link()
    {
        var anyone = Host.Anonymous();
        var blank = (await anyone.Get("/track/feedback?lang=vi&centre=dak-lak")).Expect(200).Text;
        Assert.Contains("Gửi phản ánh, kiến nghị", blank, StringComparison.Ordinal);
        // Nobody knows the code of a centre by heart.
        Assert.Contains("<option value=\"dak-lak\" selected>", blank, StringComparison.Ordinal);
        var fields = new Dictionary<string, string>
        {
            ["kind"] = "Delay",
            ["text"] = "Chờ <b>quá lâu</b> ở quầy",
            ["centre"] = "dak-lak",
        };
        var sent = (await anyone.Call(HttpMethod.Post, "/track/feedback?lang=en", new FormUrlEncodedContent(fields))).Expect(200);
        var link = System.Net.WebUtility.HtmlDecode(sent.Text.Split("href=\"/track/feedback/")[1].Split('"')[0]);
        var code = link.Split('?')[0];
        (await Act(await Found(code), "answer", new { answer = "Đã rõ" })).Expect(200);
        var page = System.Net.WebUtility.HtmlDecode((await anyone.Get("/track/feedback/" + link)).Expect(200).Text);
        Assert.Contains("Đã rõ", page, StringComparison.Ordinal);
        (await anyone.Get($"/track/feedback/{code}?key=wrong")).Expect(404);
        fields["text"] = "ngắn";
        (await anyone.Call(HttpMethod.Post, "/track/feedback", new FormUrlEncodedContent(fields))).Expect(422);
    }

    private static object Matter(string? dossier = null) =>
        new
        {
            kind = "delay",
            text = "Chờ ở quầy quá lâu vào sáng thứ Hai",
            centreCode = "dak-lak",
            dossierCode = dossier,
            sender = new { name = Sender, email = "gui@example.vn" },
        };

    private async Task<(string Code, string Key, DateTimeOffset AnswerBy)> Send()
    {
        var sent = (await Host.Anonymous().Post("/api/v1/public-feedback", Matter())).Expect(200).Json;
        return (
            sent.GetProperty("code").GetString()!,
            sent.GetProperty("key").GetString()!,
            sent.GetProperty("answerBy").GetDateTimeOffset()
        );
    }

    private async Task<Reply> Found(string code)
    {
        var item = Items(await Officer.Get("/api/v1/feedback?limit=100")).Single(i => i.GetProperty("code").GetString() == code);
        return (await Officer.Get("/api/v1/feedback/" + item.GetProperty("id").GetString())).Expect(200);
    }

    private Task<Reply> Act(Reply seen, string act, object body) =>
        Officer.Post($"/api/v1/feedback/{Text(seen, "id")}/{act}", body, ("If-Match", seen.ETag));

    private static DateTimeOffset At(Reply f, string member) => f.Json.GetProperty("feedback").GetProperty(member).GetDateTimeOffset();
}
