using System.Globalization;
using FluentValidation.Results;
using MediatR;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection;
using Pac.BuildingBlocks;
using Pac.BuildingBlocks.Mediation;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Identity.Features;
using Pac.SharedKernel;

namespace Pac.Identity.Pages.Admin;

/// <summary>What every page of administration has: two languages, the use cases of the API, and refusals said at the field they are about.</summary>
internal abstract class AdminPage : PageModel
{
    private static readonly (string Address, string Vietnamese, string English, Permission Needs)[] Rooms =
    [
        ("/admin/users", "Người dùng", "Users", IdentityPermissions.Read),
        ("/admin/roles", "Vai trò", "Roles", IdentityPermissions.Read),
        ("/admin/clients", "Ứng dụng", "Applications", IdentityPermissions.Read),
        ("/admin/audit", "Nhật ký", "Audit trail", IdentityPermissions.Audit),
    ];

    private string? _token;

    /// <summary>Version of what is changed, as it was when the form was shown.</summary>
    [BindProperty]
    public uint Version { get; set; }

    public List<Fault> Faults { get; } = [];

    public bool English => HtmlPage.English(Request);

    public string T(string vietnamese, string english) => English ? english : vietnamese;

    /// <summary>Names of the fields, by which faults find them; a fault of no field is one of the whole form.</summary>
    public virtual IReadOnlyDictionary<string, string> Fields => new Dictionary<string, string>();

    public string Title { get; protected set; } = "";

    public string FullTitle => Faults.Count > 0 ? T("Lỗi: ", "Error: ") + Title : Title;

    public CurrentUser Me => HttpContext.RequestServices.GetRequiredService<CurrentUser>();

    public Directory Directory => HttpContext.RequestServices.GetRequiredService<Directory>();

    public string Token =>
        _token ??= HttpContext.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(HttpContext).RequestToken!;

    /// <summary>The page's own address, to which its form goes.</summary>
    public string Here => Request.Path;

    public bool MayManageUsers => May(IdentityPermissions.ManageUsers);

    public bool MayManageRoles =>
        May(IdentityPermissions.ManageRoles) && Me.Caller.ReachOf(IdentityPermissions.ManageRoles) == DataScope.Province;

    public bool MayManageClients =>
        May(IdentityPermissions.ManageClients) && Me.Caller.ReachOf(IdentityPermissions.ManageClients) == DataScope.Province;

    public bool May(Permission permission) => Me.Caller.May(permission);

    /// <summary>What has just been done, for the one page after it.</summary>
    public string Done => Request.Query["done"].ToString();

    protected CancellationToken Cancel => HttpContext.RequestAborted;

    /// <summary>Links to the rooms of administration that this person may enter.</summary>
    public string RoomLinks()
    {
        var path = Request.Path.Value ?? "";
        var links = Rooms
            .Where(r => May(r.Needs))
            .Select(r => (r.Address, Words: T(r.Vietnamese, r.English)))
            .Prepend(("/admin", T("Quản trị", "Administration")))
            .Append(("/account", T("Tài khoản", "Account")))
            .Append(("/sign-out", T("Đăng xuất", "Sign out")))
            .Select(r =>
            {
                var here = r.Item1 == path || r.Item1 != "/admin" && path.StartsWith(r.Item1 + "/", StringComparison.Ordinal);
                var mark =
                    !here ? ""
                    : r.Item1 == path ? " aria-current=\"page\""
                    : " aria-current=\"true\"";
                return $"<li><a href=\"{r.Item1}\"{mark}>{HtmlPage.Safe(r.Item2)}</a></li>";
            });
        return $"<nav class=\"rooms\" aria-label=\"{T("Quản trị", "Administration")}\"><ul>{string.Concat(links)}</ul></nav>";
    }

    /// <summary>Sends a request of the API; the audit trail names it by its own name, whatever was asked before on the same page.</summary>
    protected Task<T> Ask<T>(IRequest<T> request)
    {
        Me.Act = "";
        return HttpContext.RequestServices.GetRequiredService<ISender>().Send(request, Cancel);
    }

    /// <summary>The same with the data of another right than the one that opened the page.</summary>
    protected Task<T> AskBy<T>(Permission right, IRequest<T> request)
    {
        Me.Become(Me.Caller, Me.Address, right);
        return Ask(request);
    }

    /// <summary>Does something; a refusal becomes a fault of the form, which is shown again with what was entered.</summary>
    protected async Task<bool> Try(Func<Task> act)
    {
        try
        {
            await act();
            return true;
        }
        catch (BusinessRuleException refused)
        {
            Add(refused.Error.Pointer ?? "", refused.Error.TextFor(CultureInfo.CurrentUICulture));
            Response.StatusCode = refused.Error.Kind switch
            {
                ErrorKind.WrongState => StatusCodes.Status409Conflict,
                ErrorKind.Forbidden => StatusCodes.Status403Forbidden,
                _ => StatusCodes.Status422UnprocessableEntity,
            };
        }
        catch (ShapeException shape)
        {
            foreach (var failure in shape.Failures)
                Add(failure.PropertyName, Named(failure));
            Response.StatusCode = StatusCodes.Status400BadRequest;
        }
        catch (InvalidRequestException invalid)
        {
            foreach (var fault in invalid.Faults)
                Add(fault.Pointer, T(fault.Vietnamese, fault.English));
            Response.StatusCode = StatusCodes.Status400BadRequest;
        }
        catch (StaleVersionException)
        {
            Refuse(
                "form",
                T(
                    "Người khác vừa thay đổi mục này. Hãy xem trạng thái hiện tại; nội dung bạn nhập vẫn còn, gửi lại nếu vẫn đúng.",
                    "Somebody else has just changed this. Look at its present state; what you entered is still here, send it again if it still holds."
                )
            );
            Response.StatusCode = StatusCodes.Status412PreconditionFailed;
            // The next time it is meant for the state that is shown now.
            Version = 0;
        }
        return false;
    }

