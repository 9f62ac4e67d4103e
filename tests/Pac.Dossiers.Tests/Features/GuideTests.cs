using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Pac.BuildingBlocks;
using Pac.Testing;

namespace Pac.Dossiers.Tests.Features;

/// <summary>What anybody is told before filing: the guide, the price, and whether the papers suffice.</summary>
public sealed class GuideTests(DossiersHost fixture) : DossierTests(fixture)
{
    private const string Record = "2.000488";
    private const string Certified = "2.000815";
    private const string Residence = "1.004194";

    private async Task<JsonElement> Get(string path) => (await Host.Anonymous().Get("/api/v1/procedures/" + path)).Expect(200).Json;

    private static string Both(JsonElement text) => text.GetProperty("vi").GetString() + "|" + text.GetProperty("en").GetString();

    [Fact]
    public async Task The_guide_tells_what_to_bring_how_long_how_much_where_and_how()
    {
        var guide = await Get(Residence + "/guide");
        Assert.Equal("Đăng ký tạm trú|Temporary residence registration", Both(guide.GetProperty("title")));
        Assert.Equal(
            ["Tờ khai thay đổi thông tin cư trú|Residence form", "Giấy tờ chứng minh chỗ ở hợp pháp|Proof of legal dwelling"],
            guide.GetProperty("whatToBring").EnumerateArray().Select(p => Both(p.GetProperty("title")))
        );
        Assert.Equal(
            [
                ("counter", "3 ngày làm việc|3 working days", 15_000),
                ("online", "3 ngày làm việc|3 working days", 7_000),
                ("post", "3 ngày làm việc|3 working days", 15_000),
            ],
            guide
                .GetProperty("ways")
                .EnumerateArray()
                .Select(w =>
                    (
                        w.GetProperty("channel").GetString()!,
                        Both(w.GetProperty("time")),
                        w.GetProperty("fee").GetProperty("totalDong").GetInt64()
                    )
                )
        );
        Assert.Contains("any public administration service centre", Both(guide.GetProperty("where")), StringComparison.Ordinal);
        Assert.Equal("Công an tỉnh|Provincial Police", Both(guide.GetProperty("agency")));
        Assert.Equal(1, guide.GetProperty("sets").GetInt32());
        Assert.Equal("118/2025/NĐ-CP", guide.GetProperty("legalBases")[0].GetProperty("number").GetString());
        Assert.NotEmpty(guide.GetProperty("toBeConfirmed").EnumerateArray());
    }

    [Fact]
    public async Task The_guide_of_a_variant_has_its_time_and_that_of_a_group_its_price()
    {
        var ordinary = await Get(Record + "/guide");
        Assert.Equal("10 ngày|10 days", Both(ordinary.GetProperty("ways")[0].GetProperty("time")));
        Assert.Equal(["complex"], ordinary.GetProperty("variants").EnumerateArray().Select(v => v.GetProperty("code").GetString()));
        var mine = await Get(Record + "/guide?variantCode=complex&personGroup=reduced&on=2025-12-01");
        Assert.Equal("15 ngày|15 days", Both(mine.GetProperty("ways")[0].GetProperty("time")));
        Assert.Equal(
            [100_000, 80_000, 100_000],
            mine.GetProperty("ways").EnumerateArray().Select(w => w.GetProperty("fee").GetProperty("totalDong").GetInt64())
        );
        var sameDay = await Get(Birth + "/guide");
        Assert.StartsWith("Trong ngày; nộp sau 15:00", Both(sameDay.GetProperty("ways")[0].GetProperty("time")), StringComparison.Ordinal);
        Assert.False(sameDay.TryGetProperty("agency", out _));

        (await Host.Anonymous().Get($"/api/v1/procedures/{Record}/guide?variantCode=none")).Expect(404, "variant-not-found");
        (await Host.Anonymous().Get($"/api/v1/procedures/{Record}/guide?personGroup=none")).Expect(404, "person-group-not-found");
        (await Host.Anonymous().Get($"/api/v1/procedures/{Record}/guide?on=2025-06-30")).Expect(404, "procedure-not-found");
    }

