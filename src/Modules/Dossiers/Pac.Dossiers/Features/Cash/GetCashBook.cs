using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Fees;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Cash;

internal sealed record GetCashBook(string CentreCode, DateOnly Day) : IQuery<CashBookView>;

/// <summary>The money of a centre on a day, in dong (sổ thu trong ngày). The cash of the tills adds up to the cash of the day.</summary>
/// <param name="Day">The day.</param>
/// <param name="Cash">What moved in cash, over all cashiers.</param>
/// <param name="Other">What moved by transfer and through gateways.</param>
/// <param name="Exempted">What people were freed from.</param>
/// <param name="Tills">The tills of the day, by their opening.</param>
internal sealed record CashBookView(DateOnly Day, MoneySums Cash, MoneySums Other, long Exempted, IReadOnlyList<TillView> Tills);

/// <summary>Sums of the money book, in dong.</summary>
/// <param name="Collected">What was taken.</param>
/// <param name="Voided">What of it was voided.</param>
/// <param name="Refunded">What was given back.</param>
/// <param name="Net">What it comes to.</param>
internal sealed record MoneySums(long Collected, long Voided, long Refunded, long Net)
{
    public static MoneySums Of(long collected, long voided, long refunded) =>
        new(collected, voided, refunded, collected - voided - refunded);
}

internal sealed class GetCashBookHandler(DossiersDbContext db) : IRequestHandler<GetCashBook, CashBookView>
{
    public async Task<CashBookView> Handle(GetCashBook request, CancellationToken ct)
    {
        var (centre, day) = (request.CentreCode, request.Day);
        var sums = await db.VisibleMoney()
            .Where(e => e.CentreCode == centre && e.Day == day)
            .GroupBy(e => new { e.Move, IsCash = e.Method == PaymentMethod.Cash })
            .Select(g => new
            {
                g.Key.Move,
                g.Key.IsCash,
                Dong = g.Sum(e => e.Dong),
            })
            .ToListAsync(ct);
        var tills = await db.VisibleTills()
            .AsNoTracking()
            .Where(t => t.CentreCode == centre && t.Day == day)
            .OrderBy(t => t.Id)
            .ToListAsync(ct);
        var totals = await db.TotalsOf([.. tills.Select(t => t.Id.Value)], ct);
        return new(
            day,
            Sums(true),
            Sums(false),
            Sum(MoneyMove.Exempted, false),
            [.. tills.Select(t => TillView.Of(t, totals.GetValueOrDefault(t.Id.Value)))]
        );

        MoneySums Sums(bool cash) =>
            MoneySums.Of(Sum(MoneyMove.Collected, cash), Sum(MoneyMove.Voided, cash), Sum(MoneyMove.Refunded, cash));
        long Sum(MoneyMove move, bool cash) => sums.Where(s => s.Move == move && s.IsCash == cash).Sum(s => s.Dong);
    }
}

internal sealed class GetCashBookEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/cash-book", Handle).Requires(DossiersPermissions.ReadCash);

    /// <summary>Get the cash book of a day</summary>
    /// <remarks>Gives what a centre took, voided, gave back and was not owed on a day, with the tills of its cashiers, whose cash adds up to that of the day.</remarks>
    /// <param name="centreCode">The centre.</param>
    /// <param name="day">The day.</param>
    private static async Task<ValueAnswer<CashBookView>> Handle(string centreCode, DateOnly day, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new GetCashBook(centreCode, day), ct));
}
