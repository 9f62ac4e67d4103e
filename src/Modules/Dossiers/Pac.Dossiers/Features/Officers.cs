using MediatR;
using Pac.BuildingBlocks.Security;
using Pac.Dossiers.Domain;
using Pac.Identity.Contracts;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features;

/// <summary>Asks the identity module who may work on dossiers, and over which data.</summary>
internal sealed class Officers(ISender sender, CurrentUser user) : IOfficers
{
    public async Task<Action<Dossier>> CheckOf(string officer, CancellationToken ct)
    {
        // Whoever puts himself in charge acts by that right already.
        List<DataScope> reaches =
            officer == user.Caller.Subject
                ? [user.Scope]
                :
                [
                    .. (await sender.Send(new GetRightHolders(DossiersPermissions.Process.Name, [officer], []), ct)).Select(h =>
                        DataScope.Parse(h.Scope, h.Subject)
                    ),
                ];
        if (reaches.Count == 0)
            throw new BusinessRuleException(QueueErrors.MayNotProcess.At("/assignee"));
        return dossier =>
        {
            if (!reaches.Any(dossier.IsInHandOf))
                throw new BusinessRuleException(QueueErrors.AssigneeOfOtherUnit.At("/assignee"));
        };
    }
}
