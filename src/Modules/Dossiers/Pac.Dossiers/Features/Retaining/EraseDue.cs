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

/// <summary>What was erased.</summary>
/// <param name="Dossiers">How many dossiers.</param>
internal sealed record ErasureOutcome(long Dossiers);

/// <summary>
/// Erases the personal data of what is due, a few dossiers in one transaction, so that it goes on where it stood when a host dies. What a hold
/// keeps is passed over, also when the hold came after the report.
/// </summary>
internal sealed class EraseWork(DossiersDbContext db, TimeProvider clock, ILogger<EraseWork> logger) : IJobWork
{
    public const string JobKind = "erase-personal-data";
    private const int Batch = 50;

    public string Kind => JobKind;

    public async Task<object> Run(JobRun run, CancellationToken ct)
    {
        var day = run.Parameters<ReportOrder>().Day;
        var done = run.Checkpoint<ErasureOutcome>()?.Dossiers ?? 0;
        var after = Guid.Empty;
        await db.ForgetImportRows(ct);
        while (true)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var ids = await db.TakeDue(day, after, Batch, ct);
            if (ids.Count == 0)
                break;
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
                db.Note(
                    "Retention",
                    dossier.Id.Value.ToString(),
                    Changes.Between(null, new { rule = "retention" }),
                    JobKind,
                    run.Job.Subject
                );
            }
            Guid[] erased = [.. dossiers.Select(d => d.Id.Value)];
            var closed = await db
                .AllFeedback.Where(f =>
                    f.ErasedAt == null
                    && wanted.Contains(f.DossierId!.Value)
                    && (f.State == FeedbackState.Refused || f.State == FeedbackState.Answered || f.State == FeedbackState.Published)
                )
                .ToListAsync(ct);
            foreach (var feedback in closed.Where(f => !held.Contains(f.DossierId!.Value)))
                feedback.Erase(now);
            await db.EraseAround(erased, now, ct);
            await db.SaveChangesAsync(ct);
            done += erased.Length;
            await run.Report(done, null, new ErasureOutcome(done), ct);
            await transaction.CommitAsync(ct);
            db.ChangeTracker.Clear();
            after = ids[^1];
        }
        Log.PersonalDataErased(logger, (int)done);
        return new ErasureOutcome(done);
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
