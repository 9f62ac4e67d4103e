using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks.Auditing;
using Pac.BuildingBlocks.Mediation;
using Pac.BuildingBlocks.Web;
using Pac.Identity.Domain;
using Pac.Identity.Persistence;
using Pac.SharedKernel;

namespace Pac.Identity.Features.Roles;

/// <summary>A new role.</summary>
/// <param name="Code" example="Guide">Stable code: letters, digits and hyphens, beginning with a letter.</param>
/// <param name="Role">Its names and what it allows.</param>
internal sealed record CreateRole(string Code, RoleContent Role) : ICommand<Versioned<RoleView>>;

internal sealed class CreateRoleValidator : AbstractValidator<CreateRole>
{
    public CreateRoleValidator()
    {
        RuleFor(c => c.Code).NotEmpty().MaximumLength(60).MatchesWhole("^[A-Za-z][A-Za-z0-9-]*$");
        RuleFor(c => c.Role).NotNull().SetValidator(new RoleContentValidator());
    }
}

internal sealed class CreateRoleHandler(IdentityStore db, RoleRules rules, TimeProvider clock)
    : IRequestHandler<CreateRole, Versioned<RoleView>>
{
    public async Task<Versioned<RoleView>> Handle(CreateRole request, CancellationToken ct)
    {
        rules.MustCoverProvince();
        try
        {
            rules.MustStand(request.Role.Permissions);
        }
        catch (BusinessRuleException refused)
        {
            throw new BusinessRuleException(refused.Error.At("/role" + refused.Error.Pointer));
        }
        if (await db.Roles.AnyAsync(r => r.Name == request.Code, ct))
            throw new BusinessRuleException(IdentityErrors.NameTaken.At("/code"));
        var now = clock.GetUtcNow();
        var role = new Role
        {
            Id = Guid.CreateVersion7(now),
            Name = request.Code,
            Vietnamese = request.Role.Vietnamese,
            English = request.Role.English,
            ChangedAt = now,
        };
        role.Permissions.AddRange(request.Role.Permissions.Distinct().Select(p => new RolePermission { RoleId = role.Id, Permission = p }));
        db.Roles.Add(role);
        db.Note("Role", role.Name, Changes.Between(null, RoleRules.Written(role)));
        await db.SaveChangesAsync(ct);
        return await new GetRoleHandler(db).Handle(new(role.Id), ct);
    }
}

internal sealed class CreateRoleEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/roles", Handle).Requires(IdentityPermissions.ManageRoles);

    /// <summary>Create a role</summary>
    /// <remarks>Makes a set of permissions that can be assigned to users and applications.</remarks>
    private static async Task<CreatedAnswer<RoleView>> Handle(CreateRole command, ISender sender, CancellationToken ct)
    {
        var role = await sender.Send(command, ct);
        return new($"/api/v1/roles/{role.Item.Id}", role);
    }
}
