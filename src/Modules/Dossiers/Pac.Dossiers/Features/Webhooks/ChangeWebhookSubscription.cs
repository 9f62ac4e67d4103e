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

/// <summary>What may be changed about a subscription.</summary>
/// <param name="Name" example="Cổng dịch vụ phường">What its owner calls it.</param>
/// <param name="Url">Where events are sent: a public HTTPS address.</param>
/// <param name="EventTypes">Types of events that are wanted; all when empty.</param>
internal sealed record WebhookDescription(string Name, string Url, IReadOnlyList<string>? EventTypes = null);

internal sealed record ChangeWebhookSubscription(Guid Id, uint Seen, WebhookDescription Description)
    : ICommand<Versioned<WebhookSubscriptionView>>;

internal sealed class ChangeWebhookSubscriptionValidator : AbstractValidator<ChangeWebhookSubscription>
{
    public ChangeWebhookSubscriptionValidator()
    {
        RuleFor(c => c.Description.Name).NotEmpty().MaximumLength(100).OverridePropertyName("name");
        RuleFor(c => c.Description.Url).NotEmpty().MaximumLength(500).MatchesWhole(@"^https?://\S+$").OverridePropertyName("url");
        RuleFor(c => c.Description.EventTypes).MostItems(100).OverridePropertyName("eventTypes");
        RuleForEach(c => c.Description.EventTypes)
            .NotEmpty()
            .MaximumLength(60)
            .MatchesWhole("^[a-z]+\\.[a-zA-Z]+$")
            .OverridePropertyName("eventTypes");
    }
}

internal sealed class ChangeWebhookSubscriptionHandler(IRepository<WebhookSubscription> subscriptions, IWebhookTargets targets)
    : IRequestHandler<ChangeWebhookSubscription, Versioned<WebhookSubscriptionView>>
{
    public async Task<Versioned<WebhookSubscriptionView>> Handle(ChangeWebhookSubscription request, CancellationToken ct)
    {
        var subscription = await subscriptions.Get(new SubscriptionWithId(new(request.Id)), request.Seen, ct);
        var wanted = request.Description;
        await targets.Check(wanted.Url, ct);
        subscription.Describe(wanted.Name, wanted.Url, wanted.EventTypes ?? []);
        await subscriptions.Save(ct);
        return new(WebhookSubscriptionView.Of(subscription), subscription.Version);
    }
}

internal sealed class ChangeWebhookSubscriptionEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPatch("/webhook-subscriptions/{id}", Handle).Requires(DossiersPermissions.ManageWebhooks);

    /// <summary>Change a subscription</summary>
    /// <remarks>Changes the members given in a JSON Merge Patch; what waits is sent to the new address.</remarks>
    /// <param name="id">Identifier of the subscription.</param>
    private static async Task<ItemAnswer<WebhookSubscriptionView>> Handle(
        Guid id,
        MergePatch<WebhookDescription> patch,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    )
    {
        var present = (await sender.Send(new GetWebhookSubscription(id), ct)).Item;
        var wanted = patch.Apply(new(present.Name, present.Url, present.EventTypes));
        return new(await sender.Send(new ChangeWebhookSubscription(id, ifMatch.Version, wanted), ct));
    }
}
