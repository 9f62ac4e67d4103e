using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Persistence;

internal sealed class AccessLog(DossiersDbContext db, TimeProvider clock) : IAccessLog
{
    public void Record(DossierId dossier, string purpose) =>
        db.AccessLog.Add(AccessEntry.Of(dossier, db.User.Caller.Subject, db.User.Caller.ClientId, purpose, clock.GetUtcNow()));
}
