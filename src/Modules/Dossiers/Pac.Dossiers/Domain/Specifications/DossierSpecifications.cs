using System.Diagnostics;
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

/// <summary>Led by a dossier and not settled yet.</summary>
internal sealed class OpenFollowerOf(DossierId parent) : Specification<Dossier>
{
    protected override Expression<Func<Dossier, bool>> Build() => d => d.ParentId == parent && d.SettledAt == null;
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
    protected override Expression<Func<Dossier, bool>> Build() =>
        Parts(scope) switch
        {
            [] => d => false,
            [var all] => all.Criteria,
            [var own, var others] => (own | others).Criteria,
            _ => throw new UnreachableException(),
        };

    /// <summary>
    /// The same rule in parts that share no dossier and have an index each, for what is read in an order: one statement with an OR would have to
    /// sort everything.
    /// </summary>
    public static IReadOnlyList<Specification<Dossier>> Parts(DataScope scope)
    {
        var code = scope.Code;
        return scope.Kind switch
        {
            DataScopeKind.Province => [new Part(d => true)],
            // Where it is returned, or who has it in hand, is only written down when it is another one.
            DataScopeKind.Centre => [new Part(d => d.CentreCode == code), new Part(d => d.ReturnCentreCode == code)],
            DataScopeKind.Agency => [new Part(d => d.AgencyCode == code), new Part(d => d.HandlingAgencyCode == code)],
            _ => [],
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

    private sealed class Part(Expression<Func<Dossier, bool>> criteria) : Specification<Dossier>
    {
        protected override Expression<Func<Dossier, bool>> Build() => criteria;
    }
}
