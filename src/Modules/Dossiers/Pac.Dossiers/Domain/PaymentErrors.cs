using Pac.SharedKernel;

namespace Pac.Dossiers.Domain;

/// <summary>Why demands, payments, exemptions and refunds are refused.</summary>
internal static class PaymentErrors
{
    public static readonly Error NoSupplement = new(
        "dossiers.no-supplement-open",
        ErrorKind.WrongState,
        "Chỉ thu cùng lúc bổ sung khi hồ sơ đang chờ bổ sung.",
        "A payment with the supplement can be demanded only while a supplement is awaited."
    );

    public static readonly Error OnlyWithSupplement = new(
        "dossiers.only-with-supplement",
        ErrorKind.WrongState,
        "Hồ sơ đang chờ bổ sung; khoản thu phải đi cùng việc bổ sung (atSupplement).",
        "While a supplement is awaited, a payment is demanded with it (atSupplement)."
    );

    public static readonly Error BeforeIsOver = new(
        "dossiers.before-is-over",
        ErrorKind.WrongState,
        "Hồ sơ đã chuyển xử lý; không còn khoản phải nộp trước.",
        "The dossier was handed on; it is too late for a payment before work begins."
    );

    public static readonly Error OnlyAtReturn = new(
        "dossiers.only-at-return",
        ErrorKind.WrongState,
        "Hồ sơ đã có kết quả; khoản thu chỉ có thể thu khi trả kết quả (atReturn).",
        "There is a result already; a payment can only be demanded at the return (atReturn)."
    );

    public static readonly Error UnknownLine = new(
        "dossiers.unknown-fee-line",
        ErrorKind.RuleBroken,
        "Biểu phí của hồ sơ không có khoản {0}.",
        "The price of this dossier has no line {0}."
    );

    public static readonly Error AmountMissing = new(
        "dossiers.amount-missing",
        ErrorKind.RuleBroken,
        "Khoản ngoài biểu phí phải nêu số tiền.",
        "What is demanded beside the tariff needs an amount."
    );

    public static readonly Error ReasonMissing = new(
        "dossiers.reason-missing",
        ErrorKind.RuleBroken,
        "Khoản ngoài biểu phí phải nêu lý do.",
        "What is demanded beside the tariff needs a reason."
    );

    public static readonly Error DemandedAlready = new(
        "dossiers.demanded-already",
        ErrorKind.WrongState,
        "Khoản này đã được yêu cầu nộp, đã nộp hoặc được miễn.",
        "This is demanded already, paid or exempt."
    );

    public static readonly Error MoreThanTariff = new(
        "dossiers.more-than-tariff",
        ErrorKind.RuleBroken,
        "Theo biểu phí, khoản này chỉ còn phải thu {0} đồng.",
        "The tariff leaves {0} dong to be demanded on this line."
    );

    public static readonly Error CollectedElsewhere = new(
        "dossiers.fee-collected-elsewhere",
        ErrorKind.WrongState,
        "Khoản này do cơ quan giải quyết trực tiếp thu, không thu tại trung tâm.",
        "The agency takes this itself; it is not demanded here."
    );

    public static readonly Error PayBeforeTransfer = new(
        "dossiers.pay-before-transfer",
        ErrorKind.WrongState,
        "Còn khoản phải nộp trước; thu xong mới chuyển hồ sơ.",
        "A payment is awaited first; the dossier is handed on once it is paid."
    );

    public static readonly Error PayWithSupplement = new(
        "dossiers.pay-with-supplement",
        ErrorKind.WrongState,
        "Còn khoản phải nộp cùng với việc bổ sung hồ sơ.",
        "A payment that goes with the supplement is still awaited."
    );

    public static readonly Error EvidenceMissing = new(
        "dossiers.evidence-missing",
        ErrorKind.RuleBroken,
        "Đối tượng được miễn, giảm phí phải có giấy tờ chứng minh.",
        "Whoever pays less needs a paper that proves the group."
    );

    public static readonly Error DemandOfTariff = new(
        "dossiers.demand-of-tariff",
        ErrorKind.RuleBroken,
        "Khoản này thu theo biểu phí của thủ tục; chỉ có thể được miễn, giảm, không hủy yêu cầu nộp.",
        "The tariff of the procedure wants this; somebody can be freed from it, but the demand is not taken back."
    );

