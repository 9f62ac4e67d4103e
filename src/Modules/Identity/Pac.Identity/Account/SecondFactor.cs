using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Pac.Identity.Domain;
using Pac.Identity.Persistence;

namespace Pac.Identity.Account;

/// <summary>Authenticator apps and recovery codes: each code is accepted once, also when it comes twice at the same time.</summary>
internal sealed class SecondFactor(IdentityStore db, Throttles throttles, IDataProtectionProvider protection)
{
    public const int Codes = 10;
    private readonly IDataProtector _protector = protection.CreateProtector("Pac.Identity.Authenticator");

    /// <summary>The key that waits for its first code, made when there is none.</summary>
    public async Task<byte[]> Pending(Guid user, CancellationToken ct)
    {
        var key = _protector.Protect(RandomNumberGenerator.GetBytes(OneTimeCode.KeyLength));
        var written = Convert.ToBase64String(key);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO identity.authenticators AS a (user_id, pending, last_step) VALUES ({user}, {written}, 0)
            ON CONFLICT (user_id) DO UPDATE SET pending = coalesce(a.pending, {written})
            """,
            ct
        );
        return Key(await db.Authenticators.Where(a => a.UserId == user).Select(a => a.Pending).SingleAsync(ct))!;
    }

    /// <summary>Puts the waiting key in use if the code is of it.</summary>
    public async Task<bool> Confirm(Guid user, string code, CancellationToken ct)
    {
        var pending = await db.Authenticators.Where(a => a.UserId == user).Select(a => a.Pending).SingleOrDefaultAsync(ct);
        return pending is not null
            && await throttles.Take(Counter(user), Patience.Code, ct)
            && OneTimeCode.StepOf(Key(pending), Bare(code), db.Now) is { } step
            && await db.Database.ExecuteSqlAsync(
                $"UPDATE identity.authenticators SET secret = pending, pending = NULL, last_step = {step} WHERE user_id = {user} AND pending = {pending}",
                ct
            ) == 1;
    }

    /// <summary>Accepts a code of the app. A code that was used, or is older than one that was, is refused (RFC 6238, 5.2).</summary>
    public async Task<bool> Accept(Guid user, Guid? browser, string code, CancellationToken ct)
    {
        if (!await throttles.Take(await Counter(user, browser, ct), Patience.Code, ct))
            return false;
        var secret = await db.Authenticators.Where(a => a.UserId == user).Select(a => a.Secret).SingleOrDefaultAsync(ct);
        return secret is not null
            && OneTimeCode.StepOf(Key(secret), Bare(code), db.Now) is { } step
            && await db.Database.ExecuteSqlAsync(
                $"UPDATE identity.authenticators SET last_step = {step} WHERE user_id = {user} AND secret = {secret} AND last_step < {step}",
                ct
            ) == 1
            && await Forgive(user, browser, ct);
    }

    /// <summary>Uses up a recovery code.</summary>
    public async Task<bool> UseRecoveryCode(Guid user, Guid? browser, string code, CancellationToken ct)
    {
        if (!await throttles.Take(await Counter(user, browser, ct), Patience.Code, ct))
            return false;
        var (hash, now) = (Hash(user, Bare(code)), db.Now);
        return await db
                .RecoveryCodes.Where(c => c.UserId == user && c.Hash == hash && c.UsedAt == null)
                .ExecuteUpdateAsync(u => u.SetProperty(c => c.UsedAt, now), ct) == 1
            && await Forgive(user, browser, ct);
    }

    /// <summary>New recovery codes in place of all old ones; saved by the caller.</summary>
    public async Task<IReadOnlyList<string>> NewRecoveryCodes(Guid user, CancellationToken ct)
    {
        await db.RecoveryCodes.Where(c => c.UserId == user).ExecuteDeleteAsync(ct);
        List<string> codes = [];
        for (var n = 0; n < Codes; n++)
        {
            var code = OneTimeCode.Written(RandomNumberGenerator.GetBytes(16))[..25].ToLowerInvariant();
            db.RecoveryCodes.Add(new() { UserId = user, Hash = Hash(user, code) });
            codes.Add(string.Join('-', code.Chunk(5).Select(c => new string(c))));
        }
        return codes;
    }

    /// <summary>Takes app and recovery codes away.</summary>
    public async Task Remove(Guid user, CancellationToken ct)
    {
        await db.Authenticators.Where(a => a.UserId == user).ExecuteDeleteAsync(ct);
        await db.RecoveryCodes.Where(c => c.UserId == user).ExecuteDeleteAsync(ct);
        await db
            .Devices.Where(d => d.UserId == user)
            .ExecuteUpdateAsync(u => u.SetProperty(d => d.TrustedUntil, (DateTimeOffset?)null), ct);
    }

    public Task<int> CodesLeft(Guid user, CancellationToken ct) =>
        db.RecoveryCodes.CountAsync(c => c.UserId == user && c.UsedAt == null, ct);

    private async Task<bool> Forgive(Guid user, Guid? browser, CancellationToken ct)
    {
        await throttles.Forgive(await Counter(user, browser, ct), ct);
        return true;
    }

    // Somebody who knows the password can use up the tries of his own browser, not those of the owner's.
    private async Task<string> Counter(Guid user, Guid? browser, CancellationToken ct) =>
        browser is { } id && await db.Devices.AnyAsync(d => d.UserId == user && d.BrowserId == id, ct)
            ? $"code:{user:N}:{id:N}"
            : $"code:{user:N}";

    private static string Counter(Guid user) => $"confirm:{user:N}";

    private static string Bare(string code) => string.Concat(code.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();

    // 125 random bits need no slow hash (ASVS 6.5.2); the user's id keeps the hashes of two people apart.
    private static byte[] Hash(Guid user, string code) => SHA256.HashData(Encoding.UTF8.GetBytes($"{user:N}:{code}"));

    private byte[] Key(string? kept) => _protector.Unprotect(Convert.FromBase64String(kept!));
}
