using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace Pac.BuildingBlocks.Web;

/// <summary>A problem document (RFC 9457). Every failure is answered by one.</summary>
/// <param name="Type">Stable URI of the kind of problem.</param>
/// <param name="Title">The kind of problem in the reader's language.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Detail">What went wrong this time; never personal data.</param>
/// <param name="Instance">Path of the request.</param>
/// <param name="Code">Stable machine word.</param>
/// <param name="TraceId">Trace under which the operator finds it.</param>
/// <param name="Errors">The input members at fault.</param>
public sealed record Problem(
    string Type,
    string Title,
    int Status,
    string Detail,
    string Instance,
    string Code,
    string TraceId,
    IReadOnlyList<ProblemError>? Errors = null
);

/// <summary>One input member at fault.</summary>
/// <param name="Pointer">JSON pointer into the body, or <c>/query/name</c>.</param>
/// <param name="Code">Stable machine word.</param>
/// <param name="Detail">What is wrong, in the reader's language.</param>
public sealed record ProblemError(string Pointer, string Code, string Detail);

/// <summary>Writes problem documents, whatever <c>Accept</c> says.</summary>
public static class Problems
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The trace under which the operator finds this request.</summary>
    public static string TraceId(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        return Activity.Current?.TraceId.ToHexString() ?? http.TraceIdentifier;
    }

    /// <summary>Writes a problem with the standard title of its status.</summary>
    /// <param name="http">The request.</param>
    /// <param name="status">HTTP status.</param>
    /// <param name="code">Stable machine word; the standard one of the status when null.</param>
    /// <param name="detail">What went wrong; the standard sentence of the status when null.</param>
    /// <param name="errors">The input members at fault.</param>
    public static Task Write(
        HttpContext http,
        int status,
        string? code = null,
        string? detail = null,
        IReadOnlyList<ProblemError>? errors = null
    )
    {
        ArgumentNullException.ThrowIfNull(http);
        var language = Language.Of(http.Request);
        var standard = StandardProblem.For(status);
        code ??= standard.Code;
        var english = language.TwoLetterISOLanguageName == "en";
        var problem = new Problem(
            $"/problems/{code}",
            english ? standard.EnglishTitle : standard.VietnameseTitle,
            status,
            detail ?? (english ? standard.English : standard.Vietnamese),
            http.Request.Path.Value ?? "/",
            code,
            TraceId(http),
            errors
        );
        http.Response.StatusCode = status;
        http.Response.Headers.ContentLanguage = language.TwoLetterISOLanguageName;
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ETag = default;
        http.Response.Headers.Location = default;
        return http.Response.WriteAsJsonAsync(problem, Options, "application/problem+json", http.RequestAborted);
    }
}
