using Pac.SharedKernel;

namespace Pac.Dossiers.Domain;

/// <summary>What may be handed in and asked for, by the published list of a procedure.</summary>
internal static class SupplementRules
{
    /// <summary>Checks that everything handed in is in the published list, once; whether it is complete is judged by an officer.</summary>
    public static void CheckPublished(this ProcedureContent content, IReadOnlyList<DossierComponent> given)
    {
        var seen = new HashSet<string>();
        for (var i = 0; i < given.Count; i++)
        {
            if (content.Components.All(c => c.Code != given[i].Code))
                throw new BusinessRuleException(DossierErrors.ComponentUnknown.With(given[i].Code).At($"/documents/{i}/code"));
            if (!seen.Add(given[i].Code))
                throw new BusinessRuleException(DossierErrors.ComponentTwice.With(given[i].Code).At($"/documents/{i}/code"));
        }
    }

    /// <summary>Checks that nothing is asked for of which a valid file lies with the dossier, used again or from a shared store, but to verify it.</summary>
    public static void CheckNotDigital(this IReadOnlyList<SupplementItem> items, IReadOnlyList<Files.DossierFile> digital)
    {
        for (var i = 0; i < items.Count; i++)
            if (!items[i].Verification && digital.Any(f => f.ComponentCode == items[i].Code))
                throw new BusinessRuleException(LifeCycleErrors.SupplementDigital.With(items[i].Code).At($"/items/{i}/code"));
    }

    /// <summary>Checks what is asked for: out of the published list, and what is digital already only to verify it (Decree 118/2025, art. 5).</summary>
    public static void CheckAskedFor(this ProcedureContent content, IReadOnlyList<SupplementItem> items)
    {
        var seen = new HashSet<string>();
        for (var i = 0; i < items.Count; i++)
        {
            var at = $"/items/{i}/code";
            var component = content.Components.FirstOrDefault(c => c.Code == items[i].Code);
            if (component is null)
                throw new BusinessRuleException(LifeCycleErrors.SupplementUnpublished.With(items[i].Code).At(at));
            if (component.FromSharedData && !items[i].Verification)
                throw new BusinessRuleException(LifeCycleErrors.SupplementDigital.With(items[i].Code).At(at));
            if (!seen.Add(items[i].Code))
                throw new BusinessRuleException(DossierErrors.ComponentTwice.With(items[i].Code).At(at));
        }
    }
}
