using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Persistence;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Fees;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Cash;

/// <summary>Which ranges are wanted.</summary>
/// <param name="CentreCode">Of which centre.</param>
/// <param name="Kind">For fees or for charges.</param>
internal sealed record ReceiptSeriesFilter(
    [property: FromQuery(Name = "centreCode")] string? CentreCode = null,
    [property: FromQuery(Name = "kind")] FeeKind? Kind = null
);

internal sealed record FindReceiptSeries(ReceiptSeriesFilter Filter, PageRequest Page) : IQuery<Page<ReceiptSeriesView>>;

internal sealed class FindReceiptSeriesHandler(DossiersDbContext db) : IRequestHandler<FindReceiptSeries, Page<ReceiptSeriesView>>
{
    public async Task<Page<ReceiptSeriesView>> Handle(FindReceiptSeries request, CancellationToken ct)
    {
        var size = request.Page.Size();
        var all = db.VisibleSeries().AsNoTracking();
        if (request.Filter.CentreCode is { } centre)
            all = all.Where(s => s.CentreCode == centre);
        if (request.Filter.Kind is { } kind)
            all = all.Where(s => s.Kind == kind);
        var page = all;
        if (Cursors.ReadId(request.Page.Cursor) is { } after)
        {
            var last = new ReceiptSeriesId(after);
            page = page.Where(s => s.Id < last);
        }
        var rows = await page.OrderByDescending(s => s.Id).Take(size + 1).ToListAsync(ct);
        long? total = request.Page.WithTotal == true ? await all.LongCountAsync(ct) : null;
        return Page<ReceiptSeriesView>.Of([.. rows.Select(ReceiptSeriesView.Of)], size, s => [s.Id], total);
    }
}

internal sealed class FindReceiptSeriesEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/receipt-series", Handle).Requires(DossiersPermissions.ReadCash);

    /// <summary>Find ranges of receipt numbers</summary>
    /// <remarks>Gives the ranges of the centres that the caller may see, newest first.</remarks>
    private static async Task<PageAnswer<ReceiptSeriesView>> Handle(
        [AsParameters] ReceiptSeriesFilter filter,
        [AsParameters] PageRequest page,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new FindReceiptSeries(filter, page), ct));
}
