using Pac.BuildingBlocks.Security;

namespace Pac.Dossiers;

internal static class DossiersPermissions
{
    public static readonly Permission Read = new("dossiers.read", true, "Xem hồ sơ", "See dossiers");

    public static readonly Permission ReadPersonal = new(
        "dossiers.read-personal",
        true,
        "Xem đầy đủ dữ liệu cá nhân trong hồ sơ",
        "See the personal data of dossiers in full"
    );

    public static readonly Permission Receive = new("dossiers.receive", false, "Tiếp nhận hồ sơ", "Receive dossiers");

    public static readonly Permission Transfer = new("dossiers.transfer", false, "Chuyển hồ sơ", "Transfer dossiers");

    public static readonly Permission ManageDocuments = new(
        "dossiers.manage-documents",
        false,
        "Số hóa, đính kèm và gỡ tài liệu của hồ sơ",
        "Digitise, attach and remove documents of dossiers"
    );

    public static readonly Permission Process = new("dossiers.process", false, "Thụ lý hồ sơ", "Work on dossiers");

    public static readonly Permission Assign = new(
        "dossiers.assign",
        false,
        "Nhận việc, phân công và trả lại hồ sơ trong đơn vị",
        "Take, assign and release dossiers of one's unit"
    );

    public static readonly Permission Settle = new("dossiers.settle", false, "Ký, ban hành kết quả", "Settle dossiers");

    public static readonly Permission Return = new("dossiers.return", false, "Trả kết quả", "Return results");

    public static readonly Permission Submit = new(
        "dossiers.submit",
        false,
        "Chuyển hồ sơ nộp trực tuyến vào hệ thống",
        "Hand in online submissions"
    );

    public static readonly Permission RequestSupplement = new(
        "dossiers.request-supplement",
        false,
        "Yêu cầu bổ sung hồ sơ",
        "Ask for supplements"
    );

    public static readonly Permission ApproveSupplement = new(
        "dossiers.approve-supplement",
        false,
        "Phê duyệt yêu cầu bổ sung lần nữa theo luật chuyên ngành",
        "Approve a second supplement by a special law"
    );

    public static readonly Permission DemandPayment = new(
        "dossiers.demand-payment",
        false,
        "Yêu cầu thực hiện nghĩa vụ tài chính",
        "Demand payments"
    );

    public static readonly Permission TakePayment = new("dossiers.take-payment", false, "Thu phí, lệ phí", "Confirm payments");

    public static readonly Permission GrantExemption = new(
        "dossiers.grant-exemption",
        false,
        "Quyết định miễn, giảm phí, lệ phí",
        "Grant exemptions from fees"
    );

    public static readonly Permission ApproveRefund = new(
        "dossiers.approve-refund",
        false,
        "Duyệt hoàn trả phí, lệ phí",
        "Approve refunds"
    );

    public static readonly Permission PayOnline = new(
        "dossiers.pay-online",
        false,
        "Khởi tạo thanh toán trực tuyến",
        "Start online payments"
    );

    public static readonly Permission ReadCash = new(
        "dossiers.read-cash",
        true,
        "Xem biên lai, sổ thu và số liệu phí",
        "See receipts, cash books and fee figures"
    );

    public static readonly Permission ConfirmCash = new("dossiers.confirm-cash", false, "Xác nhận chốt ca thu tiền", "Confirm cash-ups");

    public static readonly Permission ManageReceipts = new(
        "dossiers.manage-receipts",
        false,
        "Quản lý dải số biên lai",
        "Manage receipt numbers"
    );

    public static readonly Permission Extend = new("dossiers.extend", false, "Xin lỗi, gia hạn giải quyết", "Apologise and extend");

    public static readonly Permission RequestWithdrawal = new(
        "dossiers.request-withdrawal",
        false,
        "Ghi nhận yêu cầu rút hồ sơ",
        "Note the wish to withdraw"
    );

    public static readonly Permission DecideWithdrawal = new(
        "dossiers.decide-withdrawal",
        false,
        "Quyết định cho rút hồ sơ",
        "Decide on withdrawals"
    );

    public static readonly Permission Stop = new("dossiers.stop", false, "Dừng giải quyết hồ sơ", "Stop dossiers");

    public static readonly Permission HandOver = new(
        "dossiers.hand-over",
        false,
        "Chuyển hồ sơ giữa các cơ quan",
        "Hand dossiers over between agencies"
    );

    public static readonly Permission Oversee = new(
        "dossiers.oversee",
        false,
        "Theo dõi thời hạn, đôn đốc giải quyết hồ sơ",
        "Oversee the terms of dossiers and press for them"
    );

