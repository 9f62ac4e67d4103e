using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Pac.Identity.Account;
using Pac.Identity.Mail;
using Pac.Identity.Persistence;

namespace Pac.Identity.Pages;

/// <summary>Changing a password, resetting a forgotten one, and setting the first one.</summary>
internal static class PasswordPages
{
    public static void Map(IEndpointRouteBuilder root)
    {
        root.MapGet("/account/password", Visitor.Only(v => Task.FromResult(ChangeForm(v, null)))).ExcludeFromDescription();
        root.MapPost("/account/password", Visitor.Sends(Change)).DisableAntiforgery().ExcludeFromDescription();
        root.MapGet("/forgot-password", (HttpContext http) => AskForm(new(http), null)).ExcludeFromDescription();
        root.MapPost("/forgot-password", Ask).DisableAntiforgery().ExcludeFromDescription();
        foreach (var (path, use) in new[] { ("/reset-password", TokenUse.ResetPassword), ("/invitation", TokenUse.Invitation) })
        {
            root.MapGet(path, (HttpContext http, Credentials credentials) => ShowSet(new(http), path, use, credentials))
                .ExcludeFromDescription();
            root.MapPost(path, (HttpContext http, Credentials credentials) => Set(new(http), path, use, credentials))
                .DisableAntiforgery()
                .ExcludeFromDescription();
        }
    }

    private static IResult ChangeForm(Visitor v, IReadOnlyList<Fault>? faults)
    {
        var p = v.Page;
        return v.Show(
            p.T("Đổi mật khẩu", "Change the password"),
            v.Done("Đã đổi mật khẩu. Các phiên đăng nhập khác đã kết thúc.", "The password is changed. Other sessions were ended.")
                + p.Form(
                    "/account/password",
                    UserName(v.User.UserName)
                        + p.Password("old", p.T("Mật khẩu hiện tại", "Present password"), "current-password", faults)
                        + TwoFields(p, faults),
                    p.T("Đổi mật khẩu", "Change the password")
                ),
            faults
        );
    }

    private static async Task<IResult> Change(Visitor v)
    {
        var (p, services) = (v.Page, v.Page.Http.RequestServices);
        var fault =
            p.Field("new") != p.Field("again")
                ? "passwords-differ"
                : await services.GetRequiredService<Credentials>().ChangePassword(v.User, p.Field("old"), p.Field("new"), p.Cancel);
        if (fault is not null)
            return ChangeForm(v, [FaultOf(p, fault)]);
        await services.GetRequiredService<Sessions>().Start(p.Http, v.User, v.Amr, trust: false, p.Cancel);
        return p.Go("/account/password?done=1");
    }

    private static IResult AskForm(Page page, IReadOnlyList<Fault>? faults)
    {
        var title = page.T("Quên mật khẩu", "Forgotten password");
        if (page.Query("sent").Length > 0)
            return page.Show(
                page.T("Hãy xem thư của bạn", "Check your e-mail"),
                Page.Paragraph(
                    page.T(
                        "Nếu có tài khoản với tên hoặc địa chỉ đã xác nhận đó, một thư có liên kết đặt lại mật khẩu sẽ đến trong vài phút.",
                        "If there is an account with that name or confirmed address, a letter with a link to reset the password will arrive within minutes."
                    )
                ) + Page.Link("/sign-in", page.T("Về trang đăng nhập", "Back to sign-in"))
            );
        return page.Show(
            title,
            page.Form(
                "/forgot-password",
                page.Input(
                    "name",
                    page.T("Tên đăng nhập hoặc địa chỉ thư điện tử", "User name or e-mail address"),
                    "username",
                    faults: faults
                ),
                page.T("Gửi liên kết", "Send the link")
            ),
            faults
        );
    }

