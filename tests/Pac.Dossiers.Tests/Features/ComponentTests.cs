using Pac.Testing;

namespace Pac.Dossiers.Tests.Features;

/// <summary>Papers are compared with the published list in number and form, and by the step at which they must be there.</summary>
public sealed class ComponentTests(DossiersHost fixture) : DossierTests(fixture)
{
    // Two copies of the licence at reception, an original record at the second step, and minutes that nobody has to bring.
    private async Task Publish()
    {
        var tag = (await Officer.Get("/api/v1/procedures/" + Licence)).ETag;
        var version = CatalogueTests.Version("2026-11-23");
        var details = (Dictionary<string, object?>)version["details"]!;
        details["documents"] = new object[]
        {
            Paper("form"),
            Paper("licence", quantity: 2, kind: "copy"),
            Paper("record", kind: "original", step: 2),
            Paper("survey", quantity: 3, step: 3),
            Paper("photo", required: false),
            Paper("health", shared: true),
        };
        details["steps"] = new object[]
        {
            new { role = "reception", hours = 2 },
            new { role = "clerk", hours = 2 },
            new { role = "leader", hours = 2 },
        };
        (await Officer.Post($"/api/v1/procedures/{Licence}/versions", version, ("If-Match", tag))).Expect(201);
    }

    private static object Paper(
        string code,
        int quantity = 1,
        string? kind = null,
        int? step = null,
        bool required = true,
        bool shared = false
    ) =>
        new
        {
            code,
            name = "Giấy tờ " + code,
            nameEn = "Paper " + code,
            required,
            fromSharedData = shared,
            quantity,
            kind,
            step,
        };

    private static object Given(string code, string kind = "copy", int quantity = 1) =>
        new
        {
            code,
            kind,
            quantity,
        };

    private async Task<Reply> Receive(params object[] documents)
    {
        var reception = Reception();
        reception["documents"] = documents;
        return await Officer.Post("/api/v1/dossiers", reception);
    }

    private async Task<Reply> HandIn(Reply dossier, params object[] documents) => await Act(dossier, "hand-in", new { documents });

    private static string Detail(Reply reply) => reply.Json.GetProperty("detail").GetString()!;

    [Fact]
    public async Task At_reception_papers_are_counted_and_looked_at()
    {
        await Publish();
        var few = (await Receive(Given("form"), Given("licence"))).Expect(422, "dossiers.components-not-enough");
        Assert.Contains("licence (2 bản sao)", Detail(few), StringComparison.Ordinal);
        Assert.Equal("/documents", Faults(few).Single().Pointer);
        (await Receive(Given("form"))).Expect(422, "dossiers.components-missing");
        (await Receive(Given("form"), Given("licence", quantity: 2))).Expect(201);
        // The original will do for a copy, and a file for any number of either.
        (await Receive(Given("form"), Given("licence", "original", 2))).Expect(201);
        (await Receive(Given("form"), Given("licence", "electronic"))).Expect(201);
    }

    [Fact]
    public async Task A_copy_is_no_original_and_what_comes_through_the_portal_is_a_file()
    {
        var tag = (await Officer.Get("/api/v1/procedures/" + Licence)).ETag;
        var version = CatalogueTests.Version("2026-11-23");
        ((Dictionary<string, object?>)version["details"]!)["documents"] = new object[] { Paper("form", kind: "original", quantity: 2) };
        (await Officer.Post($"/api/v1/procedures/{Licence}/versions", version, ("If-Match", tag))).Expect(201);
        (await Receive(Given("form", quantity: 2))).Expect(422, "dossiers.components-not-enough");
        (await Receive(Given("form", "original", 2))).Expect(201);
        var submission = new
        {
            centreCode = Facilities.Centre,
            procedureCode = Licence,
            applicant = Person.Given,
            documents = new[] { new { code = "form" } },
        };
        var online = (await Officer.Post("/api/v1/online-submissions", submission)).Expect(201);
        (await Act(online, "accept")).Expect(200);
    }

    [Fact]
    public async Task A_step_does_not_end_while_it_or_one_before_lacks_a_paper()
    {
        await Publish();
        var dossier = (await Receive(Given("form"), Given("licence", quantity: 2))).Expect(201);
        dossier = (await Act(dossier, "transfer", new { note = "đủ" })).Expect(200);
        var refused = (await Act(dossier, "complete-step")).Expect(409, "dossiers.step-components-missing");
        Assert.Contains("record (1 bản chính)", Detail(refused), StringComparison.Ordinal);
        Assert.DoesNotContain("survey", Detail(refused), StringComparison.Ordinal);

        (await HandIn(dossier, Given("record"))).Expect(422, "dossiers.components-not-enough");
        dossier = (await HandIn(dossier, Given("record", "original"))).Expect(200);
        dossier = (await Act(dossier, "complete-step")).Expect(200);

        var open = (await Act(dossier, "settle", Signed())).Expect(409, "dossiers.step-components-missing");
        Assert.Contains("survey (3 bộ)", Detail(open), StringComparison.Ordinal);
        (await HandIn(dossier, Given("survey", quantity: 2))).Expect(422, "dossiers.components-not-enough");
        dossier = (await HandIn(dossier, Given("survey", quantity: 3))).Expect(200);
        Assert.Equal(4, dossier.Json.GetProperty("documents").GetArrayLength());
        (await Act(dossier, "settle", Signed())).Expect(200);
        var acts = Items(await Officer.Get(Path(dossier) + "/timeline"), "entries").Select(e => e.GetProperty("act").GetString());
        Assert.Equal(2, acts.Count(a => a == "componentsHandedIn"));
    }

