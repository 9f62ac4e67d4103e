using Pac.BuildingBlocks;
using Pac.Dossiers;
using Pac.Facilities;
using Pac.Identity;

namespace Pac.Host;

/// <summary>The one list of modules; services, endpoints, migrations, dispatchers and the document follow from it.</summary>
public static class Modules
{
    /// <summary>Every module of the product.</summary>
    public static IReadOnlyList<IModule> All { get; } = [new IdentityModule(), new FacilitiesModule(), new DossiersModule()];
}
