using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Pac.BuildingBlocks.Web;

/// <summary>That an answer is the same for everybody and may be kept for a short while.</summary>
public sealed record PublicDataMetadata;

/// <summary>Lets anybody keep public reference data for a minute and ask afterwards whether it still stands (RFC 9111).</summary>
/// <param name="next">The rest of the pipeline.</param>
public sealed class PublicData(RequestDelegate next)
{
    /// <summary>Runs the request; an answer that is public data gets an entity tag of its content.</summary>
    public async Task Invoke(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        if (http.GetEndpoint()?.Metadata.GetMetadata<PublicDataMetadata>() is null)
        {
            await next(http);
            return;
        }
        var client = http.Response.Body;
        // A page of a list: small enough to look at before it is sent.
        using var answer = new MemoryStream();
        http.Response.Body = answer;
        try
        {
            await next(http);
        }
        finally
        {
            http.Response.Body = client;
        }
        if (http.Response.StatusCode == StatusCodes.Status200OK)
        {
            var tag = $"\"{Base64Url.EncodeToString(SHA256.HashData(answer.GetBuffer().AsSpan(0, (int)answer.Length)).AsSpan(0, 12))}\"";
            http.Response.Headers.ETag = tag;
            http.Response.Headers.CacheControl = "public, max-age=60";
            if (ETags.AnyMatches(http.Request.Headers.IfNoneMatch, tag))
            {
                http.Response.StatusCode = StatusCodes.Status304NotModified;
                http.Response.ContentLength = null;
                return;
            }
        }
        answer.Position = 0;
        await answer.CopyToAsync(client, http.RequestAborted);
    }
}

/// <summary>How an endpoint says that its answer is public data.</summary>
public static class PublicDataMapping
{
    /// <summary>States that the answer is the same for everybody and may be kept for a minute.</summary>
    public static TBuilder IsPublicData<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new PublicDataMetadata());
}
