using Pac.Facilities.Domain;
using Pac.SharedKernel.WorkingTime;

namespace Pac.Facilities.Features.Calendars;

/// <summary>Open hours of one weekday.</summary>
/// <param name="Weekday">The weekday.</param>
/// <param name="Shifts">Its shifts in order, local time.</param>
internal sealed record WeekdayView(DayOfWeek Weekday, IReadOnlyList<ShiftView> Shifts);

/// <summary>One stretch of open time.</summary>
/// <param name="Opens">Begin, local time, HH:mm.</param>
/// <param name="Closes">End, local time, HH:mm, after the begin.</param>
internal sealed record ShiftView(TimeOnly Opens, TimeOnly Closes);

/// <summary>A holiday, closure or make-up day.</summary>
/// <param name="Date">The date.</param>
/// <param name="IsOpen">Whether the centre works on it.</param>
/// <param name="Name">Why, in English.</param>
/// <param name="NameVi">Why, in Vietnamese.</param>
/// <param name="ToBeConfirmed">Whether the date is not from a cited source and the operator has to confirm it.</param>
/// <param name="Shifts">Hours of this date alone; the usual ones when left out.</param>
internal sealed record SpecialDayView(
    DateOnly Date,
    bool IsOpen,
    string Name,
    string NameVi,
    bool ToBeConfirmed,
    IReadOnlyList<ShiftView>? Shifts
);

/// <summary>A working calendar in one version.</summary>
/// <param name="Code">Code of the calendar.</param>
/// <param name="Name">Name of the calendar.</param>
/// <param name="Version">The version shown.</param>
/// <param name="HoursToBeConfirmed">Whether the hours are an assumption that the operator has to confirm.</param>
/// <param name="Week">Open hours by weekday; a missing weekday is closed.</param>
/// <param name="Days">Dates that do not follow their weekday.</param>
/// <param name="Reason">Why this version was published.</param>
/// <param name="PublishedAt">When it was published.</param>
internal sealed record CalendarView(
    string Code,
    string Name,
    int Version,
    bool HoursToBeConfirmed,
    IReadOnlyList<WeekdayView> Week,
    IReadOnlyList<SpecialDayView> Days,
    string Reason,
    DateTimeOffset PublishedAt
)
{
    public static CalendarView Of(string code, string name, CalendarVersion version) =>
        new(
            code,
            name,
            version.Number,
            version.Content.HoursToBeConfirmed,
            [.. version.Content.Week.Select(w => new WeekdayView(w.Weekday, Views(w.Shifts)))],
            [
                .. version
                    .Content.Days.OrderBy(d => d.Date)
                    .Select(d => new SpecialDayView(
                        d.Date,
                        d.IsOpen,
                        d.Name,
                        d.NameVi,
                        d.Certainty != Certainty.Sourced,
                        d.Shifts is null ? null : Views(d.Shifts)
                    )),
            ],
            version.Reason,
            version.PublishedAt
        );

    public static IReadOnlyList<Shift> Shifts(IReadOnlyList<ShiftView> views) => [.. views.Select(s => new Shift(s.Opens, s.Closes))];

    private static ShiftView[] Views(IReadOnlyList<Shift> shifts) => [.. shifts.Select(s => new ShiftView(s.Opens, s.Closes))];
}
