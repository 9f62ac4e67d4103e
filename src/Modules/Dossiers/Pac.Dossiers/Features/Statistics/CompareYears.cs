using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Statistics;

internal sealed record CompareYears(int Year) : IQuery<YearOnYear>;

/// <summary>A year beside the one before.</summary>
/// <param name="Year">The year.</param>
/// <param name="Figures">Its figures.</param>
/// <param name="Previous">Figures of the year before.</param>
/// <param name="Difference">Received more (or less) than in the year before.</param>
/// <param name="Growth">The difference as a share of what the year before received; may be negative.</param>
internal sealed record YearOnYear(int Year, Figures Figures, Figures Previous, long Difference, Rate Growth);

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
        var year = await Read(request.Year, ct);
        var previous = await Read(request.Year - 1, ct);
        var difference = year.Received - previous.Received;
        return new(request.Year, year, previous, difference, Rate.Of(difference, previous.Received));
    }

    private async Task<Figures> Read(int year, CancellationToken ct)
    {
        var query = new FigureQuery(new(year, 1, 1), new(year, 12, 31), [], new Dictionary<string, string>(), db.User.Scope);
        var rows = await db.ReadFigures(query, 10, ct);
        return Figures.Of(rows.Sum(r => r.CarriedOver), rows);
    }
}

internal sealed class CompareYearsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/dossier-statistics/year-on-year", Handle).Requires(DossiersPermissions.Statistics);

    /// <summary>Compare a year with the one before</summary>
    /// <remarks>Gives the figures of both years and the growth of what was received.</remarks>
    /// <param name="year">The year, 2001 to 2099.</param>
    private static async Task<ValueAnswer<YearOnYear>> Handle(int year, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new CompareYears(year), ct));
}
