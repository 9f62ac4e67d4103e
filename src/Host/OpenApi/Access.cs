using Microsoft.OpenApi;
using Pac.BuildingBlocks;
using Pac.BuildingBlocks.Web;

namespace Pac.Host.OpenApi;

/// <summary>OAuth scopes: one per module and its <c>.read</c> half.</summary>
internal static class Access
{
    private const string Scheme = "oauth";

    /// <summary>How a token is got.</summary>
    public static OpenApiSecurityScheme SecurityScheme(string address)
    {
        var scopes = Modules.All.OrderBy(m => m.Name, StringComparer.Ordinal).SelectMany(Scopes).ToDictionary(s => s.Name, s => s.Meaning);
        var token = new Uri(address + "/connect/token");
        return new()
        {
            Type = SecuritySchemeType.OAuth2,
            Description =
                "OAuth 2.1: authorization code with PKCE for people, client credentials for systems. "
                + "Access tokens are signed as RFC 9068 says and are handled by the best practices of RFC 8725 (RFC8725).",
            Flows = new()
            {
                AuthorizationCode = new()
                {
                    AuthorizationUrl = new(address + "/connect/authorize"),
                    TokenUrl = token,
                    RefreshUrl = token,
                    Scopes = scopes,
                },
                ClientCredentials = new()
                {
                    TokenUrl = token,
                    RefreshUrl = token,
                    Scopes = new Dictionary<string, string>(scopes),
                },
            },
        };
    }

    /// <summary>What a caller of an endpoint needs; an empty requirement for one that anybody may call.</summary>
    public static IList<OpenApiSecurityRequirement> Of(IEnumerable<object> facts, OpenApiDocument document)
    {
        if (facts.OfType<PermissionMetadata>().LastOrDefault()?.Permission is { } permission)
            return [Needs(document, permission.ReadOnly ? permission.Scope + ".read" : permission.Scope)];
        // Whoever is signed in may call: a token with the scope of any module will do.
        return facts.OfType<SignedInMetadata>().Any()
            ? [.. Modules.All.Select(m => Needs(document, m.Name + ".read"))]
            : [new OpenApiSecurityRequirement()];
    }

    /// <summary>Whether no token is needed.</summary>
    public static bool IsAnonymous(OpenApiOperation operation) => operation.Security is [{ Count: 0 }];

    private static OpenApiSecurityRequirement Needs(OpenApiDocument document, string scope) =>
        new() { [new OpenApiSecuritySchemeReference(Scheme, document)] = [scope] };

    private static IEnumerable<(string Name, string Meaning)> Scopes(IModule module)
    {
        yield return (module.Name, $"Read and change what belongs to {module.Name}.");
        yield return (module.Name + ".read", $"Read what belongs to {module.Name}.");
    }
}
