using System.Globalization;
using Pac.Dossiers.Domain;
using Pac.Testing;

namespace Pac.Dossiers.Tests.Told;

/// <summary>A dossier is rated once, by whoever holds its key or stands at the counter, and nobody reads who rated what.</summary>
public sealed class RatingTests(DossiersHost fixture) : DossierTests(fixture)
{
    [Fact]
    public async Task Its_holder_rates_a_dossier_once_when_it_is_over()
    {
        var dossier = await Receive();
        var (code, key) = (Text(dossier, "code"), await Key(dossier));
        var path = $"/api/v1/tracking/{code}/rating";
        (await Anyone.Post(path, new { key, level = 5 })).Expect(409, "dossiers.rating-too-early");
        dossier = await Returned(dossier);
        (await Anyone.Post(path, new { key = "guessed", level = 1 })).Expect(404);
        (await Anyone.Post(path, new { level = 1 })).Expect(400);
        // The key of another dossier, even of the same person, opens this one as little as a guess.
        var others = await Key(await Returned(await Receive()));
        (await Anyone.Post(path, new { key = others, level = 1 })).Expect(404);
        (await Anyone.Post("/api/v1/tracking/H15.09-000000-0000/rating", new { key, level = 1 })).Expect(404);
        (await Anyone.Post(path, new { key, level = 6 })).Expect(422, "dossiers.rating-level-unknown");
        (
            await Anyone.Post(
                path,
                new
                {
                    key,
                    level = 5,
                    answers = new[] { new { question = "weather", level = 1 } },
                }
            )
        ).Expect(422, "dossiers.rating-question-unknown");
        (
            await Anyone.Post(
                path,
                new
                {
                    key,
                    level = 5,
                    answers = new[] { new { question = "staff", level = 4 } },
                    comment = "Nhanh",
                }
            )
        ).Expect(200);
        (await Anyone.Post(path, new { key, level = 1 })).Expect(409, "dossiers.rated-before");
        (await Act(dossier, "rate", new { key, level = 1 })).Expect(409, "dossiers.rated-before");
        // What was rated stands nowhere with the dossier, and the trail says only that it was.
        foreach (var view in new[] { "", "/timeline", "/told" })
            Assert.DoesNotContain("Nhanh", (await Officer.Get(Path(dossier) + view)).Expect(200).Text, StringComparison.Ordinal);
        Assert.Equal(0, await Host.Scalar<long>("SELECT count(*) FROM dossiers.audit WHERE changes::text LIKE '%Nhanh%'"));
    }

