using Pac.SharedKernel;
using Pac.SharedKernel.WorkingTime;

namespace Pac.Dossiers.Domain;

/// <content>How a dossier comes in (tiếp nhận).</content>
internal sealed partial class Dossier
{
    private const string OtherCase = "Trường hợp của hồ sơ được xác định lại";

    /// <summary>Receives a dossier at a counter or by post, after the check of its components (Decree 118/2025, art. 17).</summary>
    /// <exception cref="BusinessRuleException">A required component is missing, or one is not in the published list.</exception>
    public static Dossier Receive(
        Reception reception,
        Procedure procedure,
        ProcedureVersion version,
        Applicant applicant,
        IReadOnlyList<DossierComponent> components,
        WorkingCalendar calendar,
        string receivedBy,
        DateTimeOffset now
    )
    {
        var content = version.Content.For(reception.VariantCode);
        version.Content.Admit(reception.AsFiled(components, now));
        content.Check(components);
        var dossier = Of(reception, procedure, version, applicant, components, calendar, now);
        dossier.Begin(content, calendar, now);
        dossier.Happened(new DossierWasReceived(dossier, receivedBy, now));
        dossier.DemandBefore(content.Flags, receivedBy, now);
        return dossier;
    }

    /// <summary>Takes in what was submitted through the national portal. It is received when an officer accepts it.</summary>
    /// <exception cref="BusinessRuleException">There is no e-identity, the procedure is not online, or a component is not published.</exception>
    public static Dossier Submit(
        Reception reception,
        string? portalCode,
        DateTimeOffset submittedAt,
        Procedure procedure,
        ProcedureVersion version,
        Applicant applicant,
        IReadOnlyList<DossierComponent> components,
        WorkingCalendar calendar,
        LawInForce law,
        string by,
        DateTimeOffset now
    )
    {
        if (applicant.IdentityNumber is null)
            throw new BusinessRuleException(LifeCycleErrors.IdentityMissing.At("/applicant/identityNumber"));
        if (submittedAt > now)
            throw new BusinessRuleException(LifeCycleErrors.InTheFuture.At("/submittedAt"));
        var content = version.Content.For(reception.VariantCode);
        version.Content.Admit(reception.AsFiled(components, submittedAt) with { RestMayFollow = true });
        content.CheckPublished(components);
        var dossier = Of(reception, procedure, version, applicant, components, calendar, submittedAt);
        dossier.OnlySubmitted = true;
        dossier.PortalCode = portalCode;
        dossier.SubmittedAt = submittedAt;
        dossier.ArrivedAt = now;
        dossier.Status = DossierStatus.Submitted;
        dossier.Intake = Deadline.Start(submittedAt, law.Term(LawInForce.OnlineIntake), calendar);
        dossier.Happened(new DossierWasSubmitted(dossier, by, now));
        dossier.DemandBefore(version.Content.Flags, by, now);
        return dossier;
    }

    /// <summary>
    /// Receives what was submitted online: the legal clock begins, the due instant is promised. Where the right case is to be paid before, the
    /// correction is kept, and the submission waits for its payment as it waited before.
    /// </summary>
    /// <param name="published">What the version of the procedure says, for all its variants.</param>
    /// <param name="corrected">The case as the officer finds it; null when it is as submitted.</param>
    /// <param name="calendar">The hours of the centre.</param>
    /// <param name="by">Subject who accepts it.</param>
    /// <param name="now">Now.</param>
    /// <exception cref="BusinessRuleException">A payment is awaited, a required component or the declared value is missing, or there is no such case.</exception>
    public void Accept(ProcedureContent published, FiledCase? corrected, WorkingCalendar calendar, string by, DateTimeOffset now)
    {
        LifeCycle.Demand(Status, LifeCycle.Accept);
        if (corrected == new FiledCase(VariantCode, PersonGroup, GroupEvidence, Copies, DeclaredValue, CountedPages))
            corrected = null;
        Require(corrected is not null || !Payments.Any(p => p.IsAwaited()), LifeCycleErrors.PaymentFirst);
        if (corrected is not null)
            Correct(published, corrected, by, now);
        var content = published.For(VariantCode);
        published.DemandPrice(AsFiled());
        if (corrected is not null)
            DemandBefore(content.Flags, by, now);
        if (Payments.Any(p => p.IsAwaited()))
            return;
        // What was handed in for another case lies with the dossier and is in nobody's way.
        content.Check([.. Components.Where(c => content.Components.Any(x => x.Code == c.Code))], Channel);
        ReceivedAt = now;
        Intake = null;
        CalendarCode = calendar.Definition.Code;
        Begin(content, calendar, now);
        Happened(new DossierWasReceived(this, by, now));
    }

    /// <summary>Does not accept what was submitted online (form 03).</summary>
    public void Reject(string reason, string legalBasis, string by, DateTimeOffset now)
    {
        LifeCycle.Demand(Status, LifeCycle.Reject);
        Closing = new(reason, legalBasis, Status);
        // What is not accepted costs nothing: what was paid with the submission is given back.
        CancelPayments(true, "Hồ sơ không được tiếp nhận", by, now);
        End(Domain.Outcome.Rejection, DossierStatus.Rejected, now);
        Happened(new DossierWasRejected(this, by, now));
    }

