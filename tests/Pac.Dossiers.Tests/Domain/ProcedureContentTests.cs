using System.Text.Json;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;
using Pac.SharedKernel.WorkingTime;

namespace Pac.Dossiers.Tests.Domain;

/// <summary>What a version says in its variants, what it must say, and what was stored before there was more to say.</summary>
public sealed class ProcedureContentTests
{
    private static readonly CatalogueFacts Facts = new(
        new HashSet<string> { "road-traffic" },
        new Dictionary<string, AgencyLevel> { ["H15.09"] = AgencyLevel.Vertical },
        new Dictionary<string, LegalBasis>
        {
            ["nd-118-2025"] = LegalBasis.Add("nd-118-2025", new("118/2025/NĐ-CP", "Nghị định", "Decree", new(2025, 7, 1), null, [], false)),
            ["nd-61-2018"] = LegalBasis.Add(
                "nd-61-2018",
                new("61/2018/NĐ-CP", "Nghị định", "Decree", new(2018, 6, 21), new(2025, 6, 30), [], false)
            ),
        },
        new Dictionary<string, IReadOnlyList<WorkflowStep>> { ["SameDay"] = [new("reception", 2), new("clerk", 1)] }
    );

    private static ProcedureContent Full =>
        Some.Content(new(5, TermUnit.WorkingDay)) with
        {
            Sets = 1,
            Channels = [Channel.Counter, Channel.Online],
            ApplicantKinds = [ApplicantKind.Citizen],
            Variants =
            [
                new(
                    "complex",
                    "Phức tạp",
                    "Complex",
                    [new(null, new(15, TermUnit.WorkingDay)), new(Channel.Post, new(20, TermUnit.WorkingDay))],
                    Steps: [new("reception", 2), new("caseOfficer", 80, [new("cooperatingAgency", 40)]), new("leader", 8)]
                ),
                new("quick", "Nhanh", "Quick", [], new TimeOnly(15, 0)),
                new("plain", "Thường", "Plain", []),
            ],
            Components =
            [
                new("form", "Đơn", "Form", true, false),
                new("proof", "Chứng cứ", "Proof", true, false, Variants: ["complex"]),
                new("receipt", "Biên lai", "Receipt", true, false, Step: 3),
            ],
        };

    private static Error Refused(ProcedureContent content, string on = "2026-11-23") =>
        Some.Refused(() => CatalogueRules.Check(content, Facts, DateOnly.ParseExact(on, "yyyy-MM-dd")));

    [Fact]
    public void What_an_earlier_version_of_the_product_stored_is_still_read()
    {
        const string stored = """
            {"name":"Đổi giấy phép lái xe","nameEn":"Change driving licence","level":"vertical","agencyCode":"H15.09",
             "terms":[{"term":{"value":5,"unit":"workingDay"}},{"channel":"post","term":{"value":6.5,"unit":"workingDay"}}],
             "policy":"endOfDay","feeDong":135000,"onlineLevel":"full",
             "components":[{"code":"form","name":"Đơn","nameEn":"Form","required":true,"fromSharedData":false}],
             "steps":[{"role":"reception","hours":2},{"role":"clerk","hours":2.5}],"toBeConfirmed":["term"],"source":"test"}
            """;
        var content = JsonSerializer.Deserialize<ProcedureContent>(stored, Stored.Options)!;

        Assert.Equal(6.5m, content.LimitFor(Channel.Post).Term!.Value.Value);
        Assert.Equal(("form", 1, null), (content.Components[0].Code, content.Components[0].Quantity, content.Components[0].Step));
        Assert.Equal(2.5m, content.Steps[1].Hours);
        Assert.Equal(
            (true, true, false, false),
            (content.Flags.NonTerritorial, content.Flags.AllowsAuthorisation, content.Flags.NoDueDate, content.Flags.PayBefore)
        );
        Assert.Empty(content.Variants);
        Assert.Same(content, content.For(null));
        content.Admit(At("anywhere", Channel.Post));
        Assert.Equal(135_000, Tariff.Quote(content, new(new(2026, 11, 23), Channel.Counter))!.Single().Dong);
        Assert.Equal([MandatoryPart.Channels, MandatoryPart.Components, MandatoryPart.Applicants], content.MissingParts());
    }

