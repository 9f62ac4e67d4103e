using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Pac.Testing;

namespace Pac.Dossiers.Tests.Told;

/// <summary>A host that knows by what Zalo signs.</summary>
public sealed class ReceiptHost()
    : DossiersHost(
        new()
        {
            ["Notifications:Sms:Endpoint"] = $"http://127.0.0.1:{MessageGateway.Port}/sms",
            ["Notifications:Sms:Secret"] = MessageGateway.Secret,
            ["Notifications:Zalo:AccessToken"] = "zalo-token",
            ["Notifications:Zalo:Endpoint"] = $"http://127.0.0.1:{MessageGateway.Port}/zalo",
            ["Notifications:Zalo:WebhookSecret"] = "secret-of-the-account",
            ["Pac:PublicAddress"] = "https://pac.example",
        }
    );

/// <summary>Gateways tell what became of messages: signed, more than once, and in any order.</summary>
public sealed class DeliveryReceiptTests(ReceiptHost fixture) : ToldTests(fixture), IClassFixture<ReceiptHost>
{
    [Fact]
    public async Task What_the_gateway_tells_is_shown_with_the_message()
    {
        var id = await SentSms();
        Assert.False((await One(id)).TryGetProperty("delivery", out _));
        (await Tell(Receipt(id, "sent", "2026-11-23T09:00:01+07:00"))).Expect(204);
        Assert.Equal("onItsWay", (await One(id)).GetProperty("delivery").GetString());
        (await Tell(Receipt(id, "delivered", "2026-11-23T09:00:05+07:00"))).Expect(204);
        var told = await One(id);
        Assert.Equal(
            ("delivered", "2026-11-23T09:00:05+07:00"),
            (told.GetProperty("delivery").GetString(), told.GetProperty("deliveryAt").GetString())
        );
        Assert.Equal("sent", told.GetProperty("state").GetString());
    }

    [Fact]
    public async Task Whatever_the_order_and_however_often_the_end_is_the_same()
    {
        string[] all =
        [
            "sent 2026-11-23T09:00:01+07:00",
            "failed 2026-11-23T09:00:05+07:00",
            "delivered 2026-11-23T09:00:30+07:00",
            "sent 2026-11-23T09:00:01+07:00",
        ];
        foreach (var order in new[] { new[] { 0, 1, 2, 3 }, [2, 1, 0], [1, 2, 2, 0], [3, 2, 1], [2, 0, 1, 1] })
        {
            var id = await SentSms();
            foreach (var i in order)
            {
                var parts = all[i].Split(' ');
                (await Tell(Receipt(id, parts[0], parts[1], "absent-subscriber"))).Expect(204);
            }
            var told = await One(id);
            Assert.Equal(
                ("delivered", "2026-11-23T09:00:30+07:00", false),
                (
                    told.GetProperty("delivery").GetString(),
                    told.GetProperty("deliveryAt").GetString(),
                    told.TryGetProperty("deliveryError", out _)
                )
            );
        }
    }

    [Fact]
    public async Task What_did_not_arrive_says_why_in_a_word()
    {
        var id = await SentSms();
        (await Tell(Receipt(id, "failed", "2026-11-23T09:00:05+07:00", "absent-subscriber"))).Expect(204);
        Assert.Equal("absent-subscriber", (await One(id)).GetProperty("deliveryError").GetString());
        // What the other side writes freely could tell a number.
        var other = await SentSms();
        (await Tell(Receipt(other, "failed", "2026-11-23T09:00:05+07:00", "no route to 0905123456"))).Expect(204);
        Assert.Equal("failed", (await One(other)).GetProperty("deliveryError").GetString());
    }

    [Fact]
    public async Task Without_the_right_signature_or_too_late_nothing_is_noted()
    {
        var id = await SentSms();
        var body = Receipt(id, "delivered", "2026-11-23T09:00:05+07:00");
        (await Tell(body, secret: "guessed")).Expect(403, "dossiers.delivery-receipt-not-signed");
        (await Tell(body, ago: TimeSpan.FromMinutes(6))).Expect(403, "dossiers.delivery-receipt-not-signed");
        (await Tell("{}")).Expect(400);
        // Half of a pair of surrogates, before anybody has looked at a signature.
        (await TellZalo("""{"app_id":"\ud800"}""", "1", "guessed")).Expect(400);
        (await Tell("""{"state":"\ud800"}""")).Expect(400);
        (await Tell(body.Replace("delivered", "dancing", StringComparison.Ordinal))).Expect(400);
        Assert.False((await One(id)).TryGetProperty("delivery", out _));
        // Of a message that is not ours nothing is said.
        (await Tell(Receipt(Guid.CreateVersion7().ToString(), "delivered", "2026-11-23T09:00:05+07:00"))).Expect(204);
    }

    [Fact]
    public async Task Zalo_tells_by_its_own_signature_that_a_message_arrived()
    {
        (
            await Officer.Post(
                "/api/v1/notification-templates",
                new
                {
                    kind = "received",
                    channel = "zalo",
                    language = "vi",
                    effectiveFrom = "2026-11-24",
                    body = "Ho so {code}: {dueAt}",
                    providerTemplate = "272372",
                }
            )
        ).Expect(201);
        Host.Clock.Now = DakLak.At("2026-11-25 09:00");
        var reception = Reception();
        reception["notifications"] = new { channels = new[] { "zalo" } };
        var dossier = (await Officer.Post("/api/v1/dossiers", reception)).Expect(201);
        await SendAll();
        var id = await IdOf(dossier, "received", "zalo");
        var at = Host.Clock.Now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var body = JsonSerializer.Serialize(
            new
            {
                event_name = "user_received_message",
                app_id = "4242",
                timestamp = at,
                message = new
                {
                    delivery_time = at,
                    msg_id = "zns-1",
                    tracking_id = Guid.Parse(id).ToString("N"),
                },
            }
        );
        (await TellZalo(body, at, "guessed")).Expect(403, "dossiers.delivery-receipt-not-signed");
        (await TellZalo(body, at, "secret-of-the-account")).Expect(204);
        (await TellZalo(body, at, "secret-of-the-account")).Expect(204);
        Assert.Equal("delivered", (await One(id)).GetProperty("delivery").GetString());
    }

    private async Task<string> SentSms()
    {
        var dossier = await Receive();
        await SendAll();
        return await IdOf(dossier, "received", "sms");
    }

    private static string Receipt(string id, string state, string at, string? error = null) =>
        JsonSerializer.Serialize(
            new
            {
                requestId = id,
                state,
                at,
                error,
            }
        );

    private Task<Reply> Tell(string body, string secret = MessageGateway.Secret, TimeSpan ago = default)
    {
        var at = (Host.Clock.Now - ago).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{at}.{body}"));
        return Host.Anonymous()
            .Call(
                HttpMethod.Post,
                "/notification-receipts/sms",
                new StringContent(body, Encoding.UTF8, "application/json"),
                ("X-Timestamp", at),
                ("X-Signature", "sha256=" + Convert.ToHexStringLower(mac))
            );
    }

    private Task<Reply> TellZalo(string body, string at, string secret) =>
        Host.Anonymous()
            .Call(
                HttpMethod.Post,
                "/notification-receipts/zalo",
                new StringContent(body, Encoding.UTF8, "application/json"),
                (
                    "X-ZEvent-Signature",
                    "mac=" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("4242" + body + at + secret)))
                )
            );
}
