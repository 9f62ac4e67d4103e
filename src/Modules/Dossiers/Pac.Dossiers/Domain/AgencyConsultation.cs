using Pac.BuildingBlocks.Auditing;
using Pac.SharedKernel;
using Pac.SharedKernel.WorkingTime;

namespace Pac.Dossiers.Domain;

/// <summary>What a consulted agency thinks.</summary>
internal enum Opinion
{
    /// <summary>It agrees (đồng ý).</summary>
    Agrees,

    /// <summary>It does not agree (không đồng ý).</summary>
    Objects,

    /// <summary>It has no opinion, or is not competent (không có ý kiến).</summary>
    None,
}

/// <summary>
/// An opinion that is asked of another agency while a dossier is worked on (lấy ý kiến phối hợp). Several are asked at once; the legal clock of the
/// dossier runs on, since the person waits either way.
/// </summary>
internal sealed class AgencyConsultation : AggregateRoot
{
    private AgencyConsultation() { }

    public AgencyConsultationId Id { get; private set; }

    public DossierId DossierId { get; private set; }

    /// <summary>What the consulted agency may know of the dossier, whose own data it does not see.</summary>
    public string DossierCode { get; private set; } = "";

    public string ProcedureCode { get; private set; } = "";

    /// <summary>The agency that asks.</summary>
    public string AskedFor { get; private set; } = "";

    /// <summary>The agency that is asked.</summary>
    public string AgencyCode { get; private set; } = "";

    [Personal]
    public string Question { get; private set; } = "";

    public DateTimeOffset AskedAt { get; private set; }

    public string AskedBy { get; private set; } = "";

    /// <summary>The working hours it was given; null for what was asked before they were kept.</summary>
    public decimal? AllottedHours { get; private set; }

    public DateTimeOffset DueAt { get; private set; }

    public DateTimeOffset? AnsweredAt { get; private set; }

    public string? AnsweredBy { get; private set; }

    public Opinion? Opinion { get; private set; }

    [Personal]
    public string? Answer { get; private set; }

    /// <summary>Number of the written answer.</summary>
    public string? DocumentNumber { get; private set; }

    public DateTimeOffset? WithdrawnAt { get; private set; }

    /// <summary>Whether nobody has answered it or taken it back.</summary>
    public bool IsAwaited => AnsweredAt is null && WithdrawnAt is null;

    /// <summary>How the answer lies to its time; null while there is none.</summary>
    public Timeliness? Result => AnsweredAt is { } at ? DossierClock.Judge(at, DueAt) : null;

    public static AgencyConsultation Ask(
        Dossier dossier,
        string agencyCode,
        string question,
        decimal hours,
        WorkingCalendar calendar,
        string by,
        DateTimeOffset now
    )
    {
        var asked = new AgencyConsultation
        {
            Id = new(Guid.CreateVersion7(now)),
            DossierId = dossier.Id,
            DossierCode = dossier.Code,
            ProcedureCode = dossier.ProcedureCode,
            AskedFor = dossier.HandlingAgency,
            AgencyCode = agencyCode,
            Question = question,
            AskedAt = now,
            AskedBy = by,
            AllottedHours = hours,
            DueAt = AgencyTurn.DueOf(now, hours, calendar)!.Value,
        };
        dossier.Consult(asked, by, now);
        asked.Touch();
        return asked;
    }

    /// <summary>Is due by a newer calendar; what was answered or taken back keeps its time.</summary>
    public void FollowCalendar(Dossier dossier, WorkingCalendar calendar, string reason, DateTimeOffset now)
    {
        if (!IsAwaited || dossier.SettledAt is not null || AllottedHours is not { } hours)
            return;
        var (before, after) = (DueAt, AgencyTurn.DueOf(AskedAt, hours, calendar)!.Value);
        if (before == after)
            return;
        DueAt = after;
        dossier.NoteConsultationMoved(this, before, calendar, reason, now);
        Touch();
    }

    /// <summary>Gives the opinion, once. A late one is taken too: the officer decides what it is worth.</summary>
    public void GiveOpinion(Dossier dossier, Opinion opinion, string answer, string? documentNumber, string by, DateTimeOffset now)
    {
        Require(IsAwaited, ConsultationErrors.Closed);
        Require(dossier.SettledAt is null, ConsultationErrors.DossierEnded);
        (Opinion, Answer, DocumentNumber, AnsweredAt, AnsweredBy) = (opinion, answer, documentNumber, now, by);
        dossier.NoteOpinion(this, by, now);
        Touch();
    }

    /// <summary>Takes the question back.</summary>
    public void Withdraw(Dossier dossier, string reason, string by, DateTimeOffset now)
    {
        Require(IsAwaited, ConsultationErrors.Closed);
        WithdrawnAt = now;
        dossier.NoteConsultationWithdrawn(this, reason, by, now);
        Touch();
    }

    private static void Require(bool holds, Error error)
    {
        if (!holds)
            throw new BusinessRuleException(error);
    }
}
