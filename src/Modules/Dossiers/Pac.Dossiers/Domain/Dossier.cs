using Pac.BuildingBlocks.Auditing;
using Pac.SharedKernel;
using Pac.SharedKernel.WorkingTime;

namespace Pac.Dossiers.Domain;

/// <summary>Who applies. Personal data: never logged, masked in lists.</summary>
/// <param name="Kind">What kind of applicant.</param>
/// <param name="Name">Full name, or name of the organisation.</param>
/// <param name="IdentityNumber">12-digit personal number, 9-digit old card or tax code; null when not known.</param>
/// <param name="Phone">Telephone.</param>
/// <param name="Email">E-mail address.</param>
/// <param name="Address">Postal address.</param>
internal sealed record Applicant(ApplicantKind Kind, string Name, string? IdentityNumber, string? Phone, string? Email, string? Address);

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
internal sealed record Reception(string Code, string CentreCode, Guid? CounterId, string AgencyCode, Channel Channel);

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

    public string FieldCode { get; private set; } = "";

    public string CentreCode { get; private set; } = "";

    public Guid? CounterId { get; private set; }

    public string AgencyCode { get; private set; } = "";

    public Channel Channel { get; private set; }

    public DossierStatus Status { get; private set; }

    [Personal]
    public Applicant Applicant { get; private set; } = null!;

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

    /// <summary>Which system may state its status now.</summary>
    public StatedBy StatedBy { get; private set; }

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
        version.Content.Check(components);
        var clock = DossierClock.Start(version.Content.LimitFor(reception.Channel), calendar, now);
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
            FieldCode = procedure.FieldCode,
            Applicant = applicant,
            Components = components,
            Status = DossierStatus.Received,
            ReceivedAt = now,
            Clock = clock,
            CalendarCode = clock.CalendarCode,
            DueAt = clock.DueAt(calendar),
        };
        dossier.Steps = [.. version.Content.Steps.Select((s, i) => new DossierStep(i + 1, s.Role, s.Hours))];
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

    /// <summary>Lets another system state the status from now on, or takes that back. Whoever states it, no other one does.</summary>
    public void HandStatingOver(StatedBy to, string by, DateTimeOffset now)
    {
        Require(StatedBy != to, ExchangeErrors.StatesAlready);
        StatedBy = to;
        Raise(new StatingWasHandedOver(this, to, by, now));
    }

    /// <summary>
    /// Takes over what the stating system reports. It happened when it happened: lateness, history and figures go by that instant, and nothing
    /// here knows when we were told.
    /// </summary>
    public void Report(DossierStatus status, string by, DateTimeOffset occurredAt)
    {
        Status = status;
        if (status == DossierStatus.Completed && SettledAt is null)
        {
            (SettledAt, Outcome, CurrentStep) = (occurredAt, Domain.Outcome.Result, null);
            Clock = Clock?.End(occurredAt);
            Raise(new DossierWasSettled(this, by, occurredAt));
        }
        else if (status == DossierStatus.Returned && SettledAt is not null && ReturnedAt is null)
        {
            (ReturnedAt, ReturnMethod) = (occurredAt, Domain.ReturnMethod.Online);
            Raise(new DossierWasReturned(this, by, occurredAt));
        }
        else
            Raise(new StatusWasReported(this, status, by, occurredAt));
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
