using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Web;
using Pac.Identity.Domain;

namespace Pac.Identity.Pages;

/// <summary>Sign-in and sign-out for people.</summary>
internal static class SignInPage
{
    // A hash of nothing in particular, so that an unknown name and a locked user take as long as a wrong password.
    private static readonly User Nobody = new();
    private static readonly string NobodysHash = new PasswordHasher<User>(
        Microsoft.Extensions.Options.Options.Create(new PasswordHasherOptions { IterationCount = 210_000 })
    ).HashPassword(Nobody, "no such user");

    public static void Map(IEndpointRouteBuilder root)
    {
        root.MapGet("/sign-in", Show).ExcludeFromDescription();
        root.MapPost("/sign-in", SignIn).DisableAntiforgery().ExcludeFromDescription();
        root.MapGet("/sign-out", AskSignOut).ExcludeFromDescription();
        root.MapPost("/sign-out", SignOut).DisableAntiforgery().ExcludeFromDescription();
    }

    private static IResult Show(HttpContext http, IAntiforgery forgery) => Form(http, forgery, http.Request.Query["hint"], null);

    private static async Task<IResult> SignIn(HttpContext http, IAntiforgery forgery, SignInManager<User> signIn)
    {
        var english = HtmlPage.English(http.Request);
        if (!await forgery.IsRequestValidAsync(http))
        {
            return Form(
                http,
                forgery,
                null,
                english ? "The page was open for too long. Please try again." : "Trang đã mở quá lâu. Vui lòng thử lại.",
                StatusCodes.Status400BadRequest
            );
        }
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var (name, password) = (form["username"].ToString(), form["password"].ToString());
        var user = name.Length is > 0 and <= 256 ? await signIn.UserManager.FindByNameAsync(name) : null;
        var result = SignInResult.Failed;
        if (user is null || user.Disabled || await signIn.UserManager.IsLockedOutAsync(user))
            signIn.UserManager.PasswordHasher.VerifyHashedPassword(Nobody, NobodysHash, password);
        else
            result = await signIn.PasswordSignInAsync(user, password, isPersistent: false, lockoutOnFailure: true);
        if (!result.Succeeded)
        {
            return Form(
                http,
                forgery,
                name,
                english
                    ? "The user name or password is not right. After several wrong attempts, wait five minutes."
                    : "Tên đăng nhập hoặc mật khẩu không đúng. Nếu đã sai nhiều lần, hãy đợi năm phút.",
                StatusCodes.Status400BadRequest
            );
        }
        http.Response.Headers.Location = Local(http.Request.Query["returnUrl"], "/swagger");
        return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
    }

    private static IResult AskSignOut(HttpContext http, IAntiforgery forgery)
    {
        var english = HtmlPage.English(http.Request);
        if (http.Request.Query.ContainsKey("done"))
        {
            var title = english ? "You are signed out" : "Bạn đã đăng xuất";
            var text = english ? "You can close this page." : "Bạn có thể đóng trang này.";
            return HtmlPage.Show(http, english, title, $"<h1>{title}</h1><p>{text}</p>");
        }
        var question = english ? "Sign out?" : "Đăng xuất?";
        var button = english ? "Sign out" : "Đăng xuất";
        return HtmlPage.Show(
            http,
            english,
            question,
            $"<h1>{question}</h1><form method=\"post\" action=\"{HtmlPage.Safe("/sign-out" + http.Request.QueryString)}\">{Token(http, forgery)}<button>{button}</button></form>"
        );
    }

    private static async Task<IResult> SignOut(HttpContext http, IAntiforgery forgery, SignInManager<User> signIn)
    {
        if (!await forgery.IsRequestValidAsync(http))
            return AskSignOut(http, forgery);
        await signIn.SignOutAsync();
        http.Response.Headers.Location = Local(http.Request.Query["returnUrl"], "/sign-out?done=1");
        return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
    }

    private static IResult Form(HttpContext http, IAntiforgery forgery, string? name, string? error, int status = StatusCodes.Status200OK)
    {
        var english = HtmlPage.English(http.Request);
        var title = english ? "Sign in" : "Đăng nhập";
        var summary = error is null
            ? ""
            : $"""<div class="error" role="alert" tabindex="-1"><h2>{(english ? "Sign-in failed" : "Đăng nhập không thành công")}</h2><a href="#username">{HtmlPage.Safe(error)}</a></div>""";
        var action = "/sign-in" + http.Request.QueryString;
        var described = error is null ? "" : " aria-invalid=\"true\"";
        return HtmlPage.Show(
            http,
            english,
            title,
            $"""
            <h1>{title}</h1>{summary}
            <form method="post" action="{HtmlPage.Safe(action)}">{Token(http, forgery)}
            <label for="username">{(english ? "User name" : "Tên đăng nhập")}</label>
            <input type="text" id="username" name="username" value="{HtmlPage.Safe(
                name
            )}" autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="256" required{described}>
            <label for="password">{(english ? "Password" : "Mật khẩu")}</label>
            <input type="password" id="password" name="password" autocomplete="current-password" maxlength="256" required{described}>
            <button>{title}</button></form>
            """,
            status
        );
    }

    private static string Token(HttpContext http, IAntiforgery forgery)
    {
        var tokens = forgery.GetAndStoreTokens(http);
        return $"<input type=\"hidden\" name=\"{tokens.FormFieldName}\" value=\"{tokens.RequestToken}\">";
    }

    // Only a path of this host; anything else would make the page an open redirect.
    private static string Local(string? url, string otherwise) =>
        url is ['/', ..]
        && !url.StartsWith("//", StringComparison.Ordinal)
        && !url.Contains('\\', StringComparison.Ordinal)
        && !url.Any(char.IsControl)
            ? url
            : otherwise;
}
