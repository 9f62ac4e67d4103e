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

/// <summary>Passes all unfinished dossiers of a centre to the one that succeeds it.</summary>
/// <param name="FromCentreCode">The centre that ends.</param>
/// <param name="ToCentreCode">Its successor.</param>
/// <param name="Decision">The decision on the succession, with number and date.</param>
internal sealed record PassCentreToSuccessor(string FromCentreCode, string ToCentreCode, string Decision) : ICommand<JobView>;

internal sealed class PassCentreToSuccessorValidator : AbstractValidator<PassCentreToSuccessor>
{
    public PassCentreToSuccessorValidator()
    {
        RuleFor(c => c.FromCentreCode).NotEmpty().MaximumLength(40);
        RuleFor(c => c.ToCentreCode).NotEmpty().MaximumLength(40);
        RuleFor(c => c.Decision).NotEmpty().MaximumLength(200);
    }
}

internal sealed class PassCentreToSuccessorHandler(DossiersDbContext db, CentreCalendars centres, TimeProvider clock)
    : IRequestHandler<PassCentreToSuccessor, JobView>
{
    public async Task<JobView> Handle(PassCentreToSuccessor request, CancellationToken ct)
    {
        // A succession is the province's matter.
        if (db.User.Scope.Kind != DataScopeKind.Province)
            throw new BusinessRuleException(DossierErrors.OutsideScope);
        if (request.FromCentreCode == request.ToCentreCode)
            throw new BusinessRuleException(SuccessionErrors.SameCentre.At("/toCentreCode"));
        await centres.Check(request.FromCentreCode, "/fromCentreCode", ct);
        await centres.Check(request.ToCentreCode, "/toCentreCode", ct);
        var parameters = JsonSerializer.Serialize(request, JsonSerializerOptions.Web);
        var job = Job.Queue(
            PassCentreToSuccessorWork.JobKind,
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

/// <summary>What the succession of a centre moved.</summary>
/// <param name="Passed">How many dossiers.</param>
/// <param name="PassedLate">How many of them were late already; who was late stays as it is.</param>
/// <param name="ReturnedElsewhere">How many have their result returned at a third centre, which goes on with them.</param>
internal sealed record CentreSuccessionOutcome(long Passed, long PassedLate, long ReturnedElsewhere);

internal sealed class PassCentreToSuccessorWork(DossiersDbContext db, IDossierHold hold, TimeProvider clock) : IJobWork
{
    public const string JobKind = "pass-centre-to-successor";
    private const int Batch = 200;

    public string Kind => JobKind;

    public async Task<object> Run(JobRun run, CancellationToken ct)
    {
        var (from, to, decision) = run.Parameters<PassCentreToSuccessor>();
        var done = run.Checkpoint<CentreSuccessionOutcome>() ?? new(0, 0, 0);
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
                dossier.PassToCentre(from, to, decision, run.Job.Subject, now);
            done = new(
                done.Passed + batch.Count,
                done.PassedLate + batch.Count(d => DossierClock.Judge(d.SettledAt ?? now, d.DueAt) == Timeliness.Late),
                done.ReturnedElsewhere + batch.Count(d => (d.ReturnCentreCode ?? d.CentreCode) != to)
            );
            await run.Report(done.Passed, null, done, ct);
            await db.SaveChangesAsync(ct);
            db.ChangeTracker.Clear();
        }
    }

    private IQueryable<Dossier> Unfinished(string from) =>
        db
            .AllDossiers.Where(d => d.CentreCode == from && !d.ServedByReturnCentre || d.ReturnCentreCode == from)
            .Where(d => d.ReturnedAt == null && (d.SettledAt == null || d.Status == DossierStatus.Completed));
}

internal sealed class PassCentreToSuccessorEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/centre-successions", Handle).Requires(DossiersPermissions.Succeed);

    /// <summary>Pass dossiers to a successor centre</summary>
    /// <remarks>Hands every unfinished dossier of a centre that ends to its successor in a job: results are returned there, and holders are told. Where and when dossiers were received, their clocks and who was late stay as they are.</remarks>
    private static async Task<AcceptedAnswer> Handle(PassCentreToSuccessor command, ISender sender, CancellationToken ct) =>
        new(await sender.Send(command, ct));
}

internal static class SuccessionErrors
{
    public static readonly Error SameCentre = new(
        "dossiers.same-centre",
        ErrorKind.RuleBroken,
        "Trung tâm kế thừa phải khác trung tâm bàn giao.",
        "The successor has to be another centre."
    );
}
