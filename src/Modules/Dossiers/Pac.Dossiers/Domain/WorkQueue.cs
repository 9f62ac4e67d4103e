using Pac.BuildingBlocks.Security;
using Pac.Dossiers.Domain.Specifications;
using Pac.SharedKernel;

namespace Pac.Dossiers.Domain;

/// <summary>Until when something counts as due soon at centres that work by the same hours.</summary>
internal sealed record DueHorizon(IReadOnlyList<string> Centres, DateTimeOffset Until);

/// <summary>Who looks at the queues, over which data, and when.</summary>
internal sealed record QueueLook(string Subject, DataScope Scope, DateTimeOffset Now, IReadOnlyList<DueHorizon> Horizons);

/// <summary>A work queue (hàng đợi công việc): what somebody has to look after, by a rule that count and list share.</summary>
/// <param name="Key">Stable word.</param>
/// <param name="Vietnamese">Its name in Vietnamese.</param>
/// <param name="English">Its name in English.</param>
/// <param name="OfFinished">Whether it holds settled dossiers whose result waits; all others hold open ones.</param>
/// <param name="Rule">What belongs to it, among those.</param>
internal sealed record WorkQueue(
    string Key,
    string Vietnamese,
    string English,
    bool OfFinished,
    Func<QueueLook, Specification<Dossier>> Rule
)
{
    /// <summary>The queues, in the order in which they are shown.</summary>
    public static IReadOnlyList<WorkQueue> All { get; } =
    [
        Open("mine", "Của tôi", "Mine", l => new InChargeOf(l.Subject)),
        Open("unit", "Của đơn vị tôi", "My unit's", l => new InHandOf(l.Scope)),
        Open("unassigned", "Chưa phân công", "Nobody in charge", l => new InHandOf(l.Scope) & new NobodyInCharge()),
        Open("due-soon", "Sắp đến hạn", "Due soon", DueSoon),
        Open("overdue", "Quá hạn", "Overdue", l => new OverdueAt(l.Now) | new IntakeOverdueAt(l.Now) | new TellingOverdueAt(l.Now)),
        Open("intake", "Chờ tiếp nhận trực tuyến", "Online intake", _ => new StandsAt(DossierStatus.Submitted) & !new PaymentAwaited()),
        Open("waiting-citizen", "Chờ công dân bổ sung", "Waiting for the citizen", _ => new StandsAt(DossierStatus.SupplementRequested)),
        Open(
            "waiting-payment",
            "Chờ nộp phí, lệ phí",
            "Waiting for a payment",
            _ => new StandsAt(DossierStatus.FinancialObligationRequested) | new StandsAt(DossierStatus.Submitted) & new PaymentAwaited()
        ),
        Open("waiting-agency", "Chờ cơ quan khác", "Waiting for another agency", l => new WithOtherAgency(l.Scope)),
        new("to-return", "Chờ trả kết quả", "Results to return", true, l => new ReturnedAtCentreOf(l.Scope)),
    ];

    public static WorkQueue? Find(string key) => All.FirstOrDefault(q => q.Key == key);

    /// <summary>Every dossier of the queue, and no other.</summary>
    public Specification<Dossier> Holds(QueueLook look) =>
        (OfFinished ? (Specification<Dossier>)new ResultWaits() : new OpenDossier()) & Rule(look);

    private static WorkQueue Open(string key, string vietnamese, string english, Func<QueueLook, Specification<Dossier>> rule) =>
        new(key, vietnamese, english, false, rule);

    private static Specification<Dossier> DueSoon(QueueLook look) =>
        look
            .Horizons.Select(h => (Specification<Dossier>)new DueUntil(h.Centres, look.Now, h.Until))
            .DefaultIfEmpty(new DueUntil([], look.Now, look.Now))
            .Aggregate((all, next) => all | next);
}
