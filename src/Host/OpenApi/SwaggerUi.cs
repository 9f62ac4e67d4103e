namespace Pac.Host.OpenApi;

/// <summary>Swagger UI at <c>/swagger</c>: its own start page, nothing from elsewhere, sign-in by code flow with PKCE.</summary>
internal static class SwaggerUi
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    public static void UsePacSwaggerUi(this WebApplication app)
    {
        app.Use(
            (http, next) =>
            {
                if (http.Request.Path.StartsWithSegments("/swagger", StringComparison.Ordinal))
                    http.Response.Headers.ContentSecurityPolicy = Policy;
                return next(http);
            }
        );
        app.UseSwaggerUI(o =>
        {
            o.RoutePrefix = "swagger";
            o.IndexStream = () => Resource("index.html");
        });
        app.MapGet("/swagger/start.js", () => Results.Stream(Resource("start.js"), "text/javascript; charset=utf-8"))
            .ExcludeFromDescription();
    }

    private static Stream Resource(string name) => typeof(SwaggerUi).Assembly.GetManifestResourceStream(name)!;
}
