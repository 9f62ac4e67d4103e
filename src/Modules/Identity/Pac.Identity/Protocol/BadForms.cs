using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Pac.Identity.Protocol;

/// <summary>A form that cannot be read (a NUL in a field, a broken encoding) is the caller's fault and gets the protocol's own error.</summary>
internal static class BadForms
{
    public static void RefuseBadForms(this IApplicationBuilder app) =>
        app.Use(
            async (http, next) =>
            {
                try
                {
                    if (http.Request.HasFormContentType)
                        await http.Request.ReadFormAsync(http.RequestAborted);
                }
                catch (Exception e)
                    when (e is InvalidDataException or BadHttpRequestException or InvalidOperationException or ArgumentException)
                {
                    http.Response.StatusCode = StatusCodes.Status400BadRequest;
                    await http.Response.WriteAsJsonAsync(new { error = "invalid_request", error_description = "The form cannot be read." });
                    return;
                }
                await next(http);
            }
        );
}
