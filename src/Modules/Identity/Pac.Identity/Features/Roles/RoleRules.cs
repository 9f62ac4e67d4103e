using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks;
using Pac.BuildingBlocks.Mediation;
using Pac.BuildingBlocks.Security;
using Pac.Identity.Domain;
using Pac.Identity.Persistence;
using Pac.SharedKernel;

namespace Pac.Identity.Features.Roles;

/// <summary>What a role is called and what it allows.</summary>
/// <param name="Vietnamese" example="Cán bộ hướng dẫn">Name in Vietnamese.</param>
/// <param name="English" example="Guide">Name in English.</param>
/// <param name="Permissions">What it allows, by the names of <c>/permissions</c>.</param>
internal sealed record RoleContent(string Vietnamese, string English, IReadOnlyList<string> Permissions);

internal sealed class RoleContentValidator : AbstractValidator<RoleContent>
{
    public RoleContentValidator()
    {
        RuleFor(r => r.Vietnamese).NotEmpty().MaximumLength(200);
        RuleFor(r => r.English).NotEmpty().MaximumLength(200);
        RuleFor(r => r.Permissions).NotNull().MostItems(300);
        RuleForEach(r => r.Permissions).NotEmpty().MaximumLength(100);
    }
}

/// <summary>What holds for every set of permissions.</summary>
internal sealed class RoleRules(IdentityStore db, IReadOnlyList<IModule> modules)
{
    /// <summary>Roles are the province's: who administers one centre does not redefine them.</summary>
    public void MustCoverProvince()
    {
        if (db.User.Scope != DataScope.Province)
            throw new BusinessRuleException(IdentityErrors.BeyondReach);
    }

    /// <exception cref="BusinessRuleException">A permission does not exist, or two of them exclude one another.</exception>
    public void MustStand(IReadOnlyList<string> permissions)
    {
        var known = modules.SelectMany(m => m.Permissions).Select(p => p.Name).ToHashSet();
        for (var i = 0; i < permissions.Count; i++)
            if (!known.Contains(permissions[i]))
                throw new BusinessRuleException(IdentityErrors.UnknownPermission.With(permissions[i]).At($"/permissions/{i}"));
        MustBeApart(permissions);
    }

    /// <summary>The new content must not clash with what the holders of the role hold through others at the same time.</summary>
    public async Task MustFitHolders(Role role, IReadOnlyList<string> permissions, CancellationToken ct)
    {
        var self = db.User.Caller.Subject;
        var user = Guid.TryParse(self, out var id) ? id : Guid.Empty;
        if (
            await db.Assignments.AnyAsync(a => a.RoleId == role.Id && a.UserId == user, ct)
            || await db.ClientGrants.AnyAsync(g => g.RoleId == role.Id && g.ClientId == self, ct)
        )
            throw new BusinessRuleException(IdentityErrors.OwnRole);
        var today = db.Now.LocalDay();
        var ofUsers = await (
            from held in db.Assignments
            where held.RoleId == role.Id && (held.EndsOn == null || held.EndsOn >= today)
            join other in db.Assignments on held.UserId equals other.UserId
            where other.RoleId != role.Id && (other.EndsOn == null || other.EndsOn >= today)
            where held.StartsOn == null || other.EndsOn == null || held.StartsOn <= other.EndsOn
            where held.EndsOn == null || other.StartsOn == null || held.EndsOn >= other.StartsOn
            select other.RoleId
        )
            .Distinct()
            .ToListAsync(ct);
        var ofMachines = await (
            from held in db.ClientGrants
            where held.RoleId == role.Id
            join other in db.ClientGrants on held.ClientId equals other.ClientId
            where other.RoleId != role.Id
            select other.RoleId
        )
            .Distinct()
            .ToListAsync(ct);
        List<Guid> others = [.. ofUsers, .. ofMachines];
        var beside = await db.RolePermissions.Where(p => others.Contains(p.RoleId)).ToListAsync(ct);
        foreach (var other in beside.GroupBy(p => p.RoleId, p => p.Permission))
            MustBeApart([.. permissions, .. other]);
    }

    private static void MustBeApart(IReadOnlyCollection<string> permissions)
    {
        if (SeparationOfDuties.FirstIn(permissions) is { } conflict)
            throw new BusinessRuleException(IdentityErrors.DutiesMixed.With(conflict.Vietnamese, conflict.English).At("/permissions"));
    }

    /// <summary>What an audit entry says of a role.</summary>
    public static object Written(Role role) =>
        new
        {
            role.Vietnamese,
            role.English,
            Permissions = role.Permissions.Select(p => p.Permission).Order(StringComparer.Ordinal).ToList(),
        };
}
