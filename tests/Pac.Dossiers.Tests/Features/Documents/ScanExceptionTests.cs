using System.Text.Json;
using Pac.Testing;

namespace Pac.Dossiers.Tests.Features.Documents;

/// <summary>What need not be scanned, and what the quality index makes of digitising (Circular 03/2025/TT-VPCP, art. 5(2); Decision 766/QĐ-TTg).</summary>
public sealed class ScanExceptionTests(DossiersHost fixture) : DocumentTests(fixture)
{
    [Fact]
    public async Task A_paper_that_is_only_shown_needs_no_scan_and_takes_none()
    {
        var reception = Reception();
        reception["documents"] = new object[] { new { code = "form", kind = "original" }, new { code = "licence", noScan = "onlyShown" } };
        var dossier = (await Officer.Post("/api/v1/dossiers", reception)).Expect(201);
        Assert.Equal(("missing", "notNeeded"), (await Digitising(dossier, "form"), await Digitising(dossier, "licence")));
        (await Attach(dossier, TestFiles.Pdf(), facts: "kind=scan&component=licence&pages=1")).Expect(422, "dossiers.scan-spared");
        (await Attach(dossier, TestFiles.Pdf())).Expect(201);
        Assert.Equal("done", await Digitising(dossier, "form"));
    }

    [Fact]
    public async Task That_no_scan_is_needed_is_noted_with_its_reason_and_can_be_taken_back()
    {
        var dossier = await Receive();
        var secret = new { component = "licence", reason = "secret" };
        var noted = (await Act(dossier, "scan-exceptions", secret)).Expect(200);
        Assert.Equal("notNeeded", await Digitising(noted, "licence"));
        Assert.Contains(
            ("scanNotNeeded", "licence: secret"),
            Items(await Officer.Get(Path(dossier) + "/timeline"), "entries").Select(e => (Member(e, "act"), Member(e, "detail")))
        );
        var back = (await Act(noted, "scan-exceptions", new { component = "licence" })).Expect(200);
        Assert.Equal("missing", await Digitising(back, "licence"));
        (await Attach(back, TestFiles.Pdf(), facts: "kind=scan&component=licence&pages=1")).Expect(201);
        (await Act(back, "scan-exceptions", secret)).Expect(409, "dossiers.scan-there");
    }

    [Fact]
    public async Task Only_a_paper_that_was_handed_in_is_spared_and_only_while_papers_are_taken()
    {
        var dossier = await Receive();
        (await Act(dossier, "scan-exceptions", new { component = "health", reason = "onlyShown" })).Expect(
            422,
            "dossiers.component-not-handed-in"
        );
        (await Act(dossier, "scan-exceptions", new { component = "licence", reason = "tooLong" })).Expect(400);
        var settled = await Settle(dossier);
        (await Act(settled, "scan-exceptions", new { component = "licence", reason = "onlyShown" })).Expect(
            409,
            "dossiers.documents-closed"
        );
    }

    [Fact]
    public async Task The_quality_index_counts_what_is_digitised_used_again_or_taken_from_a_store()
    {
        // With everything: a scan, a document from a shared store, and the result.
        var whole = await Receive();
        (await Attach(whole, TestFiles.Pdf())).Expect(201);
        var facts = "kind=electronic&component=licence&sharedStore=gplx&sharedReference=1";
        (await Attach(whole, TestFiles.Pdf("2"), facts: facts)).Expect(201);
        await WithResult(whole);
        // Nothing to scan, and the result.
        var reception = Reception();
        reception["documents"] = new[] { "form", "licence" }.Select(c => new { code = c, noScan = "onlyShown" });
        await WithResult((await Officer.Post("/api/v1/dossiers", reception)).Expect(201));
        // A result alone, papers were never scanned; and neither.
        await WithResult(await Receive());
        await Settle(await Receive());

        var index = (await Officer.Get("/api/v1/dossier-statistics/quality-index?from=2026-11-01&to=2026-11-30")).Expect(200).Json;
        var shares = index
            .GetProperty("indices")
            .EnumerateArray()
            .Where(i => i.TryGetProperty("share", out _))
            .ToDictionary(i => Member(i, "index")!, i => i.GetProperty("share").GetProperty("numerator").GetInt64());
        Assert.Equal((3, 2, 0, 1), (shares["4.1"], shares["4.2"], shares["4.3"], shares["4.4"]));
    }

    private async Task WithResult(Reply dossier) =>
        (await Attach(await Settle(dossier), TestFiles.Pdf("r"), "ket-qua.pdf", facts: "kind=result")).Expect(201);

    private async Task<string?> Digitising(Reply dossier, string component) =>
        Member(
            Items(await Officer.Get(Path(dossier) + "/documents"), "documents").Single(d => Member(d, "code") == component),
            "digitising"
        );

    private static string? Member(JsonElement of, string name) => of.TryGetProperty(name, out var value) ? value.GetString() : null;
}
