using System.Diagnostics;
using Pac.SharedKernel.WorkingTime;

namespace Pac.Benchmarks;

/// <summary>The working-time engine against a plain walk over the days, on the same terms.</summary>
internal static class DueTimes
{
    private const int Count = 1_000_000;
    private const int CountOfWalk = 20_000;

    public static void Run()
    {
        var definition = Calendar();
        var calendar = WorkingCalendar.Compile(definition);
        var questions = Questions();
        Ask(calendar, questions, Count / 10);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        var check = Ask(calendar, questions, Count);
        watch.Stop();
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        var engine = Count / watch.Elapsed.TotalSeconds;

        var days = definition.Days.ToDictionary(d => d.Date, d => d.IsOpen);
        watch.Restart();
        var walked = 0L;
        for (var i = 0; i < CountOfWalk; i++)
            walked += Walk(definition, days, questions[i % questions.Length]).Ticks;
        watch.Stop();
        var walk = CountOfWalk / watch.Elapsed.TotalSeconds;

        Console.WriteLine("Due times, one core, mixed terms of 1 hour to 10 years");
        Console.WriteLine($"  engine              {engine, 12:N0} a second, {(double)bytes / Count:0.00} bytes each (aim 1,000,000 and 0)");
        Console.WriteLine($"  walk over the days  {walk, 12:N0} a second");
        Console.WriteLine($"  ratio               {engine / walk, 12:N1}");
        Console.WriteLine($"  (check {check & 0xffff:x4} {walked & 0xffff:x4})");
    }

    private static long Ask(WorkingCalendar calendar, (DateTimeOffset Start, Term Term, DuePolicy Policy)[] questions, int count)
    {
        var sum = 0L;
        for (var i = 0; i < count; i++)
        {
            var q = questions[i % questions.Length];
            sum += calendar.DueAt(q.Start, q.Term, q.Policy).Ticks;
        }
        return sum;
    }

    // What a first version would do: look at one day after the other.
    private static DateTime Walk(
        CalendarDefinition definition,
        Dictionary<DateOnly, bool> days,
        (DateTimeOffset Start, Term Term, DuePolicy Policy) q
    )
    {
        var day = DateOnly.FromDateTime(q.Start.DateTime);
        var units = q.Term.Unit switch
        {
            TermUnit.WorkingHour => q.Term.Value / 8,
            TermUnit.Month => q.Term.Value * 30,
            _ => q.Term.Value,
        };
        for (var left = (int)Math.Ceiling(units); left > 0; )
        {
            day = day.AddDays(1);
            if (q.Term.Unit is TermUnit.CalendarDay or TermUnit.Month || Open(day))
                left--;
        }
        while (!Open(day))
            day = day.AddDays(1);
        return day.ToDateTime(new TimeOnly(17, 0));

        bool Open(DateOnly date) => days.TryGetValue(date, out var open) ? open : definition.Week.ContainsKey(date.DayOfWeek);
    }

    private static (DateTimeOffset, Term, DuePolicy)[] Questions()
    {
        // Seeded, so that every run asks the same.
        var random = new Random(2026);
        var units = Enum.GetValues<TermUnit>();
        return
        [
            .. Enumerable
                .Range(0, 10_000)
                .Select(i =>
                {
                    var start = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.FromHours(7)).AddMinutes(random.Next(0, 1_500_000));
                    var unit = units[i % units.Length];
                    var most = unit switch
                    {
                        TermUnit.WorkingDay => 2500,
                        TermUnit.CalendarDay => 3650,
                        TermUnit.WorkingHour => 20_000,
                        _ => 120,
                    };
                    return (start, new Term(random.Next(1, most * 2) / 2m, unit), (DuePolicy)(i / 4 % 2));
                }),
        ];
    }

    private static CalendarDefinition Calendar()
    {
        Shift[] shifts = [new(new(7, 0), new(11, 0)), new(new(13, 0), new(17, 0))];
        var week = Enumerable.Range(1, 5).ToDictionary(d => (DayOfWeek)d, _ => (IReadOnlyList<Shift>)shifts);
        var holidays = Enumerable
            .Range(2023, 20)
            .SelectMany(y => new[] { new DateOnly(y, 1, 1), new(y, 4, 30), new(y, 5, 1), new(y, 9, 2), new(y, 11, 24) });
        return new("bench", 1, week, [.. holidays.Select(d => new SpecialDay(d, false, "holiday"))]);
    }
}