    private static Filing At(string centre, Channel channel, string? group = null) =>
        new(new(new(2026, 11, 23), channel, PersonGroup: group)) { CentreCode = centre, ApplicantKind = ApplicantKind.Citizen };

    [Theory]
    [InlineData(nameof(ApplicantKind.Citizen), nameof(ApplicantKind.HouseholdBusiness), true)]
    [InlineData(nameof(ApplicantKind.Organisation), nameof(ApplicantKind.StateBody), true)]
    [InlineData(nameof(ApplicantKind.Enterprise), nameof(ApplicantKind.HouseholdBusiness), false)]
    [InlineData(nameof(ApplicantKind.Citizen), nameof(ApplicantKind.Organisation), false)]
    [InlineData(nameof(ApplicantKind.HouseholdBusiness), nameof(ApplicantKind.Citizen), false)]
    [InlineData(nameof(ApplicantKind.StateBody), nameof(ApplicantKind.Organisation), false)]
    public void A_household_business_may_what_citizens_may_and_a_state_body_what_organisations_may(
        string stated,
        string files,
        bool open
    ) =>
        Assert.Equal(open, (Full with { ApplicantKinds = [Enum.Parse<ApplicantKind>(stated)] }).IsOpenTo(Enum.Parse<ApplicantKind>(files)));

    [Theory]
    [InlineData(nameof(Channel.Counter), true)]
    [InlineData(nameof(Channel.Post), true)]
    [InlineData(nameof(Channel.Online), false)]
    public void A_procedure_of_the_counter_alone_is_not_open_online_whatever_its_channels_say(string word, bool open)
    {
        var channel = Enum.Parse<Channel>(word);
        Assert.Equal(open, (Full with { OnlineLevel = OnlineLevel.CounterOnly, Channels = [] }).Offers(channel));
        var all = Full with { OnlineLevel = OnlineLevel.CounterOnly, Channels = [Channel.Counter, Channel.Online, Channel.Post] };
        Assert.Equal(open, all.Offers(channel));
    }

