using Pac.SharedKernel;
using Pac.SharedKernel.WorkingTime;

namespace Pac.Dossiers.Domain;

/// <summary>Whether the legal clock runs in a stretch of time.</summary>
internal enum ClockState
{
    /// <summary>Time counts.</summary>
    Running,

    /// <summary>Time does not count: the person is asked for something.</summary>
    Paused,
}

/// <summary>A stretch of the legal clock. The last one is open as long as the dossier is.</summary>
/// <param name="From">Begin.</param>
/// <param name="To">End; null while it lasts.</param>
/// <param name="State">Whether time counts.</param>
/// <param name="Reason">The act that opened it.</param>
internal sealed record ClockSegment(DateTimeOffset From, DateTimeOffset? To, ClockState State, string Reason);

/// <summary>
/// The legal clock of a dossier, kept as facts: what was promised, by which calendar, and when time counted. Never a stored countdown;
/// the due instant follows from it and changes only by an act or a new calendar version.
/// </summary>
/// <param name="Rule">What the procedure's version promised when the dossier was received.</param>
/// <param name="CalendarCode">The calendar it runs by.</param>
/// <param name="CalendarVersion">The calendar's version that the due instant was computed with.</param>
/// <param name="Segments">When time counted, oldest first.</param>
internal sealed record DossierClock(TimeLimit Rule, string CalendarCode, int CalendarVersion, IReadOnlyList<ClockSegment> Segments)
{
    /// <summary>A clock that begins to run.</summary>
    public static DossierClock Start(TimeLimit rule, WorkingCalendar calendar, DateTimeOffset receivedAt) =>
        new(rule, calendar.Definition.Code, calendar.Definition.Version, [new(receivedAt, null, ClockState.Running, "received")]);

    /// <summary>The clock after its dossier has ended.</summary>
    public DossierClock End(DateTimeOffset at) => this with { Segments = [.. Segments.SkipLast(1), Segments[^1] with { To = at }] };

    /// <summary>When the result is due by a calendar; null when nothing was promised.</summary>
    /// <exception cref="OutsideCalendarException">The term ends after the years that calendars cover.</exception>
    public DateTimeOffset? DueAt(WorkingCalendar calendar)
    {
        var begin = Segments[0].From;
        if (Rule.SameDayCutOff is { } cutOff)
            return calendar.DueSameDay(begin, cutOff);
        if (Rule.Term is not { } term)
            return null;
        var pauses = Segments.Where(s => s is { State: ClockState.Paused, To: not null }).Select(s => new Suspension(s.From, s.To!.Value));
        return calendar.DueAt(begin, term, Rule.Policy, [.. pauses]);
    }

    /// <summary>How an end lies to what was due: late by the instant, early by the day.</summary>
    public static Timeliness Judge(DateTimeOffset endedAt, DateTimeOffset? dueAt) =>
        dueAt is not { } due ? Timeliness.OnTime
        : endedAt > due ? Timeliness.Late
        : endedAt.LocalDay() < due.LocalDay() ? Timeliness.Early
        : Timeliness.OnTime;
}

/// <summary>What a procedure promises over one channel.</summary>
/// <param name="Term">The legal term; null when there is a same-day rule or no due date.</param>
/// <param name="SameDayCutOff">Last local time that still counts for the same day; null when there is a term.</param>
/// <param name="Policy">At which moment of its last day the term ends.</param>
internal sealed record TimeLimit(Term? Term, TimeOnly? SameDayCutOff, DuePolicy Policy);
