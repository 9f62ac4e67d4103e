using System.Collections.Immutable;

namespace Pac.Dossiers.Domain.Forecasting;

/// <summary>What kind of day it is to the calendar.</summary>
/// <param name="Date">The day.</param>
/// <param name="IsOpen">Whether the centre works.</param>
/// <param name="AfterHoliday">Whether it is the first working day after a holiday.</param>
/// <param name="BeforeHoliday">Whether it is the last working day before a holiday.</param>
/// <param name="AfterLongHoliday">Whether that holiday was one of a week or more, as Tết is: then comes everybody who waited.</param>
internal readonly record struct DayKind(DateOnly Date, bool IsOpen, bool AfterHoliday, bool BeforeHoliday, bool AfterLongHoliday = false);

/// <summary>What came on a day.</summary>
internal readonly record struct DayCount(DayKind Day, long Received);

/// <summary>
/// Expects what comes on a day as level × weekday × season × holiday effect. The effects are shares of what was counted to what the other
/// effects explain, found by going round a few times; each is drawn towards 1 as if a few ordinary days had been seen already, so that a
/// rare kind of day does not run away. The level is that of the last weeks and carries the trend. Exact decimals: the same counts give the same
/// forecast everywhere.
/// </summary>
internal sealed class DailyModel
{
    private const int Rounds = 5;
    private const int DaysOfLevel = 56;
    private const int DaysOfYear = 364; // whole weeks
    private const int FewestForSeason = 300;
    private const decimal Caution = 2m; // ordinary days that every effect is taken to have seen

    private readonly decimal[] _weekday = Ones(7);
    private readonly decimal[] _season = Ones(12);
    private readonly decimal[] _special = Ones(4); // ordinary, after, before a holiday, after a long one
    private decimal _level;
    private decimal _closed;

    private DailyModel() { }

    /// <summary>Effect of each weekday, Sunday first; 1 is the mean.</summary>
    public ImmutableArray<decimal> Weekdays => [.. _weekday];

    /// <summary>Effect of each month, January first.</summary>
    public ImmutableArray<decimal> Seasons => [.. _season];

    /// <summary>Effect of the first working day after a holiday.</summary>
    public decimal AfterHoliday => _special[1];

    /// <summary>Effect of the first working day after a holiday of a week or more (Tết).</summary>
    public decimal AfterLongHoliday => _special[3];

    /// <summary>Learns from what was counted, oldest first.</summary>
    public static DailyModel Learn(IReadOnlyList<DayCount> history)
    {
        var model = new DailyModel();
        var open = history.Where(d => d.Day.IsOpen).ToList();
        var closed = history.Where(d => !d.Day.IsOpen).TakeLast(DaysOfLevel).ToList();
        model._closed = closed.Count == 0 ? 0 : closed.Sum(d => d.Received) / (decimal)closed.Count;
        if (open.Count == 0)
            return model;
        var last = open[^1].Day.Date;
        var years = open.GroupBy(d => (last.DayNumber - d.Day.Date.DayNumber) / DaysOfYear).Select(g => g.ToList()).ToList();
        var level = new Dictionary<DateOnly, decimal>();
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var year in years)
            {
                var ofYear = Ratio(year.Sum(d => (decimal)d.Received), year.Sum(d => model.Shape(d.Day)));
                foreach (var d in year)
                    level[d.Day.Date] = ofYear;
            }
            Fit(model._weekday, d => (int)d.Date.DayOfWeek);
            if (open.Count * 7 / 5 >= FewestForSeason)
                Fit(model._season, d => d.Date.Month - 1);
            Fit(model._special, SpecialOf);
            // The mean of the weekdays is 1; what is more belongs to the level.
            var mean = Mean(model._weekday, open.Select(d => (int)d.Day.Date.DayOfWeek));
            for (var i = 0; i < 7; i++)
                model._weekday[i] /= mean;
        }
        var recent = open.Where(d => last.DayNumber - d.Day.Date.DayNumber < DaysOfLevel).ToList();
        model._level = Ratio(recent.Sum(d => (decimal)d.Received), recent.Sum(d => model.Shape(d.Day)));
        return model;

        void Fit(decimal[] effect, Func<DayKind, int> kind)
        {
            var seen = new decimal[effect.Length];
            var explained = new decimal[effect.Length];
            var ordinary = Math.Max(1, open.Sum(d => (decimal)d.Received) / open.Count) * Caution;
            foreach (var d in open)
            {
                var k = kind(d.Day);
                seen[k] += d.Received;
                explained[k] += effect[k] == 0 ? 0 : level[d.Day.Date] * model.Shape(d.Day) / effect[k];
            }
            for (var k = 0; k < effect.Length; k++)
                effect[k] = decimal.Round((seen[k] + ordinary) / (explained[k] + ordinary), 8);
            if (effect == model._special)
                effect[0] = 1;
        }
    }

    /// <summary>What is to be expected on a day.</summary>
    public decimal Expect(DayKind day) => day.IsOpen ? _level * Shape(day) : _closed;

    private decimal Shape(DayKind d) => _weekday[(int)d.Date.DayOfWeek] * _season[d.Date.Month - 1] * _special[SpecialOf(d)];

    private static int SpecialOf(DayKind d) =>
        d.AfterLongHoliday ? 3
        : d.AfterHoliday ? 1
        : d.BeforeHoliday ? 2
        : 0;

    private static decimal Ratio(decimal part, decimal whole) => whole == 0 ? 0 : decimal.Round(part / whole, 8);

    private static decimal Mean(decimal[] effect, IEnumerable<int> kinds)
    {
        var all = kinds.ToList();
        var mean = all.Sum(k => effect[k]) / all.Count;
        return mean == 0 ? 1 : mean;
    }

    private static decimal[] Ones(int count) => [.. Enumerable.Repeat(1m, count)];
}

/// <summary>Errors of a way of forecasting over a back-test.</summary>
/// <param name="Days">Days compared.</param>
/// <param name="AbsoluteError">Sum of the differences, whatever their sign.</param>
/// <param name="Counted">What really came.</param>
internal readonly record struct ForecastError(int Days, decimal AbsoluteError, long Counted)
{
    public ForecastError Add(decimal expected, long counted) =>
        new(Days + 1, AbsoluteError + Math.Abs(expected - counted), Counted + counted);
}

/// <summary>How a forecast would have done: each week of the last ones is forecast from what was known before it.</summary>
internal static class BackTest
{
    private const int Week = 7;
    private const int DaysOfYear = 364;

    /// <summary>Errors of the model, of the same weekday a week before, and of the same weekday a year before where it is known.</summary>
    public static (ForecastError Model, ForecastError LastWeek, ForecastError LastYear) Run(IReadOnlyList<DayCount> history, int weeks)
    {
        var (model, lastWeek, lastYear) = (default(ForecastError), default(ForecastError), default(ForecastError));
        for (var start = Math.Max(Week * 8, history.Count - weeks * Week); start < history.Count; start += Week)
        {
            var learned = DailyModel.Learn([.. history.Take(start)]);
            for (var i = start; i < Math.Min(history.Count, start + Week); i++)
            {
                var counted = history[i].Received;
                model = model.Add(decimal.Round(learned.Expect(history[i].Day)), counted);
                lastWeek = lastWeek.Add(history[i - Week].Received, counted);
                if (i >= DaysOfYear)
                    lastYear = lastYear.Add(history[i - DaysOfYear].Received, counted);
            }
        }
        return (model, lastWeek, lastYear);
    }
}
