using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Pac.Identity.Account;

namespace Pac.Identity.Pages;

/// <summary>What a user sees first: who he is, how he signs in, and which other accounts are linked.</summary>
internal static class AccountPage
{
    public static void Map(IEndpointRouteBuilder root)
    {
        root.MapGet("/account", Visitor.Only(Show)).ExcludeFromDescription();
        root.MapPost("/account/logins", Visitor.Sends(Link, fresh: true)).DisableAntiforgery().ExcludeFromDescription();
        root.MapPost("/account/logins/remove", Visitor.Sends(Unlink, fresh: true)).DisableAntiforgery().ExcludeFromDescription();
    }

    private static async Task<IResult> Show(Visitor v)
    {
        var services = v.Page.Http.RequestServices;
        var linked = await services.GetRequiredService<ExternalLogins>().Of(v.User.Id, v.Page.Cancel);
        var user = v.User;
        var p = v.Page;
        var facts =
            $"<dl><dt>{p.T("Họ tên", "Name")}</dt><dd>{Page.Safe(user.DisplayName)}</dd><dt>{p.T("Tên đăng nhập", "User name")}</dt><dd>{Page.Safe(user.UserName)}</dd>"
            + $"<dt>{p.T("Thư điện tử", "E-mail")}</dt><dd>{Page.Safe(user.Email ?? p.T("Chưa có", "None"))}</dd>"
            + $"<dt>{p.T("Xác thực hai bước", "Second factor")}</dt><dd>{(user.TwoFactorEnabled ? p.T("Đang bật", "On") : p.T("Đang tắt", "Off"))}</dd></dl>";
        var providers = string.Concat(
            services
                .GetRequiredService<IReadOnlyList<ExternalProvider>>()
                .Select(o =>
                    linked.Contains(o.Name)
                        ? $"<div class=\"row\"><p>{Page.Safe(o.DisplayName)}</p>{p.Form("/account/logins/remove", Hidden(o.Name), p.T("Gỡ liên kết ", "Remove the link to ") + o.DisplayName, "danger small")}</div>"
                        : p.Form("/account/logins", Hidden(o.Name), p.T("Liên kết với ", "Link to ") + o.DisplayName, "second small")
                )
        );
        var logins = providers.Length == 0 ? "" : $"<h2>{p.T("Tài khoản liên kết", "Linked accounts")}</h2>{providers}";
        IReadOnlyList<Fault>? away =
            p.Query("external").Length > 0
                ?
                [
                    new(
                        "form",
                        p.T("Không kết nối được với nhà cung cấp. Hãy thử lại sau.", "The provider cannot be reached. Try again later.")
                    ),
                ]
                : null;
        return v.Show(p.T("Tài khoản của bạn", "Your account"), v.Done("Đã lưu thay đổi.", "The change is saved.") + facts + logins, away);
    }

    private static async Task<IResult> Link(Visitor v)
    {
        var wanted = v
            .Page.Http.RequestServices.GetRequiredService<IReadOnlyList<ExternalProvider>>()
            .FirstOrDefault(o => o.Name == v.Page.Field("provider"));
        return wanted is null
            ? v.Page.Go("/account")
            : await ExternalPage.Leave(v.Page, wanted, ExternalPage.Trip(wanted, "/account?done=1", v.User.Id));
    }

    private static async Task<IResult> Unlink(Visitor v)
    {
        var logins = v.Page.Http.RequestServices.GetRequiredService<ExternalLogins>();
        var provider = v.Page.Field("provider");
        if ((await logins.Of(v.User.Id, v.Page.Cancel)).Contains(provider))
            await logins.Unlink(v.User, provider, v.Page.Cancel);
        return v.Page.Go("/account?done=1");
    }

    private static string Hidden(string provider) => $"<input type=\"hidden\" name=\"provider\" value=\"{Page.Safe(provider)}\">";
}
