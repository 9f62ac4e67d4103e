using Pac.Testing;

namespace Pac.Dossiers.Tests.Features;

/// <summary>One data scope filters item, list, figures, acts and everything below an item alike; personal data stay masked.</summary>
public sealed class ScopeTests(DossiersHost fixture) : DossierTests(fixture)
{
    private const string All = "from=2026-01-01&to=2026-12-31";

    // One dossier of the police at the centre, one of the trade department at the centre, one of the commune at the ward; all late.
    private async Task<(Reply AtCentre, Reply OfTrade, Reply AtWard)> ThreeLateDossiers()
    {
        var dossiers = (await Receive(), await Receive(Origin), await Receive(Birth, Facilities.Ward, WardCommittee));
        Host.Clock.Now = DakLak.At("2026-12-02 08:00");
        foreach (var dossier in new[] { dossiers.Item1, dossiers.Item2, dossiers.Item3 })
            await PayAll(await Settle(dossier, "Mất điện"));
        return dossiers;
    }

    [Theory]
    [InlineData("province", true, true, true)]
    [InlineData("centre:dak-lak", true, true, false)]
    [InlineData("centre:66-22015", false, false, true)]
    [InlineData("agency:H15.09", true, false, false)]
    [InlineData("agency:H15.101", false, false, true)]
    [InlineData("own", false, false, false)]
    public async Task Everybody_sees_exactly_their_own(string scope, bool atCentre, bool ofTrade, bool atWard)
    {
        var (a, b, c) = await ThreeLateDossiers();
        var client = Over(scope);
        List<string> seen = [];
        foreach (var (dossier, visible) in new[] { (a, atCentre), (b, ofTrade), (c, atWard) })
        {
            if (visible)
                seen.Add(Text(dossier, "code"));
            foreach (var below in new[] { "", "/timeline", "/steps", "/documents", "/applicant", "/forms/01" })
            {
                var reply = await client.Get(Path(dossier) + below);
                if (visible)
                    reply.Expect(200);
                else
                    reply.Expect(404, "dossier-not-found");
            }
            var seenNow = (await Officer.Get(Path(dossier))).ETag;
            var act = await client.Post(Path(dossier) + "/return", ByPost, ("If-Match", seenNow));
            Assert.Equal(visible ? 200 : 404, act.Status);
        }

        var ordered = seen.Order(StringComparer.Ordinal).ToList();
        Assert.Equal(ordered, Codes(await client.Get("/api/v1/dossiers")));
        Assert.Equal(ordered, Codes(await client.Get("/api/v1/dossiers?limit=50&sort=-receivedAt")));
        Assert.Equal(seen.Count, (await client.Get("/api/v1/dossiers?withTotal=true&limit=1")).Json.GetProperty("total").GetInt32());
        Assert.Equal(ordered, Codes(await client.Get("/api/v1/dossier-statistics/late-dossiers?" + All)));
        var figures = (await client.Get("/api/v1/dossier-statistics?groupBy=centre,agency&" + All)).Expect(200).Json;
        foreach (var member in new[] { "received", "settled", "late", "returned" })
            Assert.Equal(seen.Count, figures.GetProperty("totals").GetProperty(member).GetInt32());
        Assert.Equal(seen.Count, figures.GetProperty("groups").GetArrayLength());
        var years = (await client.Get("/api/v1/dossier-statistics/year-on-year?year=2026")).Expect(200).Json;
        Assert.Equal(seen.Count, years.GetProperty("figures").GetProperty("received").GetInt32());

        static IEnumerable<string?> Codes(Reply list) =>
            Items(list).Select(d => d.GetProperty("code").GetString()).Order(StringComparer.Ordinal);
    }

