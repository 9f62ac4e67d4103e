using System.Globalization;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Persistence;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Webhooks;

/// <summary>Which deliveries are wanted.</summary>
/// <param name="State">Where they stand.</param>
/// <param name="DossierId">Of which dossier.</param>
internal sealed record DeliveryFilter(
    [property: FromQuery(Name = "state")] DeliveryState? State,
    [property: FromQuery(Name = "dossierId")] Guid? DossierId
);

internal sealed record ListWebhookDeliveries(Guid Id, DeliveryFilter Filter, PageRequest Page) : IQuery<Page<WebhookDeliveryView>>;

internal sealed class ListWebhookDeliveriesHandler(DossiersDbContext db) : IRequestHandler<ListWebhookDeliveries, Page<WebhookDeliveryView>>
{
    public async Task<Page<WebhookDeliveryView>> Handle(ListWebhookDeliveries request, CancellationToken ct)
    {
        var size = request.Page.Size();
        var id = new WebhookSubscriptionId(request.Id);
        if (!await db.OwnSubscriptions.AnyAsync(s => s.Id == id, ct))
            throw new NotFoundException("webhookSubscription");
        var all = db.WebhookDeliveries.AsNoTracking().Where(d => d.SubscriptionId == id);
        if (request.Filter.State is { } state)
            all = all.Where(d => d.State == state);
        if (request.Filter.DossierId is { } dossierId)
        {
            var dossier = new DossierId(dossierId);
            all = all.Where(d => d.DossierId == dossier);
        }
        var page = all;
        if (Cursors.ReadText(request.Page.Cursor) is { } text)
        {
            if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var before))
                throw Cursors.Invalid();
            page = page.Where(d => d.Position < before);
        }
        var rows = await page.OrderByDescending(d => d.Position).Take(size + 1).ToListAsync(ct);
        long? total = request.Page.WithTotal == true ? await all.LongCountAsync(ct) : null;
        var cut = Page<WebhookDelivery>.Of(rows, size, d => [d.Position], total);
        return new([.. cut.Items.Select(WebhookDeliveryView.Of)], cut.NextCursor, cut.Total);
    }
}

internal sealed class ListWebhookDeliveriesEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/webhook-subscriptions/{id}/deliveries", Handle).Requires(DossiersPermissions.ManageWebhooks);

    /// <summary>List the deliveries of a subscription</summary>
    /// <remarks>Gives what was sent and what waits, newest first, with the outcome of the last try.</remarks>
    /// <param name="id">Identifier of the subscription.</param>
    private static async Task<PageAnswer<WebhookDeliveryView>> Handle(
        Guid id,
        [AsParameters] DeliveryFilter filter,
        [AsParameters] PageRequest page,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new ListWebhookDeliveries(id, filter, page), ct));
}
