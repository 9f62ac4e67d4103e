using System.Net;
using System.Text;
using Pac.BuildingBlocks.Mail;
using Pac.Dossiers.Domain.Notifications;

namespace Pac.Dossiers.Notifications;

/// <summary>Letters, by the way that all letters of the product take.</summary>
internal sealed class EmailSender(IMailSender mail) : IEmailSender
{
    public NotificationChannel Channel => NotificationChannel.Email;

    public bool IsConfigured => mail.IsConfigured;

    public async Task<SendOutcome> Send(Outgoing message, CancellationToken ct)
    {
        try
        {
            // The name enters here and is kept nowhere.
            var named = message with
            {
                Text = Gaps.Named(
                    message.TextWith("\n\nThay đổi cách nhận thông báo hoặc ngừng nhận: ", "\n\nChange how you are told, or stop it: "),
                    message.Name
                ),
            };
            await mail.Send(new(named.To, named.Name, named.Subject ?? "", named.Text, Html(named), named.Id.ToString("N")), ct);
            return new(Receipt: message.Id.ToString("N"));
        }
        catch (MailNotSentException e)
        {
            return new(e.Code, e.ForGood);
        }
    }

    private static string Html(Outgoing message)
    {
        var html = new StringBuilder("<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>")
            .Append(WebUtility.HtmlEncode(message.Subject))
            .Append("</title></head><body>");
        foreach (var paragraph in message.Text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var lines = paragraph.Split('\n').Select(l => string.Join(' ', l.Split(' ').Select(Word)));
            html.Append("<p>").Append(string.Join("<br>", lines)).Append("</p>");
        }
        return html.Append("</body></html>").ToString();
    }

    private static string Word(string word)
    {
        var safe = WebUtility.HtmlEncode(word);
        return word.StartsWith("https://", StringComparison.Ordinal) || word.StartsWith("http://", StringComparison.Ordinal)
            ? $"<a href=\"{safe}\">{safe}</a>"
            : safe;
    }
}
