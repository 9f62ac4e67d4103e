using Pac.Testing;

namespace Pac.Dossiers.Tests.Features;

/// <summary>Reception by the variant, the group and the price; and the move of an open dossier to another version.</summary>
public sealed class VariantTests(DossiersHost fixture) : DossierTests(fixture)
{
    private const string Record = "2.000488";

    private static Dictionary<string, object?> Reception(string? variant, string? group, int copies = 1)
    {
        var reception = DossierTests.Reception(Record);
        (reception["variantCode"], reception["personGroup"], reception["copies"]) = (variant, group, copies);
        reception["groupEvidence"] = group is null ? null : "Thẻ sinh viên 2026/123";
        return reception;
    }

    private static IEnumerable<(string Code, long Dong)> Due(Reply dossier) =>
        dossier
            .Json.GetProperty("feesDue")
            .EnumerateArray()
            .Select(l => (l.GetProperty("code").GetString()!, l.GetProperty("dong").GetInt64()));

    private async Task<Reply> Move(Reply dossier, int version, string? variant = null, string reason = "Quy định mới có lợi hơn") =>
        await Act(
            dossier,
            "move-to-version",
            new
            {
                version,
                reason,
                variantCode = variant,
            }
        );

    [Fact]
    public async Task A_dossier_is_received_by_the_terms_and_steps_of_its_variant()
    {
        var ordinary = (await Officer.Post("/api/v1/dossiers", Reception(null, null))).Expect(201);
        var complex = (await Officer.Post("/api/v1/dossiers", Reception("complex", null))).Expect(201);
        Assert.Equal(
            ("2026-12-03T17:00:00+07:00", "2026-12-08T17:00:00+07:00", "complex"),
            (Text(ordinary, "dueAt"), Text(complex, "dueAt"), Text(complex, "variantCode"))
        );
        Assert.False(ordinary.Json.TryGetProperty("variantCode", out _));
        Assert.Equal(52, Items(await Officer.Get(Path(complex) + "/steps"), "steps")[2].GetProperty("allottedHours").GetInt32());
        (await Officer.Post("/api/v1/dossiers", Reception("none", null))).Expect(422, "dossiers.unknown-variant");
    }

    [Fact]
    public async Task What_is_to_be_paid_is_kept_as_it_was_on_the_day_of_reception()
    {
        var dossier = (await Officer.Post("/api/v1/dossiers", Reception(null, "reduced", 3))).Expect(201);
        Assert.Equal([("record", 100_000), ("copies", 5_000)], Due(dossier));
        Assert.Equal([("record", 100_000), ("copies", 5_000)], Due((await Officer.Get(Path(dossier))).Expect(200)));
        Assert.Equal("reduced", Text(dossier, "personGroup"));
        Assert.Empty(Due(await Receive(Origin))); // by tariff
        (await Officer.Post("/api/v1/dossiers", Reception(null, "none"))).Expect(422, "dossiers.unknown-person-group");
        (await Officer.Post("/api/v1/dossiers", Reception(null, null, 0))).Expect(400);
    }

    [Fact]
    public async Task A_certified_copy_is_paid_by_the_pages_that_were_handed_in()
    {
        var reception = DossierTests.Reception("2.000815");
        reception["agencyCode"] = WardCommittee;
        reception["copies"] = 2;
        reception["documents"] = new object[]
        {
            new
            {
                code = "original",
                kind = "original",
                pages = 10,
            },
        };
        Assert.Equal([("certification", 24_000)], Due((await Officer.Post("/api/v1/dossiers", reception)).Expect(201)));
        // Nobody pays nothing because nobody counted.
        reception["documents"] = Papers("original");
        var refused = (await Officer.Post("/api/v1/dossiers", reception)).Expect(422, "dossiers.pages-missing");
        Assert.Equal([("/documents", "dossiers.pages-missing")], Faults(refused));
    }

