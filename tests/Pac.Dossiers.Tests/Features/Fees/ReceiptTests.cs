using Pac.Testing;

namespace Pac.Dossiers.Tests.Features.Fees;

/// <summary>Ranges of receipt numbers, and the receipts that are given out of them.</summary>
public sealed class ReceiptTests(MoneyHost fixture) : FeeTests(fixture), IClassFixture<MoneyHost>
{
    private static Dictionary<string, object?> Range(int from, int to, string series = "AB-26E") =>
        new()
        {
            ["centreCode"] = Facilities.Centre,
            ["kind"] = "charge",
            ["formCode"] = "02BLP",
            ["series"] = series,
            ["from"] = from,
            ["to"] = to,
            ["validFrom"] = "2026-01-01",
        };

    private Task<Reply> Register(Dictionary<string, object?> range, HttpClient? by = null) =>
        (by ?? Officer).Post("/api/v1/receipt-series", range);

    private async Task CloseSeeded()
    {
        foreach (var series in Items(await Officer.Get("/api/v1/receipt-series?centreCode=dak-lak&kind=charge")))
        {
            var seen = (await Officer.Get("/api/v1/receipt-series/" + Word(series, "id"))).Expect(200);
            (await Officer.Post($"/api/v1/receipt-series/{Text(seen, "id")}/close", new { }, ("If-Match", seen.ETag))).Expect(200);
        }
    }

    private async Task<string> Number(Reply dossier) => Word((await Payments(dossier)).GetProperty("payments")[0], "receiptNumber");

    [Fact]
    public async Task No_number_lies_in_two_ranges()
    {
        var range = (await Register(Range(1, 100))).Expect(201);
        Assert.Equal((0, 100), (range.Json.GetProperty("given").GetInt32(), range.Json.GetProperty("left").GetInt32()));
        (await Register(Range(100, 200))).Expect(409, "dossiers.receipt-range-taken");
        (await Register(Range(101, 200))).Expect(201);
        (await Register(Range(1, 100, "AC-26E"))).Expect(201);
        (await Register(Range(9, 8, "AD-26E"))).Expect(422, "dossiers.receipt-range-wrong");
        (await Register(new(Range(1, 9, "AE-26E")) { ["centreCode"] = "none" })).Expect(422, "dossiers.unknown-centre");
        (await Register(Range(1, 9, "AE-26E"), Over("centre:" + Facilities.Ward))).Expect(403, "dossiers.outside-scope");
        (await Register(Range(1, 9, "AE-26E"), Over("agency:" + Police))).Expect(403, "dossiers.outside-scope");
        var both = await Task.WhenAll(Register(Range(1, 9, "AF-26E")), Register(Range(5, 12, "AF-26E")));
        Assert.Equal([201, 409], both.Select(r => r.Status).Order());
        (await Officer.Post($"/api/v1/receipt-series/{Text(range, "id")}/close", new { }, ("If-Match", range.ETag))).Expect(200);
        var closed = (await Officer.Get("/api/v1/receipt-series/" + Text(range, "id"))).Expect(200);
        (await Officer.Post($"/api/v1/receipt-series/{Text(range, "id")}/close", new { }, ("If-Match", closed.ETag))).Expect(
            409,
            "dossiers.receipt-series-closed"
        );
    }

