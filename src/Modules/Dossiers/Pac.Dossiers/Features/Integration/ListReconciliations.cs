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

internal sealed record ListReconciliations(string PartnerCode, PageRequest Page) : IQuery<Page<ReconciliationView>>;

/// <summary>The report of a comparison.</summary>
/// <param name="Id">Identifier of the comparison.</param>
/// <param name="From">First day of reception.</param>
/// <param name="To">Last day of reception.</param>
/// <param name="StartedAt">When it was made.</param>
/// <param name="Compared">Dossiers compared.</param>
/// <param name="Differing">Dossiers on which both sides do not agree.</param>
/// <param name="Differences">The first of them, at most 100; all of them are listed under <c>/differences</c> of the report.</param>
internal sealed record ReconciliationView(
    Guid Id,
    DateOnly From,
    DateOnly To,
    DateTimeOffset StartedAt,
    int Compared,
    int Differing,
    IReadOnlyList<DifferenceView> Differences
)
{
    public static ReconciliationView Of(Reconciliation r) =>
        new(
            r.Id,
            r.From,
            r.To,
            r.StartedAt,
            r.Compared,
            r.Differing,
            [.. r.Differences.Take(Reconciliation.MostShown).Select(d => new DifferenceView(d.Code, d.Kind, d.Here, d.There, d.StatedBy))]
        );
}

/// <summary>A dossier on which both sides do not agree.</summary>
/// <param name="DossierCode">Code of the dossier.</param>
/// <param name="Kind">What differs: <c>missing-there</c>, <c>missing-here</c> or <c>status-differs</c>.</param>
/// <param name="Here">National code of the status here.</param>
/// <param name="There">National code of the status there.</param>
/// <param name="StatedBy">Which system may state it; left out where there is no such dossier here.</param>
internal sealed record DifferenceView(string DossierCode, string Kind, int? Here, int? There, StatedBy? StatedBy);

internal sealed class ListReconciliationsHandler(DossiersDbContext db) : IRequestHandler<ListReconciliations, Page<ReconciliationView>>
{
    public async Task<Page<ReconciliationView>> Handle(ListReconciliations request, CancellationToken ct)
    {
        var size = request.Page.Size();
        var partner = ExchangeMessageView.PartnerFor(db.User, request.PartnerCode);
        var all = db.Reconciliations.AsNoTracking().Where(r => r.Partner == partner);
        var page = all;
        if (Cursors.ReadId(request.Page.Cursor) is { } after)
            page = page.Where(r => r.Id < after);
        var rows = await page.OrderByDescending(r => r.Id).Take(size + 1).ToListAsync(ct);
        long? total = request.Page.WithTotal == true ? await all.LongCountAsync(ct) : null;
        return Page<ReconciliationView>.Of([.. rows.Select(ReconciliationView.Of)], size, r => [r.Id], total);
    }
}

internal sealed class ListReconciliationsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/integration/{partner}/reconciliations", Handle).Requires(DossiersPermissions.ManageExchange);

    /// <summary>List comparisons with another system</summary>
    /// <remarks>Gives the reports of the nightly comparisons and of those asked for, newest first, each with the first of its differences.</remarks>
    /// <param name="partner" example="national-portal">The other system: <c>national-portal</c> or <c>igate</c>.</param>
    private static async Task<PageAnswer<ReconciliationView>> Handle(
        string partner,
        [AsParameters] PageRequest page,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new ListReconciliations(partner, page), ct));
}
