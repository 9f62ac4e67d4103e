namespace Pac.CentreYear;

/// <summary>How many dossiers a day takes in, by what becomes of them within the year.</summary>
internal sealed record DayPlan(DateOnly Day, ByChannel Returned, ByChannel Open)
{
    public int Received => Returned.Total + Open.Total;
}

/// <summary>Spreads the totals of a year over its working days; the sums are exact.</summary>
internal static class YearPlan
{
    private const double FourthQuarter = 1.2;
    private const double AfterTet = 2.0;
    private const double Unevenness = 0.08;
    private const double OnlineDay = 1.4;
    private const int TailDays = 45;

    public static IReadOnlyList<DayPlan> Of(YearTotals totals)
    {
        var days = CentreCalendar.WorkingDays(totals.Year);
        var received = Apportion(totals.Received, [.. Demand(totals.Year, days)], null);
        // What is still open came late in the year: the later, the more.
        var tail = received.Select((r, i) => r * Math.Max(0, 1 - (days.Count - 1 - i) / (double)TailDays));
        var open = Apportion(totals.Open.Total, [.. tail], received);
        var done = received.Zip(open, (r, o) => r - o).ToArray();

        var doneOnline = Apportion(totals.Returned.Online, Leaning(days, done), done);
        var donePost = Apportion(totals.Returned.Post, [.. done.Select(d => (double)d)], [.. done.Zip(doneOnline, (d, o) => d - o)]);
        var openOnline = Apportion(totals.Open.Online, Leaning(days, open), open);
        return
        [
            .. days.Select(
                (day, i) =>
                    new DayPlan(
                        day,
                        new(done[i] - doneOnline[i] - donePost[i], doneOnline[i], donePost[i]),
                        new(open[i] - openOnline[i], openOnline[i], 0)
                    )
            ),
        ];
    }

    // Monday is the fullest day, the last quarter the fullest season, and the first day after Tet is like no other.
    private static IEnumerable<double> Demand(int year, IReadOnlyList<DateOnly> days)
    {
        var random = new SplitMix64((ulong)year);
        var afterTet = CentreCalendar.FirstDayAfterTet(year);
        foreach (var day in days)
        {
            var weight = day.DayOfWeek switch
            {
                DayOfWeek.Monday => 1.35,
                DayOfWeek.Tuesday => 1.05,
                DayOfWeek.Wednesday => 1.0,
                DayOfWeek.Thursday => 0.95,
                DayOfWeek.Friday => 0.85,
                _ => 0.6,
            };
            var season = day.Month >= 10 ? FourthQuarter : 1;
            yield return weight * season * (day == afterTet ? AfterTet : 1) * (1 + (random.Unit() - 0.5) * Unevenness);
        }
    }

    // "Online on Wednesday": on that day people are helped to submit online.
    private static double[] Leaning(IReadOnlyList<DateOnly> days, int[] counts) =>
        [.. counts.Select((c, i) => c * (days[i].DayOfWeek == DayOfWeek.Wednesday ? OnlineDay : 1))];

    /// <summary>Whole numbers in proportion to the weights whose sum is exactly the total: largest remainders first, none above its cap.</summary>
    internal static int[] Apportion(int total, double[] weights, int[]? caps)
    {
        var sum = weights.Sum();
        if (total == 0)
            return new int[weights.Length];
        var exact = weights.Select(w => total * w / sum).ToArray();
        var shares = exact.Select((e, i) => Math.Min((int)Math.Floor(e), caps?[i] ?? int.MaxValue)).ToArray();
        var left = total - shares.Sum();
        var order = Enumerable.Range(0, weights.Length).OrderByDescending(i => exact[i] - Math.Floor(exact[i])).ToArray();
        while (left > 0)
        {
            var before = left;
            foreach (var i in order)
            {
                if (left == 0)
                    break;
                if (weights[i] <= 0 || shares[i] >= (caps?[i] ?? int.MaxValue))
                    continue;
                shares[i]++;
                left--;
            }
            if (left == before)
                throw new ArgumentException("The caps leave no room for the total.", nameof(caps));
        }
        return shares;
    }
}
