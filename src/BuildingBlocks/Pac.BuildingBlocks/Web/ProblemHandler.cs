using System.Data.Common;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;
using Pac.BuildingBlocks.Mediation;
using Pac.SharedKernel;

namespace Pac.BuildingBlocks.Web;

/// <summary>Turns every failure into a problem document: one mapping, nothing forgotten; what it does not know stays 500.</summary>
/// <param name="next">The rest of the pipeline.</param>
/// <param name="logger">Where the unexpected goes.</param>
public sealed partial class ProblemHandler(RequestDelegate next, ILogger<ProblemHandler> logger)
{
    /// <summary>Runs the request.</summary>
    public async Task Invoke(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        try
        {
            await next(http);
        }
        catch (Exception e) when (!http.Response.HasStarted)
        {
            if (
                http.RequestAborted.IsCancellationRequested
                && e is OperationCanceledException or Microsoft.AspNetCore.Connections.ConnectionResetException
            )
            {
                http.Response.StatusCode = 499;
                return;
            }
            http.Response.Headers.ContentLength = null;
            http.Response.ContentType = null;
            await Answer(http, e);
            return;
        }
        if (
            !http.Response.HasStarted
            && http.Response.StatusCode >= 400
            && http.Response.ContentLength is null
            && http.Response.ContentType is null
        )
            await Problems.Write(http, http.Response.StatusCode);
    }

    private Task Answer(HttpContext http, Exception exception)
    {
        switch (exception)
        {
            case BusinessRuleException rule:
                return Refusal(http, rule.Error);
            case NotFoundException missing:
                return Problems.Write(
                    http,
                    404,
                    $"{missing.What}-not-found",
                    missing.Why is var (vietnamese, english) ? Language.Pick(vietnamese, english) : null
                );
            case StaleVersionException:
                return Problems.Write(http, 412);
            case PreconditionException precondition:
                return Problems.Write(http, precondition.Missing ? 428 : 412);
            case InvalidRequestException invalid:
                return Problems.Write(
                    http,
                    400,
                    "invalid",
                    null,
                    [.. invalid.Faults.Select(f => new ProblemError(f.Pointer, f.Code, Language.Pick(f.Vietnamese, f.English)))]
                );
            case ShapeException shape:
                return Problems.Write(
                    http,
                    400,
                    "invalid",
                    null,
                    [.. shape.Failures.Select(f => new ProblemError(Pointer(f.PropertyName), Kebab(f.ErrorCode), f.ErrorMessage))]
                );
            case BadHttpRequestException bad:
                return BadRequest(http, bad);
            case JsonException json:
                return Problems.Write(http, 400, "malformed", null, [JsonFault(json)]);
            case InvalidDataException:
                return Problems.Write(http, 400);
            case DbUpdateConcurrencyException:
                return Problems.Write(http, 409);
            default:
                // EF hands it on inside of exceptions of its own.
                if (
                    Refused(exception)
                    is PostgresErrorCodes.UniqueViolation
                        or PostgresErrorCodes.SerializationFailure
                        or PostgresErrorCodes.DeadlockDetected
                )
                    return Problems.Write(http, 409);
                return DatabaseAway.Is(exception) ? Unavailable(http, exception) : Unexpected(http, exception);
        }
    }

    private static string? Refused(Exception? exception) =>
        exception is null or PostgresException ? (exception as PostgresException)?.SqlState : Refused(exception.InnerException);

    private static Task Refusal(HttpContext http, Error error)
    {
        var status = error.Kind switch
        {
            ErrorKind.RuleBroken => 422,
            ErrorKind.WrongState => 409,
            ErrorKind.NotFound => 404,
            ErrorKind.Stale => 412,
            ErrorKind.Forbidden => 403,
            ErrorKind.Unavailable => 503,
            _ => 400,
        };
        if (status == 503)
            http.Response.Headers.RetryAfter = "10";
        var text = error.TextFor(Language.Of(http.Request));
        return Problems.Write(http, status, error.Code, text, error.Pointer is null ? null : [new(error.Pointer, error.Code, text)]);
    }

