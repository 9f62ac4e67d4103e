using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain.Fees;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Cash;

internal sealed record GetReceiptSeries(Guid Id) : IQuery<Versioned<ReceiptSeriesView>>;

internal sealed class GetReceiptSeriesHandler(DossiersDbContext db) : IRequestHandler<GetReceiptSeries, Versioned<ReceiptSeriesView>>
{
    public async Task<Versioned<ReceiptSeriesView>> Handle(GetReceiptSeries request, CancellationToken ct)
    {
        var id = new ReceiptSeriesId(request.Id);
        var series =
            await db.VisibleSeries().AsNoTracking().FirstOrDefaultAsync(s => s.Id == id, ct)
            ?? throw new NotFoundException("receipt-series");
        return new(ReceiptSeriesView.Of(series), series.Version);
    }
}

internal sealed class GetReceiptSeriesEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/receipt-series/{id}", Handle).Requires(DossiersPermissions.ReadCash);

    /// <summary>Get a range of receipt numbers</summary>
    /// <remarks>Gives a range with how many of its numbers were given and how many are left.</remarks>
    /// <param name="id">Identifier of the range.</param>
    private static async Task<ItemAnswer<ReceiptSeriesView>> Handle(Guid id, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new GetReceiptSeries(id), ct));
}
