using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Webhooks;

internal sealed record GetWebhookSubscription(Guid Id) : IQuery<Versioned<WebhookSubscriptionView>>;

internal sealed class GetWebhookSubscriptionHandler(DossiersDbContext db)
    : IRequestHandler<GetWebhookSubscription, Versioned<WebhookSubscriptionView>>
{
    public async Task<Versioned<WebhookSubscriptionView>> Handle(GetWebhookSubscription request, CancellationToken ct)
    {
        var id = new WebhookSubscriptionId(request.Id);
        var subscription =
            await db.OwnSubscriptions.AsNoTracking().FirstOrDefaultAsync(s => s.Id == id, ct)
            ?? throw new NotFoundException("webhookSubscription");
        return new(WebhookSubscriptionView.Of(subscription), subscription.Version);
    }
}

internal sealed class GetWebhookSubscriptionEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/webhook-subscriptions/{id}", Handle).Requires(DossiersPermissions.ManageWebhooks);

    /// <summary>Read a subscription</summary>
    /// <remarks>Gives one of the caller's subscriptions to events, without its secrets.</remarks>
    /// <param name="id">Identifier of the subscription.</param>
    private static async Task<ItemAnswer<WebhookSubscriptionView>> Handle(Guid id, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new GetWebhookSubscription(id), ct));
}
