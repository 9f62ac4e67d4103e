using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Pac.BuildingBlocks.Web;

/// <summary>Whether the host lives and can serve.</summary>
/// <param name="Status"><c>pass</c> or <c>warn</c>.</param>
/// <param name="ParkedEvents">Facts given up for now; an operator redrives them.</param>
public sealed record Health(string Status, long ParkedEvents);

/// <summary>For monitors: alive without looking at anything, ready only while the database answers.</summary>
public static class HealthEndpoints
{
    /// <summary>Maps <c>/health/live</c> and <c>/health/ready</c>.</summary>
    /// <param name="root">The application.</param>
    public static void MapHealth(this IEndpointRouteBuilder root)
    {
        root.MapGet("/health/live", Live).AllowsAnonymous().WithMetadata(new UseCaseMetadata("GetLiveness", "Operations"));
        root.MapGet("/health/ready", Ready).AllowsAnonymous().WithMetadata(new UseCaseMetadata("GetReadiness", "Operations"));
    }

    /// <summary>Tell whether the host lives</summary>
    /// <remarks>Answers as long as the process can answer at all; looks at nothing else.</remarks>
    private static ValueAnswer<Health> Live() => new(new("pass", 0));

    /// <summary>Tell whether the host can serve</summary>
    /// <remarks>Asks the database; 503 while it is away, and 200 again by itself once it is back.</remarks>
    private static async Task<ValueAnswer<Health>> Ready(HttpContext http, CancellationToken ct)
    {
        var source = http.RequestServices.GetRequiredService<NpgsqlDataSource>();
        var parked = 0L;
        await using var connection = await source.OpenConnectionAsync(ct);
        foreach (var module in http.RequestServices.GetServices<ModuleContext>())
        {
            await using var command = connection.CreateCommand();
            command.CommandTimeout = 3;
            command.CommandText = $"SELECT count(*) FROM {module.Module.Name}.outbox WHERE parked_at IS NOT NULL AND processed_at IS NULL";
            parked += (long)(await command.ExecuteScalarAsync(ct))!;
        }
        return new(new(parked == 0 ? "pass" : "warn", parked));
    }
}
