using FluentValidation;
using Pac.BuildingBlocks.Mediation;
using Pac.Dossiers.Domain.Notifications;

namespace Pac.Dossiers.Features;

/// <summary>How a person wants to be told.</summary>
/// <param name="Channels">On which channels; none when empty. Zalo only with the person's consent.</param>
/// <param name="Language" example="vi">In which language; Vietnamese when left out.</param>
internal sealed record NotificationWishInput(IReadOnlyList<NotificationChannel> Channels, TextLanguage Language = TextLanguage.Vi)
{
    public NotificationWish Read() => new(Language, [.. Channels.Distinct()]);
}

internal sealed class NotificationWishInputValidator : AbstractValidator<NotificationWishInput>
{
    private const int MostChannels = 3;

    public NotificationWishInputValidator()
    {
        RuleFor(w => w.Language).IsInEnum();
        RuleFor(w => w.Channels).NotNull().MostItems(MostChannels);
        RuleForEach(w => w.Channels).IsInEnum();
    }
}