    private static Task BadRequest(HttpContext http, BadHttpRequestException bad)
    {
        if (bad.InnerException is JsonException json)
            return Problems.Write(http, 400, "malformed", null, [JsonFault(json)]);
        // A charset other than UTF-8 reaches the reader as an unknown encoding.
        if (bad.InnerException is InvalidOperationException or NotSupportedException or ArgumentException)
            return Problems.Write(http, 415);
        var absent = AbsentParameter().Match(bad.Message);
        if (absent.Success)
            return Problems.Write(
                http,
                400,
                "invalid",
                null,
                [
                    new(
                        "/query" + Pointer(absent.Groups[1].Value),
                        "required",
                        Language.Pick("Thiếu giá trị bắt buộc.", "A required value is missing.")
                    ),
                ]
            );
        var parameter = BoundParameter().Match(bad.Message);
        return parameter.Success
            ? Problems.Write(
                http,
                400,
                "invalid",
                null,
                [
                    new(
                        "/query" + Pointer(parameter.Groups[1].Value),
                        "invalid",
                        Language.Pick("Giá trị không hợp lệ.", "The value is not valid.")
                    ),
                ]
            )
            : Problems.Write(http, bad.StatusCode is >= 400 and < 500 ? bad.StatusCode : 400);
    }

    private static ProblemError JsonFault(JsonException json)
    {
        var path = json.Path is null or "$"
            ? ""
            : json.Path[1..]
                .Replace(".", "/", StringComparison.Ordinal)
                .Replace("[", "/", StringComparison.Ordinal)
                .Replace("]", "", StringComparison.Ordinal);
        var unknown = UnknownMember().Match(json.Message);
        if (unknown.Success)
        {
            return new(
                path.EndsWith('/' + unknown.Groups[1].Value, StringComparison.Ordinal) ? path : $"{path}/{unknown.Groups[1].Value}",
                "unknown-member",
                Language.Pick("Trường này không có trong tài liệu.", "This member is not in the document.")
            );
        }
        var missing = MissingMembers().Match(json.Message);
        if (missing.Success)
            return new(
                $"{path}/{missing.Groups[1].Value}",
                "required",
                Language.Pick("Thiếu trường bắt buộc.", "A required member is missing.")
            );
        return json.Message.Contains("control-character", StringComparison.Ordinal)
            ? new(path, "control-character", Language.Pick("Có ký tự điều khiển không được phép.", "It holds a control character."))
            : new(
                path,
                "malformed",
                Language.Pick("Giá trị không đúng kiểu hoặc định dạng.", "The value is not of the right type or form.")
            );
    }

    private Task Unavailable(HttpContext http, Exception exception)
    {
        Log.DatabaseAway(logger, exception.GetType().Name, Problems.TraceId(http));
        http.Response.Headers.RetryAfter = "2";
        return Problems.Write(http, 503);
    }

    private Task Unexpected(HttpContext http, Exception exception)
    {
        var useCase = http.GetEndpoint()?.Metadata.GetMetadata<UseCaseMetadata>()?.UseCase ?? "";
        Log.Unhandled(logger, exception.GetType().Name, useCase, Problems.TraceId(http), exception);
        return Problems.Write(http, 500);
    }

    private static string Pointer(string propertyPath) =>
        string.Concat(
            propertyPath
                .Replace("]", "", StringComparison.Ordinal)
                .Split('.', '[')
                .Select(p => '/' + (p.Length > 0 ? char.ToLowerInvariant(p[0]) + p[1..] : p))
        );

    private static string Kebab(string code) =>
        WordStart().Replace(code.Replace("Validator", "", StringComparison.Ordinal), "-$1").TrimStart('-').ToLowerInvariant();

    [GeneratedRegex("\"[^\"]*?(\\w+)\" from \"")]
    private static partial Regex BoundParameter();

    [GeneratedRegex("^Required parameter \"[^\"]*?(\\w+)\" was not provided from query string")]
    private static partial Regex AbsentParameter();

    [GeneratedRegex("^The JSON property '([^']{1,60})' could not be mapped")]
    private static partial Regex UnknownMember();

    [GeneratedRegex("missing required properties[^']*'([^']{1,60})'")]
    private static partial Regex MissingMembers();

    [GeneratedRegex("(?<!^)([A-Z])")]
    private static partial Regex WordStart();
}

/// <summary>Tells a database that is away from a fault of ours.</summary>
public static class DatabaseAway
{
    /// <summary>Whether the failure means that the database cannot be reached, is starting, or is out of room.</summary>
    public static bool Is(Exception? exception) =>
        exception switch
        {
            null => false,
            PostgresException p => p.SqlState.StartsWith("57P", StringComparison.Ordinal)
                || p.SqlState.StartsWith("53", StringComparison.Ordinal)
                || p.SqlState.StartsWith("08", StringComparison.Ordinal) && p.SqlState != PostgresErrorCodes.ProtocolViolation
                // A database that takes no connections, as while it is maintained, answers with a state of its own.
                || p.SqlState is PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.ObjectNotInPrerequisiteState,
            NpgsqlException or TimeoutException or System.Net.Sockets.SocketException => true,
            DbException or InvalidOperationException or DbUpdateException => Is(exception.InnerException),
            _ => false,
        };
}
