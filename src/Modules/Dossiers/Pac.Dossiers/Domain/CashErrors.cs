using Pac.SharedKernel;

namespace Pac.Dossiers.Domain;

/// <summary>Why receipts, tills and cash books refuse something.</summary>
internal static class CashErrors
{
    public static readonly Error SeriesOverlap = new(
        "dossiers.receipt-range-taken",
        ErrorKind.WrongState,
        "Dải số này trùng với dải số đã đăng ký của cùng mẫu số, ký hiệu.",
        "These numbers overlap with a range of the same form and series."
    );

    public static readonly Error SeriesBounds = new(
        "dossiers.receipt-range-wrong",
        ErrorKind.RuleBroken,
        "Số cuối phải không nhỏ hơn số đầu, ngày hết hiệu lực không trước ngày bắt đầu.",
        "The last number or day lies before the first."
    );

    public static readonly Error SeriesClosed = new(
        "dossiers.receipt-series-closed",
        ErrorKind.WrongState,
        "Ký hiệu biên lai này đã đóng.",
        "This receipt series is closed."
    );

    public static readonly Error SeriesExhausted = new(
        "dossiers.receipt-series-exhausted",
        ErrorKind.WrongState,
        "Không còn số biên lai dùng được cho quầy, người thu và loại khoản thu này.",
        "There is no receipt number left for this counter, cashier and kind of payment."
    );

    public static readonly Error NumberGiven = new(
        "dossiers.receipt-number-given",
        ErrorKind.RuleBroken,
        "Số biên lai của trung tâm này do hệ thống cấp; không nhập số.",
        "The receipt numbers of this centre are given by the system; none may be entered."
    );

    public static readonly Error NumberMissing = new(
        "dossiers.receipt-number-missing",
        ErrorKind.RuleBroken,
        "Trung tâm này chưa đăng ký ký hiệu biên lai; phải nhập số biên lai đã in.",
        "This centre has no receipt series here; the number of the printed receipt is needed."
    );

    public static readonly Error WrongPlace = new(
        "dossiers.payment-place-wrong",
        ErrorKind.RuleBroken,
        "Tiền của hồ sơ được thu tại trung tâm tiếp nhận hoặc nơi trả kết quả.",
        "A payment is taken at the centre that received the dossier or returns its result."
    );

    public static readonly Error ReceiptVoided = new(
        "dossiers.receipt-voided",
        ErrorKind.WrongState,
        "Biên lai này đã bị hủy.",
        "This receipt was voided."
    );

    public static readonly Error TillClosed = new(
        "dossiers.till-closed",
        ErrorKind.WrongState,
        "Ca thu đã chốt; khoản thu này chỉ có thể hoàn trả.",
        "The till was closed; this payment can only be given back by a refund."
    );

    public static readonly Error DayOver = new(
        "dossiers.payment-day-over",
        ErrorKind.WrongState,
        "Chỉ hủy được khoản thu trong ngày; sau đó hãy lập phiếu hoàn trả.",
        "A payment can be voided on its day only; later it is given back by a refund."
    );

    public static readonly Error NotYours = new(
        "dossiers.till-not-yours",
        ErrorKind.Forbidden,
        "Chỉ người thu mới được chốt ca của mình.",
        "Only the cashier closes a till."
    );

    public static readonly Error YoursToClose = new(
        "dossiers.till-yours",
        ErrorKind.Forbidden,
        "Ca thu của chính mình thì tự chốt; chốt thay chỉ dành cho ca của người khác.",
        "The own till is closed by its cashier; only that of another one is closed in the cashier's place."
    );

    public static readonly Error ClosedAlready = new(
        "dossiers.till-closed-already",
        ErrorKind.WrongState,
        "Ca thu này đã chốt.",
        "This till is closed already."
    );

    public static readonly Error NotClosed = new(
        "dossiers.till-not-closed",
        ErrorKind.WrongState,
        "Ca thu chưa chốt.",
        "The till is not closed yet."
    );

    public static readonly Error ConfirmedAlready = new(
        "dossiers.till-confirmed-already",
        ErrorKind.WrongState,
        "Ca thu đã được xác nhận.",
        "The till is confirmed already."
    );

    public static readonly Error OwnTill = new(
        "dossiers.till-own",
        ErrorKind.Forbidden,
        "Người xác nhận phải khác người thu và người chốt thay.",
        "Whoever confirms a till must be another person than its cashier and whoever closed it."
    );

    public static readonly Error CountWrong = new(
        "dossiers.count-wrong",
        ErrorKind.RuleBroken,
        "Tổng theo mệnh giá là {0} đồng, khác số đã kiểm đếm.",
        "The denominations add up to {0} dong, not to the amount counted."
    );

    public static readonly Error DifferenceUnexplained = new(
        "dossiers.difference-unexplained",
        ErrorKind.RuleBroken,
        "Chênh lệch {0} đồng so với sổ phải được giải trình.",
        "The difference of {0} dong to the book has to be explained."
    );
}
