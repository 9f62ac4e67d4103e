using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Pac.BuildingBlocks;
using Pac.BuildingBlocks.Security;
using Pac.Identity.Features;
using Pac.Identity.Features.Clients;
using Pac.Identity.Features.Roles;
using Pac.Identity.Features.Users;
using Pac.Identity.Mail;
using Pac.Identity.Pages;
using Pac.Identity.Pages.Admin;
using Pac.Identity.Persistence;
using Pac.Identity.Protocol;

namespace Pac.Identity;

/// <summary>Users, roles, clients and the OpenID Connect server of the product.</summary>
public sealed class IdentityModule : IModule
{
    /// <inheritdoc />
    public string Name => "identity";

    /// <inheritdoc />
    public IReadOnlyList<Permission> Permissions => IdentityPermissions.All;

    /// <inheritdoc />
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddModuleContext<IdentityStore>(this);
        services.AddIdentityServer(configuration);
        services.AddLetters(configuration);
        services.AddTransient(typeof(IPipelineBehavior<,>), typeof(RightsInTurn<,>));
        services.AddScoped<Assigning>();
        services.AddScoped<RoleRules>();
        services.AddScoped<ClientRules>();
        services.AddAdminPages();
    }

    /// <inheritdoc />
    public void UseOutsideApi(IApplicationBuilder app)
    {
        // Where a proxy ends TLS, what arrives in plain was sent encrypted: cookies and addresses are those of HTTPS.
        var configuration = app.ApplicationServices.GetRequiredService<IConfiguration>();
        if (configuration["Identity:AllowHttp"] == "true" && configuration["Pac:Sandbox"] != "true")
            app.Use(
                (http, next) =>
                {
                    http.Request.Scheme = "https";
                    return next(http);
                }
            );
        app.RefuseBadForms();
        app.UseAuthentication();
        app.UseAdminLanguage();
    }

    /// <inheritdoc />
    public void MapOutsideApi(IEndpointRouteBuilder root)
    {
        ConnectEndpoint.Map(root);
        SignInPage.Map(root);
        SecondFactorPage.Map(root);
        ExternalPage.Map(root);
        AccountPage.Map(root);
        PasswordPages.Map(root);
        AuthenticatorPage.Map(root);
        PasskeyPage.Map(root);
        SessionsPage.Map(root);
        EmailPages.Map(root);
        root.MapAdminPages();
    }
}
