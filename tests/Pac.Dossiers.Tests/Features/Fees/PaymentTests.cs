using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Pac.Dossiers.Features.Handling;
using Pac.Testing;

namespace Pac.Dossiers.Tests.Features.Fees;

/// <summary>What is demanded before, with a supplement and at the return, line by line; exemptions; and results that are mandatory.</summary>
public sealed class PaymentTests(MoneyHost fixture) : FeeTests(fixture), IClassFixture<MoneyHost>
{
    private static readonly object Asked = new
    {
        items = new[] { new { code = "licence", reason = "Bản sao không rõ" } },
        legalBasis = "Nghị định 118/2025/NĐ-CP, điều 11",
    };

    [Fact]
    public async Task A_submission_that_is_paid_before_has_its_time_from_the_payment_and_is_not_accepted_before()
    {
        await PayBefore();
        var dossier = (await Officer.Post("/api/v1/online-submissions", Reception())).Expect(201);
        Assert.False(dossier.Json.TryGetProperty("intakeDueAt", out _));
        Assert.Equal("waiting", Text(dossier, "payment"));
        (await Act(dossier, "accept")).Expect(409, "dossiers.payment-first");
        // Nobody is late with what waits for its payment.
        Host.Clock.Now = DakLak.At("2026-11-25 17:30");
        Assert.Equal(0, await Host.Services.GetRequiredService<DeadlineWatch>().Once(TestContext.Current.CancellationToken));
        Assert.Empty(Items(await Officer.Get("/api/v1/work-queues/overdue")));
        Host.Clock.Now = DakLak.At("2026-11-25 08:00");
        var paid = await Pay(dossier);
        Assert.Equal("2026-11-26T08:00:00+07:00", Text(paid, "intakeDueAt"));
        Assert.Equal("received", Text((await Act(paid, "accept")).Expect(200), "status"));
    }

    [Fact]
    public async Task A_counter_demands_what_is_paid_before_and_hands_on_once_it_is_paid()
    {
        await PayBefore();
        var dossier = await Receive();
        var demand = Assert.Single((await Payments(dossier)).GetProperty("payments").EnumerateArray());
        Assert.Equal(("before", "waiting", 135_000), (Word(demand, "timing"), Word(demand, "status"), Dong(demand, "amount")));
        (await Act(dossier, "transfer")).Expect(409, "dossiers.pay-before-transfer");
        (await Act(dossier, "request-payment", Lines("before", new { feeCode = "licence" }))).Expect(409, "dossiers.demanded-already");
        Assert.Equal("inProcess", Text((await Act(await Pay(dossier), "transfer")).Expect(200), "status"));
    }

    [Fact]
    public async Task A_submission_that_is_not_accepted_gets_back_what_was_paid()
    {
        await PayBefore();
        var dossier = await Pay((await Officer.Post("/api/v1/online-submissions", Reception())).Expect(201));
        var rejected = (await Act(dossier, "reject", new { reason = "Sai thủ tục", legalBasis = "Điều 17" })).Expect(200);
        Assert.Equal("refundDue", Text(rejected, "payment"));
        var refund = Assert.Single((await Payments(rejected)).GetProperty("refunds").EnumerateArray());
        Assert.Equal((135_000, "requested"), (Dong(refund, "amount"), Word(refund, "state")));
    }

    [Fact]
    public async Task A_supplement_is_complete_once_what_goes_with_it_is_paid()
    {
        var extra = Lines(
            "atSupplement",
            new
            {
                feeCode = "other",
                amount = 20_000,
                reason = "Phí thẩm định bổ sung",
            }
        );
        var working = (await Act(await Receive(), "transfer")).Expect(200);
        (await Act(working, "request-payment", extra)).Expect(409, "dossiers.no-supplement-open");
        var asked = (await Act(working, "request-supplement", Asked)).Expect(200);
        (await Act(asked, "request-payment", Lines("now", new { feeCode = "licence" }))).Expect(409, "dossiers.only-with-supplement");
        var demanded = (await Act(asked, "request-payment", extra)).Expect(200);
        Assert.Equal("supplementRequested", Text(demanded, "status"));
        (await Act(demanded, "submit-supplement", new { documents = Papers("licence") })).Expect(409, "dossiers.pay-with-supplement");
        var paid = await Pay(demanded);
        Assert.Equal("supplementRequested", Text(paid, "status"));
        Assert.Equal(
            "inProcess",
            Text((await Act(paid, "submit-supplement", new { documents = Papers("licence") })).Expect(200), "status")
        );
    }