    // The same work for every name; who it belongs to is looked up later, by the job.
    private static async Task<IResult> Ask(HttpContext http, IdentityStore db, Throttles throttles, IDataProtectionProvider protection)
    {
        var page = new Page(http);
        if (!await page.IsOurs())
            return AskForm(page, [page.Stale]);
        var name = page.Field("name");
        if (name.Length is 0 or > 256)
            return AskForm(page, [new("name", page.T("Hãy nhập tên đăng nhập hoặc địa chỉ.", "Enter a user name or an address."))]);
        var address = Throttles.OfAddress(http.Connection.RemoteIpAddress?.ToString()) + ":letters";
        if (
            await throttles.Take(address, Patience.Address, page.Cancel)
            && await throttles.Take("asked:" + Throttles.Hash(name.ToUpperInvariant()), Patience.Letter, page.Cancel)
        )
        {
            MailJobs.Queue(db, new MailOrder(MailKind.ResetPassword, null, protection.CreateProtector(SendMail.Asked).Protect(name)));
            db.Note("User", "", null, "password-reset-ask");
            await db.SaveChangesAsync(page.Cancel);
        }
        return page.Go("/forgot-password?sent=1");
    }

    private static async Task<IResult> ShowSet(Page page, string path, TokenUse use, Credentials credentials)
    {
        var token = page.Query("token");
        return await credentials.OwnerOf(token, use, page.Cancel) is { } user
            ? SetForm(page, path, use, token, user.UserName, null)
            : Over(page, use);
    }

    private static async Task<IResult> Set(Page page, string path, TokenUse use, Credentials credentials)
    {
        var token = page.Query("token");
        var ours = await page.IsOurs();
        var fault =
            !ours ? "stale"
            : page.Field("new") != page.Field("again") ? "passwords-differ"
            : await credentials.SetByLink(token, use, page.Field("new"), page.Cancel);
        if (fault is null)
            return page.Go("/sign-in?changed=1");
        if (fault == Credentials.LinkOver || await credentials.OwnerOf(token, use, page.Cancel) is not { } user)
            return Over(page, use);
        return SetForm(page, path, use, token, user.UserName, [fault == "stale" ? page.Stale : FaultOf(page, fault)]);
    }

    private static IResult SetForm(Page page, string path, TokenUse use, string token, string? name, IReadOnlyList<Fault>? faults) =>
        page.Show(
            use == TokenUse.Invitation
                ? page.T("Đặt mật khẩu của bạn", "Set your password")
                : page.T("Đặt lại mật khẩu", "Reset the password"),
            Page.Paragraph(page.T("Tên đăng nhập: ", "User name: ") + name)
                + page.Form(
                    path + QueryString.Create("token", token),
                    UserName(name) + TwoFields(page, faults),
                    page.T("Lưu mật khẩu", "Save the password")
                ),
            faults
        );

    private static IResult Over(Page page, TokenUse use)
    {
        var way =
            use == TokenUse.Invitation
                ? Page.Paragraph(page.T("Hãy yêu cầu quản trị viên gửi lời mời mới.", "Ask the administrator for a new invitation."))
                : Page.Link("/forgot-password", page.T("Yêu cầu liên kết mới", "Ask for a new link"));
        return page.Show(
            page.T("Liên kết không còn dùng được", "The link can no longer be used"),
            Page.Paragraph(page.T("Liên kết đã được dùng, đã hết hạn hoặc không đầy đủ.", "It was used, is over, or is not complete."))
                + way,
            status: StatusCodes.Status400BadRequest
        );
    }

    // Password managers keep a password under its user name.
    private static string UserName(string? name) =>
        $"<input type=\"text\" name=\"username\" value=\"{Page.Safe(name)}\" autocomplete=\"username\" hidden readonly>";

    private static string TwoFields(Page p, IReadOnlyList<Fault>? faults) =>
        p.Password("new", p.T("Mật khẩu mới", "New password"), "new-password", faults, p.PasswordHint)
        + p.Password("again", p.T("Nhập lại mật khẩu mới", "New password again"), "new-password", faults);

    private static Fault FaultOf(Page p, string fault) =>
        new(
            fault switch
            {
                "old-password-wrong" => "old",
                "passwords-differ" => "again",
                _ => "new",
            },
            fault == Credentials.LinkOver ? p.Stale.Text : p.PasswordFault(fault)
        );
}
