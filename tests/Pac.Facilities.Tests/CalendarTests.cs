using System.Text.Json;
using Pac.Facilities.Contracts;
using Pac.Testing;

namespace Pac.Facilities.Tests;

/// <summary>Calendars as the operator keeps them: every change is a new version, and what was published stays as it was.</summary>
public sealed class CalendarTests(FacilitiesHost fixture) : ModuleTests(fixture)
{
    private const string Calendar = "/api/v1/calendars/dak-lak";
    private static readonly TestCaller Planner = TestCaller.May("facilities.read", "facilities.manage-calendars").As("planner-1");

    private HttpClient Office => Host.Client(Planner);

    private static object Day(string date, bool isOpen = false, object[]? shifts = null, string name = "Flood", string nameVi = "Lũ lụt") =>
        new
        {
            date,
            isOpen,
            name,
            nameVi,
            shifts,
        };

    private static object Shift(string opens, string closes) => new { opens, closes };

    private static object Week(params object[] shifts) => new { weekday = "monday", shifts };

    private static object Version(object[] week, object[]? days = null, string reason = "QĐ 12/2026") =>
        new
        {
            reason,
            week,
            days = days ?? [],
        };

    private async Task<Reply> Publishes(object version, string? seen = null) =>
        await Office.Post(Calendar + "/versions", version, ("If-Match", seen ?? (await Office.Get(Calendar)).ETag));

    private async Task<Reply> Sets(object[] days, string? seen = null, string reason = "Công điện 5") =>
        await Office.Post(Calendar + "/special-days", new { reason, days }, ("If-Match", seen ?? (await Office.Get(Calendar)).ETag));

    private async Task<string?> DueAfterOneWorkingDay(string start) =>
        (await Host.Anonymous().Post(Calendar + "/due-times", new { start, term = new { value = 1, unit = "workingDay" } }))
            .Expect(200)
            .Json.GetProperty("dueAt")
            .GetString();

    [Fact]
    public async Task The_calendar_of_the_province_is_there_with_its_holidays_and_what_is_to_be_confirmed()
    {
        var list = (await Office.Get("/api/v1/calendars?withTotal=true")).Expect(200).Json;
        Assert.Equal("dak-lak", Assert.Single(list.GetProperty("items").EnumerateArray()).GetProperty("code").GetString());

        var calendar = (await Office.Get(Calendar)).Expect(200).Json;
        Assert.Equal(1, calendar.GetProperty("version").GetInt32());
        Assert.True(calendar.GetProperty("hoursToBeConfirmed").GetBoolean());
        Assert.Equal(
            ["monday", "tuesday", "wednesday", "thursday", "friday"],
            calendar.GetProperty("week").EnumerateArray().Select(d => d.GetProperty("weekday").GetString())
        );
        var monday = calendar.GetProperty("week")[0].GetProperty("shifts");
        Assert.Equal(("07:00", "11:00"), (monday[0].GetProperty("opens").GetString(), monday[0].GetProperty("closes").GetString()));
        var culture = calendar.GetProperty("days").EnumerateArray().Single(d => d.GetProperty("date").GetString() == "2026-11-24");
        Assert.Equal("Ngày Văn hóa Việt Nam", culture.GetProperty("nameVi").GetString());
        Assert.False(culture.GetProperty("toBeConfirmed").GetBoolean());
        Assert.Contains(calendar.GetProperty("days").EnumerateArray(), d => d.GetProperty("toBeConfirmed").GetBoolean());
        Assert.Equal(
            calendar.GetProperty("days").EnumerateArray().Select(d => d.GetProperty("date").GetString()).Order(StringComparer.Ordinal),
            calendar.GetProperty("days").EnumerateArray().Select(d => d.GetProperty("date").GetString())
        );
    }

    [Fact]
    public async Task A_closure_is_a_new_version_that_counts_at_once_and_is_told_to_the_others()
    {
        Assert.Equal("2026-12-08T17:00:00+07:00", await DueAfterOneWorkingDay("2026-12-07T09:00:00+07:00"));

        var closed = (await Sets([Day("2026-12-08")])).Expect(201);

        Assert.Equal(2, closed.Json.GetProperty("version").GetInt32());
        Assert.Equal(Calendar + "/versions/2", closed.Location);
        Assert.Equal(closed.ETag, (await Office.Get(Calendar)).ETag);
        Assert.Equal("2026-12-09T17:00:00+07:00", await DueAfterOneWorkingDay("2026-12-07T09:00:00+07:00"));
        Assert.Equal(new CalendarChanged("dak-lak", 2, "Công điện 5"), Assert.Single(await Host.Facts<CalendarChanged>()));
    }

