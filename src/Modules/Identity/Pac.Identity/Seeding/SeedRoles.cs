using Microsoft.EntityFrameworkCore;
using Pac.BuildingBlocks;
using Pac.Identity.Persistence;

namespace Pac.Identity.Seeding;

/// <summary>The roles of the field as sets of permissions. Administrators may change them; a seed run offers each permission once, so that what they take away stays away.</summary>
internal sealed class SeedRoles(IdentityStore db, IReadOnlyList<IModule> modules, TimeProvider clock) : ISeed
{
    // Separation of duties: who administers the system has no right over dossiers; support staff do not settle.
    private static readonly (string Name, string Vietnamese, string English, string[] Allows)[] Roles =
    [
        (
            "CentreDirector",
            "Giám đốc Trung tâm",
            "Centre director",
            [
                "dossiers.read",
                "dossiers.assign",
                "dossiers.read-personal",
                "dossiers.export",
                "dossiers.statistics",
                "dossiers.grant-exemption",
                "dossiers.approve-refund",
                "dossiers.read-cash",
                "dossiers.confirm-cash",
                "dossiers.publish-statistics",
                "dossiers.transfer",
                "dossiers.move-version",
                "dossiers.approve-special",
                "dossiers.oversee",
                "dossiers.notify",
                "dossiers.manage-templates",
                "dossiers.handle-feedback",
                "dossiers.take-feedback",
                "dossiers.answer-feedback",
                "dossiers.manage-retention",
                "facilities.*",
            ]
        ),
        (
            "CentreDeputyDirector",
            "Phó Giám đốc Trung tâm",
            "Deputy director",
            [
                "dossiers.read",
                "dossiers.assign",
                "dossiers.statistics",
                "dossiers.oversee",
                "dossiers.read-cash",
                "dossiers.confirm-cash",
                "dossiers.approve-refund",
                "dossiers.notify",
                "dossiers.handle-feedback",
                "dossiers.take-feedback",
                "dossiers.answer-feedback",
                "facilities.read",
            ]
        ),
        (
            "ReceptionOfficer",
            "Cán bộ tiếp nhận hồ sơ và trả kết quả",
            "Reception officer",
            [
                "dossiers.read",
                "dossiers.assign",
                "dossiers.read-personal",
                "dossiers.receive",
                "dossiers.manage-documents",
                "dossiers.transfer",
                "dossiers.return",
                "dossiers.request-supplement",
                "dossiers.demand-payment",
                "dossiers.take-payment",
                "dossiers.pay-online",
                "dossiers.read-cash",
                "dossiers.request-withdrawal",
                "dossiers.take-feedback",
                "facilities.read",
            ]
        ),
        (
            "SupportStaff",
            "Nhân viên hỗ trợ",
            "Support staff",
            [
                "dossiers.read",
                "dossiers.assign",
                "dossiers.read-personal",
                "dossiers.receive",
                "dossiers.manage-documents",
                "dossiers.return",
                "dossiers.request-withdrawal",
                "dossiers.take-feedback",
                "facilities.read",
            ]
        ),
        (
            "SecondedStaff",
            "CBCCVC được cử đến",
            "Seconded staff",
            [
                "dossiers.read",
                "dossiers.assign",
                "dossiers.read-personal",
                "dossiers.receive",
                "dossiers.manage-documents",
                "dossiers.transfer",
                "dossiers.return",
                "dossiers.request-supplement",
                "dossiers.demand-payment",
                "dossiers.take-payment",
                "dossiers.pay-online",
                "dossiers.read-cash",
                "dossiers.request-withdrawal",
                "dossiers.take-feedback",
                "facilities.read",
            ]
        ),
        (
            "CaseOfficer",
            "Chuyên viên thụ lý",
            "Case officer",
            [
                "dossiers.read",
                "dossiers.assign",
                "dossiers.read-personal",
                "dossiers.process",
                "dossiers.manage-documents",
                "dossiers.answer-feedback",
                "facilities.read",
            ]
        ),
        (
            "UnitHead",
            "Lãnh đạo phòng",
            "Unit head",
            [
                "dossiers.read",
                "dossiers.assign",
                "dossiers.read-personal",
                "dossiers.process",
                "dossiers.manage-documents",
                "dossiers.export",
                "dossiers.statistics",
                "dossiers.demand-payment",
                "dossiers.hand-over",
                "dossiers.decide-withdrawal",
                "dossiers.oversee",
                "dossiers.reopen",
                "dossiers.handle-feedback",
                "dossiers.take-feedback",
                "dossiers.answer-feedback",
                "facilities.read",
            ]
        ),
        (
            "AgencyLeader",
            "Lãnh đạo Sở",
            "Agency leader",
            [
                "dossiers.read",
                "dossiers.assign",
                "dossiers.read-personal",
                "dossiers.process",
                "dossiers.manage-documents",
                "dossiers.settle",
                "dossiers.export",
                "dossiers.statistics",
                "dossiers.extend",
                "dossiers.decide-withdrawal",
                "dossiers.stop",
                "dossiers.hand-over",
                "dossiers.oversee",
                "dossiers.approve-supplement",
                "dossiers.approve-special",
                "dossiers.reopen",
                "dossiers.handle-feedback",
                "dossiers.take-feedback",
                "dossiers.answer-feedback",
                "facilities.read",
            ]
        ),
        (
            "Clerk",
            "Văn thư",
            "Clerk",
            ["dossiers.read", "dossiers.assign", "dossiers.process", "dossiers.manage-documents", "dossiers.settle", "facilities.read"]
        ),
        (
            "Cashier",
            "Thu ngân",
            "Cashier",
            [
                "dossiers.read",
                "dossiers.read-personal",
                "dossiers.demand-payment",
                "dossiers.take-payment",
                "dossiers.pay-online",
                "dossiers.read-cash",
                "dossiers.manage-receipts",
                "facilities.read",
            ]
        ),
        (
            "ProcedureController",
            "Kiểm soát thủ tục hành chính",
            "Procedure controller",
            [
                "dossiers.read",
                "dossiers.export",
                "dossiers.statistics",
                "dossiers.publish-statistics",
                "dossiers.manage-catalogue",
                "dossiers.move-version",
                "dossiers.succeed",
                "dossiers.manage-templates",
                "dossiers.handle-feedback",
                "dossiers.take-feedback",
                "dossiers.answer-feedback",
                "facilities.read",
            ]
        ),
        // Who checks neither administers accounts nor touches dossiers.
        ("Auditor", "Người kiểm tra, giám sát", "Auditor", ["identity.audit", "dossiers.audit"]),
        ("FacilityManager", "Quản lý cơ sở vật chất", "Facility manager", ["facilities.*"]),
        ("HrOfficer", "Cán bộ nhân sự", "HR officer", ["facilities.read"]),
        ("PayrollAccountant", "Kế toán tiền lương", "Payroll accountant", ["facilities.read"]),
        ("SystemAdmin", "Quản trị hệ thống", "System administrator", ["identity.*", "facilities.read"]),
        ("Citizen", "Công dân", "Citizen", []),
        ("Integrator", "Hệ thống tích hợp", "Integrating system", ["dossiers.*", "facilities.*"]),
    ];

    public bool SandboxOnly => false;

    public async Task Run(CancellationToken ct)
    {
        var known = await db.Roles.Include(r => r.Permissions).ToDictionaryAsync(r => r.Name, ct);
        var all = modules.SelectMany(m => m.Permissions).Select(p => p.Name).ToList();
        foreach (var (name, vietnamese, english, allows) in Roles)
        {
            if (!known.TryGetValue(name, out var role))
            {
                role = new()
                {
                    Id = Guid.CreateVersion7(clock.GetUtcNow()),
                    Name = name,
                    Vietnamese = vietnamese,
                    English = english,
                    ChangedAt = clock.GetUtcNow(),
                };
                db.Roles.Add(role);
            }
            var wanted = all.Where(p =>
                allows.Any(a => a == p || a.EndsWith(".*", StringComparison.Ordinal) && p.StartsWith(a[..^1], StringComparison.Ordinal))
            );
            foreach (var permission in wanted.Where(p => !role.Offered.Contains(p)).ToList())
            {
                role.Offered.Add(permission);
                if (role.Permissions.TrueForAll(h => h.Permission != permission))
                    role.Permissions.Add(new() { RoleId = role.Id, Permission = permission });
            }
        }
        await db.SaveChangesAsync(ct);
    }
}
