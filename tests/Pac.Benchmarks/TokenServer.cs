using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Pac.BuildingBlocks;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Identity;

namespace Pac.Benchmarks;

/// <summary>The product's pipeline and identity module with one answer at two addresses: open to all, and behind token, permission and data scope.</summary>
internal static class TokenServer
{
    public static async Task Run(string address, string connectionString)
    {
        IModule[] modules = [new IdentityModule()];
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address);
        builder.Services.AddApi();
        builder.Services.AddPac(modules, connectionString, background: false);
        foreach (var module in modules)
            module.AddServices(builder.Services, builder.Configuration);
        await using var app = builder.Build();
        app.UseApi(modules);
        var permission = new Permission("dossiers.read", true, "", "");
        app.MapGet("/ready", () => "ready");
        app.MapGet("/api/v1/open", () => "the same").AllowsAnonymous();
        app.MapGet("/api/v1/closed", () => "the same").Requires(permission).WithMetadata(new UseCaseMetadata("Closed", "identity"));
        await app.RunAsync();
    }
}
