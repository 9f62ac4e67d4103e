using Microsoft.AspNetCore.Mvc;
using Pac.Identity.Features.Users;

namespace Pac.Identity.Pages.Admin.Users;

/// <summary>Gives a role to a user.</summary>
[Door("identity.manage-users", Fresh = true)]
internal sealed class AssignModel : OneUser
{
    [BindProperty]
    public string? Role { get; set; }

    [BindProperty]
    public string? Scope { get; set; }

    [BindProperty]
    public string? StartsOn { get; set; }

    [BindProperty]
    public string? EndsOn { get; set; }

    public IReadOnlyList<Option> Roles { get; private set; } = [];

    public IReadOnlyList<Option> Scopes { get; private set; } = [];

    public override IReadOnlyDictionary<string, string> Fields =>
        new Dictionary<string, string>
        {
            ["role"] = T("Vai trò", "Role"),
            ["scope"] = T("Phạm vi dữ liệu", "Data scope"),
            ["startsOn"] = T("Từ ngày", "First day"),
            ["endsOn"] = T("Đến hết ngày", "Last day"),
        };

    public Task OnGet() => Load();

    public async Task<IActionResult> OnPost()
    {
        var (from, to) = (Day("startsOn", StartsOn), Day("endsOn", EndsOn));
        var wanted = new AssignmentInput(Role ?? "", Scope ?? "", from, to);
        if (Faults.Count == 0 && await Try(() => Ask(new AssignRole(Id, Version, wanted))))
            return Go(Address + "?done=1");
        await Load();
        return Page();
    }

    private async Task Load()
    {
        await Read();
        Title = T("Giao vai trò", "Give a role");
        Roles = await Directory.RoleOptions(Cancel);
        Scopes = await Directory.ScopeOptions(Cancel);
    }
}
