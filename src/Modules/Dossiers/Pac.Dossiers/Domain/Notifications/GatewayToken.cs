namespace Pac.Dossiers.Domain.Notifications;

/// <summary>
/// The tokens of a gateway that gives out a new pair whenever the old one is used up. They are sealed, one row for all hosts; written by statement only.
/// </summary>
internal sealed class GatewayToken
{
    private GatewayToken() { }

    /// <summary>Whose they are, such as <c>zalo</c>.</summary>
    public string Gateway { get; private set; } = "";

    /// <summary>Hash of the token that the operator set: another one begins anew.</summary>
    public byte[] BegunWith { get; private set; } = [];

    /// <summary>The token that opens the gateway; null before the first renewal.</summary>
    public byte[]? Access { get; private set; }

    /// <summary>The token by which the next pair is got; good for one time.</summary>
    public byte[] Refresh { get; private set; } = [];

    /// <summary>Until when the first one opens.</summary>
    public DateTimeOffset ExpiresAt { get; private set; }

    public DateTimeOffset? RenewedAt { get; private set; }
}
