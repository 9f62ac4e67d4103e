using Pac.Testing;

namespace Pac.Dossiers.Tests.Features.Documents;

/// <summary>What the administration has is offered, and not asked for again.</summary>
public sealed class ReusableTests(DossiersHost fixture) : DocumentTests(fixture)
{
    private const string Question = "/api/v1/reusable-documents";
    private const string OfLicence = "kind=scan&component=licence&pages=1";

    private static object Asked(bool verification = false) =>
        new
        {
            items = new[]
            {
                new
                {
                    code = "licence",
                    reason = "Bản sao không rõ",
                    verification,
                },
            },
            legalBasis = "Nghị định 118/2025/NĐ-CP, điều 11",
        };

    private async Task<List<string>> Offered(
        string number = Person.Identity,
        string procedure = Licence,
        Reply? dossier = null,
        HttpClient? client = null
    )
    {
        var question = new
        {
            identityNumber = number,
            procedureCode = procedure,
            dossierId = dossier is null ? null : Text(dossier, "id"),
        };
        return
        [
            .. from part in Items(await (client ?? Officer).Post(Question, question))
            from document in part.GetProperty("documents").EnumerateArray()
            select $"{part.GetProperty("component").GetString()} {document.GetProperty("documentId").GetString()}",
        ];
    }

    [Fact]
    public async Task Earlier_files_of_the_person_are_offered_by_component_and_the_look_is_noted()
    {
        var earlier = await Receive();
        var scan = (await Attach(earlier, TestFiles.Pdf(), facts: OfLicence)).Expect(201);
        (await Attach(earlier, TestFiles.Pdf())).Expect(201); // what is requested is stated anew
        var reply = (await Officer.Post(Question, new { identityNumber = Person.Identity, procedureCode = Licence })).Expect(200);
        Assert.Equal(["form", "health", "licence"], Items(reply).Select(i => i.GetProperty("component").GetString()));
        var offered = Items(reply).SelectMany(i => i.GetProperty("documents").EnumerateArray()).Single();
        Assert.Equal(
            (Text(earlier, "id"), Text(earlier, "code"), Text(scan, "id"), "scan"),
            (
                offered.GetProperty("dossierId").GetString(),
                offered.GetProperty("dossierCode").GetString(),
                offered.GetProperty("documentId").GetString(),
                offered.GetProperty("kind").GetString()
            )
        );
        Assert.DoesNotContain(Person.Identity, reply.Text, StringComparison.Ordinal);
        Assert.Equal(1, await Host.Scalar<long>("SELECT count(*) FROM dossiers.access_log WHERE purpose = 'reusable-documents'"));
        Assert.Empty(await Offered(procedure: Origin));
        Assert.Empty(await Offered(dossier: earlier)); // it is there already
        (await Attach(await Receive(), TestFiles.Pdf(), facts: OfLicence)).Expect(201);
        Assert.Single(await Offered()); // the same content once
    }

    [Fact]
    public async Task A_result_is_offered_for_the_component_that_is_named_after_it()
    {
        var earlier = await Settle(await Receive());
        var result = (await Attach(earlier, TestFiles.Pdf(), facts: "kind=result")).Expect(201);
        var dossier = await Receive();
        var reply = await Officer.Post(
            Question,
            new
            {
                identityNumber = Person.Identity,
                procedureCode = Licence,
                dossierId = Text(dossier, "id"),
            }
        );
        var part = Items(reply).Single(i => i.GetProperty("documents").GetArrayLength() > 0);
        var offered = part.GetProperty("documents")[0];
        Assert.Equal(
            ("licence", Text(result, "id"), "12/GP"),
            (
                part.GetProperty("component").GetString(),
                offered.GetProperty("documentId").GetString(),
                offered.GetProperty("resultNumber").GetString()
            )
        );
        var used = new
        {
            dossierId = Text(earlier, "id"),
            documentId = Text(result, "id"),
            component = "licence",
        };
        (await Officer.Post(Path(dossier) + "/reused-documents", used)).Expect(201);
    }

    [Fact]
    public async Task What_can_be_used_again_is_asked_for_only_to_verify_it()
    {
        var earlier = await Receive();
        var scan = (await Attach(earlier, TestFiles.Pdf(), facts: OfLicence)).Expect(201);
        var working = (await Act(await Receive(), "transfer")).Expect(200);
        foreach (var act in new[] { "request-supplement", "return-to-one-stop" })
        {
            var refused = (await Act(working, act, Asked())).Expect(422, "dossiers.supplement-reusable");
            Assert.Contains("118/2025", refused.Text, StringComparison.Ordinal);
            Assert.Contains(Text(scan, "id"), refused.Text, StringComparison.Ordinal);
            Assert.Contains(Text(earlier, "code"), refused.Text, StringComparison.Ordinal);
            Assert.Equal("/items/0/code", Assert.Single(Faults(refused)).Pointer);
        }
        (await Act(working, "request-supplement", Asked(verification: true))).Expect(200);
    }

