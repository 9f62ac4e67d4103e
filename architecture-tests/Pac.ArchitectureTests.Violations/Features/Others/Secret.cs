using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Web;

namespace Pac.Violations.Features.Others;

internal sealed record Secret(int Number);

internal sealed class DoLeakyEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/others", Handle).RequiresSignIn();

    private static SameName Handle() => new("");
}

internal sealed record SameName(string Text);
