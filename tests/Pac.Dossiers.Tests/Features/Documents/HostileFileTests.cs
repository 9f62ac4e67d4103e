using Pac.Testing;

namespace Pac.Dossiers.Tests.Features.Documents;

/// <summary>Files that lie, exceed limits, are empty or hostile are refused and leave nothing behind.</summary>
public sealed class HostileFileTests(DossiersHost fixture) : DocumentTests(fixture)
{
    private const string Facts = "kind=electronic&component=form";

    public static TheoryData<string, string, string, string> Hostile =>
        new()
        {
            { "empty", "a.pdf", Pdf, "file-empty" },
            { "text", "a.pdf", Pdf, "file-content-differs" },
            { "exe", "a.pdf", Pdf, "file-content-differs" },
            { "jpeg", "a.pdf", Pdf, "file-content-differs" },
            { "pdf", "a.jpg", "image/jpeg", "file-content-differs" },
            { "png", "a.jpg", "image/jpeg", "file-content-differs" },
            { "docx", "a.pdf", Pdf, "file-content-differs" },
            { "docx", "a.xlsx", TestFiles.XlsxType, "file-content-differs" },
            { "zip", "a.docx", TestFiles.DocxType, "file-content-differs" },
            { "pdf after junk", "a.pdf", Pdf, "file-content-differs" },
            { "pdf cut", "a.pdf", Pdf, "file-broken" },
            { "jpeg cut", "a.jpg", "image/jpeg", "file-broken" },
            { "png cut", "a.png", "image/png", "file-broken" },
            { "png and more", "a.png", "image/png", "file-broken" },
            { "tiff without directory", "a.tif", "image/tiff", "file-broken" },
            { "pdf with zip", "a.pdf", Pdf, "file-two-in-one" },
            { "jpeg with zip", "a.jpg", "image/jpeg", "file-two-in-one" },
            { "jpeg with pdf", "a.jpg", "image/jpeg", "file-two-in-one" },
            { "jpeg with script", "a.jpg", "image/jpeg", "file-two-in-one" },
            { "docx after junk", "a.docx", TestFiles.DocxType, "file-content-differs" },
            { "docx and more", "a.docx", TestFiles.DocxType, "file-broken" },
            { "docx bomb", "a.docx", TestFiles.DocxType, "file-bomb" },
            { "docx that lies", "a.docx", TestFiles.DocxType, "file-bomb" },
            { "docx that overlaps", "a.docx", TestFiles.DocxType, "file-bomb" },
            { "docx with many parts", "a.docx", TestFiles.DocxType, "file-bomb" },
            { "docx with macro", "a.docx", TestFiles.DocxType, "file-active" },
            { "docx with object", "a.docx", TestFiles.DocxType, "file-active" },
            { "docx with program", "a.docx", TestFiles.DocxType, "file-active" },
            { "docx with template from elsewhere", "a.docx", TestFiles.DocxType, "file-active" },
            { "xlsx with object from elsewhere", "a.xlsx", TestFiles.XlsxType, "file-active" },
            { "docx with frame from elsewhere", "a.docx", TestFiles.DocxType, "file-active" },
            { "docx with broken relations", "a.docx", TestFiles.DocxType, "file-broken" },
            { "pdf with script", "a.pdf", Pdf, "file-active" },
            { "pdf with script written otherwise", "a.pdf", Pdf, "file-active" },
            { "pdf with script and noise", "a.pdf", Pdf, "file-active" },
            { "pdf that starts a program", "a.pdf", Pdf, "file-active" },
            { "pdf with a file inside", "a.pdf", Pdf, "file-active" },
            { "pdf with a player", "a.pdf", Pdf, "file-active" },
            { "pdf with a form of scripts", "a.pdf", Pdf, "file-active" },
            { "pdf with script among objects", "a.pdf", Pdf, "file-active" },
            { "pdf with script behind many objects", "a.pdf", Pdf, "file-active" },
            { "pdf with script and a wrong checksum", "a.pdf", Pdf, "file-active" },
            { "pdf with script added later", "a.pdf", Pdf, "file-active" },
            { "pdf with objects in hexadecimal", "a.pdf", Pdf, "file-protected" },
            { "pdf with encrypted objects", "a.pdf", Pdf, "file-protected" },
            { "pdf bomb", "a.pdf", Pdf, "file-bomb" },
            { "docx that climbs", "a.docx", TestFiles.DocxType, "file-broken" },
            { "xml unsigned", "a.xml", "application/xml", "file-unsigned" },
            { "xml broken", "a.xml", "application/xml", "file-broken" },
            { "xml with entities", "a.xml", "application/xml", "file-broken" },
            { "svg with script", "a.xml", "application/xml", "file-active" },
            { "xml with svg inside", "a.xml", "application/xml", "file-active" },
            { "xml with style sheet", "a.xml", "application/xml", "file-active" },
            { "xml too deep", "a.xml", "application/xml", "file-broken" },
        };

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task Hostile_files_are_refused_and_leave_nothing_behind(string what, string name, string type, string finding)
    {
        var (dossier, bytes) = (await Receive(), Make(what));
        var reply = (await Attach(dossier, bytes, name, type, Facts)).Expect(422, "dossiers." + finding);
        Assert.DoesNotContain(name, reply.Text, StringComparison.Ordinal);
        if (bytes.Length > 0)
        {
            var upload = await Uploaded(dossier, bytes, Announcement(bytes.Length, name, type, kind: "electronic"));
            (await Complete(upload)).Expect(422, "dossiers." + finding);
        }
        Assert.Empty(await FilesOf(dossier, "form"));
        Assert.Equal((0, 0), (Stored("content"), Stored("uploads")));
        Assert.Equal(0, await Host.Scalar<long>("SELECT count(*) FROM dossiers.contents"));
    }