    [Fact]
    public async Task A_number_comes_from_the_cashier_then_the_counter_then_the_centre_and_none_is_left_out()
    {
        await CloseSeeded();
        var counter = Guid.CreateVersion7();
        (await Register(Range(501, 600))).Expect(201);
        (await Register(new(Range(601, 601)) { ["counterId"] = counter })).Expect(201);
        (await Register(new(Range(701, 702)) { ["cashier"] = "lan" })).Expect(201);
        Assert.Equal("0000701", await Number(await Paid(As("lan"))));
        Assert.Equal("0000501", await Number(await Paid()));
        var atCounter = new { method = "cash", counterId = counter };
        Assert.Equal("0000601", await Number((await Act(await Demanded(), "confirm-payment", atCounter)).Expect(200)));
        Assert.Equal("0000502", await Number((await Act(await Demanded(), "confirm-payment", atCounter)).Expect(200)));
        // A payment that is refused gives its number back.
        (await Act(await Demanded(), "confirm-payment", new { method = "cash", number = 2 })).Expect(409, "dossiers.nothing-to-pay");
        (await Act(await Demanded(), "confirm-payment", new { method = "cash", receiptNumber = "5" })).Expect(
            422,
            "dossiers.receipt-number-given"
        );
        Assert.Equal("0000503", await Number(await Paid()));
    }

    [Fact]
    public async Task Where_no_number_is_left_no_payment_is_taken()
    {
        await CloseSeeded();
        (await Register(Range(1, 1))).Expect(201);
        await Paid();
        var dossier = await Demanded();
        (await Act(dossier, "confirm-payment", Cash)).Expect(409, "dossiers.receipt-series-exhausted");
        (await Register(Range(2, 2))).Expect(201);
        Assert.Equal("0000002", await Number(await Pay(dossier)));
    }

    [Fact]
    public async Task A_centre_without_numbers_here_writes_those_of_its_printed_receipts()
    {
        await Host.Sql("DELETE FROM dossiers.receipt_series");
        var dossier = await Demanded();
        (await Act(dossier, "confirm-payment", Cash)).Expect(422, "dossiers.receipt-number-missing");
        var printed = new
        {
            method = "cash",
            receiptSeries = "AA/26E",
            receiptNumber = "0000123",
        };
        Assert.Equal("0000123", await Number((await Act(dossier, "confirm-payment", printed)).Expect(200)));
    }

    [Fact]
    public async Task Two_hosts_at_once_never_give_the_same_number_and_leave_none_out()
    {
        await using var other = await Host.Sibling();
        var dossiers = new List<Reply>();
        for (var i = 0; i < 24; i++)
            dossiers.Add(await Demanded());
        var done = await Task.WhenAll(
            dossiers.Select(
                (d, i) =>
                    Act(d, "confirm-payment", Cash, (i % 2 == 0 ? Host : other).Client(TestCaller.May(Everything).As("cashier-" + i % 3)))
            )
        );
        Assert.All(done, r => r.Expect(200));
        var numbers = Items(await Officer.Get("/api/v1/fee-receipts?limit=100")).Select(r => Word(r, "number")).Order().ToList();
        Assert.Equal(
            Enumerable.Range(1, 24).Select(n => n.ToString("0000000", System.Globalization.CultureInfo.InvariantCulture)),
            numbers
        );
    }

    [Fact]
    public async Task Of_two_confirmations_at_once_one_is_taken()
    {
        await using var other = await Host.Sibling();
        var dossier = await Demanded();
        var both = await Task.WhenAll(
            Act(dossier, "confirm-payment", Cash),
            Act(dossier, "confirm-payment", Cash, other.Client(TestCaller.May(Everything).As("second")))
        );
        Assert.Equal([200, 412], both.Select(r => r.Status).Order());
        Assert.Single(Items(await Officer.Get("/api/v1/fee-receipts")));
        Assert.Equal(135_000, Dong((await Book()).GetProperty("cash"), "net"));
    }