    [Theory]
    [InlineData(Record + "/fee-quote", 200_000)]
    [InlineData(Record + "/fee-quote?channel=online", 200_000)]
    [InlineData(Record + "/fee-quote?channel=online&on=2025-12-31", 170_000)]
    [InlineData(Record + "/fee-quote?channel=online&on=2025-12-31&personGroup=reduced", 80_000)]
    [InlineData(Record + "/fee-quote?personGroup=reduced&copies=4", 110_000)]
    [InlineData(Certified + "/fee-quote?pages=10&copies=2", 24_000)]
    [InlineData(Certified + "/fee-quote?pages=900", 200_000)]
    [InlineData("9.000009/fee-quote?variantCode=lost", 400_000)]
    [InlineData("9.000027/fee-quote", 150_000)]
    [InlineData("9.000027/fee-quote?channel=online", 100_000)]
    [InlineData("1.001193/fee-quote", 0)]
    public async Task The_price_follows_from_variant_channel_group_day_and_count(string path, long dong)
    {
        var quote = await Get(path);
        Assert.Equal(
            (true, dong, "VND"),
            (quote.GetProperty("known").GetBoolean(), quote.GetProperty("totalDong").GetInt64(), quote.GetProperty("currency").GetString())
        );
        Assert.Equal(dong, quote.GetProperty("lines").EnumerateArray().Sum(l => l.GetProperty("dong").GetInt64()));
    }

    [Fact]
    public async Task Fee_and_charge_stand_apart_with_the_instrument_behind_them()
    {
        var lines = (await Get("9.000027/fee-quote")).GetProperty("lines").EnumerateArray().ToList();
        Assert.Equal(["charge", "fee"], lines.Select(l => l.GetProperty("kind").GetString()));
        Assert.Equal("tt-16-2025-btc", (await Get(Record + "/fee-quote")).GetProperty("lines")[0].GetProperty("legalBasisId").GetString());
        var tariff = await Get(Origin + "/fee-quote");
        Assert.False(tariff.GetProperty("known").GetBoolean());
        Assert.False(tariff.TryGetProperty("totalDong", out _));
    }

    [Theory]
    [InlineData("copies=0")]
    [InlineData("copies=1001")]
    [InlineData("pages=0")]
    [InlineData("pages=10001")]
    [InlineData("channel=fax")]
    public async Task A_price_is_asked_within_bounds(string query) =>
        (await Host.Anonymous().Get($"/api/v1/procedures/{Certified}/fee-quote?{query}")).Expect(400);

    [Fact]
    public async Task Before_filing_one_learns_whether_the_papers_suffice_and_when_the_result_is_due()
    {
        var (short_, enough) = (await Check(Licence, ["licence", "photo"]), await Check(Licence, ["form", "licence"]));
        Assert.False(short_.GetProperty("sufficient").GetBoolean());
        Assert.Equal(["form"], short_.GetProperty("missing").EnumerateArray().Select(p => p.GetProperty("code").GetString()));
        Assert.Equal(["photo"], short_.GetProperty("notNeeded").EnumerateArray().Select(p => p.GetString()));
        Assert.Equal(["health"], short_.GetProperty("fromSharedData").EnumerateArray().Select(p => p.GetProperty("code").GetString()));
        Assert.True(enough.GetProperty("sufficient").GetBoolean());
        Assert.Equal(135_000, enough.GetProperty("fee").GetProperty("totalDong").GetInt64());
        Assert.Equal(Text(await Receive(), "dueAt"), enough.GetProperty("dueAt").GetString());

        async Task<JsonElement> Check(string procedure, string[] documents) =>
            (await Host.Anonymous().Post($"/api/v1/procedures/{procedure}/pre-check", new { documents, centreCode = Facilities.Centre }))
                .Expect(200)
                .Json;
    }

