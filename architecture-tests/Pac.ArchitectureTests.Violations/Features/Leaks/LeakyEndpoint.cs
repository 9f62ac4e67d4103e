using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;

namespace Pac.Violations.Features.Leaks;

// Rules 37 (path, no description) and 38 (open to anybody without approval).
internal sealed class DoAnonymousEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/BadPath", () => "").AllowsAnonymous();
}

// Rule 38: says nothing about who may call it.
internal sealed class DoUnguardedEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/unguarded", () => "");
}

// Rule 38: a right of another module.
internal sealed class DoForeignRightEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/foreign", () => "").Requires(new Permission("elsewhere.read", true, "", ""));
}

// Rule 37: the same use case as another endpoint. Rule 39: two shapes of one name.
internal sealed class DoLeakyEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/leaky", Handle).RequiresSignIn();

    private static SameName Handle() => new(1);
}

// Rule 37: an endpoint that is not named as one.
internal sealed class LeakyRoute : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/route", () => "").RequiresSignIn();
}

internal sealed record SameName(int Number);
