using System.Text.Json;
using FluentValidation;
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

namespace Pac.Dossiers.Features.Succession;

/// <summary>Passes all unfinished dossiers of an agency to the one that succeeds it.</summary>
/// <param name="FromAgencyCode">The agency that ends or gives the task away.</param>
/// <param name="ToAgencyCode">Its successor.</param>
/// <param name="Decision">The decision on the succession, with number and date.</param>
internal sealed record PassToSuccessor(string FromAgencyCode, string ToAgencyCode, string Decision) : ICommand<JobView>;

internal sealed class PassToSuccessorValidator : AbstractValidator<PassToSuccessor>
{
    public PassToSuccessorValidator()
    {
        RuleFor(c => c.FromAgencyCode).NotEmpty().MaximumLength(40);
        RuleFor(c => c.ToAgencyCode).NotEmpty().MaximumLength(40);
        RuleFor(c => c.Decision).NotEmpty().MaximumLength(200);
    }
}

internal sealed class PassToSuccessorHandler(DossiersDbContext db, TimeProvider clock) : IRequestHandler<PassToSuccessor, JobView>
{
    public async Task<JobView> Handle(PassToSuccessor request, CancellationToken ct)
    {
        // A succession is the province's matter.
        if (db.User.Scope.Kind != DataScopeKind.Province)
            throw new BusinessRuleException(DossierErrors.OutsideScope);
        if (request.FromAgencyCode == request.ToAgencyCode)
            throw new BusinessRuleException(LifeCycleErrors.SameAgency.At("/toAgencyCode"));
        var known = await db.Agencies.Where(a => a.Code == request.FromAgencyCode || a.Code == request.ToAgencyCode).ToListAsync(ct);
        var from = known.Find(a => a.Code == request.FromAgencyCode);
        var to = known.Find(a => a.Code == request.ToAgencyCode);
        if (from is null || to is null)
            throw new BusinessRuleException(LifeCycleErrors.NoSuchAgency.At(from is null ? "/fromAgencyCode" : "/toAgencyCode"));
        new AgencyStanding(to.Level, to.EffectiveFrom, to.EffectiveTo, to.SuccessorCode).MustActOn(
            clock.GetUtcNow().LocalDay(),
            "/toAgencyCode"
        );
        from.NoteSuccessor(to.Code);
        var parameters = JsonSerializer.Serialize(request, JsonSerializerOptions.Web);
        var job = Job.Queue(
            PassToSuccessorWork.JobKind,
            parameters,
            null,
            db.User.Caller.Subject,
            db.User.Scope.ToString(),
            clock.GetUtcNow()
        );
        db.Jobs.Add(job);
        await db.SaveChangesAsync(ct);
        return JobView.Of(job);
    }
}

/// <summary>What a succession moved.</summary>
/// <param name="Passed">How many dossiers.</param>
/// <param name="PassedLate">How many of them were late already; the agency before them answers for that.</param>
internal sealed record SuccessionOutcome(long Passed, long PassedLate);

internal sealed class PassToSuccessorWork(DossiersDbContext db, IDossierHold hold, TimeProvider clock) : IJobWork
{
    public const string JobKind = "pass-to-successor";
    private const int Batch = 200;

    public string Kind => JobKind;

    public async Task<object> Run(JobRun run, CancellationToken ct)
    {
        var (from, to, decision) = run.Parameters<PassToSuccessor>();
        var done = run.Checkpoint<SuccessionOutcome>() ?? new(0, 0);
        while (true)
        {
            // What was passed on is no longer found, so that a run after a crash goes on by itself.
            var found = await Unfinished(from).OrderBy(d => d.Id).Select(d => d.Id).Take(Batch).ToListAsync(ct);
            if (found.Count == 0)
                return done;
            // Nobody may change what is passed on between the look at it and the save.
            await hold.Hold(found, ct);
            var batch = await Unfinished(from).Where(d => found.Contains(d.Id)).OrderBy(d => d.Id).ToListAsync(ct);
            var now = clock.GetUtcNow();
            foreach (var dossier in batch)
                dossier.PassToSuccessor(to, decision, run.Job.Subject, now);
            done = new(done.Passed + batch.Count, done.PassedLate + batch.Count(d => d.Turns[^2].Result == Timeliness.Late));
            await run.Report(done.Passed, null, done, ct);
            await db.SaveChangesAsync(ct);
            db.ChangeTracker.Clear();
        }
    }

    private IQueryable<Dossier> Unfinished(string from) =>
        db
            .AllDossiers.Where(d => d.HandlingAgencyCode == null && d.AgencyCode == from || d.HandlingAgencyCode == from)
            .Where(d => d.ReturnedAt == null && (d.SettledAt == null || d.Status == DossierStatus.Completed));
}

internal sealed class PassToSuccessorEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/dossier-successions", Handle).Requires(DossiersPermissions.Succeed);

    /// <summary>Pass dossiers to a successor</summary>
    /// <remarks>Hands every unfinished dossier of an agency to its successor in a job. Receipts, clocks and who was late stay as they are.</remarks>
    private static async Task<AcceptedAnswer> Handle(PassToSuccessor command, ISender sender, CancellationToken ct) =>
        new(await sender.Send(command, ct));
}
