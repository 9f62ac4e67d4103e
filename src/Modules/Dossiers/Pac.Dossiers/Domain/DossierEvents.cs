using Pac.SharedKernel;

namespace Pac.Dossiers.Domain;

/// <summary>An act on a dossier; each one is a line of its timeline.</summary>
internal interface IDossierAct : IDomainEvent
{
    Dossier Dossier { get; }

    string By { get; }

    DateTimeOffset At { get; }

    /// <summary>Stable word of the act.</summary>
    string Act { get; }

    /// <summary>What more there is to say; never personal data.</summary>
    string? Detail => null;
}

internal sealed record DossierWasReceived(Dossier Dossier, string By, DateTimeOffset At) : IDossierAct
{
    public string Act => "received";
}

internal sealed record DossierWasTransferred(Dossier Dossier, string By, DateTimeOffset At) : IDossierAct
{
    public string Act => "transferred";

    public string Detail => Dossier.AgencyCode;
}

internal sealed record DossierWasAssigned(Dossier Dossier, string Assignee, string By, DateTimeOffset At) : IDossierAct
{
    public string Act => "assigned";

    public string Detail => Assignee;
}

internal sealed record StepWasCompleted(Dossier Dossier, DossierStep Step, string By, DateTimeOffset At) : IDossierAct
{
    public string Act => "stepCompleted";

    public string Detail => Step.Role;
}

internal sealed record DossierWasSettled(Dossier Dossier, string By, DateTimeOffset At) : IDossierEnding
{
    public string Act => "settled";

    public string Detail => Dossier.Outcome == Outcome.Result ? "result" : "refusal";
}

internal sealed record DossierWasReturned(Dossier Dossier, string By, DateTimeOffset At) : IDossierAct
{
    public string Act => "returned";

    public string Detail =>
        Dossier.ReturnMethod switch
        {
            ReturnMethod.Online => "online",
            ReturnMethod.Post => "post",
            _ => "counter",
        };
}

internal sealed record DuplicateWasJudged(Dossier Dossier, string OtherCode, bool Same, string By, DateTimeOffset At) : IDossierAct
{
    public string Act => "duplicateJudged";

    public string Detail => (Same ? "same as " : "different from ") + OtherCode;
}

/// <summary>Who let a dossier follow another version, and why.</summary>
/// <param name="Approver">Who approved it, by office.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Subject who did it.</param>
internal sealed record Approval(string Approver, string Reason, string By);

internal sealed record DossierWasMoved(Dossier Dossier, int Before, Approval Approval, DateTimeOffset At) : IDossierAct
{
    public string By => Approval.By;

    public string Act => "movedToVersion";

    public string Detail =>
        string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{Before} -> {Dossier.ProcedureVersion}{(Dossier.VariantCode is { } v ? " " + v : "")}; {Approval.Approver}: {Approval.Reason}"
        );
}

/// <summary>An officer found that what was submitted online is another case of the procedure.</summary>
internal sealed record CaseWasCorrected(Dossier Dossier, string? Before, string By, DateTimeOffset At) : IDossierAct
{
    public string Act => "caseCorrected";

    public string Detail => $"{Before ?? "-"} -> {Dossier.VariantCode ?? "-"}";
}

/// <summary>An act that ends a dossier; it is counted as settled.</summary>
internal interface IDossierEnding : IDossierAct;

internal sealed record DossierWasSubmitted(Dossier Dossier, string By, DateTimeOffset At) : IDossierAct
{
    public string Act => "submitted";
}

internal sealed record DossierWasRejected(Dossier Dossier, string By, DateTimeOffset At) : IDossierEnding
{
    public string Act => "rejected";
}

internal sealed record DossierWasHandedOver(Dossier Dossier, string Agency, string By, DateTimeOffset At) : IDossierAct
{
    public string Act => "handedOver";

    public string Detail => Agency;
}

internal sealed record DossierWasPassedToSuccessor(Dossier Dossier, string Agency, string By, DateTimeOffset At) : IDossierAct
{
    public string Act => "passedToSuccessor";

    public string Detail => Agency;
}

internal sealed record SupplementWasRequested(Dossier Dossier, string By, DateTimeOffset At) : IDossierAct
{
    public string Act => "supplementRequested";

    public string Detail => string.Join(", ", Dossier.Supplements[^1].Items.Select(i => i.Code));
}

internal sealed record SupplementWasSubmitted(Dossier Dossier, string By, DateTimeOffset At) : IDossierAct
{
    public string Act => "supplementSubmitted";
}

internal sealed record SupplementExpired(Dossier Dossier, string By, DateTimeOffset At) : IDossierEnding
{
    public string Act => "supplementExpired";
}

internal sealed record DossierWasExtended(Dossier Dossier, string By, DateTimeOffset At) : IDossierAct
{
    public string Act => "extended";

