namespace Pac.Identity.Domain;

/// <summary>One signed-in browser. The cookie only names it; what holds is the row (ASVS 7.2.1).</summary>
internal sealed class Session
{
    public Guid Id { get; set; }

    public Guid UserId { get; set; }

    public DateTimeOffset StartedAt { get; set; }

    /// <summary>Last use, written at most once a minute.</summary>
    public DateTimeOffset SeenAt { get; set; }

    public string? Address { get; set; }

    /// <summary>Browser and system in a few words.</summary>
    public string Device { get; set; } = "";

    /// <summary>How the person signed in, after RFC 8176, separated by blanks.</summary>
    public string Amr { get; set; } = "";

    public DateTimeOffset? EndedAt { get; set; }

    public string? EndReason { get; set; }
}

/// <summary>A browser in which a user has signed in before: it has its own count of failures, and may skip the second factor for a while.</summary>
internal sealed class Device
{
    public Guid UserId { get; set; }

    /// <summary>What the browser's cookie says.</summary>
    public Guid BrowserId { get; set; }

    public string Name { get; set; } = "";

    public DateTimeOffset FirstSeenAt { get; set; }

    public DateTimeOffset LastSeenAt { get; set; }

    /// <summary>Until when it needs no second factor; null when it always does.</summary>
    public DateTimeOffset? TrustedUntil { get; set; }
}

/// <summary>Failures under one key, and until when another attempt is refused. In the database, so that all hosts count together.</summary>
internal sealed class Throttle
{
    public string Key { get; set; } = "";

    public int Failures { get; set; }

    public DateTimeOffset LastAt { get; set; }

    public DateTimeOffset BlockedUntil { get; set; }
}

/// <summary>The authenticator app of a user. Keys are kept encrypted; a time step is accepted once.</summary>
internal sealed class Authenticator
{
    public Guid UserId { get; set; }

    /// <summary>The key in use, encrypted; null until one has been confirmed.</summary>
    public string? Secret { get; set; }

    /// <summary>The key that waits for its first code, encrypted.</summary>
    public string? Pending { get; set; }

    /// <summary>The last time step whose code was accepted.</summary>
    public long LastStep { get; set; }
}

/// <summary>A one-time code for the day the other factor is lost. Only its hash is kept; the code itself has 125 random bits.</summary>
internal sealed class RecoveryCode
{
    public Guid UserId { get; set; }

    public byte[] Hash { get; set; } = [];

    public DateTimeOffset? UsedAt { get; set; }
}
