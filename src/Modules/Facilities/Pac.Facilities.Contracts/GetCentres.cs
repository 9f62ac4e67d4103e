using Pac.SharedKernel;

namespace Pac.Facilities.Contracts;

/// <summary>Asks for all service centres by name, such as to choose one.</summary>
public sealed record GetCentres : IQuery<IReadOnlyList<CentreName>>;

/// <summary>A service centre by name.</summary>
/// <param name="Code">Code of the centre.</param>
/// <param name="Vietnamese">Its name in Vietnamese.</param>
/// <param name="English">Its name in English.</param>
/// <param name="Address">Where it is.</param>
/// <param name="IsProvincial">Whether it is the provincial centre.</param>
public sealed record CentreName(string Code, string Vietnamese, string English, string Address = "", bool IsProvincial = false);
