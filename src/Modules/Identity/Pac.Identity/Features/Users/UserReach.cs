using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Security;
using Pac.Identity.Domain;
using Pac.Identity.Persistence;
using Pac.SharedKernel;

namespace Pac.Identity.Features.Users;

/// <summary>Which users an administrator sees, and which he may act on: an administrator of one centre has no hand in another.</summary>
internal static class UserReach
{
    public static IQueryable<User> Visible(this IdentityStore db)
    {
        var scope = db.User.Scope;
        if (scope.Kind == DataScopeKind.Province)
            return db.Users;
        if (scope.Kind == DataScopeKind.Own)
            return Guid.TryParse(scope.Code, out var self) ? db.Users.Where(u => u.Id == self) : db.Users.Where(u => false);
        var written = scope.ToString();
        return db.Users.Where(u => u.Assignments.Any(a => a.Scope == written));
    }

    /// <summary>The user to act on, with his assignments.</summary>
    /// <exception cref="NotFoundException">There is none that the caller sees.</exception>
    /// <exception cref="StaleVersionException">He was changed since the caller looked.</exception>
    /// <exception cref="BusinessRuleException">He holds rights beyond the caller's data.</exception>
    public static async Task<User> Governed(this IdentityStore db, Guid id, uint seen, CancellationToken ct)
    {
        var user =
            await db.Visible().Include(u => u.Assignments).SingleOrDefaultAsync(u => u.Id == id, ct) ?? throw new NotFoundException("user");
        db.MustGovern(user);
        return user.Version == seen ? user : throw new StaleVersionException();
    }

    /// <summary>An administrator of one place acts on a user only when all of his rights lie there.</summary>
    public static void MustGovern(this IdentityStore db, User user)
    {
        var scope = db.User.Scope;
        if (scope.Kind == DataScopeKind.Province)
            return;
        // Sight of one's own account gives no hand in accounts.
        if (scope.Kind == DataScopeKind.Own || user.Assignments.Count == 0 || user.Assignments.Exists(a => a.Scope != scope.ToString()))
            throw new BusinessRuleException(IdentityErrors.BeyondReach);
    }

    /// <summary>Marks an act of administration on an account: it is another version from here on, whatever the act changes.</summary>
    public static void Touch(this IdentityStore db, User user)
    {
        user.Touch(db.Now);
        var account = db.Entry(user);
        if (account.State is EntityState.Unchanged or EntityState.Modified)
            account.Property(u => u.ChangedAt).IsModified = true;
    }

    public static void MustReach(this CurrentUser user, string scope)
    {
        if (user.Scope.Kind != DataScopeKind.Province && (user.Scope.Kind == DataScopeKind.Own || user.Scope.ToString() != scope))
            throw new BusinessRuleException(IdentityErrors.BeyondReach.At("/scope"));
    }
}
