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
    FileMarks? Files = null,
    WithdrawalWish? Wish = null,
    FeeFacts? Fees = null,
    Hands? Hands = null
)
{
    /// <summary>The stretches in which a supplement was awaited; a pause for money is none.</summary>
    public IEnumerable<ClockSegment> Supplements => (Clock?.Segments ?? []).Where(s => s.State == ClockState.WaitingForCitizen);

    /// <summary>Whether it was open at an instant.</summary>
    public bool IsOpenAt(DateTimeOffset at) => ReceivedAt < at && (SettledAt is not { } end || end >= at);

    /// <summary>
    /// The instant promised: what was due without any wait for the person, or the new one that came with an apology since. It is kept since the
    /// first wait, so that no later calendar changes how a closed dossier is judged; only where it never was, it is computed.
    /// </summary>
    public DateTimeOffset? PromisedAt(IReadOnlyDictionary<string, WorkingCalendar> calendars)
    {
        if (Clock is not { } clock || clock.FirstWait() is not { } wait)
            return DueAt;
        if (DueAt is not null && clock.Segments.Any(s => s.State == ClockState.Extended && s.From > wait.From))
            return DueAt;
        if (clock.DueBeforeWaiting is { } kept)
            return kept;
        return calendars.GetValueOrDefault(clock.CalendarCode) is { } calendar ? clock.DueWithoutWaiting(calendar) : DueAt;
    }
}

/// <summary>That the person wanted the dossier back.</summary>
/// <param name="At">When.</param>
/// <param name="DecidedAt">When it was decided on; null until then.</param>
internal sealed record WithdrawalWish(DateTimeOffset At, DateTimeOffset? DecidedAt)
{
    /// <summary>The instants of a wish; null when there was none.</summary>
    public static WithdrawalWish? Of(Withdrawal? withdrawal) =>
        withdrawal is null ? null : new(withdrawal.RequestedAt, withdrawal.DecidedAt);

    /// <summary>Whether it was undecided at an instant.</summary>
    public bool IsOpenAt(DateTimeOffset at) => At <= at && (DecidedAt is not { } decided || decided > at);
}

/// <summary>What a dossier costs (index 3.6).</summary>
/// <param name="HasFee">Whether there is a line to pay.</param>
/// <param name="PaidOnline">Whether something was paid on the national portal or through the gateway of the province.</param>
internal sealed record FeeFacts(bool HasFee, bool PaidOnline);

/// <summary>Whose hands a dossier was in.</summary>
/// <param name="Steps">Its steps.</param>
/// <param name="Turns">The turns of agencies; none as long as it was the competent one alone.</param>
internal sealed record Hands(IReadOnlyList<DossierStep> Steps, IReadOnlyList<AgencyTurn> Turns);

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
    /// awaited or the person wants it back, else the cut-off; the time of waiting for the supplement is taken off; a second supplement is overdue; nothing promised is on time.
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
        var wanted = d.Wish is { } wish && wish.IsOpenAt(cutOff) ? wish.At : (DateTimeOffset?)null;
        var end = d.SettledAt is { } settled && settled <= cutOff ? settled : awaited ?? wanted ?? cutOff;
        return DossierClock.Judge(end - waited, promisedAt);
    }
}
