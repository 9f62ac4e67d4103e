using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using OpenIddict.Abstractions;
using Pac.Identity.Account;
using Pac.Identity.Domain;

namespace Pac.Identity.Pages;

/// <summary>Sign-in by name and password, by passkey, and sign-out.</summary>
internal static class SignInPage
{
    public static void Map(IEndpointRouteBuilder root)
    {
        root.MapGet("/sign-in", (HttpContext http, IReadOnlyList<ExternalProvider> others) => Form(new(http), others, null))
            .ExcludeFromDescription();
        root.MapPost("/sign-in", SignIn).DisableAntiforgery().ExcludeFromDescription();
        root.MapPost("/sign-in/passkey-options", Offer).DisableAntiforgery().ExcludeFromDescription();
        root.MapPost("/sign-in/passkey", UsePasskey).DisableAntiforgery().ExcludeFromDescription();
        root.MapGet("/sign-out", (HttpContext http) => AskSignOut(new(http))).ExcludeFromDescription();
        root.MapPost("/sign-out", (Delegate)SignOut).DisableAntiforgery().ExcludeFromDescription();
    }

    private static async Task<IResult> SignIn(
        HttpContext http,
        PasswordSignIn passwords,
        Browsers browsers,
        Sessions sessions,
        IReadOnlyList<ExternalProvider> others
    )
    {
        var page = new Page(http);
        if (!await page.IsOurs())
            return Form(page, others, [page.Stale]);
        var name = page.Field("username");
        if (await passwords.Try(http, name, page.Field("password"), page.Cancel) is not { } user)
            return Form(page, others, [Refused(page)], name);
        return await GoOn(page, user, ["pwd"], browsers, sessions);
    }

    /// <summary>After the first factor: to the second one, or in.</summary>
    public static async Task<IResult> GoOn(Page page, User user, string[] amr, Browsers browsers, Sessions sessions)
    {
        if (user.TwoFactorEnabled && !await browsers.IsTrusted(user.Id, browsers.Read(page.Http), page.Cancel))
        {
            var half = new ClaimsIdentity(SignInSetup.Halfway);
            half.AddClaim(new(OpenIddictConstants.Claims.Subject, user.Id.ToString()));
            half.AddClaim(new(Sessions.Stamp, user.SecurityStamp ?? ""));
            half.AddClaims(amr.Select(a => new Claim(OpenIddictConstants.Claims.AuthenticationMethodReference, a)));
            await page.Http.SignInAsync(SignInSetup.Halfway, new(half));
            return page.Go(page.With("/sign-in/second-factor"));
        }
        await sessions.Start(page.Http, user, amr, trust: false, page.Cancel);
        return page.Go(
            !user.TwoFactorEnabled && await sessions.NeedsSecondFactor(user, page.Cancel)
                ? page.With("/account/second-factor")
                : page.Back ?? "/account"
        );
    }

    private static async Task<IResult> Offer(HttpContext http, Passkeys passkeys) =>
        await new Page(http).IsOurs()
            ? TypedResults.Text(await passkeys.OfferSignIn(http), "application/json")
            : TypedResults.StatusCode(StatusCodes.Status400BadRequest);

    private static async Task<IResult> UsePasskey(
        HttpContext http,
        Passkeys passkeys,
        Throttles throttles,
        Sessions sessions,
        Persistence.IdentityStore db,
        IReadOnlyList<ExternalProvider> others
    )
    {
        var page = new Page(http);
        if (!await page.IsOurs())
            return Form(page, others, [page.Stale]);
        var address = Throttles.OfAddress(http.Connection.RemoteIpAddress?.ToString());
        var user = await throttles.Take(address, Patience.Address, page.Cancel)
            ? await passkeys.SignIn(http, page.Field("credential"), page.Cancel)
            : null;
        if (user is null || user.Disabled || user.LockoutEnd > db.Now)
        {
            db.Note(nameof(User), user?.Id.ToString() ?? "", Sessions.Changed(new { reason = "passkey" }), "sign-in-failed");
            await db.SaveChangesAsync(page.Cancel);
            return Form(page, others, [new("form", page.T("Khóa truy cập không được chấp nhận.", "The passkey was not accepted."))]);
        }
        await throttles.Return(address, page.Cancel);
        // The authenticator is had and its owner was verified: two factors in one.
        await sessions.Start(http, user, ["hwk", "user", "mfa"], trust: false, page.Cancel);
        return page.Go(page.Back ?? "/account");
    }

