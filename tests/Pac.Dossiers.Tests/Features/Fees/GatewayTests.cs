using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Pac.Dossiers.Gateway;
using Pac.Testing;

namespace Pac.Dossiers.Tests.Features.Fees;

/// <summary>Payments through the gateway, whose notices come twice, late, in any order, or never.</summary>
public sealed class GatewayTests(MoneyHost fixture) : FeeTests(fixture), IClassFixture<MoneyHost>
{
    private async Task<Reply> Start(Reply dossier, object? wish = null) =>
        (await Officer.Post(Path(dossier) + "/online-payments", wish ?? new { })).Expect(201);

    private async Task<Reply> Order(Reply order) => (await Officer.Get("/api/v1/online-payments/" + Text(order, "id"))).Expect(200);

    private async Task<Reply> Dossier(Reply dossier) => (await Officer.Get(Path(dossier))).Expect(200);

    // The payer on the page of the gateway; so many notices are sent.
    private async Task Says(Reply order, string outcome, int notices = 1, long? amount = null)
    {
        var page = new Uri(Text(order, "payAt")).PathAndQuery;
        (await Host.Anonymous().Get(page)).Expect(200);
        List<(string, string)> fields =
        [
            ("outcome", outcome),
            ("notices", notices.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        ];
        if (amount is not null)
            fields.Add(("amount", amount.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        (await Host.Anonymous().Call(HttpMethod.Post, page, Testing.Browser.Form([.. fields]))).Expect(302);
    }

    private static Task<Reply> Notice(ModuleHost host, string body, string? signature = null) =>
        host.Anonymous()
            .Post(
                SandboxGateway.Notices,
                body,
                (
                    SandboxGateway.Signature,
                    signature
                        ?? Convert.ToHexStringLower(
                            HMACSHA256.HashData(Encoding.UTF8.GetBytes("pac-sandbox-gateway"), Encoding.UTF8.GetBytes(body))
                        )
                )
            );

    private static string Paid(Reply order, string transaction = "T1", long? dong = null) =>
        $$"""{"orderCode":"{{Text(order, "orderCode")}}","state":"paid","amountDong":{{dong ?? Dong(order.Json, "amount")}},"transactionId":"{{transaction}}"}""";

    private async Task<int> Watch() => await Host.Services.GetRequiredService<GatewayWatch>().Once(TestContext.Current.CancellationToken);

    [Fact]
    public async Task What_was_paid_at_the_gateway_lets_the_work_go_on_and_has_its_receipt()
    {
        var dossier = await Demanded();
        var order = await Start(dossier);
        Assert.Equal((135_000, "started"), (Dong(order.Json, "amount"), Text(order, "state")));
        Assert.Equal(Text(order, "id"), Text(await Start(dossier), "id")); // the same again
        await Says(order, "paid");
        Assert.Equal("paid", Text(await Order(order), "state"));
        var paid = await Dossier(dossier);
        Assert.Equal("paid", Text(paid, "payment"));
        var line = (await Payments(paid)).GetProperty("payments")[0];
        Assert.Equal(("nationalPortal", "0000001"), (Word(line, "method"), Word(line, "receiptNumber")));
        Assert.Equal(135_000, Dong((await Book()).GetProperty("other"), "net"));
        (await Officer.Post(Path(dossier) + "/online-payments", new { })).Expect(409, "dossiers.gateway-nothing-due");
        (await Act(paid, "void-payment", new { reason = "x" })).Expect(409, "dossiers.payment-not-voidable");
    }

    [Fact]
    public async Task The_time_of_intake_begins_with_the_payment_at_the_gateway()
    {
        await PayBefore();
        var dossier = (await Officer.Post("/api/v1/online-submissions", Reception())).Expect(201);
        var order = await Start(dossier);
        Host.Clock.Now = DakLak.At("2026-11-23 09:20");
        await Says(order, "paid");
        Assert.Equal("2026-11-25T09:20:00+07:00", Text(await Dossier(dossier), "intakeDueAt"));
    }

    [Fact]
    public async Task A_notice_that_is_not_signed_or_about_nothing_changes_nothing()
    {
        var order = await Start(await Demanded());
        (await Notice(Host, Paid(order), "00")).Expect(403, "dossiers.notice-not-signed");
        (await Notice(Host, "{}")).Expect(400, "dossiers.notice-unclear");
        (await Notice(Host, """{"orderCode":"PAC1","state":"paid","amountDong":1,"transactionId":"T"}""")).Expect(
            404,
            "online-payment-not-found"
        );
        (await Notice(Host, Paid(order).Replace("T1", "", StringComparison.Ordinal))).Expect(400, "dossiers.notice-unclear");
        (await Notice(Host, "")).Expect(400);
        Assert.Equal("started", Text(await Order(order), "state"));
    }

    [Fact]
    public async Task The_same_notice_twice_at_once_on_two_hosts_is_one_payment()
    {
        await using var other = await Host.Sibling();
        var dossier = await Demanded();
        var order = await Start(dossier);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Notice(i % 2 == 0 ? Host : other, Paid(order))));
        Assert.All(answers, a => a.Expect(204));
        Assert.Single(Items(await Officer.Get("/api/v1/fee-receipts")));
        Assert.Equal("paid", Text(await Order(order), "state"));
        Assert.Equal(135_000, Dong((await Book()).GetProperty("other"), "net"));
    }

    [Fact]
    public async Task Cash_and_gateway_at_once_are_one_payment_and_one_surplus()
    {
        var dossier = await Demanded();
        var order = await Start(dossier);
        var both = await Task.WhenAll(Notice(Host, Paid(order)), Act(dossier, "confirm-payment", Cash));
        both[0].Expect(204);
        Assert.Contains(both[1].Status, new[] { 200, 412 });
        var book = await Book();
        Assert.Equal(135_000, Dong(book.GetProperty("cash"), "net") + Dong(book.GetProperty("other"), "net"));
        Assert.Equal(both[1].Status == 200 ? "refundDue" : "paid", Text(await Order(order), "state"));
    }

    [Fact]
    public async Task A_failure_told_after_the_payment_says_nothing_and_before_it_neither()
    {
        var order = await Start(await Demanded());
        var failed = $$"""{"orderCode":"{{Text(order, "orderCode")}}","state":"failed","amountDong":0}""";
        (await Notice(Host, failed)).Expect(204);
        Assert.Equal("failed", Text(await Order(order), "state"));
        (await Notice(Host, Paid(order))).Expect(204);
        (await Notice(Host, failed)).Expect(204);
        (await Notice(Host, Paid(order))).Expect(204);
        Assert.Equal("paid", Text(await Order(order), "state"));
        // A second transaction is money of the payer.
        (await Notice(Host, Paid(order, "T2"))).Expect(204);
        var twice = await Order(order);
        Assert.Equal(("refundDue", "paidTwice"), (Text(twice, "state"), Word(twice.Json.GetProperty("transactions")[1], "surplus")));
        var back = (await Officer.Post($"/api/v1/online-payments/{Text(order, "id")}/give-back", new { }, ("If-Match", twice.ETag))).Expect(
            200
        );
        Assert.Equal("paid", Text(back, "state"));
        (await Officer.Post($"/api/v1/online-payments/{Text(order, "id")}/give-back", new { }, ("If-Match", back.ETag))).Expect(
            409,
            "dossiers.gateway-no-surplus"
        );
        Assert.Equal("""{"T2": 135000}""", await Host.Scalar<string>("SELECT refunds::text FROM dossiers.sandbox_orders"));
    }

    [Fact]
    public async Task Another_amount_than_demanded_is_not_taken()
    {
        var dossier = await Demanded();
        var order = await Start(dossier);
        await Says(order, "paid", amount: 100_000);
        var wrong = await Order(order);
        Assert.Equal(("refundDue", "wrongAmount"), (Text(wrong, "state"), Word(wrong.Json.GetProperty("transactions")[0], "surplus")));
        Assert.Equal("waiting", Text(await Dossier(dossier), "payment"));
        Assert.Single(Items(await Officer.Get("/api/v1/online-payments?state=refundDue")));
        await Says(await Start(dossier), "paid");
        Assert.Equal("paid", Text(await Dossier(dossier), "payment"));
    }

    [Fact]
    public async Task Money_that_comes_after_the_dossier_ended_has_to_be_given_back()
    {
        var dossier = (
            await Act((await Act(await Receive(), "transfer")).Expect(200), "request-payment", Lines("now", new { feeCode = "licence" }))
        ).Expect(200);
        var order = await Start(dossier);
        var wished = (await Act(dossier, "request-withdrawal", new { channel = "online" })).Expect(200);
        var ended = (await Act(wished, "decide-withdrawal", new { granted = true })).Expect(200);
        await Says(order, "paid");
        Assert.Equal("refundDue", Text(await Order(order), "state"));
        Assert.Equal(Text(ended, "payment"), Text(await Dossier(dossier), "payment"));
    }

    [Fact]
    public async Task Who_paid_has_paid_though_all_receipts_of_the_centre_belong_to_its_cashiers()
    {
        await Host.Sql("UPDATE dossiers.receipt_series SET cashier = 'lan'");
        var dossier = await Demanded();
        var order = await Start(dossier);
        await Says(order, "paid");
        var paid = await Dossier(dossier);
        Assert.Equal(("paid", "paid"), (Text(await Order(order), "state"), Text(paid, "payment")));
        Assert.Equal(Text(order, "orderCode"), Word((await Payments(paid)).GetProperty("payments")[0], "receiptNumber"));
    }

    [Fact]
    public async Task A_notice_that_never_came_is_asked_for()
    {
        var dossier = await Demanded();
        var order = await Start(dossier);
        await Says(order, "paid", notices: 0);
        Assert.Equal(0, await Watch());
        Assert.Equal("started", Text(await Order(order), "state"));
        Host.Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(1, await Watch());
        Assert.Equal(0, await Watch());
        Assert.Equal("paid", Text(await Order(order), "state"));
        Assert.Equal("paid", Text(await Dossier(dossier), "payment"));

        var forgotten = await Start(await Demanded());
        Host.Clock.Advance(TimeSpan.FromMinutes(40));
        Assert.Equal(1, await Watch());
        Assert.Equal("expired", Text(await Order(forgotten), "state"));
        Host.Clock.Advance(TimeSpan.FromMinutes(40));
        Assert.Equal(0, await Watch());
        // Late, but wanted all the same.
        await Says(forgotten, "paid");
        Assert.Equal("paid", Text(await Order(forgotten), "state"));
    }

    [Fact]
    public async Task What_was_paid_at_the_gateway_is_given_back_through_it()
    {
        var dossier = await Demanded();
        await Says(await Start(dossier), "paid");
        var asked = (
            await Act(
                await Dossier(dossier),
                "request-refund",
                new
                {
                    reason = "Thu thừa",
                    amount = 35_000,
                    way = "gateway",
                }
            )
        ).Expect(200);
        var approved = (await Act(asked, "decide-refund", new { approved = true }, As("director"))).Expect(200);
        (await Act(approved, "pay-refund", new { })).Expect(200);
        Assert.Equal("""{"HT-dak-lak-2026-0001": 35000}""", await Host.Scalar<string>("SELECT refunds::text FROM dossiers.sandbox_orders"));
        Assert.Equal(100_000, Dong((await Book()).GetProperty("other"), "net"));
    }

    [Fact]
    public async Task One_order_pays_fee_and_charge()
    {
        var dossier = await ReceiveEnterprise();
        var demanded = (
            await Act(dossier, "request-payment", Lines("before", new { feeCode = "registration" }, new { feeCode = "publication" }))
        ).Expect(200);
        (await Officer.Post(Path(demanded) + "/online-payments", new { numbers = new[] { 3 } })).Expect(409, "dossiers.nothing-to-pay");
        var order = await Start(demanded);
        Assert.Equal(150_000, Dong(order.Json, "amount"));
        await Says(order, "paid", notices: 3);
        Assert.Equal("paid", Text(await Dossier(dossier), "payment"));
        Assert.Equal(2, Items(await Officer.Get("/api/v1/fee-receipts")).Count);
        (await Over("centre:" + Facilities.Ward).Get("/api/v1/online-payments/" + Text(order, "id"))).Expect(
            404,
            "online-payment-not-found"
        );
    }
}

/// <summary>Where no gateway is configured.</summary>
public sealed class NoGatewayTests(DossiersHost fixture) : DossierTests(fixture)
{
    [Fact]
    public async Task Online_payment_that_is_not_set_up_says_so()
    {
        var dossier = (await Act(await Receive(), "request-payment", new { amount = 135_000, notice = "TB 1" })).Expect(200);
        (await Officer.Post(Path(dossier) + "/online-payments", new { })).Expect(503, "dossiers.online-payment-off");
        (await Host.Anonymous().Post(SandboxGateway.Notices, "{}")).Expect(503, "dossiers.online-payment-off");
        (await Host.Anonymous().Get(SandboxGateway.Page + "PAC1")).Expect(404);
    }
}
