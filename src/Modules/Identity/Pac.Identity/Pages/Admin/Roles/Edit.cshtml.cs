using Microsoft.AspNetCore.Mvc;
using Pac.Identity.Features.Roles;

namespace Pac.Identity.Pages.Admin.Roles;

/// <summary>What a role is called and what it allows: first a form, then the answers to check, then the change.</summary>
internal abstract class RoleForm : OneRole
{
    [BindProperty]
    public string? Vietnamese { get; set; }

    [BindProperty]
    public string? EnglishName { get; set; }

    [BindProperty]
    public List<string> Permissions { get; set; } = [];

    /// <summary><c>check</c> shows the answers, <c>save</c> takes them, all else shows the form.</summary>
    [BindProperty]
    public string? Step { get; set; }

    public bool Checking { get; private set; }

    /// <summary>What the role allowed before.</summary>
    public abstract IReadOnlyList<string> Before { get; }

    public virtual string? NewCode => null;

    public IEnumerable<string> Added => Permissions.Except(Before).Select(Directory.Permission);

    public IEnumerable<string> Taken => Before.Except(Permissions).Select(Directory.Permission);

    public override IReadOnlyDictionary<string, string> Fields =>
        new Dictionary<string, string>
        {
            ["code"] = T("Mã", "Code"),
            ["vietnamese"] = T("Tên tiếng Việt", "Name in Vietnamese"),
            ["english"] = T("Tên tiếng Anh", "Name in English"),
            ["permissions"] = T("Được phép làm gì", "What it allows"),
        };

    protected RoleContent Content() => new(Filled(Vietnamese) ?? "", Filled(EnglishName) ?? "", Permissions);

    /// <summary>Goes one step on; null while the form is not finished.</summary>
    protected async Task<IActionResult> Steps(Func<Task> load, Func<Task<string>> save)
    {
        var address = "";
        if (Step == "save" && await Try(async () => address = await save()))
            return Go(address + "?done=1");
        await load();
        if (Step != "check")
            return Page();
        // What is plainly missing is said before anything is checked.
        if (Filled(Vietnamese) is null)
            Refuse("vietnamese", T("Hãy nhập tên tiếng Việt.", "Enter the name in Vietnamese."));
        if (Filled(EnglishName) is null)
            Refuse("english", T("Hãy nhập tên tiếng Anh.", "Enter the name in English."));
        Checking = Faults.Count == 0;
        if (Checking)
            Title = NewCode is null
                ? T("Kiểm tra trước khi đổi vai trò", "Check before the role is changed")
                : T("Kiểm tra trước khi tạo vai trò", "Check before the role is made");
        return Page();
    }
}

/// <summary>Changes a role.</summary>
[Door("identity.manage-roles", Fresh = true)]
internal sealed class EditModel : RoleForm
{
    public override IReadOnlyList<string> Before => Role.Permissions;

    public async Task OnGet()
    {
        await Load();
        (Vietnamese, EnglishName, Permissions) = (Role.Vietnamese, Role.English, [.. Role.Permissions]);
    }

    public Task<IActionResult> OnPost() =>
        Steps(
            Load,
            async () =>
            {
                await Ask(new ChangeRole(Id, Version, Content()));
                return Address;
            }
        );

    private async Task Load()
    {
        await Read();
        Title = T("Đổi vai trò", "Change the role");
    }
}

/// <summary>Makes a role.</summary>
[Door("identity.manage-roles", Fresh = true)]
internal sealed class NewModel : RoleForm
{
    [BindProperty]
    public string? Code { get; set; }

    public override IReadOnlyList<string> Before => [];

    public override string? NewCode => Code ?? "";

    public Task OnGet() => Load();

    public Task<IActionResult> OnPost() =>
        Steps(Load, async () => "/admin/roles/" + (await Ask(new CreateRole(Filled(Code) ?? "", Content()))).Item.Id);

    private Task Load()
    {
        Title = T("Thêm vai trò", "Add a role");
        return Task.CompletedTask;
    }
}
