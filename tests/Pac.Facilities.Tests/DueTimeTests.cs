using System.Globalization;
using System.Text.Json;
using CsCheck;
using Pac.Testing;

namespace Pac.Facilities.Tests;

/// <summary>The legal clock over HTTP; the engine behind it has its own tests.</summary>
public sealed class DueTimeTests(FacilitiesHost fixture) : ModuleTests(fixture)
{
    private const string English = "en";

    private Task<Reply> Asks(object question, string language = English) =>
        Host.Anonymous().Post("/api/v1/calendars/dak-lak/due-times", question, ("Accept-Language", language));

    private static object Question(string start, decimal value, string unit, string? policy = null, params object[] suspensions) =>
        new
        {
            start = start + ":00+07:00",
            term = new { value, unit },
            policy,
            suspensions = suspensions.Length == 0 ? null : suspensions,
        };

    private static object Stop(string from, string to) => new { from = from + ":00+07:00", to = to + ":00+07:00" };

    [Fact]
    public async Task Five_working_days_over_the_culture_day_end_on_the_first_of_december()
    {
        var due = (await Asks(Question("2026-11-23T09:00", 5, "workingDay", "endOfDay"))).Expect(200).Json;

        Assert.Equal("2026-12-01T17:00:00+07:00", due.GetProperty("dueAt").GetString());
        Assert.Equal(1, due.GetProperty("calendarVersion").GetInt32());
        Assert.Equal(
            ["2026-11-24 no Vietnam Culture Day", "2026-11-28 no Saturday", "2026-11-29 no Sunday"],
            due.GetProperty("explanation").EnumerateArray().Select(Explained)
        );
    }

    [Fact]
    public async Task The_explanation_is_in_the_language_of_the_reader()
    {
        var due = (await Asks(Question("2026-11-23T09:00", 5, "workingDay"), "vi")).Expect(200).Json;
        Assert.Equal(
            ["2026-11-24 no Ngày Văn hóa Việt Nam", "2026-11-28 no Thứ bảy", "2026-11-29 no Chủ nhật"],
            due.GetProperty("explanation").EnumerateArray().Select(Explained)
        );
    }

    [Fact]
    public async Task A_make_up_saturday_counts_and_is_named()
    {
        var due = (await Asks(Question("2026-08-21T14:00", 1, "workingDay"))).Expect(200).Json;
        Assert.Equal("2026-08-22T17:00:00+07:00", due.GetProperty("dueAt").GetString());
        Assert.Equal("2026-08-22 yes make-up for 2026-08-31", Explained(Assert.Single(due.GetProperty("explanation").EnumerateArray())));
    }

    [Theory]
    [InlineData("2026-11-23T09:00", 5, "workingDay", null, "2026-12-01T17:00")]
    [InlineData("2026-11-23T09:00", 3.5, "workingDay", "sameClockTime", "2026-11-27T15:00")]
    [InlineData("2026-11-23T09:00", 1, "workingDay", "sameClockTime", "2026-11-25T09:00")]
    [InlineData("2026-11-09T09:00", 15, "calendarDay", "endOfDay", "2026-11-25T17:00")]
    [InlineData("2026-11-23T10:30", 2, "workingHour", "endOfDay", "2026-11-23T14:30")]
    [InlineData("2026-11-21T22:15", 8, "workingHour", "endOfDay", "2026-11-23T17:00")]
    [InlineData("2026-11-23T10:30", 0.5, "workingHour", "endOfDay", "2026-11-23T11:00")]
    [InlineData("2026-10-30T09:00", 1, "month", "endOfDay", "2026-11-30T17:00")]
    [InlineData("2026-11-09T09:00", 0.5, "month", "endOfDay", "2026-11-25T17:00")]
    public async Task Every_unit_and_fraction_is_counted_as_the_law_says(
        string start,
        double value,
        string unit,
        string? policy,
        string due
    ) =>
        Assert.Equal(
            due + ":00+07:00",
            (await Asks(Question(start, (decimal)value, unit, policy))).Expect(200).Json.GetProperty("dueAt").GetString()
        );