    /// <summary>Names who else has a part in it, at reception.</summary>
    /// <param name="parties">Who.</param>
    /// <param name="flags">Whether the procedure may be left to somebody else.</param>
    /// <param name="handedOn">Whether another system took it in, and checked by what one acts for another.</param>
    /// <exception cref="BusinessRuleException">Somebody acts for another without an authorisation that is in force.</exception>
    public void Involve(Parties parties, ProcedureFlags flags, bool handedOn = false)
    {
        if (parties.Representative is not null)
            DemandAuthorisation(parties, flags, "/involved/representative");
        else if (!handedOn && parties.Capacity is null && IsOtherCitizen(parties.Owner))
        {
            // One's own authorisation is enough where the law lets others act (Civil Code 2015, art. 134 to 138).
            if (parties.Authorisation is null)
                throw new BusinessRuleException(PeopleErrors.CapacityMissing.At("/involved/capacity"));
            DemandAuthorisation(parties, flags, "/involved/owner");
        }
        Parties = parties;
    }

    private void DemandAuthorisation(Parties parties, ProcedureFlags flags, string pointer)
    {
        if (!flags.AllowsAuthorisation)
            throw new BusinessRuleException(PeopleErrors.AuthorisationNotAllowed.At(pointer));
        var day = ReceivedAt.LocalDay();
        if (parties.Authorisation is not { } paper)
            throw new BusinessRuleException(PeopleErrors.AuthorisationMissing.At("/involved/authorisation"));
        if (paper.Date > day || paper.ValidUntil < day)
            throw new BusinessRuleException(PeopleErrors.AuthorisationOver.At("/involved/authorisation"));
    }

    private bool IsOtherCitizen(Party? owner) =>
        owner is { Kind: ApplicantKind.Citizen }
        && Applicant.Kind == ApplicantKind.Citizen
        && !(owner.IdentityNumber?.Index is { } theirs ? Same(Applicant.IdentityIndex, theirs) : owner.Name == Applicant.Name);

    // What is owed follows from the right case, by the prices of the day of submission. What was demanded for the wrong one and not paid is no
    // longer, and what was paid beyond the right one is given back.
    private void Correct(ProcedureContent published, FiledCase corrected, string by, DateTimeOffset now)
    {
        var before = VariantCode;
        (VariantCode, PersonGroup, GroupEvidence, Copies, DeclaredValue, CountedPages) = corrected;
        published.DemandGroup(PersonGroup);
        Reprice(published.For(VariantCode));
        Happened(new CaseWasCorrected(this, before, by, now));
        GiveBackBeyondDue(OtherCase, by, now);
    }

    private void Reprice(ProcedureContent content)
    {
        FeesDue = Tariff.Known(content, AsFiled().Price);
        Payments = [.. Payments.Select(p => p.IsByTariff(ByTariff) ? p with { Status = PaymentStatus.Cancelled } : p)];
        SumUpPayments();
    }

    private Filing AsFiled() =>
        new(
            new(
                ReceivedAt.LocalDay(),
                Channel,
                VariantCode,
                PersonGroup,
                Copies,
                CountedPages ?? FeeQuestion.PagesOf(Components),
                DeclaredValue
            )
        )
        {
            EvidenceAtHand = !string.IsNullOrWhiteSpace(GroupEvidence),
        };

    private static Dossier Of(
        Reception reception,
        Procedure procedure,
        ProcedureVersion version,
        Applicant applicant,
        IReadOnlyList<DossierComponent> components,
        WorkingCalendar calendar,
        DateTimeOffset at
    ) =>
        new()
        {
            Id = new(Guid.CreateVersion7(at)),
            Code = reception.Code,
            CentreCode = reception.CentreCode,
            AssistedCentreCode = reception.AssistedCentreCode == reception.CentreCode ? null : reception.AssistedCentreCode,
            Assistance = reception.Assistance,
            ReturnCentreCode = reception.ReturnCentreCode == reception.CentreCode ? null : reception.ReturnCentreCode,
            CounterId = reception.CounterId,
            AgencyCode = reception.AgencyCode,
            Channel = reception.Channel,
            ProcedureCode = procedure.Code,
            ProcedureVersion = version.Number,
            VariantCode = reception.VariantCode,
            PersonGroup = reception.PersonGroup,
            GroupEvidence = reception.GroupEvidence,
            DeclaredValue = reception.DeclaredValue,
            Copies = reception.Copies,
            FeesDue = Tariff.Known(version.Content.For(reception.VariantCode), reception.AsFiled(components, at).Price),
            FieldCode = procedure.FieldCode,
            Applicant = applicant,
            Components = components,
            ReceivedAt = at,
            CalendarCode = calendar.Definition.Code,
        };

    private void Begin(ProcedureContent content, WorkingCalendar calendar, DateTimeOffset now)
    {
        Status = DossierStatus.Received;
        OnlySubmitted = false;
        Clock = DossierClock.Start(content.LimitFor(Channel), calendar, now);
        Steps = [.. content.Steps.Select((s, i) => new DossierStep(i + 1, s.Role, s.Hours))];
        BeginStep(1, now, calendar);
        Compute(calendar);
        PromisedAt = DueAt;
    }
}
