using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pac.SharedKernel.WorkingTime;
using Pac.Testing;

namespace Pac.Dossiers.Tests.Features;

/// <summary>Working days between decision, publication and legal effect (domain study, T12), and the indices 1.1 and 1.2 made of them.</summary>
public sealed class PublicationTimesTests(DossiersHost fixture) : DossierTests(fixture)
{
    private const string Address = "/api/v1/procedure-publication-times?from=2026-11-01&to=2026-11-30";

    // Today is Monday the 23rd of November 2026; the 24th is a holiday.
    [Theory]
    [InlineData("2026-11-16", "2026-12-01", 5, false, 10, false)]
    [InlineData("2026-11-13", "2026-12-01", 6, true, 11, false)]
    [InlineData("2026-11-20", "2026-11-27", 1, false, 4, true)]
    [InlineData("2026-11-20", "2026-11-30", 1, false, 5, false)]
    public async Task A_version_shows_its_days_and_whether_it_was_late(
        string decidedOn,
        string effectiveFrom,
        int toPublic,
        bool publicLate,
        int beforeEffect,
        bool decidedLate
    )
    {
        await Publish(decidedOn, effectiveFrom);
        var report = (await Officer.Get(Address)).Expect(200).Json;
        var line = Assert.Single(report.GetProperty("items").EnumerateArray());
        Assert.Equal("2026-11-23", line.GetProperty("publishedOn").GetString());
        Assert.Equal((toPublic, 5, publicLate), (Days(line, "daysToPublic"), Days(line, "daysAllowed"), Is(line, "publicLate")));
        Assert.Equal((beforeEffect, 5, decidedLate), (Days(line, "daysBeforeEffect"), Days(line, "daysWanted"), Is(line, "decidedLate")));
        Assert.Equal((publicLate ? 1 : 0, decidedLate ? 1 : 0), (Days(report, "publicLate"), Days(report, "decidedLate")));
        var late = (await Officer.Get(Address + "&late=true")).Expect(200).Json.GetProperty("items").GetArrayLength();
        Assert.Equal(publicLate || decidedLate ? 1 : 0, late);

        var index = (await Officer.Get("/api/v1/dossier-statistics/quality-index?from=2026-11-01&to=2026-11-30")).Expect(200).Json;
        var shares = index.GetProperty("indices").EnumerateArray().Take(2).Select(i => Days(i.GetProperty("share"), "numerator"));
        Assert.Equal([decidedLate ? 0 : 1, publicLate ? 0 : 1], shares);
    }

    // The 21st and 22nd of November 2026 are a weekend, the 24th is a holiday.
    [Theory]
    [InlineData("2026-11-20", "2026-11-23", 1)]
    [InlineData("2026-11-20", "2026-11-24", 1)]
    [InlineData("2026-11-20", "2026-11-25", 2)]
    [InlineData("2026-11-21", "2026-11-22", 0)]
    [InlineData("2026-11-21", "2026-11-23", 1)]
    [InlineData("2026-11-21", "2026-11-24", 1)]
    [InlineData("2026-11-24", "2026-11-25", 1)]
    [InlineData("2026-11-24", "2026-11-24", 0)]
    public void A_day_on_which_nobody_works_lends_neither_end_to_the_count(string from, string to, int days) =>
        Assert.Equal(
            days,
            Pac.Dossiers.Domain.PublicationTiming.Between(
                WorkingCalendar.Compile(DakLak.Definition),
                DateOnly.Parse(from, CultureInfo.InvariantCulture),
                DateOnly.Parse(to, CultureInfo.InvariantCulture)
            )
        );

    [Fact]
    public async Task What_is_not_known_is_not_judged_and_a_period_has_an_end()
    {
        var details = (await Officer.Get("/api/v1/procedures/" + Licence)).Expect(200).Json.GetProperty("details").GetRawText();
        await Publish(null, "2026-12-01", details);
        Assert.Empty((await Officer.Get(Address)).Expect(200).Json.GetProperty("items").EnumerateArray());
        (await Officer.Get("/api/v1/procedure-publication-times?from=2026-11-30&to=2026-11-01")).Expect(400);
        (await Officer.Get("/api/v1/procedure-publication-times?from=2020-01-01&to=2026-11-01")).Expect(400);
        (await Host.Client("dossiers.read").Get(Address)).Expect(403);
    }

    [Theory]
    [InlineData("2026-11-30", 4, true)]
    [InlineData("2026-12-01", 5, false)]
    public async Task A_draft_is_told_when_a_decision_of_today_would_come_too_late(string effectiveFrom, int days, bool told)
    {
        (await Officer.Post("/api/v1/procedure-drafts", new { code = Licence })).Expect(201);
        var check = (await Officer.Get($"/api/v1/procedure-drafts/{Licence}/check?effectiveFrom={effectiveFrom}")).Expect(200);
        var remarks = check.Json.GetProperty("remarks").EnumerateArray().Select(r => r.GetProperty("en").GetString()!);
        Assert.Equal(told, remarks.Any(r => r.Contains($"comes {days} working days", StringComparison.Ordinal)));
    }

    private async Task Publish(string? decidedOn, string effectiveFrom, string? details = null)
    {
        var present = (await Officer.Get("/api/v1/procedures/" + Licence)).Expect(200);
        var version = new JsonObject
        {
            ["effectiveFrom"] = effectiveFrom,
            ["decision"] = "Quyết định 99/QĐ-UBND",
            ["decidedOn"] = decidedOn,
            ["details"] = JsonNode.Parse(details ?? present.Json.GetProperty("details").GetRawText()),
        };
        (await Officer.Post($"/api/v1/procedures/{Licence}/versions", version.ToJsonString(), ("If-Match", present.ETag))).Expect(201);
    }

    private static int Days(JsonElement of, string member) => of.GetProperty(member).GetInt32();

    private static bool Is(JsonElement of, string member) => of.GetProperty(member).GetBoolean();
}
