using System.Globalization;

namespace Pac.CentreYear;

/// <summary>
/// The years of the provincial centre, dossier by dossier, from their totals. The same rows come out every time, one day is held in memory,
/// and each day has its own seed.
/// </summary>
internal static class CentreYears
{
    private const string Centre = "dak-lak";
    private const string Commune = "H15.101";
    private const ulong Seed = 0x5041_4331;

    // Morning peak 07:30–09:30: from, to, and how thick it comes.
    private static readonly (TimeOnly From, TimeOnly To, double Weight)[] Hours =
    [
        (new(7, 0), new(7, 30), 0.8),
        (new(7, 30), new(9, 30), 2.2),
        (new(9, 30), new(11, 0), 1.1),
        (new(13, 0), new(14, 0), 0.9),
        (new(14, 0), new(16, 0), 1.0),
        (new(16, 0), new(17, 0), 0.4),
    ];

    private static readonly double AllHours = Hours.Sum(Thickness);

    /// <summary>All rows, by day and time of reception.</summary>
    public static IEnumerable<DossierRow> Rows() => Published.All.SelectMany(Rows);

    /// <summary>The rows of one year.</summary>
    public static IEnumerable<DossierRow> Rows(YearTotals totals)
    {
        var plan = YearPlan.Of(totals);
        var end = CentreCalendar.At(plan[^1].Day, new(17, 0));
        var number = 0;
        foreach (var day in plan)
        {
            foreach (var row in RowsOf(day, end, number))
                yield return row;
            number += day.Received;
        }
    }

    private static IEnumerable<DossierRow> RowsOf(DayPlan plan, DateTimeOffset yearEnd, int number)
    {
        var random = new SplitMix64(Seed + (ulong)plan.Day.DayNumber);
        var fates = Fates(plan);
        random.Shuffle(fates);
        var times = new int[fates.Length];
        for (var i = 0; i < times.Length; i++)
            times[i] = SecondOfDay(random);
        Array.Sort(times);
        var late = LateCase.All.GetValueOrDefault(plan.Day);
        var serials = new int[Published.Fields + 1];
        for (var i = 0; i < fates.Length; i++)
        {
            var fate = fates[i];
            var receivedAt = CentreCalendar.At(plan.Day, TimeOnly.MinValue).AddSeconds(times[i]);
            LateCase? own = null;
            if (late is not null && fate is { Open: false, Channel: Channel.Counter })
                (own, late) = (late, null);
            var course =
                own is not null ? LateCourse(own, receivedAt, random)
                : fate.Open ? OpenCourse(receivedAt, fate.Channel, yearEnd, random)
                : DoneCourse(receivedAt, fate.Channel, yearEnd, random);
            var field = Catalogue.NumberOf(course.Procedure.Field);
            yield return Row(plan.Day, ++number, field, ++serials[field], receivedAt, fate.Channel, course, own?.Cause, random);
        }
    }

    private static (Channel Channel, bool Open)[] Fates(DayPlan plan) =>
        [
            .. Enumerable.Repeat((Channel.Counter, false), plan.Returned.Counter),
            .. Enumerable.Repeat((Channel.Online, false), plan.Returned.Online),
            .. Enumerable.Repeat((Channel.Post, false), plan.Returned.Post),
            .. Enumerable.Repeat((Channel.Counter, true), plan.Open.Counter),
            .. Enumerable.Repeat((Channel.Online, true), plan.Open.Online),
            .. Enumerable.Repeat((Channel.Post, true), plan.Open.Post),
        ];

    private static int SecondOfDay(SplitMix64 random)
    {
        var at = random.Unit() * AllHours;
        foreach (var span in Hours)
        {
            if (at < Thickness(span))
                return (int)(span.From.ToTimeSpan().TotalSeconds + at / span.Weight);
            at -= Thickness(span);
        }
        return (int)Hours[^1].From.ToTimeSpan().TotalSeconds;
    }

    private static double Thickness((TimeOnly From, TimeOnly To, double Weight) span) => (span.To - span.From).TotalSeconds * span.Weight;

    // Settled between reception and the due instant, rather towards its end, and given back soon after. Near the end of the year, the fast
    // procedures are the ones that are still done within it.
    private static Course DoneCourse(DateTimeOffset receivedAt, Channel channel, DateTimeOffset yearEnd, SplitMix64 random)
    {
        var procedure = Catalogue.Any(random);
        var dueAt = procedure.DueAt(receivedAt, channel);
        for (var i = 0; i < 3 && dueAt > yearEnd; i++)
        {
            procedure = Catalogue.Any(random);
            dueAt = procedure.DueAt(receivedAt, channel);
        }
        var room = CentreCalendar.Calendar.WorkingTimeBetween(receivedAt, Earlier(dueAt, yearEnd));
        var share = random.Unit();
        var used = procedure.IsSameDay ? 0.1 + 0.6 * share : 1 - 0.7 * share * share;
        var settledAt = Earlier(CentreCalendar.After(receivedAt, room * used), Earlier(dueAt, yearEnd));
        return new(procedure, dueAt, settledAt, ReturnedAt(settledAt, channel, yearEnd, random));
    }

