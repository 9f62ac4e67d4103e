using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Pac.BuildingBlocks;
using Pac.BuildingBlocks.Security;
using Pac.Identity.Pages;
using Pac.Identity.Protocol;
using Pac.Identity.Seeding;

namespace Pac.Identity;

/// <summary>Users, roles, clients and the OpenID Connect server of the product.</summary>
public sealed class IdentityModule : IModule
{
    /// <inheritdoc />
    public string Name => "identity";

    /// <inheritdoc />
    public IReadOnlyList<Permission> Permissions { get; } =
    [
        new("identity.read", true, "Xem người dùng và vai trò", "See users and roles"),
        new("identity.manage", false, "Quản lý người dùng, vai trò và ứng dụng", "Manage users, roles and clients"),
    ];

    /// <inheritdoc />
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddIdentityServer(configuration);
        services.AddScoped<ISeed, SeedRoles>();
        services.AddScoped<ISeed, SeedSandbox>();
    }

    /// <inheritdoc />
    public void UseOutsideApi(IApplicationBuilder app)
    {
        app.RefuseBadForms();
        app.UseAuthentication();
    }

    /// <inheritdoc />
    public void MapOutsideApi(IEndpointRouteBuilder root)
    {
        ConnectEndpoint.Map(root);
        SignInPage.Map(root);
    }
}
