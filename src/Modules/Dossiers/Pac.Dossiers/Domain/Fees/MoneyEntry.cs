using Pac.SharedKernel;

namespace Pac.Dossiers.Domain.Fees;

/// <summary>What happened to money.</summary>
internal enum MoneyMove
{
    /// <summary>It was taken.</summary>
    Collected,

    /// <summary>Its taking was voided.</summary>
    Voided,

    /// <summary>It was given back.</summary>
    Refunded,

    /// <summary>Somebody was freed from it; no money moved.</summary>
    Exempted,
}

/// <summary>
/// A line of the money book (sổ thu phí, lệ phí): written with the act in one transaction and never changed. Cash-ups and figures are sums of it.
/// </summary>
internal sealed class MoneyEntry
{
    private MoneyEntry() { }

    public Guid Id { get; private set; }

    public MoneyMove Move { get; private set; }

    public DateTimeOffset At { get; private set; }

    /// <summary>Day at the centre.</summary>
    public DateOnly Day { get; private set; }

    /// <summary>The centre whose book it is in.</summary>
    public string CentreCode { get; private set; } = "";

    public string AgencyCode { get; private set; } = "";

    public string ProcedureCode { get; private set; } = "";

    public DossierId DossierId { get; private set; }

    public int? PaymentNumber { get; private set; }

    public string LineCode { get; private set; } = "";

    public FeeKind Kind { get; private set; }

    public long Dong { get; private set; }

    /// <summary>How it was paid; null where no money moved.</summary>
    public PaymentMethod? Method { get; private set; }

    public string Cashier { get; private set; } = "";

    public Guid? TillId { get; private set; }

    /// <summary>What an act writes into the book.</summary>
    public static IEnumerable<MoneyEntry> Of(IDossierAct act) =>
        act switch
        {
            DossierWasReceived { Dossier: var d } => d
                .FeesDue.Where(f => f.ExemptDong > 0)
                .Select(f => Line(act, MoneyMove.Exempted, f.Code, f.Kind, f.ExemptDong, d.CentreCode)),
            FeeWasExempted { Relief: var r } => [Line(act, MoneyMove.Exempted, r.FeeCode, r.Kind, r.Dong, act.Dossier.CentreCode)],
            PaymentWasConfirmed { Payment: var p } => Lines(act, MoneyMove.Collected, p, p.Parts(), p.Taken!),
            PaymentWasVoided { Payment: var p } => Lines(act, MoneyMove.Voided, p, p.Parts(), p.Taken!),
            RefundWasPaid { Refund: var r, Payment: var p } => Lines(act, MoneyMove.Refunded, p, r.Lines, r.PaidOut!),
            _ => [],
        };

    private static IEnumerable<MoneyEntry> Lines(
        IDossierAct act,
        MoneyMove move,
        Payment payment,
        IReadOnlyList<PaymentLine> lines,
        Taking taken
    ) =>
        lines.Select(l =>
        {
            var entry = Line(act, move, l.Code, l.Kind, l.Dong, taken.CentreCode);
            (entry.PaymentNumber, entry.Method, entry.TillId, entry.Cashier) = (payment.Number, taken.Method, taken.TillId, taken.By);
            return entry;
        });

    private static MoneyEntry Line(IDossierAct act, MoneyMove move, string code, FeeKind kind, long dong, string centre) =>
        new()
        {
            Id = Guid.CreateVersion7(act.At),
            Move = move,
            At = act.At,
            Day = act.At.LocalDay(),
            CentreCode = centre,
            AgencyCode = act.Dossier.AgencyCode,
            ProcedureCode = act.Dossier.ProcedureCode,
            DossierId = act.Dossier.Id,
            LineCode = code,
            Kind = kind,
            Dong = dong,
            Cashier = act.By,
        };
}
