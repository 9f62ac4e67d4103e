using Pac.SharedKernel;

namespace Pac.Dossiers.Contracts;

/// <summary>Asks for all agencies by name, such as to choose one.</summary>
public sealed record GetAgencies : IQuery<IReadOnlyList<AgencyName>>;

/// <summary>An agency by name.</summary>
/// <param name="Code">Code by Decision 20/2020/QD-TTg, such as <c>H15.09</c>.</param>
/// <param name="Vietnamese">Its name in Vietnamese.</param>
/// <param name="English">Its name in English.</param>
public sealed record AgencyName(string Code, string Vietnamese, string English);
