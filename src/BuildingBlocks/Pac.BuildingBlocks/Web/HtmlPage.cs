using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Pac.BuildingBlocks.Web;

/// <summary>A page for people: plain HTML, one style sheet, at most one script of our own, nothing from elsewhere (decision 0011).</summary>
public static class HtmlPage
{
    private const string Style = """
        :root{color-scheme:light;scroll-padding:5rem 0 8rem}*{box-sizing:border-box}
        body{margin:0;font:1.0625rem/1.5 system-ui,"Segoe UI",Roboto,"Noto Sans",sans-serif;color:#16202c;background:#f2f4f7}
        header,footer{padding:1rem 1.25rem;background:#0b4f6c;color:#fff}footer{background:none;color:#3c4a5a}
        header a,header p{color:#fff;margin:0}main{max-width:27rem;margin:2rem auto;padding:1.5rem;background:#fff;border:1px solid #c6cfd9;border-radius:.5rem}
        h1{font-size:1.5rem;line-height:1.25;margin:0 0 1rem}label{display:block;font-weight:600;margin:1rem 0 .25rem}
        input:not([type=checkbox],[type=radio]),select,textarea{width:100%;min-height:2.75rem;padding:.5rem .625rem;font:inherit;border:2px solid #55657a;border-radius:.25rem}
        button{min-height:2.75rem;margin-top:1.5rem;padding:.5rem 1.25rem;font:inherit;font-weight:600;color:#fff;background:#0b4f6c;border:2px solid #0b4f6c;border-radius:.25rem;cursor:pointer}
        a{color:#0b4f6c;display:inline-block;min-height:1.5rem}:focus-visible{outline:3px solid #b35900;outline-offset:2px}header :focus-visible{outline-color:#ffd54d}input:focus-within,select:focus,textarea:focus{outline:3px solid #b35900;outline-offset:2px}
        .error{border:3px solid #a8071a;padding:.75rem 1rem;margin-bottom:1rem}.error h2{font-size:1.125rem;margin:0 0 .25rem}.error a{color:#a8071a}
        dt{font-weight:600;margin-top:.75rem}dd{margin:0;overflow-wrap:anywhere}
        .bar{display:flex;justify-content:space-between;flex-wrap:wrap;gap:.5rem}
        h2{font-size:1.1875rem;line-height:1.3;margin:1.75rem 0 .5rem}.hint{color:#3c4a5a;margin:0 0 .25rem}
        .fault{color:#a8071a;font-weight:600;margin:0 0 .25rem}[aria-invalid=true]{border-color:#a8071a!important}
        .done{border:3px solid #1d6b33;padding:.75rem 1rem;margin-bottom:1rem}
        .check{display:flex;gap:.75rem;align-items:flex-start;margin-top:1.25rem}.check label{margin:0;font-weight:400}
        .check input{width:1.5rem;height:1.5rem;min-height:0;margin:.125rem 0;flex:none;accent-color:#0b4f6c}
        button.second{color:#0b4f6c;background:#fff}button.danger{background:#a8071a;border-color:#a8071a}button.small{margin:.25rem 0;padding:.25rem .75rem}
        [data-reveal]{display:block}form+form{margin-top:0}hr{border:0;border-top:1px solid #c6cfd9;margin:1.75rem 0 .5rem}[hidden]{display:none!important}
        main.wide{max-width:44rem}.ways{margin:1.25rem 0 0;padding:0;list-style:none}.ways li{margin:.5rem 0}.row{border-top:1px solid #c6cfd9;padding:.5rem 0}
        .row p{margin:.125rem 0;overflow-wrap:anywhere}.codes{columns:2 14rem;column-gap:2.5rem;padding-left:2rem;font:.875rem/2.2 ui-monospace,monospace}
        .key{font-family:ui-monospace,monospace;overflow-wrap:anywhere}.qr svg{display:block;width:13rem;height:13rem;max-width:100%;background:#fff}
        select,textarea{background:#fff;color:inherit}textarea{min-height:6rem;resize:vertical}textarea.code{font:1rem/1.5 ui-monospace,monospace}
        .check input{padding:0}.check+.check{margin-top:.5rem}.check .hint{margin:0}fieldset{border:1px solid #c6cfd9;border-radius:.25rem;margin:1.25rem 0 0;padding:.25rem 1rem 1rem;min-width:0}
        legend{font-weight:600;padding:0 .25rem}main.full{max-width:76rem}.rooms{background:#e3eaf0;border-bottom:1px solid #c6cfd9;padding:.25rem 1.25rem}
        .rooms ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin:0 auto;padding:0;list-style:none;max-width:76rem}.rooms a{padding:.25rem 0}.rooms [aria-current]{font-weight:700;color:#16202c}
        .button{min-height:2.75rem;padding:.5rem 1.25rem;font-weight:600;color:#fff;background:#0b4f6c;border:2px solid #0b4f6c;border-radius:.25rem;text-decoration:none}
        .button.second{color:#0b4f6c;background:#fff}.button.danger{color:#a8071a;background:#fff;border-color:#a8071a}.button.small{min-height:0;padding:.25rem .75rem}
        .acts{display:flex;flex-wrap:wrap;gap:.75rem;margin:1rem 0;align-items:center}.acts form,.acts button{margin:0}
        table{width:100%;border-collapse:collapse;margin:1rem 0}caption{text-align:left;font-weight:600;padding-bottom:.5rem}
        th,td{text-align:left;vertical-align:top;padding:.5rem .75rem .5rem 0;border-bottom:1px solid #c6cfd9;overflow-wrap:anywhere}thead th{border-bottom:2px solid #55657a;white-space:nowrap}
        .filter{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(13rem,100%),1fr));gap:0 1rem;align-items:end;background:#f2f4f7;border:1px solid #c6cfd9;padding:0 1rem 1rem;margin:1rem 0}
        .filter button{margin-top:1rem;justify-self:start}.facts{display:grid;grid-template-columns:minmax(9rem,16rem) 1fr;margin:0 0 1rem}.facts dt,.facts dd{margin:0;padding:.5rem 1rem .5rem 0;border-bottom:1px solid #c6cfd9}
        .tag{display:inline-block;padding:0 .5rem;border:1px solid #55657a;border-radius:.75rem;font-size:.9375rem}.tag.off{color:#a8071a;border-color:#a8071a;font-weight:600}.tag.on{color:#1d6b33;border-color:#1d6b33}
        pre{background:#16202c;color:#fff;padding:1rem;border-radius:.25rem;overflow-wrap:anywhere;white-space:pre-wrap;font:.9375rem/1.5 ui-monospace,monospace}code{font-family:ui-monospace,monospace;overflow-wrap:anywhere}
        summary{cursor:pointer;min-height:1.5rem;color:#0b4f6c;text-decoration:underline}.two{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(26rem,100%),1fr));gap:0 1.5rem;align-items:end}.plain{margin:.25rem 0;padding:0;list-style:none}
        .warn{border:3px solid #b35900;padding:.75rem 1rem;margin:1rem 0}.warn h2,.warn p,.done p{margin:.25rem 0}
        @media(max-width:48rem){thead{position:absolute;left:-99rem}tr,td,tbody th{display:block;border:0;padding:.125rem 0}tr{border-bottom:1px solid #c6cfd9;padding:.5rem 0}
        [data-label]::before{content:attr(data-label) ": ";font-weight:600}.facts{display:block}.facts dt{border:0;padding-bottom:0}}
        @media(min-width:48rem){.word{white-space:nowrap}}
        .skip{position:absolute;left:-99rem}.skip:focus{position:static;color:#fff}@media(max-width:30rem){main{margin:0;border-width:0 0 1px;border-radius:0}}
        @media print{header,footer,button,nav{display:none}}
        """;