    [Fact]
    public async Task The_officer_who_accepts_counts_the_pages_that_the_portal_does_not_hand_on()
    {
        var reception = DossierTests.Reception("2.000815");
        reception["agencyCode"] = WardCommittee;
        reception["documents"] = new object[]
        {
            new
            {
                code = "original",
                kind = "original",
                pages = 1,
            },
        };
        var submitted = (await Officer.Post("/api/v1/online-submissions", reception)).Expect(201);
        await Host.Sql("UPDATE dossiers.dossiers SET components = '[{\"Code\": \"original\", \"Kind\": \"Original\"}]', fees_due = '[]'");
        submitted = (await Officer.Get(Path(submitted))).Expect(200);
        var refused = (await Act(submitted, "accept")).Expect(422, "dossiers.pages-missing");
        Assert.Equal([("/correctedCase/pages", "dossiers.pages-missing")], Faults(refused));
        var accepted = (await Act(submitted, "accept", new { correctedCase = new { pages = 10 } })).Expect(200);
        Assert.Equal([("certification", 12_000)], Due(accepted));
    }

    [Fact]
    public async Task A_move_to_another_variant_takes_its_price_along()
    {
        var passport = DossierTests.Reception("9.000009");
        passport["documents"] = Papers("form", "photo");
        var dossier = (await Officer.Post("/api/v1/dossiers", passport)).Expect(201);
        Assert.Equal(200_000, Due(dossier).Sum(d => d.Dong));
        var moved = (await Move(await ApproveMove(dossier, 1, "lost"), 1, "lost")).Expect(200);
        Assert.Equal(400_000, Due(moved).Sum(d => d.Dong));

        // Whoever paid more than the right case costs gets it back.
        passport["variantCode"] = "lost";
        dossier = (await Officer.Post("/api/v1/dossiers", passport)).Expect(201);
        dossier = (
            await Act(
                dossier,
                "request-payment",
                new
                {
                    amount = 400_000,
                    notice = "TB 1",
                    timing = "before",
                }
            )
        ).Expect(200);
        dossier = await PayAll(dossier);
        moved = (await Move(await ApproveMove(dossier, 1), 1)).Expect(200);
        Assert.Equal((200_000, "refundDue"), (Due(moved).Sum(d => d.Dong), Text(moved, "payment")));
        var refund = (await Officer.Get(Path(moved) + "/payments")).Expect(200).Json.GetProperty("refunds")[0];
        Assert.Equal(200_000, refund.GetProperty("amount").GetInt64());
    }

    [Fact]
    public async Task No_move_drops_a_paper_that_the_person_is_asked_for()
    {
        var dossier = (await Act(await Receive(), "transfer")).Expect(200);
        var items = new[] { new { code = "licence", reason = "mờ" } };
        dossier = (await Act(dossier, "request-supplement", new { items, legalBasis = "Điều 11" })).Expect(200);
        var tag = (await Officer.Get("/api/v1/procedures/" + Licence)).ETag;
        (
            await Officer.Post($"/api/v1/procedures/{Licence}/versions", CatalogueTests.Version("2026-11-23", "form"), ("If-Match", tag))
        ).Expect(201);
        var leave = new
        {
            version = 2,
            reason = "Có lợi hơn",
            office = "Giám đốc",
        };
        (await Act(dossier, "approve-version-move", leave, Leader)).Expect(422, "dossiers.move-drops-asked");
    }

    [Fact]
    public async Task A_host_that_remembers_an_earlier_version_receives_by_the_variants_of_the_new_one()
    {
        await using var second = await Host.Sibling();
        var there = second.Client(Everything);
        (await there.Post("/api/v1/dossiers", DossierTests.Reception())).Expect(201);
        var version = CatalogueTests.Version("2026-11-23", "form", "licence");
        ((Dictionary<string, object?>)version["details"]!)["variants"] = new object[]
        {
            new
            {
                code = "urgent",
                name = "Khẩn",
                nameEn = "Urgent",
                terms = new object[] { new { value = 1, unit = "workingDay" } },
            },
        };
        var tag = (await Officer.Get("/api/v1/procedures/" + Licence)).ETag;
        (await Officer.Post($"/api/v1/procedures/{Licence}/versions", version, ("If-Match", tag))).Expect(201);
        var urgent = DossierTests.Reception();
        urgent["variantCode"] = "urgent";
        Assert.Equal("2026-11-25T17:00:00+07:00", Text((await there.Post("/api/v1/dossiers", urgent)).Expect(201), "dueAt"));
    }

