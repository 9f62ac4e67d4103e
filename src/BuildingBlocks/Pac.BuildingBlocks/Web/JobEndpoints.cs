using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Pac.BuildingBlocks.Jobs;
using Pac.BuildingBlocks.Security;
using Pac.SharedKernel;

namespace Pac.BuildingBlocks.Web;

/// <summary>Long work as its owner sees it.</summary>
/// <param name="Id">Identifier of the job.</param>
/// <param name="Kind">Which work.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Done">Units done.</param>
/// <param name="Total">Units in all, when known.</param>
/// <param name="Percent">Share done, 0 to 100, rounded down; only when the total is known.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="FinishedAt">When it ended.</param>
/// <param name="Error">Why it failed, as a stable machine word.</param>
/// <param name="Result">Its outcome; the shape depends on the kind.</param>
public sealed record JobView(
    Guid Id,
    string Kind,
    JobState State,
    long Done,
    long? Total,
    int? Percent,
    DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt,
    string? Error,
    JsonElement? Result
)
{
    /// <summary>The owner's view of a job.</summary>
    public static JobView Of(Job job)
    {
        ArgumentNullException.ThrowIfNull(job);
        var percent = job.Total is > 0 ? (int?)Math.Min(100, job.Done * 100 / job.Total.Value) : null;
        var result = job.Result is null ? (JsonElement?)null : JsonSerializer.Deserialize<JsonElement>(job.Result);
        return new(
            job.Id,
            job.Kind,
            job.State,
            job.Done,
            job.Total,
            percent,
            job.CreatedAt,
            job.StartedAt,
            job.FinishedAt,
            job.Error,
            result
        );
    }

    /// <summary>Whether nothing more will happen.</summary>
    internal bool Ended => State is JobState.Succeeded or JobState.Failed;
}

/// <summary>Long work: where it stands, by polling or as server-sent events. A job is seen by the one who asked for it, one of the product itself by whoever sees the whole province.</summary>
public static class JobEndpoints
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(300);

    /// <summary>Maps the two addresses of every job.</summary>
    /// <param name="root">The application.</param>
    public static void MapJobs(this IEndpointRouteBuilder root)
    {
        var api = root.MapGroup("/api/v1");
        ((IEndpointConventionBuilder)api).Finally(EndpointMapping.Check);
        api.MapGet("/jobs/{id}", Get).RequiresSignIn().WithMetadata(new UseCaseMetadata("GetJob", "Operations"));
        api.MapGet("/jobs/{id}/events", Follow)
            .RequiresSignIn()
            .WithMetadata(new UseCaseMetadata("FollowJob", "Operations"))
            .Produces<string>(StatusCodes.Status200OK, "text/event-stream");
    }

    /// <summary>Read a job</summary>
    /// <remarks>Gives state, progress and outcome of long work.</remarks>
    /// <param name="id">Identifier of the job.</param>
    private static async Task<ValueAnswer<JobView>> Get(Guid id, HttpContext http, CancellationToken ct) =>
        new(await Find(http, id, ct) ?? throw new NotFoundException("job"));

    /// <summary>Follow a job</summary>
    /// <remarks>Sends the job as a server-sent event whenever it changes, until it has ended.</remarks>
    /// <param name="id">Identifier of the job.</param>
    private static async Task<IResult> Follow(Guid id, HttpContext http, CancellationToken ct)
    {
        var first = await Find(http, id, ct) ?? throw new NotFoundException("job");
        return TypedResults.ServerSentEvents(Changes(http, first, ct));
    }

    private static async IAsyncEnumerable<SseItem<JobView>> Changes(
        HttpContext http,
        JobView job,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        yield return new(job, "job");
        while (!job.Ended)
        {
            await Task.Delay(Interval, ct);
            if (await Find(http, job.Id, ct) is not { } now)
                yield break;
            if (now.Done == job.Done && now.State == job.State)
                continue;
            job = now;
            yield return new(job, "job");
        }
    }

    private static async Task<JobView?> Find(HttpContext http, Guid id, CancellationToken ct)
    {
        var user = http.RequestServices.GetRequiredService<CurrentUser>();
        // A job tells what its module knows, so the application needs the scope of that module, here as everywhere.
        foreach (var module in http.RequestServices.GetServices<ModuleContext>().Where(m => user.Caller.Touches(m.Module.Name)))
        {
            // What the product does by itself for the whole province is seen by whoever sees the whole province.
            var (own, product, all) = (user.Caller.Subject, Caller.System.Subject, DataScope.Province.ToString());
            var seesAll = user.Caller.Scope == DataScope.Province;
            var job = await module
                .Resolve(http.RequestServices)
                .Jobs.AsNoTracking()
                .SingleOrDefaultAsync(j => j.Id == id && (j.Subject == own || seesAll && j.Subject == product && j.Scope == all), ct);
            if (job is not null)
                return JobView.Of(job);
        }
        return null;
    }
}
