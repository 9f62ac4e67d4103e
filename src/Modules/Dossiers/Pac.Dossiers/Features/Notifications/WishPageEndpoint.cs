using System.Globalization;
using System.Text;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Mediation;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain.Notifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Notifications;

/// <summary>The page on which people say how they want to be told, or that they do not; opened by the link of any message, without signing in.</summary>
internal static class WishPageEndpoint
{
    private const string Route = "/track/{code}/messages";

    private static readonly (NotificationChannel Channel, string Vietnamese, string English)[] Channels =
    [
        (NotificationChannel.Email, "Thư điện tử", "E-mail"),
        (NotificationChannel.Sms, "Tin nhắn SMS", "Short message (SMS)"),
        (NotificationChannel.Zalo, "Zalo", "Zalo"),
    ];

    public static void Map(IEndpointRouteBuilder root)
    {
        // Looking changes nothing: mail programs open links by themselves.
        root.MapGet(Route, Show).ExcludeFromDescription();
        root.MapPost(Route, Take).DisableAntiforgery().ExcludeFromDescription();
    }

    private static async Task<IResult> Show(string code, string? key, HttpContext http, ISender sender, CancellationToken ct)
    {
        var english = Read(http);
        try
        {
            return Form(http, english, code, key ?? "", await sender.Send(new GetHolderWish(code, key ?? ""), ct), isSaved: false);
        }
        catch (BusinessRuleException e)
        {
            return Refused(http, english, e.Error);
        }
    }

    private static async Task<IResult> Take(string code, HttpContext http, ISender sender, CancellationToken ct)
    {
        var english = Read(http);
        if (!http.Request.HasFormContentType)
            return Refused(http, english, NotificationErrors.WishKeyWrong);
        var form = await http.Request.ReadFormAsync(ct);
        var channels = Channels.Where(c => form["channel"].Contains(c.Channel.ToString())).Select(c => c.Channel).ToList();
        var language = form["language"] == nameof(TextLanguage.En) ? TextLanguage.En : TextLanguage.Vi;
        try
        {
            var key = form["key"].ToString();
            var wish = await sender.Send(new WishByHolder(code, key, new(channels, language)), ct);
            return Form(http, english, code, key, wish, isSaved: true);
        }
        catch (BusinessRuleException e)
        {
            return Refused(http, english, e.Error);
        }
        catch (ShapeException)
        {
            // Nothing but the key is typed by a person.
            return Refused(http, english, NotificationErrors.WishKeyWrong);
        }
    }

    private static IResult Form(HttpContext http, bool english, string code, string key, HolderWish wish, bool isSaved)
    {
        var title = english ? "How you are told" : "Cách nhận thông báo";
        var html = new StringBuilder();
        if (isSaved)
            html.Append("<div class=\"done\" role=\"status\"><p>").Append(Saved(english, wish)).Append("</p></div>");
        html.Append(CultureInfo.InvariantCulture, $"<h1>{title}</h1><p class=\"hint\">{HtmlPage.Safe(code)}</p>");
        html.Append("<form method=\"post\"><input type=\"hidden\" name=\"key\" value=\"").Append(HtmlPage.Safe(key)).Append("\">");
        html.Append("<fieldset><legend>")
            .Append(english ? "Tell me about this dossier by" : "Thông báo cho tôi về hồ sơ này qua")
            .Append("</legend><p class=\"hint\">")
            .Append(english ? "Choose none and you get no more messages." : "Không chọn mục nào thì không nhận thông báo nữa.")
            .Append("</p>");
        foreach (var (channel, vietnamese, inEnglish) in Channels)
            Choice(html, "checkbox", "channel", channel.ToString(), wish.Channels.Contains(channel), english ? inEnglish : vietnamese);
        html.Append("</fieldset><fieldset><legend>").Append(english ? "Language" : "Ngôn ngữ").Append("</legend>");
        Choice(html, "radio", "language", nameof(TextLanguage.Vi), wish.Language == TextLanguage.Vi, "Tiếng Việt");
        Choice(html, "radio", "language", nameof(TextLanguage.En), wish.Language == TextLanguage.En, "English");
        html.Append("</fieldset><button type=\"submit\">").Append(english ? "Save" : "Lưu").Append("</button></form>");
        return HtmlPage.Show(http, english, title, html.ToString());
    }

    private static void Choice(StringBuilder html, string type, string name, string value, bool isChosen, string label) =>
        html.Append(
            CultureInfo.InvariantCulture,
            $"<div class=\"check\"><input type=\"{type}\" id=\"{name}-{value}\" name=\"{name}\" value=\"{value}\"{(isChosen ? " checked" : "")}><label for=\"{name}-{value}\">{label}</label></div>"
        );

    private static string Saved(bool english, HolderWish wish) =>
        (wish.Channels.Count, english) switch
        {
            (0, true) => "Saved. You get no more messages about this dossier. You can choose again here at any time.",
            (0, false) => "Đã lưu. Ông/bà không nhận thông báo về hồ sơ này nữa. Có thể chọn lại tại đây bất cứ lúc nào.",
            (_, true) => "Saved. You can change it here at any time.",
            _ => "Đã lưu. Có thể thay đổi tại đây bất cứ lúc nào.",
        };

    private static IResult Refused(HttpContext http, bool english, Error error)
    {
        var title = english ? "Not saved" : "Chưa lưu được";
        var words = HtmlPage.Safe(error.TextFor(CultureInfo.CurrentUICulture));
        return HtmlPage.Show(
            http,
            english,
            title,
            $"<h1>{title}</h1><div class=\"error\" role=\"alert\"><p>{words}</p></div>",
            error.Kind == ErrorKind.NotFound ? StatusCodes.Status404NotFound : StatusCodes.Status422UnprocessableEntity
        );
    }

    private static bool Read(HttpContext http)
    {
        var english = HtmlPage.English(http.Request);
        CultureInfo.CurrentUICulture = english ? Language.English : Language.Vietnamese;
        return english;
    }
}
