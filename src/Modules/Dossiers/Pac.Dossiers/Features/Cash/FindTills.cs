using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Persistence;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain.Fees;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Cash;

/// <summary>Which tills are wanted.</summary>
/// <param name="CentreCode">Of which centre.</param>
/// <param name="Day">Of which day.</param>
/// <param name="Cashier">Subject of the cashier.</param>
/// <param name="Open">Only open ones, or only closed ones.</param>
internal sealed record TillFilter(
    [property: FromQuery(Name = "centreCode")] string? CentreCode = null,
    [property: FromQuery(Name = "day")] DateOnly? Day = null,
    [property: FromQuery(Name = "cashier")] string? Cashier = null,
    [property: FromQuery(Name = "open")] bool? Open = null
);

internal sealed record FindTills(TillFilter Filter, PageRequest Page) : IQuery<Page<TillView>>;

internal sealed class FindTillsHandler(DossiersDbContext db) : IRequestHandler<FindTills, Page<TillView>>
{
    public async Task<Page<TillView>> Handle(FindTills request, CancellationToken ct)
    {
        var size = request.Page.Size();
        var all = db.VisibleTills().AsNoTracking();
        if (request.Filter.CentreCode is { } centre)
            all = all.Where(t => t.CentreCode == centre);
        if (request.Filter.Day is { } day)
            all = all.Where(t => t.Day == day);
        if (request.Filter.Cashier is { } cashier)
            all = all.Where(t => t.Cashier == cashier);
        if (request.Filter.Open is { } open)
            all = all.Where(t => t.ClosedAt == null == open);
        var page = all;
        if (Cursors.ReadId(request.Page.Cursor) is { } after)
        {
            var last = new TillId(after);
            page = page.Where(t => t.Id < last);
        }
        var rows = await page.OrderByDescending(t => t.Id).Take(size + 1).ToListAsync(ct);
        long? total = request.Page.WithTotal == true ? await all.LongCountAsync(ct) : null;
        var sums = await db.TotalsOf([.. rows.Select(t => t.Id.Value)], ct);
        return Page<TillView>.Of([.. rows.Select(t => TillView.Of(t, sums.GetValueOrDefault(t.Id.Value)))], size, t => [t.Id], total);
    }
}

internal sealed class FindTillsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/tills", Handle).Requires(DossiersPermissions.ReadCash);

    /// <summary>Find tills</summary>
    /// <remarks>Gives the tills that the caller may see, newest first, such as those that are still open.</remarks>
    private static async Task<PageAnswer<TillView>> Handle(
        [AsParameters] TillFilter filter,
        [AsParameters] PageRequest page,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new FindTills(filter, page), ct));
}
