using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;
using Pac.BuildingBlocks.Security;
using Pac.SharedKernel;

namespace Pac.BuildingBlocks.Web;

/// <summary>Everything the API promises for every endpoint, settled once.</summary>
public static class ApiPipeline
{
    /// <summary>Version of the API, on every answer.</summary>
    public const string ApiVersion = "1.0.0";

    /// <summary>Most characters of a text in the query.</summary>
    public const int LongestQueryText = 400;

    private const int LongestKey = 100;

    /// <summary>Registers strict JSON and strict binding.</summary>
    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(o => Json.Configure(o.SerializerOptions));
        services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        services.AddOptions<RateLimitOptions>().BindConfiguration("RateLimits");
        services.AddCors();
        return services;
    }

    /// <summary>The order of work on a request: headers, problems, routing, token, limits, rights, input.</summary>
    /// <param name="app">The host.</param>
    /// <param name="modules">The modules of this host; they look after requests outside <c>/api</c> themselves.</param>
    public static void UseApi(this IApplicationBuilder app, IReadOnlyList<IModule> modules)
    {
        ArgumentNullException.ThrowIfNull(app);
        ArgumentNullException.ThrowIfNull(modules);
        // Left alone, the framework puts authentication in front of everything: of headers, problems, limits and input checks.
        app.Properties["__AuthenticationMiddlewareSet"] = true;
        app.Use(Headers);
        app.UseMiddleware<ProblemHandler>();
        app.Use(AnswerHeadAsGet);
        app.UseRouting();
        app.UseCors();
        app.Use(Authenticate);
        app.UseMiddleware<RateLimits>();
        app.Use(RefuseControlCharacters);
        app.Use((http, next) => Authorize(http, next, modules));
        app.Use(CheckInput);
        app.UseMiddleware<PublicData>();
        app.UseWhen(
            http => !http.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal),
            outside =>
            {
                foreach (var module in modules)
                    module.UseOutsideApi(outside);
            }
        );
    }

    private static Task Headers(HttpContext http, RequestDelegate next)
    {
        CultureInfo.CurrentUICulture = Language.Of(http.Request);
        var headers = http.Response.Headers;
        headers["API-Version"] = ApiVersion;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        headers.CacheControl = "no-store";
        if (http.Request.IsHttps)
            headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
        return next(http);
    }

    // RFC 9110, 9.3.2: what can be read can be asked for its headers alone. The server leaves the body out once it sees HEAD again.
    private static Task AnswerHeadAsGet(HttpContext http, RequestDelegate next)
    {
        if (!HttpMethods.IsHead(http.Request.Method))
            return next(http);
        http.Request.Method = HttpMethods.Get;
        http.Response.OnStarting(
            static state =>
            {
                ((HttpContext)state).Request.Method = HttpMethods.Head;
                return Task.CompletedTask;
            },
            http
        );
        return next(http);
    }

    private static Task RefuseControlCharacters(HttpContext http, RequestDelegate next) =>
        Json.HasControlCharacter(http.Request.Path.Value)
        || http.Request.Query.Any(q => Json.HasControlCharacter(q.Key) || q.Value.Any(v => Json.HasControlCharacter(v)))
            ? Problems.Write(http, StatusCodes.Status400BadRequest, "control-character")
            : next(http);

    // Only what states a right is authenticated here; pages outside the API look after themselves.
    private static async Task Authenticate(HttpContext http, RequestDelegate next)
    {
        if (NeedsToken(http.GetEndpoint()))
        {
            var result = await http.AuthenticateAsync("Bearer");
            if (result.Principal is { } principal)
                http.User = principal;
        }
        await next(http);
    }

    private static bool NeedsToken(Endpoint? endpoint) =>
        endpoint is not null
        && (
            endpoint.Metadata.GetMetadata<PermissionMetadata>() is not null || endpoint.Metadata.GetMetadata<SignedInMetadata>() is not null
        );

    private static async Task Authorize(HttpContext http, RequestDelegate next, IReadOnlyList<IModule> modules)
    {
        var endpoint = http.GetEndpoint();
        var user = http.RequestServices.GetRequiredService<CurrentUser>();
        var address = http.Connection.RemoteIpAddress?.ToString();
        if (!NeedsToken(endpoint))
        {
            user.Become(Caller.Anonymous, address);
            await next(http);
            return;
        }
        if (http.User.Identity is not CallerIdentity identity)
        {
            await http.ChallengeAsync("Bearer");
            await Problems.Write(http, StatusCodes.Status401Unauthorized);
            return;
        }
        var needed = endpoint!.Metadata.GetMetadata<PermissionMetadata>()?.Permission;
        user.Become(identity.Caller, address, needed);
        if (needed is not null && !identity.Caller.May(needed))
        {
            await NoteRefusal(http, needed);
            await Problems.Write(http, StatusCodes.Status403Forbidden);
            return;
        }
        // A sign-in alone opens nothing of the API: the person must have let the application touch some part of it.
        if (needed is null && !modules.Any(m => identity.Caller.Touches(m.Name)))
        {
            await Problems.Write(http, StatusCodes.Status403Forbidden);
            return;
        }
        await next(http);
    }

    // OWASP ASVS 5.0, 16.3.2: who tried what he may not.
    private static async Task NoteRefusal(HttpContext http, Permission needed)
    {
        var useCase = http.GetEndpoint()!.Metadata.GetRequiredMetadata<UseCaseMetadata>();
        if (http.RequestServices.GetServices<ModuleContext>().FirstOrDefault(m => m.Module.Name == useCase.Module) is not { } module)
            return;
        var db = module.Resolve(http.RequestServices);
        db.Note("Refusal", needed.Name, act: useCase.UseCase);
        await db.SaveChangesAsync(http.RequestAborted);
    }

    private static Task CheckInput(HttpContext http, RequestDelegate next)
    {
        if (http.Request.Path is { Value: ['/', 'a', 'p', 'i', '/', .., '/'] })
            return Problems.Write(http, StatusCodes.Status404NotFound);
        if (http.GetEndpoint()?.Metadata.GetMetadata<QueryMetadata>() is { } known)
            CheckQuery(http.Request, known.Types);
        if (!IsUtf8(http.Request))
            return Problems.Write(http, StatusCodes.Status415UnsupportedMediaType);
        if (!HttpMethods.IsPost(http.Request.Method))
            return next(http);
        var user = http.RequestServices.GetRequiredService<CurrentUser>();
        if (http.Request.Headers.TryGetValue("Idempotency-Key", out var keys))
        {
            if (keys is not [{ Length: > 0 and <= LongestKey } key] || key.Any(c => c is <= ' ' or > '~'))
                throw new InvalidRequestException([
                    new(
                        "/header/Idempotency-Key",
                        "invalid",
                        "Idempotency-Key dài 1–100 ký tự ASCII.",
                        "Idempotency-Key is 1 to 100 printable ASCII characters."
                    ),
                ]);
            user.IdempotencyKey = key;
        }
        else if (user.Caller.MustSendIdempotencyKey)
        {
            throw new InvalidRequestException([
                new(
                    "/header/Idempotency-Key",
                    "required",
                    "Ứng dụng này được đăng ký phải gửi Idempotency-Key.",
                    "This application is registered to send an Idempotency-Key."
                ),
            ]);
        }
        return next(http);
    }

    private static void CheckQuery(HttpRequest request, Dictionary<string, Type> known)
    {
        Dictionary<string, StringValues>? bound = null;
        foreach (var (name, values) in request.Query)
        {
            if (!known.TryGetValue(name, out var type))
                throw InvalidRequestException.Query(
                    name,
                    "unknown-parameter",
                    "Tham số này không có trong tài liệu.",
                    "This parameter is not in the document."
                );
            if (values.Count > 1 && type != typeof(string[]))
                throw InvalidRequestException.Query(name, "repeated", "Tham số bị lặp lại.", "The parameter is given more than once.");
            if (values.Any(v => v?.Length > LongestQueryText))
                throw InvalidRequestException.Query(
                    name,
                    "too-long",
                    "Giá trị dài quá 400 ký tự.",
                    "The value has more than 400 characters."
                );
            if (!IsWritten(type, values[0]))
                throw InvalidRequestException.Query(name, "invalid", "Giá trị không hợp lệ.", "The value is not valid.");
            // The framework binds enumerations by their names in code only.
            if (type.IsEnum)
                (bound ??= new(request.Query))[name] = EnumText.NameOf(type, values[0]!);
        }
        if (bound is not null)
            request.HttpContext.Features.Set<IQueryFeature>(new QueryFeature(new QueryCollection(bound)));
    }

    // The framework reads more forms than the document names: numbers for enumerations, days of any country, instants without an offset.
    private static bool IsWritten(Type type, string? text) =>
        type.IsEnum ? EnumText.NameOf(type, text) is not null
        : type == typeof(DateOnly) ? DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
        : type != typeof(DateTimeOffset) || Instants.TryParse(text, out _);

    private static bool IsUtf8(HttpRequest request)
    {
        if (
            request.ContentType is not { } text
            || !Microsoft.Net.Http.Headers.MediaTypeHeaderValue.TryParse(text, out var type)
            || !type.Charset.HasValue
        )
            return true;
        if (!type.Charset.Value!.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase))
            return false;
        // The reader of bodies does not know the quoted form; UTF-8 is what it takes without a word.
        type.Charset = default;
        request.ContentType = type.ToString();
        return true;
    }
}
