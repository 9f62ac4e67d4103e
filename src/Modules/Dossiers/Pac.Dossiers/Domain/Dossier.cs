using Pac.BuildingBlocks.Auditing;
using Pac.SharedKernel;
using Pac.SharedKernel.WorkingTime;

namespace Pac.Dossiers.Domain;

/// <summary>A component (thành phần hồ sơ) that was handed in.</summary>
/// <param name="Code">Code within the procedure.</param>
/// <param name="Kind">Original, copy or file.</param>
/// <param name="Quantity">How many sets.</param>
/// <param name="Pages">How many pages each.</param>
internal sealed record DossierComponent(string Code, CopyKind Kind, int Quantity, int? Pages);

/// <summary>The document that settles a dossier.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Date">Its date.</param>
/// <param name="Signer">Who signed, by office.</param>
/// <param name="Reason">Why it was refused; null for a result.</param>
internal sealed record ResultDocument(string Number, DateOnly Date, string Signer, string? Reason);

/// <summary>Where and how a dossier is received.</summary>
/// <param name="Code">Its code.</param>
/// <param name="CentreCode">The centre.</param>
/// <param name="CounterId">The counter, when there is one.</param>
/// <param name="AgencyCode">The competent agency.</param>
/// <param name="Channel">How it came in.</param>
internal sealed record Reception(string Code, string CentreCode, Guid? CounterId, string AgencyCode, Channel Channel)
{
    /// <summary>The variant of the procedure; null for the ordinary case.</summary>
    public string? VariantCode { get; init; }

    /// <summary>The group of the person, where another price holds for it.</summary>
    public string? PersonGroup { get; init; }

    /// <summary>Copies of the result that are wanted.</summary>
    public int Copies { get; init; } = 1;
}

/// <summary>A dossier (hồ sơ thủ tục hành chính): a person's request on its way from the counter to the result.</summary>
internal sealed class Dossier : AggregateRoot
{
    private Dossier() { }

    public DossierId Id { get; private set; }

    /// <summary>Code shown to people (mã hồ sơ); an attribute, not the identity.</summary>
    public string Code { get; private set; } = "";

    public string ProcedureCode { get; private set; } = "";

    /// <summary>The version of the procedure that was in force at reception; a later version changes nothing for this dossier.</summary>
    public int ProcedureVersion { get; private set; }

    /// <summary>The variant of the procedure (trường hợp); null for the ordinary case.</summary>
    public string? VariantCode { get; private set; }

    /// <summary>The group of the person, where another price holds for it (đối tượng).</summary>
    [Personal]
    public string? PersonGroup { get; private set; }

    /// <summary>What was to be paid on the day of reception; empty when nothing is, or when it follows from a tariff.</summary>
    public IReadOnlyList<FeeDue> FeesDue { get; private set; } = [];

    public string FieldCode { get; private set; } = "";

    public string CentreCode { get; private set; } = "";

    public Guid? CounterId { get; private set; }

    public string AgencyCode { get; private set; } = "";

    public Channel Channel { get; private set; }

    public DossierStatus Status { get; private set; }

    [Personal]
    public Applicant Applicant { get; private set; } = null!;

    /// <summary>Owner and representative; null when the applicant acts for himself alone.</summary>
    [Personal]
    public Parties? Parties { get; private set; }

    /// <summary>What was decided about dossiers that look like this one; null while nobody has been asked.</summary>
    public IReadOnlyList<DuplicateVerdict>? DuplicateVerdicts { get; private set; }

    public IReadOnlyList<DossierComponent> Components { get; private set; } = [];

    public DateTimeOffset ReceivedAt { get; private set; }

    /// <summary>When the result is promised (ngày hẹn trả); null when nothing is promised.</summary>
    public DateTimeOffset? DueAt { get; private set; }

    public DossierClock? Clock { get; private set; }

    /// <summary>The calendar of the clock, beside it for the search; null for imported dossiers.</summary>
    public string? CalendarCode { get; private set; }

    public IReadOnlyList<DossierStep> Steps { get; private set; } = [];

    /// <summary>Number of the step in hand; null before the first and after the last.</summary>
    public int? CurrentStep { get; private set; }

    /// <summary>Subject of the officer in charge.</summary>
    public string? AssignedTo { get; private set; }

    public DateTimeOffset? SettledAt { get; private set; }

    public Outcome? Outcome { get; private set; }

    public ResultDocument? Result { get; private set; }

    public DateTimeOffset? ReturnedAt { get; private set; }

    public ReturnMethod? ReturnMethod { get; private set; }

    [Personal]
    public string? ReturnedTo { get; private set; }

    /// <summary>Why it was late, in words.</summary>
    public string? LateCause { get; private set; }

    /// <summary>System it was imported from; null when it was received here.</summary>
    public string? Source { get; private set; }

