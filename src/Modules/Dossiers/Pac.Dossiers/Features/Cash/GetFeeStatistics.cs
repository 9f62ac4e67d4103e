using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Fees;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Cash;

internal sealed record GetFeeStatistics(DateOnly From, DateOnly To, string? CentreCode) : IQuery<FeeStatistics>;

/// <summary>Fees and charges of a period.</summary>
/// <param name="From">First day.</param>
/// <param name="To">Last day.</param>
/// <param name="Currency">Always <c>VND</c>.</param>
/// <param name="Totals">Everything together.</param>
/// <param name="Rows">By day, centre and line of the price, in this order.</param>
internal sealed record FeeStatistics(DateOnly From, DateOnly To, string Currency, FeeFigures Totals, IReadOnlyList<FeeStatisticsRow> Rows);

/// <summary>Fees and charges of a day, a centre and a line of the price.</summary>
/// <param name="Day">The day.</param>
/// <param name="CentreCode">The centre.</param>
/// <param name="FeeCode">The line of the price.</param>
/// <param name="Kind">Fee (phí) or charge (lệ phí).</param>
/// <param name="Figures">The sums.</param>
internal sealed record FeeStatisticsRow(DateOnly Day, string CentreCode, string FeeCode, FeeKind Kind, FeeFigures Figures);

/// <summary>Sums, in dong.</summary>
/// <param name="Collected">What was taken, without what was voided.</param>
/// <param name="Refunded">What was given back.</param>
/// <param name="Exempted">What people were freed from.</param>
/// <param name="Net">What remains: taken less given back.</param>
internal sealed record FeeFigures(long Collected, long Refunded, long Exempted, long Net)
{
    public static FeeFigures Of(IEnumerable<(MoneyMove Move, long Dong)> sums)
    {
        var by = sums.GroupBy(s => s.Move).ToDictionary(g => g.Key, g => g.Sum(s => s.Dong));
        var collected = by.GetValueOrDefault(MoneyMove.Collected) - by.GetValueOrDefault(MoneyMove.Voided);
        var refunded = by.GetValueOrDefault(MoneyMove.Refunded);
        return new(collected, refunded, by.GetValueOrDefault(MoneyMove.Exempted), collected - refunded);
    }
}

internal sealed class GetFeeStatisticsHandler(DossiersDbContext db) : IRequestHandler<GetFeeStatistics, FeeStatistics>
{
    private const int Longest = 93;

    public async Task<FeeStatistics> Handle(GetFeeStatistics request, CancellationToken ct)
    {
        var (from, to, centre) = request;
        if (from > to || to.DayNumber - from.DayNumber >= Longest)
            throw InvalidRequestException.Query(
                "from",
                "out-of-range",
                "Số liệu phí, lệ phí được lấy tối đa 93 ngày.",
                "The figures are given for at most 93 days."
            );
        var entries = db.VisibleMoney().Where(e => e.Day >= from && e.Day <= to);
        if (centre is not null)
            entries = entries.Where(e => e.CentreCode == centre);
        var sums = await entries
            .GroupBy(e => new
            {
                e.Day,
                e.CentreCode,
                e.LineCode,
                e.Kind,
                e.Move,
            })
            .Select(g => new { g.Key, Dong = g.Sum(e => e.Dong) })
            .ToListAsync(ct);
        var rows = sums.GroupBy(s => (s.Key.Day, s.Key.CentreCode, s.Key.LineCode, s.Key.Kind))
            .OrderBy(g => g.Key.Day)
            .ThenBy(g => g.Key.CentreCode, StringComparer.Ordinal)
            .ThenBy(g => g.Key.LineCode, StringComparer.Ordinal)
            .ThenBy(g => g.Key.Kind)
            .Select(g => new FeeStatisticsRow(
                g.Key.Day,
                g.Key.CentreCode,
                g.Key.LineCode,
                g.Key.Kind,
                FeeFigures.Of(g.Select(s => (s.Key.Move, s.Dong)))
            ))
            .ToList();
        return new(from, to, Money.Currency, FeeFigures.Of(sums.Select(s => (s.Key.Move, s.Dong))), rows);
    }
}

internal sealed class GetFeeStatisticsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/fee-statistics", Handle).Requires(DossiersPermissions.ReadCash);

    /// <summary>Get the figures of fees and charges</summary>
    /// <remarks>Gives what was taken, given back and exempt, by day, centre and line of the price, for at most 93 days.</remarks>
    /// <param name="from">First day.</param>
    /// <param name="to">Last day.</param>
    /// <param name="centreCode">Only this centre.</param>
    private static async Task<ValueAnswer<FeeStatistics>> Handle(
        DateOnly from,
        DateOnly to,
        string? centreCode,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new GetFeeStatistics(from, to, centreCode), ct));
}
