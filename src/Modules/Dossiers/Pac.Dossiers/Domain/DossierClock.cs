using Pac.SharedKernel;
using Pac.SharedKernel.WorkingTime;

namespace Pac.Dossiers.Domain;

/// <summary>What the legal clock does in a stretch of time.</summary>
internal enum ClockState
{
    /// <summary>Time counts.</summary>
    Running,

    /// <summary>Time counts towards the new date that was promised with an apology (form 04).</summary>
    Extended,

    /// <summary>Time does not count: the person is asked for papers; when they are complete it counts anew from zero.</summary>
    WaitingForCitizen,

    /// <summary>Time does not count, and what was used before stays used: a payment is awaited, or the dossier was closed for a while.</summary>
    Suspended,
}

/// <summary>A stretch of the legal clock. The last one is open as long as the dossier is.</summary>
/// <param name="From">Begin.</param>
/// <param name="To">End; null while it lasts.</param>
/// <param name="State">Whether time counts.</param>
/// <param name="Reason">The act that opened it.</param>
internal sealed record ClockSegment(DateTimeOffset From, DateTimeOffset? To, ClockState State, string Reason)
{
    public bool Counts() => State is ClockState.Running or ClockState.Extended;
}

/// <summary>
/// The legal clock of a dossier, kept as facts: what was promised, by which calendar, and when time counted. Never a stored countdown;
/// the due instant follows from it and changes only by an act or a new calendar version.
/// </summary>
/// <param name="Rule">What the procedure's version promised when the dossier was received.</param>
/// <param name="CalendarCode">The calendar it runs by.</param>
/// <param name="CalendarVersion">The calendar's version that the due instant was computed with.</param>
/// <param name="Segments">When time counted, oldest first.</param>
/// <param name="ExtendedTo">The new day that was promised with the apology; null without one.</param>
/// <param name="DueBeforeWaiting">What was due when the person was first waited for; null where nobody waited, and where nothing was promised.</param>
internal sealed record DossierClock(
    TimeLimit Rule,
    string CalendarCode,
    int CalendarVersion,
    IReadOnlyList<ClockSegment> Segments,
    DateOnly? ExtendedTo = null,
    DateTimeOffset? DueBeforeWaiting = null
)
{
    /// <summary>A clock that begins to run.</summary>
    public static DossierClock Start(TimeLimit rule, WorkingCalendar calendar, DateTimeOffset receivedAt, string reason = "received") =>
        new(rule, calendar.Definition.Code, calendar.Definition.Version, [new(receivedAt, null, ClockState.Running, reason)]);

    /// <summary>The clock after its dossier has ended.</summary>
    public DossierClock End(DateTimeOffset at) => this with { Segments = Closed(at) };

    /// <summary>The clock that stands still from now on.</summary>
    public DossierClock Stand(ClockState state, string reason, DateTimeOffset at) =>
        this with
        {
            Segments = [.. Closed(at), new(at, null, state, reason)],
        };

    /// <summary>The clock that runs again: towards the extended date where that still holds.</summary>
    public DossierClock Run(string reason, DateTimeOffset at)
    {
        var segments = Closed(at);
        var extended =
            segments[^1].State != ClockState.WaitingForCitizen && segments.Skip(Begin(segments)).Any(s => s.State == ClockState.Extended);
        return this with { Segments = [.. segments, new(at, null, extended ? ClockState.Extended : ClockState.Running, reason)] };
    }

    /// <summary>The clock that runs towards a new date.</summary>
    public DossierClock Extend(DateOnly to, DateTimeOffset at) =>
        this with
        {
            Segments = [.. Closed(at), new(at, null, ClockState.Extended, "extended")],
            ExtendedTo = to,
        };

    /// <summary>The clock of a dossier that is opened again: the time in which it was closed does not count.</summary>
    public DossierClock Reopen(DateTimeOffset at) =>
        (this with { Segments = [.. Segments, new(Segments[^1].To!.Value, null, ClockState.Suspended, "closed")] }).Run("reopened", at);

    /// <summary>When the dossier was opened again last; null when it never was.</summary>
    public DateTimeOffset? ReopenedAt() => Segments.LastOrDefault(s => s.Reason == "reopened")?.From;

    /// <summary>The stretch in which it stands still now; null while it runs or after its end.</summary>
    public ClockSegment? Standing() => Segments[^1] is { To: null } last && !last.Counts() ? last : null;

    /// <summary>When the result is due by a calendar, as if an open stand-still had not begun; null when nothing was promised.</summary>
    /// <exception cref="OutsideCalendarException">The term ends after the years that calendars cover.</exception>
    public DateTimeOffset? DueAt(WorkingCalendar calendar)
    {
        // The time is counted anew from zero when the supplement is complete (Decree 118/2025, art. 11).
        var first = Begin(Segments);
        var counted = Segments.Skip(first).ToList();
        // What stood still to the very end was never gone on with.
        var stops = counted
            .SkipLast(1)
            .Where(s => s.State == ClockState.Suspended)
            .Select(s => new Suspension(s.From, s.To!.Value))
            .ToList();
        if (ExtendedTo is { } day && counted.FirstOrDefault(s => s.State == ClockState.Extended) is { } extension)
            return Closing(calendar, day, stops.Where(s => s.From >= extension.From));
        var begin = Segments[first].From;
        if (Rule.SameDayCutOff is { } cutOff)
            return Closing(calendar, calendar.DueSameDay(begin, cutOff).LocalDay(), stops);
        return Rule.Term is { } term ? calendar.DueAt(begin, term, Rule.Policy, [.. stops]) : null;
    }

    /// <summary>The first stretch in which the person was waited for; null when there was none.</summary>
    public ClockSegment? FirstWait() => Segments.FirstOrDefault(s => s.State == ClockState.WaitingForCitizen);

    /// <summary>
    /// The clock that keeps what was due when the person was first waited for, as if that wait had not begun: what stood still before, and a new
    /// date that was promised before, count. Once kept it stays.
    /// </summary>
    public DossierClock KeepingDueBeforeWaiting(WorkingCalendar calendar) =>
        DueBeforeWaiting is null && DueWithoutWaiting(calendar) is { } due ? this with { DueBeforeWaiting = due } : this;

    /// <summary>What was due when the person was first waited for, by a calendar; null when nobody waited, or nothing was promised.</summary>
    public DateTimeOffset? DueWithoutWaiting(WorkingCalendar calendar) =>
        FirstWait() is { } wait ? (this with { Segments = [.. Segments.TakeWhile(s => s != wait), wait] }).DueAt(calendar) : null;

    /// <summary>
    /// The end that the quality index judges: every finished wait for the person is taken off, and one that lasts ends it
    /// (Decision 766/QD-TTg, index 2.1).
    /// </summary>
    public DateTimeOffset IndexEnd(DateTimeOffset end) =>
        Segments[^1] is { State: ClockState.WaitingForCitizen } last && (last.To is null || last.To == end)
            ? last.From - Waited(last.From)
            : end - Waited(end);

    /// <summary>How long it took without the waits for the person (Decision 766/QD-TTg, index 2.2).</summary>
    public TimeSpan NetProcessingTime(DateTimeOffset end) => IndexEnd(end) - Segments[0].From;

    /// <summary>Working time in which the clock ran between two instants.</summary>
    public TimeSpan CountedTime(WorkingCalendar calendar, DateTimeOffset from, DateTimeOffset to) =>
        Segments
            .Where(s => s.Counts())
            .Select(s => (From: Later(s.From, from), To: s.To is { } end && end < to ? end : to))
            .Where(s => s.To > s.From)
            .Aggregate(TimeSpan.Zero, (sum, s) => sum + calendar.WorkingTimeBetween(s.From, s.To));

    /// <summary>When the clock stood still after an instant.</summary>
    public IEnumerable<Suspension> StoppedSince(DateTimeOffset instant) =>
        Segments.Where(s => !s.Counts() && s.To > instant).Select(s => new Suspension(Later(s.From, instant), s.To!.Value));

    /// <summary>How an end lies to what was due: late by the instant, early by the day.</summary>
    public static Timeliness Judge(DateTimeOffset endedAt, DateTimeOffset? dueAt) =>
        dueAt is not { } due ? Timeliness.OnTime
        : endedAt > due ? Timeliness.Late
        : endedAt.LocalDay() < due.LocalDay() ? Timeliness.Early
        : Timeliness.OnTime;

    /// <summary>Closing time of a day, or of the next working day, moved by the working days in which the clock stood still.</summary>
    public static DateTimeOffset Closing(WorkingCalendar calendar, DateOnly day, IEnumerable<Suspension> stops)
    {
        var days = stops.Sum(s => calendar.WorkingDaysBetween(s.From, s.To));
        return calendar.DueAt(day.StartInstant(), new(days, TermUnit.WorkingDay), DuePolicy.EndOfDay);
    }

    private List<ClockSegment> Closed(DateTimeOffset at) =>
        Segments[^1].To is null ? [.. Segments.SkipLast(1), Segments[^1] with { To = at }] : [.. Segments];

    private TimeSpan Waited(DateTimeOffset until) =>
        Segments
            .Where(s => s.State == ClockState.WaitingForCitizen && s.To is { } end && end <= until)
            .Aggregate(TimeSpan.Zero, (sum, s) => sum + (s.To!.Value - s.From));

    // The stretch after the last wait for the person that was gone on from.
    private static int Begin(IReadOnlyList<ClockSegment> segments)
    {
        for (var i = segments.Count - 2; i >= 0; i--)
            if (segments[i].State == ClockState.WaitingForCitizen)
                return i + 1;
        return 0;
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}

/// <summary>What a procedure promises over one channel.</summary>
/// <param name="Term">The legal term; null when there is a same-day rule or no due date.</param>
/// <param name="SameDayCutOff">Last local time that still counts for the same day; null when there is a term.</param>
/// <param name="Policy">At which moment of its last day the term ends.</param>
internal sealed record TimeLimit(Term? Term, TimeOnly? SameDayCutOff, DuePolicy Policy);

/// <summary>A term beside the legal clock, such as that of intake; kept as facts, so that a new calendar version can move it.</summary>
/// <param name="From">When it began.</param>
/// <param name="Term">How long it is, as the law stood then.</param>
/// <param name="DueAt">When it ends.</param>
internal sealed record Deadline(DateTimeOffset From, Term Term, DateTimeOffset DueAt)
{
    public static Deadline Start(DateTimeOffset from, Term term, WorkingCalendar calendar) =>
        new(from, term, calendar.DueAt(from, term, DuePolicy.EndOfDay));

    public Deadline Under(WorkingCalendar calendar) => Start(From, Term, calendar);
}
