using Pac.SharedKernel;

namespace Pac.Dossiers.Domain;

/// <summary>Why a payment through the gateway is refused.</summary>
internal static class GatewayErrors
{
    public static readonly Error Off = new(
        "dossiers.online-payment-off",
        ErrorKind.Unavailable,
        "Thanh toán trực tuyến chưa được thiết lập tại hệ thống này.",
        "Online payment is not set up here."
    );

    public static readonly Error Away = new(
        "dossiers.gateway-away",
        ErrorKind.Unavailable,
        "Cổng thanh toán hiện không trả lời; hãy thử lại sau.",
        "The payment gateway does not answer at present; try again later."
    );

    public static readonly Error NotSigned = new(
        "dossiers.notice-not-signed",
        ErrorKind.Forbidden,
        "Thông báo không mang chữ ký hợp lệ của cổng thanh toán.",
        "The notice does not carry a valid signature of the gateway."
    );

    public static readonly Error NoticeUnclear = new(
        "dossiers.notice-unclear",
        ErrorKind.Malformed,
        "Không đọc được thông báo của cổng thanh toán.",
        "The notice of the gateway cannot be read."
    );

    public static readonly Error NothingDue = new(
        "dossiers.gateway-nothing-due",
        ErrorKind.WrongState,
        "Không có khoản nào đang chờ thanh toán trực tuyến.",
        "Nothing waits to be paid online."
    );

    public static readonly Error NoSurplus = new(
        "dossiers.gateway-no-surplus",
        ErrorKind.WrongState,
        "Giao dịch này không có tiền phải trả lại.",
        "There is no money to be given back from this order."
    );
}
