using System.Text.Json;
using Pac.BuildingBlocks.Persistence;

namespace Pac.BuildingBlocks.Jobs;

/// <summary>How one kind of long work is done. It must be able to go on from its checkpoint after a crash, on any host.</summary>
public interface IJobWork
{
    /// <summary>The kind of job it does.</summary>
    string Kind { get; }

    /// <summary>Does the work and returns the outcome to keep as JSON.</summary>
    /// <param name="run">The run in hand.</param>
    /// <param name="ct">Set when the host stops or the lease is lost.</param>
    Task<object> Run(JobRun run, CancellationToken ct);
}

/// <summary>One run of a job. Its writes carry the fence, so a run that was overtaken cannot write.</summary>
/// <param name="job">The job as claimed.</param>
/// <param name="db">The module's context; the run and the work share its transactions.</param>
public sealed class JobRun(Job job, ModuleDbContext db)
{
    /// <summary>The job.</summary>
    public Job Job { get; } = job;

    /// <summary>Reads the parameters.</summary>
    public T Parameters<T>() => JsonSerializer.Deserialize<T>(Job.Parameters, JsonSerializerOptions.Web)!;

    /// <summary>Reads the last checkpoint, or null at the first run.</summary>
    public T? Checkpoint<T>()
        where T : class => Job.Checkpoint is null ? null : JsonSerializer.Deserialize<T>(Job.Checkpoint, JsonSerializerOptions.Web);

    /// <summary>Writes progress and checkpoint, inside the open transaction of the work when there is one, and prolongs the lease.</summary>
    /// <param name="done">Units done so far.</param>
    /// <param name="total">Units in all, when known.</param>
    /// <param name="checkpoint">Where to go on after a crash; null keeps the last one.</param>
    /// <param name="ct">Cancels the work.</param>
    /// <exception cref="JobOvertakenException">Another host has taken the job.</exception>
    public async Task Report(long done, long? total, object? checkpoint, CancellationToken ct)
    {
        var json = checkpoint is null ? null : JsonSerializer.Serialize(checkpoint, JsonSerializerOptions.Web);
        if (!await db.ReportJob(Job.Id, Job.Fence, done, total, json, ct))
            throw new JobOvertakenException();
    }

    /// <summary>Puts the work off, as while somebody else's server is away: it begins anew after the pause and has all its runs again.</summary>
    /// <param name="pause">How long.</param>
    /// <param name="checkpoint">What the next run has to know.</param>
    /// <param name="ct">Cancels the work.</param>
    /// <returns>What is to be thrown, so that this run ends.</returns>
    public async Task<JobOvertakenException> PutOff(TimeSpan pause, object checkpoint, CancellationToken ct)
    {
        await db.PostponeJob(Job.Id, Job.Fence, pause, JsonSerializer.Serialize(checkpoint, JsonSerializerOptions.Web), ct);
        return new();
    }
}

/// <summary>Another host has taken the job over; this run ends without writing.</summary>
public sealed class JobOvertakenException : Exception;

/// <summary>The work cannot be done; the code is shown to the one who asked.</summary>
/// <param name="code">Stable machine word.</param>
public sealed class JobFailedException(string code) : Exception(code)
{
    /// <summary>Stable machine word.</summary>
    public string Code { get; } = code;
}
