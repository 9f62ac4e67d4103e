using System.Globalization;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Persistence;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Integration;

/// <summary>Which messages are wanted.</summary>
/// <param name="State">Where they stand; <c>parked</c> for those that somebody has to mend.</param>
/// <param name="Direction">Which way they go.</param>
/// <param name="DossierCode">Of which dossier.</param>
/// <param name="Kind">What they are about; <c>file</c> for the files that are fetched.</param>
internal sealed record ExchangeMessageFilter(
    [property: FromQuery(Name = "state")] ExchangeState? State,
    [property: FromQuery(Name = "direction")] ExchangeDirection? Direction,
    [property: FromQuery(Name = "dossierCode")] string? DossierCode,
    [property: FromQuery(Name = "kind")] ExchangeKind? Kind = null
);

internal sealed record FindExchangeMessages(string PartnerCode, ExchangeMessageFilter Filter, PageRequest Page)
    : IQuery<Page<ExchangeMessageView>>;

internal sealed class FindExchangeMessagesHandler(DossiersDbContext db) : IRequestHandler<FindExchangeMessages, Page<ExchangeMessageView>>
{
    public async Task<Page<ExchangeMessageView>> Handle(FindExchangeMessages request, CancellationToken ct)
    {
        var size = request.Page.Size();
        var partner = ExchangeMessageView.PartnerFor(db.User, request.PartnerCode);
        var (state, direction, code, kind) = request.Filter;
        var all = db.VisibleMessages.AsNoTracking().Where(m => m.Partner == partner);
        if (state is not null)
            all = all.Where(m => m.State == state);
        if (direction is not null)
            all = all.Where(m => m.Direction == direction);
        if (code is not null)
        {
            var codes = await db.CodesOf(code, ct);
            all = all.Where(m => codes.Contains(m.DossierCode!));
        }
        if (kind is not null)
            all = all.Where(m => m.Kind == kind);
        var page = all;
        if (Cursors.ReadText(request.Page.Cursor) is { } text)
        {
            if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var before))
                throw Cursors.Invalid();
            page = page.Where(m => m.Position < before);
        }
        var rows = await page.OrderByDescending(m => m.Position).Take(size + 1).ToListAsync(ct);
        long? total = request.Page.WithTotal == true ? await all.LongCountAsync(ct) : null;
        var cut = Page<ExchangeMessage>.Of(rows, size, m => [m.Position], total);
        return new([.. cut.Items.Select(ExchangeMessageView.Of)], cut.NextCursor, cut.Total);
    }
}

internal sealed class FindExchangeMessagesEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/integration/{partner}/messages", Handle).Requires(DossiersPermissions.ManageExchange);

    /// <summary>Find messages of the exchange</summary>
    /// <remarks>Gives the messages to and from another system, newest first, such as those that are parked.</remarks>
    /// <param name="partner" example="national-portal">The other system: <c>national-portal</c> or <c>igate</c>.</param>
    private static async Task<PageAnswer<ExchangeMessageView>> Handle(
        string partner,
        [AsParameters] ExchangeMessageFilter filter,
        [AsParameters] PageRequest page,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new FindExchangeMessages(partner, filter, page), ct));
}
