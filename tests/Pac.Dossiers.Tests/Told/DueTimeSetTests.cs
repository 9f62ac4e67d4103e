using Pac.Facilities.Contracts;
using Pac.Testing;

namespace Pac.Dossiers.Tests.Told;

/// <summary>Whoever waits is told the new day whenever the work goes on or counts anew, and each day once.</summary>
public sealed class DueTimeSetTests(ToldHost fixture) : ToldTests(fixture), IClassFixture<ToldHost>
{
    private static readonly object Asked = new
    {
        items = new[] { new { code = "licence", reason = "Bản sao không rõ" } },
        legalBasis = "Nghị định 118/2025/NĐ-CP, điều 11",
    };

    private static readonly object Demand = new { amount = 135_000, notice = "TB 12/TB-CAT" };

    private async Task<Reply> InProcess() => (await Act(await Receive(), "transfer")).Expect(200);

    private async Task IsTold(Reply dossier, string day, string reason)
    {
        await SendAll();
        Assert.Single((await Told(dossier)), t => t == "dueTimeSet sms sent");
        Assert.Single((await Told(dossier)), t => t == "dueTimeSet email sent");
        Assert.Contains(day, Gateway.Messages.Last().Text, StringComparison.Ordinal);
        var letter = await LastLetter();
        Assert.Contains(day, letter, StringComparison.Ordinal);
        Assert.Contains(reason, letter, StringComparison.Ordinal);
    }

    private async Task<string> LastLetter()
    {
        using var bytes = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(Mail.Letters.Last()));
        return (await MimeKit.MimeMessage.LoadAsync(bytes, TestContext.Current.CancellationToken)).TextBody!;
    }

    private async Task NotTold(Reply dossier)
    {
        await SendAll();
        Assert.DoesNotContain(await Told(dossier), t => t.StartsWith("dueTimeSet", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_papers_are_complete()
    {
        var asked = (await Act(await InProcess(), "request-supplement", Asked)).Expect(200);
        await NotTold(asked);
        Host.Clock.Now = DakLak.At("2026-12-02 10:00");
        var answered = (await Act(asked, "submit-supplement", new { documents = Papers("licence") })).Expect(200);
        var day = answered.Json.GetProperty("dueAt").GetDateTimeOffset();
        await IsTold(answered, $"{day:HH:mm dd/MM/yyyy}", "giấy tờ bổ sung");
        // The receipt shows both the day promised and the one that is valid.
        var form = (await Officer.Get(Path(answered) + "/forms/01")).Expect(200).Json;
        Assert.Equal(DakLak.At("2026-12-01 17:00"), form.GetProperty("dueAt").GetDateTimeOffset());
        Assert.Equal(day, form.GetProperty("validDueAt").GetDateTimeOffset());
        (await Officer.Get(Path(answered) + "/forms/01?format=pdf")).Expect(200);
        // What changes nothing is not told again.
        (await Act(answered, "complete-step")).Expect(200);
        await SendAll();
        Assert.Single(await Told(answered), t => t == "dueTimeSet sms sent");
    }

    [Fact]
    public async Task What_was_demanded_is_paid()
    {
        var waiting = (await Act(await InProcess(), "request-payment", Demand)).Expect(200);
        await NotTold(waiting);
        Host.Clock.Now = DakLak.At("2026-12-02 10:00");
        var paid = await PayAll(waiting);
        await IsTold(paid, $"{paid.Json.GetProperty("dueAt").GetDateTimeOffset():HH:mm dd/MM/yyyy}", "nghĩa vụ tài chính");
    }

    [Fact]
    public async Task A_payment_at_once_moves_no_day_and_is_not_told()
    {
        var paid = await PayAll((await Act(await InProcess(), "request-payment", Demand)).Expect(200));
        Assert.Equal("2026-12-01T17:00:00+07:00", Text(paid, "dueAt"));
        await NotTold(paid);
        Assert.False((await Officer.Get(Path(paid) + "/forms/01")).Expect(200).Json.TryGetProperty("validDueAt", out _));
    }

    [Fact]
    public async Task Nothing_more_is_to_be_paid()
    {
        var lines = new
        {
            notice = "TB 12/TB-CAT",
            timing = "now",
            lines = new[] { new { feeCode = "licence" } },
        };
        var waiting = (await Act(await InProcess(), "request-payment", lines)).Expect(200);
        Host.Clock.Now = DakLak.At("2026-12-02 10:00");
        var freed = (
            await Act(
                waiting,
                "grant-exemption",
                new
                {
                    feeCode = "licence",
                    reason = "Người khuyết tật nặng",
                    legalBasisId = "nd-118-2025",
                    evidence = "Giấy xác nhận số 5",
                }
            )
        ).Expect(200);
        await IsTold(freed, $"{freed.Json.GetProperty("dueAt").GetDateTimeOffset():HH:mm dd/MM/yyyy}", "miễn, giảm");
    }

    [Fact]
    public async Task It_is_opened_again()
    {
        var stopped = (await Act(await InProcess(), "stop", new { reason = "Theo bản án", legalBasis = "Luật 1" })).Expect(200);
        Host.Clock.Now = DakLak.At("2026-12-02 10:00");
        var reopened = (await Act(await ApproveReopening(stopped), "reopen", new { reason = "Kết luận thanh tra" })).Expect(200);
        await IsTold(reopened, $"{reopened.Json.GetProperty("dueAt").GetDateTimeOffset():HH:mm dd/MM/yyyy}", "mở lại");
    }

    [Fact]
    public async Task Linked_dossiers_have_one_day()
    {
        var parent = await Receive();
        var child = await Receive("2.000488"); // ten days, the later one
        var led = (await Act(parent, "link", new { dossierIds = new[] { Text(child, "id") } })).Expect(200);
        await IsTold(led, $"{led.Json.GetProperty("promisedAt").GetDateTimeOffset():HH:mm dd/MM/yyyy}", "liên thông");
        await NotTold(child); // it knows that day
    }

    [Fact]
    public async Task A_calendar_that_changes_while_the_clock_stands_is_told_when_it_goes_on()
    {
        var waiting = (await Act(await InProcess(), "request-payment", Demand)).Expect(200);
        Facilities.Calendar = Facilities.Calendar.Closing("2026-11-25");
        await Host.Tell(new CalendarChanged("dak-lak", 2, "Quyết định 99/QĐ-UBND"));
        await Host.DrainOutbox();
        await Host.RunJobs();
        await NotTold(waiting);
        var paid = await PayAll((await Officer.Get(Path(waiting))).Expect(200));
        Assert.Equal("2026-12-02T17:00:00+07:00", Text(paid, "dueAt"));
        await IsTold(paid, "17:00 02/12/2026", "nghĩa vụ tài chính");
    }
}
