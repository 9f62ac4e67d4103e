using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Catalogue;

internal sealed record ListProcedureVersions(string Code) : IQuery<ProcedureHistory>;

/// <summary>All versions of a procedure.</summary>
/// <param name="Code">Code of the procedure.</param>
/// <param name="Versions">The versions, oldest first.</param>
internal sealed record ProcedureHistory(string Code, IReadOnlyList<ProcedureView> Versions);

internal sealed class ListProcedureVersionsHandler(DossiersDbContext db, TimeProvider clock)
    : IRequestHandler<ListProcedureVersions, ProcedureHistory>
{
    public async Task<ProcedureHistory> Handle(ListProcedureVersions request, CancellationToken ct)
    {
        var procedure =
            await db.Procedures.AsNoTracking().FirstOrDefaultAsync(p => p.Code == request.Code, ct)
            ?? throw new NotFoundException("procedure");
        var today = clock.GetUtcNow().LocalDay();
        return new(procedure.Code, [.. procedure.Versions.OrderBy(v => v.Number).Select(v => ProcedureView.Of(procedure, v, today))]);
    }
}

internal sealed class ListProcedureVersionsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/procedures/{code}/versions", Handle).AllowsAnonymous().IsPublicData();

    /// <summary>List the versions of a procedure</summary>
    /// <remarks>Gives every version with the day it takes effect; an open dossier keeps the version it was received under.</remarks>
    /// <param name="code">Code of the procedure.</param>
    private static async Task<ValueAnswer<ProcedureHistory>> Handle(string code, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new ListProcedureVersions(code), ct));
}
