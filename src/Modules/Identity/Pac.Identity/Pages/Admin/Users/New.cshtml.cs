using Microsoft.AspNetCore.Mvc;
using Pac.BuildingBlocks.Security;
using Pac.Identity.Features.Users;

namespace Pac.Identity.Pages.Admin.Users;

/// <summary>Makes a user, with his first role if he is to have one.</summary>
[Door("identity.manage-users", Fresh = true)]
internal sealed class NewModel : AdminPage
{
    [BindProperty]
    public string? UserName { get; set; }

    [BindProperty]
    public string? DisplayName { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public string? Phone { get; set; }

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

    /// <summary>An administrator of one place has to give a right there, or he would lose sight of the user.</summary>
    public bool NeedsRole => Me.Scope != DataScope.Province;

    public override IReadOnlyDictionary<string, string> Fields =>
        new Dictionary<string, string>
        {
            ["userName"] = T("Tên đăng nhập", "User name"),
            ["displayName"] = T("Họ tên", "Name"),
            ["email"] = T("Thư điện tử", "E-mail address"),
            ["phone"] = T("Điện thoại", "Telephone"),
            ["role"] = T("Vai trò", "Role"),
            ["scope"] = T("Phạm vi dữ liệu", "Data scope"),
            ["startsOn"] = T("Từ ngày", "First day"),
            ["endsOn"] = T("Đến hết ngày", "Last day"),
        };

    public string NameHint =>
        T("Chữ cái không dấu, chữ số và . _ - @; không đổi được sau này.", "Letters, digits and . _ - @; it cannot be changed later.");

    public Task OnGet() => Load();

    public async Task<IActionResult> OnPost()
    {
        var (from, to) = (Day("startsOn", StartsOn), Day("endsOn", EndsOn));
        AssignmentInput[] assignments = Filled(Role) is null && Filled(Scope) is null ? [] : [new(Role ?? "", Scope ?? "", from, to)];
        var command = new CreateUser(Filled(UserName) ?? "", Filled(DisplayName) ?? "", Filled(Email), Filled(Phone), assignments);
        if (Faults.Count == 0 && await Try(async () => Created = (await Ask(command)).Item))
            return Go($"/admin/users/{Created!.Id}?done=1");
        await Load();
        return Page();
    }

    private UserView? Created { get; set; }

    private async Task Load()
    {
        Title = T("Thêm người dùng", "Add a user");
        Roles = await Directory.RoleOptions(Cancel);
        Scopes = await Directory.ScopeOptions(Cancel);
    }
}
