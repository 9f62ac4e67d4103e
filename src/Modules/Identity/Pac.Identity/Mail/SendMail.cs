using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Pac.BuildingBlocks.Jobs;
using Pac.BuildingBlocks.Mail;
using Pac.Identity.Account;
using Pac.Identity.Domain;
using Pac.Identity.Persistence;

namespace Pac.Identity.Mail;

/// <summary>
/// Writes a letter at the moment it is sent: the token in its link is made here and stored nowhere. A server that is away is tried again
/// for two days, at growing intervals.
/// </summary>
internal sealed class SendMail(
    IdentityStore db,
    IMailSender sender,
    AccountTokens tokens,
    OwnAddress address,
    IDataProtectionProvider protection,
    ILogger<SendMail> logger
) : IJobWork
{
    private const int MostTries = 30;

    /// <summary>Purpose under which a typed name is encrypted.</summary>
    public const string Asked = "Pac.Identity.Mail.Asked";

    public string Kind => MailJobs.Kind;

    public async Task<object> Run(JobRun run, CancellationToken ct)
    {
        var order = run.Parameters<MailOrder>();
        var user = await Find(order, ct);
        if (user is null || user.Disabled || Recipient(user, order.Kind) is not { Length: > 0 } to)
            return new { sent = false };
        try
        {
            await sender.Send(Letters.Write(order.Kind, user, to, Link(user, order.Kind)), ct);
            return new { sent = true };
        }
        catch (MailNotSentException e)
        {
            var tries = (run.Checkpoint<Tries>()?.Count ?? 0) + 1;
            Log.MailNotSent(logger, order.Kind, e.Code, tries, e.InnerException?.GetType().Name);
            if (e.ForGood || tries >= MostTries)
                throw new JobFailedException(e.Code);
            throw await run.PutOff(Pause(tries), new Tries(tries), ct);
        }
    }

    private static TimeSpan Pause(int tries) => TimeSpan.FromSeconds(Math.Min(2 * 60 * 60, 15 * Math.Pow(2, tries)));

    private static string? Recipient(User user, MailKind kind) =>
        kind switch
        {
            MailKind.ConfirmAddress => user.PendingEmail,
            MailKind.Invitation => user.Email,
            // An address that nobody confirmed may be a stranger's.
            _ => user.EmailConfirmed ? user.Email : null,
        };

    private string? Link(User user, MailKind kind)
    {
        (string Page, TokenUse Use)? target = kind switch
        {
            MailKind.Invitation => ("/invitation", TokenUse.Invitation),
            MailKind.ConfirmAddress => ("/confirm-email", TokenUse.ConfirmAddress),
            MailKind.ResetPassword => ("/reset-password", TokenUse.ResetPassword),
            _ => null,
        };
        if (target is null)
            return null;
        var host = address.Find() ?? throw new MailNotSentException("identity.public-address-missing", forGood: true);
        return $"{host}{target.Value.Page}?token={tokens.Make(user, target.Value.Use)}";
    }

    private async Task<User?> Find(MailOrder order, CancellationToken ct)
    {
        if (order.UserId is { } id)
            return await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == id, ct);
        string typed;
        try
        {
            typed = protection.CreateProtector(Asked).Unprotect(order.Asked ?? "").Normalize().ToUpperInvariant();
        }
        catch (CryptographicException)
        {
            return null;
        }
        // A user name, or an address that is one person's alone.
        var found = await db
            .Users.AsNoTracking()
            .Where(u => u.NormalizedUserName == typed || u.NormalizedEmail == typed && u.EmailConfirmed)
            .OrderByDescending(u => u.NormalizedUserName == typed)
            .Take(2)
            .ToListAsync(ct);
        return found is [var only] || found is [{ } first, _] && first.NormalizedUserName == typed ? found[0] : null;
    }

    private sealed record Tries(int Count);
}