    [Fact]
    public async Task The_start_may_be_told_in_any_offset()
    {
        var utc = await Asks(new { start = "2026-11-23T02:00:00Z", term = new { value = 5, unit = "workingDay" } });
        Assert.Equal("2026-12-01T17:00:00+07:00", utc.Expect(200).Json.GetProperty("dueAt").GetString());
    }

    [Fact]
    public async Task Suspensions_move_the_due_time_in_whatever_order_they_are_told()
    {
        object[] stops = [Stop("2026-12-09T10:00", "2026-12-10T10:00"), Stop("2026-12-02T10:00", "2026-12-04T10:00")];
        var one = (await Asks(Question("2026-12-01T09:00", 5, "workingDay", null, Stop("2026-12-02T10:00", "2026-12-09T10:00")))).Expect(
            200
        );
        Assert.Equal("2026-12-15T17:00:00+07:00", one.Json.GetProperty("dueAt").GetString());

        var two = (await Asks(Question("2026-12-01T09:00", 5, "workingDay", null, stops))).Expect(200);
        var reversed = (await Asks(Question("2026-12-01T09:00", 5, "workingDay", null, [.. stops.Reverse()]))).Expect(200);
        Assert.Equal("2026-12-11T17:00:00+07:00", two.Json.GetProperty("dueAt").GetString());
        Assert.Equal(two.Text, reversed.Text);
    }

    [Fact]
    public async Task Suspensions_that_overlap_or_end_before_they_begin_are_refused()
    {
        (
            await Asks(
                Question(
                    "2026-12-01T09:00",
                    5,
                    "workingDay",
                    null,
                    Stop("2026-12-02T10:00", "2026-12-04T10:00"),
                    Stop("2026-12-03T10:00", "2026-12-05T10:00")
                )
            )
        ).Expect(422, "facilities.suspensions-overlap");
        (await Asks(Question("2026-12-01T09:00", 5, "workingDay", null, Stop("2026-12-04T10:00", "2026-12-02T10:00")))).Expect(
            422,
            "facilities.suspensions-overlap"
        );
    }

    [Theory]
    [InlineData("1999-06-01T09:00", 1, "workingDay")]
    [InlineData("2100-06-01T09:00", 1, "workingDay")]
    [InlineData("2099-12-01T09:00", 60, "workingDay")]
    [InlineData("2099-12-01T09:00", 10000, "workingDay")]
    [InlineData("2099-12-01T09:00", 10000, "calendarDay")]
    [InlineData("2099-12-01T09:00", 10000, "workingHour")]
    [InlineData("2026-12-01T09:00", 10000, "month")]
    public async Task A_term_beyond_the_years_of_the_calendar_is_refused(string start, int value, string unit) =>
        (await Asks(Question(start, value, unit))).Expect(422, "facilities.outside-calendar");

