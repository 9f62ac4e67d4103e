using System.Globalization;
using System.Text;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Mediation;
using Pac.BuildingBlocks.Web;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Ratings;

/// <summary>The sheet as a page for people, opened by the link of the invitation or the receipt.</summary>
internal static class RatingPageEndpoint
{
    public static void Map(IEndpointRouteBuilder root)
    {
        root.MapGet("/track/{code}/rating", Show).ExcludeFromDescription();
        root.MapPost("/track/{code}/rating", Take).DisableAntiforgery().ExcludeFromDescription();
    }

    private static async Task<IResult> Show(string code, string? key, HttpContext http, ISender sender, CancellationToken ct) =>
        Form(http, await sender.Send(new GetRatingForm(), ct), code, key ?? "", null, null, "");

    private static async Task<IResult> Take(string code, HttpContext http, ISender sender, CancellationToken ct)
    {
        var english = Read(http);
        var sheet = await sender.Send(new GetRatingForm(), ct);
        if (!http.Request.HasFormContentType)
            return Form(http, sheet, code, "", null, Text(english, "Biểu mẫu không đọc được.", "The form cannot be read."), "");
        var form = await http.Request.ReadFormAsync(ct);
        var (key, comment) = (form["key"].ToString(), form["comment"].ToString());
        if (!int.TryParse(form["level"], NumberStyles.None, CultureInfo.InvariantCulture, out var level))
            return Form(
                http,
                sheet,
                code,
                key,
                form,
                Text(english, "Hãy chọn mức đánh giá chung.", "Choose a level for the whole."),
                comment,
                "level-1"
            );
        List<RatingAnswerInput> answers = [];
        foreach (var q in sheet.Questions)
            if (int.TryParse(form["q-" + q.Code], NumberStyles.None, CultureInfo.InvariantCulture, out var answer))
                answers.Add(new(q.Code, answer));
        try
        {
            await sender.Send(new RateByHolder(code, new(key, level, answers, string.IsNullOrWhiteSpace(comment) ? null : comment)), ct);
        }
        catch (NotFoundException)
        {
            return Form(
                http,
                sheet,
                code,
                key,
                form,
                Text(
                    english,
                    "Liên kết không đúng. Hãy mở lại liên kết trong thư, tin nhắn hoặc trên giấy tiếp nhận.",
                    "The link is not right. Open the one in your letter, message or on the receipt again."
                ),
                comment,
                status: StatusCodes.Status404NotFound
            );
        }
        catch (BusinessRuleException e)
        {
            var status = e.Error.Kind == ErrorKind.WrongState ? StatusCodes.Status409Conflict : StatusCodes.Status422UnprocessableEntity;
            return Form(http, sheet, code, key, form, e.Error.TextFor(CultureInfo.CurrentUICulture), comment, status: status);
        }
        catch (ShapeException)
        {
            return Form(
                http,
                sheet,
                code,
                key,
                form,
                Text(english, "Ý kiến dài tối đa 1.000 ký tự.", "Your words may have at most 1,000 letters."),
                comment,
                "comment",
                StatusCodes.Status400BadRequest
            );
        }
        var title = Text(english, "Cảm ơn bạn", "Thank you");
        var done = Text(
            english,
            "Đánh giá của bạn đã được ghi nhận. Cán bộ không biết ai đã đánh giá.",
            "Your rating was taken. Officers do not learn who rated."
        );
        return HtmlPage.Show(http, english, title, $"<h1>{title}</h1><div class=\"done\" role=\"status\"><p>{done}</p></div>");
    }

    private static IResult Form(
        HttpContext http,
        RatingFormView sheet,
        string code,
        string key,
        IFormCollection? given,
        string? fault,
        string comment,
        string? at = null,
        int? status = null
    )
    {
        var english = Read(http);
        var title = Text(english, "Đánh giá việc giải quyết hồ sơ", "Rate how your dossier was handled");
        var html = new StringBuilder();
        if (fault is not null)
        {
            var words = HtmlPage.Safe(fault);
            html.Append("<div class=\"error\" role=\"alert\"><h2>")
                .Append(Text(english, "Chưa gửi được", "Not sent yet"))
                .Append("</h2><p>")
                .Append(at is null ? words : $"<a href=\"#{at}\">{words}</a>")
                .Append("</p></div>");
        }
        html.Append(CultureInfo.InvariantCulture, $"<h1>{title}</h1><p class=\"hint\">{HtmlPage.Safe(code)}</p>");
        html.Append("<form method=\"post\"><input type=\"hidden\" name=\"key\" value=\"").Append(HtmlPage.Safe(key)).Append("\">");
        Scale(html, sheet, "level", Text(english, "Đánh giá chung", "All in all"), english, given);
        foreach (var q in sheet.Questions)
            Scale(html, sheet, "q-" + q.Code, Text(english, q.Vietnamese, q.English), english, given);
        html.Append("<label for=\"comment\">")
            .Append(Text(english, "Ý kiến khác (không bắt buộc)", "Anything else (optional)"))
            .Append("</label><p class=\"hint\" id=\"comment-hint\">")
            .Append(
                Text(english, "Xin không ghi tên, số điện thoại hay số căn cước.", "Please write no names, telephone or identity numbers.")
            )
            .Append("</p><textarea id=\"comment\" name=\"comment\" maxlength=\"1000\" aria-describedby=\"comment-hint\">")
            .Append(HtmlPage.Safe(comment))
            .Append("</textarea><button type=\"submit\">")
            .Append(Text(english, "Gửi đánh giá", "Send"))
            .Append("</button></form>");
        return HtmlPage.Show(
            http,
            english,
            title,
            html.ToString(),
            status ?? (fault is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity),
            wide: true
        );
    }

    private static void Scale(StringBuilder html, RatingFormView sheet, string name, string legend, bool english, IFormCollection? given)
    {
        html.Append("<fieldset><legend>").Append(HtmlPage.Safe(legend)).Append("</legend>");
        for (var level = sheet.Levels; level >= 1; level--)
        {
            var word = level.ToString(CultureInfo.InvariantCulture);
            var more =
                level == sheet.Levels ? Text(english, " – rất hài lòng", " – very satisfied")
                : level == 1 ? Text(english, " – rất không hài lòng", " – very dissatisfied")
                : "";
            var chosen = given?[name].ToString() == word ? " checked" : "";
            html.Append(
                CultureInfo.InvariantCulture,
                $"<div class=\"check\"><input type=\"radio\" id=\"{name}-{word}\" name=\"{name}\" value=\"{word}\"{chosen}><label for=\"{name}-{word}\">{word}{more}</label></div>"
            );
        }
        html.Append("</fieldset>");
    }

    private static bool Read(HttpContext http)
    {
        var english = HtmlPage.English(http.Request);
        CultureInfo.CurrentUICulture = english ? Language.English : Language.Vietnamese;
        return english;
    }

    private static string Text(bool english, string vietnamese, string inEnglish) => english ? inEnglish : vietnamese;
}
