using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Pac.Identity.Persistence;
using Pac.Identity.Protocol;

namespace Pac.Identity.Account;

/// <summary>A cookie is good while its session is: asked of the database at every request with one statement, so that an end holds at once.</summary>
internal sealed class SessionCookie(IdentityStore db, SignInSettings options, IServiceProvider services) : CookieAuthenticationEvents
{
    private static readonly TimeSpan Coarse = TimeSpan.FromMinutes(1);

    // Where a person without the second factor that his role asks for may go.
    private static readonly string[] Unfinished =
    [
        "/account/second-factor",
        "/account/passkeys",
        "/sign-out",
        "/sign-in",
        "/connect/endsession",
    ];

    public override Task SigningIn(CookieSigningInContext context) => SignedInAt.Mark(context);

    public override async Task SigningOut(CookieSigningOutContext context)
    {
        var session = await context.HttpContext.AuthenticateAsync(context.Scheme.Name);
        if (Sessions.Of(session.Principal) is { } id && Sessions.UserOf(session.Principal) is { } user)
            await services.GetRequiredService<Sessions>().End(user, id, null, "signed-out", context.HttpContext.RequestAborted);
    }

    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        if (!await IsGood(context))
            context.RejectPrincipal();
    }

    private async Task<bool> IsGood(CookieValidatePrincipalContext context)
    {
        var ct = context.HttpContext.RequestAborted;
        if (Sessions.Of(context.Principal) is not { } id || Sessions.UserOf(context.Principal) is not { } user)
            return false;
        var state = await (
            from s in db.Sessions
            join u in db.Users on s.UserId equals u.Id
            where s.Id == id && u.Id == user && s.EndedAt == null && !u.Disabled
            select new
            {
                s.StartedAt,
                s.SeenAt,
                u.SecurityStamp,
            }
        ).SingleOrDefaultAsync(ct);
        var now = db.Now;
        if (
            state is null
            || state.SecurityStamp != context.Principal!.FindFirst(Sessions.Stamp)?.Value
            || state.StartedAt + options.Absolute <= now
            || state.SeenAt + options.Idle <= now
        )
            return false;
        if (state.SeenAt + Coarse <= now)
            await db.Sessions.Where(s => s.Id == id).ExecuteUpdateAsync(u => u.SetProperty(s => s.SeenAt, now), ct);
        var path = context.HttpContext.Request.Path;
        return !context.Principal.HasClaim(c => c.Type == Sessions.Unfinished)
            || Array.Exists(Unfinished, p => path.StartsWithSegments(p, StringComparison.Ordinal));
    }
}