    [Fact]
    public async Task What_is_paid_at_the_return_stops_nothing_but_the_return()
    {
        var demanded = (await Act(await Receive(), "request-payment", Lines("atReturn", new { feeCode = "licence" }))).Expect(200);
        var settled = await Settle(demanded);
        var handover = new
        {
            method = "counter",
            receiver = "Nguyễn Thị Ánh Nguyệt",
            identityCheck = "receipt",
        };
        (await Act(settled, "return", handover)).Expect(409, "dossiers.payment-open");
        (
            await Act(
                settled,
                "request-payment",
                Lines(
                    "now",
                    new
                    {
                        feeCode = "other",
                        amount = 1,
                        reason = "x",
                    }
                )
            )
        ).Expect(409, "dossiers.only-at-return");
        Assert.Equal("returned", Text((await Act(await Pay(settled), "return", handover)).Expect(200), "status"));
    }

    [Theory]
    [InlineData("counter")]
    [InlineData("online")]
    [InlineData("post")]
    public async Task What_nobody_demanded_is_demanded_with_the_result_and_paid_before_it_goes_out(string method)
    {
        var handover = new
        {
            method,
            receiver = "Nguyễn Thị Ánh Nguyệt",
            identityCheck = "eIdentity",
            consignmentNumber = "EE123456789VN",
        };
        var settled = await Settle(await Receive());
        (await AttachResult(settled)).Expect(201);
        var demand = Assert.Single((await Payments(settled)).GetProperty("payments").EnumerateArray());
        Assert.Equal(("atReturn", "waiting", 135_000), (Word(demand, "timing"), Word(demand, "status"), Dong(demand, "amount")));
        var refused = (await Act(settled, "return", handover)).Expect(409, "dossiers.payment-open");
        Assert.Contains("135.000", refused.Text, StringComparison.Ordinal);
        Assert.Equal("returned", Text((await Act(await Pay(settled), "return", handover)).Expect(200), "status"));
    }

    [Fact]
    public async Task Whoever_is_freed_is_not_asked_at_the_return()
    {
        var settled = await Settle(await Receive());
        var freed = (
            await Act(
                settled,
                "grant-exemption",
                new
                {
                    feeCode = "licence",
                    reason = "Hộ nghèo",
                    legalBasisId = Basis,
                    evidence = "HN 12",
                }
            )
        ).Expect(200);
        (await Act(freed, "return", ByPost)).Expect(200);
    }

    [Fact]
    public async Task A_refusal_costs_nothing_that_was_not_demanded_before()
    {
        var working = (await Act(await Receive(), "transfer")).Expect(200);
        var refused = (await Act(working, "settle", Signed(refusal: "Không đủ điều kiện"))).Expect(200);
        Assert.Empty((await Payments(refused)).GetProperty("payments").EnumerateArray());
        (await Act(refused, "return", ByPost)).Expect(200);
    }

    [Fact]
    public async Task What_the_agency_takes_itself_is_shown_and_holds_nothing_up()
    {
        await Publish(Licence, d => d["fees"]!.AsArray().ToList().ForEach(f => f!["collector"] = "agency"));
        var dossier = await Receive();
        (await Act(dossier, "request-payment", Lines("before", new { feeCode = "licence" }))).Expect(
            409,
            "dossiers.fee-collected-elsewhere"
        );
        var settled = await Settle(dossier);
        var line = Assert.Single((await Payments(settled)).GetProperty("lines").EnumerateArray());
        Assert.Equal(("agency", 135_000, 0), (Word(line, "collector"), Dong(line, "due"), Dong(line, "owed")));
        (await Act(settled, "return", ByPost)).Expect(200);
    }

