using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Pac.BuildingBlocks.Persistence;

namespace Pac.BuildingBlocks.Web;

/// <summary>A thing with the version the database gave it.</summary>
/// <param name="Item">What the caller sees.</param>
/// <param name="Version">Becomes the entity tag.</param>
/// <typeparam name="T">The shape the caller sees.</typeparam>
public sealed record Versioned<T>(T Item, uint Version);

/// <summary>200 with entity tag; 304 when the caller already has this version.</summary>
/// <param name="versioned">The thing.</param>
/// <param name="face">Which face of the thing is shown, when the same version shows different ones, such as by the day it is asked for.</param>
/// <typeparam name="T">The shape the caller sees.</typeparam>
public sealed class ItemAnswer<T>(Versioned<T> versioned, int? face = null) : IResult, IEndpointMetadataProvider
{
    /// <inheritdoc />
    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var tag = ETags.Write(versioned.Version, face);
        httpContext.Response.Headers.ETag = tag;
        if (ETags.AnyMatches(httpContext.Request.Headers.IfNoneMatch, tag))
        {
            httpContext.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }
        return httpContext.Response.WriteAsJsonAsync(versioned.Item, httpContext.RequestAborted);
    }

    static void IEndpointMetadataProvider.PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new AnswerMetadata(StatusCodes.Status200OK, typeof(T), HasETag: true));
}

/// <summary>201 with the address and the entity tag of the new thing.</summary>
/// <param name="location">Its address, relative to the host.</param>
/// <param name="versioned">The thing.</param>
/// <typeparam name="T">The shape the caller sees.</typeparam>
public sealed class CreatedAnswer<T>(string location, Versioned<T> versioned) : IResult, IEndpointMetadataProvider
{
    /// <inheritdoc />
    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        httpContext.Response.StatusCode = StatusCodes.Status201Created;
        httpContext.Response.Headers.Location = location;
        httpContext.Response.Headers.ETag = ETags.Write(versioned.Version);
        return httpContext.Response.WriteAsJsonAsync(versioned.Item, httpContext.RequestAborted);
    }

    static void IEndpointMetadataProvider.PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new AnswerMetadata(StatusCodes.Status201Created, typeof(T), HasETag: true, HasLocation: true));
}

/// <summary>200 with a plain value that has no version of its own.</summary>
/// <param name="value">The value.</param>
/// <typeparam name="T">The shape the caller sees.</typeparam>
public sealed class ValueAnswer<T>(T value) : IResult, IEndpointMetadataProvider
{
    /// <inheritdoc />
    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        return httpContext.Response.WriteAsJsonAsync(value, httpContext.RequestAborted);
    }

    static void IEndpointMetadataProvider.PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new AnswerMetadata(StatusCodes.Status200OK, typeof(T)));
}

/// <summary>200 with one page of a list and a <c>Link</c> to the next one.</summary>
/// <param name="page">The page.</param>
/// <typeparam name="T">One row.</typeparam>
public sealed class PageAnswer<T>(Page<T> page) : IResult, IEndpointMetadataProvider
{
    /// <inheritdoc />
    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        if (page.NextCursor is not null)
        {
            var others = QueryHelpers.ParseQuery(httpContext.Request.QueryString.Value).Where(q => q.Key != "cursor");
            var query = QueryString.Create(others).Add("cursor", page.NextCursor);
            httpContext.Response.Headers.Link = $"<{httpContext.Request.PathBase}{httpContext.Request.Path}{query}>; rel=\"next\"";
        }
        return httpContext.Response.WriteAsJsonAsync(page, httpContext.RequestAborted);
    }

    static void IEndpointMetadataProvider.PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new AnswerMetadata(StatusCodes.Status200OK, typeof(Page<T>), HasLink: true));
}

/// <summary>202 with the address of the job that does the work.</summary>
/// <param name="job">The job.</param>
public sealed class AcceptedAnswer(JobView job) : IResult, IEndpointMetadataProvider
{
    /// <inheritdoc />
    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        httpContext.Response.StatusCode = StatusCodes.Status202Accepted;
        httpContext.Response.Headers.Location = $"/api/v1/jobs/{job.Id}";
        return httpContext.Response.WriteAsJsonAsync(job, httpContext.RequestAborted);
    }

    static void IEndpointMetadataProvider.PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new AnswerMetadata(StatusCodes.Status202Accepted, typeof(JobView), HasLocation: true));
}

