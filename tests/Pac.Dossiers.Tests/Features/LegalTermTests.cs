using Pac.Testing;

namespace Pac.Dossiers.Tests.Features;

/// <summary>Figures of the law and rules of escalation are data: set for days ahead, confirmed by somebody, other for some fields.</summary>
public sealed class LegalTermTests(DossiersHost fixture) : DossierTests(fixture)
{
    private const string Terms = "/api/v1/legal-terms";

    private static object Answer(string from, decimal days = 20, string? field = null, string? unit = "workingDay") =>
        new
        {
            code = "supplement.answer",
            effectiveFrom = from,
            basis = "Luật Đất đai 2024",
            value = days,
            unit,
            fieldCode = field,
        };

    [Fact]
    public async Task A_new_figure_ends_the_one_before_and_what_began_under_that_one_keeps_it()
    {
        var asked = new { items = new[] { new { code = "licence", reason = "Mờ" } }, legalBasis = "Luật 1" };
        var before = (await Act((await Act(await Receive(), "transfer")).Expect(200), "request-supplement", asked)).Expect(200);
        (await Officer.Post(Terms, Answer("2026-11-24"))).Expect(200);
        Host.Clock.Now = DakLak.At("2026-11-25 09:00");
        var after = (await Act((await Act(await Receive(), "transfer")).Expect(200), "request-supplement", asked)).Expect(200);
        Assert.Equal("2026-12-15T17:00:00+07:00", Due(before));
        Assert.Equal("2026-12-23T17:00:00+07:00", Due(after));

        static string Due(Reply d) =>
            d.Json.GetProperty("proceedings").GetProperty("supplements")[0].GetProperty("answerUntil").GetString()!;
    }

    [Fact]
    public async Task The_special_law_of_a_field_goes_before_the_general_one_in_that_field_alone()
    {
        var special = (await Officer.Post(Terms, Answer("2026-11-24", 5, "road-traffic"))).Expect(200);
        Assert.Equal(("road-traffic", true), (Text(special, "fieldCode"), special.Json.GetProperty("toBeConfirmed").GetBoolean()));
        Host.Clock.Now = DakLak.At("2026-11-25 09:00");
        var law = await Host.Scalar<long>("SELECT count(*) FROM dossiers.legal_terms WHERE code = 'supplement.answer'");
        Assert.Equal(2, law);
        var asked = new { items = new[] { new { code = "licence", reason = "Mờ" } }, legalBasis = "Luật 1" };
        var dossier = (await Act((await Act(await Receive(), "transfer")).Expect(200), "request-supplement", asked)).Expect(200);
        var field = Text(dossier, "fieldCode");
        Assert.Equal(
            field == "road-traffic" ? "2026-12-02T17:00:00+07:00" : "2026-12-16T17:00:00+07:00",
            dossier.Json.GetProperty("proceedings").GetProperty("supplements")[0].GetProperty("answerUntil").GetString()
        );
    }

    [Fact]
    public async Task A_figure_lies_ahead_is_known_and_of_the_same_kind()
    {
        (await Officer.Post(Terms, Answer("2026-11-23"))).Expect(422, "dossiers.legal-term-not-later");
        (await Officer.Post(Terms, Answer("2027-01-01"))).Expect(200);
        (await Officer.Post(Terms, Answer("2026-12-01"))).Expect(422, "dossiers.legal-term-not-later");
        (await Officer.Post(Terms, Answer("2027-02-01", unit: null))).Expect(422, "dossiers.legal-term-other-kind");
        (await Officer.Post(Terms, Answer("2027-02-01", field: "nowhere"))).Expect(422, "dossiers.unknown-field");
        (
            await Officer.Post(
                Terms,
                new
                {
                    code = "nothing",
                    effectiveFrom = "2027-01-01",
                    basis = "x",
                    value = 1,
                }
            )
        ).Expect(422, "dossiers.legal-term-unknown");
        (await Over("centre:dak-lak").Post(Terms, Answer("2027-03-01"))).Expect(403);
    }

    [Fact]
    public async Task A_figure_is_confirmed_once_and_says_by_whom()
    {
        var which = new { code = "intake.online", effectiveFrom = "2025-07-01" };
        var confirmed = (await Officer.Post(Terms + "/confirmations", which)).Expect(200);
        Assert.Equal(
            (false, "test-user", "2026-11-23T09:00:00+07:00"),
            (confirmed.Json.GetProperty("toBeConfirmed").GetBoolean(), Text(confirmed, "confirmedBy"), Text(confirmed, "confirmedAt"))
        );
        (await Officer.Post(Terms + "/confirmations", which)).Expect(409, "dossiers.legal-term-confirmed");
    }

