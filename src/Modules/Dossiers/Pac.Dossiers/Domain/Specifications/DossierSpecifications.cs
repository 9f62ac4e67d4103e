using System.Linq.Expressions;
using Pac.BuildingBlocks.Security;
using Pac.SharedKernel;

namespace Pac.Dossiers.Domain.Specifications;

internal sealed class DossierWithId(DossierId id) : Specification<Dossier>
{
    protected override Expression<Func<Dossier, bool>> Build() => d => d.Id == id;
}

/// <summary>Not settled although its due instant has passed; an attribute that is computed, never a state.</summary>
internal sealed class OverdueAt(DateTimeOffset now) : Specification<Dossier>
{
    protected override Expression<Func<Dossier, bool>> Build() => d => d.SettledAt == null && d.DueAt < now;
}

/// <summary>Settled after its due instant.</summary>
internal sealed class SettledLate : Specification<Dossier>
{
    protected override Expression<Func<Dossier, bool>> Build() => d => d.SettledAt > d.DueAt;
}

/// <summary>One of several.</summary>
internal sealed class DossierAmong(IReadOnlyList<DossierId> ids) : Specification<Dossier>
{
    protected override Expression<Func<Dossier, bool>> Build() => d => ids.Contains(d.Id);
}

internal sealed class DossierWithPortalCode(string code) : Specification<Dossier>
{
    protected override Expression<Func<Dossier, bool>> Build() => d => d.PortalCode == code;
}

/// <summary>
/// Within the data that a caller may see: the one rule behind item, list, search, export and figures. A centre sees what it received and
/// what it has to return, an agency what it is competent for and what it has in hand.
/// </summary>
internal sealed class VisibleIn(DataScope scope) : Specification<Dossier>
{
    protected override Expression<Func<Dossier, bool>> Build()
    {
        var code = scope.Code;
        return scope.Kind switch
        {
            DataScopeKind.Province => d => true,
            DataScopeKind.Centre => d => d.CentreCode == code || d.ReturnCentreCode == code,
            DataScopeKind.Agency => d => d.AgencyCode == code || d.HandlingAgencyCode == code,
            _ => d => false,
        };
    }

    /// <summary>The same rule for a dossier that is about to exist, or was read by its key.</summary>
    public static bool Covers(
        DataScope scope,
        string centreCode,
        string agencyCode,
        string? returnCentreCode = null,
        string? handlingAgencyCode = null
    ) =>
        scope.Kind switch
        {
            DataScopeKind.Province => true,
            DataScopeKind.Centre => scope.Code == centreCode || scope.Code == returnCentreCode,
            DataScopeKind.Agency => scope.Code == agencyCode || scope.Code == handlingAgencyCode,
            _ => false,
        };
}
