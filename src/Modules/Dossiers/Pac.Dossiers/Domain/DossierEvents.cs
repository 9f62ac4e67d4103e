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

internal sealed record DossierWasSettled(Dossier Dossier, string By, DateTimeOffset At) : IDossierAct
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

internal sealed record DueTimeMoved(Dossier Dossier, DateTimeOffset? Before, string By, DateTimeOffset At) : IDossierAct
{
    public string Act => "dueTimeMoved";

    public string Detail =>
        string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{Before?.ToLocal():yyyy-MM-ddTHH:mm} -> {Dossier.DueAt?.ToLocal():yyyy-MM-ddTHH:mm}, calendar version {Dossier.Clock?.CalendarVersion}"
        );
}
