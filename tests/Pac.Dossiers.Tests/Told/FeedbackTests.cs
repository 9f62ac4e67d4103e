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
        (await Act(f, "assign", new { agencyCode = Police })).Expect(409, "dossiers.feedback-not-possible");
        // Three working days go by: the 24th is a holiday.
        Host.Clock.Now = DakLak.At("2026-11-27 09:00");
        (await Host.Anonymous().Post($"/api/v1/public-feedback/{code}/supplement", new { key, text = "Quầy 5" })).Expect(200);
        f = await Found(code);
        Assert.Equal("Quầy 5", f.Json.GetProperty("more").GetString());
        Assert.True(At(f, "answerBy") > answerBy);
        (await Act(f, "ask", new { question = "Mấy giờ?" })).Expect(422, "dossiers.feedback-asked-before");
    }

    [Theory]
    [InlineData("answer", "answered")]
    [InlineData("refuse", "refused")]
    public async Task Whoever_is_asked_and_says_nothing_does_not_stop_the_officers(string act, string state)
    {
        var (code, key, answerBy) = await Send();
        var f = (await Act(await Found(code), "ask", new { question = "Quầy nào?" })).Expect(200);
        // After every time as it stood; the wait for the sender is no delay.
        Host.Clock.Now = DakLak.At("2026-12-16 09:00");
        Assert.True(Host.Clock.Now > answerBy);
        object said =
            act == "answer" ? new { answer = "Đã rõ" } : new { reason = "Không đủ nội dung", legalBasis = "Nghị định 20/2008/NĐ-CP" };
        f = (await Act(f, act, said)).Expect(200);
        var view = f.Json.GetProperty("feedback");
        Assert.Equal(state, view.GetProperty("state").GetString());
        Assert.True(view.GetProperty("closedInTime").GetBoolean());
        Assert.True(At(f, "answerBy") > answerBy);
        Assert.False(f.Json.GetProperty("timeline").EnumerateArray().Last().TryGetProperty("detail", out _));
        (await Host.Anonymous().Post($"/api/v1/public-feedback/{code}/supplement", new { key, text = "Quầy 5" })).Expect(
            409,
            "dossiers.feedback-not-possible"
        );
    }

    [Fact]
    public async Task The_time_before_the_sender_was_asked_counts()
    {
        var (code, _, _) = await Send();
        Host.Clock.Now = DakLak.At("2026-12-16 08:00");
        var f = (await Act(await Found(code), "ask", new { question = "Quầy nào?" })).Expect(200);
        f = (await Act(f, "answer", new { answer = "Đã rõ" })).Expect(200);
        Assert.False(f.Json.GetProperty("feedback").GetProperty("closedInTime").GetBoolean());
    }

    [Fact]
    public async Task What_the_sender_says_at_a_counter_is_taken_down_by_an_officer()
    {
        var (code, _, answerBy) = await Send();
        var f = await Found(code);
        (await Act(f, "supplement", new { text = "Quầy 5" })).Expect(409, "dossiers.feedback-not-possible");
        f = (await Act(f, "ask", new { question = "Quầy nào?" })).Expect(200);
        Host.Clock.Now = DakLak.At("2026-11-27 09:00");
        (await Act(f, "supplement", new { text = "" })).Expect(400);
        f = (await Act(f, "supplement", new { text = " Quầy 5 " })).Expect(200);
        Assert.Equal("Quầy 5", Text(f, "more"));
        Assert.Equal("submitted", f.Json.GetProperty("feedback").GetProperty("state").GetString());
        Assert.True(At(f, "answerBy") > answerBy);
        var last = f.Json.GetProperty("timeline").EnumerateArray().Last();
        Assert.Equal(("supplied", "test-user"), (last.GetProperty("act").GetString(), last.GetProperty("by").GetString()));
    }

    [Fact]
    public async Task Whoever_speaks_at_a_counter_gets_the_code_and_the_key_by_which_to_follow()
    {
        var reception = Host.Client(TestCaller.May("dossiers.take-feedback").Over("centre:dak-lak").As("reception"));
        var taken = (
            await reception.Post("/api/v1/feedback", new { matter = Matter(), channel = "counter" }, ("Idempotency-Key", "feedback-1"))
        ).Expect(201);
        var (code, key) = (Text(taken, "code"), Text(taken, "key"));
        Assert.Equal(code, taken.Json.GetProperty("feedback").GetProperty("code").GetString());
        var followed = (await Host.Anonymous().Get($"/api/v1/public-feedback/{code}?key={key}")).Expect(200);
        Assert.Equal("submitted", Text(followed, "state"));
        // The key is shown once, and whoever takes feedback down reads none.
        var again = await reception.Post(
            "/api/v1/feedback",
            new { matter = Matter(), channel = "counter" },
            ("Idempotency-Key", "feedback-1")
        );
        Assert.False(again.Expect(201).Json.TryGetProperty("key", out _));
        (await reception.Get("/api/v1/feedback")).Expect(403);
        (await reception.Get(taken.Location)).Expect(403);
    }

    [Fact]
    public async Task Whoever_it_is_given_to_reads_and_answers_it_and_nothing_else()
    {
        var ((mine, _, _), (other, _, _)) = (await Send(), await Send());
        var f = (await Act(await Found(mine), "assign", new { agencyCode = Police, officer = "an" })).Expect(200);
        (await Act(await Found(other), "assign", new { agencyCode = Police })).Expect(200);
        var (an, binh) = (CaseOfficer("an"), CaseOfficer("binh"));
        Assert.Equal(mine, Assert.Single(Items(await an.Get("/api/v1/feedback?withTotal=true"))).GetProperty("code").GetString());
        Assert.Empty(Items(await binh.Get("/api/v1/feedback")));
        var path = "/api/v1/feedback/" + Text(f, "id");
        (await binh.Get(path)).Expect(404);
        (await binh.Post(path + "/answer", new { answer = "Đã rõ" }, ("If-Match", f.ETag))).Expect(404);
        f = (await an.Get(path)).Expect(200);
        (await an.Post(path + "/refuse", new { reason = "Không", legalBasis = "Luật" }, ("If-Match", f.ETag))).Expect(403);
        (await an.Post(path + "/assign", new { agencyCode = Trade }, ("If-Match", f.ETag))).Expect(403);
        f = (await Act(f, "ask", new { question = "Quầy nào?" })).Expect(200);
        f = (await an.Post(path + "/supplement", new { text = "Quầy 5" }, ("If-Match", f.ETag))).Expect(200);
        (await an.Post(path + "/answer", new { answer = "Đã rõ" }, ("If-Match", f.ETag))).Expect(200);
        Assert.Single(Items(await Officer.Get("/api/v1/feedback?assignedTo=an")));
        Assert.Empty(Items(await Officer.Get("/api/v1/feedback?assignedTo=binh")));
        // Whoever is in charge in another unit by now sees it no longer.
        Assert.Empty(
            Items(await Host.Client(TestCaller.May("dossiers.answer-feedback").Over("agency:" + Trade).As("an")).Get("/api/v1/feedback"))
        );
    }

    [Fact]
    public async Task Feedback_is_given_only_to_somebody_who_may_answer_it_there()
    {
        var (code, _, _) = await Send();
        var f = await Found(code);
        Rights.Reach["gone"] = null;
        Rights.Reach["trader"] = "agency:" + Trade;
        Rights.Reach["ward"] = "centre:" + Facilities.Ward;
        Rights.Reach["policeman"] = "agency:" + Police;
        Rights.Reach["front"] = "centre:" + Facilities.Centre;
        var refused = (await Act(f, "assign", new { agencyCode = Police, officer = "gone" })).Expect(
            422,
            "dossiers.feedback-officer-may-not"
        );
        Assert.Equal("/officer", Assert.Single(Faults(refused)).Pointer);
        foreach (var officer in new[] { "trader", "ward" })
            (await Act(f, "assign", new { agencyCode = Police, officer })).Expect(422, "dossiers.feedback-officer-of-another-unit");
        (await Act(f, "assign", new { agencyCode = Police, officer = "" })).Expect(400);
        f = (await Act(f, "assign", new { agencyCode = Police, officer = "policeman" })).Expect(200);
        f = (await Act(f, "assign", new { agencyCode = Police, officer = "front" })).Expect(200);
        Assert.Equal("front", f.Json.GetProperty("feedback").GetProperty("assignedTo").GetString());
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

    private HttpClient CaseOfficer(string subject) =>
        Host.Client(TestCaller.May("dossiers.answer-feedback").Over("agency:" + Police).As(subject));

    private static DateTimeOffset At(Reply f, string member) => f.Json.GetProperty("feedback").GetProperty(member).GetDateTimeOffset();
}
