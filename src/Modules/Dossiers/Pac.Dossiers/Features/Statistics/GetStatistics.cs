using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Statistics;

/// <summary>Which figures are wanted.</summary>
/// <param name="From">First day of the period.</param>
/// <param name="To">Last day of the period.</param>
/// <param name="GroupBy">By what to group, separated by commas: <c>day</c>, <c>month</c>, <c>centre</c>, <c>agency</c>, <c>field</c>, <c>procedure</c>, <c>channel</c>.</param>
/// <param name="CentreCode">Only this centre.</param>
/// <param name="AgencyCode">Only this agency.</param>
/// <param name="FieldCode">Only procedures of this field.</param>
/// <param name="ProcedureCode">Only this procedure.</param>
/// <param name="Channel">Only this channel.</param>
internal sealed record StatisticsFilter(
    [property: FromQuery(Name = "from")] DateOnly From,
    [property: FromQuery(Name = "to")] DateOnly To,
    [property: FromQuery(Name = "groupBy")] string? GroupBy = null,
    [property: FromQuery(Name = "centreCode")] string? CentreCode = null,
    [property: FromQuery(Name = "agencyCode")] string? AgencyCode = null,
    [property: FromQuery(Name = "fieldCode")] string? FieldCode = null,
    [property: FromQuery(Name = "procedureCode")] string? ProcedureCode = null,
    [property: FromQuery(Name = "channel")] Channel? Channel = null
);

internal sealed record GetStatistics(StatisticsFilter Filter) : IQuery<DossierStatistics>;

internal sealed class GetStatisticsHandler(DossiersDbContext db, TimeProvider clock) : IRequestHandler<GetStatistics, DossierStatistics>
{
    private const int MostGroups = 20_000;

    public async Task<DossierStatistics> Handle(GetStatistics request, CancellationToken ct)
    {
        var f = request.Filter;
        Period.Check(f.From, f.To);
        var dimensions = Dimensions(f.GroupBy);
        var filters = new Dictionary<string, string>();
        Add("centre", f.CentreCode);
        Add("agency", f.AgencyCode);
        Add("field", f.FieldCode);
        Add("procedure", f.ProcedureCode);
        Add("channel", f.Channel?.ToString());
        var query = new FigureQuery(f.From, f.To, dimensions, filters, db.User.Scope);
        var rows = await db.ReadFigures(query, MostGroups, ct);
        if (rows.Count >= MostGroups)
            throw TooManyGroups();
        var version = await db.KnownCalendars.MaxAsync(c => (int?)c.Version, ct) ?? 1;
        return new(
            new("byInstant", "settledInPeriod", "halfUp2", version, clock.GetUtcNow()),
            Figures.Of(rows.Sum(r => r.CarriedOver), rows),
            dimensions.Count == 0 ? [] : Groups(query, rows)
        );

        void Add(string name, string? value)
        {
            if (value is not null)
                filters.Add(name, value);
        }
    }

    private static List<string> Dimensions(string? groupBy)
    {
        var wanted = groupBy?.Split(',', StringSplitOptions.TrimEntries) ?? [];
        if (
            wanted.Length != wanted.Distinct().Count()
            || wanted.Any(w => !StatisticsSql.Columns.ContainsKey(w))
            || wanted.Contains("day") && wanted.Contains("month")
        )
            throw InvalidRequestException.Query(
                "groupBy",
                "unknown-dimension",
                "Chỉ nhóm theo day hoặc month, centre, agency, field, procedure, channel; mỗi loại một lần.",
                "Groups are by day or month, centre, agency, field, procedure, channel; each at most once."
            );
        return [.. wanted];
    }

    // What is open at the end of a day or month is carried into the next one, so that every group balances by itself.
    private static List<FigureGroup> Groups(FigureQuery query, List<FigureRow> rows)
    {
        var time = query.Dimensions.ToList().FindIndex(d => d is "day" or "month");
        List<FigureGroup> groups = [];
        foreach (var line in rows.GroupBy(r => string.Join('\u001f', r.Key.Where((_, i) => i != time))))
        {
            var carried = line.Sum(r => r.CarriedOver);
            var inside = line.Where(r => !r.Before).ToList();
            if (time < 0)
            {
                groups.Add(FigureGroup.Of(KeyOf(query, line.First().Key), Figures.Of(carried, inside)));
                continue;
            }
            var byTime = inside.ToLookup(r => r.Key[time]);
            foreach (var bucket in Buckets(query, query.Dimensions[time]))
            {
                var figures = Figures.Of(carried, byTime[bucket]);
                if (carried == 0 && !byTime.Contains(bucket))
                    continue;
                var key = (string[])line.First().Key.Clone();
                key[time] = bucket;
                groups.Add(FigureGroup.Of(KeyOf(query, key), figures));
                carried = figures.Open;
                if (groups.Count > MostGroups)
                    throw TooManyGroups();
            }
        }
        return [.. groups.OrderBy(g => string.Join('\u001f', query.Dimensions.Select(d => g.Key[d])), StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Buckets(FigureQuery query, string dimension)
    {
        var day = dimension == "month" ? new DateOnly(query.From.Year, query.From.Month, 1) : query.From;
        var format = dimension == "month" ? "yyyy-MM" : "yyyy-MM-dd";
        for (; day <= query.To; day = dimension == "month" ? day.AddMonths(1) : day.AddDays(1))
            yield return day.ToString(format, System.Globalization.CultureInfo.InvariantCulture);
    }

    private static Dictionary<string, string> KeyOf(FigureQuery query, string[] key) =>
        query.Dimensions.Select((name, i) => (name, value: key[i])).ToDictionary(k => k.name, k => Word(k.name, k.value));

    // Enumerations are written as everywhere in the API.
    private static string Word(string dimension, string value) => dimension == "channel" ? value.ToLowerInvariant() : value;

    private static InvalidRequestException TooManyGroups() =>
        InvalidRequestException.Query(
            "groupBy",
            "too-many-groups",
            "Quá nhiều nhóm; hãy rút ngắn khoảng thời gian hoặc lọc thêm.",
            "There are too many groups; shorten the period or add a filter."
        );
}

internal sealed class GetStatisticsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/dossier-statistics", Handle).Requires(DossiersPermissions.Statistics);

    /// <summary>Read the figures of a period</summary>
    /// <remarks>Gives what was received, settled and returned, with the share on time. Received and carried over are as many as settled and open in every group.</remarks>
    private static async Task<ValueAnswer<DossierStatistics>> Handle(
        [AsParameters] StatisticsFilter filter,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new GetStatistics(filter), ct));
}
