namespace Pac.Dossiers.Domain;

/// <summary>Where events may be sent.</summary>
internal interface IWebhookTargets
{
    /// <summary>Refuses what must not be reached from here: private addresses in any written form, other schemes, other ports.</summary>
    /// <exception cref="Pac.SharedKernel.BusinessRuleException">The target is refused.</exception>
    Task Check(string url, CancellationToken ct);
}

/// <summary>Makes keys for signing.</summary>
internal interface IWebhookSecrets
{
    /// <summary>A new key: once in plain, as the subscriber configures it, and encrypted, as it is kept.</summary>
    (string Plain, byte[] Sealed) New();
}

/// <summary>Puts events in line for one subscriber; the following save writes them.</summary>
internal interface IWebhookQueue
{
    /// <summary>Puts a test event in line.</summary>
    WebhookDelivery AddTest(WebhookSubscription subscription, DateTimeOffset now);

    /// <summary>Puts events of the past in line again, in their order. Returns how many.</summary>
    /// <param name="subscription">Whose; it gets what it wants and may know.</param>
    /// <param name="since">From when on; null when events are named.</param>
    /// <param name="until">Until when; null for all since.</param>
    /// <param name="events">The events; null when a period is named.</param>
    /// <param name="ct">Cancels the work.</param>
    Task<int> Replay(
        WebhookSubscription subscription,
        DateTimeOffset? since,
        DateTimeOffset? until,
        IReadOnlyList<Guid>? events,
        CancellationToken ct
    );

    /// <summary>How many subscriptions an owner has.</summary>
    Task<int> CountOf(string ownerSubject, CancellationToken ct);
}
