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

/// <summary>A way of forecasting.</summary>
/// <param name="Season">Whether the months have an effect of their own.</param>
/// <param name="DaysOfLevel">Over how many of the last days the level is taken.</param>
internal readonly record struct ForecastWay(bool Season, int DaysOfLevel);

/// <summary>
/// Expects what comes on a day as level × weekday × season × holiday effect. The effects are shares of what was counted to what the other
/// effects explain, found by going round a few times; each is drawn towards 1 as if a few ordinary days had been seen already, so that a
/// rare kind of day does not run away. The level is that of the last weeks and carries the trend. Exact decimals: the same counts give the same
/// forecast everywhere.
/// </summary>
internal sealed class DailyModel
{
    private const int Rounds = 5;
    private const int DaysClosed = 56;
    private const int DaysOfYear = 364; // whole weeks
    private const int FewestForSeason = 300;
    private const decimal Caution = 2m; // ordinary days that every effect is taken to have seen

    /// <summary>Month by month, on the level of the last eight weeks.</summary>
    public static readonly ForecastWay Usual = new(true, 56);

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
    public static DailyModel Learn(IReadOnlyList<DayCount> history) => Learn(history, Usual);

    /// <summary>Learns from what was counted, oldest first, in one of the ways.</summary>
    public static DailyModel Learn(IReadOnlyList<DayCount> history, ForecastWay way)
    {
        var model = new DailyModel();
        var open = history.Where(d => d.Day.IsOpen).ToList();
        var closed = history.Where(d => !d.Day.IsOpen).TakeLast(DaysClosed).ToList();
        model._closed = closed.Count == 0 ? 0 : closed.Sum(d => d.Received) / (decimal)closed.Count;
        if (open.Count == 0)
            return model;
        var last = open[^1].Day.Date;
        model.FitEffects(Cells(open, last), way.Season && open.Count * 7 / 5 >= FewestForSeason);
        var recent = open.Where(d => last.DayNumber - d.Day.Date.DayNumber < way.DaysOfLevel).ToList();
        model._level = Ratio(recent.Sum(d => (decimal)d.Received), recent.Sum(d => model.Shape(d.Day)));
        return model;
    }

    /// <summary>What is to be expected on a day.</summary>
    public decimal Expect(DayKind day) => day.IsOpen ? _level * Shape(day) : _closed;

    // Each year has a level of its own, so that growth is taken for no season.
    private void FitEffects(List<Cell> cells, bool season)
    {
        var days = cells.Sum(c => c.Days);
        var ordinary = Math.Max(1, cells.Sum(c => (decimal)c.Received) / days) * Caution;
        for (var round = 0; round < Rounds; round++)
        {
            var level = cells
                .GroupBy(c => c.Year)
                .ToDictionary(y => y.Key, y => Ratio(y.Sum(c => (decimal)c.Received), y.Sum(c => c.Days * Shape(c))));
            Fit(_weekday, c => c.Weekday, level);
            if (season)
                Fit(_season, c => c.Month, level);
            Fit(_special, c => c.Special, level);
            _special[0] = 1;
            // The mean of the weekdays is 1; what is more belongs to the level.
            var mean = cells.Sum(c => c.Days * _weekday[c.Weekday]) / days;
            for (var i = 0; i < _weekday.Length && mean != 0; i++)
                _weekday[i] /= mean;
        }

        void Fit(decimal[] effect, Func<Cell, int> kind, Dictionary<int, decimal> level)
        {
            var seen = new decimal[effect.Length];
            var explained = new decimal[effect.Length];
            foreach (var c in cells)
            {
                var k = kind(c);
                seen[k] += c.Received;
                explained[k] += effect[k] == 0 ? 0 : c.Days * level[c.Year] * Shape(c) / effect[k];
            }
            for (var k = 0; k < effect.Length; k++)
                effect[k] = decimal.Round((seen[k] + ordinary) / (explained[k] + ordinary), 8);
        }
    }

