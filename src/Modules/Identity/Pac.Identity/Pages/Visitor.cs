using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.Abstractions;
using Pac.Identity.Account;
using Pac.Identity.Domain;
using Pac.Identity.Persistence;
using Pac.Identity.Protocol;

namespace Pac.Identity.Pages;

/// <summary>Who is signed in and looks at a page about himself.</summary>
/// <param name="Page">The page.</param>
/// <param name="User">Who.</param>
/// <param name="Session">The session.</param>
/// <param name="Amr">How he signed in.</param>
internal sealed record Visitor(Page Page, User User, Guid Session, string[] Amr)
{
    private static readonly (string Address, string Vietnamese, string English)[] Rooms =
    [
        ("/account", "Tài khoản", "Account"),
        ("/account/password", "Mật khẩu", "Password"),
        ("/account/second-factor", "Xác thực hai bước", "Second factor"),
        ("/account/passkeys", "Khóa truy cập", "Passkeys"),
        ("/account/sessions", "Phiên đăng nhập", "Sessions"),
        ("/account/email", "Thư điện tử", "E-mail"),
    ];

    /// <summary>A page for people who are signed in; everybody else is sent to sign in and comes back.</summary>
    public static Func<HttpContext, Task<IResult>> Only(Func<Visitor, Task<IResult>> show, bool fresh = false) =>
        async http =>
        {
            var page = new Page(http);
            var session = await http.AuthenticateAsync(IdentityConstants.ApplicationScheme);
            var back = HttpMethods.IsGet(http.Request.Method) ? http.Request.Path + http.Request.QueryString : http.Request.Path.Value!;
            var db = http.RequestServices.GetRequiredService<IdentityStore>();
            if (Sessions.UserOf(session.Principal) is not { } id || Sessions.Of(session.Principal) is not { } sid)
                return page.Go("/sign-in" + QueryString.Create("returnUrl", back));
            var user = await db.Users.SingleAsync(u => u.Id == id, page.Cancel);
            // How one signs in is changed only by somebody who has just shown that it is he (ASVS 7.5.1).
            var options = http.RequestServices.GetRequiredService<SignInSettings>();
            if (fresh && !(SignedInAt.Of(session.Properties) + options.Fresh > db.Now))
                return page.Go("/sign-in" + QueryString.Create("returnUrl", back).Add("hint", user.UserName!).Add("again", "1"));
            var amr = session.Principal!.FindAll(OpenIddictConstants.Claims.AuthenticationMethodReference).Select(c => c.Value);
            return await show(new(page, user, sid, [.. amr]));
        };

    /// <summary>The same for a form: it must be one that the page gave.</summary>
    public static Func<HttpContext, Task<IResult>> Sends(Func<Visitor, Task<IResult>> work, bool fresh = false) =>
        Only(
            async v => await v.Page.IsOurs() ? await work(v) : v.Show(v.Page.T("Hãy thử lại", "Please try again"), "", [v.Page.Stale]),
            fresh
        );

    public IResult Show(string title, string content, IReadOnlyList<Fault>? faults = null)
    {
        var here = Page.Http.Request.Path.Value;
        var rooms = string.Concat(
            Rooms.Select(r =>
                $"<li>{(r.Address == here ? $"<a href=\"{r.Address}\" aria-current=\"page\">" : $"<a href=\"{r.Address}\">")}{Page.T(r.Vietnamese, r.English)}</a></li>"
            )
        );
        var nav =
            $"<hr><nav aria-label=\"{Page.T("Tài khoản của bạn", "Your account")}\"><ul class=\"ways\">{rooms}<li><a href=\"/sign-out\">{Page.T("Đăng xuất", "Sign out")}</a></li></ul></nav>";
        return Page.Show(title, content + nav, faults, wide: true);
    }

    /// <summary>An instant as people at the centre read it.</summary>
    public string When(DateTimeOffset at) =>
        at.ToOffset(TimeSpan.FromHours(7))
            .ToString(Page.English ? "d MMM yyyy, HH:mm" : "HH:mm, dd/MM/yyyy", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>What has just been done, when the page was reached by doing it.</summary>
    public string Done(string vietnamese, string english) =>
        Page.Query("done").Length > 0 ? Pages.Page.Done(Page.T(vietnamese, english)) : "";
}
