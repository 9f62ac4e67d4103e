using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Pac.BuildingBlocks.Auditing;
using Pac.BuildingBlocks.Jobs;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Retaining;

/// <summary>Asks for the erasure of what a report lists.</summary>
/// <param name="ReportId">Identifier of the job that made the report.</param>
internal sealed record EraseDue(Guid ReportId) : ICommand<JobView>;

internal sealed class EraseDueHandler(DossiersDbContext db, TimeProvider clock) : IRequestHandler<EraseDue, JobView>
{
    private static readonly TimeSpan Fresh = TimeSpan.FromDays(7);

    public async Task<JobView> Handle(EraseDue request, CancellationToken ct)
    {
        if (db.User.Scope.Kind != DataScopeKind.Province)
            throw new BusinessRuleException(DossierErrors.OutsideScope);
        var now = clock.GetUtcNow();
        var report = await db
            .Jobs.AsNoTracking()
            .FirstOrDefaultAsync(
                j => j.Id == request.ReportId && j.Kind == ReportWork.JobKind && j.State == JobState.Succeeded && j.CreatedAt > now - Fresh,
                ct
            );
        if (report is null)
            throw new BusinessRuleException(RetentionErrors.NoReport.At("/reportId"));
        var job = Job.Queue(EraseWork.JobKind, report.Parameters, null, db.User.Caller.Subject, db.User.Scope.ToString(), now);
        db.Jobs.Add(job);
        db.Note("Retention", job.Id.ToString());
        await db.SaveChangesAsync(ct);
        return JobView.Of(job);
    }
}

/// <summary>What a run of the erasure did.</summary>
/// <param name="Day">As of which day.</param>
/// <param name="Dossiers">How many dossiers were erased.</param>
/// <param name="CounterAnswers">How many answers of counters that received nothing were erased.</param>
/// <param name="Held">How many dossiers that were due a legal hold kept.</param>
/// <param name="Feedback">How much feedback that was refused or answered was erased.</param>
internal sealed record ErasureOutcome(DateOnly Day, long Dossiers, long CounterAnswers, long Held, long Feedback = 0);

/// <summary>
/// Erases the personal data of what is due, a few dossiers in one transaction, so that it goes on where it stood when a host dies. What a hold
/// keeps is passed over, also when the hold came after the report.
/// </summary>
internal sealed class EraseWork(DossiersDbContext db, IDossierHold hold, TimeProvider clock, ILogger<EraseWork> logger) : IJobWork
{
    public const string JobKind = "erase-personal-data";
    private const int Batch = 50;

    public string Kind => JobKind;

    public async Task<object> Run(JobRun run, CancellationToken ct)
    {
        var day = run.Parameters<ReportOrder>().Day;
        db.Database.SetCommandTimeout(ReportWork.Patience);
        var done = run.Checkpoint<ErasureOutcome>() ?? new(day, 0, 0, 0);
        // An order erases what its report could list; the daily run finds for itself what nobody placed.
        if (run.Job.Subject == Caller.System.Subject)
            await ReportWork.PlaceAll(db, run, ct);
        var after = Guid.Empty;
        // Before the dossiers, of which some of it says when it is due.
        while (await EraseFeedback(run, day, after, done, ct) is var (lastOfIt, gone))
            (after, done) = (lastOfIt, gone);
        after = Guid.Empty;
        while (await EraseDossiers(run, day, after, done, ct) is var (last, erased))
            (after, done) = (last, erased);
        while (await EraseCounterAnswers(run, day, done, ct) is { } erased)
            done = erased;
        var held = await db.Retention.CountAsync(
            r => r.ErasedAt == null && r.EraseOn <= day && db.LegalHolds.Any(h => h.DossierId == r.DossierId && h.EndedAt == null),
            ct
        );
        Log.PersonalDataErased(logger, (int)done.Dossiers);
        return done with { Held = held };
    }

