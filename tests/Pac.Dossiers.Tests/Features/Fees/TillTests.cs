using System.Text.Json;
using Pac.Testing;

namespace Pac.Dossiers.Tests.Features.Fees;

/// <summary>The daily cash-up of each cashier: it opens by itself, is counted, closed and confirmed, and adds up to the book of the day.</summary>
public sealed class TillTests(MoneyHost fixture) : FeeTests(fixture), IClassFixture<MoneyHost>
{
    [Fact]
    public async Task A_till_opens_with_the_first_payment_and_is_closed_with_what_was_counted()
    {
        var lan = As("lan");
        await Paid(lan);
        (await lan.Post("/api/v1/tills", new { centreCode = Facilities.Centre, opening = 200_000 })).Expect(201);
        await Paid(lan);
        var till = await TillOf("lan");
        Assert.Equal(
            (2, 270_000, 470_000),
            (till.Json.GetProperty("receipts").GetInt32(), Dong(till.Json, "collected"), Dong(till.Json, "expected"))
        );
        (await Close(till, As("huong"), new { counted = 470_000 })).Expect(403, "dossiers.till-not-yours");
        (await Close(till, lan, new { counted = 460_000 })).Expect(422, "dossiers.difference-unexplained");
        (await Close(till, lan, new { counted = 470_000, denominations = new[] { new { value = 100_000, pieces = 4 } } })).Expect(
            422,
            "dossiers.count-wrong"
        );
        (await lan.Post($"/api/v1/tills/{Text(till, "id")}/confirm", new { }, ("If-Match", till.ETag))).Expect(403, "dossiers.till-own");
        (await Officer.Post($"/api/v1/tills/{Text(till, "id")}/confirm", new { }, ("If-Match", till.ETag))).Expect(
            409,
            "dossiers.till-not-closed"
        );
        var closed = (
            await Close(
                till,
                lan,
                new
                {
                    counted = 460_000,
                    explanation = "Thối nhầm 10.000 đồng",
                    denominations = new[] { new { value = 200_000, pieces = 2 }, new { value = 20_000, pieces = 3 } },
                }
            )
        ).Expect(200);
        Assert.Equal(-10_000, Dong(closed.Json, "difference"));
        (await Close(closed, lan, new { counted = 460_000 })).Expect(409, "dossiers.till-closed-already");
        var confirmed = (await Officer.Post($"/api/v1/tills/{Text(closed, "id")}/confirm", new { }, ("If-Match", closed.ETag))).Expect(200);
        Assert.Equal("test-user", Text(confirmed, "confirmedBy"));
        (await Officer.Post($"/api/v1/tills/{Text(closed, "id")}/confirm", new { }, ("If-Match", confirmed.ETag))).Expect(
            409,
            "dossiers.till-confirmed-already"
        );
    }

    [Fact]
    public async Task A_till_that_was_left_open_is_closed_by_a_supervisor_and_confirmed_by_a_third_person()
    {
        var lan = As("lan");
        await Paid(lan);
        Host.Clock.Now = DakLak.At("2026-11-25 08:00");
        var till = await TillOf("lan");
        Task<Reply> TakeOver(Reply seen, HttpClient by, object body) =>
            by.Post($"/api/v1/tills/{Text(seen, "id")}/close-for-cashier", body, ("If-Match", seen.ETag));
        var counted = new { counted = 130_000, explanation = "Thiếu 5.000 đồng" };
        (await TakeOver(till, lan, new { reason = "Quên", counting = counted })).Expect(403, "dossiers.till-yours");
        (await TakeOver(till, Officer, new { counting = counted })).Expect(400);
        var unexplained = await TakeOver(till, Officer, new { reason = "Nghỉ ốm", counting = new { counted = 130_000 } });
        var fault = Assert.Single(Faults(unexplained.Expect(422, "dossiers.difference-unexplained")));
        Assert.Equal("/counting/explanation", fault.Pointer);
        var cashier = Host.Client(TestCaller.May("dossiers.take-payment", "dossiers.read-cash").As("huong"));
        (await TakeOver(till, cashier, new { reason = "Nghỉ ốm", counting = counted })).Expect(403);
        var closed = (await TakeOver(till, Officer, new { reason = "Nghỉ ốm", counting = counted })).Expect(200);
        Assert.Equal(
            ("test-user", "Nghỉ ốm", -5_000),
            (Text(closed, "closedBy"), Text(closed, "closingReason"), Dong(closed.Json, "difference"))
        );
        (await Officer.Post($"/api/v1/tills/{Text(till, "id")}/confirm", new { }, ("If-Match", closed.ETag))).Expect(
            403,
            "dossiers.till-own"
        );
        (await As("binh").Post($"/api/v1/tills/{Text(till, "id")}/confirm", new { }, ("If-Match", closed.ETag))).Expect(200);
        (await TakeOver(closed, As("binh"), new { reason = "Nghỉ ốm", counting = counted })).Expect(412);
    }

