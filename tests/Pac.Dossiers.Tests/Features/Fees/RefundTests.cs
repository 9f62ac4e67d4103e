using Microsoft.Extensions.DependencyInjection;
using Pac.Dossiers.Features.Handling;
using Pac.Testing;

namespace Pac.Dossiers.Tests.Features.Fees;

/// <summary>Money that is given back: one person asks, another one decides, and then it is paid out.</summary>
public sealed class RefundTests(MoneyHost fixture) : FeeTests(fixture), IClassFixture<MoneyHost>
{
    private static object Wish(long? amount = null, string? feeCode = null, string way = "cash") =>
        new
        {
            reason = "Thu thừa",
            amount,
            feeCode,
            way,
        };

    [Fact]
    public async Task A_refund_needs_a_second_person_and_has_its_own_number()
    {
        var paid = await Paid(As("cashier"));
        var asked = (await Act(paid, "request-refund", Wish(35_000), As("officer"))).Expect(200);
        Assert.Equal("refundDue", Text(asked, "payment"));
        (await Act(asked, "pay-refund", new { })).Expect(409, "dossiers.refund-not-approved");
        foreach (var same in new[] { "cashier", "officer" })
            (await Act(asked, "decide-refund", new { approved = true }, As(same))).Expect(403, "dossiers.four-eyes");
        var approved = (await Act(asked, "decide-refund", new { approved = true }, As("director"))).Expect(200);
        (await Act(approved, "decide-refund", new { approved = true }, As("director"))).Expect(409, "dossiers.nothing-to-decide");
        (await Act(approved, "pay-refund", new { }, As("director"))).Expect(403, "dossiers.four-eyes");
        var back = (await Act(approved, "pay-refund", new { }, As("cashier"))).Expect(200);
        Assert.Equal("paid", Text(back, "payment"));
        (await Act(back, "pay-refund", new { }, As("cashier"))).Expect(409, "dossiers.refund-not-approved");

        var payments = await Payments(back);
        var refund = Assert.Single(payments.GetProperty("refunds").EnumerateArray());
        Assert.Equal(("HT-dak-lak-2026-0001", "paid"), (Word(refund, "documentNumber"), Word(refund, "state")));
        Assert.Equal(
            (135_000, 35_000),
            (Dong(payments.GetProperty("lines")[0], "paid"), Dong(payments.GetProperty("lines")[0], "refunded"))
        );
        var cash = (await Book()).GetProperty("cash");
        Assert.Equal((135_000, 35_000, 100_000), (Dong(cash, "collected"), Dong(cash, "refunded"), Dong(cash, "net")));
    }

    [Fact]
    public async Task Never_more_is_given_back_than_was_paid()
    {
        (await Act(await Demanded(), "request-refund", Wish())).Expect(409, "dossiers.payment-not-paid");
        var paid = await Paid();
        (await Act(paid, "request-refund", Wish(135_001))).Expect(422, "dossiers.refund-too-much");
        (await Act(paid, "request-refund", Wish(0))).Expect(400);
        (await Act(paid, "request-refund", Wish(1, "unheard"))).Expect(422, "dossiers.refund-too-much");
        (await Act(paid, "request-refund", Wish(way: "gateway"))).Expect(422, "dossiers.not-through-gateway");
        var once = (await Act(paid, "request-refund", Wish(100_000))).Expect(200);
        (await Act(once, "request-refund", Wish(35_001))).Expect(422, "dossiers.refund-too-much");
        var refused = (await Act(once, "decide-refund", new { approved = false, note = "Không đúng" }, As("director"))).Expect(200);
        Assert.Equal("paid", Text(refused, "payment"));
        var all = (await Act(refused, "request-refund", Wish())).Expect(200);
        (await Act(all, "decide-refund", new { approved = false, number = 2 }, As("director"))).Expect(422, "dossiers.note-missing");
        var approved = (await Act(all, "decide-refund", new { approved = true, number = 2 }, As("director"))).Expect(200);
        var back = (await Act(approved, "pay-refund", new { number = 2 })).Expect(200);
        Assert.Equal("refunded", Text(back, "payment"));
        (await Act(back, "request-refund", Wish())).Expect(422, "dossiers.refund-too-much");
    }

