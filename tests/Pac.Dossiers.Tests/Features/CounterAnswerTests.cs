using Pac.Testing;

namespace Pac.Dossiers.Tests.Features;

/// <summary>When a counter receives nothing, the person takes home in writing what is missing or why it is refused, and it is counted.</summary>
public sealed class CounterAnswerTests(DossiersHost fixture) : DossierTests(fixture)
{
    private const string Answers = "/api/v1/counter-answers";

    private static Dictionary<string, object?> Lacking(params string[] codes) =>
        new()
        {
            ["centreCode"] = Facilities.Centre,
            ["procedureCode"] = Licence,
            ["kind"] = "incomplete",
            ["legalBasis"] = "Nghị định 118/2025/NĐ-CP, điều 17",
            ["person"] = new
            {
                name = Person.Name,
                identityNumber = Person.Identity,
                phone = Person.Phone,
                address = Person.Address,
            },
            ["items"] = codes.Select(code => new { code, reason = "Thiếu bản chính" }).ToArray(),
        };

    private static Dictionary<string, object?> Refusal(string? reason = "Không thuộc thẩm quyền của tỉnh") =>
        new(Lacking())
        {
            ["kind"] = "refusal",
            ["items"] = null,
            ["reason"] = reason,
        };

    [Fact]
    public async Task What_is_missing_is_told_on_form_02_and_no_dossier_is_made()
    {
        var answer = (await Officer.Post(Answers, Lacking("licence", "form"))).Expect(201);
        Assert.Equal(("incomplete", "066*****1234"), (Text(answer, "kind"), Text(answer, "personIdentityNumber")));
        Assert.EndsWith("/HDHS", Text(answer, "number"), StringComparison.Ordinal);
        Assert.DoesNotContain(Person.Identity, answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Person.Phone, answer.Text, StringComparison.Ordinal);
        var form = (await Officer.Get(answer.Location + "/form")).Expect(200);
        Assert.Equal(("02", Person.Name, Person.Address), (Text(form, "form"), Text(form, "personName"), Text(form, "personAddress")));
        Assert.Equal(2, Items(form).Count);
        var pdf = await Officer.Get(answer.Location + "/form?format=pdf");
        Assert.Equal(200, pdf.Status);
        Assert.StartsWith("%PDF", pdf.Text, StringComparison.Ordinal);
        Assert.Equal(0, await Host.Scalar<long>("SELECT count(*) FROM dossiers.dossiers"));
        Assert.Equal(
            0,
            await Host.Scalar<long>($"SELECT count(*) FROM dossiers.counter_answers a WHERE a::text LIKE '%{Person.Identity}%'")
        );
        // Who printed it is known.
        Assert.Equal(
            2,
            await Host.Scalar<long>("SELECT count(*) FROM dossiers.audit WHERE kind = 'PersonalData' AND changes::text LIKE '%form-02%'")
        );
    }

