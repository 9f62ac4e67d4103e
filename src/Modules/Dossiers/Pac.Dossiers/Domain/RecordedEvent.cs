namespace Pac.Dossiers.Domain;

/// <summary>
/// What the outside may know of an act on a dossier, as it was at that moment: written in the transaction of the act, told afterwards to
/// subscribers and to the systems we exchange with. No personal data.
/// </summary>
internal sealed class RecordedEvent
{
    private RecordedEvent() { }

    /// <summary>Identity of the event; receivers use it to apply it once.</summary>
    public Guid Id { get; private set; }

    /// <summary>Place in the order of writing; acts on one dossier are in their order.</summary>
    public long Seq { get; private set; }

    public DossierId DossierId { get; private set; }

    /// <summary>Which act on its dossier it is, from 1.</summary>
    public int Revision { get; private set; }

    public string Act { get; private set; } = "";

    public string Code { get; private set; } = "";

    public string ProcedureCode { get; private set; } = "";

    public string CentreCode { get; private set; } = "";

    public string AgencyCode { get; private set; } = "";

    public DossierStatus Status { get; private set; }

    public DateTimeOffset? DueAt { get; private set; }

    /// <summary>Which system stated the status then; only its acts are told as statements.</summary>
    public StatedBy StatedBy { get; private set; }

    /// <summary>When it was done; whatever is told later says this instant, never that of the telling.</summary>
    public DateTimeOffset OccurredAt { get; private set; }

    /// <summary>When it was put in line for those who want to know; null until then.</summary>
    public DateTimeOffset? FannedOutAt { get; private set; }

    public static RecordedEvent Of(IDossierAct act, int number) =>
        new()
        {
            // Acts that are written together are put in line in the order of their ids.
            Id = TimelineEntry.InOrder(act.At, number),
            DossierId = act.Dossier.Id,
            Revision = number,
            Act = act.Act,
            Code = act.Dossier.Code,
            ProcedureCode = act.Dossier.ProcedureCode,
            CentreCode = act.Dossier.CentreCode,
            AgencyCode = act.Dossier.AgencyCode,
            Status = act.Dossier.Status,
            DueAt = act.Dossier.DueAt,
            StatedBy = act.Dossier.StatedBy,
            OccurredAt = act.At,
        };
}
