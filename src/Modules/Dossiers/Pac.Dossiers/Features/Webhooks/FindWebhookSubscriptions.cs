using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Persistence;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Webhooks;

internal sealed record FindWebhookSubscriptions(PageRequest Page) : IQuery<Page<WebhookSubscriptionView>>;

internal sealed class FindWebhookSubscriptionsHandler(DossiersDbContext db)
    : IRequestHandler<FindWebhookSubscriptions, Page<WebhookSubscriptionView>>
{
    public async Task<Page<WebhookSubscriptionView>> Handle(FindWebhookSubscriptions request, CancellationToken ct)
    {
        var size = request.Page.Size();
        var all = db.OwnSubscriptions.AsNoTracking();
        var page = all;
        if (Cursors.ReadId(request.Page.Cursor) is { } after)
        {
            var last = new WebhookSubscriptionId(after);
            page = page.Where(s => s.Id < last);
        }
        var rows = await page.OrderByDescending(s => s.Id).Take(size + 1).ToListAsync(ct);
        long? total = request.Page.WithTotal == true ? await all.LongCountAsync(ct) : null;
        return Page<WebhookSubscriptionView>.Of([.. rows.Select(WebhookSubscriptionView.Of)], size, s => [s.Id], total);
    }
}

internal sealed class FindWebhookSubscriptionsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/webhook-subscriptions", Handle).Requires(DossiersPermissions.ManageWebhooks);

    /// <summary>List own subscriptions</summary>
    /// <remarks>Gives the caller's subscriptions to events, newest first.</remarks>
    private static async Task<PageAnswer<WebhookSubscriptionView>> Handle(
        [AsParameters] PageRequest page,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new FindWebhookSubscriptions(page), ct));
}
