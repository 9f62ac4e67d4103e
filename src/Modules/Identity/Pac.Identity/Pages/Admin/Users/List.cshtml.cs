using Microsoft.AspNetCore.Mvc;
using Pac.BuildingBlocks.Persistence;
using Pac.Identity.Features.Users;

namespace Pac.Identity.Pages.Admin.Users;

/// <summary>Finds users by name, role, data scope and state.</summary>
[Door("identity.read")]
internal sealed class ListModel : AdminPage
{
    [BindProperty(SupportsGet = true)]
    public string? Search { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Role { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Scope { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? State { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    public Page<UserView> Found { get; private set; } = new([]);

    public IReadOnlyList<Option> Roles { get; private set; } = [];

    public IReadOnlyList<Option> Scopes { get; private set; } = [];

    public Dictionary<Guid, string> Held { get; } = [];

    public override IReadOnlyDictionary<string, string> Fields =>
        new Dictionary<string, string>
        {
            ["search"] = T("Tên, tên đăng nhập hoặc thư điện tử", "Name, user name or e-mail address"),
            ["role"] = T("Vai trò", "Role"),
            ["scope"] = T("Phạm vi dữ liệu", "Data scope"),
            ["state"] = T("Trạng thái", "State"),
        };

    public IReadOnlyList<Option> States => [new("active", T("Đang hoạt động", "Active")), new("disabled", T("Đã vô hiệu hóa", "Disabled"))];

    public async Task OnGet()
    {
        Title = T("Người dùng", "Users");
        Roles = await Directory.RoleOptions(Cancel);
        Scopes = await Directory.ScopeOptions(Cancel);
        var filter = new UserFilter(
            Filled(Search),
            Filled(Role),
            Filled(Scope),
            State switch
            {
                "active" => false,
                "disabled" => true,
                _ => null,
            }
        );
        Found = await Ask(new FindUsers(filter, new(null, Filled(Cursor), true)));
        foreach (var user in Found.Items)
            Held[user.Id] = string.Join("; ", await Task.WhenAll(user.Assignments.Select(Words)));
    }

    private async Task<string> Words(AssignmentView a) =>
        await Directory.Role(a.Role, Cancel) + ", " + await Directory.Scope(a.Scope, Cancel);
}
