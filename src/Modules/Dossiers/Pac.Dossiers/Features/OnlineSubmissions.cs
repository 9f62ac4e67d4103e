using Pac.BuildingBlocks.Security;
using Pac.Dossiers.Domain;
using Pac.Dossiers.Domain.Specifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features;

/// <summary>What a person submitted online, whichever way it came here.</summary>
internal sealed record OnlineSubmission(
    string CentreCode,
    string ProcedureCode,
    ApplicantInput Applicant,
    IReadOnlyList<ComponentInput> Documents,
    DateTimeOffset? SubmittedAt,
    string? PortalCode,
    string? AgencyCode,
    string? AssistedAtCentreCode = null,
    string? ReturnAtCentreCode = null
)
{
    /// <summary>The group of the person, where another price holds for it.</summary>
    public string? PersonGroup { get; init; }

    /// <summary>The paper that proves the group.</summary>
    public string? GroupEvidence { get; init; }

    /// <summary>The value that the applicant declares, in dong.</summary>
    public long? DeclaredValue { get; init; }

    /// <summary>Owner and representative.</summary>
    public InvolvedInput? Involved { get; init; }

    /// <summary>The variant of the procedure; null for the ordinary case.</summary>
    public string? VariantCode { get; init; }

    /// <summary>Copies of the result that are wanted.</summary>
    public int Copies { get; init; } = 1;

    /// <summary>How the person wants to be told.</summary>
    public NotificationWishInput? Notifications { get; init; }

    /// <summary>
    /// Whether another system took it in and hands it on: it knows fewer kinds of applicants and no declared value, which the officer who accepts it
    /// looks at.
    /// </summary>
    public bool HandedOn { get; init; }
}

/// <summary>Takes online submissions in; the following save writes them.</summary>
internal sealed class OnlineSubmissions(
    IRepository<Dossier> dossiers,
    ICatalogue catalogue,
    IDossierNumbers numbers,
    ILaw laws,
    CentreCalendars centres,
    IIdentityNumbers identityNumbers,
    CurrentUser user,
    TimeProvider clock
)
{
    /// <summary>Takes one in.</summary>
    /// <exception cref="BusinessRuleException">It cannot be taken, or was taken before.</exception>
    public async Task<Dossier> Take(OnlineSubmission s, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var today = now.LocalDay();
        var centre =
            await centres.Find(s.CentreCode, 0, ct) ?? throw new BusinessRuleException(DossierErrors.UnknownCentre.At("/centreCode"));
        await centres.Check(s.AssistedAtCentreCode, "/assistedAtCentreCode", ct);
        await centres.Check(s.ReturnAtCentreCode, "/returnAtCentreCode", ct);
        var procedure = await catalogue.Refresh(s.ProcedureCode, ct);
        if (procedure?.InForceOn(today) is not { } version)
            throw new BusinessRuleException(DossierErrors.UnknownProcedure.At("/procedureCode"));
        var agency = await catalogue.CompetentAgency(s.AgencyCode, version.Content, today, ct);
        if (!VisibleIn.Covers(user.Scope, centre.Code, agency))
            throw new BusinessRuleException(DossierErrors.OutsideScope.At("/centreCode"));
        var components = ComponentInput.Read(s.Documents);
        Admit(s, version.Content, components, (s.SubmittedAt ?? now).LocalDay());
        version.Content.For(s.VariantCode).CheckPublished(components);
        // A person who submitted once must not have two dossiers; of two at the same time the unique index refuses one.
        if (s.PortalCode is { } code && await dossiers.Any(new DossierWithPortalCode(code), ct))
            throw new BusinessRuleException(LifeCycleErrors.AlreadySubmitted.At("/portalCode"));
        var law = await laws.On(today, ct);
        var (applicant, parties) = (await s.Applicant.Kept(identityNumbers, ct), await s.Involved.Kept(identityNumbers, ct));
        var key = new FigureKey(centre.Code, agency, procedure.FieldCode, procedure.Code, Channel.Online, default);
        var number = await numbers.NextUncounted(today, key, centre.Calendar.Definition.Code, ct);
        if (number.CalendarVersion > centre.Calendar.Definition.Version)
            centre = (await centres.Find(s.CentreCode, number.CalendarVersion, ct))!;
        var dossier = Dossier.Submit(
            new(
                DossierCode.Write(agency, today, number.Serial),
                centre.Code,
                null,
                agency,
                Channel.Online,
                s.AssistedAtCentreCode,
                s.ReturnAtCentreCode
            )
            {
                VariantCode = s.VariantCode,
                Copies = s.Copies,
                PersonGroup = s.PersonGroup,
                GroupEvidence = s.GroupEvidence,
                DeclaredValue = s.DeclaredValue,
            },
            s.PortalCode,
            s.SubmittedAt ?? now,
            procedure,
            version,
            applicant,
            components,
            centre.Calendar,
            law,
            user.Caller.Subject,
            now
        );
        if (parties is not null)
            dossier.Involve(parties, version.Content.Flags ?? ProcedureFlags.Usual, s.HandedOn);
        if (s.Notifications is { } wish)
            dossier.WishFor(wish.Read());
        dossiers.Add(dossier);
        return dossier;
    }

    // Checked before a number is taken: whoever is refused does not make others wait.
    private static void Admit(OnlineSubmission s, ProcedureContent content, List<DossierComponent> components, DateOnly day) =>
        content.Admit(
            new(new(day, Channel.Online, s.VariantCode, s.PersonGroup, s.Copies, FeeQuestion.PagesOf(components), s.DeclaredValue))
            {
                CentreCode = s.CentreCode,
                ApplicantKind = s.HandedOn ? null : s.Involved.KindConcerned(s.Applicant),
                EvidenceAtHand = !string.IsNullOrWhiteSpace(s.GroupEvidence),
                RestMayFollow = s.HandedOn,
            }
        );
}
