using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Specifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Webhooks;

internal sealed record DisableWebhookSubscription(Guid Id, uint Seen) : ICommand<Versioned<WebhookSubscriptionView>>;

internal sealed class DisableWebhookSubscriptionHandler(IRepository<WebhookSubscription> subscriptions, TimeProvider clock)
    : IRequestHandler<DisableWebhookSubscription, Versioned<WebhookSubscriptionView>>
{
    public async Task<Versioned<WebhookSubscriptionView>> Handle(DisableWebhookSubscription request, CancellationToken ct)
    {
        var subscription = await subscriptions.Get(new SubscriptionWithId(new(request.Id)), request.Seen, ct);
        subscription.Disable(WebhookStop.ByOwner, clock.GetUtcNow());
        await subscriptions.Save(ct);
        return new(WebhookSubscriptionView.Of(subscription), subscription.Version);
    }
}

internal sealed class DisableWebhookSubscriptionEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/webhook-subscriptions/{id}/disable", Handle).Requires(DossiersPermissions.ManageWebhooks);

    /// <summary>Disable a subscription</summary>
    /// <remarks>Sends nothing more until it is enabled again; what waits goes on waiting.</remarks>
    /// <param name="id">Identifier of the subscription.</param>
    private static async Task<ItemAnswer<WebhookSubscriptionView>> Handle(Guid id, IfMatch ifMatch, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new DisableWebhookSubscription(id, ifMatch.Version), ct));
}
