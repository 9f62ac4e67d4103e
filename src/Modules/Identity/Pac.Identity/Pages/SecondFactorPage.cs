using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using Pac.Identity.Account;
using Pac.Identity.Domain;
using Pac.Identity.Persistence;

namespace Pac.Identity.Pages;

/// <summary>The second step of sign-in: a code of the app, or one of the recovery codes.</summary>
internal static class SecondFactorPage
{
    public static void Map(IEndpointRouteBuilder root)
    {
        root.MapGet("/sign-in/second-factor", (HttpContext http, IdentityStore db) => Show(new(http), db, recovery: false))
            .ExcludeFromDescription();
        root.MapGet("/sign-in/recovery", (HttpContext http, IdentityStore db) => Show(new(http), db, recovery: true))
            .ExcludeFromDescription();
        root.MapPost(
                "/sign-in/second-factor",
                (HttpContext http, IdentityStore db, SecondFactor factor, Browsers browsers, Sessions sessions) =>
                    Take(new(http), false, db, factor, browsers, sessions)
            )
            .DisableAntiforgery()
            .ExcludeFromDescription();
        root.MapPost(
                "/sign-in/recovery",
                (HttpContext http, IdentityStore db, SecondFactor factor, Browsers browsers, Sessions sessions) =>
                    Take(new(http), true, db, factor, browsers, sessions)
            )
            .DisableAntiforgery()
            .ExcludeFromDescription();
    }

    private static async Task<IResult> Show(Page page, IdentityStore db, bool recovery) =>
        await Halfway(page, db) is null ? page.Go(page.With("/sign-in")) : Form(page, recovery, null);

    private static async Task<IResult> Take(
        Page page,
        bool recovery,
        IdentityStore db,
        SecondFactor factor,
        Browsers browsers,
        Sessions sessions
    )
    {
        if (await Halfway(page, db) is not { } half)
            return page.Go(page.With("/sign-in"));
        if (!await page.IsOurs())
            return Form(page, recovery, [page.Stale]);
        var (user, first) = half;
        var (code, browser) = (page.Field("code"), browsers.Read(page.Http));
        var accepted =
            code.Length <= 100
            && (
                recovery
                    ? await factor.UseRecoveryCode(user.Id, browser, code, page.Cancel)
                    : await factor.Accept(user.Id, browser, code, page.Cancel)
            );
        if (!accepted)
        {
            db.Note(
                nameof(User),
                user.Id.ToString(),
                Sessions.Changed(new { reason = recovery ? "recovery-code" : "code" }),
                "sign-in-failed",
                user.Id.ToString()
            );
            await db.SaveChangesAsync(page.Cancel);
            return Form(
                page,
                recovery,
                [
                    new(
                        "code",
                        page.T(
                            "Mã không đúng, đã dùng, hoặc đã thử quá nhiều lần. Hãy đợi mã tiếp theo rồi thử lại.",
                            "The code is not right, was used, or was tried too often. Wait for the next code and try again."
                        )
                    ),
                ]
            );
        }
        await page.Http.SignOutAsync(SignInSetup.Halfway);
        await sessions.Start(page.Http, user, [.. first, recovery ? "kba" : "otp", "mfa"], page.Field("trust") == "yes", page.Cancel);
        return page.Go(page.Back ?? "/account");
    }

    // Who has shown the first factor; nobody once the account has changed since.
    private static async Task<(User User, string[] Amr)?> Halfway(Page page, IdentityStore db)
    {
        var half = (await page.Http.AuthenticateAsync(SignInSetup.Halfway)).Principal;
        if (Sessions.UserOf(half) is not { } id)
            return null;
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == id, page.Cancel);
        return
            user is { Disabled: false, TwoFactorEnabled: true }
            && user.SecurityStamp == half!.FindFirst(Sessions.Stamp)?.Value
            && !(user.LockoutEnd > db.Now)
            ? (user, [.. half.FindAll(OpenIddictConstants.Claims.AuthenticationMethodReference).Select(c => c.Value)])
            : null;
    }

    private static IResult Form(Page page, bool recovery, IReadOnlyList<Fault>? faults)
    {
        var title = recovery
            ? page.T("Đăng nhập bằng mã khôi phục", "Sign in with a recovery code")
            : page.T("Nhập mã xác thực", "Enter your code");
        var fields = recovery
            ? page.Input(
                "code",
                page.T("Mã khôi phục", "Recovery code"),
                "off",
                hint: page.T("25 chữ và số; mỗi mã dùng được một lần.", "25 letters and digits; each code works once."),
                faults: faults,
                most: 60
            )
            : page.Input(
                "code",
                page.T("Mã 6 chữ số", "6-digit code"),
                "one-time-code",
                hint: page.T("Mở ứng dụng xác thực trên điện thoại của bạn.", "Open the authenticator app on your phone."),
                faults: faults,
                most: 12,
                more: " inputmode=\"numeric\""
            ) + Page.Check("trust", page.T("Không hỏi lại trên thiết bị này trong 30 ngày", "Do not ask again on this device for 30 days"));
        var other = recovery
            ? Page.Link(page.With("/sign-in/second-factor"), page.T("Dùng ứng dụng xác thực", "Use the authenticator app"))
            : Page.Link(
                page.With("/sign-in/recovery"),
                page.T("Không có điện thoại? Dùng mã khôi phục", "Without your phone? Use a recovery code")
            );
        var again = Page.Link(page.With("/sign-in"), page.T("Bắt đầu lại", "Start again"));
        return page.Show(
            title,
            page.Form(page.With(recovery ? "/sign-in/recovery" : "/sign-in/second-factor"), fields, page.T("Tiếp tục", "Continue"))
                + $"<ul class=\"ways\"><li>{other}</li><li>{again}</li></ul>",
            faults
        );
    }
}
