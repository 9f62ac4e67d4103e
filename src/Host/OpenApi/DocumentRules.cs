using System.Reflection;
using Microsoft.OpenApi;
using Pac.BuildingBlocks.Web;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Pac.Host.OpenApi;

/// <summary>Finishes the document once all operations and shapes are known.</summary>
/// <param name="configuration">Names the public address, <c>Pac:PublicAddress</c>.</param>
internal sealed class DocumentRules(IConfiguration configuration) : IDocumentFilter
{
    private const string Address = "https://pac.example.vn";
    private const int LongestInput = 1000;
    private const int LongestOutput = 10_000;
    private const string MergePatchType = "application/merge-patch+json";

    public void Apply(OpenApiDocument document, DocumentFilterContext context)
    {
        Introduce(document, configuration["Pac:PublicAddress"]?.TrimEnd('/') ?? Address);
        context.SchemaGenerator.GenerateSchema(typeof(Problem), context.SchemaRepository);
        SharedParts.AddTo(document);
        SeparatePatches(document);
        DropUnused(document);
        var usage = Usage.Of(document);
        foreach (var (name, schema) in document.Components!.Schemas!)
            if (schema is OpenApiSchema shape)
                Finish(name, shape, usage.Inputs.Contains(name), usage.Outputs.Contains(name));
        foreach (var (name, schema) in document.Components.Schemas)
            Illustrate(name, schema, document);
        foreach (var operation in document.Paths.Values.SelectMany(p => p.Operations!.Values))
            Illustrate(operation, document);
        DropUnusedParts(document);
    }

