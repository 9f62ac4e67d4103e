using System.Net.Http.Headers;
using Pac.Testing;

namespace Pac.Dossiers.Tests.Features.Documents;

public sealed class AttachTests(DossiersHost fixture) : DocumentTests(fixture)
{
    [Fact]
    public async Task A_scan_is_attached_listed_and_downloaded_as_it_was()
    {
        var (dossier, bytes) = (await Receive(), TestFiles.Pdf());
        var document = (await Attach(dossier, bytes, "Tờ khai của Ánh.pdf")).Expect(201);
        Assert.Equal(
            ("scan", "form", "Tờ khai của Ánh.pdf", Pdf, Sha256(bytes), "notScanned", "uploaded"),
            (
                Text(document, "kind"),
                Text(document, "component"),
                Text(document, "name"),
                Text(document, "mediaType"),
                Text(document, "sha256"),
                Text(document, "virusCheck"),
                Text(document, "origin")
            )
        );
        Assert.True(document.Json.GetProperty("digitised").GetBoolean());
        Assert.Equal(document.Text, (await Officer.Get(document.Location)).Expect(200).Text);
        Assert.Equal(Text(document, "id"), Assert.Single(await FilesOf(dossier, "form")).GetProperty("id").GetString());
        var (answer, downloaded) = await Download(Officer, document.Location);
        Assert.Equal(bytes, downloaded);
        Assert.Equal(Pdf, answer.Content.Headers.ContentType!.ToString());
        Assert.Equal(
            ("attachment", "Tờ khai của Ánh.pdf"),
            (answer.Content.Headers.ContentDisposition!.DispositionType, answer.Content.Headers.ContentDisposition.FileNameStar)
        );
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal(
            "sandbox; default-src 'none'; frame-ancestors 'none'",
            Assert.Single(answer.Headers.GetValues("Content-Security-Policy"))
        );
        Assert.Equal($"\"{Sha256(bytes)}\"", answer.Headers.ETag!.Tag);
    }

    [Fact]
    public async Task A_part_of_a_document_is_downloaded_by_its_range()
    {
        var bytes = TestFiles.LargePdf(3_000_000);
        var document = (await Attach(await Receive(), bytes)).Expect(201).Location;
        var (answer, part) = await Download(Officer, document, new RangeHeaderValue(1_048_570, 2_097_160));
        Assert.Equal(206, (int)answer.StatusCode);
        Assert.Equal(bytes[1_048_570..2_097_161], part);
        (answer, part) = await Download(Officer, document, new RangeHeaderValue(2_999_990, null));
        Assert.Equal(206, (int)answer.StatusCode);
        Assert.Equal(bytes[^10..], part);
        (answer, _) = await Download(Officer, document, new RangeHeaderValue(3_000_000, null));
        Assert.Equal(416, (int)answer.StatusCode);
        Assert.Equal(304, (await Officer.Get(document + "/content", ("If-None-Match", $"\"{Sha256(bytes)}\""))).Status);
    }

    [Fact]
    public async Task Every_download_is_written_to_the_access_log_and_needs_the_right_to_see_personal_data()
    {
        var dossier = await Receive();
        var document = (await Attach(dossier, TestFiles.Pdf())).Expect(201);
        await Download(Host.Client(TestCaller.May("dossiers.read-personal").As("reader")), document.Location);
        Assert.Equal(
            1,
            await Host.Scalar<long>(
                "SELECT count(*) FROM dossiers.access_log WHERE dossier_id = $1 AND subject = 'reader' AND purpose = $2",
                Guid.Parse(Text(dossier, "id")),
                "file:" + Guid.Parse(Text(document, "id")).ToString("N")
            )
        );
        var unentitled = Host.Client(TestCaller.May("dossiers.read", "dossiers.manage-documents").As("curious"));
        (await unentitled.Get(document.Location + "/content")).Expect(403);
        Assert.Equal(
            1,
            await Host.Scalar<long>(
                "SELECT count(*) FROM dossiers.audit WHERE kind = 'Refusal' AND subject = 'curious' AND act = 'ReadDocument'"
            )
        );
        // A name may name a person.
        Assert.False((await unentitled.Get(document.Location)).Expect(200).Json.TryGetProperty("name", out _));
        Assert.False((await FilesOf(dossier, "form", unentitled))[0].TryGetProperty("name", out _));
        (await Over("centre:66-22015").Get(document.Location + "/content")).Expect(404, "document-not-found");
        (await Officer.Get($"{Path(await Receive())}/documents/{Text(document, "id")}/content")).Expect(404, "document-not-found");
    }

