using Pac.Dossiers.Contracts;
using Pac.Testing;

namespace Pac.Facilities.Tests;

/// <summary>Centres and their counters, seen by everybody with the right and changed by their own.</summary>
public sealed class CentreTests(FacilitiesHost fixture) : ModuleTests(fixture)
{
    private static readonly TestCaller Manager = TestCaller.May("facilities.read", "facilities.manage-centres");

    private HttpClient Office => Host.Client(Manager);

    private static object NewCentre(string code = "66-22045", string calendarCode = "dak-lak") =>
        new
        {
            code,
            level = "commune",
            name = "Trung tâm phường Buôn Hồ",
            nameEn = "Buon Ho Ward Centre",
            address = "Buôn Hồ",
            calendarCode,
        };

    private async Task<Reply> SetsUp(object counter, TestCaller? caller = null) =>
        await Host.Client(caller ?? Manager).Post("/api/v1/counters", counter);

    [Fact]
    public async Task The_centres_of_the_province_are_listed_and_read()
    {
        var list = (await Office.Get("/api/v1/centres?withTotal=true")).Expect(200).Json;
        Assert.Equal(["66-22015", "dak-lak"], list.GetProperty("items").EnumerateArray().Select(c => c.GetProperty("code").GetString()));
        Assert.Equal(2, list.GetProperty("total").GetInt32());

        var centre = (await Office.Get("/api/v1/centres/dak-lak")).Expect(200).Json;
        Assert.Equal("province", centre.GetProperty("level").GetString());
        Assert.Equal("dak-lak", (await Office.Get("/api/v1/centres/66-22015/calendar")).Expect(200).Json.GetProperty("code").GetString());
        (await Office.Get("/api/v1/centres/nowhere")).Expect(404, "centre-not-found");
        (await Office.Get("/api/v1/centres/nowhere/calendar")).Expect(404, "centre-not-found");
    }

