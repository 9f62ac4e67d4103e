using System.Globalization;
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

namespace Pac.Dossiers.Features.Integration;

internal sealed record ListDifferences(string PartnerCode, Guid Id, PageRequest Page) : IQuery<Page<DifferenceView>>;

internal sealed class ListDifferencesHandler(DossiersDbContext db) : IRequestHandler<ListDifferences, Page<DifferenceView>>
{
    public async Task<Page<DifferenceView>> Handle(ListDifferences request, CancellationToken ct)
    {
        var size = request.Page.Size();
        var partner = ExchangeMessageView.PartnerFor(db.User, request.PartnerCode);
        if (!await db.Reconciliations.AnyAsync(r => r.Id == request.Id && r.Partner == partner, ct))
            throw new NotFoundException("reconciliation");
        var all = db.ReconciliationDifferences.AsNoTracking().Where(d => d.ReconciliationId == request.Id);
        var page = all;
        if (Cursors.ReadText(request.Page.Cursor) is { } text)
        {
            if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var after))
                throw Cursors.Invalid();
            page = page.Where(d => d.Number > after);
        }
        var rows = await page.OrderBy(d => d.Number).Take(size + 1).ToListAsync(ct);
        long? total = request.Page.WithTotal == true ? await all.LongCountAsync(ct) : null;
        var cut = Page<ReconciliationDifference>.Of(rows, size, d => [d.Number], total);
        return new([.. cut.Items.Select(d => new DifferenceView(d.Code, d.Kind, d.Here, d.There, d.StatedBy))], cut.NextCursor, cut.Total);
    }
}

internal sealed class ListDifferencesEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/integration/{partner}/reconciliations/{id}/differences", Handle).Requires(DossiersPermissions.ManageExchange);

    /// <summary>List the differences that a comparison found</summary>
    /// <remarks>Gives all dossiers on which both sides did not agree, by their code.</remarks>
    /// <param name="partner" example="national-portal">The other system: <c>national-portal</c> or <c>igate</c>.</param>
    /// <param name="id">Identifier of the comparison.</param>
    private static async Task<PageAnswer<DifferenceView>> Handle(
        string partner,
        Guid id,
        [AsParameters] PageRequest page,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new ListDifferences(partner, id, page), ct));
}