    [Fact]
    public async Task A_file_that_was_removed_or_is_of_another_person_is_neither_offered_nor_held_against_a_request()
    {
        var removed = (await Attach(await Receive(), TestFiles.Pdf(), facts: OfLicence)).Expect(201);
        (await Officer.Post(removed.Location + "/remove", new { reason = "Nhầm" }, ("If-Match", removed.ETag))).Expect(204);
        var other = Reception();
        other["applicant"] = new { name = "Y Bhiông Niê", identityNumber = "066190009999" };
        (await Attach((await Officer.Post("/api/v1/dossiers", other)).Expect(201), TestFiles.Pdf(), facts: OfLicence)).Expect(201);
        // The applicant of this one acts for its owner: the paper is the owner's.
        var forOther = Reception();
        forOther["involved"] = new { owner = new { name = "Y Bhiông Niê", identityNumber = "066190009999" }, capacity = "guardian" };
        var affair = (await Officer.Post("/api/v1/dossiers", forOther)).Expect(201);
        (await Attach(affair, TestFiles.Pdf(), facts: OfLicence)).Expect(201);

        Assert.Empty(await Offered());
        Assert.Single(await Offered("066190009999"));
        var working = (await Act(await Receive(), "transfer")).Expect(200);
        (await Act(working, "request-supplement", Asked())).Expect(200);
        var owners = (await Act(affair, "transfer")).Expect(200);
        (await Act(owners, "request-supplement", Asked())).Expect(422, "dossiers.supplement-reusable");
    }

    [Fact]
    public async Task What_the_officer_may_not_see_is_neither_offered_nor_held_against_a_request()
    {
        (await Attach(await Receive(), TestFiles.Pdf(), facts: OfLicence)).Expect(201);
        var ward = Over("centre:" + Facilities.Ward);
        Assert.Empty(await Offered(client: ward));
        Assert.Single(await Offered(client: Over("agency:" + Police)));
        var dossier = await Receive(centre: Facilities.Ward);
        var working = (await Act(dossier, "transfer")).Expect(200);
        (await Act(working, "request-supplement", Asked(), ward)).Expect(200);
        (
            await ward.Post(
                Question,
                new
                {
                    identityNumber = Person.Identity,
                    procedureCode = Licence,
                    dossierId = Text(await Receive(), "id"),
                }
            )
        ).Expect(404);
    }

    [Fact]
    public async Task At_a_counter_that_receives_nothing_it_is_not_asked_for_either()
    {
        var earlier = await Receive();
        var scan = (await Attach(earlier, TestFiles.Pdf(), facts: OfLicence)).Expect(201);
        Dictionary<string, object?> Lacking(string? number, bool verification = false) =>
            new()
            {
                ["centreCode"] = Facilities.Centre,
                ["procedureCode"] = Licence,
                ["kind"] = "incomplete",
                ["legalBasis"] = "Nghị định 118/2025/NĐ-CP, điều 17",
                ["person"] = new { name = Person.Name, identityNumber = number },
                ["items"] = new[]
                {
                    new
                    {
                        code = "licence",
                        reason = "Thiếu bản chính",
                        verification,
                    },
                },
            };
        const string answers = "/api/v1/counter-answers";
        var refused = (await Officer.Post(answers, Lacking(Person.Identity))).Expect(422, "dossiers.supplement-reusable");
        Assert.Contains("118/2025", refused.Text, StringComparison.Ordinal);
        Assert.Contains(Text(scan, "id"), refused.Text, StringComparison.Ordinal);
        Assert.Equal("/items/0/code", Assert.Single(Faults(refused)).Pointer);
        Assert.Equal(0, await Host.Scalar<long>("SELECT count(*) FROM dossiers.counter_answers"));
        (await Officer.Post(answers, Lacking(Person.Identity, verification: true))).Expect(201);
        // Nobody knows whose paper it is, or whoever answers does not see it.
        (await Officer.Post(answers, Lacking(null))).Expect(201);
        (await Officer.Post(answers, Lacking("066190009999"))).Expect(201);
        var elsewhere = new Dictionary<string, object?>(Lacking(Person.Identity)) { ["centreCode"] = Facilities.Ward };
        (await Over("centre:" + Facilities.Ward).Post(answers, elsewhere)).Expect(201);
    }

    [Theory]
    [InlineData("066190001234", "9.999999", false, "dossiers.unknown-procedure")]
    [InlineData("066190001234", Birth, true, "dossiers.reuse-other-procedure")]
    [InlineData("066190009999", Licence, true, "dossiers.reuse-no-part")]
    public async Task A_question_that_fits_no_dossier_is_told_its_fault(string identityNumber, string procedureCode, bool with, string code)
    {
        var dossierId = with ? Text(await Receive(), "id") : null;
        (
            await Officer.Post(
                Question,
                new
                {
                    identityNumber,
                    procedureCode,
                    dossierId,
                }
            )
        ).Expect(422, code);
    }
}
