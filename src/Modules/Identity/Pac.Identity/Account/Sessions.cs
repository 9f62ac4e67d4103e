using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using Pac.Identity.Domain;
using Pac.Identity.Mail;
using Pac.Identity.Persistence;
using Pac.Identity.Protocol;

namespace Pac.Identity.Account;

/// <summary>Begins and ends sessions. The row is what holds; the cookie only names it.</summary>
internal sealed class Sessions(IdentityStore db, Browsers browsers, Throttles throttles, SignInSettings options, KnownTokens known)
{
    /// <summary>Claim of the session's id, in cookies and tokens.</summary>
    public const string Id = "sid";

    /// <summary>Claim of the security stamp in the cookie.</summary>
    public const string Stamp = "stamp";

    /// <summary>Claim that says that a second factor must be set up before anything else.</summary>
    public const string Unfinished = "unfinished";

    /// <summary>Signs a user in: a new session in place of the one this browser had (ASVS 7.2.4).</summary>
    /// <param name="http">The request.</param>
    /// <param name="user">Who.</param>
    /// <param name="amr">How, after RFC 8176.</param>
    /// <param name="trust">Whether this browser skips the second factor from now on.</param>
    /// <param name="ct">Cancels.</param>
    public async Task Start(HttpContext http, User user, IReadOnlyList<string> amr, bool trust, CancellationToken ct)
    {
        var now = db.Now;
        var device = Browsers.Describe(http.Request.Headers.UserAgent);
        var browser = browsers.ReadOrMark(http);
        var session = new Session
        {
            Id = Guid.CreateVersion7(now),
            UserId = user.Id,
            StartedAt = now,
            SeenAt = now,
            Address = http.Connection.RemoteIpAddress?.ToString(),
            Device = device,
            Amr = string.Join(' ', amr),
        };
        var previous = await http.AuthenticateAsync(IdentityConstants.ApplicationScheme);
        await using (var transaction = await db.Database.BeginTransactionAsync(ct))
        {
            db.Sessions.Add(session);
            if (await browsers.Remember(user.Id, browser, device, trust ? now + options.Trust : null, ct))
                MailJobs.Queue(db, user, MailKind.NewDevice);
            if (Of(previous.Principal) is { } old)
                await Close(UserOf(previous.Principal) ?? user.Id, [old], "replaced", ct);
            await throttles.Forgive(Throttles.OfBrowser(user.Id, browser), ct);
            db.Note(nameof(Session), session.Id.ToString(), Changed(new { amr = session.Amr, device }), "sign-in", user.Id.ToString());
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
        }
        var identity = new ClaimsIdentity(IdentityConstants.ApplicationScheme);
        identity.AddClaim(new(OpenIddictConstants.Claims.Subject, user.Id.ToString()));
        identity.AddClaim(new(OpenIddictConstants.Claims.PreferredUsername, user.UserName!));
        identity.AddClaim(new(Stamp, user.SecurityStamp ?? ""));
        identity.AddClaim(new(Id, session.Id.ToString()));
        identity.AddClaims(amr.Select(a => new Claim(OpenIddictConstants.Claims.AuthenticationMethodReference, a)));
        identity.AddClaim(new(OpenIddictConstants.Claims.AuthenticationContextReference, amr.Contains("mfa") ? "aal2" : "aal1"));
        if (!amr.Contains("mfa") && await NeedsSecondFactor(user, ct))
            identity.AddClaim(new(Unfinished, "1"));
        await http.SignInAsync(IdentityConstants.ApplicationScheme, new(identity));
    }

    /// <summary>Ends one session of a user, or all, or all but one; the tokens that came from them end as well.</summary>
    public async Task<int> End(Guid user, Guid? only, Guid? except, string reason, CancellationToken ct)
    {
        var open = await db
            .Sessions.Where(s =>
                s.UserId == user && s.EndedAt == null && (only == null || s.Id == only) && (except == null || s.Id != except)
            )
            .Select(s => s.Id)
            .ToListAsync(ct);
        await using (var transaction = await db.Database.BeginTransactionAsync(ct))
        {
            await Close(user, open, reason, ct);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
        }
        known.Forget();
        return open.Count;
    }

    /// <summary>Ends sessions inside a transaction of the caller, who saves the notes.</summary>
    public async Task Close(Guid user, IReadOnlyCollection<Guid> sessions, string reason, CancellationToken ct)
    {
        var now = db.Now;
        await db
            .Sessions.Where(s => sessions.Contains(s.Id) && s.EndedAt == null)
            .ExecuteUpdateAsync(u => u.SetProperty(s => s.EndedAt, now).SetProperty(s => s.EndReason, reason), ct);
        foreach (var session in sessions)
            db.Note(nameof(Session), session.ToString(), Changed(new { reason }), "session-end", user.ToString());
    }

    /// <summary>Whether a role that the user holds today asks for a second factor.</summary>
    public async Task<bool> NeedsSecondFactor(User user, CancellationToken ct)
    {
        if (options.SecondFactorFor.Length == 0)
            return false;
        var today = DateOnly.FromDateTime(db.Now.ToOffset(TimeSpan.FromHours(7)).Date);
        return await (
            from a in db.Assignments
            join r in db.Roles on a.RoleId equals r.Id
            where a.UserId == user.Id && options.SecondFactorFor.Contains(r.Name)
            where (a.StartsOn == null || a.StartsOn <= today) && (a.EndsOn == null || a.EndsOn >= today)
            select r.Id
        ).AnyAsync(ct);
    }

    public static Guid? Of(ClaimsPrincipal? principal) => Guid.TryParse(principal?.FindFirst(Id)?.Value, out var id) ? id : null;

    public static Guid? UserOf(ClaimsPrincipal? principal) =>
        Guid.TryParse(principal?.FindFirst(OpenIddictConstants.Claims.Subject)?.Value, out var id) ? id : null;

    /// <summary>Facts for the audit trail, as what was added.</summary>
    public static string Changed(object facts) => BuildingBlocks.Auditing.Changes.Between(null, facts);
}
