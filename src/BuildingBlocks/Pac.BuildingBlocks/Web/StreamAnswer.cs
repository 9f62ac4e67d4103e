using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Pac.BuildingBlocks.Web;

/// <summary>
/// 200 with a file that is read while it is sent, 206 with a part of it, or 304. It is saved and never shown: an attachment, in a sandbox, of no
/// other type than the one stated.
/// </summary>
/// <param name="file">The file, read from any place; closed afterwards.</param>
/// <param name="contentType">Its media type.</param>
/// <param name="fileName">The name under which it is saved, in any script (RFC 8187).</param>
/// <param name="entityTag">What tells these bytes from any others, without quotes.</param>
public sealed class StreamAnswer(Stream file, string contentType, string fileName, string entityTag) : IResult
{
    /// <inheritdoc />
    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        httpContext.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'; frame-ancestors 'none'";
        return TypedResults
            .Stream(file, contentType, fileName, entityTag: new EntityTagHeaderValue($"\"{entityTag}\""), enableRangeProcessing: true)
            .ExecuteAsync(httpContext);
    }
}