    // What is open still is visited again once it is closed, whatever became of its dossier.
    private async Task<(Guid Last, ErasureOutcome Done)?> EraseFeedback(
        JobRun run,
        DateOnly day,
        Guid after,
        ErasureOutcome done,
        CancellationToken ct
    )
    {
        var found = await db.FeedbackDueAfter(day, after, Batch, ct);
        if (found.Count == 0)
            return null;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var candidates = found.ConvertAll(i => new FeedbackId(i));
        var dossiers = await db
            .AllFeedback.Where(f => candidates.Contains(f.Id) && f.DossierId != null)
            .Select(f => f.DossierId!.Value)
            .Distinct()
            .ToListAsync(ct);
        // Dossiers first, as everywhere: a hold that is being set is waited for, and seen.
        await hold.Hold(dossiers, ct);
        var ids = await db.TakeFeedbackDue(day, [.. found], ct);
        var now = clock.GetUtcNow();
        var wanted = ids.ConvertAll(i => new FeedbackId(i));
        foreach (var feedback in await db.AllFeedback.Where(f => wanted.Contains(f.Id)).ToListAsync(ct))
            feedback.Erase(now);
        await db.EraseAroundFeedback([.. ids], ct);
        await db.SaveChangesAsync(ct);
        done = done with { Feedback = done.Feedback + ids.Count };
        await run.Report(done.Dossiers, null, done, ct);
        await transaction.CommitAsync(ct);
        db.ChangeTracker.Clear();
        return (found[^1], done);
    }

    private async Task<(Guid Last, ErasureOutcome Done)?> EraseDossiers(
        JobRun run,
        DateOnly day,
        Guid after,
        ErasureOutcome done,
        CancellationToken ct
    )
    {
        var found = await db.DueAfter(day, after, Batch, ct);
        if (found.Count == 0)
            return null;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Dossiers before their place in the archive, as every save takes them.
        await hold.Hold(found.ConvertAll(i => new DossierId(i)), ct);
        var ids = await db.TakeDue(day, [.. found], ct);
        var now = clock.GetUtcNow();
        var wanted = ids.ConvertAll(i => new DossierId(i));
        var dossiers = await db.AllDossiers.Where(d => wanted.Contains(d.Id)).ToListAsync(ct);
        // Read after the dossiers: a hold that comes later finds its dossier changed.
        var held = await db
            .LegalHolds.Where(h => wanted.Contains(h.DossierId) && h.EndedAt == null)
            .Select(h => h.DossierId)
            .ToListAsync(ct);
        dossiers.RemoveAll(d => held.Contains(d.Id));
        foreach (var dossier in dossiers)
        {
            dossier.Erase(now);
            db.Timeline.Add(TimelineEntry.Of(dossier.Id, "personalDataErased", "system", null, now));
            db.Note("Retention", dossier.Id.Value.ToString(), Changes.Between(null, new { rule = "retention" }), JobKind, run.Job.Subject);
        }
        await db.EraseAround([.. dossiers.Select(d => d.Id.Value)], now, ct);
        await db.SaveChangesAsync(ct);
        done = done with { Dossiers = done.Dossiers + dossiers.Count };
        await run.Report(done.Dossiers, null, done, ct);
        await transaction.CommitAsync(ct);
        db.ChangeTracker.Clear();
        return (found[^1], done);
    }

    // What was not received has no file in the archive; the rule for everything else says how long it is kept.
    private async Task<ErasureOutcome?> EraseCounterAnswers(JobRun run, DateOnly day, ErasureOutcome done, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var wanted = (await db.CounterAnswersDue(day, Batch, ct)).ConvertAll(i => new CounterAnswerId(i));
        if (wanted.Count == 0)
            return null;
        var now = clock.GetUtcNow();
        foreach (var answer in await db.CounterAnswers.Where(a => wanted.Contains(a.Id)).ToListAsync(ct))
            answer.Erase(now);
        await db.SaveChangesAsync(ct);
        done = done with { CounterAnswers = done.CounterAnswers + wanted.Count };
        await run.Report(done.Dossiers, null, done, ct);
        await transaction.CommitAsync(ct);
        db.ChangeTracker.Clear();
        return done;
    }
}

internal sealed class EraseDueEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/retention/erasures", Handle).Requires(DossiersPermissions.ManageRetention);

    /// <summary>Erase personal data that are due</summary>
    /// <remarks>Erases in a job the personal data that a report of the last 7 days lists as due. Figures and their proof stay as they are.</remarks>
    private static async Task<AcceptedAnswer> Handle(EraseDue command, ISender sender, CancellationToken ct) =>
        new(await sender.Send(command, ct));
}
