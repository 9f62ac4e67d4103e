using System.Reflection;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Pac.BuildingBlocks.Web;

namespace Pac.Identity.Pages;

/// <summary>What is wrong with a form: the field it is about, and the words.</summary>
internal sealed record Fault(string Field, string Text);

/// <summary>One page in the reader's language: its fields, its forms, and what was sent with them.</summary>
internal sealed class Page
{
    /// <summary>Shows and hides passwords, and speaks to authenticators; every page with a password works without it.</summary>
    private static readonly string Script = Read("account.js");
    private readonly IAntiforgery _forgery;
    private IFormCollection? _form;
    private string? _token;

    public Page(HttpContext http)
    {
        Http = http;
        _forgery = http.RequestServices.GetRequiredService<IAntiforgery>();
        English = HtmlPage.English(http.Request);
    }

    public HttpContext Http { get; }

    public CancellationToken Cancel => Http.RequestAborted;

    public bool English { get; }

    /// <summary>Where the person wants to go, if that is a path of this host; anything else would make the page an open redirect.</summary>
    public string? Back =>
        Query("returnUrl") is { Length: > 1 } url
        && url[0] == '/'
        && url[1] is not ('/' or '\\')
        && !url.Contains('\\', StringComparison.Ordinal)
        && !url.Any(char.IsControl)
            ? url
            : null;

    public string T(string vietnamese, string english) => English ? english : vietnamese;

    /// <summary>The same with every sign of HTML made harmless.</summary>
    public static string Safe(string? text) => HtmlPage.Safe(text);

    public string Query(string name) => Http.Request.Query[name] is [{ } only] ? only : "";

    /// <summary>Reads the form, if this page gave it.</summary>
    public async Task<bool> IsOurs()
    {
        if (!await _forgery.IsRequestValidAsync(Http))
            return false;
        _form = Http.Request.HasFormContentType ? await Http.Request.ReadFormAsync(Cancel) : FormCollection.Empty;
        return true;
    }

    /// <summary>A field of the form; nothing when it came twice.</summary>
    public string Field(string name) => _form?[name] is [{ } only] ? only : "";

    public IResult Show(string title, string content, IReadOnlyList<Fault>? faults = null, int? status = null, bool wide = false)
    {
        var heading = faults is { Count: > 0 } ? T("Lỗi: ", "Error: ") + title : title;
        return HtmlPage.Show(
            Http,
            English,
            heading,
            Summary(faults) + $"<h1>{Safe(title)}</h1>" + content,
            status ?? (faults is { Count: > 0 } ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK),
            Script,
            wide
        );
    }

    /// <summary>The answer to a form that this page did not give, or gave too long ago.</summary>
    public Fault Stale => new("form", T("Trang đã mở quá lâu. Vui lòng thử lại.", "The page was open for too long. Please try again."));

    /// <summary>After a form has been worked on, so that going back or reloading does not send it again.</summary>
    public IResult Go(string address)
    {
        Http.Response.Headers.Location = address;
        return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
    }

    /// <summary>An address with the way back, if there is one.</summary>
    public string With(string path) => Back is null ? path : path + QueryString.Create("returnUrl", Back);

