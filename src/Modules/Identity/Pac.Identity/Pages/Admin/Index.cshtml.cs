using Pac.BuildingBlocks.Persistence;
using Pac.BuildingBlocks.Security;
using Pac.Identity.Features;
using Pac.Identity.Features.Audit;
using Pac.Identity.Features.Clients;
using Pac.Identity.Features.Overview;
using Pac.Identity.Features.Users;

namespace Pac.Identity.Pages.Admin;

/// <summary>What there is to administrate, and what wants to be looked at.</summary>
[Door("identity.read", "identity.manage-users", "identity.manage-roles", "identity.manage-clients", "identity.audit")]
internal sealed class IndexModel(TimeProvider clock) : AdminPage
{
    private static readonly PageRequest One = new(1, null, true);

    /// <summary>The rooms with how much is in them.</summary>
    public List<(string Address, string Words, string Count)> Tasks { get; } = [];

    public long? Failures { get; private set; }

    public SecurityStateView? State { get; private set; }

    public async Task OnGet()
    {
        Title = T("Quản trị hệ thống", "System administration");
        if (May(IdentityPermissions.Read))
        {
            var users = await AskBy(IdentityPermissions.Read, new FindUsers(new(null, null, null, null), One));
            var disabled = await AskBy(IdentityPermissions.Read, new FindUsers(new(null, null, null, true), One));
            var clients = await AskBy(IdentityPermissions.Read, new FindClients(new(null, null), One));
            var roles = await Directory.Roles(Cancel);
            Tasks.Add(
                (
                    "/admin/users",
                    T("Người dùng", "Users"),
                    T($"{users.Total}, trong đó {disabled.Total} đã vô hiệu hóa", $"{users.Total}, of whom {disabled.Total} disabled")
                )
            );
            Tasks.Add(("/admin/roles", T("Vai trò", "Roles"), T($"{roles.Count} vai trò", $"{roles.Count} roles")));
            Tasks.Add(("/admin/clients", T("Ứng dụng", "Applications"), T($"{clients.Total} ứng dụng", $"{clients.Total} applications")));
        }
        if (May(IdentityPermissions.Audit) && Me.Caller.ReachOf(IdentityPermissions.Audit) == DataScope.Province)
        {
            var since = clock.GetUtcNow().AddDays(-1);
            var failed = new AuditFilter("identity", "sign-in-failed", null, null, null, null, since, null);
            Failures = (await AskBy(IdentityPermissions.Audit, new FindAuditEntries(failed, One))).Total;
            State = await AskBy(IdentityPermissions.Audit, new GetSecurityState());
            Tasks.Add(("/admin/audit", T("Nhật ký hệ thống", "Audit trail"), T("Ai đã làm gì", "Who did what")));
        }
    }
}
