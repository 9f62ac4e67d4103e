using System.Globalization;
using Pac.SharedKernel;
using Pac.SharedKernel.WorkingTime;

namespace Pac.Dossiers.Tests;

/// <summary>The provincial calendar: Monday to Friday 07:00–11:00 and 13:00–17:00, with the special days that the vectors of the domain study need.</summary>
internal static class DakLak
{
    private const string Off =
        "2024-04-18 2024-04-29 2024-04-30 2024-05-01 2025-04-30 2025-05-01 2025-05-02 2026-01-01 2026-01-02 2026-02-16 2026-02-17 2026-02-18 "
        + "2026-02-19 2026-02-20 2026-04-27 2026-04-30 2026-05-01 2026-08-31 2026-09-01 2026-09-02 2026-11-24 2027-01-01 2027-02-04 2027-02-05 "
        + "2027-02-08 2027-02-09 2027-02-10 2027-04-16 2027-04-30 2027-05-03";

    private const string Work = "2024-05-04 2025-04-26 2026-01-10 2026-08-22";

    private static readonly Shift[] Day = [new(new(7, 0), new(11, 0)), new(new(13, 0), new(17, 0))];

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

    /// <summary>The next version of a calendar, in which one more day is closed.</summary>
    public static CalendarDefinition Closing(this CalendarDefinition calendar, string day) =>
        calendar with
        {
            Version = calendar.Version + 1,
            Days = [.. calendar.Days, new(DateOnly.Parse(day, CultureInfo.InvariantCulture), false, "decided late")],
        };

    /// <summary>An instant at the centre, such as <c>2026-11-23 09:00</c>.</summary>
    public static DateTimeOffset At(string text) =>
        DateTimeOffset.ParseExact(text + " +07:00", "yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture);

    /// <summary>An instant as the API writes it: RFC 3339 with the centre's offset.</summary>
    public static string Written(DateTimeOffset at) => at.ToLocal().ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    private static IEnumerable<DateOnly> Dates(string text) => text.Split(' ').Select(d => DateOnly.Parse(d, CultureInfo.InvariantCulture));
}
