using System.Data;
using System.Text.Json;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks;
using Pac.BuildingBlocks.Jobs;
using Pac.BuildingBlocks.Mediation;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain.Figures;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Statistics;

/// <summary>Figures to be published and frozen.</summary>
/// <param name="Title" example="Kết quả giải quyết thủ tục hành chính năm 2026">Title under which they are published.</param>
/// <param name="From" example="2026-11-01">First day of the period.</param>
/// <param name="To" example="2026-11-30">Last day of the period.</param>
/// <param name="Definition">By which definition on time is judged.</param>
/// <param name="GroupBy" example="field">By what to group, as for the figures of a period; totals alone when left out.</param>
/// <param name="Scope" example="centre:dak-lak">Whose figures: <c>province</c>, <c>centre:</c> or <c>agency:</c> with a code; those of the caller's own data when left out.</param>
internal sealed record PublishStatistics(
    string Title,
    DateOnly From,
    DateOnly To,
    OnTimeRule Definition = OnTimeRule.ByInstant,
    string? GroupBy = null,
    string? Scope = null
) : ICommand<JobView>;

internal sealed class PublishStatisticsValidator : AbstractValidator<PublishStatistics>
{
    public PublishStatisticsValidator()
    {
        RuleFor(c => c.Title).NotEmpty().MaximumLength(200);
        RuleFor(c => c.GroupBy).MaximumLength(100);
        RuleFor(c => c.Scope).MaximumLength(60).MatchesWhole("^(province|(centre|agency):[A-Za-z0-9.-]+)$");
    }
}

internal sealed class PublishStatisticsHandler(DossiersDbContext db, TimeProvider clock) : IRequestHandler<PublishStatistics, JobView>
{
    public async Task<JobView> Handle(PublishStatistics request, CancellationToken ct)
    {
        var own = db.User.Scope;
        var scope = request.Scope ?? own.ToString();
        if (own.Kind == DataScopeKind.Own || own.Kind != DataScopeKind.Province && scope != own.ToString())
            throw new BusinessRuleException(FigureErrors.OutsideScope);
        Period.Check(request.From, request.To, inBody: true);
        FigureReader.Dimensions(request.GroupBy, inBody: true);
        var order = new PublicationOrder(request.Title, request.From, request.To, request.Definition, request.GroupBy, scope);
        var parameters = JsonSerializer.Serialize(order, JsonSerializerOptions.Web);
        var job = Job.Queue(PublicationWork.JobKind, parameters, null, db.User.Caller.Subject, own.ToString(), clock.GetUtcNow());
        db.Jobs.Add(job);
        await db.SaveChangesAsync(ct);
        return JobView.Of(job);
    }
}

/// <summary>What became of a publication.</summary>
/// <param name="PublicationId">Identifier of the publication.</param>
/// <param name="ProofDossiers">Dossiers in its proof.</param>
/// <param name="ProofHash">Last hash of its proof.</param>
internal sealed record PublicationOutcome(Guid PublicationId, long ProofDossiers, string ProofHash);

/// <summary>Reads the figures and their proof as of one moment and freezes both.</summary>
internal sealed class PublicationWork(DossiersDbContext db, FigureReader figures, ProofWriter proof, TimeProvider clock) : IJobWork
{
    public const string JobKind = "publish-statistics";

    public string Kind => JobKind;

    public async Task<object> Run(JobRun run, CancellationToken ct)
    {
        var order = run.Parameters<PublicationOrder>();
        var id = new PublicationId(run.Job.Id);
        // A run that died after it had published is not repeated.
        if (await db.Publications.AsNoTracking().FirstOrDefaultAsync(p => p.Id == id, ct) is { } done)
            return Outcome(done);
        var scope = DataScope.Parse(order.Scope, "");
        var calendars = await proof.Calendars(ct);
        await using var moment = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        var read = await Read(order, scope, ct);
        var seal = await proof.Write(order.From, order.To, scope, calendars, Stream.Null, ct);
        var publication = Publication.Freeze(
            id.Value,
            order,
            FrozenFigures.Write(read),
            (seal.Dossiers, seal.Hash),
            run.Job.Subject,
            clock.GetUtcNow()
        );
        db.Publications.Add(publication);
        await db.SaveChangesAsync(ct);
        await moment.CommitAsync(ct);
        await run.Report(seal.Dossiers, seal.Dossiers, null, ct);
        return Outcome(publication);
    }

    private async Task<DossierStatistics> Read(PublicationOrder order, DataScope scope, CancellationToken ct)
    {
        try
        {
            return await figures.Read(new(order.From, order.To, order.GroupBy, Definition: order.Definition), scope, ct);
        }
        catch (InvalidRequestException)
        {
            throw new JobFailedException("dossiers.too-many-groups");
        }
    }

    private static PublicationOutcome Outcome(Publication p) => new(p.Id.Value, p.ProofDossiers, p.ProofHash);
}

internal sealed class PublishStatisticsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/dossier-statistics/publications", Handle).Requires(DossiersPermissions.PublishStatistics);

    /// <summary>Publish figures</summary>
    /// <remarks>Freezes the figures of a period in a job, as of one moment, with the hash of their proof. What changes in the records later changes nothing in them.</remarks>
    private static async Task<AcceptedAnswer> Handle(PublishStatistics command, ISender sender, CancellationToken ct) =>
        new(await sender.Send(command, ct));
}