    [Fact]
    public async Task Before_filing_one_learns_what_else_stands_in_the_way()
    {
        var answer = (
            await Host.Anonymous()
                .Post(
                    $"/api/v1/procedures/{Residence}/pre-check",
                    new { documents = new[] { "form", "dwelling" }, applicantKind = "enterprise" }
                )
        ).Expect(200);
        Assert.False(answer.Json.GetProperty("sufficient").GetBoolean());
        Assert.Single(answer.Json.GetProperty("obstacles").EnumerateArray());
        Assert.False(answer.Json.TryGetProperty("dueAt", out _));
        (await Host.Anonymous().Post($"/api/v1/procedures/{Residence}/pre-check", new { documents = new[] { "" } })).Expect(400);
        (
            await Host.Anonymous()
                .Post($"/api/v1/procedures/{Residence}/pre-check", new { documents = Array.Empty<string>(), centreCode = "none" })
        ).Expect(422, "dossiers.unknown-centre");
        foreach (var member in new[] { "variantCode", "personGroup" })
            Assert.Equal(
                "/" + member,
                Faults(
                        (
                            await Host.Anonymous()
                                .Post(
                                    $"/api/v1/procedures/{Residence}/pre-check",
                                    new Dictionary<string, object> { ["documents"] = Array.Empty<string>(), [member] = "none" }
                                )
                        ).Expect(422)
                    )
                    .Single()
                    .Pointer
            );
        (await Host.Anonymous().Post("/api/v1/procedures/9.999999/pre-check", new { documents = Array.Empty<string>() })).Expect(404);
    }

    [Theory]
    [InlineData("tam tru", "1.002755,1.004194")]
    [InlineData("TẠM TRÚ gia", "1.002755")]
    [InlineData("dang ky ket hon", "1.000894,2.000806")]
    [InlineData("temporary RESIDENCE", "1.002755,1.004194")]
    [InlineData("1.004194", "1.004194")]
    [InlineData("không có gì như thế", "")]
    public async Task Procedures_are_found_by_words_with_or_without_diacritics(string words, string codes)
    {
        var found = Items(await Host.Anonymous().Get("/api/v1/procedures?search=" + Uri.EscapeDataString(words)));
        Assert.Equal(codes, string.Join(',', found.Select(p => p.GetProperty("code").GetString())));
    }

    [Fact]
    public async Task Procedures_are_narrowed_by_agency_level_and_online_level()
    {
        Assert.Equal(12, (await Total("agencyCode=H15.09")));
        Assert.Equal(12, (await Total("level=vertical")));
        Assert.Equal(0, (await Total("level=vertical&agencyCode=H15.05")));
        Assert.Equal(52, await Total("onlineLevel=full") + await Total("onlineLevel=partial") + await Total("onlineLevel=counterOnly"));
        Assert.Equal(52, await Total("ended=false"));

        async Task<int> Total(string query) =>
            (await Host.Anonymous().Get("/api/v1/procedures?limit=1&withTotal=true&" + query))
                .Expect(200)
                .Json.GetProperty("total")
                .GetInt32();
    }

    [Fact]
    public async Task What_was_taken_in_before_there_was_a_search_is_found_after_the_next_start()
    {
        await Host.Sql("UPDATE dossiers.procedures SET search = '', level = NULL, agency_code = NULL, online_level = NULL");
        Assert.Empty(Items(await Host.Anonymous().Get("/api/v1/procedures?search=tam")));
        await using (var scope = Host.Services.CreateAsyncScope())
            foreach (var seed in scope.ServiceProvider.GetServices<ISeed>())
                await seed.Run(TestContext.Current.CancellationToken);
        Assert.Equal(2, Items(await Host.Anonymous().Get("/api/v1/procedures?search=tam%20tru&level=vertical")).Count);
    }

