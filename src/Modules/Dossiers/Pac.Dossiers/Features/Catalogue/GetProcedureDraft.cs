using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Catalogue;

internal sealed record GetProcedureDraft(string Code) : IQuery<Versioned<DraftView>>;

internal sealed class GetProcedureDraftHandler(DossiersDbContext db) : IRequestHandler<GetProcedureDraft, Versioned<DraftView>>
{
    public async Task<Versioned<DraftView>> Handle(GetProcedureDraft request, CancellationToken ct)
    {
        var draft =
            await db.ProcedureDrafts.AsNoTracking().FirstOrDefaultAsync(d => d.Code == request.Code, ct)
            ?? throw new NotFoundException("draft");
        return new(DraftView.Of(draft), draft.Version);
    }
}

internal sealed class GetProcedureDraftEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/procedure-drafts/{code}", Handle).Requires(DossiersPermissions.ManageCatalogue);

    /// <summary>Read a draft of a procedure</summary>
    /// <remarks>Gives the version of a procedure that is being worked on.</remarks>
    /// <param name="code">Code of the procedure.</param>
    private static async Task<ItemAnswer<DraftView>> Handle(string code, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new GetProcedureDraft(code), ct));
}
