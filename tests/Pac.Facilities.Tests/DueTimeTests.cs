using Pac.Testing;

namespace Pac.Facilities.Tests;

/// <summary>The legal clock over HTTP; the engine behind it has its own tests.</summary>
public sealed class DueTimeTests(FacilitiesHost fixture) : ModuleTests(fixture)
{
    private Task<Reply> Asks(object question, params (string, string)[] headers) =>
        Host.Anonymous().Post("/api/v1/calendars/dak-lak/due-times", question, headers);

    [Fact]
    public async Task Five_working_days_over_the_culture_day_end_on_the_first_of_december()
    {
        var answer = await Asks(
            new
            {
                start = "2026-11-23T09:00:00+07:00",
                term = new { value = 5, unit = "workingDay" },
                policy = "endOfDay",
            }
        );

        var due = answer.Expect(200).Json;
        Assert.Equal("2026-12-01T17:00:00+07:00", due.GetProperty("dueAt").GetString());
        Assert.Equal(1, due.GetProperty("calendarVersion").GetInt32());
        var explained = due.GetProperty("explanation").EnumerateArray().ToList();
        Assert.Equal(["2026-11-24", "2026-11-28", "2026-11-29"], explained.Select(d => d.GetProperty("date").GetString()));
        Assert.All(explained, d => Assert.False(d.GetProperty("counts").GetBoolean()));
        Assert.Equal("Vietnam Culture Day", explained[0].GetProperty("reason").GetString());
    }
}
