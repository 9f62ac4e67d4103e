using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Pac.Identity.Account;
using Pac.Identity.Domain;
using Pac.Identity.Persistence;

namespace Pac.Identity.Pages;

/// <summary>Sign-in with another provider: there by a button, back to here, and in if the account there is linked to one here.</summary>
internal static class ExternalPage
{
    public static void Map(IEndpointRouteBuilder root)
    {
        root.MapPost("/sign-in/external/{name}", Start).DisableAntiforgery().ExcludeFromDescription();
        root.MapGet("/sign-in/external", Finish).ExcludeFromDescription();
    }

    /// <summary>What is to be known again when the person comes back.</summary>
    public static AuthenticationProperties Trip(ExternalProvider provider, string back, Guid? linkTo = null)
    {
        var trip = new AuthenticationProperties { RedirectUri = "/sign-in/external" + QueryString.Create("returnUrl", back) };
        trip.Items[ExternalProvider.ProviderName] = provider.Name;
        if (linkTo is { } user)
            trip.Items[ExternalProvider.LinkTo] = user.ToString();
        return trip;
    }

    private static async Task<IResult> Start(string name, HttpContext http, IReadOnlyList<ExternalProvider> providers)
    {
        var page = new Page(http);
        var provider = providers.FirstOrDefault(p => p.Name == name);
        return provider is null || !await page.IsOurs()
            ? page.Go(page.With("/sign-in"))
            : await Leave(page, provider, Trip(provider, page.Back ?? "/account"));
    }

    /// <summary>To the provider; or, when it cannot be reached, to a page that says so.</summary>
    public static async Task<IResult> Leave(Page page, ExternalProvider provider, AuthenticationProperties trip)
    {
        try
        {
            await page.Http.ChallengeAsync(provider.Scheme, trip);
            return TypedResults.Empty;
        }
        // The library reads the provider's document on the way out, and says so in its own words when there is none.
        catch (Exception e) when (e is InvalidOperationException or HttpRequestException or IOException or TaskCanceledException)
        {
            if (page.Cancel.IsCancellationRequested || page.Http.Response.HasStarted)
                throw;
            Log.ProviderAway(page.Http.RequestServices.GetRequiredService<ILogger<ExternalProvider>>(), provider.Name, e.GetType().Name);
            return page.Go(trip.Items.ContainsKey(ExternalProvider.LinkTo) ? "/account?external=failed" : "/sign-in?external=failed");
        }
    }

    private static async Task<IResult> Finish(
        HttpContext http,
        IdentityStore db,
        ExternalLogins logins,
        IReadOnlyList<ExternalProvider> providers,
        Browsers browsers,
        Sessions sessions
    )
    {
        var page = new Page(http);
        var back = await http.AuthenticateAsync(IdentityConstants.ExternalScheme);
        await http.SignOutAsync(IdentityConstants.ExternalScheme);
        var provider = providers.FirstOrDefault(p => p.Name == back.Properties?.Items[ExternalProvider.ProviderName]);
        if (provider is null || back.Principal?.FindFirst("sub")?.Value is not { Length: > 0 and <= ExternalLogins.LongestKey } key)
            return page.Go("/sign-in?external=failed");
        if (back.Properties!.Items.TryGetValue(ExternalProvider.LinkTo, out var linkTo))
            return await Link(page, linkTo!, provider, key, db, logins);
        var user = await logins.Find(provider.Name, key);
        if (user is null && provider.CreateCitizens)
            user = await logins.CreateCitizen(provider, key, back.Principal.FindFirst("name")?.Value, page.Cancel);
        if (user is null || user.Disabled || user.LockoutEnd > db.Now)
        {
            db.Note(
                nameof(User),
                user?.Id.ToString() ?? "",
                Sessions.Changed(new { reason = "external", provider = provider.Name }),
                "sign-in-failed"
            );
            await db.SaveChangesAsync(page.Cancel);
            return NotLinked(page, provider);
        }
        return await SignInPage.GoOn(page, user, ["fed"], browsers, sessions);
    }

    // Only the one who set out comes back: the session must still be his.
    private static async Task<IResult> Link(
        Page page,
        string linkTo,
        ExternalProvider provider,
        string key,
        IdentityStore db,
        ExternalLogins logins
    )
    {
        var session = await page.Http.AuthenticateAsync(IdentityConstants.ApplicationScheme);
        if (
            Sessions.UserOf(session.Principal) is not { } id
            || id.ToString() != linkTo
            || await db.Users.FindAsync([id], page.Cancel) is not { } user
        )
            return page.Go("/sign-in");
        return await logins.Link(user, provider, key) ? page.Go("/account?done=1") : NotLinked(page, provider);
    }

    private static IResult NotLinked(Page page, ExternalProvider provider) =>
        page.Show(
            page.T("Không đăng nhập được", "You could not be signed in"),
            Page.Paragraph(
                page.T(
                    $"Tài khoản {provider.DisplayName} này không liên kết được với tài khoản ở đây. Hãy đăng nhập bằng mật khẩu rồi liên kết trong trang tài khoản, hoặc hỏi quản trị viên.",
                    $"This {provider.DisplayName} account cannot be used with an account here. Sign in with your password and link it on your account page, or ask an administrator."
                )
            ) + Page.Link("/sign-in", page.T("Về trang đăng nhập", "Back to sign-in")),
            status: StatusCodes.Status403Forbidden
        );
}
