using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using MimeKit;
using Pac.Dossiers.Domain.Notifications;
using Pac.Facilities.Contracts;
using Pac.Testing;

namespace Pac.Dossiers.Tests.Told;

/// <summary>People are told what concerns them, once on each channel, in the order in which it happened, and only what is still true.</summary>
public sealed class NotificationTests(ToldHost fixture) : ToldTests(fixture), IClassFixture<ToldHost>
{
    [Fact]
    public async Task A_reception_is_told_by_letter_and_short_message_once_on_each()
    {
        var dossier = await Receive();
        Assert.Equal(["received email waiting", "received sms waiting"], await Told(dossier));
        await SendAll();
        await SendAll();
        Assert.Equal(["received email sent", "received sms sent"], await Told(dossier));

        var sms = Assert.Single(Gateway.Messages);
        var code = Text(dossier, "code");
        Assert.Equal("84905123456", sms.Json.GetProperty("to").GetString());
        Assert.Contains(code, sms.Text, StringComparison.Ordinal);
        Assert.Contains("17:00 01/12/2026", sms.Text, StringComparison.Ordinal);
        Assert.Contains("https://pac.example/track/" + code, sms.Text, StringComparison.Ordinal);
        Assert.True(sms.Text.All(char.IsAscii));
        Assert.DoesNotContain(Person.Values, v => sms.Text.Contains(Gaps.Plain(v), StringComparison.OrdinalIgnoreCase));
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(MessageGateway.Secret), Encoding.UTF8.GetBytes($"{sms.Timestamp}.{sms.Body}"));
        Assert.Equal("sha256=" + Convert.ToHexStringLower(mac), sms.Signature);