    [Fact]
    public async Task A_make_up_day_with_hours_of_its_own_and_a_day_that_is_changed_again()
    {
        (await Sets([Day("2026-12-12", isOpen: true, [Shift("08:00", "12:00")], "Extra", "Làm bù")])).Expect(201);
        Assert.Equal("2026-12-12T12:00:00+07:00", await DueAfterOneWorkingDay("2026-12-11T09:00:00+07:00"));

        var again = (await Sets([Day("2026-12-12", isOpen: false)])).Expect(201).Json;

        Assert.Equal("2026-12-14T17:00:00+07:00", await DueAfterOneWorkingDay("2026-12-11T09:00:00+07:00"));
        Assert.Single(again.GetProperty("days").EnumerateArray(), d => d.GetProperty("date").GetString() == "2026-12-12");
    }

    [Fact]
    public async Task A_published_version_never_changes_and_the_history_says_who_when_and_why()
    {
        var first = (await Office.Get(Calendar + "/versions/1")).Expect(200).Text;
        Host.Clock.Advance(TimeSpan.FromHours(1));
        (await Sets([Day("2026-12-08")], reason: "lũ lớn")).Expect(201);
        var second = (await Office.Get(Calendar + "/versions/2")).Expect(200).Text;
        Host.Clock.Advance(TimeSpan.FromHours(1));
        (await Publishes(Version([Week(Shift("08:00", "12:00"))], reason: "giờ mới"))).Expect(201);

        Assert.Equal(first, (await Office.Get(Calendar + "/versions/1")).Text);
        Assert.Equal(second, (await Office.Get(Calendar + "/versions/2")).Text);
        var history = (await Office.Get(Calendar + "/versions?withTotal=true")).Expect(200).Json;
        Assert.Equal(3, history.GetProperty("total").GetInt32());
        Assert.Equal(
            ["3 giờ mới planner-1 2026-11-23T11:00:00+07:00", "2 lũ lớn planner-1 2026-11-23T10:00:00+07:00"],
            history.GetProperty("items").EnumerateArray().Take(2).Select(Change)
        );

        static string Change(JsonElement c) =>
            $"{c.GetProperty("version")} {c.GetProperty("reason")} {c.GetProperty("author")} {c.GetProperty("publishedAt")}";
    }

    [Fact]
    public async Task The_history_is_read_page_by_page()
    {
        for (var n = 1; n <= 4; n++)
            (await Sets([Day($"2026-12-0{n}")])).Expect(201);
        List<int> versions = [];
        var next = Calendar + "/versions?limit=2";
        while (next is not null)
        {
            var page = (await Office.Get(next)).Expect(200);
            versions.AddRange(page.Json.GetProperty("items").EnumerateArray().Select(v => v.GetProperty("version").GetInt32()));
            next = page.Header("Link") is { } link ? link[1..link.IndexOf('>', StringComparison.Ordinal)] : null;
        }
        Assert.Equal([5, 4, 3, 2, 1], versions);
        foreach (var cursor in new[] { "x", "eA", "LTE", "OTk5OTk5OTk5OTk5" })
            (await Office.Get($"{Calendar}/versions?cursor={cursor}")).Expect(400, "invalid");
    }

    [Fact]
    public async Task A_new_week_replaces_hours_and_days()
    {
        var version = (await Publishes(Version([Week(Shift("07:30", "11:30"), Shift("13:30", "17:30"))]))).Expect(201).Json;
        Assert.False(version.GetProperty("hoursToBeConfirmed").GetBoolean());
        Assert.Equal(0, version.GetProperty("days").GetArrayLength());
        Assert.Equal("2026-11-30T17:30:00+07:00", await DueAfterOneWorkingDay("2026-11-23T09:00:00+07:00"));
    }