    [Fact]
    public async Task What_may_not_be_seen_answers_like_what_is_not_there()
    {
        var hidden = await Receive();
        var client = Over("centre:66-22015");
        var other = (await client.Get(Path(hidden))).Expect(404).Json;
        var none = (await client.Get("/api/v1/dossiers/" + Guid.CreateVersion7())).Expect(404).Json;
        foreach (var member in new[] { "type", "title", "detail", "code" })
            Assert.Equal(none.GetProperty(member).GetString(), other.GetProperty(member).GetString());
    }

    [Theory]
    [InlineData("centre:66-22015", 403)]
    [InlineData("agency:H15.05", 403)]
    [InlineData("own", 403)]
    [InlineData("centre:dak-lak", 201)]
    [InlineData("agency:H15.09", 201)]
    public async Task Nobody_receives_outside_their_data(string scope, int status)
    {
        var reply = await Over(scope).Post("/api/v1/dossiers", Reception());
        if (status == 403)
            Assert.Equal([("/centreCode", "dossiers.outside-scope")], Faults(reply.Expect(403, "dossiers.outside-scope")));
        else
            reply.Expect(201);
        Assert.Equal(status == 201 ? 1 : 0, await Host.Scalar<long>("SELECT count(*) FROM dossiers.dossier_numbers"));
    }