    [Theory]
    [InlineData("docx", "a.docx", TestFiles.DocxType)]
    [InlineData("xlsx", "a.XLSX", TestFiles.XlsxType)]
    [InlineData("jpeg", "a.jpeg", "image/jpeg")]
    [InlineData("png", "a.png", "image/png")]
    [InlineData("tiff", "a.tif", "image/tiff")]
    [InlineData("pdf", "a.PDF", Pdf)]
    [InlineData("xml", "a.xml", "application/xml")]
    [InlineData("docx with links and a chart", "a.docx", TestFiles.DocxType)]
    [InlineData("pdf that opens on a page", "a.pdf", Pdf)]
    [InlineData("pdf of objects in streams", "a.pdf", Pdf)]
    [InlineData("pdf of noise", "a.pdf", Pdf)]
    public async Task Honest_files_are_taken(string what, string name, string type) =>
        (await Attach(await Receive(), Make(what), name, type, Facts)).Expect(201);

    [Theory]
    [InlineData("../a.pdf", 422, "dossiers.file-name-unsafe")]
    [InlineData("a\0.pdf", 422, "dossiers.file-name-unsafe")]
    [InlineData("a.pdf.exe", 422, "dossiers.file-extension-differs")]
    [InlineData("a\u202Efdp.pdf", 422, "dossiers.file-name-unsafe")]
    public async Task Names_that_are_no_names_are_refused(string name, int status, string code)
    {
        (await Attach(await Receive(), TestFiles.Pdf(), name, facts: Facts)).Expect(status, code);
        Assert.Equal((0, 0), (Stored("content"), Stored("uploads")));
    }

    [Fact]
    public async Task A_name_is_needed_and_a_type_that_is_taken()
    {
        var dossier = await Receive();
        var path = $"{Path(dossier)}/documents?{Facts}";
        (await Officer.Call(HttpMethod.Post, path, Calls.Body(TestFiles.Pdf(), Pdf))).Expect(400);
        (await Officer.Call(HttpMethod.Post, path, Calls.Body(TestFiles.Pdf(), Pdf), ("Content-Disposition", "attachment"))).Expect(
            400,
            "invalid"
        );
        (await Attach(dossier, TestFiles.Bytes("<svg/>"), "a.svg", "image/svg+xml", Facts)).Expect(415);
    }

