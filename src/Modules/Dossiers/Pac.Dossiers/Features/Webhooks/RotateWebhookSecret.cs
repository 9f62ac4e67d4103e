using System.Text.Json.Serialization;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Specifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Webhooks;

/// <summary>How a signing secret is replaced.</summary>
/// <param name="OverlapHours" example="24">Hours for which the older secrets sign along, so that nothing is interrupted; 0 to 720.</param>
internal sealed record WebhookSecretRotation(int OverlapHours = 24);

internal sealed record RotateWebhookSecret(Guid Id, uint Seen, WebhookSecretRotation Rotation) : ICommand<Versioned<RotatedWebhookSecret>>;

/// <summary>A signing secret that was just made.</summary>
/// <param name="Subscription">The subscription as it is now.</param>
/// <param name="Secret">The secret, shown this once; left out when the answer is repeated.</param>
internal sealed record RotatedWebhookSecret(
    WebhookSubscriptionView Subscription,
    [property: JsonConverter(typeof(ShownOnce))] string? Secret
);

internal sealed class RotateWebhookSecretValidator : AbstractValidator<RotateWebhookSecret>
{
    public RotateWebhookSecretValidator() =>
        RuleFor(c => c.Rotation.OverlapHours).InclusiveBetween(0, 720).OverridePropertyName("overlapHours");
}

internal sealed class RotateWebhookSecretHandler(
    IRepository<WebhookSubscription> subscriptions,
    IWebhookSecrets secrets,
    TimeProvider clock
) : IRequestHandler<RotateWebhookSecret, Versioned<RotatedWebhookSecret>>
{
    public async Task<Versioned<RotatedWebhookSecret>> Handle(RotateWebhookSecret request, CancellationToken ct)
    {
        var subscription = await subscriptions.Get(new SubscriptionWithId(new(request.Id)), request.Seen, ct);
        var (plain, sealedKey) = secrets.New();
        subscription.Rotate(sealedKey, TimeSpan.FromHours(request.Rotation.OverlapHours), clock.GetUtcNow());
        await subscriptions.Save(ct);
        return new(new(WebhookSubscriptionView.Of(subscription), plain), subscription.Version);
    }
}

internal sealed class RotateWebhookSecretEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/webhook-subscriptions/{id}/rotate-secret", Handle).Requires(DossiersPermissions.ManageWebhooks);

    /// <summary>Rotate a signing secret</summary>
    /// <remarks>Gives a subscription a new secret, in this answer only; the older ones sign along for the overlap and then end.</remarks>
    /// <param name="id">Identifier of the subscription.</param>
    private static async Task<ItemAnswer<RotatedWebhookSecret>> Handle(
        Guid id,
        WebhookSecretRotation rotation,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new RotateWebhookSecret(id, ifMatch.Version, rotation), ct));
}
