using OpenIddict.Abstractions;
using OpenIddict.Server;
using Pac.Identity.Domain;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Pac.Identity.Protocol;

/// <summary>A client that an administrator has disabled is refused at every endpoint.</summary>
internal sealed class RefuseDisabledClients(IOpenIddictApplicationManager clients) : IOpenIddictServerHandler<ProcessAuthenticationContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor
            .CreateBuilder<ProcessAuthenticationContext>()
            .UseScopedHandler<RefuseDisabledClients>()
            .SetOrder(OpenIddictServerHandlers.ValidateClientId.Descriptor.Order + 1)
            .Build();

    public async ValueTask HandleAsync(ProcessAuthenticationContext context)
    {
        if (context.ClientId is { Length: > 0 } id && await clients.FindByClientIdAsync(id) is Client { Disabled: true })
            context.Reject(
                // RFC 6749, 4.1.2.1 and 5.2: the two kinds of endpoint have words of their own.
                context.EndpointType
                    is OpenIddictServerEndpointType.Authorization
                        or OpenIddictServerEndpointType.EndSession
                    ? OpenIddictConstants.Errors.UnauthorizedClient
                    : OpenIddictConstants.Errors.InvalidClient,
                "The client is not known, or not enabled."
            );
    }
}