    protected void Refuse(string field, string text)
    {
        Faults.Add(new(field, text));
        Response.StatusCode = StatusCodes.Status400BadRequest;
    }

    /// <summary>After a form has been worked on, so that going back or reloading does not send it again.</summary>
    protected IActionResult Go(string address)
    {
        Response.Headers.Location = address;
        return new StatusCodeResult(StatusCodes.Status303SeeOther);
    }

    /// <summary>A day from a form; a fault when it is none.</summary>
    protected DateOnly? Day(string field, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        if (DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        Refuse(field, T("Ngày không hợp lệ.", "This is not a date."));
        return null;
    }

    protected static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    /// <summary>An instant as people at the centre read it.</summary>
    public string When(DateTimeOffset? at) =>
        at is not { } instant
            ? T("Chưa", "Never")
            : instant
                .ToOffset(TimeSpan.FromHours(7))
                .ToString(English ? "d MMM yyyy, HH:mm:ss" : "HH:mm:ss, dd/MM/yyyy", CultureInfo.InvariantCulture);

    public string When(DateOnly? day, string otherwise) =>
        day?.ToString(English ? "d MMM yyyy" : "dd/MM/yyyy", CultureInfo.InvariantCulture) ?? otherwise;

    public string Period(DateOnly? from, DateOnly? to) =>
        (from, to) switch
        {
            (null, null) => T("Cho đến khi có thay đổi", "Until further notice"),
            (null, _) => T("Đến hết ", "Until ") + When(to, ""),
            (_, null) => T("Từ ", "From ") + When(from, ""),
            _ => When(from, "") + " – " + When(to, ""),
        };

    /// <summary>The same address with other values in its query; a null takes one away.</summary>
    public string With(params (string Name, string? Value)[] changes)
    {
        var query = Request
            .Query.Where(q => q.Key is not ("done" or "lang") && !Array.Exists(changes, c => c.Name == q.Key))
            .Select(q => KeyValuePair.Create(q.Key, (string?)q.Value.ToString()))
            .Concat(changes.Select(c => KeyValuePair.Create(c.Name, c.Value)))
            .Where(q => !string.IsNullOrEmpty(q.Value));
        return Request.Path + QueryString.Create(query);
    }

    /// <summary>The ways to the first and the next page of a list.</summary>
    public Pager Pager(string? next) =>
        new(
            T("Các trang", "Pages"),
            Request.Query.ContainsKey("cursor") ? With(("cursor", null)) : null,
            next is null ? null : With(("cursor", next)),
            T("Về trang đầu", "First page"),
            T("Trang sau", "Next page")
        );

    public Field Text(string name, string? value, string? hint = null, string type = "text", bool optional = false, int most = 256) =>
        new(name, Fields[name], value ?? "", hint, FaultOf(name), type, optional, most, T("(không bắt buộc)", "(optional)"));

    public Field Choice(string name, string? value, IEnumerable<Option> options, string? hint = null, bool optional = false) =>
        Text(name, value, hint, "select", optional) with
        {
            Options = [.. options],
        };

    private string? FaultOf(string name) => Faults.Find(f => f.Field == name)?.Text;

    private void Add(string pointer, string text)
    {
        var words = pointer
            .Split('/', '.', '[', ']')
            .Where(w => w.Length > 0 && !char.IsDigit(w[0]))
            .Select(w => char.ToLowerInvariant(w[0]) + w[1..]);
        var field = words.FirstOrDefault(Fields.ContainsKey) ?? "form";
        // One thing at a time is said of a field.
        if (!Faults.Exists(f => f.Field == field && (field != "form" || f.Text == text)))
            Faults.Add(new(field, text));
    }

    // The texts of the validators name the member; people know the field.
    private string Named(ValidationFailure failure)
    {
        var text = failure.ErrorMessage;
        if (
            !failure.FormattedMessagePlaceholderValues.TryGetValue("PropertyName", out var name) || name is not string { Length: > 0 } words
        )
            return text;
        var member = failure.PropertyName.Split('.', '[')[^1];
        var key = Fields.Keys.FirstOrDefault(k => failure.PropertyName.Contains(k, StringComparison.OrdinalIgnoreCase)) ?? member;
        return Fields.TryGetValue(key, out var label) ? text.Replace($"'{words}'", $"“{label}”", StringComparison.Ordinal) : text;
    }
}

/// <summary>A field of a form with its label, hint and fault.</summary>
internal sealed record Field(
    string Name,
    string Label,
    string Value,
    string? Hint,
    string? Fault,
    string Type,
    bool Optional,
    int Most,
    string OptionalWord
)
{
    public IReadOnlyList<Option> Options { get; init; } = [];

    /// <summary>The name under which it is sent, where that is not its own.</summary>
    public string? Input { get; init; }

    public string? Describes =>
        string.Join(' ', new[] { Hint is null ? null : Name + "-hint", Fault is null ? null : Name + "-fault" }.OfType<string>())
            is { Length: > 0 } ids
            ? ids
            : null;
}

/// <summary>One of several things to choose.</summary>
internal sealed record Option(string Value, string Label, string Group = "");

/// <summary>The ways through a list that is read page by page.</summary>
internal sealed record Pager(string Label, string? First, string? Next, string FirstWords, string NextWords);
