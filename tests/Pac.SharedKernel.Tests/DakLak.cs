using System.Globalization;
using Pac.SharedKernel.WorkingTime;

namespace Pac.SharedKernel.Tests;

/// <summary>The calendar of the test vectors: Monday to Friday 07:00–11:00 and 13:00–17:00 with the special days the vectors need.</summary>
internal static class DakLak
{
    private static readonly Shift[] Day = [new(new(7, 0), new(11, 0)), new(new(13, 0), new(17, 0))];

    private const string Off =
        "2024-04-18 2024-04-29 2024-04-30 2024-05-01 2025-04-30 2025-05-01 2025-05-02 2026-01-01 2026-01-02 2026-02-16 2026-02-17 2026-02-18 "
        + "2026-02-19 2026-02-20 2026-04-27 2026-04-30 2026-05-01 2026-08-31 2026-09-01 2026-09-02 2026-11-24 2027-01-01 2027-02-04 2027-02-05 "
        + "2027-02-08 2027-02-09 2027-02-10 2027-04-16 2027-04-30 2027-05-03";

    private const string Work = "2024-05-04 2025-04-26 2026-01-10 2026-08-22";

    public static CalendarDefinition Definition { get; } =
        new(
            "dak-lak",
            1,
            new[] { DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday }.ToDictionary(
                d => d,
                _ => (IReadOnlyList<Shift>)Day
            ),
            [.. Dates(Off).Select(d => new SpecialDay(d, false, "holiday")), .. Dates(Work).Select(d => new SpecialDay(d, true, "make-up"))]
        );

    public static WorkingCalendar Calendar { get; } = WorkingCalendar.Compile(Definition);

    /// <summary>The same calendar, asked day by day and shift by shift: slow and plain, to judge the fast one.</summary>
    public static IEnumerable<(DateTimeOffset Opens, DateTimeOffset Closes)> Shifts(DateOnly from)
    {
        for (var day = from; ; day = day.AddDays(1))
        {
            var special = Definition.Days.FirstOrDefault(d => d.Date == day);
            if (special is { IsOpen: false } || special is null && !Definition.Week.ContainsKey(day.DayOfWeek))
                continue;
            foreach (var shift in Day)
                yield return (At(day, shift.Opens), At(day, shift.Closes));
        }
    }

    public static DateTimeOffset At(DateOnly day, TimeOnly time) => new(day.ToDateTime(time), LocalTime.Offset);

    public static DateTimeOffset At(string text) =>
        DateTimeOffset.Parse(text.Replace(' ', 'T') + ":00+07:00", CultureInfo.InvariantCulture);

    private static IEnumerable<DateOnly> Dates(string text) => text.Split(' ').Select(d => DateOnly.Parse(d, CultureInfo.InvariantCulture));
}
