using Pac.SharedKernel;
using Pac.SharedKernel.WorkingTime;

namespace Pac.Dossiers.Domain;

/// <content>Dossiers that belong together.</content>
internal sealed partial class Dossier
{
    /// <summary>Whether its clock stands still: a supplement or a payment is awaited.</summary>
    public bool StandsStill() => Clock?.Standing() is not null;

    /// <summary>Joins the linked dossiers that another one leads; all are promised for one day.</summary>
    public void Follow(Dossier parent, DateTimeOffset? appointment, string by, DateTimeOffset now)
    {
        LifeCycle.Demand(Status, LifeCycle.Link);
        if (ParentId is not null)
            throw new BusinessRuleException(LifeCycleErrors.LinkedBefore.With(Code));
        if (parent.CentreCode != CentreCode || !IsOfSamePerson(parent))
            throw new BusinessRuleException(LifeCycleErrors.LinkedOtherPerson.With(Code));
        ParentId = parent.Id;
        PromisedAt = appointment;
        Happened(new DossierWasLinked(this, parent.Code, by, now));
    }

    /// <summary>Leads linked dossiers: what was received in the last hour counts from the next working day.</summary>
    public void CountAsLinked(WorkingCalendar calendar, LawInForce law)
    {
        if (Clock is not { Segments: [{ To: null } only] })
            return;
        var begin = calendar.NextOpening(only.From);
        var closing = DossierClock.Closing(calendar, begin.LocalDay(), []);
        if (
            calendar.WorkingTimeBetween(begin, closing)
            > TimeSpan.FromTicks((long)(law.Term(LawInForce.LinkedLastHour).Value * TimeSpan.TicksPerHour))
        )
            return;
        Clock = Clock with { Segments = [only with { From = calendar.NextOpening(closing.AddSeconds(1)) }] };
        Compute(calendar);
    }

    /// <summary>Promises one day for all linked dossiers.</summary>
    public void Lead(DateTimeOffset? appointment, int followers, string by, DateTimeOffset now)
    {
        LifeCycle.Demand(Status, LifeCycle.Link);
        if (ParentId is not null)
            throw new BusinessRuleException(LifeCycleErrors.LinkedBefore.With(Code));
        PromisedAt = appointment;
        Happened(new DossierLeadsLinked(this, followers, by, now));
    }

    /// <summary>Moves the one appointment of those it leads; the same instant leaves no trace.</summary>
    /// <param name="appointment">When all results are promised.</param>
    /// <param name="told">Whether the act that moved it tells the holder of that day.</param>
    /// <param name="by">Subject of who acted.</param>
    /// <param name="now">When.</param>
    public LinkedAppointmentMoved? MoveAppointment(DateTimeOffset appointment, bool told, string by, DateTimeOffset now)
    {
        if (PromisedAt == appointment || ReturnedAt is not null)
            return null;
        var act = new LinkedAppointmentMoved(this, PromisedAt, appointment, told, by, now);
        PromisedAt = appointment;
        Happened(act);
        return act;
    }

    /// <summary>Has the one appointment of the linked dossiers, which the leading one tells of.</summary>
    public void KeepAppointment(DateTimeOffset? appointment)
    {
        if (PromisedAt == appointment || ReturnedAt is not null)
            return;
        PromisedAt = appointment;
        Touch();
    }

    /// <summary>
    /// Whether somebody for whom an earlier dossier was, has a part in this one: who applies, whose affair it is, or who represents with an
    /// authorisation. What was filed for an owner is the owner's, not that of whoever filed it. Somebody without an identity number is nobody else.
    /// </summary>
    public bool HasPartIn(Dossier earlier)
    {
        var represents = Parties is { Representative: { } r, Authorisation: not null } ? r.IdentityNumber?.Index : null;
        byte[]?[] here = [Applicant.IdentityIndex, Parties?.Owner?.IdentityNumber?.Index, represents];
        return earlier.AffairOf is { } theirs && here.Any(h => Same(h, theirs));
    }

    private bool IsOfSamePerson(Dossier other) =>
        Applicant.IdentityIndex is not null
            ? Applicant.IsSamePersonAs(other.Applicant)
            : other.Applicant.IdentityIndex is null && other.Applicant.Name == Applicant.Name;
}
