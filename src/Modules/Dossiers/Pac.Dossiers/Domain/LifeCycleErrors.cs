using Pac.SharedKernel;

namespace Pac.Dossiers.Domain;

internal static class LifeCycleErrors
{
    public static readonly Error NotPossible = new(
        "dossiers.act-not-possible",
        ErrorKind.WrongState,
        "Hồ sơ đang ở trạng thái “{0}”. Có thể thực hiện: {1}.",
        "The dossier is in the state “{0}”. Possible are: {1}."
    );

    public static readonly Error IdentityMissing = new(
        "dossiers.identity-missing",
        ErrorKind.RuleBroken,
        "Hồ sơ trực tuyến phải có số định danh của tài khoản định danh điện tử.",
        "An online dossier needs the identity number of the e-identity account."
    );

    public static readonly Error AlreadySubmitted = new(
        "dossiers.already-submitted",
        ErrorKind.WrongState,
        "Hồ sơ mang mã này của Cổng Dịch vụ công quốc gia đã có trong hệ thống.",
        "The dossier with this code of the National Public Service Portal is here already."
    );

    public static readonly Error InTheFuture = new(
        "dossiers.in-the-future",
        ErrorKind.RuleBroken,
        "Thời điểm không được ở tương lai.",
        "The instant must not lie in the future."
    );

    public static readonly Error CounterOnly = new(
        "dossiers.counter-only",
        ErrorKind.RuleBroken,
        "Thủ tục này chỉ tiếp nhận trực tiếp.",
        "This procedure is received at the counter only."
    );

    public static readonly Error PaymentFirst = new(
        "dossiers.payment-first",
        ErrorKind.WrongState,
        "Còn khoản phải nộp trước khi tiếp nhận.",
        "A payment is awaited before the dossier can be accepted."
    );

    public static readonly Error TransferLate = new(
        "dossiers.transfer-late",
        ErrorKind.RuleBroken,
        "Hồ sơ phải được chuyển trước {0} ({1}); nêu lý do chậm trong ghi chú.",
        "The dossier had to be transferred by {0} ({1}); state in the note why it is late."
    );

    public static readonly Error SupplementTwice = new(
        "dossiers.supplement-twice",
        ErrorKind.RuleBroken,
        "Chỉ được yêu cầu bổ sung {0} lần ({1}); lần tiếp theo cần luật riêng và người phê duyệt.",
        "A supplement may be asked for {0} time only ({1}); once more needs a special law and an approval."
    );

    public static readonly Error SupplementUnpublished = new(
        "dossiers.supplement-unpublished",
        ErrorKind.RuleBroken,
        "Thành phần {0} không có trong danh mục đã công bố; không được yêu cầu ngoài quy định (khoản 1 Điều 5 Nghị định 118/2025/NĐ-CP).",
        "The component {0} is not in the published list; nothing may be asked for outside the law (Decree 118/2025/ND-CP, art. 5 clause 1)."
    );

    public static readonly Error SupplementDigital = new(
        "dossiers.supplement-already-digital",
        ErrorKind.RuleBroken,
        "Thành phần {0} đã có dữ liệu số hợp lệ; chỉ được yêu cầu lại để xác minh (khoản 1 Điều 5 Nghị định 118/2025/NĐ-CP).",
        "The component {0} is digital already; it may be asked for again only to verify it (Decree 118/2025/ND-CP, art. 5 clause 1)."
    );

    public static readonly Error SupplementIncomplete = new(
        "dossiers.supplement-incomplete",
        ErrorKind.RuleBroken,
        "Còn thiếu thành phần được yêu cầu: {0}.",
        "Of what was asked for is missing: {0}."
    );

    public static readonly Error SupplementExpired = new(
        "dossiers.supplement-expired",
        ErrorKind.WrongState,
        "Thời hạn bổ sung đã hết lúc {0}.",
        "The time to answer ended at {0}."
    );

    public static readonly Error ExtendedBefore = new(
        "dossiers.extended-before",
        ErrorKind.WrongState,
        "Chỉ được hẹn lại một lần; hồ sơ đã được hẹn lại đến {0}.",
        "The date can be moved once only; it was moved to {0} before."
    );

    public static readonly Error NothingDue = new(
        "dossiers.nothing-due",
        ErrorKind.WrongState,
        "Hồ sơ không có ngày hẹn trả để gia hạn.",
        "No date was promised, so none can be moved."
    );