    [Fact]
    public async Task Of_two_ratings_in_one_moment_one_is_taken()
    {
        var dossier = await Returned(await Receive());
        var (path, key) = ($"/api/v1/tracking/{Text(dossier, "code")}/rating", await Key(dossier));
        var both = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Anyone.Post(path, new { key, level = 4 })));
        Assert.Single(both, r => r.Status == 200);
        Assert.All(both.Where(r => r.Status != 200), r => r.Expect(409));
    }

    [Fact]
    public async Task Figures_show_no_levels_of_groups_that_tell_who_rated()
    {
        for (var i = 0; i < 5; i++)
        {
            var dossier = await Returned(await Receive());
            (await Rate(dossier, i == 0 ? 1 : 5, "Ý kiến " + i)).Expect(200);
        }
        (await Rate(await Returned(await Receive(Origin)), 1, "Ý kiến lẻ")).Expect(200);
        var figures = (await Officer.Get("/api/v1/dossier-ratings?from=2026-11-01&to=2026-11-30&groupBy=agency")).Expect(200).Json;
        var totals = figures.GetProperty("totals");
        Assert.Equal(6, totals.GetProperty("ratings").GetInt32());
        Assert.Equal("3.67", totals.GetProperty("average").GetString());
        Assert.Equal("66.67", totals.GetProperty("satisfiedPercent").GetString());
        var groups = figures.GetProperty("groups").EnumerateArray().ToDictionary(g => g.GetProperty("key").GetString()!);
        Assert.False(groups[Trade].TryGetProperty("average", out _));
        Assert.Equal(1, groups[Trade].GetProperty("ratings").GetInt32());
        // The totals less this one would be the one that is hidden.
        Assert.False(groups[Police].TryGetProperty("average", out _));
        Assert.False(groups[Police].TryGetProperty("satisfied", out _));
        Assert.Equal(5, groups[Police].GetProperty("ratings").GetInt32());
        var comments = (await Officer.Get("/api/v1/dossier-ratings/comments")).Expect(200).Text;
        Assert.Contains("Ý kiến 4", comments, StringComparison.Ordinal);
        Assert.DoesNotContain("Ý kiến lẻ", comments, StringComparison.Ordinal);
        Assert.Equal(
            5,
            (await Officer.Get("/api/v1/dossier-ratings/comments?withTotal=true")).Expect(200).Json.GetProperty("total").GetInt32()
        );
        Assert.DoesNotContain("-2611", comments, StringComparison.Ordinal);
        Assert.Equal(
            0,
            (await Over("centre:66-22015").Get("/api/v1/dossier-ratings?from=2026-11-01&to=2026-11-30"))
                .Expect(200)
                .Json.GetProperty("totals")
                .GetProperty("ratings")
                .GetInt32()
        );
        // Two of six were not satisfied (index 5.4).
        var index = (await Officer.Get("/api/v1/dossier-statistics/quality-index?from=2026-11-01&to=2026-11-30")).Expect(200).Json;
        var share = index
            .GetProperty("indices")
            .EnumerateArray()
            .Single(l => l.GetProperty("index").GetString() == "5.4")
            .GetProperty("share");
        Assert.Equal((4, 6), (share.GetProperty("numerator").GetInt32(), share.GetProperty("denominator").GetInt32()));
    }

    [Fact]
    public async Task Figures_are_by_whole_months_so_that_no_day_is_got_by_subtraction()
    {
        for (var i = 0; i < 5; i++)
        {
            // One of them on a day of its own.
            Host.Clock.Now = DakLak.At(i == 4 ? "2026-11-27 09:00" : "2026-11-26 09:00");
            (await Rate(await Returned(await Receive()), i == 4 ? 1 : 5)).Expect(200);
        }
        var whole = (await Officer.Get("/api/v1/dossier-ratings?from=2026-11-01&to=2026-11-30")).Expect(200).Json;
        var cut = (await Officer.Get("/api/v1/dossier-ratings?from=2026-11-05&to=2026-11-26")).Expect(200).Json;
        Assert.Equal(whole.GetRawText(), cut.GetRawText());
        Assert.Equal(("2026-11-01", "2026-11-30"), (cut.GetProperty("from").GetString(), cut.GetProperty("to").GetString()));
        Assert.Equal("4.20", cut.GetProperty("totals").GetProperty("average").GetString());
        Assert.Equal(
            "9999-12-31",
            (await Officer.Get("/api/v1/dossier-ratings?from=9999-12-01&to=9999-12-02")).Expect(200).Json.GetProperty("to").GetString()
        );
    }

    [Fact]
    public async Task At_a_counter_the_holder_rates_with_the_key_of_the_receipt_and_no_officer_in_his_place()
    {
        var dossier = await Returned(await Receive());
        (await Act(dossier, "rate", new { level = 5 })).Expect(400);
        var others = await Key(await Receive());
        foreach (var key in new[] { "guessed", others })
        {
            var refused = (await Act(dossier, "rate", new { key, level = 5 })).Expect(422, "dossiers.rating-key-wrong");
            Assert.Equal("/key", Assert.Single(Faults(refused)).Pointer);
        }
        (await Rate(dossier, 5)).Expect(200);
        Assert.Equal("Counter", await Host.Scalar<string>("SELECT channel FROM dossiers.ratings"));
    }

    [Theory]
    [InlineData("a=9 b=7", "", "")]
    [InlineData("a=9 b=7 c=1", "", "b c")]
    [InlineData("a=9 b=7 c=2 d=2", "", "b c d")]
    [InlineData("a=9 b=7 c=3 d=2", "", "c d")]
    [InlineData("a=5 b=5 c=4", "", "a c")]
    [InlineData("a=4", "", "a")]
    [InlineData("a=9 c=1", "a c", "a c")]
    [InlineData("a=9 b=7 c=1", "a c", "a c")]
    [InlineData("a=9 b=7 c=1 d=8", "a c,b d", "a c")]
    [InlineData("a=9 b=7 c=3 d=2", "a c,b d", "a b c d")]
    public void What_is_hidden_does_not_follow_from_what_is_shown(string groups, string sums, string hidden)
    {
        var counts = groups
            .Split(' ')
            .Select(g => g.Split('='))
            .ToDictionary(g => g[0], g => int.Parse(g[1], CultureInfo.InvariantCulture));
        var shown = sums.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(s => s.Split(' '));
        Assert.Equal(hidden.Split(' '), string.Join(' ', HiddenGroups.Of(counts, 5, shown).Order()).Split(' '));
    }

    [Fact]
    public async Task What_is_hidden_of_procedures_does_not_follow_from_their_agency_either()
    {
        const string residence = "1.004194";
        for (var i = 0; i < 5; i++)
        {
            (await Rate(await Returned(await Receive(Origin)), 5)).Expect(200);
            (await Rate(await Returned(await Receive()), 5)).Expect(200);
        }
        var rare = Reception(residence);
        rare["documents"] = Papers("form", "dwelling");
        (await Rate(await Returned((await Officer.Post("/api/v1/dossiers", rare)).Expect(201)), 1)).Expect(200);
        Assert.Equal([Police, Trade], await Shown("agency"));
        // The other one of the same agency, and not just any of that size.
        Assert.Equal([Origin], await Shown("procedure"));

        async Task<IEnumerable<string?>> Shown(string by) =>
            (await Officer.Get("/api/v1/dossier-ratings?from=2026-11-01&to=2026-11-30&groupBy=" + by))
                .Expect(200)
                .Json.GetProperty("groups")
                .EnumerateArray()
                .Where(g => g.TryGetProperty("average", out _))
                .Select(g => g.GetProperty("key").GetString())
                .Order(StringComparer.Ordinal)
                .Reverse();
    }

    [Theory]
    [InlineData("vi", "Đánh giá việc giải quyết hồ sơ", "Cảm ơn bạn")]
    [InlineData("en", "Rate how your dossier was handled", "Thank you")]
    public async Task The_page_takes_a_rating_in_both_languages_and_without_a_script(string language, string title, string thanks)
    {
        var dossier = await Returned(await Receive());
        var (path, key) = ($"/track/{Text(dossier, "code")}/rating", await Key(dossier));
        var page = (await Anyone.Get($"{path}?key={key}&lang={language}")).Expect(200);
        Assert.Contains(title, page.Text, StringComparison.Ordinal);
        Assert.Contains($"<html lang=\"{language}\">", page.Text, StringComparison.Ordinal);
        Assert.Equal(8, page.Text.Split("<legend>").Length - 1);
        Assert.DoesNotContain("<script", page.Text, StringComparison.OrdinalIgnoreCase);
        (await Form(path, language, ("key", key))).Expect(422);
        (await Form(path, language, ("key", "wrong"), ("level", "5"))).Expect(404);
        var done = (await Form(path, language, ("key", key), ("level", "4"), ("q-staff", "5"), ("comment", "<b>tốt</b>"))).Expect(200);
        Assert.Contains(thanks, done.Text, StringComparison.Ordinal);
        (await Form(path, language, ("key", key), ("level", "4"))).Expect(409);
    }

    private HttpClient Anyone => Host.Anonymous();

    private Task<Reply> Form(string path, string language, params (string Name, string Value)[] fields) =>
        Anyone.Call(
            HttpMethod.Post,
            $"{path}?lang={language}",
            new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)))
        );

    private async Task<Reply> Returned(Reply received) =>
        (
            await Act(
                await SettlePaid(received),
                "return",
                new
                {
                    method = "counter",
                    receiver = "Người nhận",
                    identityCheck = "receipt",
                }
            )
        ).Expect(200);

    private async Task<Reply> Rate(Reply dossier, int level, string? comment = null) =>
        await Act(
            dossier,
            "rate",
            new
            {
                key = await Key(dossier),
                level,
                comment,
            }
        );

    private async Task<string> Key(Reply dossier)
    {
        var receipt = (await Officer.Get(Path(dossier) + "/forms/01")).Expect(200);
        return receipt.Json.GetProperty("ratingUrl").GetString()!.Split("key=")[1];
    }
}
