using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Auditing;
using Pac.BuildingBlocks.Web;
using Pac.Identity.Persistence;
using Pac.SharedKernel;

namespace Pac.Identity.Features.Roles;

internal sealed record ChangeRole(Guid Id, uint Seen, RoleContent Role) : ICommand<Versioned<RoleView>>, IChangesRights;

internal sealed class ChangeRoleValidator : AbstractValidator<ChangeRole>
{
    public ChangeRoleValidator() => RuleFor(c => c.Role).SetValidator(new RoleContentValidator()).OverridePropertyName("");
}

internal sealed class ChangeRoleHandler(IdentityStore db, RoleRules rules, TimeProvider clock)
    : IRequestHandler<ChangeRole, Versioned<RoleView>>
{
    public async Task<Versioned<RoleView>> Handle(ChangeRole request, CancellationToken ct)
    {
        rules.MustCoverProvince();
        var role =
            await db.Roles.Include(r => r.Permissions).SingleOrDefaultAsync(r => r.Id == request.Id, ct)
            ?? throw new NotFoundException("role");
        if (role.Version != request.Seen)
            throw new StaleVersionException();
        rules.MustStand(request.Role.Permissions);
        await rules.MustFitHolders(role, request.Role.Permissions, ct);
        var before = RoleRules.Written(role);
        (role.Vietnamese, role.English, role.ChangedAt) = (request.Role.Vietnamese, request.Role.English, clock.GetUtcNow());
        role.Permissions.RemoveAll(p => !request.Role.Permissions.Contains(p.Permission));
        foreach (
            var permission in request.Role.Permissions.Distinct().Where(p => role.Permissions.TrueForAll(h => h.Permission != p)).ToList()
        )
            role.Permissions.Add(new() { RoleId = role.Id, Permission = permission });
        // Written even when only what it allows has changed, so that it is another version.
        db.Entry(role).Property(r => r.ChangedAt).IsModified = true;
        db.Note("Role", role.Name, Changes.Between(before, RoleRules.Written(role)));
        await db.SaveChangesAsync(ct);
        return await new GetRoleHandler(db).Handle(new(role.Id), ct);
    }
}

internal sealed class ChangeRoleEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPut("/roles/{id}", Handle).Requires(IdentityPermissions.ManageRoles);

    /// <summary>Change a role</summary>
    /// <remarks>Sets what a role is called and what it allows. It takes effect within seconds on every host, for everybody who holds it.</remarks>
    /// <param name="id">Identifier of the role.</param>
    private static async Task<ItemAnswer<RoleView>> Handle(
        Guid id,
        RoleContent role,
        IfMatch ifMatch,
        ISender sender,
        CancellationToken ct
    ) => new(await sender.Send(new ChangeRole(id, ifMatch.Version, role), ct));
}
