using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Pac.Identity.Protocol;

/// <summary>The page that posts an answer to the application (OAuth 2.0 Form Post Response Mode) may run its one line of script, and no other.</summary>
internal static class FormPost
{
    // As OpenIddict writes it.
    private const string Script = "document.form.submit();";

    private static readonly string Policy =
        $"default-src 'none'; script-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.ASCII.GetBytes(Script)))}'; base-uri 'none'; frame-ancestors 'none'";

    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor
            .CreateBuilder<ApplyAuthorizationResponseContext>()
            .UseInlineHandler(context =>
            {
                if (context.ResponseMode == ResponseModes.FormPost && context.RedirectUri is { Length: > 0 })
                    context.Transaction.GetHttpRequest()!.HttpContext.Response.Headers.ContentSecurityPolicy = Policy;
                return default;
            })
            .SetOrder(OpenIddictServerAspNetCoreHandlers.Authentication.ProcessFormPostResponse.Descriptor.Order - 1)
            .Build();
}
