using System.Globalization;
using System.Text;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Mediation;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Notifications;
using Pac.Facilities.Contracts;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Feedbacks;

/// <summary>Feedback as pages for people: to write it, and to follow it with the link that came with it.</summary>
internal static class FeedbackPageEndpoint
{
    private static readonly (FeedbackKind Kind, string Vietnamese, string English)[] Kinds =
    [
        (FeedbackKind.Behaviour, "Thái độ, hành vi của cán bộ", "How staff behaved"),
        (FeedbackKind.Delay, "Giải quyết chậm", "Late or slow work"),
        (FeedbackKind.BeyondTheLaw, "Yêu cầu giấy tờ, tiền ngoài quy định", "Papers or money asked for outside the law"),
        (FeedbackKind.Regulation, "Quy định chưa rõ, chưa hợp lý", "A rule that is unclear or a burden"),
        (FeedbackKind.Proposal, "Kiến nghị, đề xuất", "A proposal"),
        (FeedbackKind.Other, "Nội dung khác", "Something else"),
    ];

    public static void Map(IEndpointRouteBuilder root)
    {
        root.MapGet("/track/feedback", Show).ExcludeFromDescription();
        root.MapPost("/track/feedback", Take).DisableAntiforgery().ExcludeFromDescription();
        root.MapGet("/track/feedback/{code}", Follow).ExcludeFromDescription();
        root.MapPost("/track/feedback/{code}", Say).DisableAntiforgery().ExcludeFromDescription();
    }

    private static Task<IResult> Show(HttpContext http, string? centre, ISender sender, CancellationToken ct) =>
        Form(http, new Dictionary<string, string> { ["centre"] = centre ?? "" }, null, sender, ct);

