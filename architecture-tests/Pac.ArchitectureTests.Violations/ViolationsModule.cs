using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Pac.BuildingBlocks;
using Pac.BuildingBlocks.Security;

[assembly: InternalsVisibleTo("Pac.Ghost.Tests")]

namespace Pac.Violations;

public sealed class ViolationsModule : IModule
{
    public string Name => "violations";

    public IReadOnlyList<Permission> Permissions => [];

    public void AddServices(IServiceCollection services, IConfiguration configuration) { }

    // Rule 37: outside the API and not a page of the sign-in.
    public void MapOutsideApi(IEndpointRouteBuilder root) => root.MapGet("/elsewhere", () => "");
}

// Rule 7: a second public type.
public sealed class SecondEntry;
