using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Notifications;
using Pac.Dossiers.Domain.Specifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Notifications;

internal sealed record ResendNotification(Guid Id) : ICommand<NotificationView>;

internal sealed class ResendNotificationHandler(INotificationQueue queue, IRepository<Dossier> dossiers, TimeProvider clock)
    : IRequestHandler<ResendNotification, NotificationView>
{
    public async Task<NotificationView> Handle(ResendNotification request, CancellationToken ct)
    {
        var found = await queue.Find(request.Id, ct) ?? throw new NotFoundException("notification");
        var now = clock.GetUtcNow();
        if (found.State == NotificationState.Waiting)
            throw new BusinessRuleException(NotificationErrors.StillWaiting);
        if (found.DossierId is { } id && await dossiers.First(new DossierWithId(id), ct) is { } dossier)
        {
            if (dossier.ErasedAt is not null)
                throw new BusinessRuleException(NotificationErrors.Erased);
            if (!found.Holds(dossier, now))
                throw new BusinessRuleException(NotificationErrors.Overtaken);
        }
        await queue.Save(found, now, ct);
        return NotificationView.Of(found) with { State = NotificationState.Waiting, Attempts = 0, NextAttemptAt = now, LastError = null };
    }
}

internal sealed class ResendNotificationEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/notifications/{id}/resend", Handle).Requires(DossiersPermissions.Notify);

    /// <summary>Send a notification again</summary>
    /// <remarks>Puts a notification back in line with all its tries, as after a channel was set up. What is no longer true is not sent again.</remarks>
    /// <param name="id">Identifier of the notification.</param>
    private static async Task<ValueAnswer<NotificationView>> Handle(Guid id, ISender sender, CancellationToken ct) =>
        new(await sender.Send(new ResendNotification(id), ct));
}
