using Pac.SharedKernel.WorkingTime;

namespace Pac.Dossiers.Domain;

/// <content>Which terms run, for those who have to be told.</content>
internal sealed partial class Dossier
{
    /// <summary>The terms that run now; none while another system states the status.</summary>
    /// <param name="law">The law in force.</param>
    /// <param name="calendar">The hours of the centre.</param>
    /// <param name="asked">The opinions that other agencies are asked for.</param>
    /// <param name="now">Now.</param>
    public IReadOnlyList<WatchedTerm> RunningTerms(
        LawInForce law,
        WorkingCalendar calendar,
        IEnumerable<AgencyConsultation> asked,
        DateTimeOffset now
    )
    {
        List<WatchedTerm> terms = [];
        if (StatedBy != StatedBy.Pac)
            return terms;
        if (Status == DossierStatus.Submitted)
        {
            if (Intake is { } intake)
                terms.Add(new(WatchedTermKind.Intake, intake.From, intake.DueAt));
            if (DisplayDueAt(law, calendar) is { } shown && ArrivedAt > shown)
                terms.Add(new(WatchedTermKind.Display, SubmittedAt!.Value, shown));
        }
        if (Status is DossierStatus.Received or DossierStatus.InProcess)
        {
            if (DueAt is { } due)
                terms.Add(new(WatchedTermKind.Due, Clock?.Segments.LastOrDefault(s => s.Counts())?.From ?? ReceivedAt, due));
            if (CurrentStep is { } current && Steps[current - 1] is { StartedAt: { } started, DueAt: { } stepDue })
                terms.Add(new(WatchedTermKind.Step, started, stepDue));
        }
        if (Status == DossierStatus.InProcess)
            terms.AddRange(
                asked.Where(a => a.IsAwaited).Select(a => new WatchedTerm(WatchedTermKind.Consultation, a.AskedAt, a.DueAt, a.AgencyCode))
            );
        if (Status == DossierStatus.InProcess && Check is { } check && check.DueAt >= now)
            terms.Add(new(WatchedTermKind.Check, check.From, check.DueAt));
        if (AwaitsTelling && Correction is { } correction && SettledAt is null)
        {
            terms.Add(new(WatchedTermKind.Correction, correction.At, correction.Tell.DueAt));
            // What was returned in time, or found eligible, breaks nothing; what was returned late does.
            if (correction.IsLate)
                terms.Add(new(WatchedTermKind.Check, CheckedSince(), correction.ReturnDueAt));
        }
        if (Status == DossierStatus.WithdrawalRequested && Withdrawal is { } asking)
            terms.Add(new(WatchedTermKind.Withdrawal, asking.RequestedAt, asking.RequestedAt));
        if (Delivery == DeliveryStatus.Ready && SettledAt is { } settled && HandOutDueAt(law, calendar) is { } handOut)
            terms.Add(new(WatchedTermKind.HandOut, settled, handOut));
        return terms;
    }

    /// <summary>Until when an online submission has to stand before the officers.</summary>
    public DateTimeOffset? DisplayDueAt(LawInForce law, WorkingCalendar calendar) =>
        SubmittedAt is { } submitted && ArrivedAt is not null
            ? calendar.DueAt(submitted, law.Term(LawInForce.OnlineDisplay), DuePolicy.SameClockTime)
            : null;

    /// <summary>Until when the result has to be handed out, where the law of the field says so.</summary>
    public DateTimeOffset? HandOutDueAt(LawInForce law, WorkingCalendar calendar) =>
        SettledAt is { } settled && law.Find(LawInForce.ResultHandOut, FieldCode) is { } term
            ? calendar.DueAt(settled, term, DuePolicy.EndOfDay)
            : null;
}
