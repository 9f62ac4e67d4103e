using Pac.Dossiers.Domain.Forecasting;

namespace Pac.Dossiers.Tests.Domain;

/// <summary>The forecast on made-up years whose effects are known.</summary>
public sealed class ForecastTests
{
    private static readonly decimal[] Weekdays = [0m, 1.2m, 1.0m, 0.9m, 1.0m, 0.8m, 0m];

    [Fact]
    public void Known_effects_of_weekday_season_and_holiday_are_found()
    {
        var model = DailyModel.Learn(Years(700));
        Assert.InRange(model.Weekdays[1] / model.Weekdays[3], 1.28m, 1.38m); // 1.2 / 0.9
        Assert.InRange(model.Weekdays[5] / model.Weekdays[1], 0.64m, 0.69m);
        Assert.InRange(model.AfterHoliday, 1.6m, 2.1m);
        Assert.InRange(model.Seasons[10] / model.Seasons[4], 1.10m, 1.35m);
    }

    [Fact]
    public void What_comes_next_is_met_closely_and_nothing_comes_to_a_closed_centre()
    {
        var years = Years(740);
        var model = DailyModel.Learn([.. years.Take(700)]);
        foreach (var day in years.Skip(700).Where(d => d.Day is { IsOpen: true, AfterHoliday: false }))
            Assert.InRange(model.Expect(day.Day), day.Received * 0.85m, day.Received * 1.15m);
        Assert.Equal(0, model.Expect(years.First(d => !d.Day.IsOpen).Day));
    }

    [Fact]
    public void The_back_test_compares_the_model_with_naive_forecasts_on_the_same_days()
    {
        var (model, lastWeek, lastYear) = BackTest.Run(Years(770), 8);
        Assert.Equal((56, 56, 56), (model.Days, lastWeek.Days, lastYear.Days));
        Assert.Equal(model.Counted, lastWeek.Counted);
        Assert.True(model.AbsoluteError < lastWeek.AbsoluteError, $"{model} {lastWeek}");
        Assert.True(model.AbsoluteError < lastYear.AbsoluteError, $"{model} {lastYear}");
    }

    [Fact]
    public void The_way_is_chosen_by_the_weeks_before_and_knows_nothing_of_what_it_forecasts()
    {
        var years = Years(770);
        // Half as many come from a day on: the level of eight weeks is slow to see it.
        List<DayCount> broken = [.. years.Select((d, i) => i < 700 ? d : d with { Received = d.Received / 2 })];
        List<DayCount> even = [.. years.Select(d => d with { Received = d.Day.IsOpen ? 100 : 0 })];
        Assert.Equal(DailyModel.Usual, new ForecastChoice(even).WayAt(700));
        Assert.Equal(28, new ForecastChoice(broken).WayAt(749).DaysOfLevel);
        foreach (var start in new[] { 721, 742, 763 })
        {
            List<DayCount> otherEnd = [.. broken.Select((d, i) => i < start ? d : d with { Received = 9_999 })];
            Assert.Equal(new ForecastChoice(broken).WayAt(start), new ForecastChoice(otherEnd).WayAt(start));
            Assert.Equal(
                new ForecastChoice(broken).ModelAt(start).Expect(broken[start].Day),
                new ForecastChoice(otherEnd).ModelAt(start).Expect(broken[start].Day)
            );
        }
    }

    [Fact]
    public void Without_a_past_nothing_is_expected()
    {
        Assert.Equal(0, DailyModel.Learn([]).Expect(new(new(2026, 11, 23), true, false, false)));
        Assert.Equal(0, BackTest.Run([], 8).Model.Days);
    }

    // Level 400 growing by a tenth a year, more in the last quarter, doubled on the day after each of a dozen holidays a year.
    private static List<DayCount> Years(int days)
    {
        var begin = new DateOnly(2024, 1, 1);
        bool Holiday(DateOnly d) => d is { Day: 10, Month: not 7 } && d.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);
        bool Open(DateOnly d) => d.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !Holiday(d);
        bool Next(DateOnly d, int step)
        {
            for (var other = d.AddDays(step); ; other = other.AddDays(step))
                if (Open(other))
                    return false;
                else if (Holiday(other))
                    return true;
        }
        List<DayCount> all = [];
        for (var i = 0; i < days; i++)
        {
            var date = begin.AddDays(i);
            var kind = new DayKind(date, Open(date), Open(date) && Next(date, -1), Open(date) && Next(date, 1));
            var noise = 1m + ((i * 37 % 11) - 5) / 200m;
            var expected =
                400m
                * (1 + i / 3650m)
                * Weekdays[(int)date.DayOfWeek]
                * (date.Month >= 10 ? 1.2m : 1m)
                * (kind.AfterHoliday ? 2m : 1m)
                * noise;
            all.Add(new(kind, kind.IsOpen ? (long)decimal.Round(expected) : 0));
        }
        return all;
    }
}
