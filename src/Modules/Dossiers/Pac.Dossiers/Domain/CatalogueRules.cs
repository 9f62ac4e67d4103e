using Pac.SharedKernel;

namespace Pac.Dossiers.Domain;

/// <summary>What the content of a version is checked against.</summary>
/// <param name="Fields">Codes of the fields.</param>
/// <param name="Agencies">Levels of the agencies by code.</param>
/// <param name="LegalBases">The instruments by id.</param>
/// <param name="Templates">Steps of the workflow templates by code.</param>
internal sealed record CatalogueFacts(
    IReadOnlySet<string> Fields,
    IReadOnlyDictionary<string, AgencyLevel> Agencies,
    IReadOnlyDictionary<string, LegalBasis> LegalBases,
    IReadOnlyDictionary<string, IReadOnlyList<WorkflowStep>> Templates
);

/// <summary>The rules that hold within the content of a version, and between it and the rest of the catalogue.</summary>
internal static class CatalogueRules
{
    /// <summary>The content with the steps of its template, where it names one and has no steps itself.</summary>
    public static ProcedureContent WithTemplate(ProcedureContent content, CatalogueFacts facts) =>
        content.Workflow is not { } name ? content
        : facts.Templates.TryGetValue(name, out var steps)
            ? content.Steps.Count > 0 ? content
                : content with { Steps = steps }
        : throw Refused(CatalogueErrors.UnknownTemplate.With(name), "workflow");

    /// <summary>Refuses content that contradicts itself or refers to what there is not.</summary>
    /// <param name="content">The content.</param>
    /// <param name="facts">The rest of the catalogue.</param>
    /// <param name="effectiveFrom">First day it is to be in force; null while that is open.</param>
    public static void Check(ProcedureContent content, CatalogueFacts facts, DateOnly? effectiveFrom)
    {
        CheckTime(content);
        if (content.AgencyCode is { } agency && (!facts.Agencies.TryGetValue(agency, out var level) || level != content.Level))
            throw Refused(DossierErrors.UnknownAgency, "agencyCode");
        if (!content.Flags.NonTerritorial && content.CentreCodes.Count == 0)
            throw Refused(CatalogueErrors.CentresMissing, "centreCodes");
        CheckSteps(content.Steps, "/details/steps", facts);
        for (var i = 0; i < content.Variants.Count; i++)
            CheckSteps(content.Variants[i].Steps ?? [], $"/details/variants/{i}/steps", facts);
        CheckComponents(content);
        CheckFees(content, facts, effectiveFrom);
        for (var i = 0; i < content.LegalBasisIds.Count; i++)
        {
            var basis = Known(facts, content.LegalBasisIds[i], $"legalBasisIds/{i}");
            // Not before its legal effect (domain study T12), and not after it.
            if (effectiveFrom is { } day && !basis.InForceOn(day))
                throw Refused(CatalogueErrors.BasisNotInForce.With(basis.Number), $"legalBasisIds/{i}");
        }
    }

    /// <summary>Who is asked while a step lasts answers before it ends.</summary>
    public static void CheckSteps(IReadOnlyList<WorkflowStep> steps, string pointer, CatalogueFacts? facts = null)
    {
        for (var i = 0; i < steps.Count; i++)
        for (var j = 0; j < (steps[i].Consultations?.Count ?? 0); j++)
        {
            var asked = steps[i].Consultations![j];
            if (asked.Hours > steps[i].Hours)
                throw new BusinessRuleException(CatalogueErrors.ConsultationTooLong.At($"{pointer}/{i}/consultations/{j}/hours"));
            if (facts is not null && asked.AgencyCode is { } agency && !facts.Agencies.ContainsKey(agency))
                throw new BusinessRuleException(DossierErrors.UnknownAgency.At($"{pointer}/{i}/consultations/{j}/agencyCode"));
        }
    }

    private static void CheckTime(ProcedureContent content)
    {
        if (content.SameDayCutOff is not null && content.Terms.Count > 0)
            throw Refused(ProcedureErrors.TermUnclear, "terms");
        if (content.Flags.NoDueDate && (content.Terms.Count > 0 || content.SameDayCutOff is not null))
            throw Refused(CatalogueErrors.TermWithoutDueDate, "flags/noDueDate");
        for (var i = 0; i < content.Variants.Count; i++)
            if (content.Variants[i].SameDayCutOff is not null && content.Variants[i].Terms.Count > 0)
                throw Refused(ProcedureErrors.TermUnclear, $"variants/{i}/terms");
        DemandTimeOfChannels(content, "terms");
        for (var i = 0; i < content.Variants.Count; i++)
            DemandTimeOfChannels(content.For(content.Variants[i].Code), $"variants/{i}/terms");
    }

    // A time that is stated for one way of filing alone would promise nothing to whoever files in another.
    private static void DemandTimeOfChannels(ProcedureContent content, string member)
    {
        if (content.Terms.Count == 0)
            return;
        foreach (var channel in Enum.GetValues<Channel>())
            if (content.Offers(channel) && content.LimitFor(channel).Term is null)
                throw Refused(CatalogueErrors.TimeMissing.With($"{channel}".ToLowerInvariant()), member);
    }

