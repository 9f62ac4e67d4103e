using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Catalogue;

internal sealed record CompareProcedureVersions(string Code, int? Version, int? Against) : IQuery<VersionComparison>;

internal sealed class CompareProcedureVersionsHandler(DossiersDbContext db) : IRequestHandler<CompareProcedureVersions, VersionComparison>
{
    public async Task<VersionComparison> Handle(CompareProcedureVersions request, CancellationToken ct)
    {
        var procedure =
            await db.Procedures.AsNoTracking().FirstOrDefaultAsync(p => p.Code == request.Code, ct)
            ?? throw new NotFoundException("procedure");
        var number = request.Version ?? procedure.LastVersion;
        var after = procedure.Versions.FirstOrDefault(v => v.Number == number) ?? throw new NotFoundException("version");
        var before = procedure.Versions.FirstOrDefault(v => v.Number == (request.Against ?? (long)number - 1));
        if (before is null && request.Against is not null)
            throw new NotFoundException("version");
        return new(
            procedure.Code,
            before?.Number,
            after.Number,
            VersionDiff.Between(before is null ? null : ProcedureDetails.Of(before.Content), ProcedureDetails.Of(after.Content))
        );
    }
}

internal sealed class CompareProcedureVersionsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/procedures/{code}/diff", Handle).AllowsAnonymous().IsPublicData();

    /// <summary>Compare versions of a procedure</summary>
    /// <remarks>Tells member by member what a version changes against another one.</remarks>
    /// <param name="code">Code of the procedure.</param>
    /// <param name="version">Number of the version; the last one when left out.</param>
    /// <param name="against">Number of the version it is compared with; the one before when left out.</param>
    private static async Task<ValueAnswer<VersionComparison>> Handle(
        string code,
        int? version,
        int? against,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new CompareProcedureVersions(code, version, against), ct));
}
