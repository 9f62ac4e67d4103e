using System.Text.Json;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Jobs;
using Pac.BuildingBlocks.Persistence;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Retaining;

internal sealed record ListErasures(PageRequest Page) : IQuery<Page<ErasureRun>>;

/// <summary>A run of the erasure, ordered by somebody or begun by the schedule.</summary>
/// <param name="JobId">Identifier of its job.</param>
/// <param name="Day">As of which day.</param>
/// <param name="State">Where it stands.</param>
/// <param name="OrderedBy" example="system">Subject of who ordered it; <c>system</c> for the schedule.</param>
/// <param name="QueuedAt">When it was put in line.</param>
/// <param name="FinishedAt">When it ended.</param>
/// <param name="Dossiers">How many dossiers were erased.</param>
/// <param name="CounterAnswers">How many answers of counters were erased.</param>
/// <param name="Held">How many dossiers that were due a legal hold kept.</param>
/// <param name="Feedback">How much feedback was erased.</param>
internal sealed record ErasureRun(
    Guid JobId,
    DateOnly Day,
    JobState State,
    string OrderedBy,
    DateTimeOffset QueuedAt,
    DateTimeOffset? FinishedAt,
    long? Dossiers,
    long? CounterAnswers,
    long? Held,
    long? Feedback
);

internal sealed class ListErasuresHandler(DossiersDbContext db) : IRequestHandler<ListErasures, Page<ErasureRun>>
{
    public async Task<Page<ErasureRun>> Handle(ListErasures request, CancellationToken ct)
    {
        if (db.User.Scope.Kind != DataScopeKind.Province)
            throw new BusinessRuleException(DossierErrors.OutsideScope);
        var size = request.Page.Size();
        var all = db.Jobs.AsNoTracking().Where(j => j.Kind == EraseWork.JobKind);
        long? total = request.Page.WithTotal == true ? await all.LongCountAsync(ct) : null;
        if (Cursors.ReadInstantAndId(request.Page.Cursor) is var (at, id))
            all = all.Where(j => j.CreatedAt < at || j.CreatedAt == at && j.Id < id);
        var jobs = await all.OrderByDescending(j => j.CreatedAt).ThenByDescending(j => j.Id).Take(size + 1).ToListAsync(ct);
        return Page<ErasureRun>.Of([.. jobs.Select(Of)], size, r => [r.QueuedAt, r.JobId], total);
    }

    private static ErasureRun Of(Job job)
    {
        var order = JsonSerializer.Deserialize<ReportOrder>(job.Parameters, JsonSerializerOptions.Web)!;
        var done = job.Result is null ? null : JsonSerializer.Deserialize<ErasureOutcome>(job.Result, JsonSerializerOptions.Web);
        return new(
            job.Id,
            order.Day,
            job.State,
            job.Subject,
            job.CreatedAt,
            job.FinishedAt,
            done?.Dossiers,
            done?.CounterAnswers,
            done?.Held,
            done?.Feedback
        );
    }
}

internal sealed class ListErasuresEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/retention/erasures", Handle).Requires(DossiersPermissions.ManageRetention);

    /// <summary>List the runs of the erasure</summary>
    /// <remarks>Gives what each run of the erasure did, those of the daily schedule among them, newest first.</remarks>
    private static async Task<PageAnswer<ErasureRun>> Handle([AsParameters] PageRequest page, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new ListErasures(page), ct));
}
