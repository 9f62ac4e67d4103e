using Pac.SharedKernel;

namespace Pac.Identity.Contracts;

/// <summary>Asks how users are called, such as for a form that names who handed something over. Who is not a user is left out.</summary>
/// <param name="Subjects">Ids of users.</param>
public sealed record GetDisplayNames(IReadOnlyList<string> Subjects) : IQuery<IReadOnlyList<DisplayNameOf>>;

/// <summary>How a user is called.</summary>
/// <param name="Subject">Stable id of the user.</param>
/// <param name="DisplayName">Full name.</param>
public sealed record DisplayNameOf(string Subject, string DisplayName);
