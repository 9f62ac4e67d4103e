using Pac.Dossiers.Domain.Notifications;

namespace Pac.Dossiers.Features;

/// <summary>How a person wants to be told.</summary>
/// <param name="Channels" example="[&quot;email&quot;,&quot;sms&quot;]">On which channels; none when empty. Zalo only with the person's consent.</param>
/// <param name="Language" example="vi">In which language; Vietnamese when left out.</param>
internal sealed record NotificationWishInput(IReadOnlyList<NotificationChannel> Channels, TextLanguage Language = TextLanguage.Vi)
{
    public NotificationWish Read() => new(Language, [.. Channels.Distinct()]);
}
