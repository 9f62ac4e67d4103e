using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Pac.BuildingBlocks.Web;

/// <summary>A JSON Merge Patch (RFC 7396) of <typeparamref name="T"/>: members given are replaced, null removes, the rest stays.</summary>
/// <typeparam name="T">The shape that is patched.</typeparam>
public sealed class MergePatch<T> : IEndpointParameterMetadataProvider
    where T : class
{
    private readonly JsonObject _patch;
    private readonly JsonSerializerOptions _options;

    private MergePatch(JsonObject patch, JsonSerializerOptions options)
    {
        _patch = patch;
        _options = options;
    }

    /// <summary>The present value with the patch applied, checked as strictly as a body.</summary>
    /// <param name="present">The present value.</param>
    /// <exception cref="JsonException">The result has an unknown member, a wrong type, or lacks a required member.</exception>
    public T Apply(T present)
    {
        var target = JsonSerializer.SerializeToNode(present, _options)!.AsObject();
        Merge(target, _patch);
        return target.Deserialize<T>(_options)!;
    }

    /// <summary>Reads the patch; called by the framework.</summary>
    public static async ValueTask<MergePatch<T>> BindAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var type = context.Request.GetTypedHeaders().ContentType;
        if (
            type is null
            || !type.MediaType.Equals("application/merge-patch+json", StringComparison.OrdinalIgnoreCase)
            || !IsUtf8(type.Charset.Value)
        )
            throw new BadHttpRequestException("merge patch", StatusCodes.Status415UnsupportedMediaType);
        var options = context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        try
        {
            var node = await JsonNode.ParseAsync(
                context.Request.Body,
                documentOptions: new() { AllowDuplicateProperties = false, MaxDepth = options.MaxDepth },
                cancellationToken: context.RequestAborted
            );
            return node is JsonObject patch && IsText(patch) ? new(patch, options) : throw new JsonException();
        }
        catch (InvalidOperationException e)
        {
            // Half of a surrogate pair: found only when the name or the value is read.
            throw new JsonException(null, e);
        }
    }

    static void IEndpointParameterMetadataProvider.PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/merge-patch+json"], typeof(T)));

    private static bool IsText(JsonNode? node) =>
        node switch
        {
            JsonObject members => members.All(m => IsText(m.Value)),
            JsonArray items => items.All(IsText),
            JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>() is not null,
            _ => true,
        };

    private static bool IsUtf8(string? charset) =>
        string.IsNullOrEmpty(charset) || charset.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase);

    private static void Merge(JsonObject target, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            if (value is null)
                target.Remove(name);
            else if (value is JsonObject inner && target[name] is JsonObject existing)
                Merge(existing, inner);
            else
                target[name] = value.DeepClone();
        }
    }
}
