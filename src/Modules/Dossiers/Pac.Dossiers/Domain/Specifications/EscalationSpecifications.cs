using System.Linq.Expressions;
using Pac.SharedKernel;

namespace Pac.Dossiers.Domain.Specifications;

internal sealed class EscalationWithId(EscalationId id) : Specification<Escalation>
{
    protected override Expression<Func<Escalation, bool>> Build() => e => e.Id == id;
}
