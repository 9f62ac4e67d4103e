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

internal sealed record ListFields(PageRequest Page) : IQuery<Page<FieldView>>;

/// <summary>A field of procedures.</summary>
/// <param name="Code">Code of the field.</param>
/// <param name="Name">Name, in Vietnamese.</param>
/// <param name="NameEn">Name, in English.</param>
internal sealed record FieldView(string Code, string Name, string NameEn);

internal sealed class ListFieldsHandler(DossiersDbContext db) : IRequestHandler<ListFields, Page<FieldView>>
{
    public async Task<Page<FieldView>> Handle(ListFields request, CancellationToken ct)
    {
        var size = request.Page.Size();
        var rows = db.Fields.AsQueryable();
        long? total = request.Page.WithTotal == true ? await rows.LongCountAsync(ct) : null;
        if (Cursors.ReadText(request.Page.Cursor) is { } after)
            rows = rows.Where(f => f.Code.CompareTo(after) > 0);
        var page = await rows.OrderBy(f => f.Code).Take(size + 1).Select(f => new FieldView(f.Code, f.Name, f.NameEn)).ToListAsync(ct);
        return Page<FieldView>.Of(page, size, f => [f.Code], total);
    }
}

internal sealed class ListFieldsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/fields", Handle).AllowsAnonymous().IsPublicData();

    /// <summary>List the fields</summary>
    /// <remarks>Gives the fields of the catalogue by code, one page at a time.</remarks>
    private static async Task<PageAnswer<FieldView>> Handle([AsParameters] PageRequest page, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new ListFields(page), ct));
}