    private const string LanguageCookie = "pac-lang";
    private static readonly TimeSpan LanguageLives = TimeSpan.FromDays(365);
    private static readonly string StyleHash = Hash(Style.ReplaceLineEndings("\n"));

    /// <summary>Text made safe for HTML.</summary>
    /// <param name="text">Any text.</param>
    public static string Safe(string? text) => WebUtility.HtmlEncode(text ?? "");

    /// <summary>Whether the reader wants English: by the visible switch, now or earlier, else by the browser's languages.</summary>
    /// <param name="request">The request.</param>
    public static bool English(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return (request.Query["lang"].ToString(), request.Cookies[LanguageCookie]) switch
        {
            ("en", _) => true,
            ("vi", _) => false,
            (_, "en") => true,
            (_, "vi") => false,
            _ => Language.Of(request).TwoLetterISOLanguageName == "en",
        };
    }

    /// <summary>The whole page around its content.</summary>
    /// <param name="http">The request.</param>
    /// <param name="english">Whether the page is in English.</param>
    /// <param name="title">Title of the page.</param>
    /// <param name="content">The content as HTML; every value in it made safe.</param>
    /// <param name="status">Status of the answer.</param>
    /// <param name="script">A script of our own; the page has to work without it.</param>
    /// <param name="wide">Whether the page shows more than one short form.</param>
    public static IResult Show(
        HttpContext http,
        bool english,
        string title,
        string content,
        int status = StatusCodes.Status200OK,
        string? script = null,
        bool wide = false
    )
    {
        Dress(http, english, script);
        var (before, after) = Frame(http, english, title, wide ? "wide" : "", "", script);
        return TypedResults.Content(before + content + after, "text/html; charset=utf-8", Encoding.UTF8, status);
    }

