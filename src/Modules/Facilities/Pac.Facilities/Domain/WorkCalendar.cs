using System.Globalization;
using Pac.SharedKernel;
using Pac.SharedKernel.WorkingTime;

namespace Pac.Facilities.Domain;

/// <summary>How sure a dated fact is; anything but <see cref="Sourced"/> is shown as to be confirmed.</summary>
internal enum Certainty
{
    /// <summary>From a cited source.</summary>
    Sourced,

    /// <summary>General knowledge.</summary>
    Known,

    /// <summary>Derived from the rule.</summary>
    Derived,

    /// <summary>Uncertain.</summary>
    Uncertain,
}

/// <summary>Open hours of one weekday.</summary>
/// <param name="Weekday">The weekday.</param>
/// <param name="Shifts">Its shifts, in order.</param>
internal sealed record WeekdayHours(DayOfWeek Weekday, IReadOnlyList<Shift> Shifts);

/// <summary>A holiday, closure or make-up day as the operator sees it.</summary>
/// <param name="Date">The date.</param>
/// <param name="IsOpen">Whether the centre works on it.</param>
/// <param name="Name">Why, in English.</param>
/// <param name="NameVi">Why, in Vietnamese.</param>
/// <param name="Certainty">How sure it is.</param>
/// <param name="Shifts">Hours of this date alone; the usual ones when null.</param>
internal sealed record CalendarDay(
    DateOnly Date,
    bool IsOpen,
    string Name,
    string NameVi,
    Certainty Certainty,
    IReadOnlyList<Shift>? Shifts = null
);

/// <summary>Everything a calendar says in one version.</summary>
/// <param name="Week">Open hours by weekday.</param>
/// <param name="HoursToBeConfirmed">Whether the hours are an assumption that the operator has to confirm.</param>
/// <param name="Days">Dates that do not follow their weekday.</param>
internal sealed record CalendarContent(IReadOnlyList<WeekdayHours> Week, bool HoursToBeConfirmed, IReadOnlyList<CalendarDay> Days)
{
    public CalendarDefinition ToDefinition(string code, int version) =>
        new(
            code,
            version,
            Week.ToDictionary(w => w.Weekday, w => w.Shifts),
            [.. Days.Select(d => new SpecialDay(d.Date, d.IsOpen, d.Name, d.Shifts))]
        );
}

internal sealed record CalendarPublished(string Code, int Version, string Reason) : IDomainEvent;

/// <summary>The working calendar (lịch làm việc) of one or more centres. A published version never changes; every change is a new one.</summary>
internal sealed class WorkCalendar : AggregateRoot
{
    private readonly List<CalendarVersion> _versions = [];

    private WorkCalendar() { }

    public CalendarId Id { get; private set; }

    public string Code { get; private set; } = "";

    public string Name { get; private set; } = "";

    public int CurrentVersion { get; private set; }

    public IReadOnlyList<CalendarVersion> Versions => _versions;

    public static WorkCalendar Publish(string code, string name, CalendarContent content, string reason, string author, DateTimeOffset now)
    {
        var calendar = new WorkCalendar
        {
            Id = new(Guid.CreateVersion7(now)),
            Code = code,
            Name = name,
        };
        calendar.Change(content, reason, author, now);
        return calendar;
    }

    public void Change(CalendarContent content, string reason, string author, DateTimeOffset now)
    {
        if (content.Days.GroupBy(d => d.Date).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new BusinessRuleException(FacilitiesErrors.DayTwice.With(twice.Key.ToString("O", CultureInfo.InvariantCulture)));
        if (content.Week.GroupBy(w => w.Weekday).Any(g => g.Count() > 1) || !IsUsable(content))
            throw new BusinessRuleException(FacilitiesErrors.CalendarUnusable);
        CurrentVersion++;
        _versions.Add(new(Id, CurrentVersion, content, reason, author, now));
        Raise(new CalendarPublished(Code, CurrentVersion, reason));
    }

    private bool IsUsable(CalendarContent content)
    {
        try
        {
            WorkingCalendar.Compile(content.ToDefinition(Code, CurrentVersion + 1));
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}

/// <summary>One version as it was published, by whom and why.</summary>
internal sealed class CalendarVersion
{
    private CalendarVersion() { }

    internal CalendarVersion(
        CalendarId calendarId,
        int number,
        CalendarContent content,
        string reason,
        string author,
        DateTimeOffset now
    ) => (CalendarId, Number, Content, Reason, Author, PublishedAt) = (calendarId, number, content, reason, author, now);

    public CalendarId CalendarId { get; private set; }

    public int Number { get; private set; }

    public CalendarContent Content { get; private set; } = null!;

    public string Reason { get; private set; } = "";

    public string Author { get; private set; } = "";

    public DateTimeOffset PublishedAt { get; private set; }
}
