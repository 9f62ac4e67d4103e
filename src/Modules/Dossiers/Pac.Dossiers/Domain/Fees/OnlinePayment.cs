using System.Linq.Expressions;
using Pac.SharedKernel;

namespace Pac.Dossiers.Domain.Fees;

/// <summary>Where a payment through the gateway stands.</summary>
internal enum OnlineState
{
    /// <summary>The person was sent to the gateway.</summary>
    Started,

    /// <summary>It was paid, and the demands with it.</summary>
    Paid,

    /// <summary>The gateway said that it failed.</summary>
    Failed,

    /// <summary>Its time ran out.</summary>
    Expired,

    /// <summary>Money came that was not, or no longer, wanted; it has to be given back.</summary>
    RefundDue,

    /// <summary>That money was given back.</summary>
    GivenBack,
}

/// <summary>Why money of a transaction was not taken.</summary>
internal enum SurplusReason
{
    /// <summary>It was not the amount of the order.</summary>
    WrongAmount,

    /// <summary>The demand was paid otherwise, or is no longer made.</summary>
    NotWanted,

    /// <summary>The order was paid before.</summary>
    PaidTwice,
}

/// <summary>A transaction that the gateway reported.</summary>
/// <param name="Id">Its id at the gateway.</param>
/// <param name="Dong">How much was paid, in dong.</param>
/// <param name="At">When we learnt of it.</param>
/// <param name="Surplus">Why it has to be given back; null when it was taken.</param>
/// <param name="GivenBackAt">When it was given back.</param>
internal sealed record OnlineTransaction(
    string Id,
    long Dong,
    DateTimeOffset At,
    SurplusReason? Surplus = null,
    DateTimeOffset? GivenBackAt = null
)
{
    public bool IsToBeGivenBack() => Surplus is not null && GivenBackAt is null;
}

/// <summary>An order at the payment gateway (giao dịch thanh toán trực tuyến) for demands of one dossier.</summary>
internal sealed class OnlinePayment : AggregateRoot
{
    /// <summary>Who acts when the gateway says that something was paid.</summary>
    public const string Gateway = "payment-gateway";

    private OnlinePayment() { }

    public OnlinePaymentId Id { get; private set; }

    /// <summary>Code of the order at the gateway.</summary>
    public string Code { get; private set; } = "";

    public DossierId DossierId { get; private set; }

    public string DossierCode { get; private set; } = "";

    /// <summary>The demands it pays.</summary>
    public IReadOnlyList<int> Numbers { get; private set; } = [];

    public long AmountDong { get; private set; }

    public OnlineState State { get; private set; }

    public string StartedBy { get; private set; } = "";

    public DateTimeOffset StartedAt { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }

    /// <summary>Where the person pays.</summary>
    public string PayAt { get; private set; } = "";

    /// <summary>Content of the QR code.</summary>
    public string QrPayload { get; private set; } = "";

    /// <summary>When the gateway is asked next, in case its notice got lost; null when there is nothing to ask.</summary>
    public DateTimeOffset? AskAt { get; private set; }

    public IReadOnlyList<OnlineTransaction> Transactions { get; private set; } = [];

    public static OnlinePayment Start(Dossier dossier, IReadOnlyList<Payment> demands, string by, DateTimeOffset now)
    {
        var id = Guid.CreateVersion7(now);
        var order = new OnlinePayment
        {
            Id = new(id),
            Code = "PAC" + id.ToString("N").ToUpperInvariant(),
            DossierId = dossier.Id,
            DossierCode = dossier.Code,
            Numbers = [.. demands.Select(p => p.Number)],
            AmountDong = demands.Sum(p => p.AmountDong),
            StartedBy = by,
            StartedAt = now,
        };
        order.Touch();
        return order;
    }

    /// <summary>Notes where the person pays.</summary>
    public void Send(GatewayOrder order, TimeSpan patience)
    {
        (PayAt, QrPayload, ExpiresAt) = (order.PayAt, order.QrPayload, order.ExpiresAt);
        AskAt = StartedAt + patience;
    }

    /// <summary>
    /// Takes in what the gateway says. Notices come twice, late, in any order or never; what was taken in changes nothing any more. Tells whether
    /// the demands are paid by it.
    /// </summary>
    /// <param name="notice">What it says.</param>
    /// <param name="wanted">Whether all its demands are still awaited, with these amounts.</param>
    /// <param name="now">The present instant.</param>
    public bool Take(GatewayNotice notice, bool wanted, DateTimeOffset now)
    {
        var before = State;
        if (notice.State == GatewayState.Paid)
        {
            if (Transactions.Any(t => t.Id == notice.TransactionId))
                return false;
            SurplusReason? surplus =
                Transactions.Any(t => t.Surplus is null) ? SurplusReason.PaidTwice
                : notice.AmountDong != AmountDong ? SurplusReason.WrongAmount
                : !wanted ? SurplusReason.NotWanted
                : null;
            Transactions = [.. Transactions, new(notice.TransactionId!, notice.AmountDong, now, surplus)];
            (State, AskAt) = (Transactions.Any(t => t.IsToBeGivenBack()) ? OnlineState.RefundDue : OnlineState.Paid, null);
            Touch();
            return surplus is null;
        }
        // That it failed says nothing once it was paid.
        if (State is OnlineState.Started or OnlineState.Failed or OnlineState.Expired)
            State = notice.State switch
            {
                GatewayState.Failed => OnlineState.Failed,
                GatewayState.Expired => OnlineState.Expired,
                _ when now >= ExpiresAt => OnlineState.Expired,
                _ => State,
            };
        if (now >= ExpiresAt)
            AskAt = null;
        if (State != before)
            Touch();
        return false;
    }

    /// <summary>The transactions whose money has to be given back.</summary>
    /// <exception cref="BusinessRuleException">There are none.</exception>
    public IReadOnlyList<OnlineTransaction> Surplus()
    {
        var due = Transactions.Where(t => t.IsToBeGivenBack()).ToList();
        return due.Count > 0 ? due : throw new BusinessRuleException(GatewayErrors.NoSurplus);
    }

    /// <summary>Notes that what was not wanted was given back.</summary>
    public void GiveBack(DateTimeOffset now)
    {
        Transactions = [.. Transactions.Select(t => t.IsToBeGivenBack() ? t with { GivenBackAt = now } : t)];
        State = Transactions.Any(t => t.Surplus is null) ? OnlineState.Paid : OnlineState.GivenBack;
        Touch();
    }
}

internal sealed class OnlinePaymentWithId(OnlinePaymentId id) : Specification<OnlinePayment>
{
    protected override Expression<Func<OnlinePayment, bool>> Build() => o => o.Id == id;
}

/// <summary>Started for a dossier and neither paid nor over.</summary>
internal sealed class OpenOrderOf(DossierId dossier, DateTimeOffset now) : Specification<OnlinePayment>
{
    protected override Expression<Func<OnlinePayment, bool>> Build() =>
        o => o.DossierId == dossier && o.State == OnlineState.Started && o.ExpiresAt > now;
}
