using Pac.SharedKernel;
using Pac.SharedKernel.WorkingTime;

namespace Pac.Dossiers.Domain;

/// <content>Asking for papers, and the answer.</content>
internal sealed partial class Dossier
{
    /// <summary>
    /// Asks for papers, once and completely (Decree 118/2025, art. 11): out of the published list, and nothing that is digital already but to
    /// verify it (art. 5). The clock stands still.
    /// </summary>
    public void RequestSupplement(
        IReadOnlyList<SupplementItem> items,
        string legalBasis,
        SpecialGround? ground,
        ProcedureContent content,
        WorkingCalendar calendar,
        LawInForce law,
        string by,
        DateTimeOffset now
    )
    {
        LifeCycle.Demand(Status, LifeCycle.RequestSupplement);
        var atIntake = Status == DossierStatus.Submitted;
        if (Supplements.Count >= law.Times(LawInForce.SupplementRequests) && (atIntake || ground is null))
            throw new BusinessRuleException(
                LifeCycleErrors.SupplementTwice.With(law.Times(LawInForce.SupplementRequests), law.Basis(LawInForce.SupplementRequests))
            );
        content.CheckAskedFor(items);
        if (ground is not null && Supplements.Count >= law.Times(LawInForce.SupplementRequests))
            ground = TakeApproval(by);
        PersonWasTold(now);
        var answer = Deadline.Start(now, law.Term(LawInForce.SupplementAnswer, FieldCode), calendar);
        Supplements = [.. Supplements, new(items, legalBasis, now, by, atIntake, answer, DueAt < now, ground)];
        Status = DossierStatus.SupplementRequested;
        (Intake, Check) = (null, null);
        Clock = Clock?.Stand(ClockState.WaitingForCitizen, "supplementRequested", now);
        Compute(calendar);
        Happened(new SupplementWasRequested(this, by, now));
    }

    /// <summary>Takes the answer to a request; it has to be complete. Time is counted anew from zero.</summary>
    public void SubmitSupplement(
        IReadOnlyList<DossierComponent> given,
        ProcedureContent content,
        WorkingCalendar calendar,
        LawInForce law,
        string by,
        DateTimeOffset now
    )
    {
        LifeCycle.Demand(Status, LifeCycle.SubmitSupplement);
        var asked = Supplements[^1];
        Require(now <= asked.Answer.DueAt, LifeCycleErrors.SupplementExpired.With(LifeCycle.Written(asked.Answer.DueAt)));
        Require(
            !Payments.Any(p => p is { Status: PaymentStatus.Waiting, Timing: PaymentTiming.AtSupplement }),
            PaymentErrors.PayWithSupplement
        );
        content.CheckPublished(given);
        var missing = asked.Items.Select(i => i.Code).Except(given.Select(c => c.Code)).ToList();
        if (missing.Count > 0)
            throw new BusinessRuleException(LifeCycleErrors.SupplementIncomplete.With(string.Join(", ", missing)).At("/documents"));
        content.CheckEnough(given, Channel);
        Components = [.. Components.Where(c => given.All(g => g.Code != c.Code)), .. given];
        Supplements = [.. Supplements.SkipLast(1), asked with { CompletedAt = now }];
        if (asked.AtIntake)
        {
            Status = DossierStatus.Submitted;
            // While a payment is awaited the time of intake waits for it.
            Intake = Payments.Any(p => p.IsAwaited()) ? null : Deadline.Start(now, law.Term(LawInForce.OnlineIntake), calendar);
        }
        else
        {
            Status = DossierStatus.InProcess;
            // What is complete now is checked anew: the days in which the agency finds it eligible begin once more (domain study, T5 and T7).
            Check = CheckOf(now, calendar, law);
            // What another system received has a clock from here on.
            Clock =
                Clock?.Run("supplementSubmitted", now)
                ?? DossierClock.Start(content.LimitFor(Channel), calendar, now, "supplementSubmitted");
            CalendarCode = Clock.CalendarCode;
            Compute(calendar);
        }
        Happened(new SupplementWasSubmitted(this, by, now));
    }

    private Supplement? OpenSupplement() => Supplements is [.., var last] && last.IsOpen() ? last : null;
}