    /// <summary>The headers of a page, and the memory of the language chosen on it.</summary>
    /// <param name="http">The request.</param>
    /// <param name="english">Whether the page is in English.</param>
    /// <param name="script">The script of the page, if it has one.</param>
    /// <param name="formsGoTo">Where forms of the page may lead; a sign-in ends at the address of the application.</param>
    public static void Dress(HttpContext http, bool english, string? script = null, string formsGoTo = "*")
    {
        ArgumentNullException.ThrowIfNull(http);
        var headers = http.Response.Headers;
        var allowed = script is null ? "" : $"script-src 'sha256-{Hash(script)}'; connect-src 'self'; ";
        headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src 'sha256-{StyleHash}'; {allowed}form-action {formsGoTo}; base-uri 'none'; frame-ancestors 'none'";
        if (http.Request.Query["lang"].ToString() is "en" or "vi")
            http.Response.Cookies.Append(
                LanguageCookie,
                http.Request.Query["lang"].ToString(),
                new()
                {
                    HttpOnly = true,
                    SameSite = SameSiteMode.Lax,
                    Secure = http.Request.IsHttps,
                    MaxAge = LanguageLives,
                }
            );
        headers.CacheControl = "no-store";
        headers.ContentLanguage = english ? "en" : "vi";
    }

    /// <summary>What stands before and after the content of every page.</summary>
    /// <param name="http">The request.</param>
    /// <param name="english">Whether the page is in English.</param>
    /// <param name="title">Title of the page.</param>
    /// <param name="kind">Class of the content, which says how wide it is.</param>
    /// <param name="rooms">Links to the pages beside this one, as HTML; a way past them is added.</param>
    /// <param name="script">A script of our own; the page has to work without it.</param>
    public static (string Before, string After) Frame(
        HttpContext http,
        bool english,
        string title,
        string kind,
        string rooms,
        string? script = null
    )
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(rooms);
        var product = english ? "Public administration services" : "Dịch vụ hành chính công";
        var other = QueryString.Create(http.Request.Query.Where(q => q.Key != "lang").Append(new("lang", english ? "vi" : "en")));
        var help = english
            ? "Help: ask the counter or call the centre's hotline."
            : "Trợ giúp: hỏi tại quầy hoặc gọi đường dây nóng của Trung tâm.";
        var skip = rooms.Length == 0 ? "" : $"<a class=\"skip\" href=\"#content\">{(english ? "Skip to content" : "Đến nội dung")}</a>";
        var main = (kind.Length > 0 ? $" class=\"{kind}\"" : "") + (rooms.Length > 0 ? " id=\"content\" tabindex=\"-1\"" : "");
        var before = $"""
            <!DOCTYPE html>
            <html lang="{(english ? "en" : "vi")}">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{Safe(
                title
            )} - PAC</title>
            <style>{Style.ReplaceLineEndings("\n")}</style></head>
            <body><header class="bar">{skip}<p>{product}</p><a href="{Safe(http.Request.Path + other)}" lang="{(english ? "vi" : "en")}">{(
                english ? "Tiếng Việt" : "English"
            )}</a></header>
            {rooms}<main{main}>
            """;
        var after = $"</main><footer><p>{help}</p></footer>{(script is null ? "" : $"<script>{script}</script>")}</body></html>";
        return (before, after);
    }

    private static string Hash(string text) =>
        Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
