using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Persistence;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain.Specifications;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Search;

internal sealed record GetDossierExport(Guid Id) : IQuery<DossierExportView>;

internal sealed class GetDossierExportHandler(DossiersDbContext db, TimeProvider clock)
    : IRequestHandler<GetDossierExport, DossierExportView>
{
    public async Task<DossierExportView> Handle(GetDossierExport request, CancellationToken ct)
    {
        var export =
            await db.OwnExports.AsNoTracking().Where(new ExportWithId(new(request.Id))).FirstOrDefaultAsync(ct)
            ?? throw new NotFoundException("export");
        var job = await db.Jobs.AsNoTracking().FirstOrDefaultAsync(j => j.Id == request.Id, ct);
        return DossierExportView.Of(export, job, clock.GetUtcNow());
    }
}

internal sealed class GetDossierExportEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/dossier-exports/{id}", Handle).Requires(DossiersPermissions.Export);

    /// <summary>Read an export</summary>
    /// <remarks>Gives where an export of the caller stands, how many dossiers it holds and until when its file is kept.</remarks>
    /// <param name="id">Identifier of the export.</param>
    private static async Task<ValueAnswer<DossierExportView>> Handle(Guid id, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new GetDossierExport(id), ct));
}
