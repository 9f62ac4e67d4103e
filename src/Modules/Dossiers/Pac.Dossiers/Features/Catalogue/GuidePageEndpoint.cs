using System.Globalization;
using System.Text;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Catalogue;

/// <summary>The guide as a page for people: what to bring, how long, how much, where and how.</summary>
internal static class GuidePageEndpoint
{
    private const int InTheOpen = 5;

    public static void Map(IEndpointRouteBuilder root) => root.MapGet("/guide/{code}", Handle).ExcludeFromDescription();

    private static async Task<IResult> Handle(
        string code,
        string? variant,
        string? group,
        HttpContext http,
        ISender sender,
        CancellationToken ct
    )
    {
        var english = HtmlPage.English(http.Request);
        CultureInfo.CurrentUICulture = english ? Language.English : Language.Vietnamese;
        try
        {
            var guide = await sender.Send(new GetGuide(code, new(null, variant, group)), ct);
            return HtmlPage.Show(http, english, guide.Title.In(english), Content(guide, english, variant, group), wide: true);
        }
        catch (NotFoundException)
        {
            var title = english ? "Guide" : "Hướng dẫn thủ tục";
            var unknown = english
                ? "There is no such procedure in force. Please check the code, or ask at the counter."
                : "Không có thủ tục này đang có hiệu lực. Hãy kiểm tra lại mã thủ tục hoặc hỏi tại quầy.";
            return HtmlPage.Show(http, english, title, $"<h1>{title}</h1><p>{unknown}</p>", StatusCodes.Status404NotFound);
        }
    }

    private static string Content(GuideView g, bool english, string? variant, string? group)
    {
        var html = new StringBuilder();
        html.Append(
            CultureInfo.InvariantCulture,
            $"<h1>{Safe(g.Title)}</h1><p class=\"hint\">{(english ? "Procedure" : "Mã thủ tục")} {HtmlPage.Safe(g.Code)}</p>"
        );
        Choices(html, english ? "Which case is yours?" : "Trường hợp của bạn", g.Variants, "variant", variant, "group", group);
        Choices(
            html,
            english ? "Do you belong to one of these groups?" : "Bạn thuộc nhóm nào?",
            g.PersonGroups,
            "group",
            group,
            "variant",
            variant
        );

        Heading(english ? "What to bring" : "Cần mang theo gì");
        if (g.WhatToBring.Count == 0)
            Paragraph(english ? "No papers; your data are in the database." : "Không cần giấy tờ; dữ liệu đã có trong cơ sở dữ liệu.");
        else
        {
            if (g.Sets is { } sets)
                Paragraph(english ? $"Number of sets: {sets}" : $"Số bộ hồ sơ: {sets}");
            html.Append("<ul>");
            foreach (var paper in g.WhatToBring)
                html.Append(CultureInfo.InvariantCulture, $"<li>{Safe(paper.Title)} – {Remark(paper, english)}</li>");
            html.Append("</ul>");
        }

        Heading(english ? "How, how long and how much" : "Cách nộp, thời hạn và mức thu");
        foreach (var way in g.Ways)
        {
            html.Append(
                CultureInfo.InvariantCulture,
                $"<h3>{Safe(way.Description)}</h3><dl><dt>{(english ? "Time" : "Thời hạn")}</dt><dd>{Safe(way.Time)}</dd>"
            );
            html.Append(
                CultureInfo.InvariantCulture,
                $"<dt>{(english ? "To pay" : "Phí, lệ phí")}</dt><dd>{Price(way.Fee, english)}</dd></dl>"
            );
        }
        if (g.Freed.Count > 0)
            Paragraph(
                (english ? "Nothing, or less, is paid by: " : "Được miễn, giảm: ")
                    + string.Join("; ", g.Freed.Select(f => f.Title.In(english)))
            );

        Heading(english ? "Where" : "Nộp ở đâu");
        Paragraph(g.Where.In(english));
        Centres(html, g.Centres, english);
        Paragraph(
            (english ? "Decided by: " : "Cơ quan giải quyết: ")
                + (g.Agency?.In(english) ?? (english ? "the People's Committee of the commune or ward" : "Ủy ban nhân dân xã, phường"))
        );

        Heading(english ? "Good to know" : "Cần biết");
        if (g.Applicants.Count > 0)
            Paragraph((english ? "Who may apply: " : "Đối tượng thực hiện: ") + string.Join(", ", g.Applicants.Select(a => a.In(english))));
        if (g.Result is { } result)
            Paragraph((english ? "You get: " : "Kết quả: ") + result.In(english));
        if (g.Conditions is { } conditions)
            Paragraph((english ? "Conditions: " : "Điều kiện: ") + conditions.In(english));
        foreach (var note in g.Notes)
            Paragraph(note.In(english));
        if (g.LegalBases.Count > 0)
            Paragraph((english ? "Legal basis: " : "Căn cứ pháp lý: ") + string.Join("; ", g.LegalBases.Select(b => b.Number)));
        return html.ToString();

        void Heading(string text) => html.Append(CultureInfo.InvariantCulture, $"<h2>{text}</h2>");

        void Paragraph(string text) => html.Append(CultureInfo.InvariantCulture, $"<p>{HtmlPage.Safe(text)}</p>");

        string Safe(BilingualText text) => HtmlPage.Safe(text.In(english));
    }

