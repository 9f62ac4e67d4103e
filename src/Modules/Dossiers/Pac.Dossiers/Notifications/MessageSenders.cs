using Pac.Dossiers.Domain.Notifications;

namespace Pac.Dossiers.Notifications;

/// <summary>A message that is ready to go.</summary>
/// <param name="Id">Identity of the notification: the same at every try, so that the other side can tell.</param>
/// <param name="To">Address or telephone.</param>
/// <param name="Name">Name of the person.</param>
/// <param name="Subject">Subject of a letter.</param>
/// <param name="Text">The text, with its gaps filled.</param>
/// <param name="ProviderTemplate">Number under which Zalo approved the text.</param>
/// <param name="Values">What fills its gaps.</param>
/// <param name="WishLink">Where the person says how he wants to be told; null when nothing says our address. Kept nowhere.</param>
/// <param name="English">Whether the text is in English.</param>
internal sealed record Outgoing(
    Guid Id,
    string To,
    string Name,
    string? Subject,
    string Text,
    string? ProviderTemplate,
    IReadOnlyDictionary<string, string> Values,
    string? WishLink = null,
    bool English = false
)
{
    /// <summary>The text with the way out of it.</summary>
    public string TextWith(string vietnamese, string english) =>
        WishLink is null || Text.Contains(WishLink, StringComparison.Ordinal)
            ? Text
            : $"{Text}{(English ? english : vietnamese)}{WishLink}";

    /// <summary>The text as a short message, which has room for no accents.</summary>
    public string ShortText => TextWith(". Ngung nhan: ", ". Stop: ");
}

/// <summary>What became of a try.</summary>
/// <param name="Error">Why it was not taken, as a stable word; null when it was.</param>
/// <param name="ForGood">Whether trying again is of no use.</param>
/// <param name="Receipt">By what the other side knows the message.</param>
/// <param name="RetryAfter">How long it asks to be left alone.</param>
internal sealed record SendOutcome(string? Error = null, bool ForGood = false, string? Receipt = null, TimeSpan? RetryAfter = null);

/// <summary>One way out of the house.</summary>
internal interface IMessageSender
{
    NotificationChannel Channel { get; }

    /// <summary>Whether the operator has set it up.</summary>
    bool IsConfigured { get; }

    /// <summary>Sends a message. Whatever goes wrong on the way is an outcome, never an exception.</summary>
    Task<SendOutcome> Send(Outgoing message, CancellationToken ct);
}

/// <summary>Sends letters.</summary>
internal interface IEmailSender : IMessageSender;

/// <summary>Sends short messages.</summary>
internal interface ISmsSender : IMessageSender;

/// <summary>Sends messages in Zalo.</summary>
internal interface IZaloSender : IMessageSender;

/// <summary>A channel that nobody has set up.</summary>
internal sealed class NoSender(NotificationChannel channel) : ISmsSender, IZaloSender
{
    public NotificationChannel Channel => channel;

    public bool IsConfigured => false;

    public Task<SendOutcome> Send(Outgoing message, CancellationToken ct) =>
        Task.FromResult(new SendOutcome("channel-not-configured", true));
}
