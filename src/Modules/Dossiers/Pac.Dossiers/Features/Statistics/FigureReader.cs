using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks;
using Pac.BuildingBlocks.Security;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Figures;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Statistics;

/// <summary>
/// Reads figures under any definition: the summaries count by instant; what another definition judges otherwise is a few dossiers that have an
/// index, and only those are looked at.
/// </summary>
internal sealed class FigureReader(DossiersDbContext db, CentreCalendars centres, TimeProvider clock)
{
    private const int MostGroups = 20_000;
    private const char Between = '\u001f';

    public async Task<DossierStatistics> Read(StatisticsFilter f, DataScope scope, CancellationToken ct)
    {
        Period.Check(f.From, f.To);
        var query = new FigureQuery(f.From, f.To, Dimensions(f.GroupBy), Filters(f), scope);
        var rule = f.Definition ?? OnTimeRule.ByInstant;
        var rows = await db.ReadFigures(query, MostGroups, ct);
        if (rows.Count >= MostGroups)
            throw TooManyGroups();
        var overdue = rule == OnTimeRule.ByInstant ? Overdue.None : await Judge(query, rule, rows, ct);
        var definition = await Define(rule, f.To, ct);
        return new(
            definition,
            Figures.Of(rows.Sum(r => r.CarriedOver), rows, overdue.Total),
            query.Dimensions.Count == 0 ? [] : Groups(query, rows, overdue)
        );
    }

    /// <summary>Says how figures are defined.</summary>
    public async Task<FigureDefinition> Define(OnTimeRule rule, DateOnly to, CancellationToken ct)
    {
        var version = await db.KnownCalendars.MaxAsync(c => (int?)c.Version, ct) ?? 1;
        return new(
            EnumWord(rule),
            rule == OnTimeRule.By766 ? "inPeriod" : "settledInPeriod",
            "halfUp2",
            version,
            to.AddDays(1).StartInstant(),
            clock.GetUtcNow()
        );
    }

    /// <summary>The word of a value as the API writes it.</summary>
    public static string EnumWord<T>(T value)
        where T : struct, Enum => value.ToString() is var name ? char.ToLowerInvariant(name[0]) + name[1..] : "";

    // Corrects the rows, and finds what was open and overdue at the end of the period and of each of its parts.
    private async Task<Overdue> Judge(FigureQuery query, OnTimeRule rule, List<FigureRow> rows, CancellationToken ct)
    {
        var (begin, end) = Instants(query.From, query.To);
        var now = clock.GetUtcNow();
        var time = query.Dimensions.ToList().FindIndex(StatisticsSql.IsTime);
        var parts = time < 0 ? [] : Parts(query, query.Dimensions[time]).ToList();
        var calendars =
            rule == OnTimeRule.By766
                ? await centres.Of(await db.CentresWithFigures(ct), ct)
                : new Dictionary<string, Pac.SharedKernel.WorkingTime.WorkingCalendar>();
        var overdue = new Overdue(rule == OnTimeRule.By766 ? 0 : null, []);
        await foreach (var d in db.Doubtful(query, rule, (begin, end, Earlier(now, end))).WithCancellation(ct))
        {
            var promised = rule == OnTimeRule.By766 ? d.PromisedAt(calendars) : d.DueAt;
            if (d.SettledAt >= begin && d.SettledAt < end)
                Move(rows, KeyOf(query, d, d.SettledAt.Value.LocalDay()), DossierClock.Judge(d.SettledAt.Value, d.DueAt), Judged());
            if (rule != OnTimeRule.By766)
                continue;
            if (IsOverdue(end))
                overdue = overdue with { Total = overdue.Total + 1 };
            if (time < 0 && query.Dimensions.Count > 0 && IsOverdue(end))
                overdue.Count(KeyOf(query, d, query.From));
            foreach (var (first, last, _) in parts)
                if (IsOverdue(last.AddDays(1).StartInstant()))
                    overdue.Count(KeyOf(query, d, first));

            Timeliness Judged() => Punctuality.Judge(rule, d, promised);
            bool IsOverdue(DateTimeOffset at) => d.IsOpenAt(at) && Punctuality.By766(d, promised, Earlier(now, at)) == Timeliness.Late;
        }
        return overdue;
    }

    private static void Move(List<FigureRow> rows, string[] key, Timeliness from, Timeliness to)
    {
        if (from != to)
            rows.Add(new(false, key, 0, 0, 0, By(Timeliness.Early), By(Timeliness.OnTime), By(Timeliness.Late), 0, 0, 0, 0, 0));

        int By(Timeliness t) =>
            t == to ? 1
            : t == from ? -1
            : 0;
    }

    private static string[] KeyOf(FigureQuery query, DossierFacts d, DateOnly day) =>
        [
            .. query.Dimensions.Select(name =>
                name switch
                {
                    "centre" => d.CentreCode,
                    "agency" => d.AgencyCode,
                    "field" => d.FieldCode,
                    "procedure" => d.ProcedureCode,
                    "channel" => d.Channel.ToString(),
                    "assistance" => d.Assistance.ToString(),
                    _ => StatisticsSql.TimeKey(name, day),
                }
            ),
        ];

