namespace Pac.SharedKernel.WorkingTime;

/// <summary>
/// A calendar made ready for arithmetic: sums of open time and of working days before each date of 2000 to 2099, so that
/// any term is one or two look-ups, whatever its length. Immutable; calls allocate nothing.
/// </summary>
public sealed class WorkingCalendar
{
    private const int FirstYear = 2000;
    private const int YearAfterLast = 2100;
    private const int DaysOfMonthByLaw = 30; // Civil Code 2015, art. 146: a month that is not counted by dates has 30 days, half a month 15.
    private static readonly int BaseDay = new DateOnly(FirstYear, 1, 1).DayNumber;
    private static readonly int DayCount = new DateOnly(YearAfterLast, 1, 1).DayNumber - BaseDay;

    private readonly long[][] _plans; // each: begin, end, begin, end … in ticks of the day; plan 0 is closed
    private readonly byte[] _planOf;
    private readonly long[] _openBefore; // open ticks before a day
    private readonly int[] _daysBefore; // working days before a day
    private readonly int[] _workingDays; // the day of the n-th working day
    private readonly Dictionary<int, SpecialDay> _special;

    private WorkingCalendar(CalendarDefinition definition, long[][] plans, byte[] planOf, Dictionary<int, SpecialDay> special)
    {
        (Definition, _plans, _planOf, _special) = (definition, plans, planOf, special);
        _openBefore = new long[DayCount + 1];
        _daysBefore = new int[DayCount + 1];
        List<int> working = [];
        for (var day = 0; day < DayCount; day++)
        {
            var open = Open(plans[planOf[day]]);
            _openBefore[day + 1] = _openBefore[day] + open;
            _daysBefore[day + 1] = _daysBefore[day] + (open > 0 ? 1 : 0);
            if (open > 0)
                working.Add(day);
        }
        _workingDays = [.. working];
    }

    /// <summary>The open hours of a date, in their order; none when it is closed or lies outside the years that calendars cover.</summary>
    /// <param name="day">The local date.</param>
    public IReadOnlyList<Shift> ShiftsOn(DateOnly day)
    {
        var index = day.DayNumber - BaseDay;
        var plan = index >= 0 && index < DayCount ? _plans[_planOf[index]] : [];
        return [.. plan.Chunk(2).Select(s => new Shift(new TimeOnly(s[0]), new TimeOnly(s[1])))];
    }

    /// <summary>The published definition behind this snapshot.</summary>
    public CalendarDefinition Definition { get; }

    /// <summary>Makes a definition ready for arithmetic.</summary>
    /// <param name="definition">The published calendar.</param>
    /// <exception cref="ArgumentException">No weekday is open, or shifts are empty, out of order or overlap.</exception>
    public static WorkingCalendar Compile(CalendarDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        List<long[]> plans =
        [
            [],
        ];
        var byWeekday = new byte[7];
        foreach (var (weekday, shifts) in definition.Week.OrderBy(w => ((int)w.Key + 6) % 7))
            byWeekday[(int)weekday] = PlanFor(plans, shifts);
        if (plans.Count == 1)
            throw new ArgumentException("A calendar needs an open weekday.", nameof(definition));
        var planOf = new byte[DayCount];
        for (var day = 0; day < DayCount; day++)
            planOf[day] = byWeekday[(BaseDay + day + 1) % 7]; // day number 0 was a Monday
        var special = new Dictionary<int, SpecialDay>();
        foreach (var day in definition.Days)
        {
            var index = day.Date.DayNumber - BaseDay;
            if (index < 0 || index >= DayCount)
                continue;
            special[index] = day;
            planOf[index] =
                !day.IsOpen ? (byte)0
                : day.Shifts is { Count: > 0 } own ? PlanFor(plans, own)
                : planOf[index] != 0 ? planOf[index]
                : (byte)1;
        }
        return new(definition, [.. plans], planOf, special);
    }

    /// <summary>Whether the centre is open; the closing instant itself still counts as open.</summary>
    public bool IsOpen(DateTimeOffset instant) => NextOpening(instant) == instant;

    /// <summary>The instant itself when it lies in open time, else the next opening: what comes outside office hours counts as come then.</summary>
    /// <exception cref="OutsideCalendarException">Outside 2000 to 2099.</exception>
    public DateTimeOffset NextOpening(DateTimeOffset instant)
    {
        var (day, time) = Split(instant);
        var plan = _plans[_planOf[day]];
        for (var i = 0; i < plan.Length; i += 2)
            if (time <= plan[i + 1])
                return Join(day, Math.Max(time, plan[i]));
        var next = WorkingDay(_daysBefore[day + 1]);
        return Join(next, _plans[_planOf[next]][0]);
    }

    /// <summary>Open time between two instants; negative when they are exchanged.</summary>
    public TimeSpan WorkingTimeBetween(DateTimeOffset from, DateTimeOffset to) => new(OpenUntil(to) - OpenUntil(from));

    /// <summary>Working days from the day something came (not counted) to the day of the second instant (counted).</summary>
    public int WorkingDaysBetween(DateTimeOffset from, DateTimeOffset to) => DayNumber(to) - DayNumber(from);

