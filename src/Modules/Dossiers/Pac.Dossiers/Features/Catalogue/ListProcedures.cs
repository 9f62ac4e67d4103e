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

internal sealed record ListProcedures(string? FieldCode, PageRequest Page) : IQuery<Page<ProcedureLine>>;

/// <summary>One line of the catalogue.</summary>
/// <param name="Code">Code of the procedure.</param>
/// <param name="FieldCode">Its field.</param>
/// <param name="Name">Name, in Vietnamese.</param>
/// <param name="NameEn">Name, in English.</param>
/// <param name="LastVersion">Number of the newest version, from 1.</param>
internal sealed record ProcedureLine(string Code, string FieldCode, string Name, string NameEn, int LastVersion);

internal sealed class ListProceduresHandler(DossiersDbContext db) : IRequestHandler<ListProcedures, Page<ProcedureLine>>
{
    public async Task<Page<ProcedureLine>> Handle(ListProcedures request, CancellationToken ct)
    {
        var size = request.Page.Size();
        var rows = db.Procedures.IgnoreAutoIncludes();
        if (request.FieldCode is { } field)
            rows = rows.Where(p => p.FieldCode == field);
        long? total = request.Page.WithTotal == true ? await rows.LongCountAsync(ct) : null;
        if (Cursors.ReadText(request.Page.Cursor) is { } after)
            rows = rows.Where(p => p.Code.CompareTo(after) > 0);
        var page = await rows.OrderBy(p => p.Code)
            .Take(size + 1)
            .Select(p => new ProcedureLine(p.Code, p.FieldCode, p.Name, p.NameEn, p.LastVersion))
            .ToListAsync(ct);
        return Page<ProcedureLine>.Of(page, size, p => [p.Code], total);
    }
}

internal sealed class ListProceduresEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/procedures", Handle).AllowsAnonymous().IsPublicData();

    /// <summary>List the procedures</summary>
    /// <remarks>Gives the catalogue by code, of one field if wanted, one page at a time.</remarks>
    /// <param name="fieldCode">Only procedures of this field.</param>
    private static async Task<PageAnswer<ProcedureLine>> Handle(
        string? fieldCode,
        [AsParameters] PageRequest page,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new ListProcedures(fieldCode, page), ct));
}
