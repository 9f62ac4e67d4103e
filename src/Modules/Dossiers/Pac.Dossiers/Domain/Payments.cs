namespace Pac.Dossiers.Domain;

/// <summary>A line of the price that is demanded, paid or given back.</summary>
/// <param name="Code">The line of the tariff, or <c>other</c>.</param>
/// <param name="Kind">Fee or charge.</param>
/// <param name="Name">What is paid for, in Vietnamese.</param>
/// <param name="NameEn">What is paid for, in English.</param>
/// <param name="Dong">How much, in dong.</param>
/// <param name="LegalBasisId">The instrument that sets it.</param>
/// <param name="Reason">Why it is demanded, where it does not follow from the tariff.</param>
internal sealed record PaymentLine(
    string Code,
    FeeKind Kind,
    string Name,
    string NameEn,
    long Dong,
    string? LegalBasisId = null,
    string? Reason = null
)
{
    /// <summary>The line of what no tariff knows.</summary>
    public const string Other = "other";

    /// <summary>The line without what somebody wrote freely; one of no tariff is named after its reason.</summary>
    public PaymentLine WithoutReason() =>
        this with
        {
            Reason = null,
            Name = Code == Other ? "Khoản khác" : Name,
            NameEn = Code == Other ? "Other" : NameEn,
        };
}

/// <summary>Money that is demanded (nghĩa vụ tài chính). Fee and charge are demanded apart; each has its own receipt.</summary>
/// <param name="Number">Place among the demands of the dossier, from 1.</param>
/// <param name="AmountDong">How much, in dong.</param>
/// <param name="Notice">Number of the notice, and what it is for.</param>
/// <param name="Timing">When it is to be paid.</param>
/// <param name="RequestedAt">When it was demanded.</param>
/// <param name="Status">Whether it is paid.</param>
/// <param name="PaidAt">When it was paid.</param>
/// <param name="Method">How it was paid.</param>
/// <param name="ReceiptSeries">Series of the receipt (ký hiệu biên lai).</param>
/// <param name="ReceiptNumber">Number of the receipt.</param>
/// <param name="Lines">What it consists of; null for what was demanded before lines were kept.</param>
/// <param name="Kind">Fee or charge.</param>
/// <param name="Taken">Who took it where; null while it is awaited.</param>
/// <param name="RefundedDong">How much of it was given back, in dong.</param>
internal sealed record Payment(
    int Number,
    long AmountDong,
    string Notice,
    PaymentTiming Timing,
    DateTimeOffset RequestedAt,
    PaymentStatus Status = PaymentStatus.Waiting,
    DateTimeOffset? PaidAt = null,
    PaymentMethod? Method = null,
    string? ReceiptSeries = null,
    string? ReceiptNumber = null,
    IReadOnlyList<PaymentLine>? Lines = null,
    FeeKind Kind = FeeKind.Fee,
    Taking? Taken = null,
    long RefundedDong = 0
)
{
    /// <summary>Whether work waits for it.</summary>
    public bool IsAwaited() => Status == PaymentStatus.Waiting && Timing != PaymentTiming.AtReturn;

    /// <summary>Whether it is demanded for the result that is handed out, under this notice, and not paid.</summary>
    public bool IsForResult(string notice) => Status == PaymentStatus.Waiting && Timing == PaymentTiming.AtReturn && Notice == notice;

    /// <summary>Whether it is demanded by the tariff, under this notice, and not paid.</summary>
    public bool IsByTariff(string notice) => Status == PaymentStatus.Waiting && Notice == notice;

    /// <summary>Whether money for it lies with us, or lay with us.</summary>
    public bool WasPaid() => Status is PaymentStatus.Paid or PaymentStatus.RefundDue or PaymentStatus.Refunded;

    /// <summary>The lines; one for all where none were kept.</summary>
    public IReadOnlyList<PaymentLine> Parts() =>
        Lines ?? [new(PaymentLine.Other, Kind, "Phí, lệ phí", "Fee and charge", AmountDong, null, Notice)];
}

/// <summary>Who took a payment, and where.</summary>
/// <param name="Method">How it was paid.</param>
/// <param name="CentreCode">The centre that took it.</param>
/// <param name="By">Subject of the cashier, or what took it in the cashier's place.</param>
/// <param name="CounterId">The counter.</param>
/// <param name="TillId">The cash-up it belongs to; null for what is not cash.</param>
/// <param name="ReceiptId">The receipt; null where it was issued elsewhere.</param>
/// <param name="OrderCode">The order at the gateway, when it was paid there.</param>
internal sealed record Taking(
    PaymentMethod Method,
    string CentreCode,
    string By,
    Guid? CounterId = null,
    Guid? TillId = null,
    Guid? ReceiptId = null,
    string? OrderCode = null
);

/// <summary>Where giving money back stands.</summary>
internal enum RefundState
{
    /// <summary>Somebody asked for it; it waits for another person's decision.</summary>
    Requested,

    /// <summary>It was approved and has its number; it waits to be paid out.</summary>
    Approved,

