using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Persistence;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain.Notifications;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Notifications;

/// <summary>Which templates are wanted.</summary>
/// <param name="Kind">For what they are.</param>
/// <param name="Channel">On which channel.</param>
/// <param name="Language">In which language.</param>
internal sealed record TemplateFilter(
    [property: FromQuery(Name = "kind")] NotificationKind? Kind,
    [property: FromQuery(Name = "channel")] NotificationChannel? Channel,
    [property: FromQuery(Name = "language")] TextLanguage? Language
);

internal sealed record ListNotificationTemplates(TemplateFilter Filter, PageRequest Page) : IQuery<Page<NotificationTemplateView>>;

internal sealed class ListNotificationTemplatesHandler(DossiersDbContext db)
    : IRequestHandler<ListNotificationTemplates, Page<NotificationTemplateView>>
{
    public async Task<Page<NotificationTemplateView>> Handle(ListNotificationTemplates request, CancellationToken ct)
    {
        var size = request.Page.Size();
        var (kind, channel, language) = request.Filter;
        var all = db.NotificationTemplates.AsNoTracking();
        if (kind is not null)
            all = all.Where(t => t.Kind == kind);
        if (channel is not null)
            all = all.Where(t => t.Channel == channel);
        if (language is not null)
            all = all.Where(t => t.Language == language);
        var page = all;
        if (Cursors.ReadId(request.Page.Cursor) is { } last)
        {
            var after = new NotificationTemplateId(last);
            page = page.Where(t => t.Id > after);
        }
        var rows = await page.OrderBy(t => t.Id).Take(size + 1).ToListAsync(ct);
        long? total = request.Page.WithTotal == true ? await all.LongCountAsync(ct) : null;
        var cut = Page<NotificationTemplate>.Of(rows, size, t => [t.Id.Value], total);
        return new([.. cut.Items.Select(NotificationTemplateView.Of)], cut.NextCursor, cut.Total);
    }
}

internal sealed class ListNotificationTemplatesEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/notification-templates", Handle).Requires(DossiersPermissions.ManageTemplates);

    /// <summary>List the templates of notifications</summary>
    /// <remarks>Gives the texts that are, were or will be in force, in the order in which they were written.</remarks>
    private static async Task<PageAnswer<NotificationTemplateView>> Handle(
        [AsParameters] TemplateFilter filter,
        [AsParameters] PageRequest page,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new ListNotificationTemplates(filter, page), ct));
}