    [Fact]
    public async Task What_identifies_the_person_is_masked_in_item_and_list()
    {
        var dossier = await Receive();
        var applicant = (await Officer.Get(Path(dossier))).Json.GetProperty("applicant");
        Assert.Equal("066*****1234", applicant.GetProperty("identityNumber").GetString());
        Assert.Equal("090***3456", applicant.GetProperty("phone").GetString());
        var line = Assert.Single(Items(await Officer.Get("/api/v1/dossiers")));
        Assert.Equal("066*****1234", line.GetProperty("applicantIdentityNumber").GetString());

        Reply[] replies =
        [
            dossier,
            await Officer.Get(Path(dossier)),
            await Officer.Get("/api/v1/dossiers"),
            await Officer.Get("/api/v1/dossiers?limit=5"),
            await Officer.Get(Path(dossier) + "/timeline"),
            await Officer.Get(Path(dossier) + "/steps"),
            await Officer.Get(Path(dossier) + "/documents"),
        ];
        foreach (var value in Person.Values.Where(v => v != Person.Name))
            Assert.All(replies, r => Assert.DoesNotContain(value, r.Expect(r.Status == 201 ? 201 : 200).Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Reading_the_applicant_in_full_is_noted()
    {
        var dossier = await Receive();
        var reader = TestCaller.May("dossiers.read-personal").As("inspector").Through("back-office", "dossiers.read");
        var applicant = (await Host.Client(reader).Get(Path(dossier) + "/applicant")).Expect(200);

        Assert.Equal(
            (Person.Name, Person.Identity, Person.Phone, Person.Email, Person.Address),
            (
                Text(applicant, "name"),
                Text(applicant, "identityNumber"),
                Text(applicant, "phone"),
                Text(applicant, "email"),
                Text(applicant, "address")
            )
        );
        Assert.Contains("no-store", applicant.Header("Cache-Control"), StringComparison.Ordinal);
        Assert.Equal(
            $"{Text(dossier, "id")} inspector back-office applicant",
            await Host.Scalar<string>("SELECT dossier_id || ' ' || subject || ' ' || client_id || ' ' || purpose FROM dossiers.access_log")
        );
        Assert.Equal(dossier.ETag, (await Officer.Get(Path(dossier))).ETag); // reading changes nothing
    }

    [Fact]
    public async Task Each_reading_is_noted_and_nothing_of_it_is_kept_for_repetitions()
    {
        var dossier = await Receive();
        for (var n = 0; n < 2; n++)
        {
            (await Officer.Get(Path(dossier) + "/applicant", ("Idempotency-Key", "read-1"))).Expect(200);
            (await Officer.Get(Path(dossier) + "/forms/01", ("Idempotency-Key", "read-2"))).Expect(200);
        }
        Assert.Equal(4, await Host.Scalar<long>("SELECT count(*) FROM dossiers.access_log"));
        Assert.Equal(0, await Host.Scalar<long>("SELECT count(*) FROM dossiers.kept_answers"));
    }

    [Fact]
    public async Task Printing_the_receipt_is_noted_and_looking_at_the_masked_dossier_is_not()
    {
        var dossier = await Receive();
        await Officer.Get(Path(dossier));
        await Officer.Get("/api/v1/dossiers");
        (await Over("centre:66-22015").Get(Path(dossier) + "/applicant")).Expect(404);
        Assert.Equal(0, await Host.Scalar<long>("SELECT count(*) FROM dossiers.access_log"));
        (await Officer.Get(Path(dossier) + "/forms/01")).Expect(200);
        Assert.Equal("form-01", await Host.Scalar<string>("SELECT purpose FROM dossiers.access_log"));
    }

    [Fact]
    public async Task Anybody_who_holds_the_code_tracks_the_dossier_without_a_word_about_the_person()
    {
        var dossier = (await Act(await Receive(Origin), "transfer")).Expect(200);
        var tracked = (await Host.Anonymous().Get("/api/v1/tracking/" + Text(dossier, "code"))).Expect(200);

        Assert.Equal(("inProcess", Origin), (Text(tracked, "status"), Text(tracked, "procedureCode")));
        Assert.Equal((1, 4), (tracked.Json.GetProperty("stepsDone").GetInt32(), tracked.Json.GetProperty("stepsTotal").GetInt32()));
        Assert.Equal(("Sở Công Thương", "2026-11-25T09:00:00+07:00"), (Text(tracked, "agencyName"), Text(tracked, "dueAt")));
        var english = (await Host.Anonymous().Get("/api/v1/tracking/" + Text(dossier, "code"), ("Accept-Language", "en"))).Expect(200);
        Assert.Equal("Department of Industry and Trade", Text(english, "agencyName"));
        foreach (var value in Person.Values.Append("066").Append("test-user").Append(Text(dossier, "id")))
            Assert.DoesNotContain(value, tracked.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("H15.09-261123-9999")]
    [InlineData("h15.05-261123-0001")]
    [InlineData("%25")]
    [InlineData("a'%20OR%201=1--")]
    public async Task A_code_that_is_not_there_cannot_be_tracked(string code)
    {
        await Receive(Origin);
        (await Host.Anonymous().Get("/api/v1/tracking/" + code)).Expect(404, "dossier-not-found");
    }

    [Fact]
    public async Task The_page_behind_the_code_of_the_receipt_says_how_it_stands_and_nothing_of_the_person()
    {
        var dossier = (await Officer.Post("/api/v1/dossiers", Reception())).Expect(201);
        var form = (await Officer.Get(dossier.Location + "/forms/01")).Expect(200);
        var page = (await Host.Anonymous().Get(new Uri(Text(form, "trackingUrl")).PathAndQuery)).Expect(200);
        Assert.Contains("Được tiếp nhận", page.Text, StringComparison.Ordinal);
        Assert.Contains(Text(dossier, "code"), page.Text, StringComparison.Ordinal);
        var applicant = (await Officer.Get(dossier.Location + "/applicant")).Expect(200).Json;
        foreach (var value in applicant.EnumerateObject().Where(v => v.Name != "kind"))
            Assert.DoesNotContain(System.Net.WebUtility.HtmlEncode(value.Value.GetString()!), page.Text, StringComparison.Ordinal);

        var english = await Host.Anonymous().Get("/track/" + Text(dossier, "code") + "?lang=en");
        Assert.Contains("<dd>Received</dd>", english.Text, StringComparison.Ordinal);
        var unknown = await Host.Anonymous().Get("/track/" + Uri.EscapeDataString("<script>"));
        Assert.Equal(404, unknown.Status);
        Assert.DoesNotContain("<script>", unknown.Text, StringComparison.Ordinal);
    }
}
