using Npgsql;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Pac.BuildingBlocks;
using Pac.BuildingBlocks.Web;
using Pac.Host.OpenApi;

namespace Pac.Host;

/// <summary>Puts modules and building blocks together into one host.</summary>
internal static class Composition
{
    private const long LargestBody = 4 * 1024 * 1024;

    private static readonly string[] ExposedHeaders =
    [
        "ETag",
        "Location",
        "Link",
        "Retry-After",
        "Content-Disposition",
        "Content-Range",
        "Accept-Ranges",
        "Upload-Offset",
        "Upload-Length",
        "API-Version",
        "RateLimit-Limit",
        "RateLimit-Remaining",
        "RateLimit-Reset",
    ];

    /// <summary>Registers everything the host is made of.</summary>
    /// <exception cref="ConfigurationException">The sandbox is asked for outside Development.</exception>
    public static void AddPacHost(this WebApplicationBuilder builder, string connectionString)
    {
        var sandbox = builder.Environment.IsDevelopment();
        if (!sandbox && string.Equals(builder.Configuration["Pac:Sandbox"], "true", StringComparison.OrdinalIgnoreCase))
            throw new ConfigurationException(
                "Pac:Sandbox may not be set outside Development: the demonstration accounts have published passwords."
            );
        builder.Configuration["Pac:Sandbox"] = sandbox ? "true" : "false";
        builder.WebHost.ConfigureKestrel(k =>
        {
            k.AddServerHeader = false;
            k.Limits.MaxRequestBodySize = LargestBody;
            k.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
        });
        builder.Services.AddApi();
        builder.Services.AddPac(
            Modules.All,
            connectionString,
            background: !string.Equals(builder.Configuration["Pac:Background"], "off", StringComparison.OrdinalIgnoreCase)
        );
        foreach (var module in Modules.All)
            module.AddServices(builder.Services, builder.Configuration);
        // Tokens travel in headers and never in cookies, so any front end may call.
        builder.Services.AddCors(o =>
            o.AddDefaultPolicy(p => p.AllowAnyOrigin().AllowAnyHeader().AllowAnyMethod().WithExposedHeaders(ExposedHeaders))
        );
        builder.Services.AddPacOpenApi();
        AddTelemetry(builder);
    }

    /// <summary>The order of work on a request, and the addresses.</summary>
    public static void UsePacHost(this WebApplication app)
    {
        app.UseApi(Modules.All);
        app.UsePacOpenApi();
        foreach (var module in Modules.All)
        {
            app.MapUseCases(module.Assembly, module.Name);
            module.MapOutsideApi(app);
        }
        app.MapJobs();
        app.MapHealth();
        app.MapGet("/", () => Results.Redirect("/swagger")).ExcludeFromDescription();
    }

    private static void AddTelemetry(WebApplicationBuilder builder)
    {
        // Exported only when an OTLP collector is named the standard way (OTEL_EXPORTER_OTLP_ENDPOINT).
        if (builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is not { Length: > 0 })
            return;
        builder
            .Services.AddOpenTelemetry()
            .WithTracing(t =>
                t.AddAspNetCoreInstrumentation(o => o.Filter = h => !h.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal))
                    .AddSource(Telemetry.Name)
                    .AddNpgsql()
                    .AddOtlpExporter()
            )
            .WithMetrics(m => m.AddAspNetCoreInstrumentation().AddMeter(Telemetry.Name, "Npgsql").AddOtlpExporter());
    }
}
