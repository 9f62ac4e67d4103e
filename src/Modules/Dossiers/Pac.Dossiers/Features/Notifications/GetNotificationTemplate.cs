using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain.Notifications;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Notifications;

internal sealed record GetNotificationTemplate(Guid Id) : IQuery<Versioned<NotificationTemplateView>>;

internal sealed class GetNotificationTemplateHandler(DossiersDbContext db)
    : IRequestHandler<GetNotificationTemplate, Versioned<NotificationTemplateView>>
{
    public async Task<Versioned<NotificationTemplateView>> Handle(GetNotificationTemplate request, CancellationToken ct)
    {
        var id = new NotificationTemplateId(request.Id);
        var found =
            await db.NotificationTemplates.AsNoTracking().FirstOrDefaultAsync(t => t.Id == id, ct)
            ?? throw new NotFoundException("notificationTemplate");
        return new(NotificationTemplateView.Of(found), found.Version);
    }
}

internal sealed class GetNotificationTemplateEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/notification-templates/{id}", Handle).Requires(DossiersPermissions.ManageTemplates);

    /// <summary>Read a template of notifications</summary>
    /// <remarks>Gives one text with the gaps it may have.</remarks>
    /// <param name="id">Identifier of the template.</param>
    private static async Task<ItemAnswer<NotificationTemplateView>> Handle(Guid id, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new GetNotificationTemplate(id), ct));
}
