using System.Globalization;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Figures;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Statistics;

/// <summary>Which years are compared, and what of them.</summary>
/// <param name="Year">The year, 2001 to 2099.</param>
/// <param name="From">First day within the year; its first one when left out.</param>
/// <param name="To">Last day within the year; its last one when left out.</param>
/// <param name="GroupBy">By what to group, separated by commas: <c>month</c>, <c>centre</c>, <c>agency</c>, <c>field</c>, <c>procedure</c>, <c>channel</c>, <c>assistance</c>.</param>
/// <param name="CentreCode">Only this centre.</param>
/// <param name="AgencyCode">Only this agency.</param>
/// <param name="FieldCode">Only procedures of this field.</param>
/// <param name="ProcedureCode">Only this procedure.</param>
/// <param name="Channel">Only this channel.</param>
/// <param name="Definition">By which definition on time is judged; by instant when left out.</param>
/// <param name="Assistance">Only those whose applicant was helped, or was not.</param>
internal sealed record YearFilter(
    [property: FromQuery(Name = "year")] int Year,
    [property: FromQuery(Name = "from")] DateOnly? From = null,
    [property: FromQuery(Name = "to")] DateOnly? To = null,
    [property: FromQuery(Name = "groupBy")] string? GroupBy = null,
    [property: FromQuery(Name = "centreCode")] string? CentreCode = null,
    [property: FromQuery(Name = "agencyCode")] string? AgencyCode = null,
    [property: FromQuery(Name = "fieldCode")] string? FieldCode = null,
    [property: FromQuery(Name = "procedureCode")] string? ProcedureCode = null,
    [property: FromQuery(Name = "channel")] Channel? Channel = null,
    [property: FromQuery(Name = "definition")] OnTimeRule? Definition = null,
    [property: FromQuery(Name = "assistance")] Assistance? Assistance = null
)
{
    public StatisticsFilter Within(DateOnly from, DateOnly to) =>
        new(from, to, GroupBy, CentreCode, AgencyCode, FieldCode, ProcedureCode, Channel, Definition, Assistance);
}

internal sealed record CompareYears(YearFilter Filter) : IQuery<YearOnYear>;

/// <summary>A year beside the one before.</summary>
/// <param name="Year">The year.</param>
/// <param name="From">First day that is compared.</param>
/// <param name="To">Last day that is compared.</param>
/// <param name="PreviousFrom">The same day of the year before.</param>
/// <param name="PreviousTo">The same day of the year before; the end of a month with the end of that month.</param>
/// <param name="Definition">How the figures are defined.</param>
/// <param name="Figures">Figures of the year, or of its part.</param>
/// <param name="Previous">Figures of the year before, or of the same part of it.</param>
/// <param name="Difference">Received more (or less) than in the year before.</param>
/// <param name="Growth">The difference as a share of what the year before received; may be negative.</param>
/// <param name="Groups">By group, in the order of their keys; empty when not grouped.</param>
internal sealed record YearOnYear(
    int Year,
    DateOnly From,
    DateOnly To,
    DateOnly PreviousFrom,
    DateOnly PreviousTo,
    FigureDefinition Definition,
    Figures Figures,
    Figures Previous,
    long Difference,
    Rate Growth,
    IReadOnlyList<YearGroup> Groups
);

/// <summary>A group of a year beside the same one of the year before.</summary>
/// <param name="Key">What the group has in common, by dimension; a month is the one of the year asked for.</param>
/// <param name="Figures">Figures of the year; left out where it had none.</param>
/// <param name="Previous">Figures of the year before; left out where it had none.</param>
/// <param name="Difference">Received more (or less) than in the year before.</param>
/// <param name="Growth">The difference as a share of what the year before received; may be negative.</param>
internal sealed record YearGroup(IReadOnlyDictionary<string, string> Key, Figures? Figures, Figures? Previous, long Difference, Rate Growth)
{
    public static YearGroup Of(IReadOnlyDictionary<string, string> key, Figures? year, Figures? previous)
    {
        var difference = (year?.Received ?? 0) - (previous?.Received ?? 0);
        return new(key, year, previous, difference, Rate.Of(difference, previous?.Received ?? 0));
    }
}

