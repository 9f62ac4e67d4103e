using Microsoft.AspNetCore.Mvc;
using Pac.Identity.Features.Users;

namespace Pac.Identity.Pages.Admin.Users;

/// <summary>Changes how a user is called and reached.</summary>
[Door("identity.manage-users", Fresh = true)]
internal sealed class EditModel : OneUser
{
    [BindProperty]
    public string? DisplayName { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public string? Phone { get; set; }

    public override IReadOnlyDictionary<string, string> Fields =>
        new Dictionary<string, string>
        {
            ["displayName"] = T("Họ tên", "Name"),
            ["email"] = T("Thư điện tử", "E-mail address"),
            ["phone"] = T("Điện thoại", "Telephone"),
        };

    public async Task OnGet()
    {
        await Load();
        (DisplayName, Email, Phone) = (Person.DisplayName, Person.Email, Person.Phone);
    }

    public async Task<IActionResult> OnPost()
    {
        if (await Try(() => Ask(new ChangeUser(Id, Version, new(Filled(DisplayName) ?? "", Filled(Email), Filled(Phone))))))
            return Go(Address + "?done=1");
        await Load();
        return Page();
    }

    private async Task Load()
    {
        await Read();
        Title = T("Sửa thông tin người dùng", "Change a user's details");
    }
}
