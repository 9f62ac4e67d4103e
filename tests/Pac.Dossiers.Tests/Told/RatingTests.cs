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
        (await Act(dossier, "rate", new { level = 1 })).Expect(409, "dossiers.rated-before");
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
            (await Act(dossier, "rate", new { level = i == 0 ? 1 : 5, comment = "Ý kiến " + i })).Expect(200);
        }
        (await Act(await Returned(await Receive(Origin)), "rate", new { level = 1 })).Expect(200);
        var figures = (await Officer.Get("/api/v1/dossier-ratings?from=2026-11-01&to=2026-11-30&groupBy=agency")).Expect(200).Json;
        var totals = figures.GetProperty("totals");
        Assert.Equal(6, totals.GetProperty("ratings").GetInt32());
        Assert.Equal("3.67", totals.GetProperty("average").GetString());
        Assert.Equal("66.67", totals.GetProperty("satisfiedPercent").GetString());
        var groups = figures.GetProperty("groups").EnumerateArray().ToDictionary(g => g.GetProperty("key").GetString()!);
        Assert.Equal("80.00", groups[Police].GetProperty("satisfiedPercent").GetString());
        Assert.False(groups[Trade].TryGetProperty("average", out _));
        Assert.Equal(1, groups[Trade].GetProperty("ratings").GetInt32());
        var comments = (await Officer.Get("/api/v1/dossier-ratings/comments")).Expect(200).Text;
        Assert.Contains("Ý kiến 4", comments, StringComparison.Ordinal);
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

    private async Task<string> Key(Reply dossier)
    {
        var receipt = (await Officer.Get(Path(dossier) + "/forms/01")).Expect(200);
        return receipt.Json.GetProperty("ratingUrl").GetString()!.Split("key=")[1];
    }
}
