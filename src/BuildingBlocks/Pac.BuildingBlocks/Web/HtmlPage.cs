using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Pac.BuildingBlocks.Web;

/// <summary>A page for people: plain HTML, one style sheet, no script, nothing from elsewhere (decision 0011).</summary>
public static class HtmlPage
{
    private const string Style = """
        :root{color-scheme:light}*{box-sizing:border-box}
        body{margin:0;font:1.0625rem/1.5 system-ui,"Segoe UI",Roboto,"Noto Sans",sans-serif;color:#16202c;background:#f2f4f7}
        header,footer{padding:1rem 1.25rem;background:#0b4f6c;color:#fff}footer{background:none;color:#3c4a5a}
        header a,header p{color:#fff;margin:0}main{max-width:27rem;margin:2rem auto;padding:1.5rem;background:#fff;border:1px solid #c6cfd9;border-radius:.5rem}
        h1{font-size:1.5rem;line-height:1.25;margin:0 0 1rem}label{display:block;font-weight:600;margin:1rem 0 .25rem}
        input[type=text],input[type=password]{width:100%;min-height:2.75rem;padding:.5rem .625rem;font:inherit;border:2px solid #55657a;border-radius:.25rem}
        button{min-height:2.75rem;margin-top:1.5rem;padding:.5rem 1.25rem;font:inherit;font-weight:600;color:#fff;background:#0b4f6c;border:2px solid #0b4f6c;border-radius:.25rem;cursor:pointer}
        a{color:#0b4f6c;display:inline-block;min-height:1.5rem}:focus-visible{outline:3px solid #b35900;outline-offset:2px}header :focus-visible{outline-color:#ffd54d}
        .error{border:3px solid #a8071a;padding:.75rem 1rem;margin-bottom:1rem}.error h2{font-size:1.125rem;margin:0 0 .25rem}.error a{color:#a8071a}
        dt{font-weight:600;margin-top:.75rem}dd{margin:0}
        .bar{display:flex;justify-content:space-between;flex-wrap:wrap;gap:.5rem}
        """;

    private static readonly string StyleHash = Convert.ToBase64String(
        System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(Style.ReplaceLineEndings("\n")))
    );

    /// <summary>Text made safe for HTML.</summary>
    /// <param name="text">Any text.</param>
    public static string Safe(string? text) => WebUtility.HtmlEncode(text ?? "");

    /// <summary>Whether the reader wants English: by the visible switch, else by the browser's languages.</summary>
    /// <param name="request">The request.</param>
    public static bool English(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Query["lang"].ToString() switch
        {
            "en" => true,
            "vi" => false,
            _ => Language.Of(request).TwoLetterISOLanguageName == "en",
        };
    }

    /// <summary>The whole page around its content.</summary>
    /// <param name="http">The request.</param>
    /// <param name="english">Whether the page is in English.</param>
    /// <param name="title">Title of the page.</param>
    /// <param name="content">The content as HTML; every value in it made safe.</param>
    /// <param name="status">Status of the answer.</param>
    public static IResult Show(HttpContext http, bool english, string title, string content, int status = StatusCodes.Status200OK)
    {
        ArgumentNullException.ThrowIfNull(http);
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src 'sha256-{StyleHash}'; form-action *; base-uri 'none'; frame-ancestors 'none'";
        headers.CacheControl = "no-store";
        headers.ContentLanguage = english ? "en" : "vi";
        var product = english ? "Public administration services" : "Dịch vụ hành chính công";
        var other = QueryString.Create(http.Request.Query.Where(q => q.Key != "lang").Append(new("lang", english ? "vi" : "en")));
        var help = english
            ? "Help: ask the counter or call the centre's hotline."
            : "Trợ giúp: hỏi tại quầy hoặc gọi đường dây nóng của Trung tâm.";
        var page = $"""
            <!DOCTYPE html>
            <html lang="{(english ? "en" : "vi")}">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{Safe(
                title
            )} - PAC</title>
            <style>{Style.ReplaceLineEndings("\n")}</style></head>
            <body><header class="bar"><p>{product}</p><a href="{Safe(http.Request.Path + other)}" lang="{(english ? "vi" : "en")}">{(
                english ? "Tiếng Việt" : "English"
            )}</a></header>
            <main>{content}</main><footer><p>{help}</p></footer></body></html>
            """;
        return TypedResults.Content(page, "text/html; charset=utf-8", Encoding.UTF8, status);
    }
}
