using System.Collections.Frozen;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.Abstractions;
using Pac.BuildingBlocks.Security;
using Pac.BuildingBlocks.Web;
using Pac.Identity.Account;
using Pac.Identity.Features;
using Pac.Identity.Persistence;
using Pac.Identity.Protocol;
using Pac.SharedKernel;

namespace Pac.Identity.Pages.Admin;

/// <summary>
/// The door of a page: who is signed in, whether he may, and whether the form is ours; the same rights over the same data as the operations of
/// the API. It stands in front of everything else, so nothing of a page is read before it.
/// </summary>
/// <param name="sees">The permissions of which one lets the page be seen.</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class DoorAttribute(params string[] sees) : Attribute, IAsyncAuthorizationFilter, IOrderedFilter
{
    /// <summary>How the audit trail names what was done here and not through an application.</summary>
    public const string ClientId = "admin-pages";

    /// <summary>The permission that a form of the page needs; the one to see it when null.</summary>
    public string? Acts { get; init; }

    /// <summary>Whether only somebody who has just shown that it is he may act (ASVS 7.5.3).</summary>
    public bool Fresh { get; init; }

    /// <summary>Before the framework looks at the form.</summary>
    public int Order => -1;

    public async Task OnAuthorizationAsync(AuthorizationFilterContext context)
    {
        var http = context.HttpContext;
        var page = new Pages.Page(http);
        var services = http.RequestServices;
        var db = services.GetRequiredService<IdentityStore>();
        var session = await http.AuthenticateAsync(IdentityConstants.ApplicationScheme);
        var reads = HttpMethods.IsGet(http.Request.Method);
        var back = reads ? http.Request.Path + http.Request.QueryString : http.Request.Path.Value!;
        if (
            Sessions.UserOf(session.Principal) is not { } id
            || await db.FindRights(id, db.Now.LocalDay(), page.Cancel) is not var (name, rights)
        )
        {
            context.Result = new Answer(page.Go("/sign-in" + QueryString.Create("returnUrl", back)));
            return;
        }
        var caller = new Caller(
            id.ToString(),
            name,
            ClientId,
            rights.Widest,
            rights.Reaches.Keys.ToFrozenSet(),
            IdentityPermissions.All.Select(p => p.Scope).ToFrozenSet()
        )
        {
            Reaches = rights.Reaches.ToFrozenDictionary(),
        };
        var needed = Needed(caller, reads);
        services.GetRequiredService<CurrentUser>().Become(caller, http.Connection.RemoteIpAddress?.ToString(), needed);
        if (!caller.May(needed))
        {
            // OWASP ASVS 5.0, 16.3.2: who tried what he may not.
            db.Note("Refusal", needed.Name, act: ((PageActionDescriptor)context.ActionDescriptor).ViewEnginePath.TrimStart('/'));
            await db.SaveChangesAsync(page.Cancel);
            context.Result = new Answer(Closed(page));
            return;
        }
        // A form that was shown in time may be sent for as long again, so that nobody loses what he wrote.
        var settings = services.GetRequiredService<SignInSettings>();
        var lasts = reads ? settings.Fresh : 2 * settings.Fresh;
        if (Fresh && !(SignedInAt.Of(session.Properties) + lasts > db.Now))
        {
            var hint = session.Principal!.FindFirst(OpenIddictConstants.Claims.PreferredUsername)?.Value ?? "";
            var address = "/sign-in" + QueryString.Create("returnUrl", back).Add("hint", hint).Add("again", "1");
            context.Result = new Answer(page.Go(address));
            return;
        }
        if (!reads && !await services.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http))
            context.Result = new Answer(Stale(page));
        else
            HtmlPage.Dress(http, page.English, formsGoTo: "'self'");
    }

    private Permission Needed(Caller caller, bool reads)
    {
        var possible = (!reads && Acts is not null ? [Acts] : sees).Select(n => IdentityPermissions.All.Single(p => p.Name == n)).ToList();
        return possible.Find(caller.May) ?? possible[0];
    }

    private static IResult Closed(Pages.Page page) =>
        page.Show(
            page.T("Bạn không có quyền vào trang này", "You may not see this page"),
            Pages.Page.Paragraph(
                page.T(
                    "Trang này cần quyền mà các vai trò của bạn không cho. Nếu bạn cần quyền đó, hãy hỏi quản trị viên hệ thống.",
                    "This page needs a right that none of your roles gives. If you need it, ask the system administrator."
                )
            )
                + $"<ul class=\"ways\"><li>{Pages.Page.Link("/admin", page.T("Trang quản trị", "Administration"))}</li><li>{Pages.Page.Link("/account", page.T("Tài khoản của bạn", "Your account"))}</li><li>{Pages.Page.Link("/sign-out", page.T("Đăng xuất", "Sign out"))}</li></ul>",
            status: StatusCodes.Status403Forbidden
        );

    private static IResult Stale(Pages.Page page) =>
        page.Show(
            page.T("Hãy mở lại trang", "Please open the page again"),
            Pages.Page.Link(page.Http.Request.Path, page.T("Mở lại trang", "Open the page again")),
            [page.Stale]
        );
}

/// <summary>An answer of the other pages as one of these.</summary>
internal sealed class Answer(IResult result) : ActionResult
{
    public override Task ExecuteResultAsync(ActionContext context) => result.ExecuteAsync(context.HttpContext);
}
