using Pac.BuildingBlocks.Security;
using Pac.Dossiers.Domain;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Catalogue;

/// <summary>The catalogue is the province's: whoever answers for one centre or agency changes nothing for the others.</summary>
internal static class CatalogueReach
{
    public static void MustCoverProvince(CurrentUser user)
    {
        if (user.Scope != DataScope.Province)
            throw new BusinessRuleException(DossierErrors.OutsideScope);
    }
}
