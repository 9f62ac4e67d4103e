using Pac.SharedKernel.WorkingTime;

namespace Pac.Dossiers.Domain;

/// <summary>A term of a dossier that is running now.</summary>
/// <param name="Kind">Which one.</param>
/// <param name="From">Since when it runs.</param>
/// <param name="DueAt">When it ends.</param>
/// <param name="AgencyCode">The agency whose opinion is asked; null for other terms.</param>
internal sealed record WatchedTerm(WatchedTermKind Kind, DateTimeOffset From, DateTimeOffset DueAt, string? AgencyCode = null);

/// <summary>An escalation whose time has come.</summary>
internal sealed record DueEscalation(WatchedTerm Term, EscalationRule Rule, int Round, DateTimeOffset At);

/// <summary>Which escalations a dossier has to see, by rules that are data. Pure, so that two hosts come to the same.</summary>
/// <param name="Due">Those whose time has come, the latest repetition of each.</param>
/// <param name="NextAt">When to look again; null while nothing is to come.</param>
internal sealed record EscalationPlan(IReadOnlyList<DueEscalation> Due, DateTimeOffset? NextAt)
{
    /// <summary>What is to be told by now.</summary>
    /// <param name="terms">The terms that run.</param>
    /// <param name="rules">The rules in force.</param>
    /// <param name="calendar">The hours of the centre.</param>
    /// <param name="since">What would have come before does not come any more; null for everything.</param>
    /// <param name="now">Now.</param>
    public static EscalationPlan Of(
        IReadOnlyList<WatchedTerm> terms,
        IReadOnlyList<EscalationRule> rules,
        WorkingCalendar calendar,
        DateTimeOffset? since,
        DateTimeOffset now
    )
    {
        List<DueEscalation> due = [];
        DateTimeOffset? next = null;
        foreach (var term in terms)
        foreach (var rule in rules.Where(r => r.Term == term.Kind))
        {
            var (come, following) = Within(term, rule, calendar, now);
            if (come is { } c && !(c.At < since))
                due.Add(new(term, rule, c.Round, c.At));
            if (next is null || following < next)
                next = following ?? next;
        }
        return new(due, next);
    }

    /// <summary>The rules that hold on a day: of each code the newest.</summary>
    public static IReadOnlyList<EscalationRule> InForce(IEnumerable<EscalationRule> rules, DateOnly day) =>
        [.. rules.Where(r => r.EffectiveFrom <= day).GroupBy(r => r.Code).Select(g => g.MaxBy(r => r.EffectiveFrom)!).Where(r => !r.IsOff)];

    private static ((int Round, DateTimeOffset At)? Come, DateTimeOffset? Next) Within(
        WatchedTerm term,
        EscalationRule rule,
        WorkingCalendar calendar,
        DateTimeOffset now
    )
    {
        try
        {
            return Instants(term, rule, calendar, now);
        }
        catch (OutsideCalendarException)
        {
            // What another system promised for the end of days must not keep all others from being watched.
            return (null, null);
        }
    }

    private static ((int Round, DateTimeOffset At)? Come, DateTimeOffset? Next) Instants(
        WatchedTerm term,
        EscalationRule rule,
        WorkingCalendar calendar,
        DateTimeOffset now
    )
    {
        if (rule.Timing == EscalationTiming.EveryHoursAfter)
            return Rounds(term, rule, calendar, now);
        var at = rule.Timing switch
        {
            EscalationTiming.AtBreach => term.DueAt,
            EscalationTiming.ShareUsed => After(calendar, term.From, Hours(calendar, term) * rule.Value / 100),
            // A term that is no longer than the warning has none.
            _ => Hours(calendar, term) is var hours && hours > rule.Value ? After(calendar, term.From, hours - rule.Value) : null,
        };
        return at is not { } instant ? (null, null)
            : instant < now ? ((0, instant), null)
            : (null, instant);
    }

    private static ((int, DateTimeOffset)?, DateTimeOffset?) Rounds(
        WatchedTerm term,
        EscalationRule rule,
        WorkingCalendar calendar,
        DateTimeOffset now
    )
    {
        if (term.DueAt >= now)
            return (null, After(calendar, term.DueAt, rule.Value));
        var round = (int)decimal.Floor(Hours(calendar.WorkingTimeBetween(term.DueAt, now)) / rule.Value);
        while (round > 0 && After(calendar, term.DueAt, round * rule.Value) >= now)
            round--;
        return (
            round == 0 ? null : (round, After(calendar, term.DueAt, round * rule.Value)!.Value),
            After(calendar, term.DueAt, (round + 1) * rule.Value)
        );
    }

    private static DateTimeOffset? After(WorkingCalendar calendar, DateTimeOffset from, decimal hours) =>
        calendar.DueAt(from, new(hours, TermUnit.WorkingHour), DuePolicy.SameClockTime);

    private static decimal Hours(WorkingCalendar calendar, WatchedTerm term) => Hours(calendar.WorkingTimeBetween(term.From, term.DueAt));

    private static decimal Hours(TimeSpan length) => length.Ticks / (decimal)TimeSpan.TicksPerHour;
}
