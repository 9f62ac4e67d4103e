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

namespace Pac.Dossiers.Features.Catalogue;

internal sealed record ListAgencies(PageRequest Page) : IQuery<Page<AgencyView>>;

/// <summary>An agency that decides on dossiers.</summary>
/// <param name="Code">Code of the agency; it begins the dossier code.</param>
/// <param name="Name">Name, in Vietnamese.</param>
/// <param name="NameEn">Name, in English.</param>
/// <param name="Level">Which level it belongs to.</param>
/// <param name="ToBeConfirmed">Whether the operator has to confirm the code.</param>
internal sealed record AgencyView(string Code, string Name, string NameEn, AgencyLevel Level, bool ToBeConfirmed);

internal sealed class ListAgenciesHandler(DossiersDbContext db) : IRequestHandler<ListAgencies, Page<AgencyView>>
{
    public async Task<Page<AgencyView>> Handle(ListAgencies request, CancellationToken ct)
    {
        var size = request.Page.Size();
        var rows = db.Agencies.AsQueryable();
        long? total = request.Page.WithTotal == true ? await rows.LongCountAsync(ct) : null;
        if (Cursors.ReadText(request.Page.Cursor) is { } after)
            rows = rows.Where(a => a.Code.CompareTo(after) > 0);
        var page = await rows.OrderBy(a => a.Code)
            .Take(size + 1)
            .Select(a => new AgencyView(a.Code, a.Name, a.NameEn, a.Level, a.ToBeConfirmed))
            .ToListAsync(ct);
        return Page<AgencyView>.Of(page, size, a => [a.Code], total);
    }
}

internal sealed class ListAgenciesEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/agencies", Handle).AllowsAnonymous().IsPublicData();

    /// <summary>List the agencies</summary>
    /// <remarks>Gives the agencies that decide on dossiers, by code, one page at a time.</remarks>
    private static async Task<PageAnswer<AgencyView>> Handle([AsParameters] PageRequest page, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new ListAgencies(page), ct));
}
