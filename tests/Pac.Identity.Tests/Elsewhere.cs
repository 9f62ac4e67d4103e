using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Pac.BuildingBlocks;
using Pac.BuildingBlocks.Security;
using Pac.Dossiers.Contracts;
using Pac.Facilities.Contracts;
using Pac.Testing;

namespace Pac.Identity.Tests;

/// <summary>What the modules that are not here would say: their permissions, and the names of centres and agencies.</summary>
internal sealed class Elsewhere(string name, params string[] permissions) : IModule
{
    public string Name => name;

    public IReadOnlyList<Permission> Permissions { get; } =
    [.. permissions.Select(p => new Permission(p, p.EndsWith(".read", StringComparison.Ordinal), p, p))];

    public Assembly Assembly => typeof(Elsewhere).Assembly;

    public void AddServices(IServiceCollection services, IConfiguration configuration) { }

    public static void Is(ModuleHostOptions options)
    {
        options.Answer<GetCentres, IReadOnlyList<CentreName>>(_ =>
            [new("dak-lak", "Trung tâm tỉnh", "Provincial centre"), new("66-22015", "Trung tâm phường", "Commune centre")]
        );
        options.Answer<GetAgencies, IReadOnlyList<AgencyName>>(_ => [new("H15.09", "Sở Xây dựng", "Department of Construction")]);
        options.Add(s =>
            s.AddSingleton<IReadOnlyList<IModule>>([
                new IdentityModule(),
                new Elsewhere("dossiers", "dossiers.read", "dossiers.receive"),
                new Elsewhere("remuneration", "remuneration.read", "remuneration.calculate", "remuneration.approve"),
            ])
        );
    }
}
