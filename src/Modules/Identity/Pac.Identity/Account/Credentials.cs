using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Pac.Identity.Domain;
using Pac.Identity.Mail;
using Pac.Identity.Persistence;
using Pac.Identity.Protocol;

namespace Pac.Identity.Account;

/// <summary>Changes of what somebody signs in with. A fault is a machine word; null means done.</summary>
internal sealed class Credentials(
    IdentityStore db,
    UserManager<User> users,
    IPasswordHasher<User> hasher,
    PasswordRules rules,
    Sessions sessions,
    Throttles throttles,
    AccountTokens tokens,
    KnownTokens known
)
{
    public const string LinkOver = "link-over";

    /// <summary>A new password for somebody who knows the old one; all sessions end, and the caller starts a new one.</summary>
    public async Task<string?> ChangePassword(User user, string old, string fresh, CancellationToken ct)
    {
        var counter = $"change:{user.Id:N}";
        if (
            !await throttles.Take(counter, Patience.KnownBrowser, ct)
            || old.Length > PasswordRules.Longest * 2
            || user.PasswordHash is null
            || hasher.VerifyHashedPassword(user, user.PasswordHash, old) == PasswordVerificationResult.Failed
        )
            return "old-password-wrong";
        await throttles.Forgive(counter, ct);
        return await rules.Fault(user, fresh, ct) ?? await Set(user, fresh, "password-change", ct);
    }

    /// <summary>Whose link it is, while it can be used.</summary>
    public async Task<User?> OwnerOf(string token, TokenUse use, CancellationToken ct) =>
        tokens.Read(token, use) is { } read
        && await db.Users.SingleOrDefaultAsync(u => u.Id == read.UserId, ct) is { Disabled: false } user
        && AccountTokens.Fits(read, user, use)
            ? user
            : null;

    /// <summary>A new password by a link: after an invitation, or for somebody who forgot the old one. All sessions and tokens end.</summary>
    public async Task<string?> SetByLink(string token, TokenUse use, string fresh, CancellationToken ct)
    {
        if (await OwnerOf(token, use, ct) is not { } user)
            return LinkOver;
        if (await rules.Fault(user, fresh, ct) is { } fault)
            return fault;
        // The link came by this address, so it is the user's.
        user.EmailConfirmed = user.Email is not null;
        return await Set(user, fresh, use == TokenUse.Invitation ? "invitation-accept" : "password-reset", ct);
    }

    /// <summary>Asks for a letter to a new address; the old one stays until the link in it is followed.</summary>
    public async Task<string?> AskAddress(User user, string address, CancellationToken ct)
    {
        if (!IsAddress(address))
            return "address-wrong";
        if (!await throttles.Take($"letter:{user.Id:N}", Patience.Letter, ct))
            return "too-many-letters";
        user.PendingEmail = address;
        MailJobs.Queue(db, user, MailKind.ConfirmAddress);
        db.Note(nameof(User), user.Id.ToString(), null, "email-ask", user.Id.ToString());
        return (await users.UpdateAsync(user)).Succeeded ? null : LinkOver;
    }

    /// <summary>The link to a new address was followed.</summary>
    public async Task<string?> ConfirmAddress(string token, CancellationToken ct)
    {
        if (await OwnerOf(token, TokenUse.ConfirmAddress, ct) is not { PendingEmail: not null } user)
            return LinkOver;
        (user.Email, user.EmailConfirmed, user.PendingEmail) = (user.PendingEmail, true, null);
        user.Touch(db.Now);
        db.Note(nameof(User), user.Id.ToString(), null, "email-confirm", user.Id.ToString());
        return (await users.UpdateAsync(user)).Succeeded ? null : LinkOver;
    }

    /// <summary>One address as letters can be sent to (RFC 5321 without its oddities).</summary>
    public static bool IsAddress(string text) =>
        text.Length is > 2 and <= 254
        && MimeKit.MailboxAddress.TryParse(text, out var parsed)
        && parsed.Address == text
        && text.IndexOf('@', StringComparison.Ordinal) > 0
        && !text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c));

    private async Task<string?> Set(User user, string fresh, string act, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        user.PasswordHash = hasher.HashPassword(user, fresh);
        db.Note(nameof(User), user.Id.ToString(), null, act, user.Id.ToString());
        MailJobs.Queue(db, user, MailKind.PasswordChanged);
        var open = await db.Sessions.Where(s => s.UserId == user.Id && s.EndedAt == null).Select(s => s.Id).ToListAsync(ct);
        await sessions.Close(user.Id, open, act, ct);
        // The new stamp makes every link and cookie of before void; of two who use one link at once, one writes.
        if (!(await users.UpdateSecurityStampAsync(user)).Succeeded)
            return LinkOver;
        await db.RevokeTokens(user.Id, ct);
        await throttles.Forgive(Throttles.OfName(user.UserName!), ct);
        await transaction.CommitAsync(ct);
        known.Forget();
        return null;
    }
}
