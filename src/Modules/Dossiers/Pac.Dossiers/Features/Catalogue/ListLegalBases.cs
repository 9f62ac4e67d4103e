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

internal sealed record ListLegalBases(DateOnly? On, PageRequest Page) : IQuery<Page<LegalBasisView>>;

internal sealed class ListLegalBasesHandler(DossiersDbContext db) : IRequestHandler<ListLegalBases, Page<LegalBasisView>>
{
    public async Task<Page<LegalBasisView>> Handle(ListLegalBases request, CancellationToken ct)
    {
        var size = request.Page.Size();
        var rows = db.LegalBases.AsNoTracking();
        if (request.On is { } day)
            rows = rows.Where(b => (b.EffectiveFrom == null || b.EffectiveFrom <= day) && (b.EffectiveTo == null || b.EffectiveTo >= day));
        long? total = request.Page.WithTotal == true ? await rows.LongCountAsync(ct) : null;
        if (Cursors.ReadText(request.Page.Cursor) is { } after)
            rows = rows.Where(b => b.Id.CompareTo(after) > 0);
        var page = await rows.OrderBy(b => b.Id).Take(size + 1).ToListAsync(ct);
        return Page<LegalBasisView>.Of([.. page.Select(LegalBasisView.Of)], size, b => [b.Id], total);
    }
}

internal sealed class ListLegalBasesEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/legal-bases", Handle).AllowsAnonymous().IsPublicData();

    /// <summary>List the legal bases</summary>
    /// <remarks>Gives the instruments that procedures and fees rest on, by id, one page at a time.</remarks>
    /// <param name="on">Only what is in force on this day.</param>
    private static async Task<PageAnswer<LegalBasisView>> Handle(
        DateOnly? on,
        [AsParameters] PageRequest page,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new ListLegalBases(on, page), ct));
}