    [Theory]
    [InlineData("en", "What to bring", "Residence form", "VND 7,000", "3 working days")]
    [InlineData("vi", "Cần mang theo gì", "Tờ khai thay đổi thông tin cư trú", "7.000 đồng", "3 ngày làm việc")]
    public async Task The_guide_is_a_page_for_people_too(string language, params string[] words)
    {
        var page = (await Host.Anonymous().Get($"/guide/{Residence}?lang={language}")).Expect(200);
        Assert.StartsWith("text/html", page.Header("Content-Type"), StringComparison.Ordinal);
        Assert.All(words, w => Assert.Contains(w, System.Net.WebUtility.HtmlDecode(page.Text), StringComparison.Ordinal));
        (await Host.Anonymous().Get("/guide/9.999999?lang=" + language)).Expect(404);
        (await Host.Anonymous().Get($"/guide/{Record}?lang={language}&variant=none")).Expect(404);
        var chosen = (await Host.Anonymous().Get($"/guide/{Record}?lang={language}&variant=complex&group=reduced")).Expect(200);
        Assert.Contains("aria-current", chosen.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_guide_says_where_by_name_address_and_hours_of_the_day_the_provincial_centre_first()
    {
        var centres = (await Get(Residence + "/guide")).GetProperty("centres").EnumerateArray().ToList();
        Assert.Equal([Facilities.Centre, Facilities.Ward], centres.Select(c => c.GetProperty("code").GetString()));
        Assert.Equal("Trung tâm Phục vụ hành chính công tỉnh Đắk Lắk|The centre dak-lak", Both(centres[0].GetProperty("title")));
        Assert.Equal("09 Nguyễn Tất Thành, Buôn Ma Thuột", centres[0].GetProperty("address").GetString());
        Assert.Equal("07:00–11:00, 13:00–17:00|07:00–11:00, 13:00–17:00", Both(centres[0].GetProperty("hours")));
        Assert.Equal("13:00", centres[0].GetProperty("open")[1].GetProperty("opens").GetString());
        var holiday = (await Get(Residence + "/guide?on=2026-11-24")).GetProperty("centres")[0];
        Assert.Equal("Không làm việc|Closed", Both(holiday.GetProperty("hours")));
        Assert.Empty(holiday.GetProperty("open").EnumerateArray());

        var version = CatalogueTests.Version("2026-11-23", "form", "licence");
        var details = (Dictionary<string, object?>)version["details"]!;
        (details["flags"], details["centreCodes"]) = (new { nonTerritorial = false }, new[] { Facilities.Ward });
        var tag = (await Officer.Get("/api/v1/procedures/" + Licence)).ETag;
        (await Officer.Post($"/api/v1/procedures/{Licence}/versions", version, ("If-Match", tag))).Expect(201);
        Assert.Equal(
            [Facilities.Ward],
            (await Get(Licence + "/guide")).GetProperty("centres").EnumerateArray().Select(c => c.GetProperty("code").GetString())
        );
        foreach (
            var (language, name) in new[] { ("vi", "Trung tâm Phục vụ hành chính công phường Tuy Hòa"), ("en", "The centre 66-22015") }
        )
        {
            var page = System.Net.WebUtility.HtmlDecode((await Host.Anonymous().Get($"/guide/{Licence}?lang={language}")).Expect(200).Text);
            Assert.Contains(name, page, StringComparison.Ordinal);
            Assert.Contains("07:00–11:00", page, StringComparison.Ordinal);
        }
        var check = await Host.Anonymous()
            .Post($"/api/v1/procedures/{Licence}/pre-check", new { documents = new[] { "form", "licence" }, centreCode = Facilities.Ward });
        Assert.Equal(
            "The centre 66-22015",
            check.Expect(200).Json.GetProperty("centre").GetProperty("title").GetProperty("en").GetString()
        );
    }

    [Theory]
    [InlineData("/guide")]
    [InlineData("/fee-quote")]
    [InlineData("/diff")]
    public async Task What_the_public_reads_may_be_kept_and_asked_about(string part)
    {
        var read = (await Host.Anonymous().Get("/api/v1/procedures/" + Record + part)).Expect(200);
        Assert.Equal("public, max-age=60", read.Header("Cache-Control"));
        Assert.Equal(304, (await Host.Anonymous().Get("/api/v1/procedures/" + Record + part, ("If-None-Match", read.ETag))).Status);
    }

    [Fact]
    public async Task Workflow_templates_are_listed_and_added_and_never_change()
    {
        var templates = Items(await Host.Anonymous().Get("/api/v1/workflow-templates?limit=100"));
        Assert.Equal(8, templates.Single(t => t.GetProperty("code").GetString() == "SameDay").GetProperty("hours").GetDecimal());
        (await Add("TwoDays", 2)).Expect(200);
        (await Add("TwoDays", 2)).Expect(409, "dossiers.already-there");
        (await Add("Wrong", 9)).Expect(422, "dossiers.consultation-too-long");

        Task<Reply> Add(string code, int hours) =>
            Officer.Post(
                "/api/v1/workflow-templates",
                new
                {
                    code,
                    name = "Hai ngày",
                    nameEn = "Two days",
                    source = "test",
                    steps = new object[]
                    {
                        new
                        {
                            role = "caseOfficer",
                            hours = 8,
                            consultations = new object[] { new { role = "cooperatingAgency", hours } },
                        },
                    },
                }
            );
    }
}