    [Fact]
    public async Task What_comes_after_the_close_goes_into_the_next_till_and_what_came_before_can_only_be_given_back()
    {
        var lan = As("lan");
        var early = await Paid(lan);
        var first = (await Close(await TillOf("lan"), lan, new { counted = 135_000 })).Expect(200);
        (await Act(early, "void-payment", new { reason = "Ghi nhầm" }, lan)).Expect(409, "dossiers.till-closed");
        await Paid(lan);
        Assert.NotEqual(Text(first, "id"), Text(await TillOf("lan"), "id"));

        var asked = (await Act(early, "request-refund", new { reason = "Thu nhầm" }, lan)).Expect(200);
        var approved = (await Act(asked, "decide-refund", new { approved = true })).Expect(200);
        (await Act(approved, "pay-refund", new { }, lan)).Expect(200);
        var second = await TillOf("lan");
        Assert.Equal((135_000, 135_000, 0), (Dong(second.Json, "collected"), Dong(second.Json, "refunded"), Dong(second.Json, "expected")));
        Assert.Equal(135_000, Dong((await Officer.Get("/api/v1/tills/" + Text(first, "id"))).Json, "expected"));

        Host.Clock.Now = DakLak.At("2026-11-25 08:00");
        await Paid(lan);
        var open = Items(await Officer.Get("/api/v1/tills?cashier=lan&open=true"));
        Assert.Equal(["2026-11-25", "2026-11-23"], open.Select(t => Word(t, "day")));
    }

    [Fact]
    public async Task A_payment_in_hand_is_in_the_count_or_in_the_next_till()
    {
        await using var other = await Host.Sibling();
        var lan = As("lan");
        await Paid(lan);
        for (var round = 0; round < 6; round++)
        {
            var (dossier, till) = (await Demanded(), await TillOf("lan"));
            var counted = new { counted = Dong(till.Json, "expected"), explanation = "Đang thu tiếp" };
            var both = await Task.WhenAll(
                Act(dossier, "confirm-payment", Cash, other.Client(TestCaller.May(Everything).As("lan"))),
                Close(till, lan, counted)
            );
            Assert.All(both, r => r.Expect(200));
            var book = await Book();
            Assert.Equal(Dong(book.GetProperty("cash"), "net"), Nets(book));
            // What it was closed with is what lies in it for ever.
            var closed = (await Officer.Get("/api/v1/tills/" + Text(till, "id"))).Json;
            var written = await Host.Scalar<decimal>(
                "SELECT coalesce(sum(dong), 0) FROM dossiers.money_entries WHERE till_id = $1",
                till.Json.GetProperty("id").GetGuid()
            );
            Assert.Equal(written, Dong(closed, "collected"));
            await Paid(lan);
        }
    }

    [Fact]
    public async Task The_tills_add_up_to_the_book_whatever_is_taken_voided_and_given_back()
    {
        var random = new Random(20261125);
        HttpClient[] cashiers = [As("an"), As("binh"), As("chi")];
        var paid = new List<(Reply Dossier, int Cashier)>();
        var (collected, voided, refunded) = (0L, 0L, 0L);
        for (var i = 0; i < 60; i++)
        {
            var who = random.Next(cashiers.Length);
            switch (random.Next(10))
            {
                case < 5 or 9:
                    var dong = random.Next(1, 400) * 500;
                    var line = new
                    {
                        feeCode = "other",
                        amount = dong,
                        reason = "Khoản " + i,
                    };
                    var demanded = (await Act(await Receive(), "request-payment", Lines("before", line))).Expect(200);
                    paid.Add((await Pay(demanded, cashiers[who]), who));
                    collected += dong;
                    break;
                case 5 or 6 when paid.Count > 0:
                    var (mistaken, taker) = paid[^1];
                    paid.RemoveAt(paid.Count - 1);
                    var amount = Dong((await Payments(mistaken)).GetProperty("payments")[0], "amount");
                    if ((await Act(mistaken, "void-payment", new { reason = "Nhầm" }, cashiers[taker])).Status == 200)
                        voided += amount;
                    break;
                case 7 when paid.Count > 0:
                    var (given, _) = paid[random.Next(paid.Count)];
                    paid.RemoveAll(p => p.Dossier == given);
                    var part = random.Next(1, (int)Dong((await Payments(given)).GetProperty("payments")[0], "amount") + 1);
                    var asked = (await Act(given, "request-refund", new { reason = "Thừa", amount = part })).Expect(200);
                    var approved = (await Act(asked, "decide-refund", new { approved = true }, As("director"))).Expect(200);
                    (await Act(approved, "pay-refund", new { }, cashiers[who])).Expect(200);
                    refunded += part;
                    break;
                case 8:
                    var open = Items(await Officer.Get($"/api/v1/tills?cashier={"an binh chi".Split(' ')[who]}&open=true"));
                    if (open.Count == 0 || Dong(open[0], "expected") < 0)
                        break;
                    var till = (await Officer.Get("/api/v1/tills/" + Word(open[0], "id"))).Expect(200);
                    var closed = (await Close(till, cashiers[who], new { counted = Dong(till.Json, "expected") })).Expect(200);
                    Assert.Equal(0, Dong(closed.Json, "difference"));
                    break;
            }
        }
        var book = await Book();
        var cash = book.GetProperty("cash");
        Assert.Equal((collected, voided, refunded), (Dong(cash, "collected"), Dong(cash, "voided"), Dong(cash, "refunded")));
        Assert.Equal(collected - voided - refunded, Dong(cash, "net"));
        Assert.Equal(Dong(cash, "net"), Nets(book));
        var figures = (await Officer.Get("/api/v1/fee-statistics?from=2026-11-23&to=2026-11-23")).Expect(200).Json.GetProperty("totals");
        Assert.Equal((collected - voided, refunded), (Dong(figures, "collected"), Dong(figures, "refunded")));
        // The receipts say the same as the book.
        Assert.Equal(
            collected - voided,
            await Host.Scalar<decimal>("SELECT coalesce(sum(amount_dong), 0) FROM dossiers.fee_receipts WHERE voided_at IS NULL")
        );
    }

