using CsCheck;
using Pac.SharedKernel.WorkingTime;

namespace Pac.SharedKernel.Tests;

/// <summary>What holds for every start and every term.</summary>
public sealed class DueTimeProperties
{
    private static readonly WorkingCalendar Calendar = DakLak.Calendar;
    private static readonly DateTimeOffset Origin = DakLak.At("2024-01-01 00:00");

    private static readonly Gen<DateTimeOffset> AnyInstant = Gen.Int[0, 4 * 365 * 24 * 60].Select(m => Origin.AddMinutes(m));
    private static readonly Gen<decimal> Quarters = Gen.Int[0, 400].Select(q => q / 4m);
    private static readonly Gen<DuePolicy> AnyPolicy = Gen.OneOfConst(DuePolicy.EndOfDay, DuePolicy.SameClockTime);

    private static readonly Gen<TermUnit> AnyUnit = Gen.OneOfConst(
        TermUnit.WorkingDay,
        TermUnit.CalendarDay,
        TermUnit.WorkingHour,
        TermUnit.Month
    );

    private static readonly Gen<Suspension[]> AnyStops = Gen.Int[0, 3]
        .SelectMany(n => Gen.Select(AnyInstant, Gen.Int[1, 20_000].Array[2 * n]))
        .Select(
            (start, steps) =>
            {
                var stops = new Suspension[steps.Length / 2];
                var at = start;
                for (var i = 0; i < stops.Length; i++)
                    stops[i] = new(at = at.AddMinutes(steps[2 * i]), at = at.AddMinutes(steps[2 * i + 1]));
                return stops;
            }
        );

    [Fact]
    public void Adding_working_days_then_measuring_gives_the_term_back() =>
        Gen.Select(AnyInstant, Gen.Int[0, 300])
            .Sample(
                (start, n) =>
                    Calendar.WorkingDaysBetween(start, Calendar.DueAt(start, new(n, TermUnit.WorkingDay), DuePolicy.EndOfDay)) == n
            );

    [Fact]
    public void Adding_working_hours_then_measuring_gives_the_term_back() =>
        Gen.Select(AnyInstant, Quarters)
            .Sample(
                (start, hours) =>
                    Calendar.WorkingTimeBetween(start, Calendar.DueAt(start, new(hours, TermUnit.WorkingHour), DuePolicy.EndOfDay))
                    == TimeSpan.FromHours((double)hours)
            );

    [Fact]
    public void A_later_start_is_never_due_earlier() =>
        Gen.Select(AnyInstant, AnyInstant, Quarters, AnyUnit, AnyPolicy)
            .Sample(
                (a, b, value, unit, policy) =>
                    Calendar.DueAt(a < b ? a : b, new(value, unit), policy) <= Calendar.DueAt(a < b ? b : a, new(value, unit), policy)
            );

    [Fact]
    public void A_longer_term_is_never_due_earlier() =>
        Gen.Select(AnyInstant, Quarters, Quarters, AnyUnit, AnyPolicy)
            .Sample(
                (start, a, b, unit, policy) =>
                    Calendar.DueAt(start, new(Math.Min(a, b), unit), policy) <= Calendar.DueAt(start, new(Math.Max(a, b), unit), policy)
            );

    [Fact]
    public void The_end_never_lies_in_closed_time() =>
        Gen.Select(AnyInstant, Quarters, AnyUnit, AnyPolicy, AnyStops)
            .Sample((start, value, unit, policy, stops) => Calendar.IsOpen(Calendar.DueAt(start, new(value, unit), policy, stops)));

    [Fact]
    public void Suspensions_only_ever_move_the_end_later() =>
        Gen.Select(AnyInstant, Quarters, AnyUnit, AnyPolicy, AnyStops)
            .Sample(
                (start, value, unit, policy, stops) =>
                    Calendar.DueAt(start, new(value, unit), policy, stops) >= Calendar.DueAt(start, new(value, unit), policy)
            );

    [Fact]
    public void A_suspended_clock_counts_exactly_the_open_time_outside_the_suspensions() =>
        Gen.Select(AnyInstant, Quarters.Where(q => q > 0), AnyStops)
            .Sample(
                (start, hours, stops) =>
                {
                    var due = Calendar.DueAt(start, new(hours, TermUnit.WorkingHour), DuePolicy.EndOfDay, stops);
                    var counted = Calendar.WorkingTimeBetween(start, due);
                    foreach (var stop in stops)
                    {
                        var from = stop.From < start ? start : stop.From;
                        var to = stop.To > due ? due : stop.To;
                        if (to > from)
                            counted -= Calendar.WorkingTimeBetween(from, to);
                    }
                    return counted == TimeSpan.FromHours((double)hours);
                }
            );

    [Fact]
    public void Working_hours_agree_with_walking_shift_by_shift() =>
        Gen.Select(AnyInstant, Quarters.Where(q => q > 0))
            .Sample(
                (start, hours) => Calendar.DueAt(start, new(hours, TermUnit.WorkingHour), DuePolicy.EndOfDay) == WalkHours(start, hours),
                iter: 300
            );

    [Fact]
    public void Working_days_agree_with_walking_day_by_day() =>
        Gen.Select(AnyInstant, Gen.Int[0, 60])
            .Sample(
                (start, days) => Calendar.DueAt(start, new(days, TermUnit.WorkingDay), DuePolicy.EndOfDay) == WalkDays(start, days),
                iter: 300
            );

    [Fact]
    public void A_call_allocates_nothing()
    {
        Suspension[] stops = [new(Origin.AddDays(3), Origin.AddDays(5))];
        var units = Enum.GetValues<TermUnit>();
        Measure(units, stops);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Measure(units, stops);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Measure(TermUnit[] units, Suspension[] stops)
    {
        for (var i = 0; i < 1000; i++)
            Calendar.DueAt(Origin.AddMinutes(i * 97), new(i % 40, units[i % units.Length]), (DuePolicy)(i % 2), stops);
    }

    private static DateTimeOffset WalkHours(DateTimeOffset start, decimal hours)
    {
        var left = TimeSpan.FromHours((double)hours);
        foreach (var (opens, closes) in DakLak.Shifts(start.LocalDay()))
        {
            var from = opens < start ? start : opens;
            if (closes <= from)
                continue;
            if (closes - from >= left)
                return from + left;
            left -= closes - from;
        }
        throw new InvalidOperationException();
    }

    private static DateTimeOffset WalkDays(DateTimeOffset start, int days)
    {
        var first = DakLak.Shifts(start.LocalDay()).First(s => s.Closes >= start).Opens.LocalDay();
        var day = DakLak.Shifts(first).Select(s => s.Closes.LocalDay()).Distinct().ElementAt(days);
        return DakLak.At(day, new(17, 0));
    }
}
