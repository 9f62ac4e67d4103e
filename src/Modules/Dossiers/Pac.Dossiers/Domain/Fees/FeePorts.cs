namespace Pac.Dossiers.Domain.Fees;

/// <summary>Receipts, tills and the money book, as many hosts share them. Everything taken here belongs to the transaction that the next save commits.</summary>
internal interface ICashBook
{
    /// <summary>Keeps everybody else from paying on a dossier until the save; whoever waited sees what was done.</summary>
    Task Hold(DossierId dossier, CancellationToken ct);

    /// <summary>
    /// Takes the next receipt number: of the cashier, else of the counter, else of the centre. Null when the centre has registered no numbers of
    /// that kind.
    /// </summary>
    /// <exception cref="Pac.SharedKernel.BusinessRuleException">It has, but none is left.</exception>
    Task<ReceiptNumber?> NextNumber(FeeKind kind, string centreCode, Guid? counterId, string? cashier, DateOnly day, CancellationToken ct);

    /// <summary>Refuses a range that shares a number with another one of the same form and series; nobody adds one until the save.</summary>
    Task CheckRange(NumberRange range, CancellationToken ct);

    /// <summary>The open till of a cashier on a day, opened if there is none. It cannot be closed until the save.</summary>
    Task<TillId> OpenTill(string centreCode, Guid? counterId, string cashier, DateOnly day, DateTimeOffset now, CancellationToken ct);

    /// <summary>Refuses when a till is closed; it cannot be closed until the save.</summary>
    Task DemandOpen(TillId till, CancellationToken ct);

    /// <summary>Waits for the payments in hand, keeps out further ones until the save, and sums up what went through the till.</summary>
    Task<TillTotals> SumUp(TillId till, CancellationToken ct);

    /// <summary>The next number of a refund document of a centre and year.</summary>
    Task<string> NextRefundNumber(string centreCode, DateOnly day, CancellationToken ct);
}

/// <summary>What the gateway says about an order.</summary>
internal enum GatewayState
{
    /// <summary>Nothing yet.</summary>
    Pending,

    /// <summary>It was paid.</summary>
    Paid,

    /// <summary>It failed.</summary>
    Failed,

    /// <summary>It can no longer be paid.</summary>
    Expired,
}

/// <summary>What the gateway says.</summary>
/// <param name="OrderCode">Of which order.</param>
/// <param name="State">Where it stands.</param>
/// <param name="AmountDong">How much was paid, in dong.</param>
/// <param name="TransactionId">Its transaction; only of what was paid.</param>
internal sealed record GatewayNotice(string OrderCode, GatewayState State, long AmountDong, string? TransactionId);

/// <summary>An order as the gateway took it.</summary>
/// <param name="PayAt">Where the person pays.</param>
/// <param name="QrPayload">Content of the QR code.</param>
/// <param name="ExpiresAt">Until when it can be paid.</param>
internal sealed record GatewayOrder(string PayAt, string QrPayload, DateTimeOffset ExpiresAt);

/// <summary>A gateway for payments, such as the payment platform of the National Public Service Portal.</summary>
internal interface IPaymentGateway
{
    /// <summary>Takes an order. Starting the same one twice is one.</summary>
    /// <param name="orderCode">Its code.</param>
    /// <param name="amountDong">How much, in dong.</param>
    /// <param name="address">Public address of this host, which the gateway calls back.</param>
    /// <param name="now">The present instant.</param>
    /// <param name="ct">Cancels the work.</param>
    /// <exception cref="Pac.SharedKernel.BusinessRuleException">Online payment is not set up, or the gateway does not answer.</exception>
    Task<GatewayOrder> Start(string orderCode, long amountDong, string address, DateTimeOffset now, CancellationToken ct);

    /// <summary>Where an order stands.</summary>
    Task<GatewayNotice> Ask(string orderCode, CancellationToken ct);

    /// <summary>Gives money back. The same document twice is one.</summary>
    Task Refund(string orderCode, string document, long amountDong, CancellationToken ct);

    /// <summary>Reads a notice that came in.</summary>
    /// <exception cref="Pac.SharedKernel.BusinessRuleException">It is not signed by the gateway, or cannot be read.</exception>
    GatewayNotice Read(string body, string? signature);
}

/// <summary>Orders at the gateway, for what comes from there and acts on nobody's behalf.</summary>
internal interface IGatewayOrders
{
    /// <summary>An order with its dossier, kept from everybody else until the save; null when there is no such order.</summary>
    Task<(OnlinePayment Order, Dossier Dossier)?> Hold(string orderCode, CancellationToken ct);
}