    /// <summary>Its id in that system.</summary>
    public string? SourceId { get; private set; }

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
        content.Check(components);
        var clock = DossierClock.Start(content.LimitFor(reception.Channel), calendar, now);
        var dossier = new Dossier
        {
            Id = new(Guid.CreateVersion7(now)),
            Code = reception.Code,
            CentreCode = reception.CentreCode,
            CounterId = reception.CounterId,
            AgencyCode = reception.AgencyCode,
            Channel = reception.Channel,
            ProcedureCode = procedure.Code,
            ProcedureVersion = version.Number,
            VariantCode = reception.VariantCode,
            PersonGroup = reception.PersonGroup,
            FeesDue = Tariff.Quote(content, Asked(reception, components, now)) ?? [],
            FieldCode = procedure.FieldCode,
            Applicant = applicant,
            Components = components,
            Status = DossierStatus.Received,
            ReceivedAt = now,
            Clock = clock,
            CalendarCode = clock.CalendarCode,
            DueAt = clock.DueAt(calendar),
        };
        dossier.Steps = [.. content.Steps.Select((s, i) => new DossierStep(i + 1, s.Role, s.Hours))];
        dossier.Begin(1, now, calendar);
        dossier.Raise(new DossierWasReceived(dossier, receivedBy, now));
        return dossier;
    }

    /// <summary>Hands the dossier over to the competent agency: on the day it came, at the latest at the start of the next working day.</summary>
    public void Transfer(string by, string? note, WorkingCalendar calendar, DateTimeOffset now)
    {
        Require(Status == DossierStatus.Received, DossierErrors.NotReceived);
        FinishStep(by, note, calendar, now);
        Status = DossierStatus.InProcess;
        Raise(new DossierWasTransferred(this, by, now));
    }

    /// <summary>Names the officer in charge.</summary>
    public void Assign(string assignee, string by, DateTimeOffset now)
    {
        Require(Status == DossierStatus.InProcess, DossierErrors.NotInProcess);
        AssignedTo = assignee;
        Raise(new DossierWasAssigned(this, assignee, by, now));
    }

    /// <summary>Hands the step in hand over to the next one. The last step ends by settling.</summary>
    public void CompleteStep(string by, string? note, WorkingCalendar calendar, DateTimeOffset now)
    {
        Require(Status == DossierStatus.InProcess, DossierErrors.NotInProcess);
        Require(CurrentStep < Steps.Count, DossierErrors.LastStep);
        FinishStep(by, note, calendar, now);
        Raise(new StepWasCompleted(this, Steps[CurrentStep!.Value - 2], by, now));
    }

    /// <summary>Ends the work with a signed document: the result, or a refusal with its reason.</summary>
    public void Settle(ResultDocument document, string? lateCause, string by, DateTimeOffset now)
    {
        Require(Status == DossierStatus.InProcess, DossierErrors.NotInProcess);
        // A refusal may come at any step; a result needs all of them. What was imported while open has no steps here.
        Require(document.Reason is not null || CurrentStep is null || CurrentStep == Steps.Count, DossierErrors.StepsOpen);
        if (DossierClock.Judge(now, DueAt) == Timeliness.Late && string.IsNullOrWhiteSpace(lateCause))
            throw new BusinessRuleException(DossierErrors.LateCauseMissing);
        if (CurrentStep is { } current)
            Steps = Replaced(Steps[current - 1].Complete(now, by, null));
        CurrentStep = null;
        Status = DossierStatus.Completed;
        SettledAt = now;
        Outcome = document.Reason is null ? Domain.Outcome.Result : Domain.Outcome.Refusal;
        Result = document;
        LateCause = DossierClock.Judge(now, DueAt) == Timeliness.Late ? lateCause : null;
        Clock = Clock?.End(now);
        Raise(new DossierWasSettled(this, by, now));
    }

    /// <summary>Gives the result back. Being late never blocks it.</summary>
    public void Return(ReturnMethod method, string? receiver, string by, DateTimeOffset now)
    {
        Require(Status == DossierStatus.Completed, DossierErrors.NotCompleted);
        if (method == Domain.ReturnMethod.Counter && string.IsNullOrWhiteSpace(receiver))
            throw new BusinessRuleException(DossierErrors.ReceiverMissing);
        Status = DossierStatus.Returned;
        ReturnedAt = now;
        ReturnMethod = method;
        ReturnedTo = receiver;
        Raise(new DossierWasReturned(this, by, now));
    }

    /// <summary>Names who else has a part in it, at reception.</summary>
    /// <exception cref="BusinessRuleException">Somebody acts for another without an authorisation that is in force.</exception>
    public void Involve(Parties parties)
    {
        if (parties.Representative is not null)
        {
            var day = ReceivedAt.LocalDay();
            if (parties.Authorisation is not { } paper)
                throw new BusinessRuleException(PeopleErrors.AuthorisationMissing.At("/authorisation"));
            if (paper.Date > day || paper.ValidUntil < day)
                throw new BusinessRuleException(PeopleErrors.AuthorisationOver.At("/authorisation"));
        }
        Parties = parties;
    }

    /// <summary>Records what a person decided about another dossier of the same person and procedure.</summary>
    public void JudgeDuplicate(Dossier other, bool same, string reason, string by, DateTimeOffset now)
    {
        if (other.Id == Id)
            throw new BusinessRuleException(PeopleErrors.SameDossier.At("/otherId"));
        var alike =
            ProcedureCode == other.ProcedureCode
            && Applicant.IdentityIndex is { } index
            && other.Applicant.IdentityIndex is { } others
            && index.AsSpan().SequenceEqual(others);
        if (!alike)
            throw new BusinessRuleException(PeopleErrors.OtherPerson.At("/otherId"));
        DuplicateVerdicts =
        [
            .. (DuplicateVerdicts ?? []).Where(v => v.OtherId != other.Id.Value),
            new(other.Id.Value, same, reason, by, now),
        ];
        Raise(new DuplicateWasJudged(this, other.Code, same, by, now));
    }

    /// <summary>Computes the due instant anew by a newer version of its calendar; the same instant leaves no trace.</summary>
    public void FollowCalendar(WorkingCalendar calendar, DateTimeOffset now)
    {
        if (Clock is null || calendar.Definition.Code != CalendarCode || calendar.Definition.Version <= Clock.CalendarVersion)
            return;
        Clock = Clock with { CalendarVersion = calendar.Definition.Version };
        var before = DueAt;
        DueAt = Clock.DueAt(calendar);
        if (DueAt != before)
            Raise(new DueTimeMoved(this, before, "system", now));
    }

    /// <summary>
    /// Follows another version or variant of its procedure from here on, which somebody approved for a reason. What was done stays as it was recorded; the
    /// step in hand and those after it are the new ones, and the legal clock is computed anew from the reception.
    /// </summary>
    /// <exception cref="BusinessRuleException">The person would have to be asked for more, or another agency would be competent.</exception>
    public void MoveToVersion(
        ProcedureVersion version,
        string? variantCode,
        Approval approval,
        WorkingCalendar calendar,
        DateTimeOffset now
    )
    {
        Require(
            SettledAt is null && Clock is not null && Status is not (DossierStatus.Submitted or DossierStatus.Rejected),
            CatalogueErrors.NotMovable
        );
        Require((ProcedureVersion, VariantCode) != (version.Number, variantCode), CatalogueErrors.SameVersion);
        if (version.EffectiveFrom > now.LocalDay())
            throw new BusinessRuleException(CatalogueErrors.VersionNotThere.At("/version"));
        if (version.Content.AgencyCode is { } agency && agency != AgencyCode)
            throw new BusinessRuleException(CatalogueErrors.MoveChangesAgency.At("/version"));
        var content = version.Content.For(variantCode);
        content.Check([.. Components.Where(c => content.Components.Any(x => x.Code == c.Code))]);
        var before = ProcedureVersion;
        (ProcedureVersion, VariantCode) = (version.Number, variantCode);
        Clock = Clock! with
        {
            Rule = content.LimitFor(Channel),
            CalendarVersion = Math.Max(Clock.CalendarVersion, calendar.Definition.Version),
        };
        DueAt = Clock.DueAt(calendar);
        Steps = Rerouted(content.Steps, calendar);
        Raise(new DossierWasMoved(this, before, approval, now));
    }

    // Steps done stay. The step in hand keeps its begin; when the new workflow is shorter, it becomes the last one.
    private IReadOnlyList<DossierStep> Rerouted(IReadOnlyList<WorkflowStep> workflow, WorkingCalendar calendar)
    {
        if (CurrentStep is not { } current)
            return Steps;
        List<DossierStep> steps = [.. Steps.Take(current - 1)];
        var inHand = Steps[current - 1];
        steps.Add(
            workflow.Count < current
                ? inHand
                : new DossierStep(current, workflow[current - 1].Role, workflow[current - 1].Hours).Start(inHand.StartedAt!.Value, calendar)
        );
        steps.AddRange(workflow.Skip(current).Select((s, i) => new DossierStep(current + 1 + i, s.Role, s.Hours)));
        return steps;
    }

    // Pages are those of what is handed in; one that was not counted leaves them unknown.
    private static FeeQuestion Asked(Reception reception, IReadOnlyList<DossierComponent> components, DateTimeOffset now) =>
        new(
            now.LocalDay(),
            reception.Channel,
            reception.VariantCode,
            reception.PersonGroup,
            reception.Copies,
            components.Count > 0 && components.All(c => c.Pages is not null) ? components.Sum(c => c.Pages!.Value) : null
        );

    private void FinishStep(string by, string? note, WorkingCalendar calendar, DateTimeOffset now)
    {
        var current = CurrentStep!.Value;
        Steps = Replaced(Steps[current - 1].Complete(now, by, note));
        Begin(current + 1, now, calendar);
        AssignedTo = null;
    }

    private void Begin(int number, DateTimeOffset now, WorkingCalendar calendar)
    {
        if (number > Steps.Count)
        {
            CurrentStep = null;
            return;
        }
        Steps = Replaced(Steps[number - 1].Start(now, calendar));
        CurrentStep = number;
    }

    private IReadOnlyList<DossierStep> Replaced(DossierStep step) => [.. Steps.Select(s => s.Number == step.Number ? step : s)];

    private static void Require(bool holds, Error error)
    {
        if (!holds)
            throw new BusinessRuleException(error);
    }
}
