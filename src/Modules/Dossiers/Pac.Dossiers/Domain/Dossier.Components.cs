using Pac.SharedKernel;

namespace Pac.Dossiers.Domain;

/// <content>Papers that the workflow needs later than at reception.</content>
internal sealed partial class Dossier
{
    /// <summary>
    /// Takes in papers that a later step needs, that are still lacking, or that nobody had to bring. It is no answer to a request and uses none up:
    /// the law limits how often a person is asked, not what a person may bring (Decree 118/2025, art. 11).
    /// </summary>
    public void HandIn(IReadOnlyList<DossierComponent> given, ProcedureContent content, string by, DateTimeOffset now)
    {
        LifeCycle.Demand(Status, LifeCycle.HandIn);
        content.CheckPublished(given);
        var lacking = content.LackingBy(int.MaxValue, Components, Channel);
        for (var i = 0; i < given.Count; i++)
        {
            var asked = content.Components.First(c => c.Code == given[i].Code);
            var at = $"/documents/{i}/code";
            if (asked.FromSharedData)
                throw new BusinessRuleException(ComponentErrors.Shared.With(asked.Code).At(at));
            if ((asked.Step ?? 1) == 1 && Components.Any(c => c.Code == asked.Code) && !lacking.Contains(asked))
                throw new BusinessRuleException(ComponentErrors.ThereAlready.With(asked.Code).At(at));
        }
        content.CheckEnough(given, Channel);
        Components = [.. Components.Where(c => given.All(g => g.Code != c.Code)), .. given];
        Happened(new ComponentsWereHandedIn(this, [.. given.Select(g => g.Code)], by, now));
    }

    /// <summary>Refuses a result while a paper is lacking that some step of the workflow needs.</summary>
    public void RequireComponents(ProcedureContent content)
    {
        LifeCycle.Demand(Status, LifeCycle.Settle);
        if (CurrentStep is { } last && last == Steps.Count)
            RequireComponentsOf(last, content);
    }

    // What another system received says nothing of its papers.
    private void RequireComponentsOf(int step, ProcedureContent? content)
    {
        if (Source is null && content?.LackingBy(step, Components, Channel) is { Count: > 0 } lacking)
            throw new BusinessRuleException(
                ComponentErrors.StepLacks.With(ComponentRules.Written(lacking, false), ComponentRules.Written(lacking, true), step)
            );
    }
}

internal sealed record ComponentsWereHandedIn(Dossier Dossier, IReadOnlyList<string> Codes, string By, DateTimeOffset At) : IDossierAct
{
    public string Act => "componentsHandedIn";

    public string Detail => string.Join(", ", Codes.Take(5));
}
