namespace Pac.Dossiers.Domain;

/// <summary>Where the sending of one event to one subscriber stands.</summary>
internal enum DeliveryState
{
    /// <summary>It waits for its turn or its next try.</summary>
    Waiting,

    /// <summary>The receiver took it.</summary>
    Delivered,

    /// <summary>The last try has failed as well; a replay sends it again.</summary>
    GivenUp,
}

/// <summary>One event on its way to one subscriber. Claimed and finished by statement only.</summary>
internal sealed class WebhookDelivery
{
    private WebhookDelivery() { }

    public Guid Id { get; private set; }

    /// <summary>Place in the line; the events of a dossier leave in this order.</summary>
    public long Position { get; private set; }

    public WebhookSubscriptionId SubscriptionId { get; private set; }

    /// <summary>The <c>webhook-id</c>: the same at every try and at every replay.</summary>
    public Guid EventId { get; private set; }

    public string Type { get; private set; } = "";

    /// <summary>Null for a test event.</summary>
    public DossierId? DossierId { get; private set; }

    public DeliveryState State { get; private set; }

    /// <summary>Whether the subscriber asked for the event again.</summary>
    public bool Replayed { get; private set; }

    /// <summary>Tries begun.</summary>
    public int Attempts { get; private set; }

    /// <summary>Not to be tried before; also the end of the lease of a try under way.</summary>
    public DateTimeOffset NextAttemptAt { get; private set; }

    /// <summary>When the last try ended.</summary>
    public DateTimeOffset? LastAttemptAt { get; private set; }

    /// <summary>HTTP status of the last answer.</summary>
    public int? LastStatus { get; private set; }

    /// <summary>Why the last try failed: a word, never what the receiver wrote.</summary>
    public string? LastError { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>A test event for a subscriber.</summary>
    public static WebhookDelivery Test(WebhookSubscriptionId subscription, DateTimeOffset now) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            SubscriptionId = subscription,
            EventId = Guid.CreateVersion7(now),
            Type = WebhookEventTypes.Test,
            NextAttemptAt = now,
            CreatedAt = now,
        };
}

/// <summary>That a receiver is away: nothing is sent there for a while, whatever is due.</summary>
internal sealed class WebhookPause
{
    private WebhookPause() { }

    public WebhookSubscriptionId SubscriptionId { get; private set; }

    public DateTimeOffset Until { get; private set; }
}