    [Fact]
    public async Task A_cash_up_is_printed()
    {
        var lan = As("lan");
        var mistaken = await Paid(lan);
        Host.Clock.Advance(TimeSpan.FromMinutes(1));
        await Act(mistaken, "void-payment", new { reason = "Ghi nhầm" }, lan);
        Host.Clock.Advance(TimeSpan.FromMinutes(1));
        await Paid(lan);
        var till = await TillOf("lan");
        (await Close(till, lan, new { counted = 100_000, explanation = "=1+1 thiếu tiền" })).Expect(200);
        var path = $"/api/v1/tills/{Text(till, "id")}/sheet";
        var form = (await Officer.Get(path)).Expect(200).Json;
        Assert.Equal([135_000, -135_000, 135_000], form.GetProperty("lines").EnumerateArray().Select(l => Dong(l, "amount")));
        Assert.Equal("application/pdf", (await Officer.Get(path + "?format=pdf")).Expect(200).Header("Content-Type"));
        Assert.Contains(
            "spreadsheetml",
            (await Officer.Get(path + "?format=xlsx")).Expect(200).Header("Content-Type"),
            StringComparison.Ordinal
        );
        (await Officer.Get(path + "?format=doc")).Expect(400);
    }

    [Fact]
    public async Task Money_is_taken_where_the_dossier_is_and_seen_by_that_centre_alone()
    {
        var dossier = await Demanded();
        (await Act(dossier, "confirm-payment", new { method = "cash", centreCode = Facilities.Ward })).Expect(
            422,
            "dossiers.payment-place-wrong"
        );
        await Pay(dossier);
        var ward = Over("centre:" + Facilities.Ward);
        var till = await TillOf("test-user");
        (await ward.Get("/api/v1/tills/" + Text(till, "id"))).Expect(404, "till-not-found");
        Assert.Empty(Items(await ward.Get("/api/v1/tills")));
        Assert.Empty(Items(await ward.Get("/api/v1/receipt-series?centreCode=dak-lak")));
        var book = (await ward.Get("/api/v1/cash-book?centreCode=dak-lak&day=2026-11-23")).Expect(200).Json;
        Assert.Equal(0, Dong(book.GetProperty("cash"), "net"));
        var figures = (await ward.Get("/api/v1/fee-statistics?from=2026-11-23&to=2026-11-23")).Expect(200).Json;
        Assert.Empty(figures.GetProperty("rows").EnumerateArray());
        (await ward.Post("/api/v1/tills", new { centreCode = Facilities.Centre })).Expect(403, "dossiers.outside-scope");
        Assert.Single(Items(await Over("own", "test-user").Get("/api/v1/tills")));
        Assert.Empty(Items(await Over("own", "somebody").Get("/api/v1/tills")));
        (await Officer.Get("/api/v1/fee-statistics?from=2026-01-01&to=2026-12-31")).Expect(400);

        // The centre that returns the result takes what is paid there.
        var reception = Reception();
        reception["returnAtCentreCode"] = Facilities.Ward;
        var there = (await Officer.Post("/api/v1/dossiers", reception)).Expect(201);
        var demanded = (await Act(there, "request-payment", Lines("atReturn", new { feeCode = "licence" }))).Expect(200);
        (await Act(demanded, "confirm-payment", Cash, ward)).Expect(200);
        Assert.Equal(135_000, Dong((await Book(centre: Facilities.Ward)).GetProperty("cash"), "net"));
    }

    private static long Nets(JsonElement book) =>
        book.GetProperty("tills").EnumerateArray().Sum(t => Dong(t, "collected") - Dong(t, "voided") - Dong(t, "refunded"));

    [Fact]
    public async Task Nobody_voids_the_cash_that_lies_in_somebody_elses_till()
    {
        var paid = await Paid(As("an"));
        var other = Host.Client(TestCaller.May([.. Everything.Where(p => p != "dossiers.confirm-cash")]).As("binh"));
        (await Act(paid, "void-payment", new { reason = "Ghi nhầm" }, other)).Expect(403, "dossiers.not-the-cashier");
        (await Act(paid, "void-payment", new { reason = "Ghi nhầm" }, As("supervisor"))).Expect(200);
    }
}