    [Theory]
    [InlineData("""{"start":"2026-11-23T09:00:00+07:00","term":{"value":-1,"unit":"workingDay"}}""", "/term/value")]
    [InlineData("""{"start":"2026-11-23T09:00:00+07:00","term":{"value":10001,"unit":"workingDay"}}""", "/term/value")]
    [InlineData("""{"start":"2026-11-23T09:00:00+07:00","term":{"value":"5","unit":"workingDay"}}""", "/term/value")]
    [InlineData("""{"start":"2026-11-23T09:00:00+07:00","term":{"value":1e30,"unit":"workingDay"}}""", "/term/value")]
    [InlineData("""{"start":"2026-11-23T09:00:00+07:00","term":{"value":5,"unit":"week"}}""", "/term/unit")]
    [InlineData("""{"start":"2026-11-23T09:00:00+07:00","term":{"value":5}}""", "/term/unit")]
    [InlineData("""{"start":"2026-11-23T09:00:00+07:00"}""", "/term")]
    [InlineData("""{"start":"2026-11-23T09:00:00+07:00","term":null}""", "/term")]
    [InlineData("""{"start":"2026-11-23T09:00:00","term":{"value":5,"unit":"workingDay"}}""", "/start")]
    [InlineData("""{"start":"2026-11-23T09:00:00+07:00","term":{"value":5,"unit":"workingDay"},"policy":"never"}""", "/policy")]
    [InlineData(
        """{"start":"2026-11-23T09:00:00+07:00","term":{"value":5,"unit":"workingDay"},"suspensions":[{"from":"2026-11-24T09:00:00+07:00"}]}""",
        "/suspensions/0/to"
    )]
    [InlineData("""{"start":"2026-11-23T09:00:00+07:00","term":{"value":5,"unit":"workingDay"},"suspensions":[null]}""", "")]
    public async Task A_question_that_is_not_as_documented_is_refused_naming_the_member(string question, string pointer)
    {
        var errors = (await Asks(question)).Expect(400).Json.GetProperty("errors").EnumerateArray().ToList();
        Assert.Equal(
            pointer.Length == 0 ? errors[0].GetProperty("pointer").GetString() : pointer,
            errors[0].GetProperty("pointer").GetString()
        );
    }

    [Fact]
    public async Task A_hundred_and_one_suspensions_are_too_many()
    {
        var stops = Enumerable
            .Range(0, 101)
            .Select(n => new { from = TestClock.Start.AddHours(n), to = TestClock.Start.AddHours(n) })
            .ToArray();
        var reply = await Asks(
            new
            {
                start = TestClock.Start,
                term = new { value = 1, unit = "workingDay" },
                suspensions = stops,
            }
        );
        Assert.Equal("/suspensions", reply.Expect(400, "invalid").Json.GetProperty("errors")[0].GetProperty("pointer").GetString());
    }

    [Fact]
    public async Task An_unknown_calendar_is_not_found() =>
        (await Host.Anonymous().Post("/api/v1/calendars/nowhere/due-times", Question("2026-11-23T09:00", 5, "workingDay"))).Expect(
            404,
            "calendar-not-found"
        );

    [Fact]
    public async Task Whatever_is_asked_a_longer_term_never_ends_earlier_and_nothing_is_a_fault_of_the_server()
    {
        var asked = 0;
        await Gen.Select(Gen.Int[0, 100 * 366 * 24 * 4], Gen.Int[0, 60_000], Gen.Int[0, 500], Gen.Int[0, 3], Gen.Bool)
            .SampleAsync(
                async (quarters, hundredths, more, unit, sameClock) =>
                {
                    var start = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(15 * quarters);
                    string[] units = ["workingDay", "calendarDay", "workingHour", "month"];
                    var replies = new List<Reply>();
                    foreach (var length in new[] { hundredths / 100m, (hundredths + more) / 100m })
                        replies.Add(
                            await Asks(
                                new
                                {
                                    start,
                                    term = new { value = length, unit = units[unit] },
                                    policy = sameClock ? "sameClockTime" : "endOfDay",
                                }
                            )
                        );
                    Assert.All(replies, r => Assert.True(r.Status is 200 or 422, r.ToString()));
                    if (replies.TrueForAll(r => r.Status == 200))
                    {
                        Interlocked.Increment(ref asked);
                        Assert.True(Due(replies[0]) <= Due(replies[1]), $"{start} {hundredths} {more} {units[unit]}");
                        Assert.True(Due(replies[0]) >= start);
                    }
                },
                iter: 150,
                threads: 2
            );
        Assert.True(asked > 0);

        static DateTimeOffset Due(Reply reply) => reply.Json.GetProperty("dueAt").GetDateTimeOffset();
    }

    private static string Explained(JsonElement day) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{day.GetProperty("date")} {(day.GetProperty("counts").GetBoolean() ? "yes" : "no")} {day.GetProperty("reason")}"
        );
}
