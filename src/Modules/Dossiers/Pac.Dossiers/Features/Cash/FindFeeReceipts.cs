using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks;
using Pac.BuildingBlocks.Persistence;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain.Fees;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Cash;

/// <summary>Which receipts are wanted.</summary>
/// <param name="CentreCode">Of which centre.</param>
/// <param name="Day">Issued on which day.</param>
/// <param name="Series">Of which series (ký hiệu).</param>
/// <param name="Number">With which number.</param>
/// <param name="DossierCode">Of which dossier.</param>
/// <param name="TillId">In which till.</param>
/// <param name="Voided">Only voided ones, or only those that are not.</param>
internal sealed record FeeReceiptFilter(
    [property: FromQuery(Name = "centreCode")] string? CentreCode = null,
    [property: FromQuery(Name = "day")] DateOnly? Day = null,
    [property: FromQuery(Name = "series")] string? Series = null,
    [property: FromQuery(Name = "number")] string? Number = null,
    [property: FromQuery(Name = "dossierCode")] string? DossierCode = null,
    [property: FromQuery(Name = "tillId")] Guid? TillId = null,
    [property: FromQuery(Name = "voided")] bool? Voided = null
);

internal sealed record FindFeeReceipts(FeeReceiptFilter Filter, PageRequest Page) : IQuery<Page<FeeReceiptView>>;

internal sealed class FindFeeReceiptsHandler(DossiersDbContext db) : IRequestHandler<FindFeeReceipts, Page<FeeReceiptView>>
{
    public async Task<Page<FeeReceiptView>> Handle(FindFeeReceipts request, CancellationToken ct)
    {
        var size = request.Page.Size();
        var all = Wanted(request.Filter, request.Filter.DossierCode is { } code ? await db.CodesOf(code, ct) : null);
        var page = all;
        if (Cursors.ReadId(request.Page.Cursor) is { } after)
        {
            var last = new FeeReceiptId(after);
            page = page.Where(r => r.Id < last);
        }
        var rows = await page.OrderByDescending(r => r.Id).Take(size + 1).ToListAsync(ct);
        long? total = request.Page.WithTotal == true ? await all.LongCountAsync(ct) : null;
        return Page<FeeReceiptView>.Of([.. rows.Select(FeeReceiptView.Of)], size, r => [r.Id], total);
    }

    private IQueryable<FeeReceipt> Wanted(FeeReceiptFilter f, List<string>? codes)
    {
        var all = db.VisibleReceipts().AsNoTracking();
        if (f.CentreCode is { } centre)
            all = all.Where(r => r.CentreCode == centre);
        if (f.Day is { } day)
        {
            if (day.Year is < 2000 or > 2999)
                throw InvalidRequestException.Query(
                    "day",
                    "out-of-range",
                    "Ngày phải từ năm 2000 đến 2999.",
                    "The day lies between 2000 and 2999."
                );
            var (begin, end) = (day.StartInstant().ToUniversalTime(), day.AddDays(1).StartInstant().ToUniversalTime());
            all = all.Where(r => r.IssuedAt >= begin && r.IssuedAt < end);
        }
        if (f.Series is { } series)
            all = all.Where(r => r.Series == series);
        if (f.Number is { } number)
            all = all.Where(r => r.Number == number);
        if (codes is not null)
            all = all.Where(r => codes.Contains(r.DossierCode));
        if (f.TillId is { } till)
            all = all.Where(r => r.TillId == till);
        if (f.Voided is { } voided)
            all = all.Where(r => r.VoidedAt != null == voided);
        return all;
    }
}

internal sealed class FindFeeReceiptsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/fee-receipts", Handle).Requires(DossiersPermissions.ReadCash);

    /// <summary>Find receipts</summary>
    /// <remarks>Gives the receipts for fees and charges, newest first, with those that were voided.</remarks>
    private static async Task<PageAnswer<FeeReceiptView>> Handle(
        [AsParameters] FeeReceiptFilter filter,
        [AsParameters] PageRequest page,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new FindFeeReceipts(filter, page), ct));
}