        var letter = await Letter(Assert.Single(Mail.Letters));
        Assert.Equal(Person.Email, letter.To.Mailboxes.Single().Address);
        Assert.Contains(code, letter.Subject, StringComparison.Ordinal);
        Assert.Contains(Person.Name, letter.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain(Person.Identity, letter.ToString(), StringComparison.Ordinal);
        var kept = (await Officer.Get("/api/v1/notifications/" + await IdOf(dossier, "received", "email"))).Expect(200).Text;
        Assert.DoesNotContain(Person.Values, v => kept.Contains(v, StringComparison.OrdinalIgnoreCase));
        Assert.Contains("a***@example.vn", kept, StringComparison.Ordinal);
        Assert.DoesNotContain(Host.Said, line => Person.Values.Any(v => line.Contains(v, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task Two_hosts_at_once_send_each_message_once()
    {
        for (var i = 0; i < 30; i++)
            await Receive();
        await using var sibling = await Host.Sibling();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(i => SendAll(i % 2 == 0 ? Host : sibling)));
        Assert.Equal(30, Gateway.Messages.Count);
        Assert.Equal(30, Gateway.Messages.Select(m => m.Key).Distinct().Count());
        Assert.Equal(30, Mail.Letters.Count);
        Assert.Equal(60, await Host.Scalar<long>("SELECT count(*) FROM dossiers.notifications WHERE state = 'Sent' AND attempts = 1"));
    }

    [Fact]
    public async Task A_gateway_that_is_away_is_tried_again_after_growing_waits_and_given_up_with_a_reason()
    {
        Gateway.Answers(503);
        var dossier = await Receive();
        foreach (var minutes in new[] { 0, 1, 10, 60 })
        {
            Host.Clock.Advance(TimeSpan.FromMinutes(minutes));
            await SendAll();
        }
        var given = await One(await IdOf(dossier, "received", "sms"));
        Assert.Equal("givenUp", given.GetProperty("state").GetString());
        Assert.Equal("gateway-busy", given.GetProperty("lastError").GetString());
        Assert.Equal(4, Gateway.Messages.Count);
        Assert.Single(Gateway.Messages.Select(m => m.Key).Distinct());

        Gateway.Answer = MessageGateway.Takes;
        var id = await IdOf(dossier, "received", "sms");
        (await Officer.Post($"/api/v1/notifications/{id}/resend", null)).Expect(200);
        (await Officer.Post($"/api/v1/notifications/{id}/resend", null)).Expect(409, "dossiers.notification-still-waiting");
        await SendAll();
        Assert.Equal("sent", (await One(id)).GetProperty("state").GetString());
        Assert.Equal("090***3456", (await One(id)).GetProperty("address").GetString());
    }

    [Theory]
    [InlineData("slow")]
    [InlineData("drops")]
    public async Task What_was_taken_without_an_answer_is_sent_again_under_the_same_key(string fault)
    {
        var first = true;
        Gateway.Answer = async (message, http) =>
        {
            if (!first)
            {
                await MessageGateway.Takes(message, http);
                return;
            }
            first = false;
            if (fault == "slow")
                await Task.Delay(TimeSpan.FromSeconds(3));
            http.Abort();
        };
        var dossier = await Receive();
        await SendAll();
        Assert.Contains("received sms waiting", await Told(dossier));
        Host.Clock.Advance(TimeSpan.FromMinutes(2));
        await SendAll();
        Assert.Contains("received sms sent", await Told(dossier));
        Assert.Equal(2, Gateway.Messages.Count);
        Assert.Single(Gateway.Messages.Select(m => m.Key).Distinct());
    }

    [Fact]
    public async Task A_message_whose_host_died_is_sent_by_another_one_when_the_lease_ends()
    {
        var dossier = await Receive();
        // As a host leaves it that dies after the claim, or after the sending and before the mark.
        await Host.Sql(
            "UPDATE dossiers.notifications SET attempts = 1, next_attempt_at = $1",
            Host.Clock.Now.ToUniversalTime().AddSeconds(3)
        );
        await SendAll();
        Assert.Empty(Gateway.Messages);
        Host.Clock.Advance(TimeSpan.FromSeconds(5));
        await SendAll();
        Assert.Equal(["received email sent", "received sms sent"], await Told(dossier));
    }

    [Fact]
    public async Task Short_messages_wait_for_the_end_of_the_quiet_hours_and_letters_do_not()
    {
        var dossier = await Receive();
        Host.Clock.Now = DakLak.At("2026-11-23 22:30");
        await SendAll();
        Assert.Equal(["received email sent", "received sms waiting"], await Told(dossier));
        var channels = (await Officer.Get("/api/v1/notification-channels")).Expect(200).Json.GetProperty("channels");
        Assert.Equal([false, true, true], channels.EnumerateArray().Select(c => c.GetProperty("heldNow").GetBoolean()));
        Host.Clock.Now = DakLak.At("2026-11-24 06:59");
        await SendAll();
        Assert.Empty(Gateway.Messages);
        Host.Clock.Now = DakLak.At("2026-11-24 07:00");
        await SendAll();
        Assert.Single(Gateway.Messages);
    }

    [Fact]
    public async Task What_a_newer_fact_has_overtaken_is_not_sent()
    {
        var dossier = (await Act(await Receive(), "transfer")).Expect(200);
        await SendAll();
        var asked = (
            await Act(
                dossier,
                "request-supplement",
                new { items = new[] { new { code = "licence", reason = "bản sao mờ" } }, legalBasis = "Nghị định 118/2025/NĐ-CP" }
            )
        ).Expect(200);
        (await Act(asked, "submit-supplement", new { documents = Papers("licence") })).Expect(200);
        await SendAll();
        Assert.Contains("supplementRequested sms superseded", await Told(dossier));
        Assert.Single(Gateway.Messages);
        (await Officer.Post($"/api/v1/notifications/{await IdOf(dossier, "supplementRequested", "sms")}/resend", null)).Expect(
            409,
            "dossiers.notification-overtaken"
        );
    }

    [Fact]
    public async Task A_supplement_says_what_is_missing_and_until_when()
    {
        var dossier = (await Act(await Receive(), "transfer")).Expect(200);
        (
            await Act(
                dossier,
                "request-supplement",
                new { items = new[] { new { code = "licence", reason = "bản sao mờ" } }, legalBasis = "Nghị định 118/2025/NĐ-CP" }
            )
        ).Expect(200);
        await SendAll();
        Assert.Contains("15/12/2026", Gateway.Messages.Last().Text, StringComparison.Ordinal);
        var letter = await Letter(Mail.Letters.Last());
        Assert.Contains("bản sao mờ", letter.TextBody, StringComparison.Ordinal);
        Assert.Contains("15/12/2026", letter.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_one_channel_the_next_message_of_a_dossier_waits_for_the_one_before()
    {
        Gateway.Answers(503);
        var dossier = await SettlePaid(await Receive());
        (
            await Act(
                dossier,
                "return",
                new
                {
                    method = "counter",
                    receiver = "Người nhận",
                    identityCheck = "receipt",
                }
            )
        ).Expect(200);
        // Both are still true when nobody has been told yet.
        await Host.Sql("UPDATE dossiers.notifications SET kind = 'Refused' WHERE kind = 'Received'");
        await SendAll();
        Assert.Single(Gateway.Messages);
        Gateway.Answer = MessageGateway.Takes;
        Host.Clock.Advance(TimeSpan.FromMinutes(2));
        await SendAll();
        Assert.Equal(
            ["refused sms sent", "resultReady sms superseded", "paymentDemanded sms superseded", "returned sms sent"],
            (await Told(dossier)).Where(t => t.Contains(" sms ", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task Who_waits_is_told_when_a_change_of_the_calendar_moves_the_day()
    {
        var dossier = await Receive();
        await SendAll();
        Facilities.Calendar = Facilities.Calendar.Closing("2026-11-25");
        await Host.Tell(new CalendarChanged("dak-lak", 2, "Quyết định 99/QĐ-UBND"));
        await Host.DrainOutbox();
        await Host.RunJobs();
        await SendAll();
        Assert.Contains("dueTimeMoved sms sent", await Told(dossier));
        Assert.Contains("02/12/2026", Gateway.Messages.Last().Text, StringComparison.Ordinal);
        var letter = await Letter(Mail.Letters.Last());
        Assert.Contains("Quyết định 99/QĐ-UBND", letter.TextBody, StringComparison.Ordinal);
        Assert.Contains("01/12/2026", letter.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_person_chooses_language_and_channels_and_may_leave_any_of_them()
    {
        var reception = Reception();
        reception["notifications"] = new { language = "en", channels = new[] { "sms", "zalo" } };
        var dossier = (await Officer.Post("/api/v1/dossiers", reception)).Expect(201);
        (
            await Officer.Post(
                Path(dossier) + "/notification-wish",
                new { language = "en", channels = new[] { "sms" } },
                ("If-Match", dossier.ETag)
            )
        ).Expect(200);
        await SendAll();
        Assert.Equal(["received sms sent", "received zalo notWanted"], (await Told(dossier)).Order(StringComparer.Ordinal));
        Assert.StartsWith("Dossier ", Assert.Single(Gateway.Messages).Text, StringComparison.Ordinal);
        Assert.Empty(Mail.Letters);
    }

    [Fact]
    public async Task Zalo_gets_the_approved_template_with_its_values()
    {
        var template = new
        {
            kind = "received",
            channel = "zalo",
            language = "vi",
            effectiveFrom = "2026-11-25",
            body = "Hồ sơ {code}, hẹn trả {dueAt}",
            providerTemplate = "375847",
        };
        (await Officer.Post("/api/v1/notification-templates", template)).Expect(201);
        var reception = Reception();
        reception["notifications"] = new { channels = new[] { "zalo" } };
        var early = (await Officer.Post("/api/v1/dossiers", reception)).Expect(201);
        await SendAll();
        Assert.Equal(["received zalo givenUp"], await Told(early));
        Host.Clock.Now = DakLak.At("2026-11-25 09:00");
        var dossier = (await Officer.Post("/api/v1/dossiers", reception)).Expect(201);
        await SendAll();
        Assert.Equal(["received zalo sent"], await Told(dossier));
        var message = Assert.Single(Gateway.Messages);
        Assert.Equal("zalo-token", message.Token);
        Assert.Equal("375847", message.Json.GetProperty("template_id").GetString());
        Assert.Equal("84905123456", message.Json.GetProperty("phone").GetString());
        var values = message.Json.GetProperty("template_data");
        Assert.Equal(["code", "dueAt"], values.EnumerateObject().Select(v => v.Name).Order(StringComparer.Ordinal));
        Assert.Equal(Text(dossier, "code"), values.GetProperty("code").GetString());

        // Zalo says no in the body, for good or for now.
        Gateway.Answer = (_, http) => http.Response.WriteAsJsonAsync(new { error = -118, message = "Zalo account not existed" });
        var unknown = (await Officer.Post("/api/v1/dossiers", reception)).Expect(201);
        await SendAll();
        Assert.Equal("zalo-118", (await One(await IdOf(unknown, "received", "zalo"))).GetProperty("lastError").GetString());
        Assert.Equal(["received zalo givenUp"], await Told(unknown));
    }

    private static async Task<MimeMessage> Letter(string text) =>
        await MimeMessage.LoadAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), TestContext.Current.CancellationToken);
}
