using System.Text.RegularExpressions;
using Pac.Testing;

namespace Pac.Dossiers.Tests.Told;

/// <summary>Every message says how to be told otherwise, or not at all; the page needs no sign-in, and what was done there can be undone.</summary>
public sealed partial class WishPageTests(ToldHost fixture) : ToldTests(fixture), IClassFixture<ToldHost>
{
    private HttpClient Anyone => Host.Anonymous();

    [Fact]
    public async Task Letters_and_short_messages_carry_the_link_and_the_kept_text_does_not()
    {
        var dossier = await Receive();
        await SendAll();
        var path = Link(Assert.Single(Gateway.Messages).Text);
        var letter = Assert.Single(Mail.Letters).Replace("=\n", "", StringComparison.Ordinal).Replace("=3D", "=", StringComparison.Ordinal);
        Assert.Contains(path, letter, StringComparison.Ordinal);
        var kept = (await Officer.Get("/api/v1/notifications/" + await IdOf(dossier, "received", "sms"))).Expect(200).Text;
        Assert.DoesNotContain("messages?key=", kept, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vi", "Cách nhận thông báo", "không nhận thông báo về hồ sơ này nữa")]
    [InlineData("en", "How you are told", "You get no more messages")]
    public async Task Whoever_holds_the_link_stops_messages_and_takes_it_back(string language, string title, string stopped)
    {
        var dossier = await Receive();
        await SendAll();
        var link = Link(Gateway.Messages.Single().Text);
        var page = (await Anyone.Get($"{link}&lang={language}")).Expect(200);
        Assert.Contains(title, page.Text, StringComparison.Ordinal);
        Assert.Contains($"<html lang=\"{language}\">", page.Text, StringComparison.Ordinal);
        Assert.Equal(2, page.Text.Split("<legend>").Length - 1);
        Assert.DoesNotContain("<script", page.Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Person.Values, v => page.Text.Contains(v, StringComparison.Ordinal));
        // To look changes nothing.
        Assert.False(await Silent(dossier));

        var done = (await Send(link, language)).Expect(200);
        Assert.Contains(stopped, done.Text, StringComparison.Ordinal);
        Assert.True(await Silent(dossier));
        dossier = await Settle((await Officer.Get(Path(dossier))).Expect(200));
        Assert.DoesNotContain(await Told(dossier), t => t.StartsWith("resultReady", StringComparison.Ordinal));

        (await Send(link, language, "Sms", "Email")).Expect(200);
        Assert.False(await Silent(dossier));
        var paid = await PayAll((await Officer.Get(Path(dossier))).Expect(200));
        (await Act(paid, "return", ByPost)).Expect(200);
        Assert.Contains(await Told(dossier), t => t.StartsWith("returned sms", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_wrong_key_opens_nothing_and_the_right_one_nothing_else()
    {
        var dossier = await Receive();
        var other = await Receive();
        await SendAll();
        var links = Gateway.Messages.Select(m => Link(m.Text)).ToList();
        var mine = links.Single(l => l.Contains(Text(dossier, "code"), StringComparison.Ordinal));
        var key = mine.Split("key=")[1];
        (await Anyone.Get($"/track/{Text(other, "code")}/messages?key={key}")).Expect(404);
        (await Anyone.Get($"/track/{Text(dossier, "code")}/messages")).Expect(404);
        (await Send($"/track/{Text(other, "code")}/messages?key={key}", "vi")).Expect(404);
        Assert.False(await Silent(other));
        (await Act(await SettlePaid(dossier), "return", ByPost)).Expect(200);
        (await Anyone.Post($"/api/v1/tracking/{Text(dossier, "code")}/rating", new { key, level = 1 })).Expect(404);
    }

    private static string Link(string text) => LinkIn().Match(text).Groups[1].Value;

    private async Task<bool> Silent(Reply dossier) =>
        await Host.Scalar<long>(
            "SELECT count(*) FROM dossiers.dossiers WHERE code = $1 AND jsonb_array_length(wish -> 'channels') = 0",
            Text(dossier, "code")
        ) == 1;

    private Task<Reply> Send(string link, string language, params string[] channels)
    {
        var parts = link.Split("?key=");
        List<KeyValuePair<string, string>> fields =
        [
            new("key", parts[1]),
            new("language", "Vi"),
            .. channels.Select(c => KeyValuePair.Create("channel", c)),
        ];
        return Anyone.Call(HttpMethod.Post, $"{parts[0]}?lang={language}", new FormUrlEncodedContent(fields));
    }

    [GeneratedRegex("https://pac\\.example(/track/[^/ ]+/messages\\?key=[A-Za-z0-9_-]+)")]
    private static partial Regex LinkIn();
}
