using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Pac.BuildingBlocks.Security;

namespace Pac.BuildingBlocks;

/// <summary>One bounded part of the product. The host knows modules only through this.</summary>
public interface IModule
{
    /// <summary>Name of the module, its OAuth scope and its database schema, in lower case.</summary>
    string Name { get; }

    /// <summary>What can be allowed in this module.</summary>
    IReadOnlyList<Permission> Permissions { get; }

    /// <summary>The module's code, where handlers, validators and endpoints are found.</summary>
    Assembly Assembly => GetType().Assembly;

    /// <summary>Registers what the module needs.</summary>
    void AddServices(IServiceCollection services, IConfiguration configuration);

    /// <summary>Work on requests outside <c>/api</c>; use cases under it are found by their <see cref="Web.IEndpoint"/> and need none.</summary>
    void UseOutsideApi(IApplicationBuilder app) { }

    /// <summary>Maps what lies outside <c>/api/v1</c>.</summary>
    void MapOutsideApi(IEndpointRouteBuilder root) { }
}

/// <summary>Fills reference data or the sandbox. Runs after migration, one host at a time, and must be repeatable.</summary>
public interface ISeed
{
    /// <summary>Whether it belongs to the development sandbox only; such a seed is refused in production.</summary>
    bool SandboxOnly { get; }

    /// <summary>Fills what is missing.</summary>
    Task Run(CancellationToken ct);
}

/// <summary>A context whose migrations the host applies.</summary>
/// <param name="ContextType">The context.</param>
public sealed record ModuleMigration(Type ContextType);
