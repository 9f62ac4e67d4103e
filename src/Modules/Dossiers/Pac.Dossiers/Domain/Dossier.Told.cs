using Pac.Dossiers.Domain.Notifications;

namespace Pac.Dossiers.Domain;

/// <summary>What an act has made of the time of a dossier, and its holder does not know yet.</summary>
/// <param name="Act">The act.</param>
/// <param name="OldDueAt">The instant that the holder knew; null when none was ever told.</param>
/// <param name="DueAt">When the result is due since.</param>
/// <param name="Cause">Why.</param>
internal sealed record DueTimeChange(IDossierAct Act, DateTimeOffset? OldDueAt, DateTimeOffset DueAt, DueTimeCause Cause);

/// <content>What its holder knows of its time.</content>
internal sealed partial class Dossier
{
    private readonly List<DueTimeChange> _dueTimeChanges = [];
    private readonly List<IDossierAct> _quiet = [];

    /// <summary>The due instant that the holder was told last, with the receipt or since; null when none was.</summary>
    public DateTimeOffset? ToldDueAt { get; private set; }

    /// <summary>What an act that was done just now has the holder told about the time; null when nothing.</summary>
    public DueTimeChange? DueTimeToTell(IDossierAct act) => _dueTimeChanges.Find(c => ReferenceEquals(c.Act, act));

    /// <summary>Whether an act says nothing of the time to its holder.</summary>
    public bool IsQuiet(IDossierAct act) => _quiet.Contains(act);

    /// <summary>Linked dossiers have one appointment: that this one is due before it is nothing its holder has to know.</summary>
    public void DueBefore(DateTimeOffset appointment)
    {
        _quiet.AddRange(Events.OfType<DueTimeMoved>().Where(m => m.Which == "due"));
        _dueTimeChanges.RemoveAll(c => c.DueAt != appointment);
        ToldDueAt = appointment;
    }

    // Decree 118/2025, art. 11 and 17: whoever waits knows the day. Each instant is told once, by the act that sets it.
    private void NoteDueTime(IDossierAct act)
    {
        // Whoever states the status tells the person as well.
        if (StatedBy != StatedBy.Pac || SettledAt is not null || !IsReceived)
            return;
        // What is said of a reception is said when it is saved, with a payment that is awaited before.
        if (act is DossierWasReceived || Events.Any(e => e is DossierWasReceived))
        {
            ToldDueAt = DueAt;
            return;
        }
        // Both have a message of their own, which names the new instant.
        if (act is DossierWasExtended or DueTimeMoved { Which: "due", Before: not null, After: not null })
        {
            ToldDueAt = DueAt;
            return;
        }
        if (act is LinkedAppointmentMoved moved)
        {
            ToldDueAt = moved.After;
            return;
        }
        if (CauseOf(act) is not { } cause)
            return;
        // Linked dossiers have one appointment.
        var due = cause == DueTimeCause.Linked || ParentId is not null && PromisedAt > DueAt ? PromisedAt : DueAt;
        if (due is not { } at || at == ToldDueAt || at <= act.At)
            return;
        _dueTimeChanges.Add(new(act, ToldDueAt, at, cause));
        ToldDueAt = at;
    }

    private DueTimeCause? CauseOf(IDossierAct act) =>
        act switch
        {
            SupplementWasSubmitted => DueTimeCause.PapersComplete,
            PaymentWasConfirmed when WentOn(act) => DueTimeCause.Paid,
            FeeWasExempted when WentOn(act) => DueTimeCause.Exempted,
            DossierWasReopened => DueTimeCause.Reopened,
            DossierWasMoved => DueTimeCause.OtherVersion,
            DossierWasLinked or DossierLeadsLinked => DueTimeCause.Linked,
            DueTimeMoved { Which: "due" } => DueTimeCause.Calendar,
            _ => null,
        };

    // Not every payment was one for which the clock stood still.
    private bool WentOn(IDossierAct act) => Clock?.Segments[^1] is { To: null } last && last.Counts() && last.From == act.At;
}