    [Fact]
    public async Task Of_a_price_by_value_what_no_value_decides_is_told_with_it()
    {
        await Publish(
            Licence,
            d =>
            {
                var fees = d["fees"]!.AsArray();
                var fee = fees[0]!;
                var copying = fee.DeepClone().AsObject();
                (copying["code"], copying["name"], copying["nameEn"], copying["dong"]) = ("copying", "Phí sao chụp", "Copying", 50_000);
                copying["kind"] = "fee";
                (fee["unit"], fee["dong"], fee["shares"]) = (
                    "value",
                    0,
                    new JsonArray(new JsonObject { ["above"] = 0, ["percent"] = 0.5 })
                );
                fees.Add(copying);
                d.Remove("feeDong");
            }
        );
        var quote = (await Officer.Get($"/api/v1/procedures/{Licence}/fee-quote")).Expect(200).Json;
        Assert.False(quote.TryGetProperty("totalDong", out _));
        Assert.Equal(("copying", 50_000), (Word(quote.GetProperty("lines")[0], "code"), Dong(quote.GetProperty("lines")[0], "dong")));
        Assert.Equal(1, quote.GetProperty("lines").GetArrayLength());
        var page = (await Host.Anonymous().Get($"/guide/{Licence}?lang=vi")).Text;
        Assert.Contains("0,5%", page, StringComparison.Ordinal);
        Assert.Contains("50.000", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_percentage_of_a_declared_value_is_shown_computed_and_demanded()
    {
        var shares = new JsonArray(
            new JsonObject { ["above"] = 1_000_000_000, ["percent"] = 0.5 },
            new JsonObject { ["above"] = 10_000_000_000, ["percent"] = 0.3 }
        );
        await Publish(
            Licence,
            d =>
            {
                var fee = d["fees"]!.AsArray()[0]!;
                (fee["unit"], fee["dong"], fee["mostDong"], fee["shares"]) = ("value", 10_000_000, 100_000_000, shares);
                d.Remove("feeDong");
            }
        );
        var quote = (await Officer.Get($"/api/v1/procedures/{Licence}/fee-quote")).Expect(200).Json;
        Assert.False(quote.GetProperty("known").GetBoolean());
        var formula = Assert.Single(quote.GetProperty("byValue").EnumerateArray()).GetProperty("words");
        Assert.Equal(
            "10.000.000 đồng + 0,5% phần giá trị trên 1.000.000.000 đồng + 0,3% phần giá trị trên 10.000.000.000 đồng; tối đa 100.000.000 đồng",
            Word(formula, "vi")
        );
        quote = (await Officer.Get($"/api/v1/procedures/{Licence}/fee-quote?declaredValue=3000000000")).Expect(200).Json;
        Assert.Equal(20_000_000, Dong(quote, "totalDong"));
        (await Officer.Get($"/api/v1/procedures/{Licence}/fee-quote?declaredValue=0")).Expect(400);
        var guide = (await Officer.Get($"/api/v1/procedures/{Licence}/guide?declaredValue=3000000000")).Expect(200).Json;
        Assert.All(guide.GetProperty("ways").EnumerateArray(), w => Assert.Equal(20_000_000, Dong(w.GetProperty("fee"), "totalDong")));
        Assert.Contains("0,5%", (await Host.Anonymous().Get($"/guide/{Licence}?lang=vi")).Text, StringComparison.Ordinal);
        var check = await Officer.Post(
            $"/api/v1/procedures/{Licence}/pre-check",
            new { documents = new[] { "form", "licence" }, declaredValue = 20_000_000_000 }
        );
        Assert.Equal(85_000_000, Dong(check.Expect(200).Json.GetProperty("fee"), "totalDong"));

        var reception = Reception();
        (await Officer.Post("/api/v1/dossiers", reception)).Expect(422, "dossiers.declared-value-missing");
        reception["declaredValue"] = 3_000_000_000;
        var dossier = (await Officer.Post("/api/v1/dossiers", reception)).Expect(201);
        Assert.Equal(3_000_000_000, Dong(dossier.Json, "declaredValue"));
        var settled = await Settle(dossier);
        Assert.Equal(20_000_000, Dong(Assert.Single((await Payments(settled)).GetProperty("payments").EnumerateArray()), "amount"));

        foreach (var form in new[] { "csv", "ndjson" })
        {
            var export = await Officer.Get($"/api/v1/procedures/export?format={form}");
            Assert.Contains("shares", export.Expect(200).Text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("value", null, null, null, "shares-unclear")]
    [InlineData("dossier", 0.5, null, null, "shares-unclear")]
    [InlineData("dossier", null, 1, null, "shares-unclear")]
    [InlineData("value", 0.5, 20, 10, "least-over-most")]
    public async Task A_price_by_value_that_contradicts_itself_is_refused(string unit, double? percent, int? least, int? most, string code)
    {
        var present = (await Officer.Get("/api/v1/procedures/" + Licence)).Expect(200);
        var details = JsonNode.Parse(present.Json.GetProperty("details").GetRawText())!.AsObject();
        details.Remove("feeDong");
        var fee = details["fees"]!.AsArray()[0]!;
        (fee["unit"], fee["leastDong"], fee["mostDong"]) = (unit, least, most);
        if (percent is { } share)
            fee["shares"] = new JsonArray(new JsonObject { ["above"] = 0, ["percent"] = share });
        var version = new JsonObject
        {
            ["effectiveFrom"] = "2026-11-20",
            ["decision"] = "Quyết định 7",
            ["details"] = details,
        };
        (await Officer.Post($"/api/v1/procedures/{Licence}/versions", version.ToJsonString(), ("If-Match", present.ETag))).Expect(
            422,
            "dossiers." + code
        );
    }

    [Fact]
    public async Task What_is_demanded_follows_from_the_tariff_or_carries_a_reason_and_is_demanded_once()
    {
        var dossier = await Receive();
        Task<Reply> Ask(Reply seen, object line) => Act(seen, "request-payment", Lines("before", line));

        (await Ask(dossier, new { feeCode = "unheard" })).Expect(422, "dossiers.unknown-fee-line");
        (await Ask(dossier, new { feeCode = "licence", amount = 135_001 })).Expect(422, "dossiers.more-than-tariff");
        (await Ask(dossier, new { feeCode = "other", amount = 5_000 })).Expect(422, "dossiers.reason-missing");
        (await Ask(dossier, new { feeCode = "other", reason = "Bản đồ" })).Expect(422, "dossiers.amount-missing");
        (
            await Ask(
                dossier,
                new
                {
                    feeCode = "other",
                    amount = 0,
                    reason = "Bản đồ",
                }
            )
        ).Expect(400);
        (await Act(dossier, "request-payment", Lines("before", new { feeCode = "licence" }, new { feeCode = "licence" }))).Expect(
            409,
            "dossiers.demanded-already"
        );

        var part = (await Ask(dossier, new { feeCode = "licence", amount = 100_000 })).Expect(200);
        var rest = (await Ask(part, new { feeCode = "licence" })).Expect(200);
        (await Ask(rest, new { feeCode = "licence" })).Expect(409, "dossiers.demanded-already");
        var map = new
        {
            feeCode = "other",
            amount = 5_000,
            reason = "Bản đồ",
            legalBasisId = Basis,
        };
        var other = (await Ask(rest, map)).Expect(200);
        (await Ask(other, map)).Expect(409, "dossiers.demanded-already");
        var paid = await Pay(other);

        var lines = (await Payments(paid)).GetProperty("lines").EnumerateArray().ToList();
        Assert.Equal(
            [("licence", 135_000, 35_000, 35_000, 100_000), ("other", 5_000, 5_000, 5_000, 0)],
            lines.Select(l => (Word(l, "feeCode"), Dong(l, "due"), Dong(l, "owed"), Dong(l, "demanded"), Dong(l, "paid")))
        );
    }

    [Fact]
    public async Task An_amount_alone_that_the_tariff_wants_is_its_lines()
    {
        var dossier = (await Act(await Receive(), "request-payment", new { amount = 135_000, notice = "TB 1" })).Expect(200);
        var line = Assert.Single((await Payments(dossier)).GetProperty("lines").EnumerateArray());
        Assert.Equal(("licence", 135_000), (Word(line, "feeCode"), Dong(line, "demanded")));
        (await Act(dossier, "request-payment", new { notice = "TB 2" })).Expect(422, "dossiers.amount-missing");
    }

    [Fact]
    public async Task Fee_and_charge_are_demanded_apart_and_have_receipts_of_their_own()
    {
        var dossier = await ReceiveEnterprise();
        var demanded = (
            await Act(dossier, "request-payment", Lines("before", new { feeCode = "registration" }, new { feeCode = "publication" }))
        ).Expect(200);
        var paid = await Pay(await Pay(demanded), number: 2);
        var demands = (await Payments(paid)).GetProperty("payments").EnumerateArray().ToList();
        Assert.Equal([("charge", 50_000), ("fee", 100_000)], demands.Select(p => (Word(p, "kind"), Dong(p, "amount"))));
        var receipts = Items(await Officer.Get("/api/v1/fee-receipts?dossierCode=" + Text(dossier, "code")));
        Assert.Equal(
            [("01BLP", "0000001", 100_000), ("02BLP", "0000001", 50_000)],
            receipts.Select(r => (Word(r, "formCode"), Word(r, "number"), Dong(r, "amount"))).Order()
        );
    }

    [Fact]
    public async Task Whoever_the_tariff_frees_proves_it_and_pays_nothing()
    {
        await Publish(
            Licence,
            d =>
            {
                d["personGroups"] = JsonNode.Parse("""[{"code":"poor","name":"Hộ nghèo","nameEn":"Poor households"}]""");
                d["exemptions"] = JsonNode.Parse($$"""[{"personGroup":"poor","legalBasisId":"{{Basis}}"}]""");
                d["flags"]!["payBefore"] = true;
            }
        );
        var reception = Reception();
        reception["personGroup"] = "poor";
        (await Officer.Post("/api/v1/dossiers", reception)).Expect(422, "dossiers.evidence-missing");
        reception["groupEvidence"] = "Giấy chứng nhận hộ nghèo số 12/2026";
        var dossier = (await Officer.Post("/api/v1/dossiers", reception)).Expect(201);
        var line = Assert.Single((await Payments(dossier)).GetProperty("lines").EnumerateArray());
        Assert.Equal((0, 135_000, Basis), (Dong(line, "owed"), Dong(line, "exempt"), Word(line, "legalBasisId")));
        (await Act(dossier, "transfer")).Expect(200);
        Assert.Equal(135_000, Dong(await Book(), "exempted"));
        var online = (await Officer.Post("/api/v1/online-submissions", reception)).Expect(201);
        Assert.True(online.Json.TryGetProperty("intakeDueAt", out _));
        Assert.Equal(135_000, Dong(await Book(), "exempted")); // counted once it is received
        reception["personGroup"] = "unheard";
        (await Officer.Post("/api/v1/online-submissions", reception)).Expect(422, "dossiers.unknown-person-group");
    }

    [Fact]
    public async Task An_officer_frees_somebody_with_reason_instrument_and_proof()
    {
        var waiting = (
            await Act((await Act(await Receive(), "transfer")).Expect(200), "request-payment", Lines("now", new { feeCode = "licence" }))
        ).Expect(200);
        (await Act(waiting, "grant-exemption", Grant("licence", "none"))).Expect(422, "dossiers.exemption-basis-unknown");
        (await Act(waiting, "grant-exemption", Grant("unheard", Basis))).Expect(422, "dossiers.unknown-fee-line");
        (await Act(waiting, "grant-exemption", Grant("licence", Basis, 135_001))).Expect(422, "dossiers.exempt-too-much");
        (await Act(waiting, "grant-exemption", Grant("licence", "nd-61-2018"))).Expect(422, "dossiers.exemption-basis-unknown");

        var less = (await Act(waiting, "grant-exemption", Grant("licence", Basis, 35_000))).Expect(200);
        Assert.Equal("financialObligationRequested", Text(less, "status"));
        Assert.Equal(100_000, Dong((await Payments(less)).GetProperty("payments")[0], "amount"));
        var free = (await Act(less, "grant-exemption", Grant("licence", Basis))).Expect(200);
        Assert.Equal(("inProcess", "cancelled"), (Text(free, "status"), Text(free, "payment")));
        (await Act(free, "grant-exemption", Grant("licence", Basis))).Expect(422, "dossiers.exempt-too-much");
        (await Act(free, "request-payment", Lines("now", new { feeCode = "licence" }))).Expect(409, "dossiers.demanded-already");

        var payments = await Payments(free);
        Assert.Equal(135_000, Dong(payments.GetProperty("lines")[0], "exempt"));
        Assert.Equal([35_000, 100_000], payments.GetProperty("exemptions").EnumerateArray().Select(e => Dong(e, "amount")));
        Assert.Equal(135_000, Dong(await Book(), "exempted"));

        static object Grant(string line, string basis, long? amount = null) =>
            new
            {
                feeCode = line,
                reason = "Người khuyết tật nặng",
                legalBasisId = basis,
                evidence = "Giấy xác nhận số 5",
                amount,
            };
    }

    [Fact]
    public async Task A_procedure_that_must_have_a_result_is_not_settled_without_one()
    {
        var dossier = await ToLastStep(await Receive());
        (await Act(dossier, "settle", new { })).Expect(422, "dossiers.result-missing");
        (await Act(dossier, "settle", new { number = "12/GP" })).Expect(422, "dossiers.result-missing");
        (
            await Act(
                dossier,
                "settle",
                new
                {
                    number = "",
                    date = "2026-11-23",
                    signer = "Giám đốc",
                }
            )
        ).Expect(400);
        (await Act(dossier, "settle", Signed())).Expect(200);

        await Publish(Licence, d => d["flags"]!["resultMandatory"] = false);
        var free = await ToLastStep(await Receive());
        (await Act(free, "settle", new { refusalReason = "Không đủ điều kiện" })).Expect(422, "dossiers.result-missing");
        var settled = (await Act(free, "settle", new { })).Expect(200);
        Assert.Equal(("completed", "result"), (Text(settled, "status"), Text(settled, "outcome")));
        Assert.False(settled.Json.TryGetProperty("result", out _));
        (await Act(await PayAll(settled), "return", ByPost)).Expect(200);
    }

    [Fact]
    public async Task Every_act_with_money_stands_in_the_timeline()
    {
        var voided = (await Act(await Paid(), "void-payment", new { reason = "Ghi nhầm" })).Expect(200);
        var acts = Items(await Officer.Get(Path(voided) + "/timeline"), "entries").Select(t => Word(t, "act"));
        Assert.Equal(["received", "paymentRequested", "paymentConfirmed", "paymentVoided"], acts);
    }

    [Fact]
    public async Task A_demand_with_a_wrong_amount_is_taken_back_and_the_work_goes_on()
    {
        var working = (await Act(await Receive(), "transfer")).Expect(200);
        var wrong = new
        {
            notice = "TB 12/TB-CAT",
            amount = 1_350_000,
            timing = "now",
        };
        var waiting = (await Act(working, "request-payment", wrong)).Expect(200);
        (await Act(waiting, "cancel-payment", new { reason = "" })).Expect(400);
        (await Act(waiting, "cancel-payment", new { reason = "Ghi thừa một số không", number = 2 })).Expect(409, "dossiers.nothing-to-pay");
        var going = (await Act(waiting, "cancel-payment", new { reason = "Ghi thừa một số không" })).Expect(200);
        Assert.Equal(("inProcess", "cancelled"), (Text(going, "status"), Text(going, "payment")));
        Assert.NotNull(Text(going, "dueAt"));
        (await Act(going, "confirm-payment", Cash)).Expect(409, "dossiers.nothing-to-pay");

        // Who never pays does not keep a dossier open for ever.
        waiting = (await Act(going, "request-payment", wrong)).Expect(200);
        (await Act(waiting, "stop", new { reason = "Không nộp phí", legalBasis = "Điều 7" })).Expect(200);
    }

    [Fact]
    public async Task What_the_tariff_wants_before_the_work_is_not_taken_back_and_now_is_before_until_it_has_begun()
    {
        await PayBefore();
        var dossier = await Receive();
        (await Act(dossier, "cancel-payment", new { reason = "Cho qua" })).Expect(422, "dossiers.demand-of-tariff");
        var more = new
        {
            notice = "TB",
            amount = 5_000,
            timing = "now",
        };
        dossier = (await Act(dossier, "request-payment", more)).Expect(200);
        Assert.Equal(
            ["before", "before"],
            (await Payments(dossier)).GetProperty("payments").EnumerateArray().Select(p => Word(p, "timing"))
        );
    }

    [Fact]
    public async Task Who_was_freed_from_a_payment_meanwhile_does_not_wait_for_it_when_the_withdrawal_is_refused()
    {
        var working = (await Act(await Receive(), "transfer")).Expect(200);
        var waiting = (await Act(working, "request-payment", Lines("now", new { feeCode = "licence" }))).Expect(200);
        var wished = (await Act(waiting, "request-withdrawal", new { })).Expect(200);
        var freed = (
            await Act(
                wished,
                "grant-exemption",
                new
                {
                    feeCode = "licence",
                    reason = "Người khuyết tật nặng",
                    legalBasisId = Basis,
                    evidence = "GXN 12",
                }
            )
        ).Expect(200);
        var refused = (await Act(freed, "decide-withdrawal", new { granted = false, decision = "12/QĐ" })).Expect(200);
        Assert.Equal("inProcess", Text(refused, "status"));
        Assert.NotNull(Text(refused, "dueAt"));
    }
}
