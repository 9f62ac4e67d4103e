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

    public static readonly Permission Process = new("dossiers.process", false, "Thụ lý hồ sơ", "Work on dossiers");

    public static readonly Permission Settle = new("dossiers.settle", false, "Ký, ban hành kết quả", "Settle dossiers");

    public static readonly Permission Return = new("dossiers.return", false, "Trả kết quả", "Return results");

    public static readonly Permission Import = new("dossiers.import", false, "Nhập hồ sơ hàng loạt", "Import dossiers in bulk");

    public static readonly Permission Statistics = new("dossiers.statistics", true, "Xem số liệu thống kê", "See statistics");

    public static readonly Permission ManageCatalogue = new(
        "dossiers.manage-catalogue",
        false,
        "Quản lý danh mục thủ tục",
        "Manage the catalogue of procedures"
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

    public static readonly Permission[] All =
    [
        Read,
        ReadPersonal,
        Receive,
        Transfer,
        Process,
        Settle,
        Return,
        Import,
        Statistics,
        ManageCatalogue,
        ManageWebhooks,
        ManageExchange,
    ];
}
