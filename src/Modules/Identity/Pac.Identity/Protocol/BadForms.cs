using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Pac.BuildingBlocks.Web;

namespace Pac.Identity.Protocol;

/// <summary>A form that cannot be read (a NUL in a field, a broken encoding) is the caller's fault and gets the protocol's own error.</summary>
internal static class BadForms
{
    public static void RefuseBadForms(this IApplicationBuilder app) =>
        app.Use(
            async (http, next) =>
            {
                if (http.Request.HasFormContentType && !await IsReadable(http))
                {
                    http.Response.StatusCode = StatusCodes.Status400BadRequest;
                    await http.Response.WriteAsJsonAsync(new { error = "invalid_request", error_description = "The form cannot be read." });
                    return;
                }
                await next(http);
            }
        );

    // An escaped NUL is refused by the reader of forms, a bare one is not; a multipart form that breaks off is an end of stream.
    private static async Task<bool> IsReadable(HttpContext http)
    {
        try
        {
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            return !form.Any(f => Json.HasControlCharacter(f.Key) || f.Value.Any(v => Json.HasControlCharacter(v)));
        }
        catch (Exception e)
            when (e is InvalidDataException or BadHttpRequestException or InvalidOperationException or ArgumentException or IOException
                && !http.RequestAborted.IsCancellationRequested
            )
        {
            return false;
        }
    }
}
