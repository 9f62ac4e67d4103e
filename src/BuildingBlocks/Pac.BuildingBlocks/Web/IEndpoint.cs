using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Security;

namespace Pac.BuildingBlocks.Web;

/// <summary>The HTTP adapter of one use case, named after it: <c>ReceiveDossierEndpoint</c>. Found by itself; never listed.</summary>
public interface IEndpoint
{
    /// <summary>Maps the route, relative to <c>/api/v1</c>, and states the permission.</summary>
    /// <param name="api">The versioned root.</param>
    static abstract void Map(IEndpointRouteBuilder api);
}

/// <summary>Which use case an endpoint serves, and in which module; becomes operation id and tag of the document.</summary>
/// <param name="UseCase">Name of the use case.</param>
/// <param name="Module">Name of the module.</param>
public sealed record UseCaseMetadata(string UseCase, string Module);

/// <summary>What a caller needs to call an endpoint.</summary>
/// <param name="Permission">The permission.</param>
public sealed record PermissionMetadata(Permission Permission);

/// <summary>That an endpoint may be called without a token; the approved list is kept by an architecture test.</summary>
public sealed record AnonymousMetadata;

/// <summary>That any signed-in caller may call an endpoint.</summary>
public sealed record SignedInMetadata;

/// <summary>The query parameters an endpoint knows; any other is refused.</summary>
/// <param name="Types">Their names and types.</param>
internal sealed record QueryMetadata(Dictionary<string, Type> Types);

/// <summary>How endpoints are found and what they state.</summary>
public static class EndpointMapping
{
    /// <summary>Maps every endpoint of a module's assembly under <c>/api/v1</c>.</summary>
    /// <param name="root">The application.</param>
    /// <param name="assembly">Where the endpoints are.</param>
    /// <param name="module">Name of the module, shown as the tag.</param>
    public static void MapUseCases(this IEndpointRouteBuilder root, Assembly assembly, string module)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        foreach (var type in assembly.GetTypes().Where(t => t.IsClass && typeof(IEndpoint).IsAssignableFrom(t)))
        {
            var useCase = type.Name[..^"Endpoint".Length];
            var group = root.MapGroup("/api/v1");
            group.WithMetadata(new UseCaseMetadata(useCase, module));
            ((IEndpointConventionBuilder)group).Finally(Check);
            type.GetMethod(nameof(IEndpoint.Map), BindingFlags.Public | BindingFlags.Static)!.Invoke(null, [group]);
        }
    }

    /// <summary>States the permission that a caller needs.</summary>
    public static TBuilder Requires<TBuilder>(this TBuilder builder, Permission permission)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new PermissionMetadata(permission));

    /// <summary>States that no token is needed.</summary>
    public static TBuilder AllowsAnonymous<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new AnonymousMetadata());

    /// <summary>States that any valid token will do.</summary>
    public static TBuilder RequiresSignIn<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new SignedInMetadata());

    /// <summary>States that the endpoint answers with a file of this media type.</summary>
    public static TBuilder AnswersFile<TBuilder>(this TBuilder builder, string mediaType)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new AnswerMetadata(StatusCodes.Status200OK, typeof(byte[]), MediaType: mediaType));

    internal static void Check(EndpointBuilder builder)
    {
        if (!builder.Metadata.Any(m => m is PermissionMetadata or AnonymousMetadata or SignedInMetadata))
            throw new InvalidOperationException($"{builder.DisplayName} states no permission.");
        if (builder.Metadata.OfType<MethodInfo>().LastOrDefault() is { } handler && builder is RouteEndpointBuilder route)
            builder.Metadata.Add(new QueryMetadata(QueryTypes(handler, route)));
    }

    private static Dictionary<string, Type> QueryTypes(MethodInfo handler, RouteEndpointBuilder route)
    {
        var types = new Dictionary<string, Type>(StringComparer.Ordinal);
        foreach (var parameter in handler.GetParameters())
        {
            if (parameter.GetCustomAttribute<AsParametersAttribute>() is not null)
            {
                foreach (var property in parameter.ParameterType.GetProperties())
                    Add(property, property.Name, property.PropertyType);
            }
            else if (IsSimple(parameter.ParameterType))
                Add(parameter, parameter.Name!, parameter.ParameterType);
        }
        foreach (var inPath in route.RoutePattern.Parameters)
            types.Remove(inPath.Name);
        return types;

        void Add(ICustomAttributeProvider member, string name, Type type)
        {
            if (Named(member, name) is { } given)
                types[given] = Nullable.GetUnderlyingType(type) ?? type;
        }
    }

    private static string? Named(ICustomAttributeProvider member, string name)
    {
        var attributes = member.GetCustomAttributes(true);
        if (attributes.Any(a => a is FromHeaderAttribute or FromRouteAttribute or FromBodyAttribute))
            return null;
        var given = attributes.OfType<FromQueryAttribute>().FirstOrDefault()?.Name;
        return given ?? char.ToLowerInvariant(name[0]) + name[1..];
    }

    private static bool IsSimple(Type type)
    {
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        return bare.IsPrimitive
            || bare.IsEnum
            || bare == typeof(string)
            || bare == typeof(Guid)
            || bare == typeof(DateOnly)
            || bare == typeof(DateTimeOffset)
            || bare == typeof(decimal)
            || bare == typeof(string[]);
    }
}
