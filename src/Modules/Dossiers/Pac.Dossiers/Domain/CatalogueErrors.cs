using Pac.SharedKernel;

namespace Pac.Dossiers.Domain;

internal static class CatalogueErrors
{
    public static readonly Error UnknownVariant = Broken(
        "unknown-variant",
        "Thủ tục không có trường hợp {0}.",
        "The procedure has no variant {0}."
    );

    public static readonly Error UnknownPersonGroup = Broken(
        "unknown-person-group",
        "Thủ tục không có nhóm đối tượng {0}.",
        "The procedure has no person group {0}."
    );

    public static readonly Error NotReceivedThere = Broken(
        "not-received-there",
        "Thủ tục này không tiếp nhận phi địa giới; trung tâm này không tiếp nhận.",
        "This procedure is not received at any centre; this one does not receive it."
    );

    public static readonly Error ChannelNotOffered = Broken(
        "channel-not-offered",
        "Thủ tục này không được nộp qua kênh đã nêu.",
        "This procedure cannot be filed over this channel."
    );

    public static readonly Error KindNotAdmitted = Broken(
        "applicant-kind-not-admitted",
        "Đối tượng này không thuộc diện thực hiện thủ tục.",
        "This procedure is not open to this kind of applicant."
    );

    public static readonly Error UnknownStep = Broken("unknown-step", "Quy trình không có bước {0}.", "The workflow has no step {0}.");

    public static readonly Error UnknownTemplate = Broken(
        "unknown-workflow-template",
        "Không có quy trình mẫu {0}.",
        "There is no workflow template {0}."
    );

    public static readonly Error ConsultationTooLong = Broken(
        "consultation-too-long",
        "Thời gian lấy ý kiến không được dài hơn bước xử lý.",
        "A consultation must not last longer than its step."
    );

    public static readonly Error TermWithoutDueDate = Broken(
        "term-without-due-date",
        "Thủ tục không có ngày hẹn trả thì không nêu thời hạn.",
        "A procedure without a due date states no term."
    );

    public static readonly Error CentresMissing = Broken(
        "centres-missing",
        "Thủ tục không phi địa giới phải nêu các trung tâm tiếp nhận.",
        "A procedure that not every centre receives names the centres that do."
    );

    public static readonly Error FeeUnclear = Broken(
        "fee-unclear",
        "Hai mức thu của cùng một dòng phí có cùng điều kiện, hoặc khác loại phí, lệ phí.",
        "Two rules of one fee line hold under the same conditions, or one is a fee and the other a charge."
    );

    public static readonly Error FeeDiffers = Broken(
        "fee-differs",
        "Tổng mức thu công bố khác với biểu phí chi tiết tại quầy.",
        "The published total differs from what the fee rules come to at the counter."
    );

    public static readonly Error TiersUnclear = Broken(
        "tiers-unclear",
        "Các bậc giá phải tăng dần và chỉ dùng cho mức thu theo bản hoặc theo trang.",
        "Tiers ascend, and belong to a price per copy or page."
    );

    public static readonly Error SharesUnclear = Broken(
        "shares-unclear",
        "Mức thu theo giá trị phải có các tỷ lệ tăng dần theo ngưỡng; tỷ lệ, mức tối thiểu chỉ dùng cho mức thu theo giá trị.",
        "A price by value has percentages with ascending thresholds; percentages and a least belong to such a price only."
    );

    public static readonly Error LeastOverMost = Broken(
        "least-over-most",
        "Mức tối thiểu không được cao hơn mức tối đa.",
        "The least is more than the most."
    );

    public static readonly Error UnknownFee = Broken("unknown-fee", "Không có dòng phí {0}.", "There is no fee line {0}.");

    public static readonly Error UnknownLegalBasis = Broken(
        "unknown-legal-basis",
        "Không có căn cứ pháp lý mang mã {0}.",
        "There is no legal basis with the id {0}."
    );

    public static readonly Error BasisNotInForce = Broken(
        "legal-basis-not-in-force",
        "{0} chưa hoặc không còn hiệu lực vào ngày phiên bản có hiệu lực.",
        "{0} is not in force on the day the version takes effect."
    );