    private static Course LateCourse(LateCase late, DateTimeOffset receivedAt, SplitMix64 random)
    {
        Procedure procedure;
        do procedure = Catalogue.In(late.Field, random);
        while (procedure.IsSameDay);
        var dueAt = procedure.DueAt(receivedAt, Channel.Counter);
        var settledAt = CentreCalendar.After(dueAt, TimeSpan.FromHours(8 * (late.Days - 1)) + TimeSpan.FromMinutes(30 + random.Below(420)));
        return new(procedure, dueAt, settledAt, CentreCalendar.After(settledAt, TimeSpan.FromMinutes(20)));
    }

    // Due in the new year. What would have been due before waited for a supplement that came in the last days: its time counts anew.
    private static Course OpenCourse(DateTimeOffset receivedAt, Channel channel, DateTimeOffset yearEnd, SplitMix64 random)
    {
        var procedure = Catalogue.Any(random);
        var dueAt = procedure.DueAt(receivedAt, channel);
        for (var i = 0; i < 3 && dueAt <= yearEnd; i++)
        {
            procedure = Catalogue.Any(random);
            dueAt = procedure.DueAt(receivedAt, channel);
        }
        if (dueAt <= yearEnd)
            dueAt = procedure.DueAt(Later(receivedAt, yearEnd.AddDays(-random.Below(7))), channel);
        if (dueAt <= yearEnd)
            dueAt = procedure.DueAt(yearEnd, channel);
        return new(procedure, dueAt, null, null);
    }

    private static DateTimeOffset ReturnedAt(DateTimeOffset settledAt, Channel channel, DateTimeOffset yearEnd, SplitMix64 random)
    {
        var share = random.Unit();
        var wait = channel switch
        {
            Channel.Online => TimeSpan.FromMinutes(1 + 20 * share),
            Channel.Post => TimeSpan.FromHours(8 + 16 * share),
            _ => TimeSpan.FromMinutes(10 + 960 * share * share * share),
        };
        return Earlier(CentreCalendar.After(settledAt, wait), yearEnd);
    }

    private static DossierRow Row(
        DateOnly day,
        int number,
        int field,
        int serial,
        DateTimeOffset receivedAt,
        Channel channel,
        Course course,
        string? lateCause,
        SplitMix64 random
    )
    {
        var procedure = course.Procedure;
        var (kind, name) = Applicant(procedure.Field, random);
        var outcome =
            course.SettledAt is null ? null
            : lateCause is not null ? "result"
            : Outcome(random.Below(1000));
        return new(
            string.Create(CultureInfo.InvariantCulture, $"{day.Year}-{number:000000}"),
            string.Create(CultureInfo.InvariantCulture, $"000.00.{field:00}.H15-{day:yyMMdd}-{serial:0000}"),
            procedure.Code,
            Centre,
            procedure.IsCommunes ? Commune : null,
            channel,
            kind,
            name,
            Names.Identity(random),
            Names.Phone(random),
            receivedAt,
            course.DueAt,
            outcome,
            course.SettledAt,
            course.ReturnedAt,
            course.ReturnedAt is null ? null : RowWriter.Word(channel),
            lateCause
        );
    }

    private static string Outcome(int perMille) =>
        perMille switch
        {
            < 981 => "result",
            < 994 => "refusal",
            < 999 => "withdrawal",
            _ => "stop",
        };

    private static (string Kind, string Name) Applicant(string field, SplitMix64 random)
    {
        var share = random.Below(100);
        return field switch
        {
            "enterprise" or "transport" or "labour" or "resources-trade" when share < 85 => ("enterprise", Names.Enterprise(random)),
            "science" or "culture" when share < 75 => ("organisation", Names.Organisation(random)),
            "construction" or "land" when share < 4 => ("stateBody", Names.StateBody(random)),
            "construction" or "land" or "health" when share < 14 => ("enterprise", Names.Enterprise(random)),
            _ => ("citizen", Names.Person(random)),
        };
    }

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private sealed record Course(Procedure Procedure, DateTimeOffset DueAt, DateTimeOffset? SettledAt, DateTimeOffset? ReturnedAt);
}