    private static void CheckComponents(ProcedureContent content)
    {
        var variants = content.Variants.Select(v => v.Code).ToHashSet();
        var steps = content.Variants.Select(v => v.Steps?.Count ?? 0).Append(content.Steps.Count).Max();
        for (var i = 0; i < content.Components.Count; i++)
        {
            var component = content.Components[i];
            if (component.Variants?.FirstOrDefault(v => !variants.Contains(v)) is { } unknown)
                throw Refused(CatalogueErrors.UnknownVariant.With(unknown), $"documents/{i}/variants");
            if (component.Step > steps)
                throw Refused(CatalogueErrors.UnknownStep.With(component.Step), $"documents/{i}/step");
        }
    }

    private static void CheckFees(ProcedureContent content, CatalogueFacts facts, DateOnly? effectiveFrom)
    {
        var variants = content.Variants.Select(v => v.Code).ToHashSet();
        var groups = content.PersonGroups.Select(g => g.Code).ToHashSet();
        for (var i = 0; i < content.Fees.Count; i++)
        {
            var fee = content.Fees[i];
            if (fee.VariantCode is { } variant && !variants.Contains(variant))
                throw Refused(CatalogueErrors.UnknownVariant.With(variant), $"fees/{i}/variantCode");
            if (fee.PersonGroup is { } group && !groups.Contains(group))
                throw Refused(CatalogueErrors.UnknownPersonGroup.With(group), $"fees/{i}/personGroup");
            if (fee.EffectiveTo < fee.EffectiveFrom)
                throw Refused(CatalogueErrors.EndsBeforeBegin, $"fees/{i}/effectiveTo");
            if (fee.LegalBasisId is { } id)
                Known(facts, id, $"fees/{i}/legalBasisId");
            var tiers = fee.Tiers ?? [];
            if (
                tiers.Count > 0
                && (fee.Unit is FeeUnit.Dossier or FeeUnit.Value || tiers.Zip(tiers.Skip(1)).Any(p => p.First.From >= p.Second.From))
            )
                throw Refused(CatalogueErrors.TiersUnclear, $"fees/{i}/tiers");
            CheckShares(fee, i);
            if (content.Fees.Take(i).Any(fee.Clashes))
                throw Refused(CatalogueErrors.FeeUnclear, $"fees/{i}");
            if (content.Fees.Take(i).FirstOrDefault(f => f.Code == fee.Code) is { } first && first.Kind != fee.Kind)
                throw Refused(CatalogueErrors.FeeUnclear, $"fees/{i}/kind");
        }
        for (var i = 0; i < content.Exemptions.Count; i++)
        {
            var exemption = content.Exemptions[i];
            if (!groups.Contains(exemption.PersonGroup))
                throw Refused(CatalogueErrors.UnknownPersonGroup.With(exemption.PersonGroup), $"exemptions/{i}/personGroup");
            if (exemption.FeeCode is { } line && content.Fees.All(f => f.Code != line))
                throw Refused(CatalogueErrors.UnknownFee.With(line), $"exemptions/{i}/feeCode");
            if (exemption.EffectiveTo < exemption.EffectiveFrom)
                throw Refused(CatalogueErrors.EndsBeforeBegin, $"exemptions/{i}/effectiveTo");
            Known(facts, exemption.LegalBasisId, $"exemptions/{i}/legalBasisId");
        }
        // The one figure of the list and the prices in full must not tell people different things.
        if (
            content is { FeeDong: { } told, Fees.Count: > 0 }
            && effectiveFrom is { } day
            && Tariff.Quote(content, new(day, Channel.Counter)) is { } lines
            && lines.Sum(l => l.Dong) != told
        )
            throw Refused(CatalogueErrors.FeeDiffers, "feeDong");
    }

    private static void CheckShares(FeeRule fee, int place)
    {
        var shares = fee.Shares ?? [];
        var byValue = fee.Unit == FeeUnit.Value;
        if (byValue != shares.Count > 0 || !byValue && fee.LeastDong is not null)
            throw Refused(CatalogueErrors.SharesUnclear, $"fees/{place}/shares");
        if (shares.Zip(shares.Skip(1)).Any(p => p.First.Above >= p.Second.Above))
            throw Refused(CatalogueErrors.SharesUnclear, $"fees/{place}/shares");
        if (fee.LeastDong > fee.MostDong)
            throw Refused(CatalogueErrors.LeastOverMost, $"fees/{place}/leastDong");
    }

    private static LegalBasis Known(CatalogueFacts facts, string id, string member) =>
        facts.LegalBases.GetValueOrDefault(id) ?? throw Refused(CatalogueErrors.UnknownLegalBasis.With(id), member);

    private static BusinessRuleException Refused(Error error, string member) => new(error.At("/details/" + member));
}
