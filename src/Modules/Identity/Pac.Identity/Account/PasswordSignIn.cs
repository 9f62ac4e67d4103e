using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Pac.Identity.Domain;
using Pac.Identity.Persistence;

namespace Pac.Identity.Account;

/// <summary>
/// Name and password. Whoever is refused, for whatever reason, gets one answer after one look at one hash: unknown, disabled, locked and
/// throttled cannot be told apart (ASVS 6.3.8).
/// </summary>
internal sealed class PasswordSignIn(IdentityStore db, IPasswordHasher<User> hasher, Throttles throttles, Browsers browsers)
{
    private static readonly User Nobody = new();

    // A hash of nothing in particular at the same strength.
    private static readonly string NobodysHash = new PasswordHasher<User>(
        Microsoft.Extensions.Options.Options.Create(new PasswordHasherOptions { IterationCount = SignInSetup.Rounds })
    ).HashPassword(Nobody, "no such user");

    public async Task<User?> Try(HttpContext http, string name, string password, CancellationToken ct)
    {
        var address = Throttles.OfAddress(http.Connection.RemoteIpAddress?.ToString());
        if (name.Length > 256 || password.Length > PasswordRules.Longest * 2)
            (name, password) = ("", "");
        var normal = name.Normalize().ToUpperInvariant();
        var browser = browsers.Read(http) ?? Guid.Empty;
        var found = await db
            .Users.AsNoTracking()
            .Where(u => u.NormalizedUserName == normal)
            .Select(u => new { User = u, Known = db.Devices.Any(d => d.UserId == u.Id && d.BrowserId == browser) })
            .SingleOrDefaultAsync(ct);
        var user = found?.User;
        // An attacker fills the counter of the name, and that of the address when he sits in the same office; a browser that its owner has used
        // has a counter of its own and is held by nothing that others do.
        var isKnown = found is { Known: true };
        var counter = isKnown ? Throttles.OfBrowser(user!.Id, browser) : Throttles.OfName(name);
        var reason =
            !isKnown && !await throttles.Take(address, Patience.Address, ct) ? "address-throttled"
            : !await throttles.Take(counter, isKnown ? Patience.KnownBrowser : Patience.Name, ct) ? "throttled"
            : user is null ? "unknown"
            : user.Disabled ? "disabled"
            : user.LockoutEnd > db.Now ? "locked"
            : user.PasswordHash is null ? "no-password"
            : null;
        var result = reason is null
            ? hasher.VerifyHashedPassword(user!, user!.PasswordHash!, password)
            : hasher.VerifyHashedPassword(Nobody, NobodysHash, password);
        if (reason is not null || result == PasswordVerificationResult.Failed)
        {
            db.Note(nameof(User), user?.Id.ToString() ?? "", Sessions.Changed(new { reason = reason ?? "password" }), "sign-in-failed");
            await db.SaveChangesAsync(ct);
            return null;
        }
        if (!isKnown)
            await throttles.Return(address, ct);
        await throttles.Forgive(counter, ct);
        if (result == PasswordVerificationResult.SuccessRehashNeeded)
            await Strengthen(user!, password, ct);
        return user;
    }

    // The password stays the same, and so does the security stamp: no session ends.
    private Task Strengthen(User user, string password, CancellationToken ct)
    {
        var stronger = hasher.HashPassword(user, password);
        return db
            .Users.Where(u => u.Id == user.Id && u.PasswordHash == user.PasswordHash)
            .ExecuteUpdateAsync(u => u.SetProperty(x => x.PasswordHash, stronger), ct);
    }
}
