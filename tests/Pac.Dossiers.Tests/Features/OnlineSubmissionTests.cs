using System.Text.Json.Nodes;
using Pac.Dossiers.Tests.Features.Fees;
using Pac.Testing;

namespace Pac.Dossiers.Tests.Features;

/// <summary>What is submitted online has all that a counter takes in, and the officer who accepts it can set the case right.</summary>
public sealed class OnlineSubmissionTests(MoneyHost fixture) : FeeTests(fixture), IClassFixture<MoneyHost>
{
    private const string Record = "2.000488";
    private const string Submissions = "/api/v1/online-submissions";

    private static Dictionary<string, object?> Submission(string? variant = null, string? group = null, int copies = 1)
    {
        var submission = Reception(Record);
        (submission["variantCode"], submission["personGroup"], submission["copies"]) = (variant, group, copies);
        submission["groupEvidence"] = group is null ? null : "Thẻ sinh viên 2026/123";
        return submission;
    }

    private static IEnumerable<(string Code, long Dong)> Due(Reply dossier) =>
        dossier.Json.GetProperty("feesDue").EnumerateArray().Select(l => (Word(l, "code"), Dong(l, "dong")));

    private static object Case(object corrected) => new { correctedCase = corrected };

    [Fact]
    public async Task A_submission_is_accepted_by_the_time_the_steps_and_the_price_of_its_variant_and_copies()
    {
        var submitted = (await Officer.Post(Submissions, Submission("complex", "reduced", 3))).Expect(201);
        Assert.Equal(("complex", 3), (Text(submitted, "variantCode"), submitted.Json.GetProperty("copies").GetInt32()));
        Assert.Equal([("record", 100_000), ("copies", 5_000)], Due(submitted));
        var received = (await Act(submitted, "accept")).Expect(200);
        Assert.Equal("2026-12-08T17:00:00+07:00", Text(received, "dueAt"));
        Assert.Equal(52, Items(await Officer.Get(Path(received) + "/steps"), "steps")[2].GetProperty("allottedHours").GetInt32());
        Assert.Equal(received.Text, (await Officer.Get(Path(received))).Expect(200).Text);
        (await Officer.Post(Submissions, Submission("none"))).Expect(422, "dossiers.unknown-variant");
        (await Officer.Post(Submissions, Submission(copies: 0))).Expect(400);
    }

    [Fact]
    public async Task Somebody_files_online_for_another_with_an_authorisation_and_says_how_to_be_told()
    {
        var submission = Submission();
        submission["involved"] = new
        {
            owner = new { name = "Trần Văn Chủ", identityNumber = "066190009876" },
            representative = new { name = "Lê Thị Đại Diện", identityNumber = "066190005432" },
            authorisation = new { number = "0123/2026/UQ", date = "2026-11-01" },
        };
        submission["notifications"] = new { channels = new[] { "email" }, language = "en" };
        var submitted = (await Officer.Post(Submissions, submission)).Expect(201);
        Assert.DoesNotContain("066190009876", submitted.Text, StringComparison.Ordinal);
        var applicant = (await Officer.Get(Path(submitted) + "/applicant")).Expect(200).Json;
        Assert.Equal("066190009876", Word(applicant.GetProperty("owner"), "identityNumber"));
        Assert.Equal("066190005432", Word(applicant.GetProperty("representative"), "identityNumber"));

        submission["involved"] = new { representative = new { name = "Lê Thị Đại Diện" } };
        (await Officer.Post(Submissions, submission)).Expect(422, "dossiers.authorisation-missing");
        submission["involved"] = new { representative = new { name = "" } };
        (await Officer.Post(Submissions, submission)).Expect(400, "invalid");
    }

