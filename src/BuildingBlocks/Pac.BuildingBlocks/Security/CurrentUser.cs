using System.Collections.Frozen;
using System.Security.Claims;

namespace Pac.BuildingBlocks.Security;

/// <summary>Who calls, as established by the token check. Immutable, so it may be kept per token.</summary>
/// <param name="Subject">Stable id of the user, or of the client when a machine calls.</param>
/// <param name="Name">Name to show; never logged.</param>
/// <param name="ClientId">The application that calls.</param>
/// <param name="Scope">The widest data scope of any right the caller holds.</param>
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
    /// <summary>Over which data each permission holds, where that is narrower than <see cref="Scope"/>.</summary>
    public FrozenDictionary<string, DataScope> Reaches { get; init; } = FrozenDictionary<string, DataScope>.Empty;

    /// <summary>Whether the application is registered to send an <c>Idempotency-Key</c> with every POST; without it the call is refused.</summary>
    public bool MustSendIdempotencyKey { get; init; }

    /// <summary>Requests per minute and host for the application as a whole, whoever uses it; null where it has no limit of its own.</summary>
    public int? ClientLimit { get; init; }

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

    /// <summary>Over which data a right holds: that of the role which gave it, never that of another role.</summary>
    /// <param name="permission">The right.</param>
    public DataScope ReachOf(Permission permission)
    {
        ArgumentNullException.ThrowIfNull(permission);
        return Reaches.TryGetValue(permission.Name, out var reach) ? reach : Scope;
    }

    /// <summary>Whether the application may touch a module at all, if only to read.</summary>
    /// <param name="module">Name of the module.</param>
    public bool Touches(string module) => OAuthScopes.Contains(module) || OAuthScopes.Contains(module + ".read");

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

    private bool _onlyReads;

    /// <summary>Notes which use case begins. The first one names the act; a command outranks what was read before it, as for a partial update.</summary>
    /// <param name="useCase">Its name.</param>
    /// <param name="isReading">Whether it is a query.</param>
    public void Begin(string useCase, bool isReading)
    {
        if (Act.Length > 0 && !(_onlyReads && !isReading))
            return;
        Act = useCase;
        _onlyReads = isReading;
    }

    /// <summary>Which data may be seen by the right that the act in hand needs.</summary>
    public DataScope Scope { get; private set; } = DataScope.Province;

    /// <summary>Acts for a caller from here on.</summary>
    /// <param name="caller">Who.</param>
    /// <param name="address">From which network address.</param>
    /// <param name="needed">The right that the act needs; its data scope holds from here on. Null where any caller may act.</param>
    public void Become(Caller caller, string? address, Permission? needed = null)
    {
        ArgumentNullException.ThrowIfNull(caller);
        Caller = caller;
        Address = address;
        Scope = needed is null ? caller.Scope : caller.ReachOf(needed);
    }

    /// <summary>Whether a further right holds over all the data of the act in hand.</summary>
    /// <param name="permission">The further right.</param>
    public bool May(Permission permission) =>
        Caller.May(permission) && (Caller.ReachOf(permission) == Scope || Caller.ReachOf(permission) == DataScope.Province);
}
