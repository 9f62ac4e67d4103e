using System.Text.Json;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Jobs;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Statistics;

/// <summary>Asks for a count of the records anew.</summary>
/// <param name="Repair">Whether figures that do not agree are put right; receptions wait meanwhile.</param>
internal sealed record RecountStatistics(bool Repair = false) : ICommand<JobView>;

internal sealed class RecountStatisticsHandler(DossiersDbContext db, TimeProvider clock) : IRequestHandler<RecountStatistics, JobView>
{
    public async Task<JobView> Handle(RecountStatistics request, CancellationToken ct)
    {
        // A count over everything is for those who see everything.
        if (db.User.Scope.Kind != DataScopeKind.Province)
            throw new BusinessRuleException(DossierErrors.OutsideScope);
        var parameters = JsonSerializer.Serialize(request, JsonSerializerOptions.Web);
        var job = Job.Queue(RecountWork.JobKind, parameters, null, db.User.Caller.Subject, db.User.Scope.ToString(), clock.GetUtcNow());
        db.Jobs.Add(job);
        await db.SaveChangesAsync(ct);
        return JobView.Of(job);
    }
}

/// <summary>What a count of the records found.</summary>
/// <param name="Compared">Figures compared: one per day or month and combination.</param>
/// <param name="Differences">Those that did not agree, at most 100.</param>
/// <param name="Repaired">Whether they were put right.</param>
internal sealed record RecountOutcome(long Compared, IReadOnlyList<FigureDifference> Differences, bool Repaired);

internal sealed class RecountWork(DossiersDbContext db) : IJobWork
{
    public const string JobKind = "recount-statistics";

    public string Kind => JobKind;

    public async Task<object> Run(JobRun run, CancellationToken ct)
    {
        var repair = run.Parameters<RecountStatistics>().Repair;
        var (compared, differences) = await db.Recount(repair, ct);
        await run.Report(compared, compared, null, ct);
        return new RecountOutcome(compared, differences, repair && differences.Count > 0);
    }
}

internal sealed class RecountStatisticsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/dossier-statistics/recount", Handle).Requires(DossiersPermissions.Import);

    /// <summary>Recount the figures</summary>
    /// <remarks>Counts the records anew in a job, compares every figure, and puts right what does not agree if asked to.</remarks>
    private static async Task<AcceptedAnswer> Handle(RecountStatistics command, ISender sender, CancellationToken ct) =>
        new(await sender.Send(command, ct));
}
