using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Pac.Identity.Protocol;

/// <summary>Where OpenIddict uses another word than the standard has for the case.</summary>
internal static class ErrorCodes
{
    private const string Pending = "pac:client-assertion";

    public static IEnumerable<OpenIddictServerHandlerDescriptor> All { get; } =
    [
        // RFC 7523, 3.2: an assertion that does not hold is a client that is not known. As an invalid token it would make introspection
        // answer "not active" to a stranger.
        OpenIddictServerHandlerDescriptor
            .CreateBuilder<ProcessAuthenticationContext>()
            .UseInlineHandler(context => Mark(context, context.ClientAssertion is { Length: > 0 }))
            .SetOrder(OpenIddictServerHandlers.ValidateClientAssertion.Descriptor.Order - 1)
            .Build(),
        OpenIddictServerHandlerDescriptor
            .CreateBuilder<ProcessAuthenticationContext>()
            .UseInlineHandler(context => Mark(context, false))
            .SetOrder(OpenIddictServerHandlers.ValidateClientId.Descriptor.Order - 1)
            .Build(),
        OpenIddictServerHandlerDescriptor
            .CreateBuilder<ProcessErrorContext>()
            .UseInlineHandler(context =>
            {
                if (context.Transaction.Properties.ContainsKey(Pending))
                    (context.Error, context.ErrorDescription) = (Errors.InvalidClient, "The client assertion does not hold.");
                return default;
            })
            .SetOrder(int.MinValue)
            .Build(),
        // OpenID Connect Core 1.0, 3.1.2.6: there is no registration by the client itself.
        OpenIddictServerHandlerDescriptor
            .CreateBuilder<ValidateAuthorizationRequestContext>()
            .UseInlineHandler(context =>
            {
                if (context.Request.HasParameter("registration"))
                    context.Reject(Errors.RegistrationNotSupported, "Clients are registered by an administrator.");
                return default;
            })
            .SetOrder(int.MaxValue - 100_000)
            .Build(),
    ];

    private static ValueTask Mark(ProcessAuthenticationContext context, bool pending)
    {
        if (pending)
            context.Transaction.Properties[Pending] = "";
        else
            context.Transaction.Properties.Remove(Pending);
        return default;
    }
}
