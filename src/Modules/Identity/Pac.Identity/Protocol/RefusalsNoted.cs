using OpenIddict.Abstractions;
using OpenIddict.Server;
using Pac.Identity.Persistence;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Pac.Identity.Protocol;

/// <summary>
/// Writes into the audit trail that an application was refused (a wrong secret or assertion, an unknown or a disabled one), and that a code or a
/// refresh token came a second time (OWASP ASVS 5.0, 16.3.1).
/// </summary>
internal sealed class RefusalsNoted(IdentityStore db, IOpenIddictApplicationManager clients) : IOpenIddictServerHandler<ProcessErrorContext>
{
    private const string Presented = "pac:presented";

    public static IEnumerable<OpenIddictServerHandlerDescriptor> All { get; } =
    [
        // Whose token it is, is known only until it is refused.
        OpenIddictServerHandlerDescriptor
            .CreateBuilder<ValidateTokenContext>()
            .UseInlineHandler(context =>
            {
                if (context.Principal is { } principal)
                    context.Transaction.Properties[Presented] = principal;
                return default;
            })
            .SetOrder(OpenIddictServerHandlers.Protection.ValidateTokenEntry.Descriptor.Order - 1)
            .Build(),
        // After the error has got the word of the standard.
        OpenIddictServerHandlerDescriptor
            .CreateBuilder<ProcessErrorContext>()
            .UseScopedHandler<RefusalsNoted>()
            .SetOrder(int.MinValue + 1)
            .Build(),
    ];

    public async ValueTask HandleAsync(ProcessErrorContext context)
    {
        if (context.Error is OpenIddictConstants.Errors.InvalidClient)
        {
            // A name that nobody has is anybody's text and stays out.
            var claimed = context.Transaction.Request?.ClientId;
            var known =
                claimed is { Length: > 0 and <= 100 } && await clients.FindByClientIdAsync(claimed, context.CancellationToken) is not null;
            db.Note("Client", known ? claimed! : "", null, "client-refused");
        }
        else if (
            Again(context.ErrorUri) is { } act
            && context.Transaction.Properties.GetValueOrDefault(Presented) is System.Security.Claims.ClaimsPrincipal principal
        )
        {
            db.Note(
                "Authorization",
                principal.GetAuthorizationId() ?? "",
                null,
                act,
                principal.GetClaim(OpenIddictConstants.Claims.Subject) ?? ""
            );
        }
        else
        {
            return;
        }
        await db.SaveChangesAsync(context.CancellationToken);
    }

    // The library tells its refusals apart by the address of their explanation.
    private static string? Again(string? uri) =>
        uri is null ? null
        : uri.EndsWith("ID2010", StringComparison.Ordinal) ? "code-reused"
        : uri.EndsWith("ID2012", StringComparison.Ordinal) ? "refresh-token-reused"
        : null;
}
