using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Pac.Dossiers.Persistence;
using Pac.Testing;

namespace Pac.Dossiers.Tests.Features;

/// <summary>Owners and representatives are found as applicants are.</summary>
public sealed class PartyTests(DossiersHost fixture) : DossierTests(fixture)
{
    private const string Searches = "/api/v1/dossier-searches";
    private const string Owner = "066190009876";
    private const string Representative = "066190005432";

    private static readonly object Involved = new
    {
        owner = new
        {
            name = "Đặng Văn Chủ",
            identityNumber = Owner,
            phone = "0905000222",
            address = "3 Hùng Vương",
        },
        representative = new { name = "H'Hen Niê", identityNumber = Representative },
        authorisation = new { number = "0123/2026/UQ", date = "2026-11-01" },
    };

    private async Task<Reply> ReceiveFor(object? involved = null, string centre = Facilities.Centre)
    {
        var reception = Reception(centre: centre);
        reception["involved"] = involved ?? Involved;
        return (await Officer.Post("/api/v1/dossiers", reception)).Expect(201);
    }

    private static string Parts(JsonElement line) =>
        string.Join(' ', line.GetProperty("foundAs").EnumerateArray().Select(p => p.GetString()));

    [Theory]
    [InlineData(Owner, null, "owner")]
    [InlineData(Representative, null, "representative")]
    [InlineData(Person.Identity, null, "applicant")]
    [InlineData(null, "dang chu", "owner")]
    [InlineData(null, "h'hen", "representative")]
    [InlineData(Owner, "van", "owner")]
    public async Task They_are_searched_for_by_number_and_name_and_the_answer_names_the_part(
        string? identityNumber,
        string? name,
        string part
    )
    {
        var dossier = await ReceiveFor();
        var line = Assert.Single(Items(await Officer.Post(Searches, new { identityNumber, name })));
        Assert.Equal((Text(dossier, "code"), part), (line.GetProperty("code").GetString(), Parts(line)));
        foreach (var scope in new[] { "centre:dak-lak", "agency:H15.09" })
            Assert.Single(Items(await Over(scope).Post(Searches, new { identityNumber, name })));
        Assert.Empty(Items(await Over("centre:66-22015").Post(Searches, new { identityNumber, name })));
    }

    [Fact]
    public async Task The_receipt_names_whose_affair_it_is()
    {
        var reception = Reception();
        reception["involved"] = new { owner = new { name = "Trần Thị Chủ", identityNumber = "066190000177" }, capacity = "parent" };
        var dossier = (await Officer.Post("/api/v1/dossiers", reception)).Expect(201);
        Assert.Equal("Trần Thị Chủ", Text((await Officer.Get(Path(dossier) + "/forms/01")).Expect(200), "ownerName"));
        Assert.False((await Officer.Get(Path(await Receive()) + "/forms/01")).Expect(200).Json.TryGetProperty("ownerName", out _));
    }

    [Fact]
    public async Task A_number_and_a_name_of_two_people_find_nothing()
    {
        await ReceiveFor();
        Assert.Empty(Items(await Officer.Post(Searches, new { identityNumber = Owner, name = "nguyet" })));
        Assert.Empty(Items(await Officer.Post(Searches, new { identityNumber = Person.Identity, name = "chu" })));
    }

    [Fact]
    public async Task Whoever_has_several_parts_is_found_once_and_pages_go_on_over_all_parts()
    {
        var self = new { owner = new { name = Person.Name, identityNumber = Person.Identity }, capacity = "relative" };
        var first = await ReceiveFor(self);
        Host.Clock.Now += TimeSpan.FromMinutes(1);
        var second = await Receive();
        Host.Clock.Now += TimeSpan.FromMinutes(1);
        var other = Reception();
        (other["applicant"], other["involved"]) = (new { name = "Y Bhiông Niê", identityNumber = "066190009999" }, self);
        var third = (await Officer.Post("/api/v1/dossiers", other)).Expect(201);

        List<string> found = [];
        string? cursor = null;
        do
        {
            var page = await Officer.Post(
                Searches,
                new
                {
                    identityNumber = Person.Identity,
                    limit = 1,
                    cursor,
                }
            );
            var line = Assert.Single(Items(page));
            found.Add($"{line.GetProperty("code").GetString()} {Parts(line)}");
            cursor = page.Json.TryGetProperty("nextCursor", out var next) ? next.GetString() : null;
        } while (cursor is not null);
        Assert.Equal(
            [$"{Text(third, "code")} owner", $"{Text(second, "code")} applicant", $"{Text(first, "code")} applicant owner"],
            found
        );
    }

