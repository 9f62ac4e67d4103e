using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Notifications;
using Pac.Dossiers.Notifications;
using Pac.Dossiers.Persistence;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Notifications;

internal sealed record GetNotificationChannels : IQuery<NotificationChannels>;

/// <summary>The channels by which people are told.</summary>
/// <param name="Channels">One line for each.</param>
/// <param name="QuietFrom">From this local time on no short messages and no messages in Zalo go out.</param>
/// <param name="QuietUntil">At this local time they go out again.</param>
internal sealed record NotificationChannels(IReadOnlyList<NotificationChannelLine> Channels, TimeOnly QuietFrom, TimeOnly QuietUntil);

/// <summary>How a channel does.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Configured">Whether it is set up; what is to be told on it is noted as <c>notConfigured</c> while it is not.</param>
/// <param name="HeldNow">Whether quiet hours hold it now.</param>
/// <param name="Waiting">Messages that wait.</param>
/// <param name="Sent">Messages that were sent.</param>
/// <param name="GivenUp">Messages that were given up.</param>
/// <param name="NotConfigured">Messages that could not be sent because something is not set up.</param>
/// <param name="Superseded">Messages that a newer fact had overtaken.</param>
/// <param name="NotWanted">Messages that the person does not want or has no address for.</param>
internal sealed record NotificationChannelLine(
    NotificationChannel Channel,
    bool Configured,
    bool HeldNow,
    long Waiting,
    long Sent,
    long GivenUp,
    long NotConfigured,
    long Superseded,
    long NotWanted
);

internal sealed class GetNotificationChannelsHandler(DossiersDbContext db, NotificationDispatcher dispatcher, ILaw laws, TimeProvider clock)
    : IRequestHandler<GetNotificationChannels, NotificationChannels>
{
    public async Task<NotificationChannels> Handle(GetNotificationChannels request, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var law = await laws.On(now.LocalDay(), ct);
        var open = NotificationDispatcher.Open(law, now);
        var counts = await db
            .VisibleNotifications.GroupBy(n => new { n.Channel, n.State })
            .Select(g => new
            {
                g.Key.Channel,
                g.Key.State,
                Count = g.LongCount(),
            })
            .ToListAsync(ct);
        return new(
            [
                .. Enum.GetValues<NotificationChannel>()
                    .Select(c => new NotificationChannelLine(
                        c,
                        dispatcher.On(c).IsConfigured,
                        !open.Contains(c),
                        Of(c, NotificationState.Waiting),
                        Of(c, NotificationState.Sent),
                        Of(c, NotificationState.GivenUp),
                        Of(c, NotificationState.NotConfigured),
                        Of(c, NotificationState.Superseded),
                        Of(c, NotificationState.NotWanted)
                    )),
            ],
            law.Time(LawInForce.QuietFrom),
            law.Time(LawInForce.QuietUntil)
        );

        long Of(NotificationChannel channel, NotificationState state) =>
            counts.Where(c => c.Channel == channel && c.State == state).Sum(c => c.Count);
    }
}

internal sealed class GetNotificationChannelsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/notification-channels", Handle).Requires(DossiersPermissions.Notify);

    /// <summary>See how the channels do</summary>
    /// <remarks>Says for each channel whether it is set up and how many messages wait, were sent, or could not be sent.</remarks>
    private static async Task<ValueAnswer<NotificationChannels>> Handle(ISender sender, CancellationToken ct) =>
        new(await sender.Send(new GetNotificationChannels(), ct));
}
