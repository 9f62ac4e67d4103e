using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.OpenApi;
using Pac.BuildingBlocks.Web;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Pac.Host.OpenApi;

/// <summary>Says of every operation what the pipeline does for it, from the metadata that the pipeline itself reads.</summary>
internal sealed class OperationRules : IOperationFilter
{
    private const int MostInQuery = 100;

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var facts = context.ApiDescription.ActionDescriptor.EndpointMetadata;
        var useCase =
            facts.OfType<UseCaseMetadata>().LastOrDefault()
            ?? throw new InvalidOperationException($"{context.ApiDescription.RelativePath} states no use case.");
        var call = new Call(
            HttpMethod.Parse(context.ApiDescription.HttpMethod!),
            '/' + context.ApiDescription.RelativePath,
            facts.OfType<AnswerMetadata>().LastOrDefault(),
            facts.OfType<MethodInfo>().LastOrDefault()?.GetParameters().Any(p => p.ParameterType == typeof(IfMatch)) == true
        );
        operation.OperationId = useCase.UseCase;
        operation.Tags = new HashSet<OpenApiTagReference> { new(Wording.Tag(useCase.Module), context.Document) };
        operation.Security = Access.Of(facts, context.Document);
        SetParameters(operation, call, context.Document);
        SetBody(operation, facts);
        SetAnswers(operation, call, facts, context.Document);
    }

    private static void SetParameters(OpenApiOperation operation, Call call, OpenApiDocument document)
    {
        var owner = call.Path.Split('/').LastOrDefault(s => s.Length > 0 && s[0] != '{') ?? "";
        var parameters = new List<IOpenApiParameter>();
        foreach (var parameter in operation.Parameters ?? [])
        {
            if (SharedParts.PageParameters.TryGetValue(parameter.Name!, out var shared))
            {
                parameters.Add(new OpenApiParameterReference(shared, document));
                continue;
            }
            if (parameter is OpenApiParameter own)
            {
                if (own.In == ParameterLocation.Query)
                    BoundQuery(own.Schema as OpenApiSchema);
                var parent = own.In == ParameterLocation.Path ? Before(call.Path, own.Name!) : owner;
                own.Example ??= Examples.Of(parent, own.Name!, own.Schema!, document);
                own.Description = Wording.Longer(own.Description ?? Wording.FromName(own.Name!), own.Example);
            }
            parameters.Add(parameter);
        }
        if (call.NeedsIfMatch)
            parameters.Add(new OpenApiParameterReference("IfMatch", document));
        if (call is { IsRead: true, Answer.HasETag: true })
            parameters.Add(new OpenApiParameterReference("IfNoneMatch", document));
        if (call.Method == HttpMethod.Post)
            parameters.Add(new OpenApiParameterReference("IdempotencyKey", document));
        parameters.Add(new OpenApiParameterReference("AcceptLanguage", document));
        operation.Parameters = parameters;
    }

    private static void BoundQuery(OpenApiSchema? schema)
    {
        if (schema?.Type == JsonSchemaType.Array)
        {
            schema.MaxItems ??= MostInQuery;
            BoundQuery(schema.Items as OpenApiSchema);
        }
        if (schema?.Type == JsonSchemaType.String)
            schema.MaxLength = Math.Min(schema.MaxLength ?? int.MaxValue, ApiPipeline.LongestQueryText);
    }

    // The noun in front of a path parameter tells whose it is.
    private static string Before(string path, string parameter)
    {
        var segments = path.Split('/');
        var at = Array.IndexOf(segments, $"{{{parameter}}}");
        return at > 0 ? segments[at - 1] : "";
    }

    private static void SetBody(OpenApiOperation operation, IList<object> facts)
    {
        // A body that the handler reads by itself is known only by what it accepts.
        if (operation.RequestBody is null && facts.OfType<IAcceptsMetadata>().LastOrDefault() is { } accepts)
            operation.RequestBody = new OpenApiRequestBody { Content = Files(accepts.ContentTypes) };
        if (operation.RequestBody is not OpenApiRequestBody body)
            return;
        if (body.Content is not { Count: > 0 })
            body.Content = Files(["application/octet-stream"]);
        foreach (var (mediaType, content) in body.Content)
        {
            if (IsFile(mediaType) && content is OpenApiMediaType file)
                file.Schema = SharedParts.File(mediaType);
            body.Description ??= content.Schema?.Description ?? "What is sent.";
        }
        body.Required = true;
    }

    private static void SetAnswers(OpenApiOperation operation, Call call, IList<object> facts, OpenApiDocument document)
    {
        var answers = new OpenApiResponses();
        foreach (var (status, answer) in (operation.Responses ?? []).Where(r => r.Key[0] == '2'))
        {
            if (answer is not OpenApiResponse own)
                continue;
            own.Headers = SharedParts.Headers(document, SharedParts.Everywhere);
            if (call.Answer is { } given && Wording.Number(given.StatusCode) == status)
                AddHeaders(own.Headers, given, document);
            var files = facts
                .OfType<IProducesResponseTypeMetadata>()
                .Where(p => Wording.Number(p.StatusCode) == status)
                .SelectMany(p => p.ContentTypes)
                .Where(IsFile)
                .ToList();
            if (files.Count > 0)
                own.Content = (own.Content ?? new Dictionary<string, IOpenApiMediaType>())
                    .Where(c => !IsFile(c.Key))
                    .Concat(Files(files))
                    .ToDictionary(c => c.Key, c => c.Value);
            if (files.Any(f => f != SharedParts.EventStream))
                own.Headers.Add("Content-Disposition", new OpenApiHeaderReference("ContentDisposition", document));
            own.Description = Wording.Success(status, own);
            answers.Add(status, own);
        }
        if (call is { IsRead: true, Answer.HasETag: true })
            answers.Add("304", new OpenApiResponseReference("NotModified", document));
        foreach (var status in Refusals(operation, call))
            answers.Add(
                status == 0 ? "default" : Wording.Number(status),
                new OpenApiResponseReference(SharedParts.Response(status), document)
            );
        operation.Responses = answers;
    }

    private static void AddHeaders(IDictionary<string, IOpenApiHeader> headers, AnswerMetadata facts, OpenApiDocument document)
    {
        if (facts.HasETag)
            headers.Add("ETag", new OpenApiHeaderReference("ETag", document));
        if (facts.HasLocation)
            headers.Add("Location", new OpenApiHeaderReference("Location", document));
        if (facts.HasLink)
            headers.Add("Link", new OpenApiHeaderReference("Link", document));
    }

    private static IEnumerable<int> Refusals(OpenApiOperation operation, Call call)
    {
        var hasBody = operation.RequestBody is not null;
        yield return 400;
        if (!Access.IsAnonymous(operation))
        {
            yield return 401;
            yield return 403;
        }
        if (hasBody || call.Path.Contains('{', StringComparison.Ordinal))
            yield return 404;
        if (!call.IsRead)
            yield return 409;
        if (call.NeedsIfMatch)
            yield return 412;
        if (hasBody)
        {
            yield return 413;
            yield return 415;
        }
        if (!call.IsRead)
            yield return 422;
        if (call.NeedsIfMatch)
            yield return 428;
        yield return 429;
        yield return 500;
        yield return 503;
        yield return 0;
    }

    private static Dictionary<string, IOpenApiMediaType> Files(IEnumerable<string> mediaTypes) =>
        mediaTypes.ToDictionary(m => m, m => (IOpenApiMediaType)new OpenApiMediaType { Schema = SharedParts.File(m) });

    private static bool IsFile(string mediaType) =>
        !mediaType.EndsWith("/json", StringComparison.OrdinalIgnoreCase)
        && !mediaType.EndsWith("+json", StringComparison.OrdinalIgnoreCase)
        && !mediaType.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase);

    private sealed record Call(HttpMethod Method, string Path, AnswerMetadata? Answer, bool NeedsIfMatch)
    {
        public bool IsRead => Method == HttpMethod.Get;
    }
}
