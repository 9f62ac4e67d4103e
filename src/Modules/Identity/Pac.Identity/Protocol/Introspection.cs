using Npgsql;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using Pac.Identity.Account;
using Pac.Identity.Persistence;
using Pac.SharedKernel;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Pac.Identity.Protocol;

/// <summary>
/// A token of a disabled client, an ended session or a user who has left is not active, whatever its own entry says (RFC 7662, 2.2).
/// Whoever may ask learns what a resource server needs: subject, user name, client and scope.
/// </summary>
internal sealed class Introspection(NpgsqlDataSource source, TimeProvider clock)
    : IOpenIddictServerHandler<HandleIntrospectionRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor
            .CreateBuilder<HandleIntrospectionRequestContext>()
            .UseScopedHandler<Introspection>()
            .SetOrder(int.MaxValue - 100_000)
            .Build();

    public async ValueTask HandleAsync(HandleIntrospectionRequestContext context)
    {
        var token = context.GenericTokenPrincipal;
        var client = token.GetClaim(Claims.ClientId) ?? token.GetPresenters().FirstOrDefault() ?? "";
        var entry = Guid.TryParse(token.GetTokenId(), out var id) ? id : (Guid?)null;
        var subject = token.GetClaim(Claims.Subject) ?? "";
        var standing = await source.FindStanding(
            entry,
            Sessions.Of(token),
            subject,
            client,
            clock.GetUtcNow().LocalDay(),
            context.CancellationToken
        );
        if (!standing.Valid)
        {
            context.Reject(Errors.InvalidToken, "The token no longer stands.");
            return;
        }
        context.Subject = subject;
        context.ClientId = client;
        context.Username = standing.UserName;
        context.Scopes.UnionWith(token.GetScopes());
    }
}

/// <summary>
/// Who may ask about a token: whoever it was given to, whoever it is meant for, and a resource server that an administrator has registered as
/// standing behind the same audience as the API. To anybody else it is no token (RFC 7662, 4).
/// </summary>
internal sealed class IntrospectionParty(IOpenIddictApplicationManager clients)
    : IOpenIddictServerHandler<ValidateIntrospectionRequestContext>
{
    /// <summary>Permission of a client that serves resources with the API's access tokens.</summary>
    public const string ResourceServer = "pac:resource-server";

    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor
            .CreateBuilder<ValidateIntrospectionRequestContext>()
            .UseScopedHandler<IntrospectionParty>()
            .SetOrder(OpenIddictServerHandlers.Introspection.ValidateAuthorizedParty.Descriptor.Order)
            .Build();

    public async ValueTask HandleAsync(ValidateIntrospectionRequestContext context)
    {
        var (token, caller) = (context.GenericTokenPrincipal!, context.ClientId!);
        if (token.HasPresenter(caller) || token.HasAudience(caller))
            return;
        if (
            token.HasTokenType(TokenTypeIdentifiers.AccessToken)
            && token.HasAudience(BearerAuthentication.Audience)
            && await clients.FindByClientIdAsync(caller) is { } client
            && await clients.HasPermissionAsync(client, ResourceServer)
        )
            return;
        context.Reject(Errors.InvalidToken, "The token is not for this client.");
    }
}
