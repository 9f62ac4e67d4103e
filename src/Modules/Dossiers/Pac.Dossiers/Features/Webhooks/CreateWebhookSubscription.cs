using System.Text.Json.Serialization;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Mediation;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Webhooks;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Webhooks;

/// <summary>A new subscription.</summary>
/// <param name="Name" example="Cổng dịch vụ phường">What its owner calls it.</param>
/// <param name="Url">Where events are sent: a public HTTPS address.</param>
/// <param name="EventTypes">Types of events that are wanted, of those that <c>webhook-event-types</c> lists; all when left out.</param>
/// <param name="DataScope">Dossiers that are wanted: <c>province</c>, <c>centre:…</c> or <c>agency:…</c>, within the caller's own; all of these when left out.</param>
internal sealed record CreateWebhookSubscription(
    string Name,
    string Url,
    IReadOnlyList<string>? EventTypes = null,
    string? DataScope = null
) : ICommand<Versioned<CreatedWebhookSubscription>>;

/// <summary>A subscription as it was made, with its first secret.</summary>
/// <param name="Id">Identifier of the subscription.</param>
/// <param name="Subscription">The subscription.</param>
/// <param name="Secret">The signing secret, shown this once; left out when the answer is repeated.</param>
internal sealed record CreatedWebhookSubscription(
    Guid Id,
    WebhookSubscriptionView Subscription,
    [property: JsonConverter(typeof(ShownOnce))] string? Secret
);

internal sealed class CreateWebhookSubscriptionValidator : AbstractValidator<CreateWebhookSubscription>
{
    public CreateWebhookSubscriptionValidator()
    {
        RuleFor(c => c.Name).NotEmpty().MaximumLength(100);
        RuleFor(c => c.Url).NotEmpty().MaximumLength(500).MatchesWhole(@"^https?://\S+$");
        RuleFor(c => c.EventTypes).MostItems(100);
        RuleForEach(c => c.EventTypes).NotEmpty().MaximumLength(60).MatchesWhole("^[a-z]+\\.[a-zA-Z]+$");
        RuleFor(c => c.DataScope).MaximumLength(80).MatchesWhole(@"^(province|centre:\S+|agency:\S+)$");
    }
}

internal sealed class CreateWebhookSubscriptionHandler(
    IRepository<WebhookSubscription> subscriptions,
    IWebhookTargets targets,
    IWebhookSecrets secrets,
    IWebhookQueue queue,
    WebhookSettings settings,
    CurrentUser user,
    TimeProvider clock
) : IRequestHandler<CreateWebhookSubscription, Versioned<CreatedWebhookSubscription>>
{
    public async Task<Versioned<CreatedWebhookSubscription>> Handle(CreateWebhookSubscription request, CancellationToken ct)
    {
        var (plain, sealedKey) = secrets.New();
        var wanted = request.DataScope is { } text ? DataScope.Parse(text, user.Caller.Subject) : user.Scope;
        var subscription = WebhookSubscription.Create(
            request.Name,
            request.Url,
            request.EventTypes ?? [],
            wanted,
            user.Caller,
            user.Scope,
            sealedKey,
            clock.GetUtcNow()
        );
        await targets.Check(request.Url, ct);
        if (await queue.CountOf(user.Caller.Subject, ct) >= settings.MostPerOwner)
            throw new BusinessRuleException(WebhookErrors.TooMany);
        subscriptions.Add(subscription);
        await subscriptions.Save(ct);
        return new(new(subscription.Id.Value, WebhookSubscriptionView.Of(subscription), plain), subscription.Version);
    }
}

internal sealed class CreateWebhookSubscriptionEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/webhook-subscriptions", Handle).Requires(DossiersPermissions.ManageWebhooks);

    /// <summary>Subscribe to events</summary>
    /// <remarks>Has events about dossiers sent to an address, signed after the Standard Webhooks specification. The secret is in this answer only.</remarks>
    private static async Task<CreatedAnswer<CreatedWebhookSubscription>> Handle(
        CreateWebhookSubscription command,
        ISender sender,
        CancellationToken ct
    )
    {
        var created = await sender.Send(command, ct);
        return new($"/api/v1/webhook-subscriptions/{created.Item.Id}", created);
    }
}
