using MimeKit;
using MimeKit.Utils;

namespace Pac.BuildingBlocks.Mail;

/// <summary>From a letter to a message of the internet. Nothing a person typed can become a header (ASVS 1.3.11).</summary>
internal static class Envelope
{
    public static MimeMessage Of(Letter letter, string from, string fromName, DateTimeOffset now)
    {
        if (
            letter.To.IndexOf('@', StringComparison.Ordinal) < 1
            || letter.To.Any(c => char.IsControl(c) || char.IsWhiteSpace(c))
            || !MailboxAddress.TryParse(letter.To, out var to)
            || to.Address != letter.To
        )
            throw new MailNotSentException("mail.bad-address", forGood: true);
        var message = new MimeMessage
        {
            Subject = OneLine(letter.Subject),
            Date = now,
            MessageId = MessageId(letter.Key, from[(from.IndexOf('@', StringComparison.Ordinal) + 1)..]),
            Body = new BodyBuilder { TextBody = letter.Text, HtmlBody = letter.Html }.ToMessageBody(),
        };
        message.From.Add(new MailboxAddress(OneLine(fromName), from));
        message.To.Add(new MailboxAddress(OneLine(letter.Name), to.Address));
        // No answers from machines to a machine (RFC 3834).
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }

    private static string MessageId(string? key, string domain) => key is null ? MimeUtils.GenerateMessageId(domain) : $"{key}@{domain}";

    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
}
