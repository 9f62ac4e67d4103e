using Pac.BuildingBlocks.Auditing;
using Pac.Dossiers.Domain;

namespace Pac.Dossiers.Persistence;

internal sealed class AccessLog(DossiersDbContext db, TimeProvider clock) : IAccessLog
{
    /// <summary>Kind of the audit entry, by which an auditor finds who looked at whose personal data.</summary>
    private const string Kind = "PersonalData";

    public void Record(DossierId dossier, string purpose)
    {
        db.AccessLog.Add(AccessEntry.Of(dossier, db.User.Caller.Subject, db.User.Caller.ClientId, purpose, clock.GetUtcNow()));
        db.Note(Kind, dossier.Value.ToString(), Changes.Between(null, new { Purpose = purpose }));
    }

    public void RecordCounterAnswer(CounterAnswerId answer, string purpose) =>
        db.Note(Kind, answer.Value.ToString(), Changes.Between(null, new { Purpose = purpose }));

    public void RecordExport(DossierExportId export, string purpose) =>
        db.Note(Kind, export.Value.ToString(), Changes.Between(null, new { Purpose = purpose }));

    public void RecordMessage(ExchangeMessageId message, DossierId? dossier)
    {
        const string purpose = "exchange-message";
        if (dossier is { } known)
            db.AccessLog.Add(AccessEntry.Of(known, db.User.Caller.Subject, db.User.Caller.ClientId, purpose, clock.GetUtcNow()));
        db.Note(Kind, message.Value.ToString(), Changes.Between(null, new { Purpose = purpose }));
    }
}
