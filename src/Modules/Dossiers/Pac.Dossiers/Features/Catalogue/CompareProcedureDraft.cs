using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Catalogue;

internal sealed record CompareProcedureDraft(string Code) : IQuery<VersionComparison>;

internal sealed class CompareProcedureDraftHandler(DossiersDbContext db, TimeProvider clock)
    : IRequestHandler<CompareProcedureDraft, VersionComparison>
{
    public async Task<VersionComparison> Handle(CompareProcedureDraft request, CancellationToken ct)
    {
        var draft =
            await db.ProcedureDrafts.AsNoTracking().FirstOrDefaultAsync(d => d.Code == request.Code, ct)
            ?? throw new NotFoundException("draft");
        var procedure = await db.Procedures.AsNoTracking().FirstOrDefaultAsync(p => p.Code == request.Code, ct);
        var before = procedure?.InForceOn(clock.GetUtcNow().LocalDay());
        return new(
            draft.Code,
            before?.Number,
            null,
            VersionDiff.Between(before is null ? null : ProcedureDetails.Of(before.Content), ProcedureDetails.Of(draft.Content))
        );
    }
}

internal sealed class CompareProcedureDraftEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/procedure-drafts/{code}/diff", Handle).Requires(DossiersPermissions.ManageCatalogue);

    /// <summary>Compare a draft with the version in force</summary>
    /// <remarks>Tells member by member what the draft would change against the version in force today.</remarks>
    /// <param name="code">Code of the procedure.</param>
    private static async Task<ValueAnswer<VersionComparison>> Handle(string code, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new CompareProcedureDraft(code), ct));
}
