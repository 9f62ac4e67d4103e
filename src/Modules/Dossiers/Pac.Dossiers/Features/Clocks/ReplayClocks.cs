using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Jobs;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Persistence;

namespace Pac.Dossiers.Features.Clocks;

/// <summary>How far a replay has come.</summary>
/// <param name="LastId">The last dossier looked at.</param>
/// <param name="Looked">Dossiers looked at.</param>
/// <param name="Moved">Dossiers of which an instant moved.</param>
internal sealed record ReplayProgress(Guid LastId, long Looked, long Moved);

/// <summary>
/// Computes the clock of every open dossier of a calendar anew by its new version, and when the opinions asked for it are due. Each dossier is a small transaction of its own, held
/// against officers for that moment; one that follows the version already is left alone, so a repeated batch changes nothing twice. What has
/// ended keeps the version by which it was judged.
/// </summary>
internal sealed class ReplayClocks(
    DossiersDbContext db,
    CentreCalendars centres,
    IDossierHold hold,
    ILinkedDossiers linked,
    TimeProvider clock
) : IJobWork
{
    private const int Batch = 100;

    public string Kind => ReplaySql.JobKind;

    public async Task<object> Run(JobRun run, CancellationToken ct)
    {
        var order = run.Parameters<ReplayOrder>();
        var progress = run.Checkpoint<ReplayProgress>() ?? new(Guid.Empty, 0, 0);
        var total = progress.Looked + await db.OpenBy(order.CalendarCode, ct);
        while (true)
        {
            var ids = await db.OpenBy(order.CalendarCode, new(progress.LastId), Batch, ct);
            foreach (var id in ids)
            {
                var moved = await Replay(run.Job.Id, order, id, ct);
                progress = new(id.Value, progress.Looked + 1, progress.Moved + (moved ? 1 : 0));
            }
            await run.Report(progress.Looked, Math.Max(total, progress.Looked), progress, ct);
            if (ids.Count < Batch)
                break;
        }
        await db.Begin(ct);
        (await db.ClockReplays.SingleAsync(r => r.Id == run.Job.Id, ct)).Finish(clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
        return progress;
    }

    private async Task<bool> Replay(Guid replay, ReplayOrder order, DossierId id, CancellationToken ct)
    {
        // Whose appointment moves with it is held as well, in the one order.
        await hold.Hold(await linked.GroupOf(id, ct), ct);
        var dossier = await db.AllDossiers.SingleAsync(d => d.Id == id, ct);
        var centre = await centres.Find(dossier.CentreCode, order.Version, ct);
        dossier.FollowCalendar(centre!.Calendar, order.Reason, clock.GetUtcNow());
        foreach (
            var asked in await db
                .Consultations.Where(c => c.DossierId == id && c.AnsweredAt == null && c.WithdrawnAt == null)
                .OrderBy(c => c.Id)
                .ToListAsync(ct)
        )
            asked.FollowCalendar(dossier, centre.Calendar, order.Reason, clock.GetUtcNow());
        // Two questions to one agency move as one.
        List<ClockMove> moves = [.. dossier.Events.OfType<DueTimeMoved>().DistinctBy(m => m.Which).Select(m => ClockMove.Of(replay, m))];
        db.ClockMoves.AddRange(moves);
        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
        return moves.Count > 0;
    }
}