    /// <summary>
    /// When a term ends. The first day is not counted; what comes outside open time counts as come at the next opening; an end on a closed
    /// day moves to the next working day (Civil Code 2015, art. 147 and 148). Working hours end at the instant the last one is over.
    /// A fraction of a day ends with the day it falls into under <see cref="DuePolicy.EndOfDay"/>, and after that share of the day's open time
    /// under <see cref="DuePolicy.SameClockTime"/>; a fraction of a month is that share of 30 days.
    /// </summary>
    /// <param name="start">When it began.</param>
    /// <param name="term">How long it is.</param>
    /// <param name="policy">At which moment of the last day it ends; working hours know only the instant.</param>
    /// <param name="suspensions">Stretches in which the clock stood still, ordered by begin and not overlapping.</param>
    /// <exception cref="OutsideCalendarException">Start or end lies outside 2000 to 2099, or the term is negative.</exception>
    /// <exception cref="ArgumentException">The suspensions overlap, are out of order, or end before they begin.</exception>
    public DateTimeOffset DueAt(DateTimeOffset start, Term term, DuePolicy policy, ReadOnlySpan<Suspension> suspensions = default)
    {
        if (term.Value < 0 || term.Value > 100_000)
            throw new OutsideCalendarException();
        CheckOrder(suspensions);
        var opening = NextOpening(start);
        return term.Unit switch
        {
            TermUnit.WorkingHour => HoursAfter(opening, (long)(term.Value * TimeSpan.TicksPerHour), suspensions),
            _ when policy == DuePolicy.EndOfDay => EndOfDays(opening, term, suspensions),
            _ => SameClock(opening, term, suspensions),
        };
    }

    /// <summary>When a same-day procedure is due: at closing time of the day it came, of the next working day when it came after the cut-off.</summary>
    /// <param name="start">When it came.</param>
    /// <param name="cutOff">Last local time that still counts for the day.</param>
    public DateTimeOffset DueSameDay(DateTimeOffset start, TimeOnly cutOff)
    {
        var (day, time) = Split(NextOpening(start));
        return Closing(time <= cutOff.Ticks ? day : WorkingDay(_daysBefore[day] + 1));
    }

