using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain.Notifications;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Notifications;

internal sealed record GetNotification(Guid Id) : IQuery<NotificationDetails>;

/// <summary>A notification with its words.</summary>
/// <param name="Notification">The notification.</param>
/// <param name="Text" example="Ho so H15.09-261124-0012 da duoc tiep nhan.">What was sent, without the name of the person; left out before it was.</param>
internal sealed record NotificationDetails(NotificationView Notification, string? Text);

internal sealed class GetNotificationHandler(DossiersDbContext db) : IRequestHandler<GetNotification, NotificationDetails>
{
    public async Task<NotificationDetails> Handle(GetNotification request, CancellationToken ct)
    {
        var found =
            await db.VisibleNotifications.AsNoTracking().FirstOrDefaultAsync(n => n.Id == request.Id, ct)
            ?? throw new NotFoundException("notification");
        // The link of an invitation is the holder's alone: whoever has it can rate.
        return new(NotificationView.Of(found), found.Text is { } text ? Gaps.WithoutKeys(text) : null);
    }
}

internal sealed class GetNotificationEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/notifications/{id}", Handle).Requires(DossiersPermissions.Notify);

    /// <summary>Read a notification</summary>
    /// <remarks>Gives one notification with the words that were sent; the name and the address of the person are not in them.</remarks>
    /// <param name="id">Identifier of the notification.</param>
    private static async Task<ValueAnswer<NotificationDetails>> Handle(Guid id, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new GetNotification(id), ct));
}
