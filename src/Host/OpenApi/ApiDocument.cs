using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FluentValidation;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.Swagger;

namespace Pac.Host.OpenApi;

/// <summary>The OpenAPI 3.1 document: made from the endpoints by rules, never per endpoint by hand.</summary>
internal static class ApiDocument
{
    /// <summary>Version of the API in its paths.</summary>
    public const string Version = "v1";

    public static void AddPacOpenApi(this IServiceCollection services)
    {
        var validated = services.Where(s => IsValidator(s.ServiceType)).Select(s => s.ServiceType).Distinct().ToArray();
        services.AddSingleton(sp => new ValidatorBounds(validated.Select(v => (IValidator)sp.GetRequiredService(v))));
        services.AddEndpointsApiExplorer();
        services.AddSwaggerGen(o =>
        {
            o.SwaggerDoc(Version, new() { Title = "PAC" });
            o.OrderActionsBy(a => $"{a.RelativePath} {a.HttpMethod}");
            o.SupportNonNullableReferenceTypes();
            o.NonNullableReferenceTypesAsRequired();
            foreach (var comments in Directory.GetFiles(AppContext.BaseDirectory, "Pac.*.xml").Order(StringComparer.Ordinal))
                o.IncludeXmlComments(comments);
            o.SchemaFilter<SchemaRules>();
            o.OperationFilter<OperationRules>();
            o.DocumentFilter<DocumentRules>();
        });
    }

    public static void UsePacOpenApi(this WebApplication app)
    {
        app.UsePacSwaggerUi();
        // It cannot change while the host runs, so it is made once, when somebody asks for it.
        var bytes = new Lazy<byte[]>(() => Encoding.UTF8.GetBytes(Write(app.Services)));
        var tag = new Lazy<EntityTagHeaderValue>(() => new($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes.Value))[..16]}\""));
        app.MapGet(
                $"/api/{Version}/openapi.json",
                (HttpContext http) =>
                {
                    http.Response.Headers.CacheControl = "public, max-age=300";
                    return Results.Bytes(bytes.Value, "application/json", entityTag: tag.Value);
                }
            )
            .ExcludeFromDescription();
    }

    /// <summary>The document of a host that is not started, as text; the same on every machine.</summary>
    public static string Generate(WebApplication app)
    {
        // The explorer sees the endpoints only once the pipeline has taken them over, which a host does as it starts.
        app.UseEndpoints(_ => { });
        return Write(app.Services);
    }

    private static string Write(IServiceProvider services)
    {
        var document = services.GetRequiredService<ISwaggerProvider>().GetSwagger(Version);
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        document.SerializeAsV31(new OpenApiJsonWriter(text));
        return text.ToString().ReplaceLineEndings("\n") + "\n";
    }

    private static bool IsValidator(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IValidator<>);
}
