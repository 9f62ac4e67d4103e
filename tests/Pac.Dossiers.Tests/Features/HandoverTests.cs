using Pac.Testing;

namespace Pac.Dossiers.Tests.Features;

/// <summary>Whoever takes a result is known, whichever way it goes.</summary>
public sealed class HandoverTests(DossiersHost fixture) : DossierTests(fixture)
{
    private static object By(string identityCheck, object? authorisation = null) =>
        new
        {
            method = "counter",
            receiver = "Trần Văn Bình",
            identityCheck,
            authorisation,
        };

    private static object Paper(string date, string? validUntil = null) =>
        new
        {
            number = "05/UQ",
            date,
            validUntil,
        };

    [Fact]
    public async Task By_authorisation_there_is_one_in_force_on_the_dossier_or_with_the_act()
    {
        var alone = await SettlePaid(await Receive());
        (await Act(alone, "return", By("authorisation"))).Expect(422, "dossiers.return-authorisation-missing");
        (await Act(alone, "return", By("authorisation", Paper("2026-11-24")))).Expect(422, "dossiers.return-authorisation-over");
        (await Act(alone, "return", By("authorisation", Paper("2026-11-20", "2026-11-22")))).Expect(
            422,
            "dossiers.return-authorisation-over"
        );
        var given = (await Act(alone, "return", By("authorisation", Paper("2026-11-20")))).Expect(200);
        Assert.Equal(
            ("Trần Văn Bình", "authorisation", "05/UQ", "2026-11-20"),
            (
                Handed(given, "receiver"),
                Handed(given, "identityCheck"),
                Handed(given, "authorisationNumber"),
                Handed(given, "authorisationDate")
            )
        );
        Assert.Equal(given.Text, (await Officer.Get(Path(given))).Text);

        var reception = Reception();
        reception["involved"] = new
        {
            representative = new { name = "Trần Văn Bình", identityNumber = "066085000111" },
            authorisation = Paper("2026-11-20", "2026-11-23"),
        };
        var represented = await SettlePaid((await Officer.Post("/api/v1/dossiers", reception)).Expect(201));
        Assert.Equal("05/UQ", Handed((await Act(represented, "return", By("authorisation"))).Expect(200), "authorisationNumber"));
        var later = await SettlePaid((await Officer.Post("/api/v1/dossiers", reception)).Expect(201));
        Host.Clock.Now = DakLak.At("2026-11-25 09:00");
        (await Act(later, "return", By("authorisation"))).Expect(422, "dossiers.return-authorisation-missing");
    }

    [Fact]
    public async Task By_post_the_consignment_is_kept_with_the_dossier_and_told_to_nobody_else()
    {
        var settled = await SettlePaid(await Receive());
        (await Act(settled, "return", new { method = "post" })).Expect(422, "dossiers.consignment-missing");
        (await Act(settled, "return", new { method = "post", consignmentNumber = "<b>" })).Expect(400);
        var sent = (await Act(settled, "return", ByPost)).Expect(200);
        Assert.Equal((Person.Name, "EE123456789VN"), (Handed(sent, "receiver"), Handed(sent, "consignmentNumber")));
        var tracked = (await Host.Anonymous().Get("/api/v1/tracking/" + Text(sent, "code"))).Expect(200);
        Assert.Equal("post", Text(tracked, "returnMethod"));
        // Codes can be guessed; with the number a carrier tells who gets what where.
        foreach (var personal in new[] { Person.Name, "EE123456789VN" })
            Assert.DoesNotContain(personal, tracked.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_shows_another_identity_than_that_of_the_dossier_shows_an_authorisation()
    {
        var settled = await SettlePaid(await Receive());
        (await Act(settled, "return", By("identityCard"))).Expect(422, "dossiers.return-authorisation-missing");
        var given = (await Act(settled, "return", By("identityCard", Paper("2026-11-20")))).Expect(200);
        Assert.Equal("05/UQ", Handed(given, "authorisationNumber"));
        var own = new
        {
            method = "counter",
            receiver = "nguyen thi anh nguyet",
            identityCheck = "identityCard",
        };
        (await Act(await SettlePaid(await Receive()), "return", own)).Expect(200);
        // The paper of one representative is not that of somebody else.
        var reception = Reception();
        reception["involved"] = new
        {
            representative = new { name = "Lê Thị Khác", identityNumber = "066185000112" },
            authorisation = Paper("2026-11-20"),
        };
        var represented = await SettlePaid((await Officer.Post("/api/v1/dossiers", reception)).Expect(201));
        (await Act(represented, "return", By("authorisation"))).Expect(422, "dossiers.return-authorisation-missing");
        (await Act(represented, "return", By("receipt"))).Expect(200);
    }

    [Fact]
    public async Task A_draft_of_the_result_is_no_letter_of_a_refusal_and_no_result_without_its_document()
    {
        var dossier = await ToLastStep(await Receive());
        var file = (await AttachResult(dossier)).Expect(201);
        dossier = (await Officer.Get(Path(dossier))).Expect(200);
        (await Act(dossier, "settle", new { })).Expect(422, "dossiers.result-missing");
        (await Act(dossier, "settle", Signed(refusal: "Không đủ điều kiện"))).Expect(422, "dossiers.result-files-unnamed");
        var settled = (await Act(dossier, "settle", Signed())).Expect(200);
        // What was issued as a file is exchanged by nobody but who may issue one, and the result knows.
        var clerk = Host.Client([.. Everything.Where(p => p != "dossiers.settle")]);
        (await clerk.Post(file.Location + "/remove", new { reason = "Nhầm" }, ("If-Match", file.ETag))).Expect(
            403,
            "dossiers.result-by-who-settles"
        );
        (await Officer.Post(file.Location + "/remove", new { reason = "Nhầm" }, ("If-Match", file.ETag))).Expect(204);
        Assert.Equal(0, (await Officer.Get(Path(settled))).Json.GetProperty("result").GetProperty("files").GetArrayLength());
    }

    [Fact]
    public async Task Online_there_is_a_file_and_the_holder_is_identified()
    {
        var settled = await SettlePaid(await Receive());
        (await Act(settled, "return", new { method = "online", identityCheck = "eIdentity" })).Expect(422, "dossiers.result-file-missing");
        (await AttachResult(settled)).Expect(201);
        (await Act(settled, "return", new { method = "online" })).Expect(422, "dossiers.holder-unidentified");
        (await Act(settled, "return", new { method = "online", identityCheck = "receipt" })).Expect(422, "dossiers.holder-unidentified");
        (await Act(settled, "return", new { method = "online", identityCheck = "eIdentity" })).Expect(200);

        var submitted = (await Officer.Post("/api/v1/online-submissions", Reception())).Expect(201);
        var online = await SettlePaid((await Act(submitted, "accept")).Expect(200));
        (await AttachResult(online)).Expect(201);
        (await Act(online, "return", new { method = "online" })).Expect(200);
    }

    private static string? Handed(Reply dossier, string member) => dossier.Json.GetProperty("handover").GetProperty(member).GetString();
}