    /// <summary>Why the end lies where it lies: every date after the start that does not simply follow Monday to Friday.</summary>
    /// <param name="start">When the term began.</param>
    /// <param name="due">When it ends.</param>
    public IEnumerable<(DateOnly Date, bool Counts, string Reason)> Explain(DateTimeOffset start, DateTimeOffset due)
    {
        var last = Split(due).Day;
        for (var day = Split(start).Day; day <= last; day++)
        {
            var date = DateOnly.FromDayNumber(BaseDay + day);
            if (_special.TryGetValue(day, out var special))
                yield return (date, special.IsOpen, special.Reason);
            else if (_planOf[day] == 0)
                yield return (date, false, date.DayOfWeek.ToString());
            else if (date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
                yield return (date, true, date.DayOfWeek.ToString());
        }
    }

    private DateTimeOffset HoursAfter(DateTimeOffset opening, long ticks, ReadOnlySpan<Suspension> suspensions)
    {
        if (ticks == 0 && suspensions.IsEmpty)
            return opening;
        var target = OpenUntil(opening) + ticks;
        foreach (var stop in suspensions)
        {
            if (OpenUntil(stop.From) >= target && stop.From > opening)
                break;
            target += Math.Max(0, OpenUntil(stop.To) - OpenUntil(Later(stop.From, opening)));
        }
        return ticks == 0 && target == OpenUntil(opening) ? opening : WhenOpenTimeReaches(target);
    }

    private DateTimeOffset EndOfDays(DateTimeOffset opening, Term term, ReadOnlySpan<Suspension> suspensions)
    {
        var inWorkingDays = term.Unit == TermUnit.WorkingDay;
        var first = Split(opening).Day;
        var last = inWorkingDays ? WorkingDay(_daysBefore[first] + (int)decimal.Ceiling(term.Value)) : RolledForward(RawEnd(first, term));
        var raw = inWorkingDays ? last : RawEnd(first, term);
        foreach (var stop in suspensions)
        {
            if (stop.From >= Closing(last))
                break;
            var from = Split(NextOpening(Later(stop.From, opening))).Day;
            var to = Split(NextOpening(Later(stop.To, opening))).Day;
            if (inWorkingDays)
            {
                last = WorkingDay(_daysBefore[last] + _daysBefore[to] - _daysBefore[from]);
            }
            else
            {
                raw += to - from;
                last = RolledForward(raw);
            }
        }
        return Closing(last);
    }

    private DateTimeOffset SameClock(DateTimeOffset opening, Term term, ReadOnlySpan<Suspension> suspensions)
    {
        var (first, time) = Split(opening);
        DateTimeOffset due;
        if (term.Unit == TermUnit.WorkingDay)
        {
            var whole = (int)decimal.Floor(term.Value);
            due = AtClock(WorkingDay(_daysBefore[first] + whole), time);
            if (term.Value > whole)
            {
                var share = (long)(Open(_plans[_planOf[Split(due).Day]]) * (term.Value - whole));
                var next = AtClock(WorkingDay(_daysBefore[first] + whole + 1), time);
                due = Earlier(WhenOpenTimeReaches(OpenUntil(due) + share), next);
            }
        }
        else
        {
            due = AtClock(RolledForward(RawEnd(first, term)), time);
        }
        foreach (var stop in suspensions)
        {
            if (stop.From >= due)
                break;
            var from = Later(stop.From, opening);
            if (stop.To <= from)
                continue;
            if (term.Unit == TermUnit.WorkingDay)
            {
                var stopped = OpenUntil(stop.To) - OpenUntil(from);
                due = stopped == 0 ? due : WhenOpenTimeReaches(OpenUntil(due) + stopped);
            }
            else
            {
                var (day, clock) = Split(due + (stop.To - from));
                due = AtClock(RolledForward(day), clock);
            }
        }
        return due;
    }

    private static int RawEnd(int first, Term term)
    {
        if (term.Unit == TermUnit.CalendarDay)
            return InRange(first + (long)decimal.Ceiling(term.Value));
        var months = (int)decimal.Floor(term.Value);
        if (months > (YearAfterLast - FirstYear) * 12)
            throw new OutsideCalendarException();
        var date = DateOnly.FromDayNumber(BaseDay + first).AddMonths(months);
        var days = (int)decimal.Ceiling((term.Value - months) * DaysOfMonthByLaw);
        return InRange(date.DayNumber - BaseDay + days);
    }

    private int RolledForward(int day) => _planOf[InRange(day)] != 0 ? day : WorkingDay(_daysBefore[day]);

    private DateTimeOffset AtClock(int day, long time) => NextOpening(Join(day, time));

    private DateTimeOffset Closing(int day) => Join(day, _plans[_planOf[day]][^1]);

    private int DayNumber(DateTimeOffset instant) => _daysBefore[Split(NextOpening(instant)).Day];

    private int WorkingDay(int number) =>
        number >= 0 && number < _workingDays.Length ? _workingDays[number] : throw new OutsideCalendarException();

    private long OpenUntil(DateTimeOffset instant)
    {
        var (day, time) = Split(instant);
        var open = _openBefore[day];
        var plan = _plans[_planOf[day]];
        for (var i = 0; i < plan.Length && time > plan[i]; i += 2)
            open += Math.Min(time, plan[i + 1]) - plan[i];
        return open;
    }

    private DateTimeOffset WhenOpenTimeReaches(long target)
    {
        if (target <= 0 || target > _openBefore[DayCount])
            throw new OutsideCalendarException();
        var found = Array.BinarySearch(_openBefore, target);
        if (found >= 0)
        {
            // Several closed days share the sum; the time was reached at the closing of the working day before them.
            return Closing(WorkingDay(_daysBefore[found] - 1));
        }
        var day = ~found - 1;
        var rest = target - _openBefore[day];
        var plan = _plans[_planOf[day]];
        for (var i = 0; i < plan.Length; i += 2)
        {
            var length = plan[i + 1] - plan[i];
            if (rest <= length)
                return Join(day, plan[i] + rest);
            rest -= length;
        }
        throw new InvalidOperationException("The sums of open time disagree with the shifts.");
    }

    private static void CheckOrder(ReadOnlySpan<Suspension> suspensions)
    {
        var last = DateTimeOffset.MinValue;
        foreach (var stop in suspensions)
        {
            if (stop.From < last || stop.To < stop.From)
                throw new ArgumentException(
                    "Suspensions must be ordered, must not overlap, and must not end before they begin.",
                    nameof(suspensions)
                );
            last = stop.To;
        }
    }

    private static byte PlanFor(List<long[]> plans, IReadOnlyList<Shift> shifts)
    {
        if (shifts.Count == 0)
            return 0;
        var plan = shifts.SelectMany(s => new[] { s.Opens.Ticks, s.Closes.Ticks }).ToArray();
        for (var i = 1; i < plan.Length; i++)
            if (plan[i] < plan[i - 1] || i % 2 == 1 && plan[i] == plan[i - 1])
                throw new ArgumentException("Shifts must be ordered, must not overlap, and must not be empty.", nameof(shifts));
        var known = plans.FindIndex(p => p.AsSpan().SequenceEqual(plan));
        if (known < 0)
        {
            plans.Add(plan);
            known = plans.Count - 1;
        }
        return checked((byte)known);
    }

    private static long Open(long[] plan)
    {
        var open = 0L;
        for (var i = 0; i < plan.Length; i += 2)
            open += plan[i + 1] - plan[i];
        return open;
    }

    private static (int Day, long Time) Split(DateTimeOffset instant)
    {
        var (day, time) = Math.DivRem(instant.UtcTicks + LocalTime.Offset.Ticks, TimeSpan.TicksPerDay);
        return (InRange(day - BaseDay), time);
    }

    private static DateTimeOffset Join(int day, long time) => new((BaseDay + day) * TimeSpan.TicksPerDay + time, LocalTime.Offset);

    private static int InRange(long day) => day >= 0 && day < DayCount ? (int)day : throw new OutsideCalendarException();

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
