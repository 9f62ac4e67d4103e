using Pac.BuildingBlocks.Security;
using Pac.Dossiers.Domain;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features;

/// <summary>At which centre money is taken and given back.</summary>
internal static class PaymentPlace
{
    /// <summary>The centre named, else the caller's own, else the one that serves the dossier.</summary>
    /// <exception cref="BusinessRuleException">It neither received the dossier nor returns its result, or lies outside the caller's data.</exception>
    public static string Of(Dossier dossier, string? named, DataScope scope)
    {
        var centre = named ?? (scope.Kind == DataScopeKind.Centre ? scope.Code : dossier.ServingCentre);
        if (centre != dossier.CentreCode && centre != dossier.ReturnCentreCode)
            throw new BusinessRuleException(CashErrors.WrongPlace.At("/centreCode"));
        Check(centre, scope);
        return centre;
    }

    /// <summary>Refuses a centre outside the caller's data.</summary>
    public static void Check(string centre, DataScope scope)
    {
        if (scope.Kind == DataScopeKind.Centre && scope.Code != centre || scope.Kind == DataScopeKind.Own)
            throw new BusinessRuleException(DossierErrors.OutsideScope.At("/centreCode"));
    }
}
