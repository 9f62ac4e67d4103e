using System.Globalization;
using FluentValidation;
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
        app.UseSwagger(o =>
        {
            o.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            o.RouteTemplate = "api/{documentName}/openapi.json";
        });
        app.UsePacSwaggerUi();
    }

    /// <summary>The document as text, the same on every machine.</summary>
    public static string Generate(WebApplication app)
    {
        // The explorer sees the endpoints only once the pipeline has taken them over, which a host does as it starts.
        app.UseEndpoints(_ => { });
        var document = app.Services.GetRequiredService<ISwaggerProvider>().GetSwagger(Version);
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        document.SerializeAsV31(new OpenApiJsonWriter(text));
        return text.ToString().ReplaceLineEndings("\n") + "\n";
    }

    private static bool IsValidator(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IValidator<>);
}
