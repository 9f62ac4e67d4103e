using OpenIddict.EntityFrameworkCore.Models;

namespace Pac.Identity.Domain;

/// <summary>An application that an administrator has registered: a front end, a device or another system.</summary>
internal sealed class Client : OpenIddictEntityFrameworkCoreApplication<Guid, Grant, Token>
{
    /// <summary>A disabled client is refused at every endpoint, and its tokens open nothing from that moment.</summary>
    public bool Disabled { get; set; }

    /// <summary>Who answers for it: an agency or a company, with a way to reach them.</summary>
    public string Owner { get; set; } = "";

    /// <summary>Requests per minute and host for the client as a whole; null where only the limit per caller holds.</summary>
    public int? RateLimitPerMinute { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When a secret was last given or taken; null while it never had one.</summary>
    public DateTimeOffset? SecretsChangedAt { get; set; }

    public uint Version { get; set; }
}

/// <summary>What one sign-in allows one client; the tokens made from it end with it.</summary>
internal sealed class Grant : OpenIddictEntityFrameworkCoreAuthorization<Guid, Client, Token>;

/// <summary>The entry of a token: whether it still stands, never the token itself.</summary>
internal sealed class Token : OpenIddictEntityFrameworkCoreToken<Guid, Client, Grant>;

/// <summary>One of the secrets of a client. For a time two are good at once, so that a secret is changed without an interruption.</summary>
internal sealed class ClientSecret
{
    public Guid Id { get; init; }

    public Guid ClientId { get; init; }

    /// <summary>SHA-256 of the secret. The secret has 256 random bits, so nothing is gained by a slow hash.</summary>
    public byte[] Hash { get; init; } = [];

    /// <summary>The first characters, by which an administrator tells secrets apart.</summary>
    public string Beginning { get; init; } = "";

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>From when on it is refused; null while open-ended.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>To the hour; tells whether an old secret is still in use somewhere.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }
}

/// <summary>That a client's signed assertion was used; kept until it would have ended anyway.</summary>
internal sealed class UsedAssertion
{
    /// <summary>SHA-256 of the client and the assertion's <c>jti</c>.</summary>
    public byte[] Key { get; init; } = [];

    public DateTimeOffset ExpiresAt { get; init; }
}
