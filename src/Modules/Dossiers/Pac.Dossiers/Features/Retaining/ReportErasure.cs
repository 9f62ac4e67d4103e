using System.Text.Json;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Jobs;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Retaining;

/// <summary>Asks what would be erased today.</summary>
internal sealed record ReportErasure : ICommand<JobView>;

internal sealed class ReportErasureHandler(DossiersDbContext db, TimeProvider clock) : IRequestHandler<ReportErasure, JobView>
{
    public async Task<JobView> Handle(ReportErasure request, CancellationToken ct)
    {
        // Law holds for the whole province, and so does what it wants erased.
        if (db.User.Scope.Kind != DataScopeKind.Province)
            throw new BusinessRuleException(DossierErrors.OutsideScope);
        var now = clock.GetUtcNow();
        var order = JsonSerializer.Serialize(new ReportOrder(now.LocalDay()), JsonSerializerOptions.Web);
        var job = Job.Queue(ReportWork.JobKind, order, null, db.User.Caller.Subject, db.User.Scope.ToString(), now);
        db.Jobs.Add(job);
        await db.SaveChangesAsync(ct);
        return JobView.Of(job);
    }
}

/// <summary>As of which day.</summary>
internal sealed record ReportOrder(DateOnly Day);

/// <summary>What would be erased.</summary>
/// <param name="Day">As of which day.</param>
/// <param name="Dossiers">How many dossiers.</param>
/// <param name="Held">How many more a legal hold keeps.</param>
/// <param name="Files">Files that would go with them.</param>
/// <param name="Codes">Codes of the first of them, at most 500.</param>
/// <param name="CounterAnswers">How many answers of counters that received nothing.</param>
/// <param name="Feedback">How much feedback that was refused or answered, with its dossier or by the rule for everything else.</param>
internal sealed record ErasureReport(
    DateOnly Day,
    int Dossiers,
    int Held,
    int Files,
    IReadOnlyList<string> Codes,
    long CounterAnswers,
    long Feedback
);

/// <summary>Places what is closed and was never placed, such as imported dossiers, and lists what is due. Nothing is erased.</summary>
internal sealed class ReportWork(DossiersDbContext db) : IJobWork
{
    public const string JobKind = "report-erasure";
    private const int Batch = 5000;
    private const int MostCodes = 500;

    /// <summary>For a statement over all that is closed.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public string Kind => JobKind;

    public async Task<object> Run(JobRun run, CancellationToken ct)
    {
        var day = run.Parameters<ReportOrder>().Day;
        db.Database.SetCommandTimeout(Patience);
        await PlaceAll(db, run, ct);
        var due = db.Retention.AsNoTracking().Where(r => r.ErasedAt == null && r.EraseOn <= day);
        var held = due.Where(r => db.LegalHolds.Any(h => h.DossierId == r.DossierId && h.EndedAt == null));
        var free = due.Where(r => !db.LegalHolds.Any(h => h.DossierId == r.DossierId && h.EndedAt == null));
        var files = await db.Files.CountAsync(
            f => free.Any(r => r.DossierId == f.DossierId && db.RetentionRules.Any(q => q.Id == r.RuleId && !q.KeepsFiles)),
            ct
        );
        var codes = await db
            .AllDossiers.Where(d => free.Any(r => r.DossierId == d.Id))
            .OrderBy(d => d.Id)
            .Select(d => d.Code)
            .Take(MostCodes)
            .ToListAsync(ct);
        return new ErasureReport(
            day,
            await free.CountAsync(ct),
            await held.CountAsync(ct),
            files,
            codes,
            await db.CountCounterAnswersDue(day, ct),
            await db.CountFeedbackDue(day, ct)
        );
    }

    /// <summary>States for everything that is closed and was never placed until when it is kept.</summary>
    public static async Task PlaceAll(DossiersDbContext db, JobRun run, CancellationToken ct)
    {
        var (after, placed) = (Guid.Empty, 0L);
        while (await db.Unplaced(after, Batch, ct) is { Count: > 0 } ids)
        {
            await db.PlaceInRetention([.. ids], ct);
            (after, placed) = (ids[^1], placed + ids.Count);
            await run.Report(placed, null, null, ct);
        }
    }
}

internal sealed class ReportErasureEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/retention/reports", Handle).Requires(DossiersPermissions.ManageRetention);

    /// <summary>Report what would be erased</summary>
    /// <remarks>Lists in a job the dossiers whose personal data are due today, and counts answers of counters and feedback, without erasing anything; an erasure refers to such a report.</remarks>
    private static async Task<AcceptedAnswer> Handle(ISender sender, CancellationToken ct) =>
        new(await sender.Send(new ReportErasure(), ct));
}
