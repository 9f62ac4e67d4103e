using Pac.BuildingBlocks.Security;
using Pac.Facilities.Domain;
using Pac.SharedKernel;

namespace Pac.Facilities.Features;

/// <summary>Everybody with the permission may see all centres; what he may change ends at his own.</summary>
internal static class Reach
{
    public static void MustCover(this CurrentUser user, string centreCode)
    {
        if (user.Scope != DataScope.Province && user.Scope != new DataScope(DataScopeKind.Centre, centreCode))
            throw new BusinessRuleException(FacilitiesErrors.OutsideScope);
    }

    // Calendars are shared by centres, so they are the province's.
    public static void MustCoverProvince(this CurrentUser user)
    {
        if (user.Scope != DataScope.Province)
            throw new BusinessRuleException(FacilitiesErrors.OutsideScope);
    }
}