    [Fact]
    public async Task More_than_the_limit_is_refused_whether_announced_or_not()
    {
        var dossier = await Receive();
        using var announced = Request("application/pdf", "a.pdf", new byte[16 * 1024 * 1024 + 1]);
        announced.Headers.ExpectContinue = true;
        using var refused = await Officer.SendAsync(announced, TestContext.Current.CancellationToken);
        Assert.Equal(413, (int)refused.StatusCode);
        using var unannounced = Request("application/xml", "a.xml", new byte[5 * 1024 * 1024 + 1]);
        unannounced.Headers.TransferEncodingChunked = true;
        using var answer = await Officer.SendAsync(unannounced, TestContext.Current.CancellationToken);
        Assert.Equal(413, (int)answer.StatusCode);
        Assert.Equal((0, 0), (Stored("content"), Stored("uploads")));

        HttpRequestMessage Request(string type, string name, byte[] bytes) =>
            new(HttpMethod.Post, $"{Path(dossier)}/documents?{Facts}")
            {
                Content = new ByteArrayContent(bytes)
                {
                    Headers =
                    {
                        ContentDisposition = new("attachment") { FileName = name },
                        ContentType = new(type),
                    },
                },
            };
    }

    private static byte[] Make(string what)
    {
        byte[] zip = TestFiles.Docx();
        return what switch
        {
            "empty" => [],
            "text" => TestFiles.Bytes("Kính gửi: Sở Y tế"),
            "exe" => [0x4D, 0x5A, 0x90, 0x00, 0x03, 0x00],
            "jpeg" => TestFiles.Jpeg,
            "png" => TestFiles.Png,
            "tiff" => TestFiles.Tiff,
            "pdf" => TestFiles.Pdf(),
            "xml" => TestFiles.Signed(),
            "docx" => zip,
            "xlsx" => TestFiles.Office("xl/workbook.xml"),
            "zip" => TestFiles.Office("readme.txt"),
            "pdf after junk" => [.. TestFiles.Bytes("#!/bin/sh\n"), .. TestFiles.Pdf()],
            "pdf cut" => TestFiles.Pdf()[..60],
            "jpeg cut" => TestFiles.Jpeg[..^2],
            "png cut" => TestFiles.Png[..^5],
            "png and more" => [.. TestFiles.Png, 1, 2, 3],
            "tiff without directory" => [0x49, 0x49, 0x2A, 0, 0xFF, 0xFF, 0, 0],
            "pdf with zip" => [.. TestFiles.Pdf(), .. zip],
            "jpeg with zip" => [.. TestFiles.Jpeg, .. zip],
            "jpeg with pdf" => [.. TestFiles.Jpeg[..20], .. TestFiles.Pdf(), 0xFF, 0xD9],
            "jpeg with script" => [.. TestFiles.Jpeg[..20], .. TestFiles.Bytes("<SCRIPT>alert(1)</SCRIPT>"), 0xFF, 0xD9],
            "docx after junk" => [.. TestFiles.Bytes("MZ"), .. zip],
            "docx and more" => [.. zip, 1, 2, 3],
            "docx bomb" => TestFiles.Docx(("word/media.bin", new byte[40_000_000])),
            "docx that lies" => TestFiles.LyingDocx(),
            "docx that overlaps" => TestFiles.OverlappingDocx(),
            "docx with many parts" => TestFiles.Docx([.. Enumerable.Range(0, 10_001).Select(i => ($"word/{i}", Array.Empty<byte>()))]),
            "docx with macro" => TestFiles.Docx(("word/vbaProject.bin", [1])),
            "docx with object" => TestFiles.Docx(("word/embeddings/oleObject1.bin", [1])),
            "docx with program" => TestFiles.Docx(("word/embeddings/Microsoft_Excel_Sheet1.xlsm", [1])),
            "docx with template from elsewhere" => TestFiles.Docx(
                TestFiles.Related("word/_rels/settings.xml.rels", "attachedTemplate", "https://example.vn/a.dotm")
            ),
            "xlsx with object from elsewhere" => TestFiles.Office(
                "xl/workbook.xml",
                TestFiles.Related("xl/worksheets/_rels/sheet1.xml.rels", "oleObject", "mhtml:https://example.vn/a")
            ),
            "docx with frame from elsewhere" => TestFiles.Docx(
                TestFiles.Related("word/_rels/webSettings.xml.rels", "frame", "https://example.vn/a.rtf")
            ),
            "docx with broken relations" => TestFiles.Docx(("word/_rels/document.xml.rels", TestFiles.Bytes("<Relationships>"))),
            "docx with links and a chart" => TestFiles.Docx(
                TestFiles.Related("word/_rels/document.xml.rels", "hyperlink", "https://dichvucong.gov.vn"),
                ("word/embeddings/Microsoft_Excel_Sheet1.xlsx", TestFiles.Office("xl/workbook.xml"))
            ),
            "pdf with script" => TestFiles.PdfWith("/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>"),
            "pdf with script written otherwise" => TestFiles.PdfWith("/OpenAction<</S/J#61va#53cr#69pt/J#53(1)>>"),
            "pdf with script and noise" => TestFiles.PdfWith("/OpenAction<</S/JavaScript%ÿÿÿÿ\n/JS(1)>>"),
            "pdf that starts a program" => TestFiles.PdfWith("/OpenAction << /S /Launch /F (cmd.exe) >>"),
            "pdf with a file inside" => TestFiles.PdfWith("/Names<</EmbeddedFiles<</Names[(a)3 0 R]>>>>"),
            "pdf with a player" => TestFiles.PdfWith("/Annots[<</Subtype/RichMedia>>]"),
            "pdf with a form of scripts" => TestFiles.PdfWith("/AcroForm<</XFA [(template) 4 0 R]>>"),
            "pdf with script among objects" => TestFiles.PdfOfObjects("4 0 <</S/JavaScript/JS(1)>>"),
            "pdf with script behind many objects" => TestFiles.PdfOfObjects(
                "4 0 " + string.Concat(Enumerable.Repeat("<</Type/Annot/Rect[0 0 1 1]>>\n", 10_000)) + "<</S/Launch>>"
            ),
            "pdf with script and a wrong checksum" => TestFiles.PdfOfObjects("4 0 <</S/JavaScript/JS(1)>>", spoil: true),
            "pdf with script added later" =>
            [
                .. TestFiles.Pdf(),
                .. TestFiles.Bytes("1 0 obj<</Type/Catalog/AA<</WC<</S/JavaScript/JS 5 0 R>>>>>>endobj\nstartxref\n9\n%%EOF\n"),
            ],
            "pdf with objects in hexadecimal" => TestFiles.PdfWith(
                "/Pages 2 0 R>>endobj 7 0 obj<</Type/ObjStm/N 1/First 4/Filter/ASCIIHexDecode>>stream\n342030203c3c>\nendstream endobj 8 0 obj<<"
            ),
            "pdf with encrypted objects" => TestFiles.PdfOfObjects("4 0 <<>>", encrypt: true),
            "pdf bomb" => TestFiles.PdfOfObjects("4 0 ", megabytes: 300),
            "pdf that opens on a page" => TestFiles.PdfWith(
                "/OpenAction[3 0 R/Fit]/AcroForm<</SigFlags 3/Fields[]>>/Outlines<</First 5 0 R>>/Note(JavaScript, Launch)/A<</S/URI/URI(https://dichvucong.gov.vn)>>"
            ),
            "pdf of objects in streams" => TestFiles.PdfOfObjects("4 0 5 20 <</Type/Page>> <</S/GoTo/D[3 0 R/Fit]>>"),
            "pdf of noise" => TestFiles.LargePdf(3_000_000),
            "docx that climbs" => TestFiles.Docx(("../../etc/passwd", [1])),
            "xml unsigned" => TestFiles.Bytes("<result/>"),
            "xml broken" => TestFiles.Bytes("<result>"),
            "xml with entities" => TestFiles.Bytes("<!DOCTYPE r [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]><r>&b;</r>"),
            "svg with script" => TestFiles.Bytes("<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>"),
            "xml with svg inside" => TestFiles.Signed("<s:svg xmlns:s=\"http://www.w3.org/2000/svg\"/>"),
            "xml with style sheet" => TestFiles.Bytes("<?xml version=\"1.0\"?><?xml-stylesheet href=\"a.xsl\"?><result/>"),
            "xml too deep" => TestFiles.Bytes(
                string.Concat(Enumerable.Repeat("<a>", 20_000)) + string.Concat(Enumerable.Repeat("</a>", 20_000))
            ),
            _ => throw new ArgumentOutOfRangeException(nameof(what)),
        };
    }
}