    private static IResult AskSignOut(Page page)
    {
        if (page.Query("done").Length > 0)
            return page.Show(
                page.T("Bạn đã đăng xuất", "You are signed out"),
                Page.Paragraph(page.T("Bạn có thể đóng trang này.", "You can close this page."))
            );
        return page.Show(page.T("Đăng xuất?", "Sign out?"), page.Form(page.With("/sign-out"), "", page.T("Đăng xuất", "Sign out")));
    }

    private static async Task<IResult> SignOut(HttpContext http)
    {
        var page = new Page(http);
        if (!await page.IsOurs())
            return AskSignOut(page);
        await http.SignOutAsync(IdentityConstants.ApplicationScheme);
        return page.Go(page.Back ?? "/sign-out?done=1");
    }

    private static Fault Refused(Page page) =>
        new(
            "username",
            page.T(
                "Tên đăng nhập hoặc mật khẩu không đúng. Nếu đã sai nhiều lần, hãy đợi vài phút.",
                "The user name or password is not right. After several wrong attempts, wait a few minutes."
            )
        );

    private static IResult Form(Page page, IReadOnlyList<ExternalProvider> others, IReadOnlyList<Fault>? faults, string? name = null)
    {
        var title = page.T("Đăng nhập", "Sign in");
        var notice =
            page.Query("again").Length > 0
                ? Page.Paragraph(
                    page.T(
                        "Để bảo vệ tài khoản, hãy đăng nhập lại trước khi thay đổi.",
                        "To protect the account, sign in again before the change."
                    )
                )
                : "";
        if (page.Query("changed").Length > 0)
            notice = Page.Done(page.T("Mật khẩu đã được đặt. Hãy đăng nhập.", "The password is set. Please sign in."));
        if (faults is null && page.Query("external").Length > 0)
            faults = [new("form", page.T("Đăng nhập qua nhà cung cấp không thành công.", "Signing in with the provider did not work."))];
        var form = page.Form(
            page.With("/sign-in"),
            page.Input("username", page.T("Tên đăng nhập", "User name"), "username webauthn", name ?? page.Query("hint"), faults: faults)
                + page.Password("password", page.T("Mật khẩu", "Password"), "current-password", null),
            title
        );
        var passkey =
            $"<form method=\"post\" action=\"{Page.Safe(page.With("/sign-in/passkey"))}\" data-passkey=\"get\" data-options=\"/sign-in/passkey-options\" hidden>{page.Token()}"
            + $"<input type=\"hidden\" name=\"credential\" value=\"\"><p class=\"fault\" data-failed tabindex=\"-1\" hidden>{page.T("Không dùng được khóa truy cập. Hãy thử lại hoặc dùng mật khẩu.", "The passkey could not be used. Try again or use the password.")}</p>"
            + $"<button class=\"second\">{page.T("Đăng nhập bằng khóa truy cập", "Sign in with a passkey")}</button></form>";
        var providers = string.Concat(
            others.Select(o =>
                page.Form(
                    page.With("/sign-in/external/" + o.Name),
                    "",
                    page.T("Đăng nhập bằng ", "Sign in with ") + o.DisplayName,
                    "second"
                )
            )
        );
        var forgot = Page.Link("/forgot-password", page.T("Quên mật khẩu?", "Forgot the password?"));
        return page.Show(
            title,
            notice + form + passkey + providers + $"<ul class=\"ways\"><li>{forgot}</li></ul>",
            faults,
            faults is null || page.Http.Request.Method == "GET" ? 200 : null
        );
    }
}
