using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Persistence;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain.Fees;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Payments;

/// <summary>Which payments through the gateway are wanted.</summary>
/// <param name="State">Where they stand; <c>refundDue</c> for money that has to be given back.</param>
/// <param name="DossierCode">Of which dossier.</param>
internal sealed record OnlinePaymentFilter(
    [property: FromQuery(Name = "state")] OnlineState? State = null,
    [property: FromQuery(Name = "dossierCode")] string? DossierCode = null
);

internal sealed record FindOnlinePayments(OnlinePaymentFilter Filter, PageRequest Page) : IQuery<Page<OnlinePaymentView>>;

internal sealed class FindOnlinePaymentsHandler(DossiersDbContext db) : IRequestHandler<FindOnlinePayments, Page<OnlinePaymentView>>
{
    public async Task<Page<OnlinePaymentView>> Handle(FindOnlinePayments request, CancellationToken ct)
    {
        var size = request.Page.Size();
        var all = db.VisibleOnlinePayments().AsNoTracking();
        if (request.Filter.State is { } state)
            all = all.Where(o => o.State == state);
        if (request.Filter.DossierCode is { } code)
        {
            var codes = await db.CodesOf(code, ct);
            all = all.Where(o => codes.Contains(o.DossierCode));
        }
        var page = all;
        if (Cursors.ReadId(request.Page.Cursor) is { } after)
        {
            var last = new OnlinePaymentId(after);
            page = page.Where(o => o.Id < last);
        }
        var rows = await page.OrderByDescending(o => o.Id).Take(size + 1).ToListAsync(ct);
        long? total = request.Page.WithTotal == true ? await all.LongCountAsync(ct) : null;
        return Page<OnlinePaymentView>.Of([.. rows.Select(OnlinePaymentView.Of)], size, o => [o.Id], total);
    }
}

internal sealed class FindOnlinePaymentsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/online-payments", Handle).Requires(DossiersPermissions.Read);

    /// <summary>Find online payments</summary>
    /// <remarks>Gives payments through the gateway, newest first, such as those whose money has to be given back.</remarks>
    private static async Task<PageAnswer<OnlinePaymentView>> Handle(
        [AsParameters] OnlinePaymentFilter filter,
        [AsParameters] PageRequest page,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new FindOnlinePayments(filter, page), ct));
}
