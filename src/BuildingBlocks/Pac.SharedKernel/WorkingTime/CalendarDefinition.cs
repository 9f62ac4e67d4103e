namespace Pac.SharedKernel.WorkingTime;

/// <summary>One stretch of open time within a day.</summary>
/// <param name="Opens">Begin, local time.</param>
/// <param name="Closes">End, local time, after the begin.</param>
public sealed record Shift(TimeOnly Opens, TimeOnly Closes);

/// <summary>A date that does not follow its weekday: a holiday, a closure or a make-up day.</summary>
/// <param name="Date">The date.</param>
/// <param name="IsOpen">Whether the centre works on it.</param>
/// <param name="Reason">Why, such as <c>Vietnam Culture Day</c>.</param>
/// <param name="Shifts">Hours of this one date; those of the first open weekday when null.</param>
public sealed record SpecialDay(DateOnly Date, bool IsOpen, string Reason, IReadOnlyList<Shift>? Shifts = null);

/// <summary>The working calendar (lịch làm việc) of a centre in one version, as published.</summary>
/// <param name="Code">Code of the calendar.</param>
/// <param name="Version">Version, from 1; a published version never changes.</param>
/// <param name="Week">Open hours by weekday; a weekday that is missing is closed.</param>
/// <param name="Days">Dates that do not follow their weekday.</param>
public sealed record CalendarDefinition(
    string Code,
    int Version,
    IReadOnlyDictionary<DayOfWeek, IReadOnlyList<Shift>> Week,
    IReadOnlyList<SpecialDay> Days
);

/// <summary>An instant or a term lies outside the years that calendars cover (2000 to 2099).</summary>
public sealed class OutsideCalendarException() : Exception("outside-calendar");
