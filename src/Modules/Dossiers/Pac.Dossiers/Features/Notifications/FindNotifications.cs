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
using Pac.Dossiers.Domain.Notifications;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Notifications;

/// <summary>Which notifications are wanted.</summary>
/// <param name="State">Where they stand; <c>notConfigured</c> and <c>givenUp</c> for those that somebody has to look at.</param>
/// <param name="Channel">On which channel.</param>
/// <param name="Kind">What they tell.</param>
/// <param name="DossierId">Of which dossier.</param>
internal sealed record NotificationFilter(
    [property: FromQuery(Name = "state")] NotificationState? State,
    [property: FromQuery(Name = "channel")] NotificationChannel? Channel,
    [property: FromQuery(Name = "kind")] NotificationKind? Kind,
    [property: FromQuery(Name = "dossierId")] Guid? DossierId
);

internal sealed record FindNotifications(NotificationFilter Filter, PageRequest Page) : IQuery<Page<NotificationView>>;

internal sealed class FindNotificationsHandler(DossiersDbContext db) : IRequestHandler<FindNotifications, Page<NotificationView>>
{
    public async Task<Page<NotificationView>> Handle(FindNotifications request, CancellationToken ct)
    {
        var size = request.Page.Size();
        var (state, channel, kind, dossierId) = request.Filter;
        var all = db.VisibleNotifications.AsNoTracking();
        if (state is not null)
            all = all.Where(n => n.State == state);
        if (channel is not null)
            all = all.Where(n => n.Channel == channel);
        if (kind is not null)
            all = all.Where(n => n.Kind == kind);
        if (dossierId is { } id)
        {
            var dossier = new DossierId(id);
            all = all.Where(n => n.DossierId == dossier);
        }
        var page = all;
        if (Cursors.ReadText(request.Page.Cursor) is { } text)
        {
            if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var before))
                throw Cursors.Invalid();
            page = page.Where(n => n.Position < before);
        }
        var rows = await page.OrderByDescending(n => n.Position).Take(size + 1).ToListAsync(ct);
        long? total = request.Page.WithTotal == true ? await all.LongCountAsync(ct) : null;
        var cut = Page<Notification>.Of(rows, size, n => [n.Position], total);
        return new([.. cut.Items.Select(NotificationView.Of)], cut.NextCursor, cut.Total);
    }
}

internal sealed class FindNotificationsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/notifications", Handle).Requires(DossiersPermissions.Notify);

    /// <summary>Find notifications</summary>
    /// <remarks>Gives what people were told and what waits, newest first, about dossiers and feedback that the caller may see.</remarks>
    private static async Task<PageAnswer<NotificationView>> Handle(
        [AsParameters] NotificationFilter filter,
        [AsParameters] PageRequest page,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new FindNotifications(filter, page), ct));
}
