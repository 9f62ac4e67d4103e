using Pac.Dossiers.Domain.Notifications;

namespace Pac.Dossiers.Domain;

/// <content>How its holder is told.</content>
internal sealed partial class Dossier
{
    /// <summary>What the person wishes; null while nothing was said.</summary>
    public NotificationWish? Wish { get; private set; }

    /// <summary>Notes in which language and on which channels the person wants to be told.</summary>
    public void WishFor(NotificationWish wish)
    {
        Wish = wish;
        Touch();
    }

    /// <summary>Where the person is reached on a channel; null when no address is known.</summary>
    public string? AddressOn(NotificationChannel channel) => channel == NotificationChannel.Email ? Applicant.Email : Applicant.Phone;
}
