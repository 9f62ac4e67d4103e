using Pac.SharedKernel;

namespace Pac.Dossiers.Domain;

/// <summary>Which system may state the status of a dossier: exactly one at a time (Circular 04/2025/TT-VPCP).</summary>
internal enum StatedBy
{
    /// <summary>This one.</summary>
    Pac,

    /// <summary>The National Public Service Portal (Cổng Dịch vụ công quốc gia).</summary>
    NationalPortal,

    /// <summary>The central system of a ministry.</summary>
    Ministry,

    /// <summary>The system that the province worked with before, and still does beside this one (VNPT iGate).</summary>
    IGate,
}

/// <summary>That from now on another system states the status.</summary>
internal sealed record StatingWasHandedOver(Dossier Dossier, StatedBy To, string By, DateTimeOffset At) : IDossierAct
{
    public string Act => "statingHandedOver";

    public string Detail => To.ToString();
}

/// <summary>That the system which states the status has reported one. The act happened when it says, whenever we heard of it.</summary>
internal sealed record StatusWasReported(Dossier Dossier, DossierStatus Status, string By, DateTimeOffset At) : IDossierAct
{
    public string Act => "statusReported";

    public string Detail => Status.ToString();
}

internal static class ExchangeErrors
{
    public static readonly Error StatedElsewhere = new(
        "dossiers.stated-elsewhere",
        ErrorKind.WrongState,
        "Trạng thái của hồ sơ này do hệ thống khác phát biểu; hãy nhận lại quyền phát biểu trước.",
        "Another system states the status of this dossier; take that back first."
    );

    public static readonly Error StatesAlready = new(
        "dossiers.states-already",
        ErrorKind.WrongState,
        "Hệ thống này đang là hệ thống phát biểu trạng thái.",
        "This system states the status already."
    );

    public static readonly Error AlreadyStated = new(
        "dossiers.exchange-message-done",
        ErrorKind.WrongState,
        "Thông điệp này không ở trạng thái chờ xử lý lại.",
        "This message is not parked."
    );

    public static readonly Error BeforeLastAct = new(
        "dossiers.before-last-act",
        ErrorKind.WrongState,
        "Thời điểm báo cáo sớm hơn lần xử lý gần nhất đã ghi nhận của hồ sơ.",
        "What is reported happened before the last act that is recorded of the dossier."
    );

    public static readonly Error NotReportable = new(
        "dossiers.status-not-reportable",
        ErrorKind.WrongState,
        "Từ trạng thái hiện tại, hồ sơ không thể chuyển sang trạng thái được báo cáo.",
        "The dossier cannot come from where it stands to the status that is reported."
    );

    public static readonly Error Off = new(
        "dossiers.exchange-off",
        ErrorKind.WrongState,
        "Chưa cấu hình kết nối với hệ thống này.",
        "The exchange with this system is not configured."
    );
}