    public static readonly Error EndsBeforeBegin = Broken(
        "ends-before-begin",
        "Ngày hết hiệu lực phải sau ngày có hiệu lực.",
        "The last day must not lie before the first."
    );

    public static readonly Error EffectiveBeforeDecision = Broken(
        "effective-before-decision",
        "Phiên bản không có hiệu lực trước ngày ban hành quyết định.",
        "A version does not take effect before the day of its decision."
    );

    public static readonly Error PartsMissing = Broken(
        "parts-missing",
        "Thiếu bộ phận bắt buộc của thủ tục (Nghị định 63/2010/NĐ-CP, Điều 8): {0}.",
        "Mandatory parts of the procedure are missing (Decree 63/2010, art. 8): {0}."
    );

    public static readonly Error EndsTooEarly = Broken(
        "ends-too-early",
        "Thủ tục không thể hết hiệu lực trước khi phiên bản cuối có hiệu lực.",
        "A procedure cannot end before its last version takes effect."
    );

    public static readonly Error UnknownSuccessor = Broken(
        "unknown-successor",
        "Không có thủ tục thay thế mang mã này.",
        "There is no other procedure with the successor's code."
    );

    public static readonly Error ProcedureEnded = Wrong(
        "procedure-ended",
        "Thủ tục đã bị bãi bỏ vào ngày này.",
        "The procedure has ended by that day."
    );

    public static readonly Error DraftExists = Wrong(
        "draft-exists",
        "Thủ tục này đã có bản dự thảo.",
        "There is a draft of this procedure already."
    );

    public static readonly Error NothingToStartFrom = Broken(
        "nothing-to-start-from",
        "Thủ tục chưa có phiên bản nào: hãy nêu nội dung và lĩnh vực.",
        "The procedure has no version to start from: give its details and its field."
    );

    public static readonly Error AlreadyThere = Wrong("already-there", "Mã này đã có.", "There is one with this code already.");

    public static readonly Error AmendsItself = Broken(
        "amends-unknown",
        "Văn bản được sửa đổi phải là văn bản khác đã có.",
        "What is amended must be another instrument that is known."
    );

    public static readonly Error VersionNotThere = Broken(
        "unknown-version",
        "Thủ tục không có phiên bản này, hoặc phiên bản chưa có hiệu lực.",
        "The procedure has no such version, or it is not in force yet."
    );

    public static readonly Error SameVersion = Wrong(
        "same-version",
        "Hồ sơ đã theo phiên bản và trường hợp này.",
        "The dossier follows this version and variant already."
    );

    public static readonly Error NotMovable = Wrong(
        "not-movable",
        "Chỉ chuyển phiên bản cho hồ sơ đang giải quyết, tiếp nhận tại hệ thống này.",
        "Only an open dossier that was received here can be moved."
    );

    public static readonly Error MoveDropsAsked = Broken(
        "move-drops-asked",
        "Phiên bản hoặc trường hợp này không có giấy tờ {0} đang yêu cầu bổ sung; chờ bổ sung xong rồi chuyển.",
        "This version or variant has no paper {0}, which the person is asked for; move the dossier when it was answered."
    );

    public static readonly Error TimeMissing = Broken(
        "time-missing",
        "Chưa nêu thời hạn giải quyết cho hình thức nộp {0}; nêu thời hạn, hoặc đánh dấu không quy định ngày trả.",
        "There is no time for what is filed by {0}; state it, or mark the procedure as without a due date."
    );

    public static readonly Error MoveChangesAgency = Broken(
        "move-changes-agency",
        "Phiên bản này thuộc thẩm quyền của cơ quan khác; mã hồ sơ sẽ không còn đúng.",
        "Another agency is competent by that version; the dossier's code would be wrong."
    );

    private static Error Broken(string code, string vietnamese, string english) =>
        new("dossiers." + code, ErrorKind.RuleBroken, vietnamese, english);

    private static Error Wrong(string code, string vietnamese, string english) =>
        new("dossiers." + code, ErrorKind.WrongState, vietnamese, english);
}