    private static async Task<IResult> Take(HttpContext http, ISender sender, CancellationToken ct)
    {
        var english = Read(http);
        if (!http.Request.HasFormContentType)
            return await Form(
                http,
                new Dictionary<string, string>(),
                T(english, "Biểu mẫu không đọc được.", "The form cannot be read."),
                sender,
                ct
            );
        var form = await http.Request.ReadFormAsync(ct);
        var given = form.ToDictionary(f => f.Key, f => f.Value.ToString());
        if (!Enum.TryParse<FeedbackKind>(form["kind"], out var kind) || !Enum.IsDefined(kind))
            kind = FeedbackKind.Other;
        try
        {
            var sent = await sender.Send(
                new SendFeedback(
                    new(
                        kind,
                        form["text"].ToString(),
                        form["centre"].ToString(),
                        Given("dossier"),
                        new(Given("name"), Given("phone"), Given("email")),
                        english ? TextLanguage.En : TextLanguage.Vi
                    )
                ),
                ct
            );
            var title = T(english, "Đã nhận phản ánh, kiến nghị", "Your feedback was taken");
            var link = $"/track/feedback/{Uri.EscapeDataString(sent.Code)}?key={Uri.EscapeDataString(sent.Key ?? "")}";
            return HtmlPage.Show(
                http,
                english,
                title,
                $"<h1>{title}</h1><dl><dt>{T(english, "Mã", "Code")}</dt><dd class=\"key\">{HtmlPage.Safe(sent.Code)}</dd><dt>{T(
                    english,
                    "Trả lời chậm nhất",
                    "Answered by"
                )}</dt><dd>{Written(sent.AnswerBy)}</dd></dl><p><a href=\"{HtmlPage.Safe(link)}\">{T(
                    english,
                    "Theo dõi; hãy lưu lại liên kết này, chỉ mình bạn có",
                    "Follow it; keep this link, only you have it"
                )}</a></p>"
            );
        }
        catch (ShapeException)
        {
            return await Form(
                http,
                given,
                T(
                    english,
                    "Hãy viết nội dung từ 10 đến 4.000 ký tự; số điện thoại 8–15 chữ số; thư điện tử dạng ten@vidu.vn.",
                    "Write 10 to 4,000 letters; a telephone has 8 to 15 digits; an e-mail address looks like name@example.com."
                ),
                sender,
                ct
            );
        }
        catch (BusinessRuleException e)
        {
            return await Form(http, given, e.Error.TextFor(CultureInfo.CurrentUICulture), sender, ct);
        }

        string? Given(string name) => form[name].ToString().Trim() is { Length: > 0 } value ? value : null;
    }

    private static async Task<IResult> Follow(string code, string? key, HttpContext http, ISender sender, CancellationToken ct)
    {
        var english = Read(http);
        try
        {
            return Page(http, await sender.Send(new FollowFeedback(code, key ?? ""), ct), key ?? "", null);
        }
        catch (NotFoundException)
        {
            return Unknown(http, english);
        }
    }

    private static async Task<IResult> Say(string code, HttpContext http, ISender sender, CancellationToken ct)
    {
        var english = Read(http);
        if (!http.Request.HasFormContentType)
            return Unknown(http, english);
        var form = await http.Request.ReadFormAsync(ct);
        var key = form["key"].ToString();
        try
        {
            var matter = form["satisfied"].ToString() is { Length: > 0 } said
                ? await sender.Send(new JudgeFeedback(code, new(key, said == "yes")), ct)
                : await sender.Send(new SupplyFeedback(code, new(key, form["text"].ToString())), ct);
            return Page(http, matter, key, T(english, "Đã ghi nhận. Cảm ơn bạn.", "Noted. Thank you."));
        }
        catch (NotFoundException)
        {
            return Unknown(http, english);
        }
        catch (Exception e) when (e is BusinessRuleException or ShapeException)
        {
            var words = e is BusinessRuleException rule
                ? rule.Error.TextFor(CultureInfo.CurrentUICulture)
                : T(english, "Hãy nhập nội dung.", "Please write something.");
            return HtmlPage.Show(
                http,
                english,
                T(english, "Chưa gửi được", "Not sent"),
                $"<div class=\"error\" role=\"alert\"><h2>{T(english, "Chưa gửi được", "Not sent")}</h2><p>{HtmlPage.Safe(words)}</p></div>",
                e is BusinessRuleException { Error.Kind: ErrorKind.WrongState }
                    ? StatusCodes.Status409Conflict
                    : StatusCodes.Status422UnprocessableEntity
            );
        }
    }

    private static IResult Page(HttpContext http, FollowedFeedbackView f, string key, string? done)
    {
        var english = Read(http);
        var title = T(english, "Phản ánh, kiến nghị của bạn", "Your feedback");
        var html = new StringBuilder();
        if (done is not null)
            html.Append(CultureInfo.InvariantCulture, $"<div class=\"done\" role=\"status\"><p>{HtmlPage.Safe(done)}</p></div>");
        html.Append(CultureInfo.InvariantCulture, $"<h1>{title}</h1><dl>");
        Line(T(english, "Mã", "Code"), f.Code);
        Line(T(english, "Trạng thái", "State"), InWords(f.State, english));
        Line(
            T(english, "Trả lời chậm nhất", "Answered by"),
            f.State is FeedbackState.Submitted or FeedbackState.Assigned ? Written(f.AnswerBy) : null
        );
        Line(T(english, "Cần biết thêm", "Question"), f.Question);
        Line(T(english, "Lý do không tiếp nhận", "Why it was not taken up"), f.Reason);
        Line(T(english, "Căn cứ", "Legal basis"), f.LegalBasis);
        Line(T(english, "Trả lời", "Answer"), f.Answer);
        html.Append("</dl>");
        var hidden = $"<input type=\"hidden\" name=\"key\" value=\"{HtmlPage.Safe(key)}\">";
        if (f.State == FeedbackState.Asked)
            html.Append(
                CultureInfo.InvariantCulture,
                $"<form method=\"post\">{hidden}<label for=\"text\">{T(english, "Bổ sung của bạn", "What you add")}</label><textarea id=\"text\" name=\"text\" maxlength=\"4000\" required></textarea><button type=\"submit\">{T(english, "Gửi", "Send")}</button></form>"
            );
        if (f is { State: FeedbackState.Answered or FeedbackState.Published, Satisfied: null })
            html.Append(
                CultureInfo.InvariantCulture,
                $"<h2>{T(english, "Bạn có hài lòng với câu trả lời?", "Are you content with the answer?")}</h2><form method=\"post\" class=\"acts\">{hidden}<button type=\"submit\" name=\"satisfied\" value=\"yes\">{T(english, "Hài lòng", "Yes")}</button><button type=\"submit\" class=\"second\" name=\"satisfied\" value=\"no\">{T(english, "Không hài lòng", "No")}</button></form>"
            );
        return HtmlPage.Show(http, english, title, html.ToString());

        void Line(string name, string? value)
        {
            if (value is not null)
                html.Append(CultureInfo.InvariantCulture, $"<dt>{name}</dt><dd>{HtmlPage.Safe(value)}</dd>");
        }
    }

    private static async Task<IResult> Form(
        HttpContext http,
        IReadOnlyDictionary<string, string> given,
        string? fault,
        ISender sender,
        CancellationToken ct
    )
    {
        var english = Read(http);
        var centres = await sender.Send(new GetCentres(), ct);
        var title = T(english, "Gửi phản ánh, kiến nghị", "Send feedback");
        var html = new StringBuilder();
        if (fault is not null)
            html.Append(
                CultureInfo.InvariantCulture,
                $"<div class=\"error\" role=\"alert\"><h2>{T(english, "Chưa gửi được", "Not sent yet")}</h2><p><a href=\"#text\">{HtmlPage.Safe(fault)}</a></p></div>"
            );
        html.Append(
            CultureInfo.InvariantCulture,
            $"<h1>{title}</h1><form method=\"post\" action=\"/track/feedback\"><label for=\"kind\">{T(english, "Về việc gì", "About what")}</label><select id=\"kind\" name=\"kind\">"
        );
        foreach (var (kind, vietnamese, inEnglish) in Kinds)
            html.Append(
                CultureInfo.InvariantCulture,
                $"<option value=\"{kind}\"{(given.GetValueOrDefault("kind") == kind.ToString() ? " selected" : "")}>{T(english, vietnamese, inEnglish)}</option>"
            );
        html.Append(
            CultureInfo.InvariantCulture,
            $"</select><label for=\"text\">{T(english, "Nội dung", "Your words")}</label><textarea id=\"text\" name=\"text\" minlength=\"10\" maxlength=\"4000\" required>{HtmlPage.Safe(given.GetValueOrDefault("text"))}</textarea>"
        );
        html.Append(
            CultureInfo.InvariantCulture,
            $"<label for=\"centre\">{T(english, "Trung tâm", "Centre")}</label><select id=\"centre\" name=\"centre\" required><option value=\"\">{T(english, "Hãy chọn", "Please choose")}</option>"
        );
        foreach (var centre in centres)
            html.Append(
                CultureInfo.InvariantCulture,
                $"<option value=\"{HtmlPage.Safe(centre.Code)}\"{(given.GetValueOrDefault("centre") == centre.Code ? " selected" : "")}>{HtmlPage.Safe(T(english, centre.Vietnamese, centre.English))}</option>"
            );
        html.Append("</select>");
        Input("dossier", T(english, "Mã hồ sơ (nếu có)", "Dossier code (if any)"), "text");
        Input("name", T(english, "Họ tên (không bắt buộc)", "Name (optional)"), "text");
        Input("phone", T(english, "Điện thoại (không bắt buộc)", "Telephone (optional)"), "tel");
        Input("email", T(english, "Thư điện tử (không bắt buộc)", "E-mail (optional)"), "email");
        html.Append(CultureInfo.InvariantCulture, $"<button type=\"submit\">{T(english, "Gửi", "Send")}</button></form>");
        return HtmlPage.Show(
            http,
            english,
            title,
            html.ToString(),
            fault is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
            wide: true
        );

        void Input(string name, string label, string type) =>
            html.Append(
                CultureInfo.InvariantCulture,
                $"<label for=\"{name}\">{label}</label><input id=\"{name}\" name=\"{name}\" type=\"{type}\" maxlength=\"200\" value=\"{HtmlPage.Safe(given.GetValueOrDefault(name))}\">"
            );
    }

    private static IResult Unknown(HttpContext http, bool english)
    {
        var title = T(english, "Phản ánh, kiến nghị", "Feedback");
        var words = T(
            english,
            "Không tìm thấy. Hãy mở lại liên kết bạn đã nhận khi gửi.",
            "Not found. Open the link again that you were given when you sent it."
        );
        return HtmlPage.Show(http, english, title, $"<h1>{title}</h1><p>{words}</p>", StatusCodes.Status404NotFound);
    }

    private static string InWords(FeedbackState state, bool english) =>
        state switch
        {
            FeedbackState.Submitted => T(english, "Mới gửi", "Sent"),
            FeedbackState.Assigned => T(english, "Đang xử lý", "Being looked into"),
            FeedbackState.Asked => T(english, "Cần bạn bổ sung", "We need to know more"),
            FeedbackState.Refused => T(english, "Không tiếp nhận", "Not taken up"),
            FeedbackState.Answered => T(english, "Đã trả lời", "Answered"),
            _ => T(english, "Đã công khai", "Published"),
        };

    private static string Written(DateTimeOffset at) => at.ToLocal().ToString("HH:mm dd/MM/yyyy", CultureInfo.InvariantCulture);

    private static bool Read(HttpContext http)
    {
        var english = HtmlPage.English(http.Request);
        CultureInfo.CurrentUICulture = english ? Language.English : Language.Vietnamese;
        return english;
    }

    private static string T(bool english, string vietnamese, string inEnglish) => english ? inEnglish : vietnamese;
}
