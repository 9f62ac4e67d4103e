using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks;
using Pac.BuildingBlocks.Web;

namespace Pac.ArchitectureTests;

/// <summary>Maps the endpoints of modules as a host does, without starting it.</summary>
internal static class EndpointFinder
{
    public static IReadOnlyList<FoundEndpoint> Find(IReadOnlyList<IModule> modules)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddApi();
        builder.Services.AddPac(modules, "Host=localhost", background: false);
        foreach (var module in modules)
            module.AddServices(builder.Services, builder.Configuration);
        var app = builder.Build();
        foreach (var module in modules)
        {
            app.MapUseCases(module.Assembly, module.Name);
            module.MapOutsideApi(app);
        }
        app.MapJobs();
        app.MapHealth();
        return [.. ((IEndpointRouteBuilder)app).DataSources.SelectMany(Read)];
    }

    private static IEnumerable<FoundEndpoint> Read(EndpointDataSource source)
    {
        try
        {
            return [.. source.Endpoints.Select(e => new FoundEndpoint(e.DisplayName ?? "", e as RouteEndpoint, null))];
        }
        catch (InvalidOperationException e)
        {
            return [new("", null, e.Message)];
        }
    }
}
