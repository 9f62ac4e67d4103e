using Pac.SharedKernel;
using Pac.SharedKernel.WorkingTime;

namespace Pac.Dossiers.Domain;

/// <content>What the passing of time, calendars and extensions do.</content>
internal sealed partial class Dossier
{
    /// <summary>Apologises and promises a new date, once (form 04). Too short before the due date it is marked as late, after it it is refused.</summary>
    public void Extend(
        string reason,
        string signer,
        DateOnly newDay,
        WorkingCalendar calendar,
        LawInForce law,
        string by,
        DateTimeOffset now
    )
    {
        LifeCycle.Demand(Status, LifeCycle.Extend);
        if (Extension is { } before && before.Number >= law.Times(LawInForce.Extensions))
            throw new BusinessRuleException(LifeCycleErrors.ExtendedBefore.With(LifeCycle.Written(before.NewDueAt)));
        if (DueAt is not { } due)
            throw new BusinessRuleException(LifeCycleErrors.NothingDue);
        Require(now <= due, LifeCycleErrors.ExtensionTooLate.With(LifeCycle.Written(due), law.Basis(LawInForce.ExtensionNotice)));
        var newDue = DossierClock.Closing(calendar, newDay, []);
        if (newDue <= due)
            throw new BusinessRuleException(LifeCycleErrors.ExtensionNotLater.With(LifeCycle.Written(due)).At("/newDueDate"));
        var notice = due.AddDays(-(int)law.Term(LawInForce.ExtensionNotice).Value);
        Extension = new(reason, signer, now, by, due, newDue, notice, now > notice, (Extension?.Number ?? 0) + 1);
        Clock = Clock?.Extend(newDay, now);
        DueAt = newDue;
        Happened(new DossierWasExtended(this, by, now));
    }

    /// <summary>Computes what is due anew by a newer version of its calendar, or by the one its centre works by since; the same instant leaves no trace.</summary>
    public void FollowCalendar(WorkingCalendar calendar, string reason, DateTimeOffset now)
    {
        if (
            SettledAt is not null
            || calendar.Definition.Code == CalendarCode && calendar.Definition.Version <= (Clock?.CalendarVersion ?? 0)
        )
            return;
        var (due, intake, answer) = (DueAt, Intake?.DueAt, OpenSupplement()?.Answer.DueAt);
        // Its centre may work by another calendar since.
        CalendarCode = calendar.Definition.Code;
        if (Clock is not null)
            Clock = Clock with { CalendarCode = CalendarCode, CalendarVersion = calendar.Definition.Version, DueBeforeWaiting = null };
        Compute(calendar);
        if (Clock is null)
            ShareTime(calendar, []);
        if (Intake?.Under(calendar) is { } term && term != Intake)
            Intake = term;
        if (OpenSupplement() is { } open && open.Answer.Under(calendar) is var moved && moved != open.Answer)
            Supplements = [.. Supplements.SkipLast(1), open with { Answer = moved }];
        if (Extension is { } extension && DueAt is { } extended && due == extension.NewDueAt)
            Extension = extension with { NewDueAt = extended };
        FollowCorrection(calendar);
        Tell("due", due, DueAt);
        Tell("intake", intake, Intake?.DueAt);
        Tell("supplement", answer, OpenSupplement()?.Answer.DueAt);

        void Tell(string which, DateTimeOffset? before, DateTimeOffset? after)
        {
            if (before != after)
                Happened(new DueTimeMoved(this, which, before, after, calendar.Definition.Version, reason, "system", now));
        }
    }

    // What offices owe one another moves without a word to the holder.
    private void FollowCorrection(WorkingCalendar calendar)
    {
        var (check, tell) = (Check?.DueAt, Correction?.Tell.DueAt);
        Check = Check?.Under(calendar);
        if (AwaitsTelling)
            Correction = Correction! with { Tell = Correction.Tell.Under(calendar) };
        if (check == Check?.DueAt && tell == Correction?.Tell.DueAt)
            return;
        NoteWorkDue();
        Touch();
    }

    /// <summary>Does what the passing of time brings: an unanswered request ends the dossier, a passed due instant is noted once.</summary>
    /// <returns>Whether anything was due.</returns>
    public bool TimePassed(DateTimeOffset now)
    {
        if (WatchAt is not { } at || at >= now)
            return false;
        if (Status == DossierStatus.SupplementRequested)
        {
            var open = Supplements[^1];
            Supplements = [.. Supplements.SkipLast(1), open with { ExpiredAt = now }];
            Closing = new("Hết thời hạn bổ sung hồ sơ", open.LegalBasis, Status);
            // What is not accepted costs nothing.
            CancelPayments(open.AtIntake, Closing.Reason, "system", now);
            if (open.AtIntake)
                End(Domain.Outcome.Rejection, DossierStatus.Rejected, now);
            else
                End(Domain.Outcome.Stop, DossierStatus.Stopped, now);
            Happened(new SupplementExpired(this, "system", now));
            return true;
        }
        NotedDueAt = at;
        if (Status == DossierStatus.Submitted)
            Happened(new IntakeTimePassed(this, at, "system", now));
        else
            Happened(new DueTimePassed(this, at, "system", now));
        return true;
    }

    /// <summary>By when it has to be in the hands of the competent agency: the same day, or the first hour of the next one when it came late.</summary>
    public DateTimeOffset TransferDueAt(WorkingCalendar calendar, LawInForce law)
    {
        var opening = calendar.NextOpening(ReceivedAt);
        var closing = DossierClock.Closing(calendar, opening.LocalDay(), []);
        return TimeOnly.FromTimeSpan(opening.ToLocal().TimeOfDay) <= law.Time(LawInForce.TransferCutOff)
            ? closing
            : calendar.DueAt(closing.AddSeconds(1), law.Term(LawInForce.TransferNextDay), DuePolicy.SameClockTime);
    }

    // What follows from the facts of the clock. While it stands still nothing is due, unless it was late before.
    private void Compute(WorkingCalendar calendar)
    {
        if (Clock is null)
            return;
        Clock = Clock.KeepingDueBeforeWaiting(calendar);
        var due = Clock.DueAt(calendar);
        var standing = Clock.Standing();
        DueAt = standing is not null && (due is null || due >= standing.From) ? null : due;
        // Nobody's share of the time runs while the person is waited for.
        if (standing is null && Turns is [.., { To: null } turn])
            ShareTime(calendar, [.. Clock.StoppedSince(turn.From)]);
        if (standing is null && CurrentStep is { } current && Steps[current - 1] is { StartedAt: { } started } step)
            Steps = Replaced(step.Under(calendar, [.. Clock.StoppedSince(started)]));
    }

    private void ShareTime(WorkingCalendar calendar, ReadOnlySpan<Suspension> stops)
    {
        if (Turns is [.., { To: null } turn])
            Turns = [.. Turns.SkipLast(1), turn with { DueAt = AgencyTurn.DueOf(turn.From, turn.AllottedHours, calendar, stops) }];
    }
}
