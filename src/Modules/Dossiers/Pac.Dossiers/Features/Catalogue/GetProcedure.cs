using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Catalogue;

internal sealed record GetProcedure(string Code, DateOnly? On) : IQuery<Versioned<ProcedureView>>;

internal sealed class GetProcedureHandler(DossiersDbContext db, TimeProvider clock)
    : IRequestHandler<GetProcedure, Versioned<ProcedureView>>
{
    public async Task<Versioned<ProcedureView>> Handle(GetProcedure request, CancellationToken ct)
    {
        var procedure =
            await db.Procedures.AsNoTracking().FirstOrDefaultAsync(p => p.Code == request.Code, ct)
            ?? throw new NotFoundException("procedure");
        var today = clock.GetUtcNow().LocalDay();
        var version = procedure.InForceOn(request.On ?? today) ?? throw new NotFoundException("procedure");
        return new(ProcedureView.Of(procedure, version, today), procedure.Version);
    }
}

internal sealed class GetProcedureEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/procedures/{code}", Handle).AllowsAnonymous();

    /// <summary>Read a procedure</summary>
    /// <remarks>Gives the version in force today, or on another day.</remarks>
    /// <param name="code">Code of the procedure.</param>
    /// <param name="on">The day; today when not given.</param>
    private static async Task<ItemAnswer<ProcedureView>> Handle(string code, DateOnly? on, ISender sender, CancellationToken ct)
    {
        var procedure = await sender.Send(new GetProcedure(code, on), ct);
        // Another version may come into force, and this one end, overnight without a change of the procedure.
        return new(procedure, procedure.Item.Version * 2 + (procedure.Item.State == VersionState.Ended ? 1 : 0));
    }
}
