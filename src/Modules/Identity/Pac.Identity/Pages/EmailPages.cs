using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Pac.Identity.Account;

namespace Pac.Identity.Pages;

/// <summary>The address that letters go to, and its confirmation.</summary>
internal static class EmailPages
{
    public static void Map(IEndpointRouteBuilder root)
    {
        root.MapGet("/account/email", Visitor.Only(v => Task.FromResult(Form(v, null)), fresh: true)).ExcludeFromDescription();
        root.MapPost("/account/email", Visitor.Sends(Ask, fresh: true)).DisableAntiforgery().ExcludeFromDescription();
        root.MapGet("/confirm-email", ShowConfirm).ExcludeFromDescription();
        root.MapPost("/confirm-email", Confirm).DisableAntiforgery().ExcludeFromDescription();
    }

    private static IResult Form(Visitor v, IReadOnlyList<Fault>? faults, string? typed = null)
    {
        var p = v.Page;
        var present = v.User.Email is { } email
            ? p.T("Địa chỉ hiện tại: ", "Present address: ")
                + email
                + (v.User.EmailConfirmed ? "" : p.T(" (chưa xác nhận)", " (not confirmed)"))
            : p.T("Chưa có địa chỉ nào.", "There is no address yet.");
        var pending = v.User.PendingEmail is { } waiting
            ? Page.Paragraph(p.T("Chờ xác nhận: ", "Waiting for confirmation: ") + waiting)
            : "";
        return v.Show(
            p.T("Thư điện tử", "E-mail"),
            v.Done("Một thư có liên kết xác nhận đang được gửi đến địa chỉ mới.", "A letter with a link is on its way to the new address.")
                + Page.Paragraph(present)
                + pending
                + p.Form(
                    "/account/email",
                    p.Input("email", p.T("Địa chỉ mới", "New address"), "email", typed, faults: faults, type: "email", most: 254),
                    p.T("Gửi thư xác nhận", "Send the letter")
                ),
            faults
        );
    }

    private static async Task<IResult> Ask(Visitor v)
    {
        var p = v.Page;
        var fault = await p.Http.RequestServices.GetRequiredService<Credentials>().AskAddress(v.User, p.Field("email"), p.Cancel);
        return fault switch
        {
            null => p.Go("/account/email?done=1"),
            "address-wrong" => Form(
                v,
                [new("email", p.T("Hãy nhập địa chỉ dạng ten@vidu.vn.", "Enter an address such as name@example.com."))],
                p.Field("email")
            ),
            "too-many-letters" => Form(
                v,
                [new("email", p.T("Đã gửi quá nhiều thư. Hãy đợi rồi thử lại.", "Too many letters were asked for. Wait and try again."))]
            ),
            _ => Form(v, [p.Stale]),
        };
    }

    private static async Task<IResult> ShowConfirm(HttpContext http, Credentials credentials)
    {
        var page = new Page(http);
        if (page.Query("done").Length > 0)
            return page.Show(
                page.T("Địa chỉ đã được xác nhận", "The address is confirmed"),
                Page.Link("/account", page.T("Đến trang tài khoản", "To your account"))
            );
        // Opening the link changes nothing: mail programs open links before people do.
        return await credentials.OwnerOf(page.Query("token"), TokenUse.ConfirmAddress, page.Cancel) is { PendingEmail: { } address }
            ? page.Show(
                page.T("Xác nhận địa chỉ", "Confirm the address"),
                Page.Paragraph(page.T("Địa chỉ của bạn là ", "Your address is ") + address)
                    + page.Form("/confirm-email" + QueryString.Create("token", page.Query("token")), "", page.T("Xác nhận", "Confirm"))
            )
            : Over(page);
    }

    private static async Task<IResult> Confirm(HttpContext http, Credentials credentials)
    {
        var page = new Page(http);
        if (!await page.IsOurs())
            return await ShowConfirm(http, credentials);
        return await credentials.ConfirmAddress(page.Query("token"), page.Cancel) is null ? page.Go("/confirm-email?done=1") : Over(page);
    }

    private static IResult Over(Page page) =>
        page.Show(
            page.T("Liên kết không còn dùng được", "The link can no longer be used"),
            Page.Paragraph(
                page.T("Hãy đăng nhập và yêu cầu thư mới trong trang tài khoản.", "Sign in and ask for a new letter on your account page.")
            ) + Page.Link("/account/email", page.T("Đến trang tài khoản", "To your account")),
            status: StatusCodes.Status400BadRequest
        );
}
