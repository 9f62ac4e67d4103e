using System.Globalization;
using Microsoft.OpenApi;
using Pac.BuildingBlocks.Web;
using Swashbuckle.AspNetCore.Swagger;

namespace Pac.Host;

/// <summary>The OpenAPI 3.1 document and Swagger UI.</summary>
internal static class OpenApi
{
    private const string Version = "v1";

    public static void AddPacOpenApi(this IServiceCollection services)
    {
        services.AddEndpointsApiExplorer();
        services.AddSwaggerGen(o =>
        {
            o.SwaggerDoc(Version, new() { Title = "PAC", Version = ApiPipeline.ApiVersion });
            o.SupportNonNullableReferenceTypes();
            o.NonNullableReferenceTypesAsRequired();
        });
    }

    public static void UsePacOpenApi(this WebApplication app)
    {
        app.UseSwagger(o =>
        {
            o.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            o.RouteTemplate = "api/{documentName}/openapi.json";
        });
        app.UseSwaggerUI(o =>
        {
            o.SwaggerEndpoint("/api/v1/openapi.json", "PAC v1");
            o.RoutePrefix = "swagger";
        });
    }

    /// <summary>The document as text.</summary>
    public static string Generate(IServiceProvider services)
    {
        var document = services.GetRequiredService<ISwaggerProvider>().GetSwagger(Version);
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        document.SerializeAsV31(new OpenApiJsonWriter(text));
        return text.ToString();
    }
}
