using Pac.SharedKernel;
using Pac.SharedKernel.WorkingTime;

namespace Pac.Dossiers.Domain;

/// <content>Opinions of other agencies.</content>
internal sealed partial class Dossier
{
    /// <summary>Notes that another agency is asked.</summary>
    public void Consult(AgencyConsultation asked, string by, DateTimeOffset now)
    {
        LifeCycle.Demand(Status, LifeCycle.Consult);
        if (asked.AgencyCode == HandlingAgency)
            throw new BusinessRuleException(LifeCycleErrors.SameAgency.At("/agencyCode"));
        Happened(new AgencyWasConsulted(this, asked.AgencyCode, by, now));
    }

    /// <summary>Notes what the other agency thinks.</summary>
    public void NoteOpinion(AgencyConsultation asked, string by, DateTimeOffset now) =>
        Happened(new OpinionWasGiven(this, asked.AgencyCode, asked.Opinion!.Value, by, now));

    /// <summary>Notes that a newer calendar moved when the opinion is due.</summary>
    public void NoteConsultationMoved(
        AgencyConsultation asked,
        DateTimeOffset before,
        WorkingCalendar calendar,
        string reason,
        DateTimeOffset now
    ) =>
        Happened(
            new DueTimeMoved(
                this,
                "consultation:" + asked.AgencyCode,
                before,
                asked.DueAt,
                calendar.Definition.Version,
                reason,
                "system",
                now
            )
        );

    /// <summary>Notes that the question was taken back.</summary>
    public void NoteConsultationWithdrawn(AgencyConsultation asked, string reason, string by, DateTimeOffset now) =>
        Happened(new ConsultationWasWithdrawn(this, asked.AgencyCode, reason, by, now));
}

internal sealed record AgencyWasConsulted(Dossier Dossier, string Agency, string By, DateTimeOffset At) : IDossierAct
{
    public string Act => "consulted";

    public string Detail => Agency;
}

internal sealed record OpinionWasGiven(Dossier Dossier, string Agency, Opinion Opinion, string By, DateTimeOffset At) : IDossierAct
{
    public string Act => "opinionGiven";

    public string Detail => $"{Agency}: {Opinion.ToString().ToLowerInvariant()}";
}

internal sealed record ConsultationWasWithdrawn(Dossier Dossier, string Agency, string Reason, string By, DateTimeOffset At) : IDossierAct
{
    public string Act => "consultationWithdrawn";

    public string Detail => $"{Agency}: {Reason}";
}