    private decimal Shape(Cell c) => _weekday[c.Weekday] * _season[c.Month] * _special[c.Special];

    private decimal Shape(DayKind d) => _weekday[(int)d.Date.DayOfWeek] * _season[d.Date.Month - 1] * _special[SpecialOf(d)];

    // Days that nothing tells apart are looked at together.
    private static List<Cell> Cells(List<DayCount> open, DateOnly last) =>
        [
            .. open.GroupBy(d =>
                    (
                        Year: (last.DayNumber - d.Day.Date.DayNumber) / DaysOfYear,
                        Weekday: (int)d.Day.Date.DayOfWeek,
                        Month: d.Day.Date.Month - 1,
                        Special: SpecialOf(d.Day)
                    )
                )
                .Select(g => new Cell(g.Key.Year, g.Key.Weekday, g.Key.Month, g.Key.Special, g.Count(), g.Sum(d => d.Received))),
        ];

    private static int SpecialOf(DayKind d) =>
        d.AfterLongHoliday ? 3
        : d.AfterHoliday ? 1
        : d.BeforeHoliday ? 2
        : 0;

    private static decimal Ratio(decimal part, decimal whole) => whole == 0 ? 0 : decimal.Round(part / whole, 8);

    private static decimal[] Ones(int count) => [.. Enumerable.Repeat(1m, count)];

    private readonly record struct Cell(int Year, int Weekday, int Month, int Special, int Days, long Received);
}

/// <summary>
/// Chooses between ways of forecasting by how they would have done in the weeks before, each forecast from what was known before it: nothing of what
/// is forecast is known to the choice. The usual way stays unless another one was clearly better.
/// </summary>
internal sealed class ForecastChoice(IReadOnlyList<DayCount> history)
{
    private const int Week = 7;
    private const int WeeksHeldOut = 6;
    private const decimal Clearly = 0.92m;

    private static readonly ForecastWay[] Ways = [DailyModel.Usual, new(false, 56), new(true, 28), new(false, 28)];
    private readonly Dictionary<(int Start, ForecastWay Way), DailyModel> _learned = [];

    /// <summary>The way from a place in the history on.</summary>
    public ForecastWay WayAt(int start)
    {
        var errors = Ways.ToDictionary(w => w, w => HeldOut(start).Sum(s => ErrorOf(s, w)));
        var best = Ways.MinBy(w => errors[w]);
        return errors[best] <= errors[DailyModel.Usual] * Clearly ? best : DailyModel.Usual;
    }

    /// <summary>The model from a place in the history on, in the way chosen there.</summary>
    public DailyModel ModelAt(int start) => Learned(start, WayAt(start));

    // Whole weeks before a place; the first two months are only learned from.
    private static IEnumerable<int> HeldOut(int start) =>
        Enumerable.Range(1, WeeksHeldOut).Select(w => start - w * Week).Where(s => s >= BackTest.Beginning);

    private decimal ErrorOf(int start, ForecastWay way)
    {
        var model = Learned(start, way);
        return history.Skip(start).Take(Week).Sum(d => Math.Abs(decimal.Round(model.Expect(d.Day)) - d.Received));
    }

    private DailyModel Learned(int start, ForecastWay way)
    {
        if (!_learned.TryGetValue((start, way), out var model))
            _learned[(start, way)] = model = DailyModel.Learn([.. history.Take(start)], way);
        return model;
    }
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

    /// <summary>Days that are only learned from.</summary>
    public const int Beginning = Week * 8;

    /// <summary>Errors of the model, of the same weekday a week before, and of the same weekday a year before where it is known.</summary>
    public static (ForecastError Model, ForecastError LastWeek, ForecastError LastYear) Run(IReadOnlyList<DayCount> history, int weeks)
    {
        var (model, lastWeek, lastYear) = (default(ForecastError), default(ForecastError), default(ForecastError));
        var choice = new ForecastChoice(history);
        for (var start = Math.Max(Beginning, history.Count - weeks * Week); start < history.Count; start += Week)
        {
            var learned = choice.ModelAt(start);
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
