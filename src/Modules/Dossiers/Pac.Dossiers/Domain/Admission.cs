using Pac.SharedKernel;

namespace Pac.Dossiers.Domain;

/// <summary>What somebody means to hand in, as far as it decides whether it may be handed in there, in that way and by that person.</summary>
/// <param name="Price">The day, the channel, the variant and all that the price follows from.</param>
internal sealed record Filing(FeeQuestion Price)
{
    /// <summary>The centre; null while it is not known.</summary>
    public string? CentreCode { get; init; }

    /// <summary>What kind of person it concerns; null when that was judged already.</summary>
    public ApplicantKind? ApplicantKind { get; init; }

    /// <summary>Whether the paper that proves the group is there.</summary>
    public bool EvidenceAtHand { get; init; }

    /// <summary>Whether the declared value and the pages may be told later: the national portal does not hand them on.</summary>
    public bool RestMayFollow { get; init; }
}

/// <summary>
/// Who may file, in which way and where (Decree 63/2010/NĐ-CP, art. 8; Decree 118/2025/NĐ-CP, art. 14): one rule for the counter, the post, the
/// submission online and the check before filing.
/// </summary>
internal static class Admission
{
    /// <summary>Whether it can be handed in over a channel. Where no channels are stated, all are open but those the online level closes.</summary>
    public static bool Offers(this ProcedureContent content, Channel channel) =>
        (content.Channels.Count == 0 || content.Channels.Contains(channel))
        && (channel != Channel.Online || content.OnlineLevel != OnlineLevel.CounterOnly);

    /// <summary>Whether any centre receives it, or this one does.</summary>
    public static bool IsReceivedAt(this ProcedureContent content, string centreCode) =>
        content.Flags.NonTerritorial || content.CentreCodes.Contains(centreCode);

    /// <summary>
    /// Whether it is open to a kind of applicant. A household business is no person of its own, its members act (Civil Code 2015, art. 101): it may
    /// file what citizens may. A state body is an organisation.
    /// </summary>
    public static bool IsOpenTo(this ProcedureContent content, ApplicantKind kind) =>
        content.ApplicantKinds.Count == 0
        || content.ApplicantKinds.Contains(kind)
        || kind == ApplicantKind.HouseholdBusiness && content.ApplicantKinds.Contains(ApplicantKind.Citizen)
        || kind == ApplicantKind.StateBody && content.ApplicantKinds.Contains(ApplicantKind.Organisation);

    /// <summary>Refuses a group that the procedure does not know.</summary>
    /// <exception cref="BusinessRuleException">There is no such group.</exception>
    public static void DemandGroup(this ProcedureContent content, string? personGroup)
    {
        if (personGroup is not null && !content.PersonGroups.Any(g => g.Code == personGroup))
            throw new BusinessRuleException(CatalogueErrors.UnknownPersonGroup.With(personGroup).At("/personGroup"));
    }

    /// <summary>What stands in the way, beside missing components.</summary>
    public static IEnumerable<Error> Obstacles(this ProcedureContent content, Filing filing)
    {
        var price = filing.Price;
        if (filing.CentreCode is { } centre && !content.IsReceivedAt(centre))
            yield return CatalogueErrors.NotReceivedThere.At("/centreCode");
        if (!content.Offers(price.Channel))
            yield return content.OnlineLevel == OnlineLevel.CounterOnly && price.Channel == Channel.Online
                ? LifeCycleErrors.CounterOnly.At("/procedureCode")
                : CatalogueErrors.ChannelNotOffered.At("/channel");
        if (filing.ApplicantKind is { } kind && !content.IsOpenTo(kind))
            yield return CatalogueErrors.KindNotAdmitted.At("/applicant/kind");
        foreach (var obstacle in content.ObstaclesToPrice(filing))
            yield return obstacle;
    }

    /// <summary>Refuses what may not be handed in there, in that way or by that person.</summary>
    /// <exception cref="BusinessRuleException">Something stands in the way; the first obstacle is told.</exception>
    public static void Admit(this ProcedureContent content, Filing filing)
    {
        content.DemandGroup(filing.Price.PersonGroup);
        Refuse(content.Obstacles(filing));
    }

    /// <summary>Refuses what leaves open what is to be paid, of a submission that was admitted before.</summary>
    /// <exception cref="BusinessRuleException">There is no such group, no declared value, no count of the pages, or no proof of the group.</exception>
    public static void DemandPrice(this ProcedureContent content, Filing filing)
    {
        content.DemandGroup(filing.Price.PersonGroup);
        Refuse(content.ObstaclesToPrice(filing));
    }

    private static IEnumerable<Error> ObstaclesToPrice(this ProcedureContent content, Filing filing)
    {
        var price = filing.Price;
        if (price.DeclaredValue is null && !filing.RestMayFollow && Tariff.By(FeeUnit.Value, content, price).Count > 0)
            yield return PaymentErrors.DeclaredValueMissing.At("/declaredValue");
        if (price.Pages is null && !filing.RestMayFollow && Tariff.By(FeeUnit.Page, content, price).Count > 0)
            yield return PaymentErrors.PagesMissing.At("/documents");
        // Whoever pays less than others proves it.
        if (!filing.EvidenceAtHand && Tariff.Spares(content, price))
            yield return PaymentErrors.EvidenceMissing.At("/groupEvidence");
    }

    private static void Refuse(IEnumerable<Error> obstacles)
    {
        if (obstacles.FirstOrDefault() is { } obstacle)
            throw new BusinessRuleException(obstacle);
    }
}