    [Fact]
    public async Task A_second_supplement_needs_the_approval_of_somebody_else_once()
    {
        var special = new
        {
            items = new[] { new { code = "licence", reason = "Mờ" } },
            legalBasis = "Luật 1",
            special = new { law = "Luật 1", approvedBy = "Giám đốc Sở" },
        };
        var leave = new { law = "Luật Đất đai 2024", office = "Giám đốc Sở" };
        var dossier = (await Act(await Receive(), "transfer")).Expect(200);
        (await Act(dossier, "approve-supplement", leave)).Expect(409, "dossiers.supplement-not-asked");
        dossier = (await Act(dossier, "request-supplement", special)).Expect(200);
        dossier = (await Act(dossier, "submit-supplement", new { documents = Papers("licence") })).Expect(200);
        (await Act(dossier, "request-supplement", special)).Expect(422, "dossiers.supplement-unapproved");
        dossier = (await Act(dossier, "approve-supplement", leave)).Expect(200);
        (await Act(dossier, "request-supplement", special)).Expect(422, "dossiers.supplement-same-hand");
        dossier = (await Act(dossier, "request-supplement", special, Over("province", "officer-2"))).Expect(200);
        dossier = (await Act(dossier, "submit-supplement", new { documents = Papers("licence") })).Expect(200);
        (await Act(dossier, "request-supplement", special, Over("province", "officer-2"))).Expect(422, "dossiers.supplement-unapproved");
    }

    [Fact]
    public async Task What_was_asked_for_at_intake_counts_and_an_approval_lets_the_agency_ask_once_more()
    {
        var asked = new { items = new[] { new { code = "licence", reason = "Mờ" } }, legalBasis = "Luật 1" };
        var special = new
        {
            asked.items,
            asked.legalBasis,
            special = new { law = "Luật 1", approvedBy = "Giám đốc Sở" },
        };
        var leave = new { law = "Luật Đất đai 2024", office = "Giám đốc Sở" };
        var dossier = (await Officer.Post("/api/v1/online-submissions", Reception())).Expect(201);
        dossier = (await Act(dossier, "request-supplement", asked)).Expect(200);
        dossier = (await Act(dossier, "submit-supplement", new { documents = Papers("licence") })).Expect(200);
        (await Act(dossier, "approve-supplement", leave)).Expect(409, "dossiers.supplement-once-at-intake");
        dossier = (await Act((await Act(dossier, "accept")).Expect(200), "transfer")).Expect(200);
        (await Act(dossier, "request-supplement", asked)).Expect(422, "dossiers.supplement-twice");
        dossier = (await Act(dossier, "approve-supplement", leave)).Expect(200);
        (await Act(dossier, "request-supplement", special, Over("province", "officer-2"))).Expect(200);
    }

    [Fact]
    public async Task What_the_agency_finds_missing_goes_back_to_the_one_stop_section_which_tells_the_person()
    {
        var back = new { items = new[] { new { code = "licence", reason = "Mờ" } }, legalBasis = "Luật 1" };
        var dossier = (await Act(await Receive(), "transfer")).Expect(200);
        Host.Clock.Now = DakLak.At("2026-11-26 08:00");
        dossier = (await Act(dossier, "return-to-one-stop", back)).Expect(200);
        (await Act(dossier, "return-to-one-stop", back)).Expect(409, "dossiers.returned-to-one-stop-already");
        var centre = Over("centre:dak-lak");
        Assert.Single(Items(await centre.Get("/api/v1/work-queues/unit")));
        Host.Clock.Now = DakLak.At("2026-11-27 09:00");
        (await Act(dossier, "request-supplement", back)).Expect(200);
        var time = (await Officer.Get(Path(dossier) + "/clock")).Expect(200).Json;
        Assert.Equal(
            ("2026-11-26T17:00:00+07:00", "2026-11-27T17:00:00+07:00", "2026-11-27T09:00:00+07:00"),
            (
                time.GetProperty("correctionReturnDueAt").GetString(),
                time.GetProperty("correctionTellDueAt").GetString(),
                time.GetProperty("correctionToldAt").GetString()
            )
        );
        Assert.Empty(Items(await centre.Get("/api/v1/work-queues/unit")));
    }

    [Fact]
    public async Task A_rule_of_escalation_lies_ahead_and_fits_its_timing()
    {
        const string rules = "/api/v1/escalation-rules";
        (await Officer.Post(rules, Rule("2027-01-01", "hoursBefore", 4))).Expect(200);
        (await Officer.Post(rules, Rule("2026-11-23", "hoursBefore", 4))).Expect(422, "dossiers.rule-in-the-past");
        (await Officer.Post(rules, Rule("2027-02-01", "shareUsed", 100))).Expect(422, "dossiers.share-outside");
        (await Officer.Post(rules, Rule("2027-02-01", "everyHoursAfter", 0))).Expect(422, "dossiers.share-outside");
        Assert.Equal(2, Items(await Officer.Get(rules)).Count(r => r.GetProperty("code").GetString() == "due.warning"));

        static object Rule(string from, string timing, decimal value) =>
            new
            {
                code = "due.warning",
                effectiveFrom = from,
                term = "due",
                level = 2,
                timing,
                value,
                to = "unit",
                basis = "Quy chế",
            };
    }
}