    [Fact]
    public async Task A_refusal_needs_no_further_paper()
    {
        await Publish();
        var dossier = (await Receive(Given("form"), Given("licence", quantity: 2))).Expect(201);
        dossier = (await Act(dossier, "transfer", new { note = "đủ" })).Expect(200);
        (await Act(dossier, "settle", Signed(refusal: "Không đủ điều kiện"))).Expect(200);
    }

    [Fact]
    public async Task What_is_handed_in_later_uses_up_no_request_and_asks_for_nothing_that_is_there()
    {
        await Publish();
        var dossier = (await Receive(Given("form"), Given("licence", quantity: 2))).Expect(201);
        var due = Text(dossier, "dueAt");
        dossier = (await HandIn(dossier, Given("record", "original"), Given("photo"))).Expect(200);
        Assert.Equal(due, Text(dossier, "dueAt"));
        (await HandIn(dossier, Given("licence", quantity: 3))).Expect(422, "dossiers.component-there-already");
        (await HandIn(dossier, Given("photo"))).Expect(422, "dossiers.component-there-already");
        (await HandIn(dossier, Given("health"))).Expect(422, "dossiers.component-from-shared-data");
        (await HandIn(dossier, Given("passport"))).Expect(422, "dossiers.component-unknown");
        (await HandIn(dossier, Given("record"), Given("record"))).Expect(422, "dossiers.component-twice");
        (await HandIn(dossier)).Expect(400);
        dossier = (await Act(dossier, "transfer", new { note = "đủ" })).Expect(200);
        var asked = new { items = new[] { new { code = "licence", reason = "Mờ" } }, legalBasis = "Luật 1" };
        dossier = (await Act(dossier, "request-supplement", asked)).Expect(200);
        (await HandIn(dossier, Given("survey", quantity: 3))).Expect(409, "dossiers.act-not-possible");
        // The answer to a request is looked at like what comes at reception.
        var answer = new { documents = new[] { Given("licence") } };
        (await Act(dossier, "submit-supplement", answer)).Expect(422, "dossiers.components-not-enough");
        (await Act(dossier, "submit-supplement", new { documents = new[] { Given("licence", quantity: 2) } })).Expect(200);
        (await Over("centre:" + Facilities.Ward).Post(Path(dossier) + "/hand-in", answer, ("If-Match", dossier.ETag))).Expect(404);
    }

    [Fact]
    public async Task Before_filing_one_learns_what_is_too_few_or_in_the_wrong_form()
    {
        await Publish();
        var few = await Check(new { papers = new[] { new { code = "form", quantity = 1 }, new { code = "licence", quantity = 1 } } });
        Assert.False(few.Json.GetProperty("sufficient").GetBoolean());
        Assert.Empty(Items(few, "missing"));
        Assert.Equal("licence", Items(few, "notEnough").Single().GetProperty("code").GetString());
        var wrong = await Check(
            new
            {
                documents = new[] { "form" },
                papers = new[]
                {
                    new
                    {
                        code = "licence",
                        kind = "original",
                        quantity = 1,
                    },
                },
            }
        );
        Assert.Single(Items(wrong, "notEnough"));
        foreach (
            var enough in new object[]
            {
                new { documents = new[] { "form", "licence" } },
                new
                {
                    documents = new[] { "form" },
                    papers = new[]
                    {
                        new
                        {
                            code = "licence",
                            kind = "copy",
                            quantity = 2,
                        },
                    },
                },
                new
                {
                    documents = new[] { "form" },
                    papers = new[] { new { code = "licence" } },
                    channel = "online",
                },
            }
        )
            Assert.True((await Check(enough)).Json.GetProperty("sufficient").GetBoolean());
        Assert.Equal(2, Items(await Check(new { }), "missing").Count);
        Assert.Equal(
            "passport",
            Items(await Check(new { papers = new[] { new { code = "passport" } } }), "notNeeded").Single().GetString()
        );
        foreach (var bad in new object[] { new { code = "" }, new { code = "form", quantity = 0 }, new { code = "form", kind = "photo" } })
            (await Host.Anonymous().Post($"/api/v1/procedures/{Licence}/pre-check", new { papers = new[] { bad } })).Expect(400);

        async Task<Reply> Check(object intent) =>
            (await Host.Anonymous().Post($"/api/v1/procedures/{Licence}/pre-check", intent)).Expect(200);
    }
}