    public static readonly Permission Reopen = new("dossiers.reopen", false, "Mở lại hồ sơ đã kết thúc", "Reopen finished dossiers");

    public static readonly Permission ApproveSpecial = new(
        "dossiers.approve-special",
        false,
        "Phê duyệt mở lại hồ sơ, chuyển hồ sơ sang phiên bản khác",
        "Approve that dossiers are reopened or moved to another version"
    );

    public static readonly Permission Succeed = new(
        "dossiers.succeed",
        false,
        "Chuyển hồ sơ sang cơ quan kế thừa",
        "Pass dossiers to a successor organisation"
    );

    public static readonly Permission Synchronise = new(
        "dossiers.synchronise",
        false,
        "Ghi nhận đồng bộ với Cổng Dịch vụ công quốc gia",
        "Note synchronisation with the national portal"
    );

    public static readonly Permission Import = new("dossiers.import", false, "Nhập hồ sơ hàng loạt", "Import dossiers in bulk");

    public static readonly Permission Export = new("dossiers.export", true, "Kết xuất danh sách hồ sơ", "Export lists of dossiers");

    public static readonly Permission Statistics = new("dossiers.statistics", true, "Xem số liệu thống kê", "See statistics");

    public static readonly Permission PublishStatistics = new(
        "dossiers.publish-statistics",
        false,
        "Công bố số liệu thống kê và cấu hình điểm chỉ số",
        "Publish statistics and set the points of indices"
    );

    public static readonly Permission ManageCatalogue = new(
        "dossiers.manage-catalogue",
        false,
        "Quản lý danh mục thủ tục",
        "Manage the catalogue of procedures"
    );

    public static readonly Permission MoveVersion = new(
        "dossiers.move-version",
        false,
        "Chuyển hồ sơ sang phiên bản thủ tục khác",
        "Move dossiers to another version of their procedure"
    );

    public static readonly Permission Audit = new(
        "dossiers.audit",
        true,
        "Xem ai đã xem dữ liệu cá nhân của hồ sơ nào",
        "See who saw the personal data of which dossier"
    );

    public static readonly Permission ManageWebhooks = new(
        "dossiers.manage-webhooks",
        false,
        "Đăng ký nhận sự kiện về hồ sơ",
        "Subscribe to events about dossiers"
    );

    public static readonly Permission ManageExchange = new(
        "dossiers.manage-exchange",
        false,
        "Vận hành kết nối, đồng bộ với hệ thống khác",
        "Operate the exchange with other systems"
    );

    public static readonly Permission Notify = new(
        "dossiers.notify",
        false,
        "Theo dõi, gửi lại thông báo cho người dân",
        "Look after what people are told"
    );

    public static readonly Permission ManageTemplates = new(
        "dossiers.manage-templates",
        false,
        "Soạn mẫu thông báo, phiếu đánh giá",
        "Write the texts of notifications and the rating sheet"
    );

    public static readonly Permission HandleFeedback = new(
        "dossiers.handle-feedback",
        false,
        "Xử lý phản ánh, kiến nghị",
        "Handle feedback"
    );

    public static readonly Permission TakeFeedback = new(
        "dossiers.take-feedback",
        false,
        "Ghi nhận phản ánh, kiến nghị",
        "Take feedback down"
    );

    public static readonly Permission AnswerFeedback = new(
        "dossiers.answer-feedback",
        false,
        "Trả lời phản ánh, kiến nghị được giao",
        "Answer the feedback one was given"
    );

    public static readonly Permission ManageRetention = new(
        "dossiers.manage-retention",
        false,
        "Quản lý thời hạn lưu trữ, xóa dữ liệu cá nhân",
        "Manage retention and erase personal data"
    );

    public static readonly Permission[] All =
    [
        Read,
        ReadPersonal,
        Receive,
        Transfer,
        ManageDocuments,
        Process,
        Assign,
        Settle,
        Return,
        Submit,
        RequestSupplement,
        ApproveSupplement,
        DemandPayment,
        TakePayment,
        GrantExemption,
        ApproveRefund,
        PayOnline,
        ReadCash,
        ConfirmCash,
        ManageReceipts,
        Extend,
        RequestWithdrawal,
        DecideWithdrawal,
        Stop,
        HandOver,
        Oversee,
        Reopen,
        ApproveSpecial,
        Succeed,
        Synchronise,
        Import,
        Export,
        Statistics,
        PublishStatistics,
        ManageCatalogue,
        MoveVersion,
        Audit,
        ManageWebhooks,
        ManageExchange,
        Notify,
        ManageTemplates,
        HandleFeedback,
        TakeFeedback,
        AnswerFeedback,
        ManageRetention,
    ];
}
