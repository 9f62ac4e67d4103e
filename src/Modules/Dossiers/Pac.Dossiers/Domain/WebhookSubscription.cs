using Pac.BuildingBlocks.Auditing;
using Pac.BuildingBlocks.Security;
using Pac.Dossiers.Domain.Specifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Domain;

internal readonly record struct WebhookSubscriptionId(Guid Value) : IStrongId<WebhookSubscriptionId>
{
    public static WebhookSubscriptionId From(Guid value) => new(value);

    public static bool operator <(WebhookSubscriptionId left, WebhookSubscriptionId right) => left.Value.CompareTo(right.Value) < 0;

    public static bool operator >(WebhookSubscriptionId left, WebhookSubscriptionId right) => left.Value.CompareTo(right.Value) > 0;
}

/// <summary>Whether events are sent.</summary>
internal enum WebhookState
{
    /// <summary>Events are sent as they happen.</summary>
    Active,

    /// <summary>Nothing is sent; what waits goes on waiting.</summary>
    Disabled,
}

/// <summary>Why nothing is sent.</summary>
internal enum WebhookStop
{
    /// <summary>The owner wanted it.</summary>
    ByOwner,

    /// <summary>The receiver said that it is gone for good (HTTP 410).</summary>
    Gone,

    /// <summary>The owner is disabled, was deleted or has lost the right over these data.</summary>
    OwnerWithoutRight,
}

/// <summary>A key with which events are signed.</summary>
/// <param name="Sealed">The key, encrypted.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="EndsAt">Until when it signs; null for the newest one.</param>
internal sealed record WebhookSecret(byte[] Sealed, DateTimeOffset CreatedAt, DateTimeOffset? EndsAt);

/// <summary>That somebody wants to be told by HTTP what happens to dossiers (Standard Webhooks).</summary>
internal sealed class WebhookSubscription : AggregateRoot
{
    private WebhookSubscription() { }

    public WebhookSubscriptionId Id { get; private set; }

    public string Name { get; private set; } = "";

    public string Url { get; private set; } = "";

    /// <summary>Types of events that are wanted; none means all.</summary>
    public IReadOnlyList<string> EventTypes { get; private set; } = [];

    /// <summary>Dossiers it tells of, in written form.</summary>
    public string Scope { get; private set; } = "";

    public string OwnerSubject { get; private set; } = "";

    /// <summary>The application through which it was made.</summary>
    public string OwnerClientId { get; private set; } = "";

    public WebhookState State { get; private set; }

    public WebhookStop? Stop { get; private set; }

    public DateTimeOffset? StoppedAt { get; private set; }

    /// <summary>Newest first. Several sign at once while one takes over from another.</summary>
    [Personal]
    public IReadOnlyList<WebhookSecret> Secrets { get; private set; } = [];

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Subscribes to what happens within the caller's data, or within a part of them.</summary>
    /// <exception cref="BusinessRuleException">The data asked for are not the caller's, or a type is unknown.</exception>
    public static WebhookSubscription Create(
        string name,
        string url,
        IReadOnlyList<string> eventTypes,
        DataScope wanted,
        Caller owner,
        DataScope reach,
        byte[] secret,
        DateTimeOffset now
    )
    {
        if (wanted.Kind == DataScopeKind.Own || !Covers(reach, wanted))
            throw new BusinessRuleException(DossierErrors.OutsideScope);
        var subscription = new WebhookSubscription
        {
            Id = new(Guid.CreateVersion7(now)),
            Scope = wanted.ToString(),
            OwnerSubject = owner.Subject,
            OwnerClientId = owner.ClientId,
            Secrets = [new(secret, now, null)],
            CreatedAt = now,
        };
        subscription.Describe(name, url, eventTypes);
        return subscription;
    }

    /// <summary>Changes what is sent where.</summary>
    public void Describe(string name, string url, IReadOnlyList<string> eventTypes)
    {
        if (eventTypes.FirstOrDefault(t => !WebhookEventTypes.Knows(t)) is { } unknown)
            throw new BusinessRuleException(WebhookErrors.UnknownEventType.With(unknown).At("/eventTypes"));
        (Name, Url, EventTypes) = (name.Trim(), url, [.. eventTypes.Distinct().Order(StringComparer.Ordinal)]);
        Touch();
    }

    /// <summary>Sends nothing more until it is enabled again.</summary>
    public void Disable(WebhookStop why, DateTimeOffset now)
    {
        if (State == WebhookState.Disabled)
            throw new BusinessRuleException(WebhookErrors.AlreadyDisabled);
        (State, Stop, StoppedAt) = (WebhookState.Disabled, why, now);
        Touch();
    }

    /// <summary>Sends again. What was waiting goes on; what happened meanwhile can be asked for by a replay.</summary>
    public void Enable(DataScope reach)
    {
        if (State == WebhookState.Active)
            throw new BusinessRuleException(WebhookErrors.AlreadyEnabled);
        if (!StandsBy(reach))
            throw new BusinessRuleException(DossierErrors.OutsideScope);
        (State, Stop, StoppedAt) = (WebhookState.Active, null, null);
        Touch();
    }

    /// <summary>Signs with a new key from now on. The older ones sign along for the overlap and then end.</summary>
    public void Rotate(byte[] secret, TimeSpan overlap, DateTimeOffset now)
    {
        var end = now + overlap;
        Secrets =
        [
            new(secret, now, null),
            .. Secrets.Select(s => s with { EndsAt = s.EndsAt < end ? s.EndsAt : end }).Where(s => s.EndsAt > now).Take(MostSecrets - 1),
        ];
        Touch();
    }

    /// <summary>Whether an event is wanted and may be told.</summary>
    public bool Wants(RecordedEvent e) =>
        (EventTypes.Count == 0 || EventTypes.Contains(WebhookEventTypes.Of(e.Act)))
        && VisibleIn.Covers(DataScope.Parse(Scope, OwnerSubject), e.CentreCode, e.AgencyCode);

    /// <summary>Whether a right of its owner still covers the data it tells of.</summary>
    public bool StandsBy(DataScope reach) => Covers(reach, DataScope.Parse(Scope, OwnerSubject));

    private const int MostSecrets = 4;

    private static bool Covers(DataScope reach, DataScope part) => reach == DataScope.Province || reach == part;
}