    [Fact]
    public async Task An_officer_who_accepts_sets_the_case_right_and_what_is_owed_and_when_it_is_due_follow()
    {
        var submitted = (await Officer.Post(Submissions, Submission())).Expect(201);
        Assert.Equal(
            "/correctedCase/variantCode",
            Faults((await Act(submitted, "accept", Case(new { variantCode = "none" }))).Expect(422, "dossiers.unknown-variant"))
                .Single()
                .Pointer
        );
        (await Act(submitted, "accept", Case(new { variantCode = "complex", personGroup = "none" }))).Expect(
            422,
            "dossiers.unknown-person-group"
        );
        (await Act(submitted, "accept", Case(new { variantCode = "complex", personGroup = "reduced" }))).Expect(
            422,
            "dossiers.evidence-missing"
        );
        Assert.Equal(
            [("/correctedCase/copies", "inclusive-between")],
            Faults((await Act(submitted, "accept", Case(new { copies = 0 }))).Expect(400, "invalid"))
        );
        Assert.Equal("submitted", Text((await Officer.Get(Path(submitted))).Expect(200), "status"));

        var right = Case(
            new
            {
                variantCode = "complex",
                personGroup = "reduced",
                groupEvidence = "Thẻ 1",
                copies = 4,
            }
        );
        var received = (await Act(submitted, "accept", right)).Expect(200);
        Assert.Equal(
            ("received", "complex", "2026-12-08T17:00:00+07:00"),
            (Text(received, "status"), Text(received, "variantCode"), Text(received, "dueAt"))
        );
        Assert.Equal([("record", 100_000), ("copies", 10_000)], Due(received));
        Assert.Equal(received.Text, (await Officer.Get(Path(received))).Expect(200).Text);
        var entries = Items(await Officer.Get(Path(received) + "/timeline"), "entries");
        Assert.Equal("- -> complex", Word(Assert.Single(entries, e => Word(e, "act") == "caseCorrected"), "detail"));

        var back = (await Officer.Post(Submissions, Submission("complex", "reduced"))).Expect(201);
        var ordinary = (await Act(back, "accept", Case(new { }))).Expect(200);
        Assert.False(ordinary.Json.TryGetProperty("variantCode", out _) || ordinary.Json.TryGetProperty("personGroup", out _));
        Assert.Equal([("record", 200_000)], Due(ordinary));
        Assert.Equal("2026-12-03T17:00:00+07:00", Text(ordinary, "dueAt"));
    }

    [Fact]
    public async Task What_was_demanded_for_the_wrong_case_is_demanded_anew_before_any_work()
    {
        await Publish(
            Record,
            d =>
            {
                d["flags"]!["payBefore"] = true;
                var dearer = d["fees"]!.AsArray().First(f => (string?)f!["code"] == "record")!.DeepClone();
                (dearer["variantCode"], dearer["dong"]) = ("complex", 300_000);
                dearer.AsObject().Remove("personGroup");
                d["fees"]!.AsArray().Add(dearer);
            }
        );
        var submitted = (await Officer.Post(Submissions, Submission())).Expect(201);
        (await Act(submitted, "accept")).Expect(409, "dossiers.payment-first");
        // Nothing that is the same is a correction.
        (await Act(submitted, "accept", Case(new { }))).Expect(409, "dossiers.payment-first");
        var corrected = (await Act(submitted, "accept", Case(new { variantCode = "complex" }))).Expect(200);
        Assert.Equal("submitted", Text(corrected, "status"));
        Assert.False(corrected.Json.TryGetProperty("dueAt", out _));
        var payments = (await Payments(corrected)).GetProperty("payments").EnumerateArray().ToList();
        Assert.Equal(300_000, payments.Where(p => Word(p, "status") == "waiting").Sum(p => Dong(p, "amount")));
        (await Act(corrected, "accept")).Expect(409, "dossiers.payment-first");
        var paid = await PayAll(corrected);
        // Paid for the dearer case, it turns out to be the ordinary one: the rest is to be given back.
        var received = (await Act(paid, "accept", Case(new { }))).Expect(200);
        Assert.Equal("received", Text(received, "status"));
        var refund = Assert.Single((await Payments(received)).GetProperty("refunds").EnumerateArray());
        Assert.Equal(("requested", 100_000), (Word(refund, "state"), Dong(refund, "amount")));
        Assert.Equal(200, (await Act(received, "transfer")).Status);
    }

    [Fact]
    public async Task A_submission_declares_the_value_that_its_price_follows_from_and_one_of_before_is_accepted_by_the_version_of_its_day()
    {
        var submitted = (await Officer.Post(Submissions, Reception())).Expect(201);
        var byValue = new JsonArray(new JsonObject { ["above"] = 0, ["percent"] = 0.5 });
        await Publish(
            Licence,
            d =>
            {
                var fee = d["fees"]!.AsArray()[0]!;
                (fee["unit"], fee["dong"], fee["shares"]) = ("value", 0, byValue);
                d.Remove("feeDong");
            }
        );
        (await Officer.Post(Submissions, Reception())).Expect(422, "dossiers.declared-value-missing");
        // Whoever has nothing to say sends nothing.
        using var accept = new HttpRequestMessage(HttpMethod.Post, new Uri(Path(submitted) + "/accept", UriKind.Relative));
        accept.Headers.TryAddWithoutValidation("If-Match", submitted.ETag);
        using var accepted = await Officer.SendAsync(accept, TestContext.Current.CancellationToken);
        Assert.Equal(System.Net.HttpStatusCode.OK, accepted.StatusCode);
    }
}
