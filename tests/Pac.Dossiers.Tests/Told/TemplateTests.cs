using Microsoft.Extensions.DependencyInjection;
using Pac.Dossiers.Domain.Notifications;
using Pac.Dossiers.Notifications;
using Pac.Testing;

namespace Pac.Dossiers.Tests.Told;

/// <summary>The texts of notifications: data with a date, checked when they are saved; and what becomes of messages that nothing sends.</summary>
public sealed class TemplateTests(DossiersHost fixture) : DossierTests(fixture)
{
    private const string Templates = "/api/v1/notification-templates";

    [Theory]
    [InlineData("Ho so {code} cua {identity}", "dossiers.notification-placeholder-unknown")]
    [InlineData("Ho so {code} cua {name}", "dossiers.notification-placeholder-unknown")]
    [InlineData("Ho so {code} {dueAt", "dossiers.notification-placeholder-broken")]
    [InlineData("Ho so da nhan", "dossiers.notification-code-missing")]
    [InlineData("Ho so {code} 066190001234", "dossiers.notification-looks-personal")]
    public async Task A_text_that_tells_too_much_or_leaves_a_gap_is_refused(string body, string code)
    {
        (await Officer.Post(Templates, New(body))).Expect(422, code);
        (await Officer.Post("/api/v1/notification-template-previews", Draft(body))).Expect(422, code);
    }

    [Fact]
    public async Task A_short_message_is_short()
    {
        (await Officer.Post(Templates, New("Ho so {code} " + new string('a', 500)))).Expect(422, "dossiers.notification-too-long");
        var preview = (await Officer.Post("/api/v1/notification-template-previews", Draft("Hồ sơ {code} đã nhận. {link}")))
            .Expect(200)
            .Json;
        Assert.StartsWith("Ho so H15", preview.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, preview.GetProperty("segments").GetInt32());
    }

    [Fact]
    public async Task A_new_text_is_in_force_from_its_day_and_changed_before_it_only()
    {
        (await Officer.Post(Templates, New("Ho so {code}", "2026-11-23"))).Expect(422, "dossiers.notification-template-not-later");
        var added = (await Officer.Post(Templates, New("Ho so {code} moi", "2026-12-01"))).Expect(201);
        (await Officer.Post(Templates, New("Ho so {code} nua", "2026-12-01"))).Expect(422, "dossiers.notification-template-not-later");
        var changed = (await Officer.Put(added.Location, new { body = "Ho so {code} sua" }, ("If-Match", added.ETag))).Expect(200);
        Host.Clock.Now = DakLak.At("2026-12-01 08:00");
        (await Officer.Put(added.Location, new { body = "Ho so {code} lai" }, ("If-Match", changed.ETag))).Expect(
            409,
            "dossiers.notification-template-in-force"
        );
        Assert.Equal("Ho so {code} sua", (await Officer.Get(added.Location)).Expect(200).Json.GetProperty("body").GetString());
        (await Over("centre:dak-lak").Post(Templates, New("Ho so {code}", "2027-12-01"))).Expect(403);
    }

    [Fact]
    public async Task There_is_a_good_text_for_every_kind_channel_and_language()
    {
        var all = await Walk(Officer, Templates + "?limit=100");
        var uses = all.Select(t => $"{t.GetProperty("kind")} {t.GetProperty("channel")} {t.GetProperty("language")}").ToHashSet();
        Assert.Equal(
            Enum.GetValues<NotificationKind>().Length
                * Enum.GetValues<NotificationChannel>().Length
                * Enum.GetValues<TextLanguage>().Length,
            uses.Count
        );
        foreach (var text in all.Where(t => t.GetProperty("channel").GetString() == "sms"))
        {
            var draft = new
            {
                kind = text.GetProperty("kind").GetString(),
                channel = "sms",
                language = text.GetProperty("language").GetString(),
                body = text.GetProperty("body").GetString(),
            };
            var preview = (await Officer.Post("/api/v1/notification-template-previews", draft)).Expect(200).Json;
            Assert.InRange(preview.GetProperty("segments").GetInt32(), 1, 2);
        }
    }

    [Fact]
    public async Task What_no_channel_takes_is_noted_and_counted_and_nothing_looks_as_if_it_were_sent()
    {
        var dossier = await Receive();
        while (await Host.Services.GetRequiredService<NotificationDispatcher>().SendOnce(CancellationToken.None) > 0) { }
        var found = (await Officer.Get("/api/v1/notifications?state=notConfigured&withTotal=true")).Expect(200).Json;
        Assert.Equal(2, found.GetProperty("total").GetInt32());
        Assert.All(
            found.GetProperty("items").EnumerateArray(),
            n => Assert.Equal("channel-not-configured", n.GetProperty("lastError").GetString())
        );
        var lines = (await Officer.Get("/api/v1/notification-channels")).Expect(200).Json.GetProperty("channels").EnumerateArray().ToList();
        Assert.All(lines, l => Assert.False(l.GetProperty("configured").GetBoolean()));
        Assert.Equal([1, 1, 0], lines.Select(l => l.GetProperty("notConfigured").GetInt32()));
        Assert.Empty((await Over("centre:66-22015").Get("/api/v1/notifications")).Expect(200).Json.GetProperty("items").EnumerateArray());
        (await Over("centre:66-22015").Get(Path(dossier) + "/told")).Expect(404);
    }

    [Theory]
    [InlineData(160, 'a', 1)]
    [InlineData(161, 'a', 2)]
    [InlineData(307, 'a', 3)]
    [InlineData(70, 'ắ', 1)]
    [InlineData(71, 'ắ', 2)]
    public void Parts_of_short_messages_are_counted_as_networks_do(int length, char letter, int parts) =>
        Assert.Equal(parts, Gaps.Segments(new(letter, length)));

    private static object New(string body, string from = "2027-01-01") =>
        new
        {
            kind = "received",
            channel = "sms",
            language = "vi",
            effectiveFrom = from,
            body,
        };

    private static object Draft(string body) =>
        new
        {
            kind = "received",
            channel = "sms",
            language = "vi",
            body,
        };
}
