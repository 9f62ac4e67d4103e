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

/// <summary>Within the data that a caller may see: the one rule behind item, list, search, export and figures.</summary>
internal sealed class VisibleIn(DataScope scope) : Specification<Dossier>
{
    protected override Expression<Func<Dossier, bool>> Build()
    {
        var code = scope.Code;
        return scope.Kind switch
        {
            DataScopeKind.Province => d => true,
            DataScopeKind.Centre => d => d.CentreCode == code,
            DataScopeKind.Agency => d => d.AgencyCode == code,
            _ => d => false,
        };
    }

    /// <summary>The same rule for a dossier that is about to exist.</summary>
    public static bool Covers(DataScope scope, string centreCode, string agencyCode) =>
        scope.Kind switch
        {
            DataScopeKind.Province => true,
            DataScopeKind.Centre => scope.Code == centreCode,
            DataScopeKind.Agency => scope.Code == agencyCode,
            _ => false,
        };
}
