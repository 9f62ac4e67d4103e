using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Persistence;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Catalogue;

internal sealed record ListProcedureDrafts(PageRequest Page) : IQuery<Page<DraftLine>>;

/// <summary>A draft in the list.</summary>
/// <param name="Code">Code of the procedure.</param>
/// <param name="FieldCode">Its field.</param>
/// <param name="BasedOn">Number of the version it was begun from; left out for a new procedure.</param>
/// <param name="ChangedBy">Subject who changed it last.</param>
/// <param name="ChangedAt">When it was changed last.</param>
internal sealed record DraftLine(string Code, string FieldCode, int? BasedOn, string ChangedBy, DateTimeOffset ChangedAt);

internal sealed class ListProcedureDraftsHandler(DossiersDbContext db) : IRequestHandler<ListProcedureDrafts, Page<DraftLine>>
{
    public async Task<Page<DraftLine>> Handle(ListProcedureDrafts request, CancellationToken ct)
    {
        var size = request.Page.Size();
        var rows = db.ProcedureDrafts.AsQueryable();
        long? total = request.Page.WithTotal == true ? await rows.LongCountAsync(ct) : null;
        if (Cursors.ReadText(request.Page.Cursor) is { } after)
            rows = rows.Where(d => d.Code.CompareTo(after) > 0);
        var page = await rows.OrderBy(d => d.Code)
            .Take(size + 1)
            .Select(d => new DraftLine(d.Code, d.FieldCode, d.BasedOn, d.ChangedBy, d.ChangedAt))
            .ToListAsync(ct);
        return Page<DraftLine>.Of(page, size, d => [d.Code], total);
    }
}

internal sealed class ListProcedureDraftsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/procedure-drafts", Handle).Requires(DossiersPermissions.ManageCatalogue);

    /// <summary>List the drafts of procedures</summary>
    /// <remarks>Gives the versions that are being worked on, by code, one page at a time.</remarks>
    private static async Task<PageAnswer<DraftLine>> Handle([AsParameters] PageRequest page, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new ListProcedureDrafts(page), ct));
}
