using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Pac.Identity.Protocol;

/// <summary>
/// A client's signed assertion names its type, or says only that it is a JWT, or says nothing: RFC 7523 asks for none, and the libraries of others
/// write none. OpenIddict alone would take the first kind only. Signature, issuer, audience and end are looked at as ever.
/// </summary>
internal static class AssertionTypes
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor
            .CreateBuilder<ValidateTokenContext>()
            .UseInlineHandler(context =>
            {
                if (context.TokenValidationParameters is { ValidTypes: { } types } parameters && types.Contains(Assertion))
                    parameters.TypeValidator = (type, _, _) =>
                        type is null or "" || IsAssertion(type)
                            ? Assertion
                            : throw new SecurityTokenInvalidTypeException("The token is of another type.") { InvalidType = type };
                return default;
            })
            .SetOrder(OpenIddictServerHandlers.Protection.ValidateIdentityModelToken.Descriptor.Order - 1)
            .Build();

    private static string Assertion => OpenIddictConstants.JsonWebTokenTypes.ClientAuthentication;

    private static bool IsAssertion(string type) =>
        type.Equals(Assertion, StringComparison.OrdinalIgnoreCase) || type.Equals("JWT", StringComparison.OrdinalIgnoreCase);
}
