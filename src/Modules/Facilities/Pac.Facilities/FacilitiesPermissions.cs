using Pac.BuildingBlocks.Security;

namespace Pac.Facilities;

internal static class FacilitiesPermissions
{
    public static readonly Permission Read = new(
        "facilities.read",
        true,
        "Xem trung tâm, quầy và lịch làm việc",
        "See centres, counters and calendars"
    );
    public static readonly Permission ManageCalendars = new(
        "facilities.manage-calendars",
        false,
        "Ban hành phiên bản lịch làm việc",
        "Publish versions of working calendars"
    );
    public static readonly Permission ManageCentres = new(
        "facilities.manage-centres",
        false,
        "Quản lý trung tâm và quầy",
        "Manage centres and counters"
    );

    public static readonly IReadOnlyList<Permission> All = [Read, ManageCalendars, ManageCentres];
}
