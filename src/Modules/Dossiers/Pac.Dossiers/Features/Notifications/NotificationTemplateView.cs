using Pac.Dossiers.Domain.Notifications;

namespace Pac.Dossiers.Features.Notifications;

/// <summary>A text with gaps, in force from a day on.</summary>
/// <param name="Id">Identifier of the template.</param>
/// <param name="Kind">What it tells.</param>
/// <param name="Channel">On which channel.</param>
/// <param name="Language">In which language.</param>
/// <param name="EffectiveFrom">First day it is in force.</param>
/// <param name="Subject">Subject of a letter.</param>
/// <param name="Body">The text; gaps are written like <c>{code}</c>.</param>
/// <param name="ProviderTemplate">Number under which Zalo approved the text.</param>
/// <param name="Placeholders">The gaps that a text of this kind may have.</param>
internal sealed record NotificationTemplateView(
    Guid Id,
    NotificationKind Kind,
    NotificationChannel Channel,
    TextLanguage Language,
    DateOnly EffectiveFrom,
    string? Subject,
    string Body,
    string? ProviderTemplate,
    IReadOnlyList<string> Placeholders
)
{
    public static NotificationTemplateView Of(NotificationTemplate t) =>
        new(t.Id.Value, t.Kind, t.Channel, t.Language, t.EffectiveFrom, t.Subject, t.Body, t.ProviderTemplate, Gaps.Of(t.Kind, t.Channel));
}
