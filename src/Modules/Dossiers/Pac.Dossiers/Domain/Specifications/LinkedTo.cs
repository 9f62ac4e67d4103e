using System.Linq.Expressions;
using Pac.SharedKernel;

namespace Pac.Dossiers.Domain.Specifications;

/// <summary>Led by one of several dossiers.</summary>
internal sealed class LedBy(IReadOnlyList<DossierId> leaders) : Specification<Dossier>
{
    protected override Expression<Func<Dossier, bool>> Build()
    {
        DossierId?[] ids = [.. leaders];
        return d => ids.Contains(d.ParentId);
    }
}