    [Fact]
    public async Task A_centre_is_established_once()
    {
        var centre = (await Office.Post("/api/v1/centres", NewCentre())).Expect(201);
        Assert.Equal("/api/v1/centres/66-22045", centre.Location);
        Assert.Equal(centre.Text, (await Office.Get(centre.Location)).Expect(200).Text);

        (await Office.Post("/api/v1/centres", NewCentre())).Expect(409, "conflict");
        var atOnce = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Office.Post("/api/v1/centres", NewCentre("66-22100"))));
        Assert.Single(atOnce, r => r.Status == 201);
        Assert.All(atOnce.Where(r => r.Status != 201), r => r.Expect(409, "conflict"));
    }

    [Theory]
    [InlineData("Hoa", "dak-lak", 400)]
    [InlineData("a b", "dak-lak", 400)]
    [InlineData("", "dak-lak", 400)]
    [InlineData("0123456789012345678901234567890123456789x", "dak-lak", 400)]
    [InlineData("66-22046\n", "dak-lak", 400)]
    [InlineData("66-22046", "", 400)]
    [InlineData("66-22046", "nowhere", 404)]
    public async Task A_centre_needs_a_code_and_a_calendar_that_exists(string code, string calendar, int status) =>
        (await Office.Post("/api/v1/centres", NewCentre(code, calendar))).Expect(status);

    [Fact]
    public async Task A_centre_is_changed_member_by_member_in_the_version_seen()
    {
        var centre = (await Office.Get("/api/v1/centres/66-22015")).Expect(200);
        var changed = (await Office.Patch("/api/v1/centres/66-22015", new { address = "Số 1" }, ("If-Match", centre.ETag))).Expect(200);
        Assert.Equal("Số 1", changed.Json.GetProperty("address").GetString());
        Assert.Equal(centre.Json.GetProperty("name").GetString(), changed.Json.GetProperty("name").GetString());

        (await Office.Patch("/api/v1/centres/66-22015", new { address = "Số 2" }, ("If-Match", centre.ETag))).Expect(412, "stale");
        (await Office.Patch("/api/v1/centres/66-22015", new { address = "Số 2" })).Expect(428);
        foreach (var wrong in new[] { """{"code":"other"}""", """{"level":"province"}""", """{"address":null}""", """{"address":""}""" })
            (await Office.Patch("/api/v1/centres/66-22015", wrong, ("If-Match", changed.ETag))).Expect(400);
        (await Office.Patch("/api/v1/centres/66-22015", new { calendarCode = "nowhere" }, ("If-Match", changed.ETag))).Expect(
            404,
            "calendar-not-found"
        );
        (await Office.Patch("/api/v1/centres/nowhere", "{}", ("If-Match", changed.ETag))).Expect(404, "centre-not-found");
    }

    [Fact]
    public async Task Counters_are_listed_by_centre_page_by_page()
    {
        List<string> centres = [];
        var next = "/api/v1/counters?centre=dak-lak&limit=5";
        while (next is not null)
        {
            var page = (await Office.Get(next)).Expect(200);
            centres.AddRange(page.Json.GetProperty("items").EnumerateArray().Select(c => c.GetProperty("centreCode").GetString()!));
            next = page.Header("Link") is { } link ? link[1..link.IndexOf('>', StringComparison.Ordinal)] : null;
        }
        Assert.Equal(Enumerable.Repeat("dak-lak", 12), centres);
        Assert.Equal(16, (await Office.Get("/api/v1/counters?withTotal=true&limit=1")).Json.GetProperty("total").GetInt32());
        Assert.Equal(0, (await Office.Get("/api/v1/counters?centre=nowhere")).Json.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task A_counter_is_set_up_under_a_number_of_its_own_and_changed()
    {
        var counter = (
            await SetsUp(
                new
                {
                    centreCode = "66-22015",
                    number = 5,
                    name = "Đất đai",
                }
            )
        ).Expect(201);
        Assert.True(counter.Json.GetProperty("inService").GetBoolean());
        (
            await SetsUp(
                new
                {
                    centreCode = "66-22015",
                    number = 5,
                    name = "Khác",
                }
            )
        ).Expect(409, "facilities.counter-number-taken");
        (
            await SetsUp(
                new
                {
                    centreCode = "nowhere",
                    number = 5,
                    name = "Khác",
                }
            )
        ).Expect(404, "centre-not-found");
        foreach (var number in new[] { 0, -1, 1000 })
            (
                await SetsUp(
                    new
                    {
                        centreCode = "66-22015",
                        number,
                        name = "Khác",
                    }
                )
            ).Expect(400, "invalid");

        var changed = (await Office.Patch(counter.Location, new { inService = false }, ("If-Match", counter.ETag))).Expect(200);
        Assert.False(changed.Json.GetProperty("inService").GetBoolean());
        Assert.Equal("Đất đai", changed.Json.GetProperty("name").GetString());
        Assert.Equal(changed.Text, (await Office.Get(counter.Location)).Text);
        (await Office.Patch(counter.Location, new { number = 6 }, ("If-Match", changed.ETag))).Expect(400, "malformed");
        (await Office.Get("/api/v1/counters/" + Guid.CreateVersion7())).Expect(404, "counter-not-found");
    }

    [Fact]
    public async Task Two_counters_never_get_the_same_number()
    {
        var replies = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(_ =>
                    SetsUp(
                        new
                        {
                            centreCode = "66-22015",
                            number = 9,
                            name = "a",
                        }
                    )
                )
        );
        Assert.Single(replies, r => r.Status == 201);
        Assert.All(replies.Where(r => r.Status != 201), r => Assert.Equal(409, r.Status));
    }

    [Fact]
    public async Task Whoever_answers_for_one_centre_changes_that_centre_alone()
    {
        var ward = Manager.Over("centre:66-22015");
        var own = (await Host.Client(ward).Get("/api/v1/centres/66-22015")).Expect(200);
        var other = (await Host.Client(ward).Get("/api/v1/centres/dak-lak")).Expect(200);
        var foreignCounter = (await Host.Client(ward).Get("/api/v1/counters?centre=dak-lak&limit=1"))
            .Json.GetProperty("items")[0]
            .GetProperty("id")
            .GetString();
        var foreignTag = (await Host.Client(ward).Get("/api/v1/counters/" + foreignCounter)).Expect(200).ETag;

        (await Host.Client(ward).Patch("/api/v1/centres/66-22015", new { address = "Số 1" }, ("If-Match", own.ETag))).Expect(200);
        (
            await SetsUp(
                new
                {
                    centreCode = "66-22015",
                    number = 7,
                    name = "a",
                },
                ward
            )
        ).Expect(201);

        (await Host.Client(ward).Patch("/api/v1/centres/dak-lak", new { address = "Số 1" }, ("If-Match", other.ETag))).Expect(
            403,
            "facilities.outside-scope"
        );
        (await Host.Client(ward).Patch("/api/v1/counters/" + foreignCounter, new { name = "a" }, ("If-Match", foreignTag))).Expect(
            403,
            "facilities.outside-scope"
        );
        (
            await SetsUp(
                new
                {
                    centreCode = "dak-lak",
                    number = 77,
                    name = "a",
                },
                ward
            )
        ).Expect(403, "facilities.outside-scope");
        (await Host.Client(ward).Post("/api/v1/centres", NewCentre())).Expect(403, "facilities.outside-scope");
        foreach (var scope in new[] { "agency:66-22015", "own" })
            (
                await SetsUp(
                    new
                    {
                        centreCode = "66-22015",
                        number = 8,
                        name = "a",
                    },
                    Manager.Over(scope)
                )
            ).Expect(403, "facilities.outside-scope");
    }

    [Fact]
    public async Task Rights_are_asked_for()
    {
        var reader = Host.Client("facilities.read");
        (await reader.Post("/api/v1/centres", NewCentre())).Expect(403, "forbidden");
        (
            await reader.Post(
                "/api/v1/counters",
                new
                {
                    centreCode = "dak-lak",
                    number = 99,
                    name = "a",
                }
            )
        ).Expect(403, "forbidden");
        (await reader.Patch("/api/v1/centres/dak-lak", "{}", ("If-Match", "\"1\""))).Expect(403, "forbidden");
        foreach (
            var path in new[] { "centres", "centres/dak-lak", "centres/dak-lak/calendar", "counters", "counters/" + Guid.CreateVersion7() }
        )
        {
            (await Host.Anonymous().Get("/api/v1/" + path)).Expect(401, "unauthenticated");
            (await Host.Client().Get("/api/v1/" + path)).Expect(403, "forbidden");
        }
    }

    [Fact]
    public async Task A_counter_counts_the_dossiers_received_there_once_each_on_the_day_of_the_centre()
    {
        var counter = Guid.Parse(
            (await Office.Get("/api/v1/counters?centre=dak-lak&limit=1")).Json.GetProperty("items")[0].GetProperty("id").GetString()!
        );
        // 23:30 UTC on the 22nd is the morning of the 23rd at the centre.
        var early = Received(counter, new(2026, 11, 22, 23, 30, 0, TimeSpan.Zero));
        var id = Guid.CreateVersion7();
        await Host.Tell(early, id);
        await Host.Tell(Received(counter, TestClock.Start));
        await Host.Tell(Received(null, TestClock.Start));
        await Host.DrainOutbox();
        await Host.Tell(early, id);
        await Host.DrainOutbox();

        var activity = (await Office.Get($"/api/v1/counters/{counter}/activity")).Expect(200).Json;
        var day = Assert.Single(activity.GetProperty("days").EnumerateArray());
        Assert.Equal(("2026-11-23", 2), (day.GetProperty("day").GetString(), day.GetProperty("dossiersReceived").GetInt32()));
        Assert.Equal(0, (await Office.Get($"/api/v1/counters/{counter}/activity?to=2026-11-22")).Json.GetProperty("days").GetArrayLength());
    }

    [Fact]
    public async Task A_dossier_of_another_centre_does_not_count_at_a_counter()
    {
        var counter = Guid.Parse(
            (await Office.Get("/api/v1/counters?centre=dak-lak&limit=1")).Json.GetProperty("items")[0].GetProperty("id").GetString()!
        );
        await Host.Tell(Received(counter, TestClock.Start) with { CentreCode = "66-22015" });
        await Host.DrainOutbox();

        var activity = (await Office.Get($"/api/v1/counters/{counter}/activity")).Expect(200).Json;
        Assert.Equal(0, activity.GetProperty("days").GetArrayLength());
    }

    [Fact]
    public async Task The_activity_of_a_counter_is_seen_where_its_dossiers_are()
    {
        var counter = (await Office.Get("/api/v1/counters?centre=dak-lak&limit=1"))
            .Json.GetProperty("items")[0]
            .GetProperty("id")
            .GetString();
        foreach (var (scope, status) in new[] { ("centre:dak-lak", 200), ("centre:66-22015", 403), ("agency:H15.09", 403), ("own", 403) })
        {
            var reader = Host.Client(TestCaller.May("facilities.read").Over(scope));
            (await reader.Get($"/api/v1/counters/{counter}")).Expect(200);
            (await reader.Get($"/api/v1/counters/{counter}/activity")).Expect(status);
            (await reader.Get($"/api/v1/counters/{Guid.CreateVersion7()}/activity")).Expect(404, "counter-not-found");
        }
    }

    [Theory]
    [InlineData("?from=2026-11-02&to=2026-11-01", 400)]
    [InlineData("?from=2025-01-01&to=2026-11-01", 400)]
    [InlineData("?to=0001-01-05", 200)]
    [InlineData("?from=0001-01-01", 400)]
    [InlineData("?to=9999-12-31", 200)]
    [InlineData("?from=9999-12-31", 400)]
    [InlineData("?from=yesterday", 400)]
    public async Task A_period_is_a_year_at_most(string query, int status)
    {
        var counter = (await Office.Get("/api/v1/counters?limit=1")).Json.GetProperty("items")[0].GetProperty("id").GetString();
        (await Office.Get($"/api/v1/counters/{counter}/activity{query}")).Expect(status);
    }

    private static DossierReceived Received(Guid? counter, DateTimeOffset at) =>
        new(Guid.CreateVersion7(), 1, "H15-1", "1.001", "dak-lak", counter, at, null);
}
