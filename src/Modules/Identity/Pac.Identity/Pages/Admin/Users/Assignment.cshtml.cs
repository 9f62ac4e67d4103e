using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Pac.Identity.Features.Users;
using Pac.SharedKernel;

namespace Pac.Identity.Pages.Admin.Users;

/// <summary>Pages about one role that a user holds.</summary>
internal abstract class OneAssignment : OneUser
{
    [BindProperty(SupportsGet = true)]
    public Guid AssignmentId { get; set; }

    public AssignmentView Held { get; private set; } = null!;

    public string RoleName { get; private set; } = "";

    public string ScopeName { get; private set; } = "";

    protected async Task ReadAssignment()
    {
        await Read();
        Held = Person.Assignments.FirstOrDefault(a => a.Id == AssignmentId) ?? throw new NotFoundException("assignment");
        RoleName = await Directory.Role(Held.Role, Cancel);
        ScopeName = await Directory.Scope(Held.Scope, Cancel);
    }
}

/// <summary>Changes for how long a role is held.</summary>
[Door("identity.manage-users", Fresh = true)]
internal sealed class AssignmentModel : OneAssignment
{
    [BindProperty]
    public string? StartsOn { get; set; }

    [BindProperty]
    public string? EndsOn { get; set; }

    public override IReadOnlyDictionary<string, string> Fields =>
        new Dictionary<string, string> { ["startsOn"] = T("Từ ngày", "First day"), ["endsOn"] = T("Đến hết ngày", "Last day") };

    public async Task OnGet()
    {
        await Load();
        (StartsOn, EndsOn) = (Written(Held.StartsOn), Written(Held.EndsOn));
    }

    public async Task<IActionResult> OnPost()
    {
        var period = new AssignmentPeriod(Day("startsOn", StartsOn), Day("endsOn", EndsOn));
        if (Faults.Count == 0 && await Try(() => Ask(new ChangeAssignment(Id, AssignmentId, Version, period))))
            return Go(Address + "?done=1");
        await Load();
        return Page();
    }

    private async Task Load()
    {
        await ReadAssignment();
        Title = T("Đổi thời gian giữ vai trò", "Change for how long a role is held");
    }

    private static string? Written(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>Asks before a role is taken away, and takes it.</summary>
[Door("identity.manage-users", Fresh = true)]
internal sealed class RevokeModel : OneAssignment
{
    /// <summary>What the user may not do any more, unless another role allows it.</summary>
    public IReadOnlyList<string> Lost { get; private set; } = [];

    public Task OnGet() => Load();

    public async Task<IActionResult> OnPost()
    {
        if (await Try(() => Ask(new RevokeRole(Id, AssignmentId, Version))))
            return Go(Address + "?done=1");
        await Load();
        return Page();
    }

    private async Task Load()
    {
        await ReadAssignment();
        Title = T("Thu hồi vai trò?", "Take the role away?");
        var role = (await Directory.Roles(Cancel)).First(r => r.Code == Held.Role);
        Lost = [.. role.Permissions.Select(Directory.Permission).Order(StringComparer.CurrentCulture)];
    }
}