    private static (DateTimeOffset Begin, DateTimeOffset End) Instants(DateOnly from, DateOnly to) =>
        (from.StartInstant().ToUniversalTime(), to.AddDays(1).StartInstant().ToUniversalTime());

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private static Dictionary<string, string> Filters(StatisticsFilter f)
    {
        var filters = new Dictionary<string, string>();
        Add("centre", f.CentreCode);
        Add("agency", f.AgencyCode);
        Add("field", f.FieldCode);
        Add("procedure", f.ProcedureCode);
        Add("channel", f.Channel?.ToString());
        Add("assistance", f.Assistance?.ToString());
        return filters;

        void Add(string name, string? value)
        {
            if (value is not null)
                filters.Add(name, value);
        }
    }

    /// <summary>Reads what figures are grouped by.</summary>
    /// <exception cref="InvalidRequestException">A word is unknown or given twice, or time is given more than once.</exception>
    public static List<string> Dimensions(string? groupBy, bool inBody = false)
    {
        var wanted = groupBy?.Split(',', StringSplitOptions.TrimEntries) ?? [];
        if (
            wanted.Length != wanted.Distinct().Count()
            || wanted.Any(w => !StatisticsSql.Columns.ContainsKey(w))
            || wanted.Count(StatisticsSql.IsTime) > 1
        )
            throw Period.Fault(
                inBody,
                "groupBy",
                "unknown-dimension",
                "Chỉ nhóm theo day, week hoặc month, centre, agency, field, procedure, channel, assistance; mỗi loại một lần.",
                "Groups are by day, week or month, centre, agency, field, procedure, channel, assistance; each at most once."
            );
        return [.. wanted];
    }

    // What is open at the end of a day or month is carried into the next one, so that every group balances by itself.
    private static List<FigureGroup> Groups(FigureQuery query, List<FigureRow> rows, Overdue overdue)
    {
        var time = query.Dimensions.ToList().FindIndex(StatisticsSql.IsTime);
        List<FigureGroup> groups = [];
        foreach (var line in rows.GroupBy(r => string.Join(Between, r.Key.Where((_, i) => i != time))))
        {
            var carried = line.Sum(r => r.CarriedOver);
            var inside = line.Where(r => !r.Before).ToList();
            if (time < 0)
            {
                var key = line.First().Key;
                groups.Add(FigureGroup.Of(KeyOf(query, key), Figures.Of(carried, inside, overdue.Of(key))));
                continue;
            }
            var byTime = inside.ToLookup(r => r.Key[time]);
            foreach (var (_, _, bucket) in Parts(query, query.Dimensions[time]))
            {
                if (carried == 0 && !byTime.Contains(bucket))
                    continue;
                var key = (string[])line.First().Key.Clone();
                key[time] = bucket;
                var figures = Figures.Of(carried, byTime[bucket], overdue.Of(key));
                groups.Add(FigureGroup.Of(KeyOf(query, key), figures));
                carried = figures.Open;
                if (groups.Count > MostGroups)
                    throw TooManyGroups();
            }
        }
        return [.. groups.OrderBy(g => string.Join(Between, query.Dimensions.Select(d => g.Key[d])), StringComparer.Ordinal)];
    }

    // The days, weeks or months of a period, as far as they lie in it.
    private static IEnumerable<(DateOnly First, DateOnly Last, string Key)> Parts(FigureQuery query, string dimension)
    {
        for (var day = query.From; day <= query.To; )
        {
            var next = dimension switch
            {
                "day" => day.AddDays(1),
                "week" => day.AddDays(7 - ((int)day.DayOfWeek + 6) % 7),
                _ => new DateOnly(day.Year, day.Month, 1).AddMonths(1),
            };
            yield return (day, next > query.To ? query.To : next.AddDays(-1), StatisticsSql.TimeKey(dimension, day));
            day = next;
        }
    }

    private static Dictionary<string, string> KeyOf(FigureQuery query, string[] key) =>
        query.Dimensions.Select((name, i) => (name, value: key[i])).ToDictionary(k => k.name, k => Word(k.name, k.value));

    // Enumerations are written as everywhere in the API.
    private static string Word(string dimension, string value) =>
        dimension is "channel" or "assistance" ? char.ToLowerInvariant(value[0]) + value[1..] : value;

    private static InvalidRequestException TooManyGroups() =>
        InvalidRequestException.Query(
            "groupBy",
            "too-many-groups",
            "Quá nhiều nhóm; hãy rút ngắn khoảng thời gian hoặc lọc thêm.",
            "There are too many groups; shorten the period or add a filter."
        );

    // Open and overdue: in all, and by group. Not counted where the definition judges only what has ended.
    private sealed record Overdue(long? Total, Dictionary<string, long> ByKey)
    {
        public static readonly Overdue None = new(null, []);

        public void Count(string[] key) => ByKey[string.Join(Between, key)] = ByKey.GetValueOrDefault(string.Join(Between, key)) + 1;

        public long? Of(string[] key) => Total is null ? null : ByKey.GetValueOrDefault(string.Join(Between, key));
    }
}
