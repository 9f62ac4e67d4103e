using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Pac.Identity.Persistence;

namespace Pac.Identity.Account;

/// <summary>
/// Knows a browser again by a signed cookie. The cookie alone is worth nothing: only together with a row made at a successful sign-in of the
/// same user does it give that user a count of failures of his own, or spare him the second factor.
/// </summary>
internal sealed class Browsers(IdentityStore db, IDataProtectionProvider protection, SignInSettings options)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(400);
    private readonly IDataProtector _protector = protection.CreateProtector("Pac.Identity.Browser");

    public Guid? Read(HttpContext http)
    {
        if (http.Request.Cookies[options.CookieName("pac-browser")] is not { Length: > 0 and < 600 } cookie || !Base64Url.IsValid(cookie))
            return null;
        try
        {
            return new Guid(_protector.Unprotect(Base64Url.DecodeFromChars(cookie)));
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The browser's id, given to it now if it has none.</summary>
    public Guid ReadOrMark(HttpContext http)
    {
        var id = Read(http) ?? Guid.CreateVersion7(db.Now);
        http.Response.Cookies.Append(
            options.CookieName("pac-browser"),
            Base64Url.EncodeToString(_protector.Protect(id.ToByteArray())),
            options.Cookie(Remembered)
        );
        return id;
    }

    /// <summary>Writes that a user signed in here. Tells whether this is a new device beside others.</summary>
    public async Task<bool> Remember(Guid user, Guid browser, string name, DateTimeOffset? trustedUntil, CancellationToken ct)
    {
        var now = db.Now;
        var others = await db.Devices.AnyAsync(d => d.UserId == user, ct);
        var made = await db.Devices.AnyAsync(d => d.UserId == user && d.BrowserId == browser, ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO identity.devices AS d (user_id, browser_id, name, first_seen_at, last_seen_at, trusted_until)
            VALUES ({user}, {browser}, {name}, {now}, {now}, {trustedUntil})
            ON CONFLICT (user_id, browser_id) DO UPDATE SET name = {name}, last_seen_at = {now},
                trusted_until = coalesce({trustedUntil}, d.trusted_until)
            """,
            ct
        );
        return others && !made;
    }

    public Task<bool> IsTrusted(Guid user, Guid? browser, CancellationToken ct)
    {
        var now = db.Now;
        return db.Devices.AnyAsync(d => d.UserId == user && d.BrowserId == browser && d.TrustedUntil > now, ct);
    }

    /// <summary>Browser and system in a few words, from a header that can say anything.</summary>
    public static string Describe(string? userAgent)
    {
        var agent = userAgent ?? "";
        string[] browsers = ["Edg", "OPR", "CocCoc", "coc_coc_browser", "Firefox", "Chrome", "Safari"];
        string[] systems = ["Android", "iPhone", "iPad", "Windows", "Macintosh", "Linux"];
        var browser = Array.Find(browsers, b => agent.Contains(b, StringComparison.Ordinal)) switch
        {
            "Edg" => "Edge",
            "OPR" => "Opera",
            "CocCoc" or "coc_coc_browser" => "Cốc Cốc",
            { } other => other,
            null => "?",
        };
        return browser + ", " + (Array.Find(systems, s => agent.Contains(s, StringComparison.Ordinal)) ?? "?");
    }
}
