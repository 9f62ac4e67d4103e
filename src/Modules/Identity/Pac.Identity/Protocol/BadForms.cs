using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Pac.BuildingBlocks.Web;

namespace Pac.Identity.Protocol;

/// <summary>
/// A form that cannot be read (a NUL in a field, a broken encoding) and a parameter that comes twice (RFC 6749, 3.1 and 3.2) are the
/// caller's fault and get the protocol's own error.
/// </summary>
internal static class BadForms
{
    public static void RefuseBadForms(this IApplicationBuilder app) =>
        app.Use(
            async (http, next) =>
            {
                if (http.Request.HasFormContentType && !await IsReadable(http))
                {
                    await Refuse(http, "The form cannot be read.");
                    return;
                }
                if (http.Request.Path.StartsWithSegments("/connect", StringComparison.Ordinal) && ComesTwice(http.Request) is { } name)
                {
                    await Refuse(http, $"The parameter {name} may come once only.");
                    return;
                }
                await next(http);
            }
        );

    private static Task Refuse(HttpContext http, string description)
    {
        const string error = "invalid_request";
        if (http.Request.Path.Value is "/connect/authorize" or "/connect/endsession")
            return ErrorPages.Show(http, error, description).ExecuteAsync(http);
        if (http.Request.Path.StartsWithSegments("/admin", StringComparison.Ordinal))
            return Problems.Write(http, StatusCodes.Status400BadRequest, "control-character");
        http.Response.StatusCode = StatusCodes.Status400BadRequest;
        return http.Response.WriteAsJsonAsync(new { error, error_description = description });
    }

    // Resources may be several (RFC 8707, 2); a name of nobody's is not repeated to anybody.
    private static string? ComesTwice(HttpRequest request)
    {
        IEnumerable<KeyValuePair<string, StringValues>> all = request.HasFormContentType
            ? request.Query.Concat(request.Form)
            : request.Query;
        var twice = all.Where(p => p.Value.Count > 1 && p.Key is not ("resource" or "audience")).Select(p => p.Key).FirstOrDefault();
        return twice is null || twice.Length <= 40 && twice.All(c => char.IsAsciiLetterLower(c) || c == '_') ? twice : "(…)";
    }

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