    [Fact]
    public async Task A_refusal_is_told_on_form_03_with_its_reason()
    {
        (await Officer.Post(Answers, Refusal(" "))).Expect(422, "dossiers.counter-reason-missing");
        var answer = (await Officer.Post(Answers, Refusal())).Expect(201);
        var form = (await Officer.Get(answer.Location + "/form")).Expect(200);
        Assert.Equal(("03", "Không thuộc thẩm quyền của tỉnh"), (Text(form, "form"), Text(form, "reason")));
        Assert.EndsWith("/TC", Text(form, "number"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_published_papers_are_asked_for_and_none_that_are_digital()
    {
        (await Officer.Post(Answers, Lacking())).Expect(422, "dossiers.counter-items-missing");
        var unknown = (await Officer.Post(Answers, Lacking("form", "horoscope"))).Expect(422, "dossiers.supplement-unpublished");
        Assert.Equal("/items/1/code", Assert.Single(Faults(unknown)).Pointer);
        (await Officer.Post(Answers, Lacking("health"))).Expect(422, "dossiers.supplement-already-digital");
        (await Officer.Post(Answers, new Dictionary<string, object?>(Lacking("form")) { ["procedureCode"] = "9.999999" })).Expect(
            422,
            "dossiers.unknown-procedure"
        );
        Assert.Equal(0, await Host.Scalar<long>("SELECT count(*) FROM dossiers.counter_answers"));
    }

    [Fact]
    public async Task Whoever_comes_back_is_asked_for_nothing_that_was_not_asked_the_first_time()
    {
        var first = (await Officer.Post(Answers, Lacking("licence"))).Expect(201);
        var refused = (await Officer.Post(Answers, Lacking("licence", "form"))).Expect(422, "dossiers.counter-asked-before");
        Assert.Equal("/items/1/code", Assert.Single(Faults(refused)).Pointer);
        Assert.Contains(Text(first, "number"), refused.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        (await Officer.Post(Answers, Lacking("licence"))).Expect(201);
        // At another centre, whose clerk does not see the first form, it is the same.
        var elsewhere = new Dictionary<string, object?>(Lacking("licence", "form")) { ["centreCode"] = Facilities.Ward };
        (await Over("centre:" + Facilities.Ward).Post(Answers, elsewhere)).Expect(422, "dossiers.counter-asked-before");
        // Another person, and the same one when the time for an answer is over, begin anew.
        var other = new Dictionary<string, object?>(Lacking("form"))
        {
            ["person"] = new { name = "Y Bhiông Niê", identityNumber = "066190009999" },
        };
        (await Officer.Post(Answers, other)).Expect(201);
        Host.Clock.Now = DakLak.At("2027-01-04 08:00");
        (await Officer.Post(Answers, Lacking("form"))).Expect(201);
    }

    [Fact]
    public async Task Two_counters_that_answer_one_person_at_once_ask_for_one_list()
    {
        var replies = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(n => Officer.Post(Answers, n % 2 == 0 ? Lacking("licence") : Lacking("form")))
        );
        Assert.Equal(4, replies.Count(r => r.Status == 201));
        Assert.All(replies.Where(r => r.Status != 201), r => r.Expect(422, "dossiers.counter-asked-before"));
        Assert.Single(replies.Select((r, n) => (r.Status, n % 2)).Where(r => r.Status == 201).Distinct());
    }

    [Fact]
    public async Task What_belongs_on_the_other_form_is_refused_and_not_dropped()
    {
        var papers = new Dictionary<string, object?>(Refusal()) { ["items"] = Lacking("licence")["items"] };
        Assert.Equal("/items", Assert.Single(Faults((await Officer.Post(Answers, papers)).Expect(400))).Pointer);
        var reason = new Dictionary<string, object?>(Lacking("licence")) { ["reason"] = "Không thuộc thẩm quyền" };
        Assert.Equal("/reason", Assert.Single(Faults((await Officer.Post(Answers, reason)).Expect(400))).Pointer);
    }

    [Fact]
    public async Task They_are_listed_and_counted_within_what_one_may_see()
    {
        (await Officer.Post(Answers, Lacking("licence"))).Expect(201);
        (await Officer.Post(Answers, Refusal())).Expect(201);
        var elsewhere = new Dictionary<string, object?>(Refusal()) { ["centreCode"] = Facilities.Ward, ["procedureCode"] = Origin };
        var ward = (await Officer.Post(Answers, elsewhere)).Expect(201);
        Assert.Equal(3, (await Walk(Officer, Answers + "?limit=2")).Count);
        Assert.Equal(2, Items(await Officer.Get(Answers + "?kind=refusal")).Count);
        var centre = Over("centre:" + Facilities.Centre);
        Assert.Equal(2, Items(await centre.Get(Answers)).Count);
        (await centre.Get(ward.Location)).Expect(404);
        (await centre.Get(ward.Location + "/form")).Expect(404);
        (await centre.Post(Answers, elsewhere)).Expect(403);
        Assert.Single(Items(await Over("agency:" + Trade).Get(Answers)));
        Assert.Empty(Items(await Over("own").Get(Answers)));

        const string figures = "/api/v1/dossier-statistics/counter-answers?from=2026-11-01&to=2026-11-30";
        var counted = (await Officer.Get(figures)).Expect(200).Json;
        Assert.Equal((1, 2), (counted.GetProperty("incomplete").GetInt32(), counted.GetProperty("refused").GetInt32()));
        Assert.Equal(
            [(Facilities.Ward, 0, 1), (Facilities.Centre, 1, 1)],
            counted
                .GetProperty("groups")
                .EnumerateArray()
                .Select(g =>
                    (g.GetProperty("key").GetString(), g.GetProperty("incomplete").GetInt32(), g.GetProperty("refused").GetInt32())
                )
        );
        Assert.Equal(1, (await centre.Get(figures + "&groupBy=procedure")).Expect(200).Json.GetProperty("refused").GetInt32());
        (await Officer.Get("/api/v1/dossier-statistics/counter-answers?from=2026-11-30&to=2026-11-01")).Expect(400);
    }
}
