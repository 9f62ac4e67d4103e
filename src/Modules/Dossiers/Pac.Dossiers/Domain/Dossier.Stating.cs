namespace Pac.Dossiers.Domain;

/// <content>Which system states the status, and whether the others know it.</content>
internal sealed partial class Dossier
{
    /// <summary>Lets another system state the status from now on, or takes that back. Whoever states it, no other one does.</summary>
    public void HandStatingOver(StatedBy to, string by, DateTimeOffset now)
    {
        Require(StatedBy != to, ExchangeErrors.StatesAlready);
        StatedBy = to;
        Happened(new StatingWasHandedOver(this, to, by, now));
    }

    /// <summary>Notes whether the national portal took what it was told.</summary>
    public void NoteSync(bool taken, string? code, string by, DateTimeOffset now)
    {
        Sync = taken ? SyncStatus.Synchronised : SyncStatus.Failed;
        Raise(new SyncWasNoted(this, taken, code, by, now));
    }
}
