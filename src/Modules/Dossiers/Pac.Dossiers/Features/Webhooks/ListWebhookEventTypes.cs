using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Webhooks;

internal sealed record ListWebhookEventTypes : IQuery<IReadOnlyList<WebhookEventTypeView>>;

/// <summary>A type of event that can be subscribed to.</summary>
/// <param name="Name">Its name, as in <c>type</c> of the event.</param>
/// <param name="Vietnamese">What it tells, in Vietnamese.</param>
/// <param name="English">What it tells, in English.</param>
internal sealed record WebhookEventTypeView(string Name, string Vietnamese, string English);

internal sealed class ListWebhookEventTypesHandler : IRequestHandler<ListWebhookEventTypes, IReadOnlyList<WebhookEventTypeView>>
{
    public Task<IReadOnlyList<WebhookEventTypeView>> Handle(ListWebhookEventTypes request, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<WebhookEventTypeView>>([
            .. WebhookEventTypes.All.Select(t => new WebhookEventTypeView(t.Name, t.Vietnamese, t.English)),
        ]);
}

internal sealed class ListWebhookEventTypesEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/webhook-event-types", Handle).Requires(DossiersPermissions.ManageWebhooks);

    /// <summary>List the types of events</summary>
    /// <remarks>Gives every type of event that can be subscribed to: one for each act on a dossier.</remarks>
    private static async Task<ValueAnswer<IReadOnlyList<WebhookEventTypeView>>> Handle(ISender sender, CancellationToken ct) =>
        new(await sender.Send(new ListWebhookEventTypes(), ct));
}