    public string Form(string action, string fields, string button, string kind = "") =>
        $"<form method=\"post\" action=\"{Safe(action)}\" novalidate>{Token()}{fields}<button{(kind.Length > 0 ? $" class=\"{kind}\"" : "")}>{Safe(button)}</button></form>";

    /// <summary>The mark that the form is ours.</summary>
    public string Token()
    {
        _token ??= _forgery.GetAndStoreTokens(Http).RequestToken;
        return $"<input type=\"hidden\" name=\"__RequestVerificationToken\" value=\"{_token}\">";
    }

    public string Input(
        string name,
        string label,
        string autocomplete,
        string? value = null,
        string? hint = null,
        IReadOnlyList<Fault>? faults = null,
        string type = "text",
        int most = 256,
        string more = ""
    )
    {
        var fault = faults?.FirstOrDefault(f => f.Field == name);
        var described = string.Join(
            ' ',
            new[] { hint is null ? "" : name + "-hint", fault is null ? "" : name + "-fault" }.Where(d => d.Length > 0)
        );
        var html = $"<label for=\"{name}\">{Safe(label)}</label>";
        if (hint is not null)
            html += $"<p class=\"hint\" id=\"{name}-hint\">{Safe(hint)}</p>";
        if (fault is not null)
            html += $"<p class=\"fault\" id=\"{name}-fault\">{Safe(fault.Text)}</p>";
        html += $"<input type=\"{type}\" id=\"{name}\" name=\"{name}\" autocomplete=\"{autocomplete}\" maxlength=\"{most}\" required";
        html += " autocapitalize=\"none\" spellcheck=\"false\"" + more;
        if (value is not null)
            html += $" value=\"{Safe(value)}\"";
        if (described.Length > 0)
            html += $" aria-describedby=\"{described}\"";
        if (fault is not null)
            html += " aria-invalid=\"true\"";
        html += ">";
        if (type == "password")
            html +=
                $"<button type=\"button\" class=\"second small\" hidden data-reveal=\"{name}\" aria-pressed=\"false\" aria-controls=\"{name}\" data-show=\"{T("Hiện mật khẩu", "Show password")}\" data-hide=\"{T("Ẩn mật khẩu", "Hide password")}\">{T("Hiện mật khẩu", "Show password")}</button>";
        return html;
    }

    public string Password(string name, string label, string autocomplete, IReadOnlyList<Fault>? faults, string? hint = null) =>
        Input(name, label, autocomplete, hint: hint, faults: faults, type: "password", most: 512);

    public static string Check(string name, string label) =>
        $"<div class=\"check\"><input type=\"checkbox\" id=\"{name}\" name=\"{name}\" value=\"yes\"><label for=\"{name}\">{Safe(label)}</label></div>";

    public static string Done(string text) => $"<div class=\"done\" role=\"status\">{Safe(text)}</div>";

    public static string Paragraph(string text) => $"<p>{Safe(text)}</p>";

    public static string Link(string address, string text) => $"<a href=\"{Safe(address)}\">{Safe(text)}</a>";

    /// <summary>The words for a refused password.</summary>
    public string PasswordFault(string fault) =>
        fault switch
        {
            "password-too-short" => T("Mật khẩu phải có ít nhất 12 ký tự.", "The password must have at least 12 characters."),
            "password-too-long" => T("Mật khẩu chỉ được có nhiều nhất 256 ký tự.", "The password may have at most 256 characters."),
            "password-holds-name" => T("Mật khẩu không được chứa tên đăng nhập.", "The password must not hold the user name."),
            "passwords-differ" => T("Hai mật khẩu không giống nhau.", "The two passwords are not the same."),
            "old-password-wrong" => T("Mật khẩu hiện tại không đúng.", "The present password is not right."),
            _ => T(
                "Mật khẩu này dễ đoán hoặc đã bị lộ. Hãy chọn mật khẩu khác, ví dụ nhiều từ không liên quan.",
                "This password is easy to guess or was leaked. Choose another, such as several unrelated words."
            ),
        };

    public string PasswordHint =>
        T(
            "Ít nhất 12 ký tự. Mọi ký tự và dấu cách đều dùng được; nhiều từ không liên quan là tốt.",
            "At least 12 characters. Any character and spaces may be used; several unrelated words are good."
        );

    private string Summary(IReadOnlyList<Fault>? faults)
    {
        if (faults is not { Count: > 0 })
            return "";
        var items = string.Concat(
            faults.Select(f => f.Field == "form" ? $"<p>{Safe(f.Text)}</p>" : $"<p><a href=\"#{f.Field}\">{Safe(f.Text)}</a></p>")
        );
        return $"<div class=\"error\" role=\"alert\" tabindex=\"-1\"><h2>{T("Có lỗi", "There is a problem")}</h2>{items}</div>";
    }

    private static string Read(string resource)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