    [Fact]
    public async Task The_same_file_is_stored_once_and_goes_with_its_last_document()
    {
        var dossier = await Receive();
        var first = (await Attach(dossier, TestFiles.Pdf())).Expect(201);
        var second = (await Attach(dossier, TestFiles.Pdf(), facts: "kind=scan&component=licence&pages=1")).Expect(201);
        Assert.Equal((1, 0), (Stored("content"), Stored("uploads")));
        foreach (var (document, left) in new[] { (first, 1), (second, 0) })
        {
            (await Remove(document)).Expect(204);
            (await Officer.Get(document.Location)).Expect(404, "document-not-found");
            // It stays for a while, and goes only when nobody has it.
            Host.Clock.Now += TimeSpan.FromHours(1);
            Assert.Equal((0, 0), await Prune());
            Host.Clock.Now += TimeSpan.FromHours(24);
            await Prune();
            Assert.Equal(left, Stored("content"));
        }
        Assert.Equal(0, await Host.Scalar<long>("SELECT count(*) FROM dossiers.contents"));
        // That it was there is not forgotten.
        Assert.Equal(2, await Host.Scalar<long>("SELECT count(*) FROM dossiers.files WHERE removal_reason = 'Quét nhầm'"));
        (await Attach(dossier, TestFiles.Pdf())).Expect(201);
        Assert.Equal(1, Stored("content"));
    }

    [Fact]
    public async Task A_document_is_removed_before_the_transfer_only()
    {
        var dossier = await Receive();
        var document = (await Attach(dossier, TestFiles.Pdf())).Expect(201);
        (await Officer.Post(document.Location + "/remove", new { reason = "Quét nhầm" })).Expect(428);
        (await Officer.Post(document.Location + "/remove", new { reason = "" }, ("If-Match", document.ETag))).Expect(400, "invalid");
        (await Act(dossier, "transfer")).Expect(200);
        (await Remove(document)).Expect(409, "dossiers.document-kept");
    }

