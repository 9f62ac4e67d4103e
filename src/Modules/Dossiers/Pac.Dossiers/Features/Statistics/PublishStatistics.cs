using System.Data;
using System.IO.Compression;
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
using Pac.Dossiers.Domain.Files;
using Pac.Dossiers.Files;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;
using Pac.SharedKernel.WorkingTime;

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
internal sealed class PublicationWork(DossiersDbContext db, FigureReader figures, ProofWriter proof, IFileStore store, TimeProvider clock)
    : IJobWork
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
        var calendars = await proof.Calendars(order.To, ct);
        await store.DeleteFolder(FileKeys.Of(id), ct);
        var (read, seal, file) = await ReadAtOneMoment(order, scope, calendars, (id, run.Job.Fence), ct);
        var publication = Publication.Freeze(
            id.Value,
            order,
            FrozenFigures.Write(read),
            (seal.Dossiers, seal.Hash, file),
            run.Job.Subject,
            clock.GetUtcNow()
        );
        // Only the run that holds the job may say that the proof is whole.
        await db.Begin(ct);
        await run.Report(seal.Dossiers, seal.Dossiers, null, ct);
        db.Publications.Add(publication);
        await db.SaveChangesAsync(ct);
        return Outcome(publication);
    }

    // Only read: what others wrote meanwhile is no reason to refuse what is written afterwards.
    private async Task<(DossierStatistics Figures, ProofSeal Seal, ProofFile File)> ReadAtOneMoment(
        PublicationOrder order,
        DataScope scope,
        IReadOnlyDictionary<string, WorkingCalendar> calendars,
        (PublicationId Id, int Run) of,
        CancellationToken ct
    )
    {
        await using var moment = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        var read = await Read(order, scope, ct);
        var (seal, file) = await Prove(order, scope, calendars, of, ct);
        await moment.CommitAsync(ct);
        return (read, seal, file);
    }

    // Piece by piece into the store, compressed: the day after the records may say something else.
    private async Task<(ProofSeal Seal, ProofFile File)> Prove(
        PublicationOrder order,
        DataScope scope,
        IReadOnlyDictionary<string, WorkingCalendar> calendars,
        (PublicationId Id, int Run) of,
        CancellationToken ct
    )
    {
        await using var target = new PieceWriter(store, n => FileKeys.Piece(of.Id, of.Run, n));
        ProofSeal seal;
        await using (var packed = new GZipStream(target, CompressionLevel.Optimal, leaveOpen: true))
            seal = await proof.Write(order.From, order.To, scope, calendars, packed, ct);
        var (size, hash) = await target.Complete(ct);
        return (seal, new(size, hash, of.Run, PieceWriter.PieceSize));
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
    /// <remarks>Freezes the figures of a period in a job, as of one moment, with their proof and its hash. What changes in the records later changes nothing in them.</remarks>
    private static async Task<AcceptedAnswer> Handle(PublishStatistics command, ISender sender, CancellationToken ct) =>
        new(await sender.Send(command, ct));
}
