using System.Globalization;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Ratings;

/// <summary>By what ratings are grouped.</summary>
internal enum RatingGrouping
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>By centre.</summary>
    Centre,

    /// <summary>By agency.</summary>
    Agency,

    /// <summary>By field.</summary>
    Field,

    /// <summary>By procedure.</summary>
    Procedure,

    /// <summary>By month.</summary>
    Month,
}

internal sealed record GetRatingFigures(DateOnly From, DateOnly To, RatingGrouping GroupBy) : IQuery<RatingFigures>;

/// <summary>How people rated.</summary>
/// <param name="From">First day that is counted: that of its month.</param>
/// <param name="To">Last day that is counted: that of its month.</param>
/// <param name="Totals">All of it.</param>
/// <param name="Groups">The groups, in the order of their keys.</param>
/// <param name="SmallestGroup">Groups with fewer ratings show no levels: they would tell who rated. Where the totals less what is shown would tell it, the next smallest group shows none either.</param>
internal sealed record RatingFigures(
    DateOnly From,
    DateOnly To,
    RatingFigure Totals,
    IReadOnlyList<RatingFigure> Groups,
    int SmallestGroup
);

/// <summary>How a group rated.</summary>
/// <param name="Key" example="H15.09">Key of the group; left out for the totals.</param>
/// <param name="Ratings">How many ratings.</param>
/// <param name="Average" example="4.63">Mean level with two decimals, rounded half up; left out of hidden groups.</param>
/// <param name="Satisfied">How many were satisfied; left out of hidden groups.</param>
/// <param name="SatisfiedPercent" example="95.24">Share of the satisfied in per cent with two decimals; left out of hidden groups.</param>
internal sealed record RatingFigure(string? Key, int Ratings, string? Average, int? Satisfied, string? SatisfiedPercent);

internal sealed class GetRatingFiguresHandler(DossiersDbContext db, IRatings ratings, TimeProvider clock)
    : IRequestHandler<GetRatingFigures, RatingFigures>
{
    private const int LongestYears = 5;

    private static readonly Dictionary<RatingGrouping, Func<Sum, string>> Keys = new()
    {
        [RatingGrouping.Centre] = r => r.Centre,
        [RatingGrouping.Agency] = r => r.Agency,
        [RatingGrouping.Field] = r => r.Field,
        [RatingGrouping.Procedure] = r => r.Procedure,
        [RatingGrouping.Month] = r => r.Day.ToString("yyyy-MM", CultureInfo.InvariantCulture),
    };

    public async Task<RatingFigures> Handle(GetRatingFigures request, CancellationToken ct)
    {
        if (request.To < request.From || request.To.DayNumber - request.From.DayNumber > LongestYears * 366)
            throw InvalidRequestException.Query(
                "to",
                "invalid",
                "Khoảng thời gian dài tối đa 5 năm và không kết thúc trước khi bắt đầu.",
                "A period has at most 5 years and does not end before it begins."
            );
        var smallest = (await ratings.FormOn(clock.GetUtcNow().LocalDay(), ct)).SmallestGroup;
        // By whole months: of two periods that differ by a day, the difference would tell who rated on it.
        var from = new DateOnly(request.From.Year, request.From.Month, 1);
        var to = new DateOnly(request.To.Year, request.To.Month, DateTime.DaysInMonth(request.To.Year, request.To.Month));
        var all = db.VisibleRatings.AsNoTracking().Where(r => r.RatedOn >= from && r.RatedOn <= to);
        // Grouped by the finest key there is and summed up here: a handful of rows per day.
        var rows = await all.GroupBy(r => new
            {
                r.CentreCode,
                r.AgencyCode,
                r.FieldCode,
                r.ProcedureCode,
                r.RatedOn,
            })
            .Select(g => new Sum(
                g.Key.CentreCode,
                g.Key.AgencyCode,
                g.Key.FieldCode,
                g.Key.ProcedureCode,
                g.Key.RatedOn,
                g.Count(),
                g.Sum(r => r.Level),
                g.Sum(r => r.IsSatisfied ? 1 : 0)
            ))
            .ToListAsync(ct);
        var key = Keys.GetValueOrDefault(request.GroupBy);
        var groups = key is null ? [] : rows.GroupBy(key).OrderBy(g => g.Key, StringComparer.Ordinal).ToList();
        var hidden = HiddenGroups.Of(
            groups.ToDictionary(g => g.Key, g => g.Sum(r => r.Count)),
            smallest,
            key is null ? [] : SumsOf(rows, key)
        );
        return new(
            from,
            to,
            Figure(null, rows, rows.Sum(r => r.Count) < smallest),
            [.. groups.Select(g => Figure(g.Key, [.. g], hidden.Contains(g.Key)))],
            smallest
        );
    }

    // Whoever groups by something else reads the sum of the groups that lie wholly within one of its values, as of the procedures of a field.
    private static IEnumerable<IReadOnlyCollection<string>> SumsOf(IReadOnlyList<Sum> rows, Func<Sum, string> key)
    {
        foreach (var other in Keys.Values)
        {
            var whole = rows.GroupBy(key).Where(g => g.Select(other).Distinct().Count() == 1).Select(g => g.Key).ToHashSet();
            foreach (var value in rows.GroupBy(other))
                if (value.Select(key).Distinct().ToList() is var groups && groups.TrueForAll(whole.Contains))
                    yield return groups;
        }
    }

    private static RatingFigure Figure(string? key, IReadOnlyList<Sum> rows, bool isHidden)
    {
        var count = rows.Sum(r => r.Count);
        if (isHidden)
            return new(key, count, null, null, null);
        var satisfied = rows.Sum(r => r.Satisfied);
        return new(key, count, Text((decimal)rows.Sum(r => r.Levels) / count), satisfied, Text(satisfied * 100m / count));
    }

    private static string Text(decimal value) =>
        decimal.Round(value, 2, MidpointRounding.AwayFromZero).ToString("0.00", CultureInfo.InvariantCulture);

    private sealed record Sum(
        string Centre,
        string Agency,
        string Field,
        string Procedure,
        DateOnly Day,
        int Count,
        int Levels,
        int Satisfied
    );
}

internal sealed class GetRatingFiguresEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/dossier-ratings", Handle).Requires(DossiersPermissions.Statistics);

    /// <summary>Read how people rated</summary>
    /// <remarks>Gives the number of ratings, their mean and the share of the satisfied; groups that are so small that they tell who rated, alone or by subtraction, show numbers only. A period is counted by whole months.</remarks>
    /// <param name="from">A day of the first month.</param>
    /// <param name="to">A day of the last month.</param>
    /// <param name="groupBy">By what to group; totals alone when left out.</param>
    private static async Task<ValueAnswer<RatingFigures>> Handle(
        DateOnly from,
        DateOnly to,
        [FromQuery(Name = "groupBy")] RatingGrouping? groupBy,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new GetRatingFigures(from, to, groupBy ?? RatingGrouping.None), ct));
}
