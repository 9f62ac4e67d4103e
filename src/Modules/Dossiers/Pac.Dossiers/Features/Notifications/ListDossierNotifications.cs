using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Notifications;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Notifications;

internal sealed record ListDossierNotifications(Guid Id) : IQuery<DossierNotifications>;

/// <summary>How the holder of a dossier is told, and what was told.</summary>
/// <param name="DossierId">Identifier of the dossier.</param>
/// <param name="Language">In which language.</param>
/// <param name="Channels">On which channels the person wants to be told.</param>
/// <param name="Notifications">What was told and what waits, oldest first, at most 500.</param>
internal sealed record DossierNotifications(
    Guid DossierId,
    TextLanguage Language,
    IReadOnlyList<NotificationChannel> Channels,
    IReadOnlyList<NotificationView> Notifications
);

internal sealed class ListDossierNotificationsHandler(DossiersDbContext db)
    : IRequestHandler<ListDossierNotifications, DossierNotifications>
{
    private const int Most = 500;

    public async Task<DossierNotifications> Handle(ListDossierNotifications request, CancellationToken ct)
    {
        var id = new DossierId(request.Id);
        var dossier = await db.FindVisible(id) ?? throw new NotFoundException("dossier");
        var rows = await db
            .Notifications.AsNoTracking()
            .Where(n => n.DossierId == id)
            .OrderBy(n => n.Revision)
            .ThenBy(n => n.Position)
            .Take(Most)
            .ToListAsync(ct);
        var wish = dossier.Wish ?? NotificationWish.Usual;
        return new(request.Id, wish.Language, wish.Channels, [.. rows.Select(NotificationView.Of)]);
    }
}

internal sealed class ListDossierNotificationsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/dossiers/{id}/told", Handle).Requires(DossiersPermissions.Read);

    /// <summary>List the notifications of a dossier</summary>
    /// <remarks>Gives how the holder wants to be told, what was told and what waits; addresses are masked.</remarks>
    /// <param name="id">Identifier of the dossier.</param>
    private static async Task<ValueAnswer<DossierNotifications>> Handle(Guid id, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new ListDossierNotifications(id), ct));
}
