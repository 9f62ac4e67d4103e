using Pac.Identity.Features.Roles;

namespace Pac.Identity.Pages.Admin.Roles;

/// <summary>The roles: sets of permissions under a name of the field.</summary>
[Door("identity.read")]
internal sealed class RolesModel : AdminPage
{
    public IReadOnlyList<RoleView> Roles { get; private set; } = [];

    public async Task OnGet()
    {
        Title = T("Vai trò", "Roles");
        Roles = [.. (await Directory.Roles(Cancel)).OrderBy(Directory.Named, StringComparer.CurrentCulture)];
    }
}
