using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Specifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Webhooks;

internal sealed record DeleteWebhookSubscription(Guid Id, uint Seen) : ICommand<Unit>;

internal sealed class DeleteWebhookSubscriptionHandler(IRepository<WebhookSubscription> subscriptions)
    : IRequestHandler<DeleteWebhookSubscription, Unit>
{
    public async Task<Unit> Handle(DeleteWebhookSubscription request, CancellationToken ct)
    {
        subscriptions.Remove(await subscriptions.Get(new SubscriptionWithId(new(request.Id)), request.Seen, ct));
        await subscriptions.Save(ct);
        return Unit.Value;
    }
}

internal sealed class DeleteWebhookSubscriptionEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapDelete("/webhook-subscriptions/{id}", Handle).Requires(DossiersPermissions.ManageWebhooks);

    /// <summary>Delete a subscription</summary>
    /// <remarks>Ends a subscription; what still waits for it is not sent any more.</remarks>
    /// <param name="id">Identifier of the subscription.</param>
    private static async Task<EmptyAnswer> Handle(Guid id, IfMatch ifMatch, ISender sender, CancellationToken ct)
    {
        await sender.Send(new DeleteWebhookSubscription(id, ifMatch.Version), ct);
        return new();
    }
}
