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

/// <summary>Writes problem documents, whatever <c>Accept</c> says; to a person who looks at a page outside the API, the same words on a page.</summary>
public static class Problems
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly string[] NoPages = ["/api", "/connect", "/.well-known", "/health", "/swagger"];

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
        var standard = StandardProblem.For(status);
        if (IsForPerson(http.Request))
            return Page(http, standard, status, detail);
        var language = Language.Of(http.Request);
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

    // A browser names HTML first; programs name it rarely, and nothing of the API or of the protocol is a page.
    private static bool IsForPerson(HttpRequest request) =>
        !Array.Exists(NoPages, p => request.Path.StartsWithSegments(p, StringComparison.Ordinal))
        && request.Headers.Accept.ToString().StartsWith("text/html", StringComparison.OrdinalIgnoreCase);

    private static Task Page(HttpContext http, StandardProblem standard, int status, string? detail)
    {
        var english = HtmlPage.English(http.Request);
        var title = english ? standard.EnglishTitle : standard.VietnameseTitle;
        var text = detail ?? (english ? standard.English : standard.Vietnamese);
        var trace = english ? "Code for the operator" : "Mã để báo cho đơn vị vận hành";
        return HtmlPage
            .Show(
                http,
                english,
                title,
                $"<h1>{HtmlPage.Safe(title)}</h1><p>{HtmlPage.Safe(text)}</p><p class=\"hint\">{trace}: <code>{TraceId(http)}</code></p>",
                status
            )
            .ExecuteAsync(http);
    }
}