/// <summary>204 without a body.</summary>
public sealed class EmptyAnswer : IResult, IEndpointMetadataProvider
{
    /// <inheritdoc />
    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        httpContext.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    static void IEndpointMetadataProvider.PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new AnswerMetadata(StatusCodes.Status204NoContent, null));
}

/// <summary>200 with a file; the endpoint states its media type by <see cref="EndpointMapping.AnswersFile"/>.</summary>
/// <param name="content">Its bytes.</param>
/// <param name="contentType">Its media type.</param>
/// <param name="fileName">The name under which it is saved.</param>
public sealed class FileAnswer(byte[] content, string contentType, string fileName) : IResult
{
    /// <inheritdoc />
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var response = httpContext.Response;
        response.ContentType = contentType;
        response.ContentLength = content.Length;
        response.Headers.ContentDisposition = $"attachment; filename=\"{fileName}\"";
        response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'; frame-ancestors 'none'";
        await response.Body.WriteAsync(content, httpContext.RequestAborted);
    }
}

/// <summary>What an endpoint answers when all goes well; the document is made from it.</summary>
/// <param name="StatusCode">The status.</param>
/// <param name="Type">The shape of the body; null for none.</param>
/// <param name="HasETag">Whether an entity tag comes along.</param>
/// <param name="HasLocation">Whether an address comes along.</param>
/// <param name="HasLink">Whether a link to the next page may come along.</param>
/// <param name="MediaType">Media type of the body.</param>
public sealed record AnswerMetadata(
    int StatusCode,
    Type? Type,
    bool HasETag = false,
    bool HasLocation = false,
    bool HasLink = false,
    string MediaType = "application/json"
) : IProducesResponseTypeMetadata
{
    Type? IProducesResponseTypeMetadata.Type => Type ?? typeof(void);

    IEnumerable<string> IProducesResponseTypeMetadata.ContentTypes => Type is null ? [] : [MediaType];
}

/// <summary>Entity tags from the row version of the database.</summary>
public static class ETags
{
    /// <summary>Writes a version as a strong entity tag.</summary>
    /// <param name="version">The version.</param>
    /// <param name="face">Which face of it is shown; no precondition for a change.</param>
    public static string Write(uint version, int? face = null) =>
        face is null
            ? string.Create(CultureInfo.InvariantCulture, $"\"{version}\"")
            : string.Create(CultureInfo.InvariantCulture, $"\"{version}.{face}\"");

    /// <summary>Whether <c>If-None-Match</c> names the tag: one of a list, weak or strong, or <c>*</c> (RFC 9110, 13.1.2).</summary>
    /// <param name="header">The header.</param>
    /// <param name="tag">The present tag.</param>
    public static bool AnyMatches(StringValues header, string tag) =>
        header.Count > 0
        && EntityTagHeaderValue.TryParseList([.. header.OfType<string>()], out var tags)
        && tags.Any(t => t.Tag == "*" || t.Tag == tag);

    /// <summary>Reads a strong entity tag of ours.</summary>
    public static bool TryRead(string? text, out uint version)
    {
        version = 0;
        if (text is not ['"', .. var inner, '"'])
            return false;
        var dot = inner.IndexOf('.', StringComparison.Ordinal);
        var (number, face) = dot < 0 ? (inner, "0") : (inner[..dot], inner[(dot + 1)..]);
        return uint.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out version)
            && int.TryParse(face, NumberStyles.None, CultureInfo.InvariantCulture, out _);
    }
}

/// <summary>The version the caller saw, from <c>If-Match</c>. A parameter of this type makes the header required.</summary>
/// <param name="Version">The version.</param>
public readonly record struct IfMatch(uint Version)
{
    /// <summary>Reads the header; called by the framework.</summary>
    /// <exception cref="PreconditionException">It is missing, or not a tag that this API gives.</exception>
    public static ValueTask<IfMatch> BindAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var header = context.Request.Headers.IfMatch;
        if (header.Count == 0)
            throw new PreconditionException(missing: true);
        return header.Count == 1 && ETags.TryRead(header[0], out var version)
            ? ValueTask.FromResult(new IfMatch(version))
            : throw new PreconditionException(missing: false);
    }
}

/// <summary>The precondition is missing (428) or can never hold (412).</summary>
/// <param name="missing">Whether it is missing.</param>
public sealed class PreconditionException(bool missing) : Exception
{
    /// <summary>Whether it is missing.</summary>
    public bool Missing { get; } = missing;
}