    [Fact]
    public void What_is_stored_now_is_read_as_it_was()
    {
        var text = JsonSerializer.Serialize(Full, Stored.Options);
        Assert.Equal(text, JsonSerializer.Serialize(JsonSerializer.Deserialize<ProcedureContent>(text, Stored.Options), Stored.Options));
        Assert.DoesNotContain("neededAtReception", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_variant_has_its_own_time_papers_and_steps_and_the_rest_of_the_procedure()
    {
        var complex = Full.For("complex");
        Assert.Equal(15, complex.LimitFor(Channel.Counter).Term!.Value.Value);
        Assert.Equal(20, complex.LimitFor(Channel.Post).Term!.Value.Value);
        Assert.Equal([2m, 80m, 8m], complex.Steps.Select(s => s.Hours));
        Assert.Equal("dossiers.components-missing", Some.Refused(() => complex.Check([new("form", CopyKind.Original, 1, null)])).Code);
        complex.Check([new("form", CopyKind.Original, 1, null), new("proof", CopyKind.Copy, 1, null)]);

        Assert.Equal((null, new TimeOnly(15, 0)), (Full.For("quick").LimitFor(Channel.Counter).Term, Full.For("quick").SameDayCutOff));
        Assert.Equal(5, Full.For("plain").LimitFor(Channel.Counter).Term!.Value.Value);
        Assert.Equal("dossiers.unknown-variant", Some.Refused(() => Full.For("none")).Code);
    }

    [Fact]
    public void In_the_ordinary_case_papers_of_variants_are_not_asked_for_and_those_of_later_steps_not_yet()
    {
        var ordinary = Full.For(null);
        ordinary.Check([new("form", CopyKind.Original, 1, null)]);
        ordinary.Check([new("form", CopyKind.Original, 1, null), new("receipt", CopyKind.Original, 1, null)]);
        var outside = Some.Refused(() => ordinary.Check([new("form", CopyKind.Original, 1, null), new("proof", CopyKind.Copy, 1, null)]));
        Assert.Equal("dossiers.component-unknown", outside.Code);
    }

    [Fact]
    public void A_procedure_that_not_every_centre_receives_is_received_at_those_named()
    {
        var content = Full with { Flags = new(NonTerritorial: false), CentreCodes = ["dak-lak"] };
        content.Admit(At("dak-lak", Channel.Counter));
        Assert.Equal("dossiers.not-received-there", Some.Refused(() => content.Admit(At("66-22015", Channel.Counter))).Code);
        Assert.Equal("dossiers.channel-not-offered", Some.Refused(() => content.Admit(At("dak-lak", Channel.Post))).Code);
        Assert.Equal("dossiers.unknown-person-group", Some.Refused(() => content.Admit(At("dak-lak", Channel.Counter, "poor"))).Code);
    }

    [Fact]
    public void The_seven_mandatory_parts_are_counted()
    {
        Assert.Empty(Full.MissingParts());
        Assert.Equal([MandatoryPart.Name], (Full with { NameEn = "" }).MissingParts());
        Assert.Equal([MandatoryPart.Steps], (Full with { Steps = [] }).MissingParts());
        Assert.Equal([MandatoryPart.Channels], (Full with { Channels = [] }).MissingParts());
        Assert.Equal([MandatoryPart.Components], (Full with { Sets = null }).MissingParts());
        Assert.Equal([MandatoryPart.TimeLimit], (Full with { Terms = [] }).MissingParts());
        Assert.Empty((Full with { Terms = [], Flags = new(NoDueDate: true) }).MissingParts());
        Assert.Equal([MandatoryPart.Applicants], (Full with { ApplicantKinds = [] }).MissingParts());
        Assert.Equal([MandatoryPart.Agency], (Full with { AgencyCode = null }).MissingParts());
        Assert.Empty((Full with { AgencyCode = null, Level = AgencyLevel.Commune }).MissingParts());
    }

    [Fact]
    public void Content_that_holds_together_is_taken() =>
        CatalogueRules.Check(Full with { LegalBasisIds = ["nd-118-2025"] }, Facts, new(2026, 11, 23));

    [Fact]
    public void Content_that_contradicts_itself_is_refused_at_its_place()
    {
        FeeRule fee = new("fee", FeeKind.Fee, "Phí", "Fee", 100);
        (ProcedureContent Content, string Code, string Pointer)[] cases =
        [
            (Full with { SameDayCutOff = new(15, 0) }, "term-unclear", "terms"),
            (Full with { Flags = new(NoDueDate: true) }, "term-without-due-date", "flags/noDueDate"),
            (Full with { Flags = new(NonTerritorial: false) }, "centres-missing", "centreCodes"),
            (Full with { AgencyCode = "H99" }, "unknown-agency", "agencyCode"),
            (Full with { Level = AgencyLevel.Province }, "unknown-agency", "agencyCode"),
            (Full with { Variants = [] }, "unknown-variant", "documents/1/variants"),
            (Full with { Components = [new("a", "a", "a", true, false, Step: 4)] }, "unknown-step", "documents/0/step"),
            (
                Full with
                {
                    Steps = [new("caseOfficer", 8, [new("cooperatingAgency", 9)])],
                },
                "consultation-too-long",
                "steps/0/consultations/0/hours"
            ),
            (Full with { LegalBasisIds = ["none"] }, "unknown-legal-basis", "legalBasisIds/0"),
            (Full with { LegalBasisIds = ["nd-61-2018"] }, "legal-basis-not-in-force", "legalBasisIds/0"),
            (Full with { FeeDong = null, Fees = [fee, fee with { Dong = 5 }] }, "fee-unclear", "fees/1"),
            (
                Full with
                {
                    FeeDong = null,
                    Fees = [fee, fee with { Kind = FeeKind.Charge, Channel = Channel.Online }],
                },
                "fee-unclear",
                "fees/1/kind"
            ),
            (Full with { Fees = [fee] }, "fee-differs", "feeDong"),
            (Full with { Fees = [fee with { VariantCode = "none" }] }, "unknown-variant", "fees/0/variantCode"),
            (Full with { Fees = [fee with { PersonGroup = "none" }] }, "unknown-person-group", "fees/0/personGroup"),
            (Full with { Fees = [fee with { Tiers = [new(3, 1)] }] }, "tiers-unclear", "fees/0/tiers"),
            (Full with { Fees = [fee with { Unit = FeeUnit.Copy, Tiers = [new(3, 1), new(3, 2)] }] }, "tiers-unclear", "fees/0/tiers"),
            (
                Full with
                {
                    Fees = [fee with { EffectiveFrom = new(2026, 1, 2), EffectiveTo = new(2026, 1, 1) }],
                },
                "ends-before-begin",
                "fees/0/effectiveTo"
            ),
            (Full with { Exemptions = [new("none", "nd-118-2025")] }, "unknown-person-group", "exemptions/0/personGroup"),
        ];
        foreach (var (content, code, pointer) in cases)
        {
            var error = Refused(content);
            Assert.Equal(("dossiers." + code, "/details/" + pointer), (error.Code, error.Pointer));
        }
    }

    [Fact]
    public void A_version_does_not_rest_on_what_is_not_yet_or_no_longer_in_force()
    {
        var content = Full with { LegalBasisIds = ["nd-118-2025"] };
        Assert.Equal("dossiers.legal-basis-not-in-force", Refused(content, "2025-06-30").Code);
        CatalogueRules.Check(content, Facts, new(2025, 7, 1));
        CatalogueRules.Check(Full with { LegalBasisIds = ["nd-61-2018"] }, Facts, new(2025, 6, 30));
    }

    [Fact]
    public void Steps_come_from_the_template_unless_there_are_own_ones()
    {
        var named = Full with { Workflow = "SameDay" };
        Assert.Equal(3, CatalogueRules.WithTemplate(named, Facts).Steps.Count);
        Assert.Equal(["reception", "clerk"], CatalogueRules.WithTemplate(named with { Steps = [] }, Facts).Steps.Select(s => s.Role));
        Assert.Equal(
            "dossiers.unknown-workflow-template",
            Some.Refused(() => CatalogueRules.WithTemplate(named with { Workflow = "none" }, Facts)).Code
        );
    }

    [Fact]
    public void A_procedure_ends_on_its_day_and_not_before_its_last_version()
    {
        var procedure = Some.Procedure(Full);
        procedure.Publish(new(2026, 12, 1), "Quyết định 2", Full);
        Assert.Equal("dossiers.ends-too-early", Some.Refused(() => procedure.End(new(2026, 11, 30), "QĐ", null, new(2026, 11, 23))).Code);
        procedure.End(new(2026, 12, 31), "Quyết định 3", "1.000002", new(2026, 11, 23));

        Assert.Equal(2, procedure.InForceOn(new(2026, 12, 31))!.Number);
        Assert.Null(procedure.InForceOn(new(2027, 1, 1)));
        Assert.Equal(new DateOnly(2026, 11, 30), procedure.LastDayOf(procedure.Versions[0]));
        Assert.Equal(new DateOnly(2026, 12, 31), procedure.LastDayOf(procedure.Versions[1]));
        Assert.Equal("dossiers.procedure-ended", Some.Refused(() => procedure.Publish(new(2027, 1, 1), "QĐ", Full)).Code);
        procedure.End(new(2027, 1, 31), "Quyết định 4", null, new(2026, 12, 31));
        Assert.Equal("dossiers.procedure-ended", Some.Refused(() => procedure.End(new(2027, 2, 28), "QĐ", null, new(2027, 2, 1))).Code);
    }
}
