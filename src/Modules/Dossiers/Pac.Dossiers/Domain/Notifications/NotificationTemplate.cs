using Pac.SharedKernel;

namespace Pac.Dossiers.Domain.Notifications;

internal readonly record struct NotificationTemplateId(Guid Value) : IStrongId<NotificationTemplateId>
{
    public static NotificationTemplateId From(Guid value) => new(value);

    public static bool operator <(NotificationTemplateId left, NotificationTemplateId right) => left.Value.CompareTo(right.Value) < 0;

    public static bool operator >(NotificationTemplateId left, NotificationTemplateId right) => left.Value.CompareTo(right.Value) > 0;
}

/// <summary>What a template is for.</summary>
/// <param name="Kind">What it tells.</param>
/// <param name="Channel">On which channel.</param>
/// <param name="Language">In which language.</param>
internal readonly record struct TemplateUse(NotificationKind Kind, NotificationChannel Channel, TextLanguage Language);

/// <summary>A text with gaps, from a day on. What is told of an act is told in the words that were in force on its day.</summary>
internal sealed class NotificationTemplate : AggregateRoot
{
    private NotificationTemplate() { }

    public NotificationTemplateId Id { get; private set; }

    public NotificationKind Kind { get; private set; }

    public NotificationChannel Channel { get; private set; }

    public TextLanguage Language { get; private set; }

    public DateOnly EffectiveFrom { get; private set; }

    /// <summary>Subject of a letter; null on other channels.</summary>
    public string? Subject { get; private set; }

    public string Body { get; private set; } = "";

    /// <summary>Number under which Zalo approved the text; without it nothing can be sent there.</summary>
    public string? ProviderTemplate { get; private set; }

    /// <summary>A new text; checked, so that no gap stays open and nothing is told that must not be.</summary>
    /// <exception cref="BusinessRuleException">The text breaks a rule.</exception>
    public static NotificationTemplate Write(
        TemplateUse use,
        DateOnly effectiveFrom,
        string? subject,
        string body,
        string? providerTemplate,
        DateTimeOffset now
    )
    {
        var template = new NotificationTemplate
        {
            Id = new(Guid.CreateVersion7(now)),
            Kind = use.Kind,
            Channel = use.Channel,
            Language = use.Language,
            EffectiveFrom = effectiveFrom,
        };
        template.Say(subject, body, providerTemplate);
        return template;
    }

    /// <summary>Changes the words before they are in force; what was in force stays as it was.</summary>
    public void Change(string? subject, string body, string? providerTemplate, DateOnly today)
    {
        if (EffectiveFrom <= today)
            throw new BusinessRuleException(NotificationErrors.InForce);
        Say(subject, body, providerTemplate);
        Touch();
    }

    private void Say(string? subject, string body, string? providerTemplate)
    {
        var use = new TemplateUse(Kind, Channel, Language);
        if (Channel == NotificationChannel.Email && string.IsNullOrWhiteSpace(subject))
            throw new BusinessRuleException(NotificationErrors.SubjectMissing.At("/subject"));
        Gaps.Check(subject ?? "", use, "/subject", isSubject: true);
        Gaps.Check(body, use, "/body", isSubject: false);
        (Subject, Body, ProviderTemplate) = (Channel == NotificationChannel.Email ? subject : null, body, providerTemplate);
    }
}
