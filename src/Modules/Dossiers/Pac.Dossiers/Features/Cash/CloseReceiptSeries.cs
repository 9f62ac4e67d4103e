using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain.Fees;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Cash;

internal sealed record CloseReceiptSeries(Guid Id, uint Seen) : ICommand<Versioned<ReceiptSeriesView>>;

internal sealed class CloseReceiptSeriesHandler(IRepository<ReceiptSeries> series, TimeProvider clock)
    : IRequestHandler<CloseReceiptSeries, Versioned<ReceiptSeriesView>>
{
    public async Task<Versioned<ReceiptSeriesView>> Handle(CloseReceiptSeries request, CancellationToken ct)
    {
        var range = await series.Get(new SeriesWithId(new(request.Id)), request.Seen, ct);
        range.Close(clock.GetUtcNow());
        await series.Save(ct);
        return new(ReceiptSeriesView.Of(range), range.Version);
    }
}

internal sealed class CloseReceiptSeriesEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/receipt-series/{id}/close", Handle).Requires(DossiersPermissions.ManageReceipts);

    /// <summary>Close a range of receipt numbers</summary>
    /// <remarks>Gives no more numbers out of a range. Those that were given stay as they are.</remarks>
    /// <param name="id">Identifier of the range.</param>
    private static async Task<ItemAnswer<ReceiptSeriesView>> Handle(Guid id, IfMatch ifMatch, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new CloseReceiptSeries(id, ifMatch.Version), ct));
}