    public static TheoryData<object, int> Refused =>
        new()
        {
            { Version([]), 400 },
            { Version([Week()]), 400 },
            { Version([Week(Shift("11:00", "07:00"))]), 400 },
            { Version([Week(Shift("07:00", "07:00"))]), 400 },
            { Version([Week(Shift("07:00", "11:00"))], reason: ""), 400 },
            { Version([Week(Shift("07:00", "11:00"))], reason: new string('a', 501)), 400 },
            { Version([.. Enumerable.Repeat(Week(Shift("07:00", "11:00")), 8)]), 400 },
            { Version([Week([.. Enumerable.Range(0, 7).Select(n => Shift($"0{n}:00", $"0{n}:30"))])]), 400 },
            { Version([Week(Shift("07:00", "11:00"))], [Day("1999-12-31")]), 400 },
            { Version([Week(Shift("07:00", "11:00"))], [Day("2100-01-01")]), 400 },
            { Version([Week(Shift("07:00", "11:00"))], [Day("2026-12-08", name: "")]), 400 },
            { Version([Week(Shift("07:00", "11:00"))], [Day("2026-12-08", nameVi: new string('a', 201))]), 400 },
            { Version([Week(Shift("07:00", "11:00"))], [Day("2026-12-08", true, [Shift("12:00", "11:00")])]), 400 },
            { Version([Week(Shift("07:00", "11:00"), Shift("10:00", "12:00"))]), 422 },
            { Version([Week(Shift("13:00", "17:00"), Shift("07:00", "11:00"))]), 422 },
            { Version([Week(Shift("07:00", "11:00")), Week(Shift("13:00", "17:00"))]), 422 },
            { Version([Week(Shift("07:00", "11:00"))], [Day("2026-12-08"), Day("2026-12-08")]), 422 },
            {
                Version([Week(Shift("07:00", "11:00"))], [Day("2026-12-08", true, [Shift("07:00", "11:00"), Shift("10:00", "12:00")])]),
                422
            },
            {
                new
                {
                    reason = "r",
                    week = new object?[] { null },
                    days = Array.Empty<object>(),
                },
                400
            },
            {
                new
                {
                    reason = "r",
                    week = new[] { Week(Shift("07:00", "11:00")) },
                    days = new object?[] { null },
                },
                400
            },
            { """{"reason":"r","week":[{"weekday":"monday","shifts":[null]}],"days":[]}""", 400 },
            { """{"reason":"r","week":[{"weekday":"someday","shifts":[]}],"days":[]}""", 400 },
            { """{"reason":"r","week":[{"weekday":1,"shifts":[]}],"days":[]}""", 400 },
        };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_version_that_makes_no_calendar_is_refused_and_leaves_nothing_behind(object version, int status)
    {
        var before = (await Office.Get(Calendar)).ETag;
        (await Publishes(version)).Expect(status);
        Assert.Equal(before, (await Office.Get(Calendar)).ETag);
        Assert.Empty(await Host.Facts<CalendarChanged>());
    }

    [Fact]
    public async Task A_day_told_twice_is_refused_by_its_date()
    {
        var reply = await Office.Post(
            Calendar + "/special-days",
            new { reason = "r", days = new[] { Day("2026-12-08"), Day("2026-12-08", true) } },
            ("If-Match", (await Office.Get(Calendar)).ETag),
            ("Accept-Language", "en")
        );
        Assert.Equal(
            "The date 2026-12-08 is given twice.",
            reply.Expect(422, "facilities.day-twice").Json.GetProperty("detail").GetString()
        );
    }

    [Fact]
    public async Task Of_many_who_publish_over_one_version_one_wins()
    {
        var seen = (await Office.Get(Calendar)).ETag;

        var replies = await Task.WhenAll(Enumerable.Range(1, 9).Select(n => Sets([Day($"2026-12-0{n}")], seen)));

        var winner = Assert.Single(replies, r => r.Status == 201);
        Assert.All(replies.Where(r => r != winner), r => Assert.True(r.Status is 409 or 412, r.ToString()));
        Assert.Equal(winner.ETag, (await Office.Get(Calendar)).ETag);
        Assert.Equal(2, (await Office.Get(Calendar + "/versions?withTotal=true")).Json.GetProperty("total").GetInt32());
        Assert.Single(await Host.Facts<CalendarChanged>());
    }