    private static void Introduce(OpenApiDocument document, string address)
    {
        document.Info = new()
        {
            Title = "PAC",
            Summary = "The services of a public administration service centre.",
            Description = Wording.Description,
            Version = ApiPipeline.ApiVersion,
            Contact = new()
            {
                Name = "PAC support",
                Email = "support@pac.example.vn",
                Url = new(Address + "/support"),
            },
            // The terms are the operator's to set; nothing is granted here.
            License = new() { Name = "Terms of use set by the operator", Url = new(Address + "/terms") },
        };
        document.Servers =
        [
            new()
            {
                Url = address,
                Description = "The production service.",
                Extensions = new Dictionary<string, IOpenApiExtension> { ["x-internal"] = new JsonNodeExtension(false) },
            },
        ];
        document.Tags = new HashSet<OpenApiTag>();
        foreach (var module in Modules.All.OrderBy(m => m.Name, StringComparer.Ordinal))
            document.Tags.Add(new() { Name = Wording.Tag(module.Name), Description = Wording.About(module) });
        document.Tags.Add(new() { Name = "Operations", Description = "Health of the service, and long work." });
        document.Components!.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            ["oauth"] = Access.SecurityScheme(address),
        };
    }

    // A patch names only what changes, so it is another shape than the thing that is patched.
    private static void SeparatePatches(OpenApiDocument document)
    {
        var schemas = document.Components!.Schemas!;
        foreach (var content in Bodies(document).Where(b => b.Key == MergePatchType).Select(b => b.Value).OfType<OpenApiMediaType>())
        {
            if (content.Schema is not OpenApiSchemaReference { Reference.Id: { } id } || schemas[id] is not OpenApiSchema whole)
                continue;
            var patch = (OpenApiSchema)whole.CreateShallowCopy();
            patch.Description = whole.Description + " Members left out stay as they are.";
            patch.Required = new HashSet<string>();
            patch.MinProperties = 1;
            patch.Metadata = null;
            schemas[id + "Patch"] = patch;
            content.Schema = new OpenApiSchemaReference(id + "Patch", document);
        }
    }

    private static void Finish(string name, OpenApiSchema shape, bool isInput, bool isOutput)
    {
        shape.Description = Wording.Sentence(shape.Description ?? Wording.FromName(name) + " One of the words listed.");
        if (shape.Metadata?.TryGetValue(SchemaRules.TypeMark, out var type) == true)
            SetRequired(shape, (Type)type, isOutput);
        foreach (var property in (shape.Properties ?? new Dictionary<string, IOpenApiSchema>()).Values.OfType<OpenApiSchema>())
        {
            // Answers leave out what is null; only a request may say so.
            if (isOutput)
                property.Type &= ~JsonSchemaType.Null;
            if ((property.Type & ~JsonSchemaType.Null) == JsonSchemaType.Array)
                property.MaxItems ??= isInput ? LongestInput : LongestOutput;
        }
    }

    // What a request must hold: the parameters of the constructor that have no default. What an answer holds: all that is not null.
    private static void SetRequired(OpenApiSchema shape, Type type, bool isOutput)
    {
        if (type.GetConstructors().MaxBy(c => c.GetParameters().Length)?.GetParameters() is not { Length: > 0 } parameters)
            return;
        var required = shape.Required ?? new HashSet<string>();
        foreach (var parameter in parameters)
        {
            var member = char.ToLowerInvariant(parameter.Name![0]) + parameter.Name[1..];
            if (shape.Properties?.TryGetValue(member, out var property) != true)
                continue;
            // A reference cannot say by itself that null may stand in its place.
            if (!isOutput && property is OpenApiSchemaReference && MayBeNull(parameter))
                shape.Properties[member] = new OpenApiSchema
                {
                    Description = property.Description,
                    OneOf = [property, new OpenApiSchema { Type = JsonSchemaType.Null }],
                };
            if (!isOutput && parameter.HasDefaultValue)
                required.Remove(member);
            else if (!isOutput)
                required.Add(member);
        }
        shape.Required = new SortedSet<string>(required, StringComparer.Ordinal);
    }

    private static bool MayBeNull(ParameterInfo parameter) =>
        new NullabilityInfoContext().Create(parameter).WriteState == NullabilityState.Nullable;

    private static void Illustrate(string name, IOpenApiSchema schema, OpenApiDocument document)
    {
        foreach (var (member, property) in schema.Properties ?? new Dictionary<string, IOpenApiSchema>())
            if (
                property is OpenApiSchema own
                && (own.Type & ~JsonSchemaType.Null) is not (null or JsonSchemaType.Object or JsonSchemaType.Array)
                && Examples.Of(name, member, own, document) is { } example
            )
                own.Examples = [example];
    }

    private static void Illustrate(OpenApiOperation operation, OpenApiDocument document)
    {
        var contents = (operation.RequestBody?.Content?.Values ?? []).Concat(
            operation.Responses!.Values.Where(r => r is OpenApiResponse).SelectMany(r => r.Content?.Values ?? [])
        );
        foreach (var content in contents.OfType<OpenApiMediaType>())
        {
            if (content.Schema is OpenApiSchema { Type: JsonSchemaType.Array } list)
                list.MaxItems ??= LongestOutput;
            var summary = content.Schema?.Description ?? operation.Summary!;
            if (Examples.Of("", "", content.Schema!, document) is { } value)
                content.Examples = Examples.Named("example", summary.TrimEnd('.'), value);
        }
    }

    private static void DropUnused(OpenApiDocument document)
    {
        var usage = Usage.Of(document);
        foreach (
            var name in document.Components!.Schemas!.Keys.Where(n => !usage.Inputs.Contains(n) && !usage.Outputs.Contains(n)).ToList()
        )
            document.Components.Schemas.Remove(name);
    }

    private static void DropUnusedParts(OpenApiDocument document)
    {
        var components = document.Components!;
        var operations = document.Paths.Values.SelectMany(p => p.Operations!.Values).ToList();
        var answers = operations.SelectMany(o => o.Responses!.Values).ToList();
        var responses = answers.OfType<OpenApiResponseReference>().Select(r => r.Reference.Id).ToHashSet();
        Keep(components.Responses!, responses);
        var headers = answers.OfType<OpenApiResponse>().Concat(components.Responses!.Values).SelectMany(r => r.Headers!.Values);
        Keep(components.Headers!, headers.OfType<OpenApiHeaderReference>().Select(h => h.Reference.Id).ToHashSet());
        var parameters = operations.SelectMany(o => o.Parameters!).OfType<OpenApiParameterReference>().Select(p => p.Reference.Id);
        Keep(components.Parameters!, parameters.ToHashSet());
    }

    private static void Keep<T>(IDictionary<string, T> parts, HashSet<string?> used)
    {
        foreach (var name in parts.Keys.Where(n => !used.Contains(n)).ToList())
            parts.Remove(name);
    }

    private static IEnumerable<KeyValuePair<string, IOpenApiMediaType>> Bodies(OpenApiDocument document) =>
        document
            .Paths.Values.SelectMany(p => p.Operations!.Values)
            .SelectMany(o => o.RequestBody?.Content ?? new Dictionary<string, IOpenApiMediaType>());

    /// <summary>Which shapes come in and which go out.</summary>
    private sealed record Usage(HashSet<string> Inputs, HashSet<string> Outputs)
    {
        public static Usage Of(OpenApiDocument document)
        {
            var usage = new Usage([], []);
            foreach (var operation in document.Paths.Values.SelectMany(p => p.Operations!.Values))
            {
                foreach (var content in operation.RequestBody?.Content?.Values ?? [])
                    Walk(content.Schema, document, usage.Inputs);
                foreach (var parameter in operation.Parameters!.OfType<OpenApiParameter>())
                    Walk(parameter.Schema, document, usage.Inputs);
                foreach (var content in operation.Responses!.Values.OfType<OpenApiResponse>().SelectMany(r => r.Content?.Values ?? []))
                    Walk(content.Schema, document, usage.Outputs);
            }
            foreach (var content in document.Components!.Responses!.Values.SelectMany(r => r.Content?.Values ?? []))
                Walk(content.Schema, document, usage.Outputs);
            return usage;
        }

        private static void Walk(IOpenApiSchema? schema, OpenApiDocument document, HashSet<string> seen)
        {
            if (schema is OpenApiSchemaReference { Reference.Id: { } id })
            {
                if (seen.Add(id) && document.Components!.Schemas!.TryGetValue(id, out var target))
                    Walk(target, document, seen);
                return;
            }
            if (schema is null)
                return;
            Walk(schema.Items, document, seen);
            Walk(schema.AdditionalProperties, document, seen);
            foreach (
                var part in (schema.Properties?.Values ?? [])
                    .Concat(schema.AllOf ?? [])
                    .Concat(schema.AnyOf ?? [])
                    .Concat(schema.OneOf ?? [])
            )
                Walk(part, document, seen);
        }
    }
}
