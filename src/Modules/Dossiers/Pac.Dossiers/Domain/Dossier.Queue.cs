using Pac.BuildingBlocks.Security;
using Pac.SharedKernel;

namespace Pac.Dossiers.Domain;

/// <content>In whose hands it is, and until when they have to act.</content>
internal sealed partial class Dossier
{
    /// <summary>Until when whoever has it in hand has to act: the intake, the answer that is waited for, what the person has to be told, or the result. Null while nothing is due.</summary>
    public DateTimeOffset? WorkDueAt { get; private set; }

    /// <summary>When an online submission arrived here and stood in the queue of the officers; null for other channels.</summary>
    public DateTimeOffset? ArrivedAt { get; private set; }

    /// <summary>Until when the agency may return it as not eligible; null before it has it, and once it has gone on or returned it.</summary>
    public DateTimeOffset? CheckDueAt { get; private set; }

    /// <summary>Whether it is for the one-stop section to act: it was not handed over yet.</summary>
    public bool IsAtOneStop => Status is DossierStatus.Submitted or DossierStatus.Received;

    /// <summary>Takes charge: the first who takes it has it.</summary>
    /// <exception cref="BusinessRuleException">Somebody else has it.</exception>
    public void Take(string officer, DataScope reach, DateTimeOffset now)
    {
        LifeCycle.Demand(Status, LifeCycle.Assign);
        if (AssignedTo == officer)
            return;
        if (AssignedTo is { } other)
            throw new BusinessRuleException(QueueErrors.TakenAlready.With(other));
        Require(IsInHandOf(reach), QueueErrors.NotOfYourUnit);
        Assign(officer, officer, now);
    }

    /// <summary>Takes the officer out of charge, so that it waits in the queue of the unit.</summary>
    public void Release(string? reason, string by, DateTimeOffset now)
    {
        LifeCycle.Demand(Status, LifeCycle.Release);
        if (AssignedTo is not { } officer)
            throw new BusinessRuleException(QueueErrors.NobodyInCharge);
        AssignedTo = null;
        Happened(new DossierWasReleased(this, officer, reason, by, now));
    }

    // The one-stop section has to tell the person what the agency found missing before the result is due.
    private void NoteWorkDue()
    {
        var due = NextDueAt() ?? DueAt;
        var tell = AwaitsTelling ? Correction!.Tell.DueAt : due;
        WorkDueAt =
            SettledAt is not null ? null
            : due < tell ? due
            : tell;
        CheckDueAt = Status == DossierStatus.InProcess ? Check?.DueAt : null;
    }

    /// <summary>Whether somebody with these data works in the unit that has it in hand.</summary>
    public bool IsInHandOf(DataScope reach) =>
        reach.Kind switch
        {
            DataScopeKind.Province => true,
            DataScopeKind.Centre => reach.Code == ServingCentre,
            DataScopeKind.Agency => reach.Code == HandlingAgency,
            _ => false,
        };
}

/// <summary>That nobody is in charge any more.</summary>
internal sealed record DossierWasReleased(Dossier Dossier, string Officer, string? Reason, string By, DateTimeOffset At) : IDossierAct
{
    public string Act => "released";

    public string Detail => Reason is null ? Officer : $"{Officer}: {Reason}";
}