    public static readonly Error ExtensionTooLate = new(
        "dossiers.extension-too-late",
        ErrorKind.WrongState,
        "Đã quá hạn lúc {0}; chỉ được xin lỗi, hẹn lại trước thời điểm đó ({1}).",
        "It was due at {0}; an apology with a new date must come before that ({1})."
    );

    public static readonly Error ExtensionNotLater = new(
        "dossiers.extension-not-later",
        ErrorKind.RuleBroken,
        "Ngày hẹn mới phải sau thời hạn hiện tại {0}.",
        "The new date must lie after the present one, {0}."
    );

    public static readonly Error WithdrawalTooLate = new(
        "dossiers.withdrawal-too-late",
        ErrorKind.WrongState,
        "Đã có quyết định lúc {0}; chỉ được rút hồ sơ trước khi có quyết định.",
        "It was decided on at {0}; a dossier can be withdrawn only before the decision."
    );

    public static readonly Error DecisionMissing = new(
        "dossiers.decision-missing",
        ErrorKind.RuleBroken,
        "Chỉ được từ chối cho rút khi đã có quyết định; nêu số và ngày quyết định.",
        "A withdrawal can be refused only because of a decision; state its number and date."
    );

    public static readonly Error NothingToPay = new(
        "dossiers.nothing-to-pay",
        ErrorKind.WrongState,
        "Không có khoản phải nộp nào mang số này đang chờ thu.",
        "No payment with this number is awaited."
    );

    public static readonly Error PaymentOpen = new(
        "dossiers.payment-open",
        ErrorKind.WrongState,
        "Còn {0} đồng chưa nộp ({1}); thu xong mới trả kết quả.",
        "{2} dong are still to be paid ({3}); the result is returned once they are."
    );

    public static readonly Error IdentityUnchecked = new(
        "dossiers.identity-unchecked",
        ErrorKind.RuleBroken,
        "Trả kết quả tại quầy phải kiểm tra giấy tiếp nhận hoặc giấy tờ tùy thân.",
        "A result handed over at a counter needs the check of the receipt or of an identity document."
    );

    public static readonly Error SameAgency = new(
        "dossiers.same-agency",
        ErrorKind.RuleBroken,
        "Hồ sơ đang ở chính cơ quan này.",
        "This very agency has the dossier in hand."
    );

    public static readonly Error NoSuchAgency = new(
        "dossiers.no-such-agency",
        ErrorKind.RuleBroken,
        "Không có cơ quan mang mã này.",
        "There is no agency with this code."
    );

    public static readonly Error HandOverLate = new(
        "dossiers.hand-over-late",
        ErrorKind.RuleBroken,
        "Phần thời gian của cơ quan đã hết lúc {0}; nêu nguyên nhân chậm.",
        "The agency's share of the time ended at {0}; state the cause of the delay."
    );

    public static readonly Error ReopenImported = new(
        "dossiers.reopen-imported",
        ErrorKind.WrongState,
        "Hồ sơ nhập từ hệ thống khác không mở lại được tại đây.",
        "A dossier reported by another system cannot be opened again here."
    );

    public static readonly Error LinkToItself = new(
        "dossiers.link-to-itself",
        ErrorKind.RuleBroken,
        "Hồ sơ không liên thông với chính nó.",
        "A dossier cannot be linked to itself."
    );

    public static readonly Error LinkedBefore = new(
        "dossiers.linked-before",
        ErrorKind.WrongState,
        "Hồ sơ {0} đã thuộc một nhóm liên thông.",
        "The dossier {0} belongs to linked dossiers already."
    );

    public static readonly Error LinkedLeads = new(
        "dossiers.linked-leads",
        ErrorKind.WrongState,
        "Hồ sơ {0} đang là hồ sơ chính của một nhóm liên thông; không nối tiếp thành chuỗi.",
        "The dossier {0} leads linked ones itself; there are no chains."
    );

    public static readonly Error LinkedOtherPerson = new(
        "dossiers.linked-other-person",
        ErrorKind.RuleBroken,
        "Hồ sơ {0} không cùng người nộp hoặc trung tâm tiếp nhận.",
        "The dossier {0} is of another applicant or another centre."
    );

    public static readonly Error LinkedOpen = new(
        "dossiers.linked-open",
        ErrorKind.WrongState,
        "Các hồ sơ liên thông chưa giải quyết xong: {0}.",
        "Linked dossiers are not settled yet: {0}."
    );
}
