using Pac.Dossiers.Domain.Notifications;

namespace Pac.Dossiers.Features.Notifications;

/// <summary>One message to one person about one act on one channel; where it goes is masked.</summary>
/// <param name="Id">Identifier of the notification.</param>
/// <param name="DossierId">The dossier it is about.</param>
/// <param name="FeedbackId">The feedback it is about.</param>
/// <param name="Kind">What it tells.</param>
/// <param name="Channel">On which channel.</param>
/// <param name="Language">In which language.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Attempts">Tries begun.</param>
/// <param name="NextAttemptAt">When it is tried next, at the earliest; only while it waits. Quiet hours may hold it longer.</param>
/// <param name="LastError" example="gateway-busy">Why it was not sent, as a stable word.</param>
/// <param name="OccurredAt">When the act was done.</param>
/// <param name="SentAt">When it was taken by the mail server or the gateway.</param>
/// <param name="Address" example="090****4567">Where it went, its middle hidden.</param>
/// <param name="Receipt">By what the gateway knows it.</param>
/// <param name="Delivery">What became of it after it was taken; left out while the gateway has told nothing.</param>
/// <param name="DeliveryAt">When that happened, by the gateway.</param>
/// <param name="DeliveryError" example="absent-subscriber">Why it did not reach the person, as the gateway's word.</param>
internal sealed record NotificationView(
    Guid Id,
    Guid? DossierId,
    Guid? FeedbackId,
    NotificationKind Kind,
    NotificationChannel Channel,
    TextLanguage Language,
    NotificationState State,
    int Attempts,
    DateTimeOffset? NextAttemptAt,
    string? LastError,
    DateTimeOffset OccurredAt,
    DateTimeOffset? SentAt,
    string? Address,
    string? Receipt,
    DeliveryReport? Delivery,
    DateTimeOffset? DeliveryAt,
    string? DeliveryError
)
{
    public static NotificationView Of(Notification n) =>
        new(
            n.Id,
            n.DossierId?.Value,
            n.FeedbackId?.Value,
            n.Kind,
            n.Channel,
            n.Language,
            n.State,
            n.Attempts,
            n.State == NotificationState.Waiting ? n.NextAttemptAt : null,
            n.LastError,
            n.OccurredAt,
            n.SentAt,
            n.Address,
            n.Receipt,
            n.Delivery,
            n.DeliveryAt,
            n.DeliveryError
        );
}
