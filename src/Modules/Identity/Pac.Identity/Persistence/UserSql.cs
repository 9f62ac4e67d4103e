using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Pac.Identity.Domain;

namespace Pac.Identity.Persistence;

/// <summary>What administration asks of the tables directly.</summary>
internal static class UserSql
{
    public static Task<bool> IsTaken(this IdentityStore db, string normalizedUserName, CancellationToken ct) =>
        db.Users.AnyAsync(u => u.NormalizedUserName == normalizedUserName, ct);

    /// <summary>The transaction in hand, or one of our own that the caller commits.</summary>
    public static async Task<OwnTransaction> OwnTransaction(this IdentityStore db, CancellationToken ct) =>
        new(db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null);

    /// <summary>Ends the sessions of a user; the tokens that came from them end with them.</summary>
    public static async Task EndSessions(this IdentityStore db, Guid userId, string reason, CancellationToken ct)
    {
        var now = db.Now;
        await db.Set<Session>()
            .Where(s => s.UserId == userId && s.EndedAt == null)
            .ExecuteUpdateAsync(u => u.SetProperty(s => s.EndedAt, now).SetProperty(s => s.EndReason, reason), ct);
    }

    /// <summary>Takes away every second factor of a user: app, recovery codes, passkeys and trusted browsers.</summary>
    public static async Task ForgetSecondFactors(this IdentityStore db, Guid userId, CancellationToken ct)
    {
        await db.Set<Authenticator>().Where(a => a.UserId == userId).ExecuteDeleteAsync(ct);
        await db.Set<RecoveryCode>().Where(c => c.UserId == userId).ExecuteDeleteAsync(ct);
        await db.Set<IdentityUserPasskey<Guid>>().Where(p => p.UserId == userId).ExecuteDeleteAsync(ct);
        await db.Set<Device>()
            .Where(d => d.UserId == userId && d.TrustedUntil != null)
            .ExecuteUpdateAsync(u => u.SetProperty(d => d.TrustedUntil, (DateTimeOffset?)null), ct);
    }

    /// <summary>Revokes everything that was given to the user.</summary>
    public static async Task RevokeTokens(this IdentityStore db, Guid userId, CancellationToken ct)
    {
        var subject = userId.ToString();
        await db.Database.ExecuteSqlAsync(
            $"UPDATE identity.authorizations SET status = 'revoked' WHERE subject = {subject} AND status = 'valid'",
            ct
        );
        await db.Database.ExecuteSqlAsync(
            $"UPDATE identity.tokens SET status = 'revoked' WHERE subject = {subject} AND status = 'valid'",
            ct
        );
    }
}

/// <summary>A transaction if none was open before; else nothing, and who opened it commits.</summary>
internal readonly struct OwnTransaction(IDbContextTransaction? own) : IAsyncDisposable
{
    public Task Commit(CancellationToken ct) => own?.CommitAsync(ct) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => own?.DisposeAsync() ?? ValueTask.CompletedTask;
}
