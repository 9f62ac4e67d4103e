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
    public async Task A_result_stands_in_for_a_component_under_its_number()
    {
        var earlier = await Settle(await Receive());
        var result = (await Attach(earlier, TestFiles.Pdf(), facts: "kind=result")).Expect(201);
        Assert.Equal("12/GP", Text((await Reuse(await Receive(), earlier, result)).Expect(201), "replacedResultNumber"));
    }

    [Fact]
    public async Task A_document_of_another_person_needs_an_authorisation()
    {
        var reception = Reception();
        reception["applicant"] = new { name = "Y Bhiông Niê", identityNumber = "066190009999" };
        var earlier = (await Officer.Post("/api/v1/dossiers", reception)).Expect(201);
        var document = (await Attach(earlier, TestFiles.Pdf())).Expect(201);
        var dossier = await Receive();
        (await Reuse(dossier, earlier, document)).Expect(422, "dossiers.reuse-of-another-person");
        var again = (await Reuse(dossier, earlier, document, "Giấy ủy quyền 12/UQ ngày 20/11/2026")).Expect(201);
        Assert.Equal("Giấy ủy quyền 12/UQ ngày 20/11/2026", Text(again, "authorisation"));
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

    private async Task<Reply> Reuse(
        Reply dossier,
        Reply earlier,
        Reply document,
        string? authorisation = null,
        string component = "licence",
        HttpClient? by = null
    ) =>
        await (by ?? Officer).Post(
            Path(dossier) + "/reused-documents",
            new
            {
                dossierId = Text(earlier, "id"),
                documentId = Text(document, "id"),
                component,
                authorisation,
            }
        );
}
