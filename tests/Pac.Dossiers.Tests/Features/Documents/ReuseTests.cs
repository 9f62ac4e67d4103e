using Pac.Testing;

namespace Pac.Dossiers.Tests.Features.Documents;

public sealed class ReuseTests(DossiersHost fixture) : DocumentTests(fixture)
{
    [Fact]
    public async Task A_document_of_the_same_person_is_referred_to_and_not_copied()
    {
        var (earlier, dossier) = (await Receive(), await Receive());
        var document = (await Attach(earlier, TestFiles.Pdf())).Expect(201);
        var again = (await Reuse(dossier, earlier, document)).Expect(201);
        Assert.Equal(
            ("reused", Text(earlier, "id"), Text(document, "id"), "licence", Text(document, "sha256")),
            (
                Text(again, "origin"),
                Text(again, "reusedFromDossier"),
                Text(again, "reusedFrom"),
                Text(again, "component"),
                Text(again, "sha256")
            )
        );
        Assert.Equal(1, Stored("content"));
        Assert.Equal(TestFiles.Pdf(), (await Download(Officer, again.Location)).Bytes);
        // The bytes stay as long as one of the two refers to them.
        (await Officer.Post(document.Location + "/remove", new { reason = "Nhầm" }, ("If-Match", document.ETag))).Expect(204);
        Host.Clock.Now += TimeSpan.FromDays(2);
        Assert.Equal((0, 0), await PruneTests.Once(Host));
        Assert.Equal(TestFiles.Pdf(), (await Download(Officer, again.Location)).Bytes);
        (await Reuse(dossier, earlier, document)).Expect(404, "document-not-found");
    }

    [Fact]
    public async Task What_was_filed_for_an_owner_is_not_that_of_whoever_filed_it()
    {
        var forOther = Reception();
        forOther["involved"] = new { owner = new { name = "Trần Thị Chủ", identityNumber = "066190000177" }, capacity = "relative" };
        var earlier = (await Officer.Post("/api/v1/dossiers", forOther)).Expect(201);
        var document = (await Attach(earlier, TestFiles.Pdf())).Expect(201);
        var own = await Receive();
        Assert.Equal("dossiers.reuse-of-another-person", (await Reuse(own, earlier, document)).Json.GetProperty("code").GetString());
    }

    [Fact]
    public async Task What_was_drafted_for_a_result_that_never_came_stands_in_for_nothing()
    {
        var stopped = await ToLastStep(await Receive());
        var draft = (await Attach(stopped, TestFiles.Pdf(), facts: "kind=result")).Expect(201);
        stopped = (await Act(await Officer.Get(Path(stopped)), "stop", new { reason = "Theo đơn", legalBasis = "Luật 1" })).Expect(200);
        Assert.Equal("dossiers.no-result-yet", (await Reuse(await Receive(), stopped, draft)).Json.GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_result_stands_in_for_a_component_under_its_number()
    {
        var earlier = await Settle(await Receive());
        var result = (await Attach(earlier, TestFiles.Pdf(), facts: "kind=result")).Expect(201);
        Assert.Equal("12/GP", Text((await Reuse(await Receive(), earlier, result)).Expect(201), "replacedResultNumber"));
    }

    [Fact]
    public async Task What_is_used_again_is_asked_for_only_to_verify_it()
    {
        var earlier = await Receive();
        var document = (await Attach(earlier, TestFiles.Pdf())).Expect(201);
        var dossier = await Receive();
        (await Reuse(dossier, earlier, document)).Expect(201);
        var working = (await Act(await Officer.Get(Path(dossier)), "transfer")).Expect(200);
        object Asked(bool verification) =>
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
        var refused = (await Act(working, "request-supplement", Asked(false))).Expect(422, "dossiers.supplement-already-digital");
        Assert.Contains("118/2025", refused.Text, StringComparison.Ordinal);
        (await Act(working, "request-supplement", Asked(true))).Expect(200);
    }

    [Fact]
    public async Task A_document_of_another_person_is_not_used_whatever_is_said_about_it()
    {
        var (earlier, document) = await OfAnother();
        var dossier = await Receive();
        (await Reuse(dossier, earlier, document)).Expect(422, "dossiers.reuse-of-another-person");
        var said = new
        {
            dossierId = Text(earlier, "id"),
            documentId = Text(document, "id"),
            component = "licence",
            authorisation = "Giấy ủy quyền 12/UQ ngày 20/11/2026",
        };
        (await Officer.Post(Path(dossier) + "/reused-documents", said)).Expect(400);
    }

    [Theory]
    [InlineData("owner", null)]
    [InlineData("representative", "12/UQ")]
    public async Task A_document_of_the_owner_or_the_authorised_representative_is_used_again(string part, string? authorisation)
    {
        var (earlier, document) = await OfAnother();
        var reception = Reception();
        reception["involved"] = new Dictionary<string, object?>
        {
            [part] = Another,
            ["authorisation"] = authorisation is null ? null : new { number = authorisation, date = "2026-11-20" },
            ["capacity"] = authorisation is null ? "relative" : null,
        };
        var dossier = (await Officer.Post("/api/v1/dossiers", reception)).Expect(201);
        var again = (await Reuse(dossier, earlier, document)).Expect(201);
        Assert.Equal(authorisation, again.Json.TryGetProperty("authorisation", out var paper) ? paper.GetString() : null);
    }

    private static readonly object Another = new { name = "Y Bhiông Niê", identityNumber = "066190009999" };

    private async Task<(Reply Earlier, Reply Document)> OfAnother()
    {
        var reception = Reception();
        reception["applicant"] = Another;
        var earlier = (await Officer.Post("/api/v1/dossiers", reception)).Expect(201);
        return (earlier, (await Attach(earlier, TestFiles.Pdf())).Expect(201));
    }

    [Fact]
    public async Task A_document_that_the_officer_may_not_see_is_not_found()
    {
        var earlier = await Receive();
        var document = (await Attach(earlier, TestFiles.Pdf())).Expect(201);
        var dossier = await Receive(Birth, Facilities.Ward, WardCommittee);
        (await Reuse(dossier, earlier, document, component: "form", by: Over("centre:" + Facilities.Ward))).Expect(
            404,
            "document-not-found"
        );
    }

    private async Task<Reply> Reuse(Reply dossier, Reply earlier, Reply document, string component = "licence", HttpClient? by = null) =>
        await (by ?? Officer).Post(
            Path(dossier) + "/reused-documents",
            new
            {
                dossierId = Text(earlier, "id"),
                documentId = Text(document, "id"),
                component,
            }
        );
}
