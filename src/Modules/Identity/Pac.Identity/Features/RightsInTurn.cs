using MediatR;
using Pac.Identity.Domain;
using Pac.Identity.Persistence;
using Pac.SharedKernel;

namespace Pac.Identity.Features;

/// <summary>Marks an act that gives or takes rights.</summary>
internal interface IChangesRights;

/// <summary>
/// Acts on rights go one after the other, on all hosts together: each sees what the one before has done, so that two administrators at the same
/// instant cannot do together what neither may do alone. And none of them leaves the product without somebody who can give rights.
/// </summary>
internal sealed class RightsInTurn<TCommand, TResult>(IdentityStore db) : IPipelineBehavior<TCommand, TResult>
    where TCommand : ICommand<TResult>, IChangesRights
{
    public async Task<TResult> Handle(TCommand request, RequestHandlerDelegate<TResult> next, CancellationToken cancellationToken)
    {
        await using var transaction = await db.OwnTransaction(cancellationToken);
        await db.LockRights(cancellationToken);
        var before = await db.AdministeredFor(cancellationToken);
        var answer = await next(cancellationToken);
        if (before.Count > 0 && before.Except(await db.AdministeredFor(cancellationToken)).Any())
            throw new BusinessRuleException(IdentityErrors.LastAdministrator);
        await transaction.Commit(cancellationToken);
        return answer;
    }
}