    [Fact]
    public async Task Of_two_wishes_at_once_one_is_taken()
    {
        await using var other = await Host.Sibling();
        var paid = await Paid();
        var both = await Task.WhenAll(
            Act(paid, "request-refund", Wish(135_000)),
            Act(paid, "request-refund", Wish(135_000), other.Client(TestCaller.May(Everything).As("second")))
        );
        Assert.Equal([200, 412], both.Select(r => r.Status).Order());
    }

    [Fact]
    public async Task What_is_paid_of_a_dossier_that_is_stopped_waits_for_the_decision()
    {
        var working = (await Act(await Paid(), "transfer")).Expect(200);
        var stopped = (
            await Act(
                working,
                "stop",
                new
                {
                    reason = "Người nộp qua đời",
                    legalBasis = "Điều 21",
                    refund = true,
                }
            )
        ).Expect(200);
        Assert.Equal(("stopped", "refundDue"), (Text(stopped, "status"), Text(stopped, "payment")));
        var approved = (await Act(stopped, "decide-refund", new { approved = true }, As("director"))).Expect(200);
        Assert.Equal("refunded", Text((await Act(approved, "pay-refund", new { })).Expect(200), "payment"));
        (await Act(stopped, "confirm-payment", Cash)).Expect(412);
    }

    [Fact]
    public async Task Documents_are_numbered_one_after_the_other()
    {
        for (var i = 1; i <= 3; i++)
        {
            var asked = (await Act(await Paid(), "request-refund", Wish())).Expect(200);
            var approved = (await Act(asked, "decide-refund", new { approved = true }, As("director"))).Expect(200);
            Assert.Equal($"HT-dak-lak-2026-000{i}", Word((await Payments(approved)).GetProperty("refunds")[0], "documentNumber"));
        }
    }

    [Fact]
    public async Task What_the_end_gave_back_is_owed_again_when_the_dossier_goes_on()
    {
        foreach (var paidOut in new[] { true, false })
        {
            var wished = (await Act(await Paid(), "request-withdrawal", new { })).Expect(200);
            var ended = (await Act(wished, "decide-withdrawal", new { granted = true, refund = true })).Expect(200);
            if (paidOut)
            {
                ended = (await Act(ended, "decide-refund", new { approved = true }, As("director"))).Expect(200);
                ended = (await Act(ended, "pay-refund", new { })).Expect(200);
            }
            var reopened = (await Act(await ApproveReopening(ended), "reopen", new { reason = "Rút nhầm" })).Expect(200);
            (await Act(reopened, "pay-refund", new { })).Expect(409, "dossiers.refund-not-approved");
            Assert.Equal(paidOut ? 135_000 : 0, Dong((await Payments(reopened)).GetProperty("lines")[0], "owed"));
            var settled = await Settle(reopened);
            if (paidOut)
                (await Act(settled, "return", ByPost)).Expect(409, "dossiers.payment-open");
            else
                (await Act(settled, "return", ByPost)).Expect(200);
        }
    }

    [Fact]
    public async Task What_lapses_before_it_was_accepted_costs_nothing()
    {
        await PayBefore();
        var submitted = (await Officer.Post("/api/v1/online-submissions", Reception())).Expect(201);
        var paid = await PayAll(submitted);
        var items = new[] { new { code = "licence", reason = "mờ" } };
        var asked = (await Act(paid, "request-supplement", new { items, legalBasis = "Điều 11" })).Expect(200);
        Host.Clock.Now = DakLak.At("2027-01-15 08:00");
        await Host.Services.GetRequiredService<DeadlineWatch>().Once(TestContext.Current.CancellationToken);
        var lapsed = (await Officer.Get(Path(asked))).Expect(200);
        Assert.Equal(("rejected", "refundDue"), (Text(lapsed, "status"), Text(lapsed, "payment")));
    }
}
