using System.Collections.Frozen;
using System.Security.Claims;

namespace Pac.BuildingBlocks.Security;

/// <summary>Who calls, as established by the token check. Immutable, so it may be kept per token.</summary>
/// <param name="Subject">Stable id of the user, or of the client when a machine calls.</param>
/// <param name="Name">Name to show; never logged.</param>
/// <param name="ClientId">The application that calls.</param>
/// <param name="Scope">Which data the caller may see.</param>
/// <param name="Permissions">What the user may do.</param>
/// <param name="OAuthScopes">What the application may touch.</param>
public sealed record Caller(
    string Subject,
    string Name,
    string ClientId,
    DataScope Scope,
    FrozenSet<string> Permissions,
    FrozenSet<string> OAuthScopes
)
{
    /// <summary>Whether the application is registered to send an <c>Idempotency-Key</c> with every POST; without it the call is refused.</summary>
    public bool MustSendIdempotencyKey { get; init; }

    /// <summary>The product itself: background work that runs on nobody's behalf.</summary>
    public static readonly Caller System = new(
        "system",
        "system",
        "pac",
        DataScope.Province,
        FrozenSet<string>.Empty,
        FrozenSet<string>.Empty
    );

    /// <summary>Somebody who gave no token.</summary>
    public static readonly Caller Anonymous = new("", "", "", new(DataScopeKind.Own, ""), FrozenSet<string>.Empty, FrozenSet<string>.Empty);

    /// <summary>Whether both halves allow it: the application's scope and the user's permission.</summary>
    /// <param name="permission">What is to be done.</param>
    public bool May(Permission permission)
    {
        ArgumentNullException.ThrowIfNull(permission);
        return Permissions.Contains(permission.Name)
            && (OAuthScopes.Contains(permission.Scope) || permission.ReadOnly && OAuthScopes.Contains(permission.Scope + ".read"));
    }
}

/// <summary>The identity that the token check hands over; carries the <see cref="Caller"/> so that no claim is parsed twice.</summary>
/// <param name="caller">Who calls.</param>
/// <param name="claims">The claims of the token.</param>
public sealed class CallerIdentity(Caller caller, IEnumerable<Claim> claims) : ClaimsIdentity(claims, "Bearer", "name", "role")
{
    /// <summary>Who calls.</summary>
    public Caller Caller { get; } = caller;
}

/// <summary>Who stands behind the work in hand, and under what circumstances. One per request, delivery or job run.</summary>
public sealed class CurrentUser
{
    /// <summary>Who it is; the product itself until a request says otherwise.</summary>
    public Caller Caller { get; private set; } = Caller.System;

    /// <summary>Network address of the caller, for the audit; null in background work.</summary>
    public string? Address { get; private set; }

    /// <summary>The caller's key for a safe repetition of this act, if given.</summary>
    public string? IdempotencyKey { get; set; }

    /// <summary>Name of the use case in hand, for audit and traces.</summary>
    public string Act { get; set; } = "";

    /// <summary>Which data may be seen.</summary>
    public DataScope Scope => Caller.Scope;

    /// <summary>Acts for a caller from here on.</summary>
    /// <param name="caller">Who.</param>
    /// <param name="address">From which network address.</param>
    public void Become(Caller caller, string? address)
    {
        Caller = caller;
        Address = address;
    }
}
