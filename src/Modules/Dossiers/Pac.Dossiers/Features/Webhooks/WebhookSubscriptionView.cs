using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Features.Webhooks;

/// <summary>A subscription to events about dossiers.</summary>
/// <param name="Id">Identifier of the subscription.</param>
/// <param name="Name">What its owner calls it.</param>
/// <param name="Url">Where events are sent.</param>
/// <param name="EventTypes">Types of events that are sent; none means all.</param>
/// <param name="DataScope">Dossiers it tells of: <c>province</c>, <c>centre:…</c> or <c>agency:…</c>.</param>
/// <param name="State">Whether events are sent.</param>
/// <param name="Stop">Why nothing is sent; left out while it is active.</param>
/// <param name="StoppedAt">Since when nothing is sent.</param>
/// <param name="Secrets">Its signing secrets, newest first, without their values.</param>
/// <param name="CreatedAt">When it was made.</param>
internal sealed record WebhookSubscriptionView(
    Guid Id,
    string Name,
    string Url,
    IReadOnlyList<string> EventTypes,
    string DataScope,
    WebhookState State,
    WebhookStop? Stop,
    DateTimeOffset? StoppedAt,
    IReadOnlyList<WebhookSecretView> Secrets,
    DateTimeOffset CreatedAt
)
{
    public static WebhookSubscriptionView Of(WebhookSubscription s) =>
        new(
            s.Id.Value,
            s.Name,
            s.Url,
            s.EventTypes,
            s.Scope,
            s.State,
            s.Stop,
            s.StoppedAt,
            [.. s.Secrets.Select(k => new WebhookSecretView(k.CreatedAt, k.EndsAt))],
            s.CreatedAt
        );
}

/// <summary>A signing secret without its value.</summary>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="EndsAt">Until when it signs along; left out for the newest one.</param>
internal sealed record WebhookSecretView(DateTimeOffset CreatedAt, DateTimeOffset? EndsAt);

/// <summary>One event on its way to a subscriber.</summary>
/// <param name="Id">Identifier of the delivery.</param>
/// <param name="EventId">The <c>webhook-id</c>, by which the receiver applies an event once.</param>
/// <param name="Type">Type of the event.</param>
/// <param name="DossierId">The dossier; left out for a test event.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Replayed">Whether it was asked for again.</param>
/// <param name="Attempts">Tries begun.</param>
/// <param name="NextAttemptAt">When it is tried next, at the earliest; only while it waits.</param>
/// <param name="LastAttemptAt">When the last try ended.</param>
/// <param name="LastStatus">HTTP status of the last answer.</param>
/// <param name="LastError">Why the last try failed, as a stable word.</param>
/// <param name="CreatedAt">When it was put in line.</param>
internal sealed record WebhookDeliveryView(
    Guid Id,
    Guid EventId,
    string Type,
    Guid? DossierId,
    DeliveryState State,
    bool Replayed,
    int Attempts,
    DateTimeOffset? NextAttemptAt,
    DateTimeOffset? LastAttemptAt,
    int? LastStatus,
    string? LastError,
    DateTimeOffset CreatedAt
)
{
    public static WebhookDeliveryView Of(WebhookDelivery d) =>
        new(
            d.Id,
            d.EventId,
            d.Type,
            d.DossierId?.Value,
            d.State,
            d.Replayed,
            d.Attempts,
            d.State == DeliveryState.Waiting ? d.NextAttemptAt : null,
            d.LastAttemptAt,
            d.LastStatus,
            d.LastError,
            d.CreatedAt
        );
}
