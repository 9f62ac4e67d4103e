using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;

namespace Pac.Identity.Features.Me;

/// <summary>Who the caller is and what it may do.</summary>
/// <param name="Subject">Stable id of the user, or of the application when a machine calls.</param>
/// <param name="Name">Name to show.</param>
/// <param name="ClientId">The application that calls.</param>
/// <param name="DataScope">Which data may be seen: <c>province</c>, <c>centre:…</c>, <c>agency:…</c> or <c>own</c>.</param>
/// <param name="Scopes">What the application may touch.</param>
/// <param name="Permissions">What the user may do.</param>
internal sealed record Me(
    string Subject,
    string Name,
    string ClientId,
    string DataScope,
    IReadOnlyList<string> Scopes,
    IReadOnlyList<string> Permissions
);

/// <summary>Something that can be allowed.</summary>
/// <param name="Name">Stable name.</param>
/// <param name="Module">The module it belongs to.</param>
/// <param name="Vietnamese">What it allows, in Vietnamese.</param>
/// <param name="English">What it allows, in English.</param>
internal sealed record PermissionView(string Name, string Module, string Vietnamese, string English);

internal sealed class WhoAmIEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/me", Handle).RequiresSignIn();

    /// <summary>Tell who I am</summary>
    /// <remarks>Gives the caller with its rights and its data scope.</remarks>
    private static ValueAnswer<Me> Handle(CurrentUser user)
    {
        var caller = user.Caller;
        return new(
            new(
                caller.Subject,
                caller.Name,
                caller.ClientId,
                caller.Scope.ToString(),
                [.. caller.OAuthScopes.Order(StringComparer.Ordinal)],
                [.. caller.Permissions.Order(StringComparer.Ordinal)]
            )
        );
    }
}

internal sealed class ListPermissionsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/permissions", Handle).RequiresSignIn();

    /// <summary>List permissions</summary>
    /// <remarks>Gives everything that can be allowed, as declared by the modules.</remarks>
    private static ValueAnswer<IReadOnlyList<PermissionView>> Handle(IReadOnlyList<IModule> modules) =>
        new([.. modules.SelectMany(m => m.Permissions.Select(p => new PermissionView(p.Name, m.Name, p.Vietnamese, p.English)))]);
}
