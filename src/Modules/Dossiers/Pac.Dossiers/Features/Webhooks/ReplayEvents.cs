using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Mediation;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Specifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Webhooks;

/// <summary>Which events are sent again: those of a period, or certain ones.</summary>
/// <param name="Since" example="2026-11-24T09:00:00+07:00">Events that happened at this instant or later.</param>
/// <param name="Until">Events that happened before this instant.</param>
/// <param name="EventIds">The events by their <c>webhook-id</c>; instead of a period.</param>
internal sealed record EventReplay(DateTimeOffset? Since = null, DateTimeOffset? Until = null, IReadOnlyList<Guid>? EventIds = null);

internal sealed record ReplayEvents(Guid Id, EventReplay Replay) : ICommand<ReplayedEvents>;

/// <summary>What is sent again.</summary>
/// <param name="Count">How many events were put in line.</param>
internal sealed record ReplayedEvents(int Count);

internal sealed class ReplayEventsValidator : AbstractValidator<ReplayEvents>
{
    public ReplayEventsValidator() => RuleFor(c => c.Replay.EventIds).MostItems(1000).OverridePropertyName("eventIds");
}

internal sealed class ReplayEventsHandler(IRepository<WebhookSubscription> subscriptions, IWebhookQueue queue)
    : IRequestHandler<ReplayEvents, ReplayedEvents>
{
    public async Task<ReplayedEvents> Handle(ReplayEvents request, CancellationToken ct)
    {
        var subscription = await subscriptions.Get(new SubscriptionWithId(new(request.Id)), ct);
        var (since, until, events) = request.Replay;
        if (since is null == events is null || until is not null && since is null)
            throw new BusinessRuleException(WebhookErrors.NothingAskedFor);
        if (subscription.State != WebhookState.Active)
            throw new BusinessRuleException(WebhookErrors.NotEnabled);
        var count = await queue.Replay(subscription, since, until, events, ct);
        await subscriptions.Save(ct);
        return new(count);
    }
}

internal sealed class ReplayEventsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/webhook-subscriptions/{id}/replay", Handle).Requires(DossiersPermissions.ManageWebhooks);

    /// <summary>Send events again</summary>
    /// <remarks>Puts events of the past in line again, in their order and under their first ids, as far as the subscription wants them.</remarks>
    /// <param name="id">Identifier of the subscription.</param>
    private static async Task<ValueAnswer<ReplayedEvents>> Handle(Guid id, EventReplay replay, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new ReplayEvents(id, replay), ct));
}
