using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Pac.BuildingBlocks.Persistence;
using Pac.BuildingBlocks.Security;

namespace Pac.BuildingBlocks.Jobs;

/// <summary>Runs the jobs of all modules, one at a time per host. A job whose host died is taken over when its lease ends.</summary>
/// <param name="scopes">Makes one scope per run.</param>
/// <param name="modules">The modules of this host.</param>
/// <param name="logger">Says what failed.</param>
public sealed class JobRunner(IServiceScopeFactory scopes, IEnumerable<ModuleContext> modules, ILogger<JobRunner> logger)
    : BackgroundService
{
    private const int RunsBeforeFailing = 5;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan HeartBeat = TimeSpan.FromSeconds(3);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!await RunOnce(stoppingToken))
                    await Task.Delay(Poll, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // The database may be away; the next round tries again.
                Log.JobRoundFailed(logger, e.GetType().Name);
                await Task.Delay(Poll * 4, stoppingToken);
            }
        }
    }

    /// <summary>Runs one waiting job, if there is one. Returns whether there was.</summary>
    public async Task<bool> RunOnce(CancellationToken ct)
    {
        foreach (var module in modules)
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = module.Resolve(scope.ServiceProvider);
            if (await db.ClaimJob(RunsBeforeFailing, ct) is not { } job)
                continue;
            scope.ServiceProvider.GetRequiredService<CurrentUser>().Act = job.Kind;
            await Run(scope.ServiceProvider, module, db, job, ct);
            return true;
        }
        return false;
    }

    private async Task Run(IServiceProvider services, ModuleContext module, ModuleDbContext db, Job job, CancellationToken ct)
    {
        using var activity = Telemetry.Source.StartActivity("job " + job.Kind);
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var beat = KeepLease(module, job, lost);
        string? error = null;
        object? result = null;
        try
        {
            var work =
                services.GetServices<IJobWork>().FirstOrDefault(w => w.Kind == job.Kind)
                ?? throw new JobFailedException("jobs.unknown-kind");
            result = await work.Run(new(job, db), lost.Token);
        }
        catch (JobFailedException e)
        {
            error = e.Code;
        }
        catch (Exception e) when (e is JobOvertakenException or OperationCanceledException)
        {
            // Stopped or overtaken: the lease ends and the next run goes on from the checkpoint.
            Log.JobFailed(logger, job.Kind, job.Id, job.Fence, e.GetType().Name, null);
            await lost.CancelAsync();
            await beat;
            return;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Tried again by the next run, until it has had its share of runs.
            Log.JobFailed(logger, job.Kind, job.Id, job.Fence, e.GetType().Name, e);
            if (job.Fence < RunsBeforeFailing)
            {
                await lost.CancelAsync();
                await beat;
                return;
            }
            error = "jobs.failed";
        }
        await lost.CancelAsync();
        await beat;
        await using var scope = scopes.CreateAsyncScope();
        var json = result is null ? null : JsonSerializer.Serialize(result, JsonSerializerOptions.Web);
        await module.Resolve(scope.ServiceProvider).FinishJob(job.Id, job.Fence, error, json, ct);
    }

    private async Task KeepLease(ModuleContext module, Job job, CancellationTokenSource lost)
    {
        using var timer = new PeriodicTimer(HeartBeat);
        try
        {
            while (await timer.WaitForNextTickAsync(lost.Token))
            {
                await using var scope = scopes.CreateAsyncScope();
                if (!await module.Resolve(scope.ServiceProvider).ProlongJob(job.Id, job.Fence, lost.Token))
                    await lost.CancelAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Log.JobRoundFailed(logger, e.GetType().Name);
            await lost.CancelAsync();
        }
    }
}
