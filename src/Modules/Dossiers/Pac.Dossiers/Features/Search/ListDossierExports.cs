using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Persistence;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Search;

internal sealed record ListDossierExports(PageRequest Page) : IQuery<Page<DossierExportView>>;

internal sealed class ListDossierExportsHandler(DossiersDbContext db, TimeProvider clock)
    : IRequestHandler<ListDossierExports, Page<DossierExportView>>
{
    public async Task<Page<DossierExportView>> Handle(ListDossierExports request, CancellationToken ct)
    {
        var size = request.Page.Size();
        var own = db.OwnExports.AsNoTracking();
        long? total = request.Page.WithTotal == true ? await own.LongCountAsync(ct) : null;
        if (Cursors.ReadId(request.Page.Cursor) is { } id)
        {
            var before = new DossierExportId(id);
            own = own.Where(e => e.Id < before);
        }
        var exports = await own.OrderByDescending(e => e.Id).Take(size + 1).ToListAsync(ct);
        Guid[] ids = [.. exports.Select(e => e.Id.Value)];
        var jobs = await db.Jobs.AsNoTracking().Where(j => ids.Contains(j.Id)).ToDictionaryAsync(j => j.Id, ct);
        var now = clock.GetUtcNow();
        List<DossierExportView> rows = [.. exports.Select(e => DossierExportView.Of(e, jobs.GetValueOrDefault(e.Id.Value), now))];
        return Page<DossierExportView>.Of(rows, size, e => [e.Id], total);
    }
}

internal sealed class ListDossierExportsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/dossier-exports", Handle).Requires(DossiersPermissions.Export);

    /// <summary>List one's exports</summary>
    /// <remarks>Gives what the caller exported with the present data scope, newest first, with where each stands and until when its file is kept.</remarks>
    private static async Task<PageAnswer<DossierExportView>> Handle(
        [AsParameters] PageRequest page,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new ListDossierExports(page), ct));
}
