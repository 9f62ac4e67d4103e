using Pac.SharedKernel;

namespace Pac.Identity.Contracts;

/// <summary>Asks who holds a right today: of certain people, or whoever holds it over certain data.</summary>
/// <param name="Permission">Name of the right.</param>
/// <param name="Subjects">Stable ids of the people, or applications, asked about.</param>
/// <param name="Scopes">The data in written form over which it is held, such as <c>agency:H15.09</c>.</param>
public sealed record GetRightHolders(string Permission, IReadOnlyList<string> Subjects, IReadOnlyList<string> Scopes)
    : IQuery<IReadOnlyList<RightHolder>>;

/// <summary>Somebody who holds the right.</summary>
/// <param name="Subject">Stable id of the user, or of the application that acts for itself.</param>
/// <param name="Scope">Over which data, in written form.</param>
public sealed record RightHolder(string Subject, string Scope);