    public string Detail
    {
        get
        {
            var e = Dossier.Extension!;
            return $"{LifeCycle.Written(e.OldDueAt)} -> {LifeCycle.Written(e.NewDueAt)}{(e.IsLate ? ", late apology" : "")}";
        }
    }
}

internal sealed record WithdrawalWasRequested(Dossier Dossier, string By, DateTimeOffset At) : IDossierAct
{
    public string Act => "withdrawalRequested";
}

internal sealed record WithdrawalWasRefused(Dossier Dossier, string By, DateTimeOffset At) : IDossierAct
{
    public string Act => "withdrawalRefused";
}

internal sealed record DossierWasWithdrawn(Dossier Dossier, string By, DateTimeOffset At) : IDossierEnding
{
    public string Act => "withdrawn";
}

internal sealed record DossierWasStopped(Dossier Dossier, string By, DateTimeOffset At) : IDossierEnding
{
    public string Act => "stopped";
}

/// <summary>A finished dossier was opened again; what it counted as before is taken back from the figures.</summary>
internal sealed record DossierWasReopened(
    Dossier Dossier,
    string Reason,
    string ApprovedBy,
    DateTimeOffset SettledBefore,
    DateTimeOffset? DueBefore,
    Outcome OutcomeBefore,
    DateTimeOffset? ReturnedBefore,
    string By,
    DateTimeOffset At
) : IDossierAct
{
    public string Act => "reopened";

    public string Detail => ApprovedBy;
}

/// <summary>Another centre goes on with it because the one before has ended.</summary>
/// <param name="Dossier">The dossier.</param>
/// <param name="From">The centre that ended.</param>
/// <param name="To">Its successor.</param>
/// <param name="ReturnMoved">Whether the result is returned at the successor since.</param>
/// <param name="Decision">The decision on the succession.</param>
/// <param name="By">Subject who ordered it.</param>
/// <param name="At">When.</param>
internal sealed record DossierWasPassedToCentre(
    Dossier Dossier,
    string From,
    string To,
    bool ReturnMoved,
    string Decision,
    string By,
    DateTimeOffset At
) : IDossierAct
{
    public string Act => "passedToCentre";

    public string Detail => $"{From} -> {To}";
}

internal sealed record DossierWasLinked(Dossier Dossier, string ParentCode, string By, DateTimeOffset At) : IDossierAct
{
    public string Act => "linked";

    public string Detail => ParentCode;
}

internal sealed record DossierLeadsLinked(Dossier Dossier, int Followers, string By, DateTimeOffset At) : IDossierAct
{
    public string Act => "leadsLinked";

    public string Detail => Followers.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>The one appointment of linked dossiers moved because the due instant of one of them did.</summary>
/// <param name="Dossier">The one that leads.</param>
/// <param name="Before">What was promised before.</param>
/// <param name="After">What is promised since.</param>
/// <param name="Told">Whether the act that moved it tells the holder of that day.</param>
/// <param name="By">Subject of who acted.</param>
/// <param name="At">When.</param>
internal sealed record LinkedAppointmentMoved(
    Dossier Dossier,
    DateTimeOffset? Before,
    DateTimeOffset After,
    bool Told,
    string By,
    DateTimeOffset At
) : IDossierAct
{
    public string Act => "appointmentMoved";

    public string Detail => $"{(Before is { } b ? LifeCycle.Written(b) : "-")} -> {LifeCycle.Written(After)}";
}

internal sealed record IntakeTimePassed(Dossier Dossier, DateTimeOffset DueAt, string By, DateTimeOffset At) : IDossierAct
{
    public string Act => "intakeOverdue";

    public string Detail => LifeCycle.Written(DueAt);
}

internal sealed record DueTimePassed(Dossier Dossier, DateTimeOffset DueAt, string By, DateTimeOffset At) : IDossierAct
{
    public string Act => "overdue";

    public string Detail => LifeCycle.Written(DueAt);
}

internal sealed record SyncWasNoted(Dossier Dossier, bool Taken, string? Code, string By, DateTimeOffset At) : IDossierAct
{
    public string Act => "synchronisationNoted";

    public string Detail => Taken ? "taken" : "failed" + (Code is null ? "" : ": " + Code);
}

/// <summary>A newer calendar moved an instant: the due one, that of intake, of a supplement or of an opinion.</summary>
internal sealed record DueTimeMoved(
    Dossier Dossier,
    string Which,
    DateTimeOffset? Before,
    DateTimeOffset? After,
    int CalendarVersion,
    string Reason,
    string By,
    DateTimeOffset At
) : IDossierAct
{
    private const int Longest = 300;

    public string Act => "dueTimeMoved";

    public string Detail
    {
        get
        {
            var text = string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"{(Which == "due" ? "" : Which + ": ")}{Before?.ToLocal():yyyy-MM-ddTHH:mm} -> {After?.ToLocal():yyyy-MM-ddTHH:mm}, calendar version {CalendarVersion}: {Reason}"
            );
            return text.Length <= Longest ? text : text[..Longest];
        }
    }
}
