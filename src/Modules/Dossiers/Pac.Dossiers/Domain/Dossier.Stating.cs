namespace Pac.Dossiers.Domain;

/// <content>Which system states the status, and what the other one reports.</content>
internal sealed partial class Dossier
{
    /// <summary>Lets another system state the status from now on, or takes that back. Whoever states it, no other one does.</summary>
    public void HandStatingOver(StatedBy to, string by, DateTimeOffset now)
    {
        Require(StatedBy != to, ExchangeErrors.StatesAlready);
        StatedBy = to;
        Happened(new StatingWasHandedOver(this, to, by, now));
    }

    /// <summary>
    /// Takes over what the stating system reports. It happened when it happened: lateness, history and figures go by that instant, and nothing
    /// here knows when we were told.
    /// </summary>
    public void Report(DossierStatus status, string by, DateTimeOffset occurredAt)
    {
        if (status is DossierStatus.Completed or DossierStatus.Stopped && SettledAt is null)
        {
            var result = status == DossierStatus.Completed;
            End(result ? Domain.Outcome.Result : Domain.Outcome.Stop, status, occurredAt);
            Happened(result ? new DossierWasSettled(this, by, occurredAt) : new DossierWasStopped(this, by, occurredAt));
            return;
        }
        Status = status;
        if (status == DossierStatus.Returned && SettledAt is not null && ReturnedAt is null)
        {
            (ReturnedAt, ReturnMethod) = (occurredAt, Domain.ReturnMethod.Online);
            Happened(new DossierWasReturned(this, by, occurredAt));
        }
        else
            Happened(new StatusWasReported(this, status, by, occurredAt));
    }

    /// <summary>Notes whether the national portal took what it was told.</summary>
    public void NoteSync(bool taken, string? code, string by, DateTimeOffset now)
    {
        Sync = taken ? SyncStatus.Synchronised : SyncStatus.Failed;
        Raise(new SyncWasNoted(this, taken, code, by, now));
    }
}