    [Fact]
    public async Task What_is_known_of_an_owner_is_offered_with_the_part_and_the_look_is_noted()
    {
        var dossier = await ReceiveFor();
        var question = new { identityNumber = Owner, procedureCode = Licence };
        var known = (await Officer.Post("/api/v1/known-applicants", question)).Expect(200).Json;
        Assert.Equal(
            ("owner", "Đặng Văn Chủ", "0905000222", "3 Hùng Vương"),
            (Word("foundAs"), Word("name"), Word("phone"), Word("address"))
        );
        var open = Assert.Single(known.GetProperty("open").EnumerateArray());
        Assert.Equal((Text(dossier, "code"), "owner"), (open.GetProperty("code").GetString(), open.GetProperty("foundAs").GetString()));
        Assert.Equal(1, await Host.Scalar<long>("SELECT count(*) FROM dossiers.access_log WHERE purpose = 'known-applicant'"));
        (await Over("centre:66-22015").Post("/api/v1/known-applicants", question)).Expect(404);
        // Who acts for others has no dossier of his own by that.
        known = (await Officer.Post("/api/v1/known-applicants", question with { identityNumber = Representative })).Expect(200).Json;
        Assert.Empty(known.GetProperty("open").EnumerateArray());

        string? Word(string member) => known.GetProperty(member).GetString();
    }

    [Fact]
    public async Task A_dossier_of_the_same_owner_by_another_applicant_looks_alike_and_is_judged()
    {
        var first = await ReceiveFor();
        var other = Reception();
        other["applicant"] = new { name = "Đặng Văn Chủ", identityNumber = Owner };
        var second = (await Officer.Post("/api/v1/dossiers", other)).Expect(201);
        var alike = Assert.Single(Items(await Officer.Get(Path(second) + "/duplicates")));
        Assert.Equal((Text(first, "code"), "owner"), (alike.GetProperty("code").GetString(), alike.GetProperty("foundAs").GetString()));
        alike = Assert.Single(Items(await Officer.Get(Path(first) + "/duplicates")));
        Assert.Equal(
            (Text(second, "code"), "applicant"),
            (alike.GetProperty("code").GetString(), alike.GetProperty("foundAs").GetString())
        );
        var verdict = new
        {
            otherId = Text(first, "id"),
            same = true,
            reason = "Cùng một yêu cầu",
        };
        (await Act(second, "judge-duplicate", verdict)).Expect(200);
    }

    [Fact]
    public async Task Dossiers_alike_only_by_their_representative_are_not_shown_as_one()
    {
        await ReceiveFor();
        var other = Reception();
        other["applicant"] = new { name = "Y Bhiông Niê", identityNumber = "066190009999" };
        other["involved"] = new
        {
            representative = new { name = "H'Hen Niê", identityNumber = Representative },
            authorisation = new { number = "0124/2026/UQ", date = "2026-11-01" },
        };
        var second = (await Officer.Post("/api/v1/dossiers", other)).Expect(201);
        Assert.Empty(Items(await Officer.Get(Path(second) + "/duplicates")));
    }

    [Fact]
    public async Task A_dossier_without_others_writes_no_row_and_the_migration_fills_what_was_there_before()
    {
        await Receive();
        Assert.Equal(0, await Host.Scalar<long>("SELECT count(*) FROM dossiers.dossier_people"));
        await ReceiveFor();
        const string rows =
            "SELECT string_agg(part || ' ' || encode(identity_index, 'hex') || ' ' || search, ', ' ORDER BY part) FROM dossiers.dossier_people";
        var written = await Host.Scalar<string>(rows);
        Assert.Contains("dang van chu", written, StringComparison.Ordinal);
        await Host.Sql("DELETE FROM dossiers.dossier_people");
        await using var services = Host.Services.CreateAsyncScope();
        await Host.Sql(DossierPeopleSql.Fill);
        Assert.Equal(written, await Host.Scalar<string>(rows));
    }
}
