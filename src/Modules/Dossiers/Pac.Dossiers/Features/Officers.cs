using MediatR;
using Pac.BuildingBlocks.Security;
using Pac.Dossiers.Domain;
using Pac.Identity.Contracts;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features;

/// <summary>Asks the identity module who may work on dossiers or answer feedback, and over which data. Before the hand-over that is for those who receive, afterwards for those who process.</summary>
internal sealed class Officers(ISender sender, CurrentUser user) : IOfficers
{
    public async Task<Action<Dossier>> CheckOf(string officer, CancellationToken ct)
    {
        var (receive, process) = (
            await Reaches(officer, DossiersPermissions.Receive, ct),
            await Reaches(officer, DossiersPermissions.Process, ct)
        );
        if (receive.Count + process.Count == 0)
            throw new BusinessRuleException(QueueErrors.MayNotProcess.At("/assignee"));
        return dossier =>
        {
            var reaches = dossier.IsAtOneStop ? receive : process;
            if (reaches.Count == 0)
                throw new BusinessRuleException(QueueErrors.MayNotProcess.At("/assignee"));
            if (!reaches.Any(dossier.IsInHandOf))
                throw new BusinessRuleException(QueueErrors.AssigneeOfOtherUnit.At("/assignee"));
        };
    }

    public void DemandStage(Dossier dossier, bool orOversees)
    {
        var right = dossier.IsAtOneStop ? DossiersPermissions.Receive : DossiersPermissions.Process;
        if (!user.May(right) && !(orOversees && user.May(DossiersPermissions.Oversee)))
            throw new BusinessRuleException(QueueErrors.NotYourStage);
    }

    // Whoever puts himself in charge acts by his rights already.
    private async Task<List<DataScope>> Reaches(string officer, Permission right, CancellationToken ct) =>
        officer != user.Caller.Subject ? await ReachesOf(officer, right, ct)
        : user.May(right) ? [user.Scope]
        : [];

    public async Task Check(string officer, Feedback matter, string agencyCode, CancellationToken ct)
    {
        var reaches = await ReachesOf(officer, DossiersPermissions.AnswerFeedback, ct);
        if (reaches.Count == 0)
            throw new BusinessRuleException(FeedbackErrors.OfficerMayNot.At("/officer"));
        if (!reaches.Exists(r => matter.IsInReachOf(r, agencyCode)))
            throw new BusinessRuleException(FeedbackErrors.OfficerOfOtherUnit.At("/officer"));
    }

    private async Task<List<DataScope>> ReachesOf(string officer, Permission right, CancellationToken ct) =>
        [.. (await sender.Send(new GetRightHolders(right.Name, [officer], []), ct)).Select(h => DataScope.Parse(h.Scope, h.Subject))];
}
