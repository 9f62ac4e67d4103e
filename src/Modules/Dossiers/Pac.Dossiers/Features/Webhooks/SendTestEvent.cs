using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Specifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Webhooks;

internal sealed record SendTestEvent(Guid Id) : ICommand<WebhookDeliveryView>;

internal sealed class SendTestEventHandler(IRepository<WebhookSubscription> subscriptions, IWebhookQueue queue, TimeProvider clock)
    : IRequestHandler<SendTestEvent, WebhookDeliveryView>
{
    public async Task<WebhookDeliveryView> Handle(SendTestEvent request, CancellationToken ct)
    {
        var subscription = await subscriptions.Get(new SubscriptionWithId(new(request.Id)), ct);
        if (subscription.State != WebhookState.Active)
            throw new BusinessRuleException(WebhookErrors.NotEnabled);
        var delivery = queue.AddTest(subscription, clock.GetUtcNow());
        await subscriptions.Save(ct);
        return WebhookDeliveryView.Of(delivery);
    }
}

internal sealed class SendTestEventEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/webhook-subscriptions/{id}/test", Handle).Requires(DossiersPermissions.ManageWebhooks);

    /// <summary>Send a test event</summary>
    /// <remarks>Sends an event of the type <c>webhook.test</c>, signed and retried like any other; the list of deliveries shows how it went.</remarks>
    /// <param name="id">Identifier of the subscription.</param>
    private static async Task<ValueAnswer<WebhookDeliveryView>> Handle(Guid id, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new SendTestEvent(id), ct));
}
