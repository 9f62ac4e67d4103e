using System.Text.Json.Nodes;
using Pac.Dossiers.Tests.Features.Fees;
using Pac.Testing;

namespace Pac.Dossiers.Tests.Features;

/// <summary>Who may file, in which way and where is one rule: what the check before filing says is what happens.</summary>
public sealed class AdmissionTests(MoneyHost fixture) : FeeTests(fixture), IClassFixture<MoneyHost>
{
    private const int Filings = 60;
    private static readonly string[] Kinds = ["citizen", "enterprise", "stateBody", "organisation", "householdBusiness"];
    private static readonly string[] Ways = ["counter", "online", "post"];
    private static readonly string[] Centres = [Facilities.Centre, Facilities.Ward];
    private static readonly string?[] Groups = [null, "merit", "pupil"];
    private static readonly string?[] Variants = [null, "lost"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task The_check_before_filing_says_enough_if_and_only_if_it_is_received(int seed)
    {
        var random = new Random(seed);
        var (stated, open) = ("citizen", "counter");
        await Publish(
            Licence,
            d =>
            {
                Arbitrary(d, random);
                stated = (string?)d["applicantKinds"]!.AsArray().FirstOrDefault() ?? stated;
                open = (string?)d["channels"]!.AsArray().FirstOrDefault(w => (string?)w != "online") ?? open;
            }
        );
        var (good, bad) = (0, 0);
        for (var i = 0; i < Filings; i++)
        {
            var (kind, way, centre) = (One(Kinds, random), One(Ways, random), One(Centres, random));
            var (group, variant) = (One(Groups, random), One(Variants, random));
            var papers = new[] { "form", "licence" }.Where(_ => random.Next(8) > 0).ToArray();
            var (evidence, value) = (random.Next(3) > 0, random.Next(3) > 0 ? 2_000_000_000L : (long?)null);
            // The first one fits, if any does.
            if (i == 0)
                (kind, way, centre, group, variant, papers, evidence, value) = (
                    stated,
                    open,
                    Facilities.Ward,
                    null,
                    null,
                    ["form", "licence"],
                    true,
                    2_000_000_000L
                );
            var said = await Host.Anonymous()
                .Post(
                    $"/api/v1/procedures/{Licence}/pre-check",
                    new
                    {
                        documents = papers,
                        variantCode = variant,
                        personGroup = group,
                        applicantKind = kind,
                        channel = way,
                        centreCode = centre,
                        declaredValue = value,
                        evidenceAtHand = evidence,
                    }
                );
            var filing = new Dictionary<string, object?>(Reception(Licence, centre))
            {
                ["documents"] = Papers(papers),
                ["variantCode"] = variant,
                ["personGroup"] = group,
                ["groupEvidence"] = evidence ? "Giấy 12" : null,
                ["declaredValue"] = value,
                ["applicant"] = new
                {
                    name = Person.Name,
                    kind,
                    identityNumber = kind == "enterprise" ? Person.TaxCode : Person.Identity,
                },
            };
            var done = await File(way, filing);
            var enough = said.Status == 200 && said.Json.GetProperty("sufficient").GetBoolean();
            Assert.True(said.Status is 200 or 422, said.ToString());
            Assert.True(done.Status is 200 or 201 or 422, done.ToString());
            Assert.True(enough == done.Status is 200 or 201, $"{kind} {way} {centre} {group} {variant}: {said} but {done}");
            (good, bad) = enough ? (good + 1, bad) : (good, bad + 1);
        }
        Assert.True(good > 0 && bad > 0, $"{good} were received, {bad} refused.");
    }

    // What is submitted online is received when it is accepted.
    private async Task<Reply> File(string way, Dictionary<string, object?> filing)
    {
        if (way != "online")
        {
            filing["channel"] = way;
            return await Officer.Post("/api/v1/dossiers", filing);
        }
        var submitted = await Officer.Post("/api/v1/online-submissions", filing);
        return submitted.Status == 201 ? await Act(submitted, "accept") : submitted;
    }

    private static T One<T>(T[] of, Random random) => of[random.Next(of.Length)];

    private static void Arbitrary(JsonObject d, Random random)
    {
        d["channels"] = Some(Ways, random);
        d["applicantKinds"] = Some(Kinds, random);
        d["onlineLevel"] = One(["full", "partial", "counterOnly"], random);
        if (random.Next(2) == 0)
        {
            d["flags"]!["nonTerritorial"] = false;
            d["centreCodes"] = new JsonArray(Facilities.Ward);
        }
        d["personGroups"] = new JsonArray(
            new JsonObject
            {
                ["code"] = "merit",
                ["name"] = "Người có công",
                ["nameEn"] = "Persons with merit",
            },
            new JsonObject
            {
                ["code"] = "pupil",
                ["name"] = "Học sinh",
                ["nameEn"] = "Pupils",
            }
        );
        d["variants"] = new JsonArray(
            new JsonObject
            {
                ["code"] = "lost",
                ["name"] = "Bị mất",
                ["nameEn"] = "Lost",
            }
        );
        if (random.Next(2) == 0)
            d["exemptions"] = new JsonArray(new JsonObject { ["personGroup"] = "merit", ["legalBasisId"] = "nd-118-2025" });
        if (random.Next(2) == 0)
            return;
        var fee = d["fees"]!.AsArray()[0]!;
        (fee["unit"], fee["dong"]) = ("value", 0);
        fee["shares"] = new JsonArray(new JsonObject { ["above"] = 0, ["percent"] = 0.5 });
        d.Remove("feeDong");
        var pupils = fee.DeepClone();
        pupils["personGroup"] = "pupil";
        pupils["shares"]![0]!["percent"] = 0.25;
        d["fees"]!.AsArray().Add(pupils);
    }

    // Often not stated at all.
    private static JsonArray Some(string[] of, Random random) =>
        random.Next(3) == 0 ? [] : [.. of.Where(_ => random.Next(3) > 0).Select(w => (JsonNode)w)];

    [Theory]
    [InlineData("citizen", "0100109106", 400)]
    [InlineData("citizen", "097190001234", 400)]
    [InlineData("enterprise", "0100109107", 400)]
    [InlineData("enterprise", "066190001234", 400)]
    [InlineData("householdBusiness", "0100109107", 400)]
    [InlineData("householdBusiness", "0100109106", 201)]
    [InlineData("householdBusiness", "066190001234", 201)]
    public async Task A_number_that_cannot_be_one_of_that_kind_is_refused_wherever_it_is_written_down(
        string kind,
        string number,
        int status
    )
    {
        var party = new
        {
            name = Person.Name,
            kind,
            identityNumber = number,
        };
        var reception = Reception();
        reception["applicant"] = party;
        foreach (var way in new[] { "/api/v1/dossiers", "/api/v1/online-submissions" })
        {
            var reply = (await Officer.Post(way, reception)).Expect(status);
            if (status == 400)
                Assert.Equal([("/applicant/identityNumber", "identity-number")], Faults(reply));
        }
        if (status != 400)
            return;
        reception = Reception();
        reception["involved"] = new { owner = party };
        Assert.Equal(
            [("/involved/owner/identityNumber", "identity-number")],
            Faults((await Officer.Post("/api/v1/dossiers", reception)).Expect(400))
        );
        var answer = await Officer.Post(
            "/api/v1/counter-answers",
            new
            {
                centreCode = Facilities.Centre,
                procedureCode = Licence,
                person = party,
                kind = "refusal",
                legalBasis = "Điều 17",
                reason = "Không thuộc thẩm quyền",
            }
        );
        Assert.Equal([("/person/identityNumber", "identity-number")], Faults(answer.Expect(400)));
    }

    [Fact]
    public async Task Whom_it_concerns_decides_when_another_applies()
    {
        var reception = Reception(Origin);
        reception["applicant"] = Person.Given;
        foreach (var way in new[] { "/api/v1/dossiers", "/api/v1/online-submissions" })
        {
            reception.Remove("involved");
            var refused = (await Officer.Post(way, reception)).Expect(422, "dossiers.applicant-kind-not-admitted");
            Assert.Equal("/applicant/kind", Faults(refused).Single().Pointer);
            reception["involved"] = new
            {
                owner = new
                {
                    name = "Công ty A",
                    kind = "enterprise",
                    identityNumber = Person.TaxCode,
                },
            };
            (await Officer.Post(way, reception)).Expect(201);
        }
    }
}