    [Fact]
    public async Task Without_the_version_seen_nothing_is_published()
    {
        (await Office.Post(Calendar + "/versions", Version([Week(Shift("07:00", "11:00"))]))).Expect(428, "precondition-required");
        (await Publishes(Version([Week(Shift("07:00", "11:00"))]), "\"1\"")).Expect(412, "stale");
        (await Sets([Day("2026-12-08")], "\"1\"")).Expect(412, "stale");
    }

    [Fact]
    public async Task A_repeated_publication_is_one_version()
    {
        var seen = (await Office.Get(Calendar)).ETag;
        Task<Reply> Send() =>
            Office.Post(
                Calendar + "/special-days",
                new { reason = "r", days = new[] { Day("2026-12-08") } },
                ("If-Match", seen),
                ("Idempotency-Key", "k-1")
            );
        var first = (await Send()).Expect(201);
        var again = (await Send()).Expect(201);
        Assert.Equal((first.Text, first.ETag, first.Location), (again.Text, again.ETag, again.Location));
        Assert.Single(await Host.Facts<CalendarChanged>());
    }

    [Fact]
    public async Task Rights_are_asked_for_and_calendars_are_changed_for_the_province_only()
    {
        var seen = (await Office.Get(Calendar)).ETag;
        var body = new { reason = "r", days = new[] { Day("2026-12-08") } };
        (await Host.Anonymous().Get("/api/v1/calendars")).Expect(401, "unauthenticated");
        (await Host.Client().Get("/api/v1/calendars")).Expect(403, "forbidden");
        (await Host.Client("facilities.manage-calendars").Get(Calendar)).Expect(403, "forbidden");
        foreach (var caller in new[] { TestCaller.May("facilities.read"), TestCaller.May("facilities.read", "facilities.manage-centres") })
        {
            (await Host.Client(caller).Post(Calendar + "/special-days", body, ("If-Match", seen))).Expect(403, "forbidden");
            (await Host.Client(caller).Post(Calendar + "/versions", Version([Week(Shift("07:00", "11:00"))]), ("If-Match", seen))).Expect(
                403,
                "forbidden"
            );
        }
        foreach (var scope in new[] { "centre:66-22015", "centre:dak-lak", "agency:H15.09", "own" })
        {
            (await Host.Client(Planner.Over(scope)).Get(Calendar)).Expect(200);
            (await Host.Client(Planner.Over(scope)).Post(Calendar + "/special-days", body, ("If-Match", seen))).Expect(
                403,
                "facilities.outside-scope"
            );
            (
                await Host.Client(Planner.Over(scope))
                    .Post(Calendar + "/versions", Version([Week(Shift("07:00", "11:00"))]), ("If-Match", seen))
            ).Expect(403, "facilities.outside-scope");
        }
        Assert.Equal(seen, (await Office.Get(Calendar)).ETag);
    }

    [Fact]
    public async Task What_is_not_there_is_not_found()
    {
        (await Office.Get("/api/v1/calendars/nowhere")).Expect(404, "calendar-not-found");
        (await Office.Get("/api/v1/calendars/nowhere/versions")).Expect(404, "calendar-not-found");
        foreach (var version in new[] { "0", "2", "-1", "2147483647" })
            (await Office.Get($"{Calendar}/versions/{version}")).Expect(404, "calendar-not-found");
        Assert.InRange((await Office.Get($"{Calendar}/versions/99999999999")).Status, 400, 404);
        (
            await Office.Post(
                "/api/v1/calendars/nowhere/special-days",
                new { reason = "r", days = new[] { Day("2026-12-08") } },
                ("If-Match", "\"1\"")
            )
        ).Expect(404, "calendar-not-found");
    }

    [Fact]
    public async Task Other_modules_get_the_present_version_of_many_centres_in_one_question()
    {
        (await Sets([Day("2026-12-08")])).Expect(201);
        var answer = await Host.Ask(new GetWorkingCalendars(["dak-lak", "66-22015", "nowhere"]));
        Assert.Equal(["66-22015", "dak-lak"], answer.Select(c => c.CentreCode).Order(StringComparer.Ordinal));
        Assert.All(answer, c => Assert.Equal(2, c.Calendar.Version));
        Assert.Contains(answer[0].Calendar.Days, d => d.Date == new DateOnly(2026, 12, 8) && !d.IsOpen);
    }
}
