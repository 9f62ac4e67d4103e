using System.Security.Cryptography;
using System.Text;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using Pac.Identity.Persistence;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Pac.Identity.Protocol;

/// <summary>A client's signed assertion is good once (OpenID Connect Core 1.0, 9: jti), on all hosts together.</summary>
internal sealed class AssertionsOnce(IdentityStore db, TimeProvider clock) : IOpenIddictServerHandler<ProcessAuthenticationContext>
{
    // An assertion that is good for longer was not made for one request.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor
            .CreateBuilder<ProcessAuthenticationContext>()
            .AddFilter<OpenIddictServerHandlerFilters.RequireClientAssertionPrincipal>()
            .UseScopedHandler<AssertionsOnce>()
            // After the signature and every other claim have been looked at, so that nobody uses up another's jti.
            .SetOrder(OpenIddictServerHandlers.ValidateClientSecret.Descriptor.Order + 1)
            .Build();

    public async ValueTask HandleAsync(ProcessAuthenticationContext context)
    {
        var assertion = context.ClientAssertionPrincipal!;
        var now = clock.GetUtcNow();
        if (assertion.GetClaim(OpenIddictConstants.Claims.JwtId) is not { Length: > 0 and <= 200 } id)
        {
            context.Reject(OpenIddictConstants.Errors.InvalidClient, "The client assertion must carry a jti of at most 200 characters.");
            return;
        }
        // The library allows a few minutes beyond the end; a note of what was used is not kept that long.
        if (assertion.GetExpirationDate() is not { } expires || expires > now + Longest || expires <= now)
        {
            context.Reject(OpenIddictConstants.Errors.InvalidClient, "The client assertion must end after now and within ten minutes.");
            return;
        }
        var key = SHA256.HashData(Encoding.UTF8.GetBytes(context.ClientId + "\n" + id));
        if (!await db.TakeAssertion(key, expires.ToUniversalTime(), context.CancellationToken))
            context.Reject(OpenIddictConstants.Errors.InvalidClient, "The client assertion was already used.");
    }
}