    // The first few in the open; a province has more than a hundred.
    private static void Centres(StringBuilder html, IReadOnlyList<GuideCentre> centres, bool english)
    {
        List(centres.Take(InTheOpen));
        if (centres.Count <= InTheOpen)
            return;
        html.Append(
            CultureInfo.InvariantCulture,
            $"<details><summary>{(english ? "All other centres" : "Các trung tâm khác")} ({centres.Count - InTheOpen})</summary>"
        );
        List(centres.Skip(InTheOpen));
        html.Append("</details>");

        void List(IEnumerable<GuideCentre> some)
        {
            html.Append("<ul>");
            foreach (var centre in some)
            {
                var address = centre.Address is { } where ? $" – {HtmlPage.Safe(where)}" : "";
                var hours = centre.Hours is { } open
                    ? $"<br>{(english ? "Open today" : "Giờ làm việc hôm nay")}: {HtmlPage.Safe(open.In(english))}"
                    : "";
                html.Append(CultureInfo.InvariantCulture, $"<li>{HtmlPage.Safe(centre.Title.In(english))}{address}{hours}</li>");
            }
            html.Append("</ul>");
        }
    }

    private static string Remark(GuidePaper paper, bool english)
    {
        if (paper.FromSharedData)
            return english ? "taken from the database, no paper needed" : "lấy từ cơ sở dữ liệu, không cần nộp giấy";
        var words = new List<string> { paper.Form.In(english) };
        if (paper.Quantity > 1)
            words.Insert(0, paper.Quantity.ToString(CultureInfo.InvariantCulture));
        if (!paper.Required)
            words.Add(english ? "if it applies" : "nếu có");
        if (paper.Later)
            words.Add(english ? "later" : "nộp sau");
        return HtmlPage.Safe(string.Join(", ", words));
    }

    private static string Price(FeeQuoteView fee, bool english)
    {
        if (fee is { TotalDong: null, ByValue.Count: > 0 })
            return string.Join(
                "; ",
                fee.Lines.Select(Line).Concat(fee.ByValue.Select(f => HtmlPage.Safe($"{f.Title.In(english)}: {f.Words.In(english)}")))
            );
        if (fee.TotalDong is not { } total)
            return english ? "By tariff; the counter tells you" : "Theo biểu mức thu; hỏi tại quầy";
        var whole = HtmlPage.Safe(GuideWords.Amount(total).In(english));
        return fee.Lines.Count < 2 ? whole : whole + " (" + string.Join(" + ", fee.Lines.Select(Line)) + ")";

        string Line(FeeDue l) => HtmlPage.Safe($"{(english ? l.NameEn : l.Name)}: {GuideWords.Amount(l.Dong).In(english)}");
    }

    private static void Choices(
        StringBuilder html,
        string title,
        IReadOnlyList<GuideChoice> choices,
        string name,
        string? chosen,
        string otherName,
        string? other
    )
    {
        if (choices.Count == 0)
            return;
        var english = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";
        html.Append(CultureInfo.InvariantCulture, $"<h2>{title}</h2><ul class=\"ways\">");
        Choice(null, english ? "The ordinary case" : "Trường hợp thông thường");
        foreach (var choice in choices)
            Choice(choice.Code, choice.Title.In(english));
        html.Append("</ul>");

        void Choice(string? code, string text)
        {
            var query = QueryString.Create(
                new[] { (name, code), (otherName, other) }
                    .Where(p => p.Item2 is not null)
                    .Select(p => KeyValuePair.Create(p.Item1, (string?)p.Item2))
            );
            var current = code == chosen ? " aria-current=\"true\"" : "";
            var mark = code == chosen ? "✓ " : "";
            html.Append(
                CultureInfo.InvariantCulture,
                $"<li><a href=\"{HtmlPage.Safe(query.HasValue ? query.Value : "?")}\"{current}>{mark}{HtmlPage.Safe(text)}</a></li>"
            );
        }
    }
}