    [Fact]
    public async Task A_voided_receipt_stays_in_the_list_and_the_payment_is_awaited_again()
    {
        var paid = await Paid();
        (await Act(paid, "void-payment", new { reason = "Ghi nhầm", number = 2 })).Expect(409, "dossiers.payment-not-voidable");
        var voided = (await Act(paid, "void-payment", new { reason = "Ghi nhầm số tiền" })).Expect(200);
        Assert.Equal("waiting", Text(voided, "payment"));
        (await Act(voided, "void-payment", new { reason = "Lần nữa" })).Expect(409, "dossiers.payment-not-voidable");
        Host.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("0000002", await Number(await Pay(voided)));
        var receipts = Items(await Officer.Get("/api/v1/fee-receipts?dossierCode=" + Text(paid, "code")));
        Assert.Equal(
            [("0000002", null), ("0000001", "Ghi nhầm số tiền")],
            receipts.Select(r => (Word(r, "number"), r.TryGetProperty("voidReason", out var why) ? why.GetString() : null))
        );
        Assert.Equal("0000001", Word(Assert.Single(Items(await Officer.Get("/api/v1/fee-receipts?voided=true"))), "number"));
        Assert.Equal(135_000, Dong((await Book()).GetProperty("cash"), "net"));
    }

    [Fact]
    public async Task Cash_is_voided_on_its_day_only_so_that_the_book_of_a_day_agrees_with_its_tills()
    {
        var paid = await Pay(await Demanded());
        Host.Clock.Now = DakLak.At("2026-11-25 08:00");
        (await Act(paid, "void-payment", new { reason = "Ghi nhầm" })).Expect(409, "dossiers.payment-day-over");
    }

    [Fact]
    public async Task What_is_not_cash_can_be_voided_on_its_day_only()
    {
        var paid = (await Act(await Demanded(), "confirm-payment", new { method = "transfer" })).Expect(200);
        Assert.Equal(0, Dong((await Book()).GetProperty("cash"), "net"));
        Assert.Equal(135_000, Dong((await Book()).GetProperty("other"), "net"));
        Host.Clock.Now = DakLak.At("2026-11-25 08:00");
        (await Act(paid, "void-payment", new { reason = "Ghi nhầm" })).Expect(409, "dossiers.payment-day-over");
    }

    [Fact]
    public async Task A_receipt_is_printed_with_the_amount_in_words_and_the_print_is_noted()
    {
        var dossier = await Paid();
        var id = Word((await Payments(dossier)).GetProperty("payments")[0], "receiptId");
        var form = (await Officer.Get("/api/v1/fee-receipts/" + id)).Expect(200).Json;
        Assert.Equal(("0000001", 135_000, Person.Name), (Word(form, "number"), Dong(form, "amount"), Word(form, "payerName")));
        var pdf = (await Officer.Get($"/api/v1/fee-receipts/{id}?format=pdf")).Expect(200);
        Assert.Equal("application/pdf", pdf.Header("Content-Type"));
        Assert.StartsWith("%PDF", pdf.Text, StringComparison.Ordinal);
        (await Officer.Get($"/api/v1/fee-receipts/{id}?format=doc")).Expect(400);
        Assert.Equal(2, await Host.Scalar<long>("SELECT count(*) FROM dossiers.access_log WHERE purpose = 'fee-receipt'"));
        (await Over("centre:" + Facilities.Ward).Get("/api/v1/fee-receipts/" + id)).Expect(404, "fee-receipt-not-found");
        Assert.Empty(Items(await Over("centre:" + Facilities.Ward).Get("/api/v1/fee-receipts")));
        Assert.Single(Items(await Over("agency:" + Police).Get("/api/v1/fee-receipts")));
    }

    [Theory]
    [InlineData(0, "Không đồng")]
    [InlineData(5, "Năm đồng")]
    [InlineData(15_000, "Mười lăm nghìn đồng")]
    [InlineData(21_000, "Hai mươi mốt nghìn đồng")]
    [InlineData(135_000, "Một trăm ba mươi lăm nghìn đồng")]
    [InlineData(1_005_000, "Một triệu không trăm linh năm nghìn đồng")]
    [InlineData(2_000_000_001, "Hai tỷ không trăm linh một đồng")]
    public void An_amount_is_written_in_words(long dong, string words) =>
        Assert.Equal(words, Dossiers.Features.Forms.FormMoney.InWords(dong));
}
