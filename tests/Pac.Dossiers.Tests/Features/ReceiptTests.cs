using Pac.Testing;
using UglyToad.PdfPig;

namespace Pac.Dossiers.Tests.Features;

/// <summary>Form 01, the receipt with the appointment, as JSON and as a printed page.</summary>
public sealed class ReceiptTests(DossiersHost fixture) : DossierTests(fixture)
{
    private async Task<PdfDocument> Print(Reply dossier, string query = "?format=pdf", params (string, string)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Path(dossier)}/forms/01{query}");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await Officer.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal("application/pdf", response.Content.Headers.ContentType?.MediaType);
        return PdfDocument.Open(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    private static string TextOf(PdfDocument pdf) => string.Join(' ', pdf.GetPages().SelectMany(p => p.GetWords()).Select(w => w.Text));

    [Fact]
    public async Task The_receipt_says_what_was_received_of_whom_and_what_is_promised()
    {
        var dossier = await Receive();
        var form = (await Officer.Get(Path(dossier) + "/forms/01")).Expect(200);

        Assert.Equal(("H15.09-261123-0001/TNHS", "H15.09-261123-0001"), (Text(form, "number"), Text(form, "dossierCode")));
        Assert.Equal("Trung tâm Phục vụ hành chính công tỉnh Đắk Lắk", Text(form, "centreName"));
        Assert.Equal((Person.Name, Person.Address), (Text(form, "applicantName"), Text(form, "applicantAddress")));
        Assert.Equal((Person.Phone, Person.Email), (Text(form, "applicantPhone"), Text(form, "applicantEmail")));
        Assert.Equal(("Đổi giấy phép lái xe", "5 ngày làm việc"), (Text(form, "procedureName"), Text(form, "statutoryTime")));
        Assert.Equal("2026-11-23T09:00:00+07:00", Text(form, "receivedAt"));
        Assert.Equal("2026-12-01T17:00:00+07:00", Text(form, "dueAt"));
        Assert.Equal(
            ["Đơn đề nghị", "Giấy phép lái xe cũ"],
            form.Json.GetProperty("documents").EnumerateArray().Select(d => d.GetProperty("name").GetString())
        );
        Assert.Equal(("H15.09-261123", "0001", 1), (Text(form, "volume"), Text(form, "serial"), form.Json.GetProperty("sets").GetInt32()));
        Assert.Equal(Text(form, "centreName"), Text(form, "returnAt"));
        Assert.DoesNotContain(Person.Identity, form.Text, StringComparison.Ordinal); // the form has no place for it

        var tracked = (await Host.Anonymous().Get(Text(form, "trackingUrl"))).Expect(200);
        Assert.Contains("<dd>H15.09-261123-0001</dd>", tracked.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_receipt_says_where_the_result_is_wanted()
    {
        var reception = Reception();
        reception["returnAtCentreCode"] = Facilities.Ward;
        var form = await Officer.Get(Path((await Officer.Post("/api/v1/dossiers", reception)).Expect(201)) + "/forms/01");
        Assert.NotEqual(Text(form, "centreName"), Text(form, "returnAt"));
        Assert.NotEqual(Facilities.Ward, Text(form, "returnAt"));
    }

    [Theory]
    [InlineData(Birth, "Trong ngày; tiếp nhận sau 15:00 thì trả vào ngày làm việc tiếp theo")]
    [InlineData(Origin, "8 giờ làm việc")]
    [InlineData("2.000488", "10 ngày")]
    public async Task The_statutory_time_is_written_in_words(string procedure, string words)
    {
        var dossier = await Receive(procedure, agency: procedure == Birth ? WardCommittee : null);
        Assert.Equal(words, Text(await Officer.Get(Path(dossier) + "/forms/01"), "statutoryTime"));
    }

    [Fact]
    public async Task The_printed_receipt_carries_every_diacritic_the_code_the_due_time_and_a_drawn_code_to_scan()
    {
        using var pdf = await Print(await Receive());
        var text = TextOf(pdf);
        Assert.Equal(1, pdf.NumberOfPages);
        foreach (
            var expected in new[]
            {
                "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
                "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG TỈNH",
                "ĐẮK LẮK",
                "Mã hồ sơ: H15.09-261123-0001",
                "Nguyễn Thị Ánh Nguyệt",
                "12 Lê Duẩn, phường Buôn Ma Thuột",
                "Đổi giấy phép lái xe (1.002809)",
                "2. Giấy phép lái xe cũ - bản chính, 1 bộ",
                "09 giờ 00 phút, ngày 23/11/2026",
                "17 giờ 00 phút, ngày 01/12/2026",
                "Số lượng hồ sơ: 1 bộ",
                "Quyển số: H15.09-261123, Số: 0001",
                "/track/H15.09-261123-0001/rating?key=",
                "NGƯỜI TIẾP NHẬN HỒ SƠ",
            }
        )
            Assert.Contains(expected, text, StringComparison.Ordinal);
        // The smallest code to scan has 21 by 21 modules, of which about half are drawn.
        Assert.True(pdf.GetPage(1).Paths.Count > 200, $"{pdf.GetPage(1).Paths.Count} paths");
    }

    [Fact]
    public async Task A_long_list_of_components_goes_on_to_a_second_page()
    {
        var seen = (await Officer.Get("/api/v1/procedures/1.004222")).Expect(200);
        var forty = Enumerable.Range(1, 40).Select(n => $"paper-{n}").ToArray();
        (
            await Officer.Post("/api/v1/procedures/1.004222/versions", CatalogueTests.Version("2026-11-23", forty), ("If-Match", seen.ETag))
        ).Expect(201);
        var reception = Reception("1.004222");
        reception["documents"] = Papers(forty);
        var dossier = (await Officer.Post("/api/v1/dossiers", reception)).Expect(201);

        using var pdf = await Print(dossier);
        Assert.Equal(2, pdf.NumberOfPages);
        var text = TextOf(pdf);
        Assert.All(forty, paper => Assert.Contains($"Giấy tờ {paper} ", text, StringComparison.Ordinal));
        Assert.Contains("17 giờ 00 phút", string.Join(' ', pdf.GetPage(2).GetWords().Select(w => w.Text)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_longest_values_that_are_taken_can_be_printed()
    {
        var reception = Reception();
        reception["applicant"] = new
        {
            name = new string('Ẵ', 200),
            address = string.Concat(Enumerable.Repeat("số 😀\nđường ", 30))[..300].Trim(),
            email = new string('a', 180) + "@example.vn",
        };
        using var pdf = await Print((await Officer.Post("/api/v1/dossiers", reception)).Expect(201));
        Assert.Equal(200, TextOf(pdf).Count(c => c == 'Ẵ'));
    }

    [Fact]
    public async Task Names_in_Ede_and_Mnong_print_with_every_letter_and_line_breaks_stay()
    {
        var reception = Reception();
        reception["applicant"] = new { name = "Y Ŏng Ƀuôn Yă H\u02BCHen ĕŭĭƀ", address = "Buôn Kơ̆ Đê̆, số 5\nphường Ĭ Ŭt" };
        using var pdf = await Print((await Officer.Post("/api/v1/dossiers", reception)).Expect(201));
        var text = TextOf(pdf);
        Assert.Contains("Y Ŏng Ƀuôn Yă H\u02BCHen ĕŭĭƀ", text, StringComparison.Ordinal);
        Assert.Contains("phường Ĭ Ŭt", text, StringComparison.Ordinal);
        // There is no letter ơ or ê with a breve: the mark is set above the letter.
        Assert.Equal(2, pdf.GetPage(1).Letters.Count(l => l.Value == "\u0306"));
        var words = pdf.GetPage(1).GetWords().ToList();
        Assert.True(words.Single(w => w.Text == "Ĭ").BoundingBox.Bottom < words.First(w => w.Text == "Buôn").BoundingBox.Bottom - 10);
    }

    [Fact]
    public async Task The_printed_form_comes_when_it_is_asked_for()
    {
        var dossier = await Receive();
        using (await Print(dossier, "", ("Accept", "application/pdf"))) { }
        Assert.StartsWith(
            "application/json",
            (await Officer.Get(Path(dossier) + "/forms/01?format=json", ("Accept", "application/pdf"))).Expect(200).Header("Content-Type"),
            StringComparison.Ordinal
        );
        Assert.Equal(
            "/query/format",
            Assert.Single(Faults((await Officer.Get(Path(dossier) + "/forms/01?format=docx")).Expect(400, "invalid"))).Pointer
        );
        (await Officer.Get($"/api/v1/dossiers/{Guid.CreateVersion7()}/forms/01")).Expect(404, "dossier-not-found");
    }
}
