using Pac.SharedKernel;

namespace Pac.Identity.Contracts;

/// <summary>Asks over which data callers hold a right now, such as before something is done in their name. Who is left out may not act.</summary>
/// <param name="Callers">Whoever is asked about.</param>
/// <param name="Permission">Name of the right.</param>
public sealed record GetReaches(IReadOnlyList<CallerKey> Callers, string Permission) : IQuery<IReadOnlyList<CallerReach>>;

/// <summary>A user, or a machine, at an application.</summary>
/// <param name="Subject">Stable id of the user, or of the application when it acts for itself.</param>
/// <param name="ClientId">The application.</param>
public sealed record CallerKey(string Subject, string ClientId);

/// <summary>Over which data a caller holds the right.</summary>
/// <param name="Subject">Stable id of the user, or of the application when it acts for itself.</param>
/// <param name="ClientId">The application.</param>
/// <param name="Scope">The data in written form, the widest of all roles that give the right.</param>
public sealed record CallerReach(string Subject, string ClientId, string Scope);