    [Fact]
    public async Task Adding_and_removing_stand_in_the_history_of_the_dossier()
    {
        var dossier = await Receive();
        var document = (await Attach(dossier, TestFiles.Pdf())).Expect(201);
        Host.Clock.Now += TimeSpan.FromMinutes(1);
        (await Remove(document)).Expect(204);
        var acts = Items(await Officer.Get(Path(dossier) + "/timeline"), "entries").Select(e => e.GetProperty("act").GetString());
        Assert.Equal(["documentAdded", "documentRemoved"], acts.Where(a => a!.StartsWith("document", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_repeated_request_attaches_once()
    {
        var dossier = await Receive();
        var first = (await Attach(dossier, TestFiles.Pdf(), headers: ("Idempotency-Key", "scan-1"))).Expect(201);
        var again = (await Attach(dossier, TestFiles.Pdf(), headers: ("Idempotency-Key", "scan-1"))).Expect(201);
        Assert.Equal(first.Location, again.Location);
        (await Attach(dossier, TestFiles.Pdf("other"), headers: ("Idempotency-Key", "scan-1"))).Expect(422, "request.key-reused");
        Assert.Single(await FilesOf(dossier, "form"));
        Assert.Equal(0, Stored("uploads"));
    }

    [Fact]
    public async Task A_digest_that_is_stated_must_be_that_of_the_file()
    {
        var dossier = await Receive();
        var bytes = TestFiles.Pdf();
        var right = Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(bytes));
        (await Attach(dossier, bytes, headers: ("Repr-Digest", $"sha-256=:{right}:"))).Expect(201);
        (await Attach(dossier, TestFiles.Pdf("x"), headers: ("Repr-Digest", $"sha-256=:{right}:"))).Expect(
            422,
            "dossiers.file-hash-differs"
        );
        (await Attach(dossier, bytes, headers: ("Repr-Digest", "sha-256=:nonsense:"))).Expect(400, "invalid");
    }

    [Theory]
    [InlineData("kind=scan&pages=1", 422, "dossiers.file-component-needed")]
    [InlineData("kind=result&component=form", 422, "dossiers.file-component-needed")]
    [InlineData("kind=result", 409, "dossiers.no-result-yet")]
    [InlineData("kind=scan&component=unheard&pages=1", 422, "dossiers.component-unknown")]
    [InlineData("kind=scan&component=form", 422, "dossiers.scan-pages-needed")]
    [InlineData("kind=scan&component=form&pages=0", 400, "invalid")]
    [InlineData("kind=electronic&component=form&sharedStore=civil-status", 422, "dossiers.shared-store-unclear")]
    [InlineData("kind=scan&component=form&pages=1&sharedStore=a&sharedReference=b", 422, "dossiers.shared-store-unclear")]
    [InlineData("kind=photo&component=form", 400, "invalid")]
    public async Task Facts_that_do_not_hold_are_refused_before_a_byte_is_kept(string facts, int status, string code)
    {
        var dossier = await Receive();
        (await Attach(dossier, TestFiles.Pdf(), facts: facts)).Expect(status, code);
        Assert.Equal((0, 0), (Stored("content"), Stored("uploads")));
    }

    [Fact]
    public async Task What_was_submitted_electronically_is_not_scanned()
    {
        var reception = Reception();
        reception["documents"] = new object[]
        {
            new { code = "form", kind = "electronic" },
            new
            {
                code = "licence",
                kind = "original",
                pages = 3,
            },
        };
        var dossier = (await Officer.Post("/api/v1/dossiers", reception)).Expect(201);
        (await Attach(dossier, TestFiles.Pdf())).Expect(422, "dossiers.scan-not-needed");
        Assert.Equal(["notNeeded", "missing"], await Digitised());
        (await Attach(dossier, TestFiles.Pdf(), facts: "kind=scan&component=licence&pages=2")).Expect(201);
        Assert.Equal(["notNeeded", "partly"], await Digitised());
        (await Attach(dossier, TestFiles.Pdf("2"), facts: "kind=scan&component=licence&pages=1")).Expect(201);
        Assert.Equal(["notNeeded", "done"], await Digitised());

        async Task<IEnumerable<string?>> Digitised() =>
            Items(await Officer.Get(Path(dossier) + "/documents"), "documents")
                .Where(d => d.GetProperty("code").GetString() is "form" or "licence")
                .OrderBy(d => d.GetProperty("code").GetString(), StringComparer.Ordinal)
                .Select(d => d.GetProperty("digitising").GetString());
    }

    [Fact]
    public async Task What_comes_from_a_shared_store_says_from_which()
    {
        var document = (
            await Attach(
                await Receive(),
                TestFiles.Signed(),
                "ban-sao.xml",
                "application/xml",
                "kind=electronic&component=form&sharedStore=civil-status&sharedReference=HT-66-0001"
            )
        ).Expect(201);
        Assert.Equal(
            ("sharedStore", "civil-status", "HT-66-0001"),
            (Text(document, "origin"), Text(document, "sharedStore"), Text(document, "sharedReference"))
        );
        var signature = document.Json.GetProperty("signature");
        Assert.Equal(
            ("Sở Y tế Đắk Lắk", "XAdES", TestFiles.Certificate.SerialNumber),
            (
                signature.GetProperty("signer").GetString(),
                signature.GetProperty("format").GetString(),
                signature.GetProperty("certificateSerial").GetString()
            )
        );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_result_shows_the_signature_it_carries_and_whether_it_still_holds(bool tampered)
    {
        var dossier = await Settle(await Receive());
        var result = (await Attach(dossier, TestFiles.SignedPdf(tampered), "ket-qua.pdf", facts: "kind=result")).Expect(201);
        var signature = result.Json.GetProperty("signature");
        Assert.Equal("PAdES", signature.GetProperty("format").GetString());
        Assert.Equal("Sở Y tế Đắk Lắk", signature.GetProperty("signer").GetString());
        Assert.Equal(TestFiles.Certificate.SerialNumber, signature.GetProperty("certificateSerial").GetString());
        Assert.Equal("2026-11-20T10:00:00+07:00", signature.GetProperty("signedAt").GetString());
        Assert.Equal(
            (true, !tampered),
            (signature.GetProperty("readFromFile").GetBoolean(), signature.GetProperty("coversWholeFile").GetBoolean())
        );
        var listed = Items(await Officer.Get(Path(dossier) + "/documents"), "results");
        Assert.Equal(Text(result, "id"), Assert.Single(listed).GetProperty("id").GetString());
        // The components of a dossier that has ended stay as they are.
        (await Attach(dossier, TestFiles.Pdf())).Expect(409, "dossiers.documents-closed");
        // A result added by mistake is removed as long as nobody has it.
        (await Remove(result)).Expect(204);
    }

    [Fact]
    public async Task Files_uploaded_while_it_is_in_process_become_the_result_in_the_act_that_settles_it()
    {
        var dossier = await ToLastStep(await Receive());
        var worker = Host.Client([.. Everything.Where(p => p != "dossiers.settle")]);
        (await Attach(dossier, TestFiles.Pdf(), facts: "kind=result", by: worker)).Expect(403, "dossiers.result-by-who-settles");
        var signed = (await Attach(dossier, TestFiles.SignedPdf(false), "ket-qua.pdf", facts: "kind=result")).Expect(201);
        var draft = (await Attach(dossier, TestFiles.Pdf("nháp"), "nhap.pdf", facts: "kind=result")).Expect(201);
        var foreign = (await Attach(await ToLastStep(await Receive()), TestFiles.Pdf("khác"), "khac.pdf", facts: "kind=result")).Expect(
            201
        );
        var paper = (await Attach(dossier, TestFiles.Pdf("đơn"), facts: "kind=electronic&component=form")).Expect(201);
        foreach (var wrong in new[] { foreign, paper })
            (await Act(dossier, "settle", Named(wrong))).Expect(422, "dossiers.result-document-unknown");
        (await Act(dossier, "settle", Named())).Expect(400);

        var settled = (await Act(dossier, "settle", Named(signed))).Expect(200);
        var file = Assert.Single(settled.Json.GetProperty("result").GetProperty("files").EnumerateArray());
        Assert.Equal(
            (Text(signed, "id"), "Sở Y tế Đắk Lắk", TestFiles.Certificate.SerialNumber, true),
            (
                file.GetProperty("documentId").GetString(),
                file.GetProperty("signedBy").GetString(),
                file.GetProperty("certificateSerial").GetString(),
                file.GetProperty("coversWholeFile").GetBoolean()
            )
        );
        // What was not named is no result.
        Assert.Equal(
            Text(signed, "id"),
            Assert.Single(Items(await Officer.Get(Path(dossier) + "/documents"), "results")).GetProperty("id").GetString()
        );
        (await Act(await PayAll(settled), "return", new { method = "online", identityCheck = "eIdentity" })).Expect(200);
        (await Officer.Get($"{Path(dossier)}/documents/{Text(draft, "id")}")).Expect(404);

        static object Named(params Reply[] documents) =>
            new
            {
                number = "12/GP",
                date = "2026-11-23",
                signer = "Giám đốc",
                documentIds = documents.Select(d => Text(d, "id")),
            };
    }

    [Fact]
    public async Task A_procedure_that_wants_an_electronic_result_is_not_settled_without_one()
    {
        var tag = (await Officer.Get("/api/v1/procedures/" + Licence)).ETag;
        var version = CatalogueTests.Version("2026-11-23", "form", "licence");
        var details = System.Text.Json.Nodes.JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(version))!;
        details["details"]!["flags"] = new System.Text.Json.Nodes.JsonObject { ["electronicResult"] = true };
        (await Officer.Post($"/api/v1/procedures/{Licence}/versions", details, ("If-Match", tag))).Expect(201);
        var csv = (await Officer.Get("/api/v1/procedures/export?format=csv")).Text;
        var dossier = await ToLastStep(await Receive());
        (await Act(dossier, "settle", Signed())).Expect(422, "dossiers.result-file-needed");
        (await Attach(dossier, TestFiles.Pdf(), facts: "kind=result")).Expect(201);
        (await Act(dossier, "settle", Signed())).Expect(200);
        // A refusal is a document of its own.
        (await Act(await ToLastStep(await Receive()), "settle", Signed(refusal: "Không đủ điều kiện"))).Expect(200);
        Assert.Contains("electronicResult\"\":true", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stated_signature_is_kept_as_stated()
    {
        var dossier = await Settle(await Receive());
        var announced = Announcement(TestFiles.Pdf().Length, kind: "result", component: null);
        announced["signature"] = new
        {
            signer = "Giám đốc Sở Y tế",
            format = "CAdES",
            certificateSerial = "5404",
            signedAt = "2026-11-20T10:00:00+07:00",
        };
        var document = (await Complete(await Uploaded(dossier, TestFiles.Pdf(), announced))).Expect(201);
        var signature = document.Json.GetProperty("signature");
        Assert.False(signature.GetProperty("readFromFile").GetBoolean());
        Assert.Equal("5404", signature.GetProperty("certificateSerial").GetString());
    }

    [Fact]
    public async Task The_types_are_listed_with_their_limits()
    {
        var types = (await Officer.Get("/api/v1/document-types")).Expect(200);
        Assert.Contains(types.Json.GetProperty("items").EnumerateArray(), t => t.GetProperty("mediaType").GetString() == Pdf);
        Assert.Equal(16 * 1024 * 1024, types.Json.GetProperty("largestDirect").GetInt64());
    }

    private async Task<Reply> Remove(Reply document) =>
        await Officer.Post(
            document.Location + "/remove",
            new { reason = "Quét nhầm" },
            ("If-Match", (await Officer.Get(document.Location)).ETag)
        );

    private Task<(int Uploads, int Contents)> Prune() => PruneTests.Once(Host);
}
