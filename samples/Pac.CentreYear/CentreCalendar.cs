using System.Globalization;
using Pac.SharedKernel;
using Pac.SharedKernel.WorkingTime;

namespace Pac.CentreYear;

/// <summary>The working calendar of the provincial centre: Monday to Friday 07:00–11:00 and 13:00–17:00, and the holidays of the state sector.</summary>
internal static class CentreCalendar
{
    private static readonly Shift[] Hours = [new(new(7, 0), new(11, 0)), new(new(13, 0), new(17, 0))];
    private static readonly IReadOnlyList<SpecialDay> Days = [.. Holidays()];

    public static WorkingCalendar Calendar { get; } =
        WorkingCalendar.Compile(
            new(
                "dak-lak",
                1,
                new[] { DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday }.ToDictionary(
                    d => d,
                    _ => (IReadOnlyList<Shift>)Hours
                ),
                Days
            )
        );

    public static IReadOnlyList<DateOnly> WorkingDays(int year)
    {
        var first = new DateOnly(year, 1, 1);
        return [.. Enumerable.Range(0, first.AddYears(1).DayNumber - first.DayNumber).Select(first.AddDays).Where(IsWorkingDay)];
    }

    /// <summary>The day on which everybody comes who waited over Tet.</summary>
    public static DateOnly FirstDayAfterTet(int year)
    {
        var last = Days.Where(d => d.Date.Year == year && d.Reason == "Tet").Max(d => d.Date);
        return WorkingDays(year).First(d => d > last);
    }

    public static DateTimeOffset At(DateOnly day, TimeOnly time) => new(day.ToDateTime(time), LocalTime.Offset);

    /// <summary>The instant at which so much open time has passed.</summary>
    public static DateTimeOffset After(DateTimeOffset start, TimeSpan open)
    {
        var hours = new Term(Math.Max(0, open.Ticks / TimeSpan.TicksPerSecond) / 3600m, TermUnit.WorkingHour);
        var end = Calendar.DueAt(start, hours, DuePolicy.EndOfDay);
        // Not every second is a decimal fraction of an hour: what the division lost is rounded away.
        var seconds = (end.Ticks + TimeSpan.TicksPerSecond / 2) / TimeSpan.TicksPerSecond;
        return new(seconds * TimeSpan.TicksPerSecond, end.Offset);
    }

    private static bool IsWorkingDay(DateOnly day) => Calendar.IsOpen(At(day, Hours[0].Opens));

    private static IEnumerable<SpecialDay> Holidays()
    {
        foreach (var row in Resources.Rows("holidays-vn.csv", ','))
            yield return new(
                DateOnly.ParseExact(row["date"], "yyyy-MM-dd", CultureInfo.InvariantCulture),
                row["type"] == "work",
                row["name"]
            );
    }
}
