using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Pac.Identity.Domain;
using Pac.Identity.Mail;
using Pac.Identity.Persistence;

namespace Pac.Identity.Account;

/// <summary>
/// Links between accounts here and at other providers. A link is made by its owner while signed in, or by an administrator; an e-mail address
/// that a provider states makes none, because whoever controls the provider's account could take over ours.
/// </summary>
internal sealed class ExternalLogins(IdentityStore db, UserManager<User> users)
{
    public const int LongestKey = 128;

    public Task<User?> Find(string provider, string key) => users.FindByLoginAsync(provider, key);

    public Task<List<string>> Of(Guid user, CancellationToken ct) =>
        db.Set<IdentityUserLogin<Guid>>().Where(l => l.UserId == user).Select(l => l.LoginProvider).ToListAsync(ct);

    /// <summary>Links. False when somebody else has the link already.</summary>
    public async Task<bool> Link(User user, ExternalProvider provider, string key)
    {
        db.Note(nameof(User), user.Id.ToString(), Sessions.Changed(new { provider = provider.Name }), "login-link", user.Id.ToString());
        MailJobs.Queue(db, user, MailKind.SecondFactorAdded);
        return (await users.AddLoginAsync(user, new(provider.Name, key, provider.DisplayName))).Succeeded;
    }

    public async Task Unlink(User user, string provider, CancellationToken ct)
    {
        db.Note(nameof(User), user.Id.ToString(), Sessions.Changed(new { provider }), "login-unlink", user.Id.ToString());
        MailJobs.Queue(db, user, MailKind.SecondFactorRemoved);
        await db.SaveChangesAsync(ct);
        await db.Set<IdentityUserLogin<Guid>>().Where(l => l.UserId == user.Id && l.LoginProvider == provider).ExecuteDeleteAsync(ct);
    }

    /// <summary>A citizen who comes for the first time: sees and does what is his own.</summary>
    public async Task<User?> CreateCitizen(ExternalProvider provider, string key, string? name, CancellationToken ct)
    {
        var now = db.Now;
        var user = new User
        {
            Id = Guid.CreateVersion7(now),
            CreatedAt = now,
            LockoutEnabled = true,
            DisplayName = name is { Length: > 0 } ? name[..Math.Min(name.Length, 200)] : provider.DisplayName,
        };
        user.UserName = "citizen-" + user.Id.ToString("N");
        user.Touch(now);
        var role = await db.Roles.Where(r => r.Name == "Citizen").Select(r => r.Id).SingleAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        db.Note(nameof(User), user.Id.ToString(), Sessions.Changed(new { provider = provider.Name }), "citizen-create", user.Id.ToString());
        if (!(await users.CreateAsync(user)).Succeeded)
            return null;
        db.Assignments.Add(
            new()
            {
                Id = Guid.CreateVersion7(now),
                UserId = user.Id,
                RoleId = role,
                Scope = "own",
            }
        );
        if (!(await users.AddLoginAsync(user, new(provider.Name, key, provider.DisplayName))).Succeeded)
            return null;
        await transaction.CommitAsync(ct);
        return user;
    }
}