internal sealed class CompareYearsHandler(DossiersDbContext db, FigureReader figures) : IRequestHandler<CompareYears, YearOnYear>
{
    public async Task<YearOnYear> Handle(CompareYears request, CancellationToken ct)
    {
        var f = request.Filter;
        if (f.Year is < 2001 or > 2099)
            throw InvalidRequestException.Query(
                "year",
                "out-of-range",
                "Năm phải từ 2001 đến 2099.",
                "The year must be between 2001 and 2099."
            );
        var (from, to) = (f.From ?? new(f.Year, 1, 1), f.To ?? new(f.Year, 12, 31));
        if (from > to || from.Year != f.Year || to.Year != f.Year)
            throw InvalidRequestException.Query(
                "from",
                "out-of-range",
                "Khoảng so sánh phải nằm trong năm được hỏi.",
                "What is compared must lie within the year."
            );
        var dimensions = FigureReader.Dimensions(f.GroupBy);
        if (dimensions.Any(d => d is "day" or "week"))
            throw InvalidRequestException.Query(
                "groupBy",
                "unknown-dimension",
                "Hai năm chỉ so sánh được theo tháng, không theo ngày hay tuần: ngày làm việc không trùng nhau.",
                "Two years are compared by months, not by days or weeks: their working days do not fall together."
            );
        var (previousFrom, previousTo) = (from.AddYears(-1), YearBefore(to));
        var year = await figures.Read(f.Within(from, to), db.User.Scope, ct);
        var previous = await figures.Read(f.Within(previousFrom, previousTo), db.User.Scope, ct);
        var both = YearGroup.Of(new Dictionary<string, string>(), year.Totals, previous.Totals);
        return new(
            f.Year,
            from,
            to,
            previousFrom,
            previousTo,
            year.Definition,
            year.Totals,
            previous.Totals,
            both.Difference,
            both.Growth,
            Groups(dimensions, year, previous)
        );
    }

    private static List<YearGroup> Groups(List<string> dimensions, DossierStatistics year, DossierStatistics previous)
    {
        var now = year.Groups.ToDictionary(g => Written(g.Key));
        var before = previous.Groups.Select(g => FigureGroup.Of(NextYear(g.Key), g.Figures())).ToDictionary(g => Written(g.Key));
        return
        [
            .. now
                .Keys.Union(before.Keys)
                .Order(StringComparer.Ordinal)
                .Select(k => (Year: now.GetValueOrDefault(k), Before: before.GetValueOrDefault(k)))
                .Select(g => YearGroup.Of((g.Year ?? g.Before)!.Key, g.Year?.Figures(), g.Before?.Figures())),
        ];

        string Written(IReadOnlyDictionary<string, string> key) => string.Join('\u001f', dimensions.Select(d => key[d]));
    }

    // The months of both years are named alike.
    private static Dictionary<string, string> NextYear(IReadOnlyDictionary<string, string> key) =>
        key.ToDictionary(k => k.Key, k => k.Key == "month" ? Later(k.Value) : k.Value);

    private static string Later(string month) =>
        DateOnly.ParseExact(month, "yyyy-MM", CultureInfo.InvariantCulture).AddYears(1).ToString("yyyy-MM", CultureInfo.InvariantCulture);

    // The last day of a February is compared with the last day of the other one, however long they are.
    private static DateOnly YearBefore(DateOnly day) =>
        day.AddDays(1).Day == 1 ? day.AddDays(1).AddYears(-1).AddDays(-1) : day.AddYears(-1);
}

internal sealed class CompareYearsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/dossier-statistics/year-on-year", Handle).Requires(DossiersPermissions.Statistics);

    /// <summary>Compare a year with the one before</summary>
    /// <remarks>Gives the figures of both years, or of the same part of both, and the growth of what was received; of everything, or only of a centre, an agency, a field, a procedure or a channel, and by groups when asked for.</remarks>
    private static async Task<ValueAnswer<YearOnYear>> Handle([AsParameters] YearFilter filter, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new CompareYears(filter), ct));
}
