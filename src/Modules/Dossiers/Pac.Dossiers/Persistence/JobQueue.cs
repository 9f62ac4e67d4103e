using Pac.BuildingBlocks.Jobs;
using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Persistence;

internal sealed class JobQueue(DossiersDbContext db, TimeProvider clock) : IJobQueue
{
    public async Task<Job> Queue(string kind, string parameters, CancellationToken ct)
    {
        var user = db.User;
        var job = Job.Queue(kind, parameters, null, user.Caller.Subject, user.Scope.ToString(), clock.GetUtcNow());
        db.Jobs.Add(job);
        await db.SaveChangesAsync(ct);
        return job;
    }
}
