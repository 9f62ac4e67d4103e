using Microsoft.AspNetCore.Mvc;
using Pac.BuildingBlocks.Persistence;
using Pac.Identity.Features.Roles;
using Pac.Identity.Features.Users;

namespace Pac.Identity.Pages.Admin.Roles;

/// <summary>Permissions of one module, with those that a role holds.</summary>
internal sealed record PermissionGroup(string Module, IReadOnlyList<(string Name, string Words, bool Held)> Permissions);

/// <summary>Pages about one role.</summary>
internal abstract class OneRole : AdminPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public RoleView Role { get; private set; } = null!;

    public string Address => $"/admin/roles/{Id}";

    protected async Task Read()
    {
        var found = await Ask(new GetRole(Id));
        Role = found.Item;
        if (Version == 0)
            Version = found.Version;
    }

    /// <summary>Everything that can be allowed, grouped by module, with what is chosen.</summary>
    public IReadOnlyList<PermissionGroup> Grid(IReadOnlyCollection<string> held) =>
        [
            .. Directory
                .Modules.Where(m => m.Permissions.Count > 0)
                .Select(m => new PermissionGroup(
                    Admin.Directory.Module(m.Name),
                    [.. m.Permissions.Select(p => (p.Name, T(p.Vietnamese, p.English), held.Contains(p.Name)))]
                )),
        ];
}

/// <summary>One role: what it allows, and who holds it.</summary>
[Door("identity.read")]
internal sealed class RoleModel : OneRole
{
    public Page<UserView> Holders { get; private set; } = new([]);

    public async Task OnGet()
    {
        await Read();
        Title = T("Vai trò: ", "Role: ") + Admin.Directory.Named(Role);
        Holders = await Ask(new FindUsers(new(null, Role.Code, null, null), new(WithTotal: true)));
    }
}

/// <summary>Asks before a role is removed, and removes it.</summary>
[Door("identity.manage-roles", Fresh = true)]
internal sealed class DeleteModel : OneRole
{
    public Task OnGet() => Load();

    public async Task<IActionResult> OnPost()
    {
        if (await Try(() => Ask(new DeleteRole(Id, Version))))
            return Go("/admin/roles?done=1");
        await Load();
        return Page();
    }

    private async Task Load()
    {
        await Read();
        Title = T("Xóa vai trò?", "Delete the role?");
    }
}