    /// <summary>It was refused.</summary>
    Refused,

    /// <summary>The money was given back.</summary>
    Paid,
}

/// <summary>How money is given back.</summary>
internal enum RefundWay
{
    /// <summary>In cash at the counter.</summary>
    Cash,

    /// <summary>By bank transfer.</summary>
    Transfer,

    /// <summary>Through the payment gateway it came by.</summary>
    Gateway,
}

/// <summary>Money that is given back (hoàn trả), in whole or in part. One person asks, another one decides, and then it is paid out.</summary>
/// <param name="Number">Place among the refunds of the dossier, from 1.</param>
/// <param name="PaymentNumber">The demand whose payment is given back.</param>
/// <param name="Dong">How much, in dong.</param>
/// <param name="Lines">From which lines.</param>
/// <param name="Way">How.</param>
/// <param name="Reason">Why; no personal data.</param>
/// <param name="RequestedBy">Who asked.</param>
/// <param name="RequestedAt">When.</param>
/// <param name="State">Where it stands.</param>
/// <param name="DecidedBy">Who decided.</param>
/// <param name="DecidedAt">When.</param>
/// <param name="Note">What the decision says.</param>
/// <param name="Document">Number of the refund document (số phiếu hoàn trả), given with the approval.</param>
/// <param name="PaidOut">Who paid it out, and where.</param>
/// <param name="PaidAt">When it was paid out.</param>
/// <param name="OwedAgain">Whether what was given back is owed once more, because the dossier that had ended was opened again.</param>
internal sealed record Refund(
    int Number,
    int PaymentNumber,
    long Dong,
    IReadOnlyList<PaymentLine> Lines,
    RefundWay Way,
    string Reason,
    string RequestedBy,
    DateTimeOffset RequestedAt,
    RefundState State = RefundState.Requested,
    string? DecidedBy = null,
    DateTimeOffset? DecidedAt = null,
    string? Note = null,
    string? Document = null,
    Taking? PaidOut = null,
    DateTimeOffset? PaidAt = null,
    bool OwedAgain = false
)
{
    /// <summary>Whether it is still to be decided or paid.</summary>
    public bool IsOpen() => State is RefundState.Requested or RefundState.Approved;
}

/// <summary>That an officer freed somebody from a line, in whole or in part (miễn, giảm).</summary>
/// <param name="FeeCode">The line.</param>
/// <param name="Kind">Fee or charge.</param>
/// <param name="Dong">How much less is to be paid, in dong.</param>
/// <param name="Reason">Why; no personal data.</param>
/// <param name="LegalBasisId">The instrument it rests on.</param>
/// <param name="Evidence">The paper that proves it.</param>
/// <param name="By">Who granted it.</param>
/// <param name="At">When.</param>
internal sealed record FeeRelief(
    string FeeCode,
    FeeKind Kind,
    long Dong,
    string Reason,
    string LegalBasisId,
    string Evidence,
    string By,
    DateTimeOffset At
);

/// <summary>What is to be demanded on a line.</summary>
/// <param name="Code">The line of the tariff, or <c>other</c> with a reason.</param>
/// <param name="Dong">How much, in dong; what is still owed on the line when null.</param>
/// <param name="Reason">Why, where it does not follow from the tariff.</param>
/// <param name="Kind">Fee or charge, of what no tariff knows.</param>
/// <param name="LegalBasisId">The instrument that sets it, of what no tariff knows.</param>
internal sealed record FeeClaim(
    string Code,
    long? Dong = null,
    string? Reason = null,
    FeeKind Kind = FeeKind.Fee,
    string? LegalBasisId = null
);

/// <summary>How a line of the price stands.</summary>
/// <param name="Code">The line.</param>
/// <param name="Kind">Fee or charge.</param>
/// <param name="Name">What is paid for, in Vietnamese.</param>
/// <param name="NameEn">What is paid for, in English.</param>
/// <param name="LegalBasisId">The instrument that sets it.</param>
/// <param name="Due">What is to be paid after exemptions.</param>
/// <param name="Waiting">What is demanded and not paid.</param>
/// <param name="Paid">What was paid; refunds are not taken off, unless it is owed once more.</param>
/// <param name="Refunded">What was given back.</param>
/// <param name="Exempt">What the person was freed from.</param>
/// <param name="Collector">Who takes the money.</param>
internal sealed record FeeLine(
    string Code,
    FeeKind Kind,
    string Name,
    string NameEn,
    string? LegalBasisId,
    long Due,
    long Waiting,
    long Paid,
    long Refunded,
    long Exempt,
    FeeCollector Collector = FeeCollector.Centre
)
{
    /// <summary>What is due here and not paid; what the agency takes itself is settled there.</summary>
    public long Owed => Collector == FeeCollector.Agency ? Waiting : Math.Max(0, Due - Paid);

    /// <summary>What is due here and neither demanded nor paid.</summary>
    public long Undemanded => Math.Max(0, Owed - Waiting);
}
