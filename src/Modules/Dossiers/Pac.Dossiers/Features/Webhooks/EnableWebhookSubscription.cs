using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Specifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Webhooks;

internal sealed record EnableWebhookSubscription(Guid Id, uint Seen) : ICommand<Versioned<WebhookSubscriptionView>>;

internal sealed class EnableWebhookSubscriptionHandler(IRepository<WebhookSubscription> subscriptions, CurrentUser user)
    : IRequestHandler<EnableWebhookSubscription, Versioned<WebhookSubscriptionView>>
{
    public async Task<Versioned<WebhookSubscriptionView>> Handle(EnableWebhookSubscription request, CancellationToken ct)
    {
        var subscription = await subscriptions.Get(new SubscriptionWithId(new(request.Id)), request.Seen, ct);
        subscription.Enable(user.Scope);
        await subscriptions.Save(ct);
        return new(WebhookSubscriptionView.Of(subscription), subscription.Version);
    }
}

internal sealed class EnableWebhookSubscriptionEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/webhook-subscriptions/{id}/enable", Handle).Requires(DossiersPermissions.ManageWebhooks);

    /// <summary>Enable a subscription</summary>
    /// <remarks>Sends again. What waited goes on; what happened meanwhile can be asked for by a replay.</remarks>
    /// <param name="id">Identifier of the subscription.</param>
    private static async Task<ItemAnswer<WebhookSubscriptionView>> Handle(Guid id, IfMatch ifMatch, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new EnableWebhookSubscription(id, ifMatch.Version), ct));
}
