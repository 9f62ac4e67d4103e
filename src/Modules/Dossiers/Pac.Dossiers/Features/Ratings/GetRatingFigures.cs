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
/// <param name="From">First day.</param>
/// <param name="To">Last day.</param>
/// <param name="Totals">All of it.</param>
/// <param name="Groups">The groups, in the order of their keys.</param>
/// <param name="SmallestGroup">Groups with fewer ratings show no levels: they would tell who rated.</param>
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
/// <param name="Average" example="4.63">Mean level with two decimals, rounded half up; left out of small groups.</param>
/// <param name="Satisfied">How many were satisfied; left out of small groups.</param>
/// <param name="SatisfiedPercent" example="95.24">Share of the satisfied in per cent with two decimals; left out of small groups.</param>
internal sealed record RatingFigure(string? Key, int Ratings, string? Average, int? Satisfied, string? SatisfiedPercent);

internal sealed class GetRatingFiguresHandler(DossiersDbContext db, IRatings ratings, TimeProvider clock)
    : IRequestHandler<GetRatingFigures, RatingFigures>
{
    private const int LongestYears = 5;

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
        var all = db.VisibleRatings.AsNoTracking().Where(r => r.RatedOn >= request.From && r.RatedOn <= request.To);
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
        Func<Sum, string>? key = request.GroupBy switch
        {
            RatingGrouping.Centre => r => r.Centre,
            RatingGrouping.Agency => r => r.Agency,
            RatingGrouping.Field => r => r.Field,
            RatingGrouping.Procedure => r => r.Procedure,
            RatingGrouping.Month => r => r.Day.ToString("yyyy-MM", CultureInfo.InvariantCulture),
            _ => null,
        };
        return new(
            request.From,
            request.To,
            Figure(null, rows, smallest),
            key is null
                ? []
                : [.. rows.GroupBy(key).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => Figure(g.Key, [.. g], smallest))],
            smallest
        );
    }

    private static RatingFigure Figure(string? key, IReadOnlyList<Sum> rows, int smallest)
    {
        var count = rows.Sum(r => r.Count);
        if (count < smallest)
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
    /// <remarks>Gives the number of ratings, their mean and the share of the satisfied; groups that are so small that they tell who rated show numbers only.</remarks>
    /// <param name="from">First day.</param>
    /// <param name="to">Last day.</param>
    /// <param name="groupBy">By what to group; totals alone when left out.</param>
    private static async Task<ValueAnswer<RatingFigures>> Handle(
        DateOnly from,
        DateOnly to,
        [FromQuery(Name = "groupBy")] RatingGrouping? groupBy,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new GetRatingFigures(from, to, groupBy ?? RatingGrouping.None), ct));
}