    [Fact]
    public async Task An_open_dossier_is_moved_with_approver_and_reason_and_the_timeline_says_so()
    {
        var dossier = await Receive();
        var tag = (await Officer.Get("/api/v1/procedures/" + Licence)).ETag;
        var version = CatalogueTests.Version("2026-11-24", "form", "licence");
        (await Officer.Post($"/api/v1/procedures/{Licence}/versions", version, ("If-Match", tag))).Expect(201);
        (await Move(dossier, 2)).Expect(422, "dossiers.unknown-version"); // not in force yet
        Host.Clock.Now = DakLak.At("2026-11-25 09:00");
        (await Move(dossier, 3)).Expect(422, "dossiers.unknown-version");
        (await Move(dossier, 1)).Expect(409, "dossiers.same-version");
        (await Move(dossier, 2, reason: " ")).Expect(400);
        (await Act(dossier, "move-to-version", new { version = 2 })).Expect(400);

        // Nobody lets himself do it, and an approval is for the very version it names.
        (await Move(dossier, 2)).Expect(422, "dossiers.special-act-unapproved");
        var leave = new
        {
            version = 2,
            reason = "Có lợi hơn",
            office = "Giám đốc",
        };
        (
            await Act(dossier, "approve-version-move", leave, Host.Client([.. Everything.Where(p => p != "dossiers.approve-special")]))
        ).Expect(403);
        var own = (await Act(dossier, "approve-version-move", leave)).Expect(200);
        (await Move(own, 2)).Expect(422, "dossiers.special-act-same-hand");
        var approved = await ApproveMove(own, 2);
        (await Move(approved, 2, "none")).Expect(422, "dossiers.unknown-variant");
        var moved = (await Move(approved, 2)).Expect(200);
        Assert.Equal((2, "2026-11-30T17:00:00+07:00"), (moved.Json.GetProperty("procedureVersion").GetInt32(), Text(moved, "dueAt")));
        Assert.Equal(
            ["reception", "clerk"],
            Items(await Officer.Get(Path(dossier) + "/steps"), "steps").Select(s => s.GetProperty("role").GetString())
        );
        var lines = Items(await Officer.Get(Path(dossier) + "/timeline"), "entries");
        Assert.Equal(
            ("specialActApproved", "leader", "move-to-version 2; Giám đốc Trung tâm: Có lợi hơn cho người nộp"),
            (
                lines[^2].GetProperty("act").GetString(),
                lines[^2].GetProperty("subject").GetString(),
                lines[^2].GetProperty("detail").GetString()
            )
        );
        var line = lines[^1];
        Assert.Equal(
            ("movedToVersion", "1 -> 2; Giám đốc Trung tâm: Quy định mới có lợi hơn"),
            (line.GetProperty("act").GetString(), line.GetProperty("detail").GetString())
        );
        Assert.Equal(
            ["Giấy tờ form", "Giấy tờ licence"],
            (await Officer.Get(Path(dossier) + "/forms/01"))
                .Expect(200)
                .Json.GetProperty("documents")
                .EnumerateArray()
                .Select(d => d.GetProperty("name").GetString())
        );
        (await Move(dossier, 1)).Expect(412, "stale");
        var settled = await Settle(moved);
        (await Move(settled, 1)).Expect(409, "dossiers.not-movable");
    }

    [Fact]
    public async Task Whoever_may_not_move_dossiers_or_see_them_does_not()
    {
        var dossier = await Receive();
        (await Act(dossier, "move-to-version", new { version = 1, reason = "b" }, Host.Client("dossiers.read"))).Expect(403);
        (await Act(dossier, "move-to-version", new { version = 1, reason = "b" }, Over("agency:H15.05"))).Expect(404);
    }
}