    public static readonly Error PagesMissing = new(
        "dossiers.pages-missing",
        ErrorKind.RuleBroken,
        "Phí tính theo trang: nêu số trang của mọi giấy tờ.",
        "The fee is by the page: state the pages of every paper."
    );

    public static readonly Error NotTheCashier = new(
        "dossiers.not-the-cashier",
        ErrorKind.Forbidden,
        "Tiền mặt nằm trong quầy thu của người khác; chỉ người đã thu hoặc người xác nhận quỹ được hủy.",
        "The cash lies in somebody else's till; only who took it, or who confirms cash-ups, voids it."
    );

    public static readonly Error DeclaredValueMissing = new(
        "dossiers.declared-value-missing",
        ErrorKind.RuleBroken,
        "Mức thu của thủ tục này tính theo giá trị kê khai; phải nêu giá trị.",
        "The price of this procedure is a percentage of a declared value; the value is needed."
    );

    public static readonly Error ExemptTooMuch = new(
        "dossiers.exempt-too-much",
        ErrorKind.RuleBroken,
        "Khoản này chỉ còn {0} đồng phải nộp.",
        "Only {0} dong are still to be paid on this line."
    );

    public static readonly Error UnknownBasis = new(
        "dossiers.exemption-basis-unknown",
        ErrorKind.RuleBroken,
        "Không có căn cứ pháp lý này trong danh mục, hoặc chưa/không còn hiệu lực.",
        "There is no such instrument in the catalogue, or it is not in force."
    );

    public static readonly Error NotVoidable = new(
        "dossiers.payment-not-voidable",
        ErrorKind.WrongState,
        "Không hủy được khoản thu này nữa; hãy lập phiếu hoàn trả.",
        "This payment cannot be voided any more; give it back by a refund."
    );

    public static readonly Error NotPaid = new(
        "dossiers.payment-not-paid",
        ErrorKind.WrongState,
        "Không có khoản đã thu nào mang số này.",
        "No payment with this number was paid."
    );

    public static readonly Error NotThroughGateway = new(
        "dossiers.not-through-gateway",
        ErrorKind.RuleBroken,
        "Khoản này không được nộp qua cổng thanh toán.",
        "This was not paid through the gateway."
    );

    public static readonly Error RefundTooMuch = new(
        "dossiers.refund-too-much",
        ErrorKind.RuleBroken,
        "Chỉ còn {0} đồng có thể hoàn trả.",
        "Only {0} dong can be given back."
    );

    public static readonly Error NothingToDecide = new(
        "dossiers.nothing-to-decide",
        ErrorKind.WrongState,
        "Không có đề nghị hoàn trả nào mang số này đang chờ duyệt.",
        "No refund with this number waits for a decision."
    );

    public static readonly Error FourEyes = new(
        "dossiers.four-eyes",
        ErrorKind.Forbidden,
        "Người duyệt phải khác người thu, người đề nghị và người chi tiền.",
        "Whoever approves must be another person than the one who took, asked or pays out the money."
    );

    public static readonly Error NoteMissing = new(
        "dossiers.note-missing",
        ErrorKind.RuleBroken,
        "Từ chối hoàn trả phải nêu lý do.",
        "A refusal to give back needs its reason."
    );

    public static readonly Error NotApproved = new(
        "dossiers.refund-not-approved",
        ErrorKind.WrongState,
        "Không có phiếu hoàn trả nào mang số này đã duyệt và chờ chi.",
        "No approved refund with this number waits to be paid out."
    );

    public static readonly Error ResultMissing = new(
        "dossiers.result-missing",
        ErrorKind.RuleBroken,
        "Thủ tục này bắt buộc có kết quả: phải có số, ngày và người ký văn bản.",
        "This procedure has to end with a document: number, date and signer are needed."
    );

    public static readonly Error NothingToReturn = new(
        "dossiers.nothing-to-return",
        ErrorKind.WrongState,
        "Thủ tục này bắt buộc có kết quả nhưng hồ sơ chưa có văn bản kết quả.",
        "This procedure has to end with a document, and there is none to return."
    );
}
