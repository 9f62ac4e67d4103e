using Pac.BuildingBlocks.Security;

namespace Pac.Identity.Features;

/// <summary>What can be allowed in this module.</summary>
internal static class IdentityPermissions
{
    public static readonly Permission Read = new(
        "identity.read",
        true,
        "Xem người dùng, vai trò và ứng dụng",
        "See users, roles and clients"
    );

    public static readonly Permission ManageUsers = new(
        "identity.manage-users",
        false,
        "Quản lý người dùng và phân công vai trò",
        "Manage users and assign roles"
    );

    public static readonly Permission ManageRoles = new("identity.manage-roles", false, "Quản lý vai trò", "Manage roles");

    public static readonly Permission ManageClients = new(
        "identity.manage-clients",
        false,
        "Quản lý ứng dụng kết nối",
        "Manage connected applications"
    );

    public static readonly Permission Audit = new("identity.audit", true, "Xem và xuất nhật ký hệ thống", "See and export the audit trail");

    public static readonly IReadOnlyList<Permission> All = [Read, ManageUsers, ManageRoles, ManageClients, Audit];
}
