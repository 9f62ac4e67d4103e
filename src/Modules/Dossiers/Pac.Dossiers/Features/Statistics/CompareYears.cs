using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Statistics;

internal sealed record CompareYears(int Year, DateOnly? From, DateOnly? To) : IQuery<YearOnYear>;

/// <summary>A year beside the one before.</summary>
/// <param name="Year">The year.</param>
/// <param name="From">First day that is compared.</param>
/// <param name="To">Last day that is compared.</param>
/// <param name="PreviousFrom">The same day of the year before.</param>
/// <param name="PreviousTo">The same day of the year before; the end of a month with the end of that month.</param>
/// <param name="Figures">Figures of the year, or of its part.</param>
/// <param name="Previous">Figures of the year before, or of the same part of it.</param>
/// <param name="Difference">Received more (or less) than in the year before.</param>
/// <param name="Growth">The difference as a share of what the year before received; may be negative.</param>
internal sealed record YearOnYear(
    int Year,
    DateOnly From,
    DateOnly To,
    DateOnly PreviousFrom,
    DateOnly PreviousTo,
    Figures Figures,
    Figures Previous,
    long Difference,
    Rate Growth
);

internal sealed class CompareYearsHandler(DossiersDbContext db) : IRequestHandler<CompareYears, YearOnYear>
{
    public async Task<YearOnYear> Handle(CompareYears request, CancellationToken ct)
    {
        if (request.Year is < 2001 or > 2099)
            throw InvalidRequestException.Query(
                "year",
                "out-of-range",
                "Năm phải từ 2001 đến 2099.",
                "The year must be between 2001 and 2099."
            );
        var (from, to) = (request.From ?? new(request.Year, 1, 1), request.To ?? new(request.Year, 12, 31));
        if (from > to || from.Year != request.Year || to.Year != request.Year)
            throw InvalidRequestException.Query(
                "from",
                "out-of-range",
                "Khoảng so sánh phải nằm trong năm được hỏi.",
                "What is compared must lie within the year."
            );
        var (previousFrom, previousTo) = (from.AddYears(-1), YearBefore(to));
        var year = await Read(from, to, ct);
        var previous = await Read(previousFrom, previousTo, ct);
        var difference = year.Received - previous.Received;
        return new(request.Year, from, to, previousFrom, previousTo, year, previous, difference, Rate.Of(difference, previous.Received));
    }

    // The last day of a February is compared with the last day of the other one, however long they are.
    private static DateOnly YearBefore(DateOnly day) =>
        day.AddDays(1).Day == 1 ? day.AddDays(1).AddYears(-1).AddDays(-1) : day.AddYears(-1);

    private async Task<Figures> Read(DateOnly from, DateOnly to, CancellationToken ct)
    {
        var query = new FigureQuery(from, to, [], new Dictionary<string, string>(), db.User.Scope);
        var rows = await db.ReadFigures(query, 10, ct);
        return Figures.Of(rows.Sum(r => r.CarriedOver), rows);
    }
}

internal sealed class CompareYearsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/dossier-statistics/year-on-year", Handle).Requires(DossiersPermissions.Statistics);

    /// <summary>Compare a year with the one before</summary>
    /// <remarks>Gives the figures of both years, or of the same part of both, and the growth of what was received.</remarks>
    /// <param name="year">The year, 2001 to 2099.</param>
    /// <param name="from" example="2026-01-01">First day within the year; its first one when left out.</param>
    /// <param name="to" example="2026-09-30">Last day within the year; its last one when left out.</param>
    private static async Task<ValueAnswer<YearOnYear>> Handle(
        int year,
        DateOnly? from,
        DateOnly? to,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new CompareYears(year, from, to), ct));
}
