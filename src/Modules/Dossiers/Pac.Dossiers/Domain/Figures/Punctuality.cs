using Pac.Dossiers.Domain.Files;
using Pac.SharedKernel;
using Pac.SharedKernel.WorkingTime;

namespace Pac.Dossiers.Domain.Figures;

/// <summary>By which definition on time is judged; every published figure names its own.</summary>
internal enum OnTimeRule
{
    /// <summary>The end against the instant due.</summary>
    ByInstant,

    /// <summary>The day of the end against the day due, as reports count.</summary>
    ByDay,

    /// <summary>Index 2.1 of Decision 766/QD-TTg: waiting for a supplement is taken off, a second supplement is overdue, what runs is judged too.</summary>
    By766,
}

/// <summary>What is known of the files of a dossier that was worked on here.</summary>
/// <param name="Result">Whether there is a file of the result.</param>
/// <param name="Papers">Whether there is a file of a component.</param>
/// <param name="Reused">Whether one is used again.</param>
/// <param name="FromStore">Whether one was taken from a shared store.</param>
/// <param name="Channel">How it was handed in.</param>
/// <param name="Components">What was handed in.</param>
internal sealed record FileMarks(
    bool Result,
    bool Papers,
    bool Reused,
    bool FromStore,
    Channel Channel,
    IReadOnlyList<DossierComponent> Components
)
{
    /// <summary>Whether result and components are digitised (index 4.2).</summary>
    public bool Digitised => Result && (Papers || Digitisation.IsNothingToScan(Channel, Components));
}

/// <summary>What a figure is counted from: the facts of one dossier, without a word on the person.</summary>
internal sealed record DossierFacts(
    Guid Id,
    string Code,
    string CentreCode,
    string AgencyCode,
    string FieldCode,
    string ProcedureCode,
    int ProcedureVersion,
    Channel Channel,
    DossierStatus Status,
    DateTimeOffset ReceivedAt,
    DateTimeOffset? DueAt,
    DateTimeOffset? SettledAt,
    DateTimeOffset? ReturnedAt,
    Outcome? Outcome,
    DossierClock? Clock,
    string? LateCause,
    Assistance Assistance = Assistance.Unassisted,
    bool OnlySubmitted = false,
    bool TakenByPortal = false,
    string? LateCauseHash = null,
    FileMarks? Files = null
)
{
    /// <summary>The stretches in which a supplement was awaited; a pause for money is none.</summary>
    public IEnumerable<ClockSegment> Supplements => (Clock?.Segments ?? []).Where(s => s.State == ClockState.WaitingForCitizen);

    /// <summary>Whether it was open at an instant.</summary>
    public bool IsOpenAt(DateTimeOffset at) => ReceivedAt < at && (SettledAt is not { } end || end >= at);

    /// <summary>The instant promised: what was due without any wait for the person, or the new one that came with an apology.</summary>
    public DateTimeOffset? PromisedAt(IReadOnlyDictionary<string, WorkingCalendar> calendars) =>
        Clock is { Segments.Count: > 1 } clock
        && !(clock.ExtendedTo is not null && DueAt is not null)
        && clock.Segments.Any(s => s.State == ClockState.WaitingForCitizen)
        && calendars.GetValueOrDefault(clock.CalendarCode) is { } calendar
            ? (clock with { Segments = [clock.Segments[0]], ExtendedTo = null }).DueAt(calendar)
            : DueAt;
}

/// <summary>The definitions of on time, side by side.</summary>
internal static class Punctuality
{
    /// <summary>How an ended dossier lies to its due time.</summary>
    /// <param name="rule">The definition.</param>
    /// <param name="d">The dossier; it has ended.</param>
    /// <param name="promisedAt">What was first promised.</param>
    public static Timeliness Judge(OnTimeRule rule, DossierFacts d, DateTimeOffset? promisedAt) =>
        rule switch
        {
            OnTimeRule.ByDay => ByDay(d.SettledAt!.Value, d.DueAt),
            OnTimeRule.By766 => By766(d, promisedAt, d.SettledAt!.Value),
            _ => DossierClock.Judge(d.SettledAt!.Value, d.DueAt),
        };

    /// <summary>Days only: on the day due, at whatever time, is on time.</summary>
    public static Timeliness ByDay(DateTimeOffset endedAt, DateTimeOffset? dueAt) =>
        dueAt is not { } due || endedAt.LocalDay() == due.LocalDay() ? Timeliness.OnTime
        : endedAt.LocalDay() < due.LocalDay() ? Timeliness.Early
        : Timeliness.Late;

    /// <summary>
    /// Index 2.1 of Decision 766/QD-TTg as the national portal computes it: the end is the settlement, the request while a supplement is
    /// awaited, else the cut-off; the time of waiting for the supplement is taken off; a second supplement is overdue; nothing promised is on time.
    /// </summary>
    /// <param name="d">The dossier.</param>
    /// <param name="promisedAt">What was first promised.</param>
    /// <param name="cutOff">Until when it is looked at; what happened later is not known yet.</param>
    public static Timeliness By766(DossierFacts d, DateTimeOffset? promisedAt, DateTimeOffset cutOff)
    {
        var asked = 0;
        var waited = TimeSpan.Zero;
        DateTimeOffset? awaited = null;
        foreach (var stop in d.Supplements.Where(s => s.From <= cutOff))
        {
            asked++;
            if (stop.To is { } answered && answered <= cutOff)
                waited += answered - stop.From;
            else
                awaited = stop.From;
        }
        if (asked > 1)
            return Timeliness.Late;
        var end = d.SettledAt is { } settled && settled <= cutOff ? settled : awaited ?? cutOff;
        return DossierClock.Judge(end - waited, promisedAt);
    }
}
