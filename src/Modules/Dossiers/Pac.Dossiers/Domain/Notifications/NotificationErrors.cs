using Pac.SharedKernel;

namespace Pac.Dossiers.Domain.Notifications;

internal static class NotificationErrors
{
    public static readonly Error UnknownGap = new(
        "dossiers.notification-placeholder-unknown",
        ErrorKind.RuleBroken,
        "Không có trường {0} cho loại tin này; có thể dùng: {1}.",
        "There is no placeholder {0} for this kind of message; possible are: {1}."
    );

    public static readonly Error OpenBrace = new(
        "dossiers.notification-placeholder-broken",
        ErrorKind.RuleBroken,
        "Có dấu ngoặc nhọn không thuộc trường nào; trường viết liền như {code}.",
        "There is a brace that belongs to no placeholder; placeholders are written like {code}."
    );

    public static readonly Error LooksPersonal = new(
        "dossiers.notification-looks-personal",
        ErrorKind.RuleBroken,
        "Mẫu tin không được chứa dãy 9 hoặc 12 chữ số: có thể là số định danh.",
        "A template must not contain a run of 9 or 12 digits: it may be an identity number."
    );

    public static readonly Error CodeMissing = new(
        "dossiers.notification-code-missing",
        ErrorKind.RuleBroken,
        "Mẫu tin phải có trường {0} để người nhận biết tin nói về việc nào.",
        "A template needs the placeholder {0}, by which the reader knows what it is about."
    );

    public static readonly Error TooLong = new(
        "dossiers.notification-too-long",
        ErrorKind.RuleBroken,
        "Tin nhắn SMS dài {0} phần; tối đa {1}.",
        "The short message has {0} parts; at most {1} are possible."
    );

    public static readonly Error SubjectMissing = new(
        "dossiers.notification-subject-missing",
        ErrorKind.RuleBroken,
        "Thư điện tử phải có tiêu đề.",
        "A letter needs a subject."
    );

    public static readonly Error InForce = new(
        "dossiers.notification-template-in-force",
        ErrorKind.WrongState,
        "Mẫu tin đang hoặc đã có hiệu lực; hãy thêm mẫu mới với ngày hiệu lực sau hôm nay.",
        "The template is or was in force; add a new one that takes effect after today."
    );

    public static readonly Error NotLater = new(
        "dossiers.notification-template-not-later",
        ErrorKind.RuleBroken,
        "Ngày hiệu lực phải sau hôm nay và sau mẫu gần nhất cùng loại ({0}).",
        "The effective date has to be after today and after that of the last template of its kind ({0})."
    );

    public static readonly Error ProvinceOnly = new(
        "dossiers.notification-province-only",
        ErrorKind.Forbidden,
        "Mẫu tin áp dụng cho toàn tỉnh; cần quyền trên toàn tỉnh.",
        "Templates hold for the whole province; a right over the whole province is needed."
    );

    public static readonly Error StillWaiting = new(
        "dossiers.notification-still-waiting",
        ErrorKind.WrongState,
        "Tin đang chờ gửi; không cần gửi lại.",
        "The message is waiting to be sent; there is nothing to send again."
    );

    public static readonly Error Overtaken = new(
        "dossiers.notification-overtaken",
        ErrorKind.WrongState,
        "Nội dung tin không còn đúng; không gửi lại.",
        "What the message says is no longer true; it is not sent again."
    );

    public static readonly Error Erased = new(
        "dossiers.notification-erased",
        ErrorKind.WrongState,
        "Dữ liệu cá nhân của hồ sơ đã được xóa; không còn nơi nhận.",
        "The personal data of the dossier were erased; there is nobody to send it to."
    );

    public static readonly Error ReceiptNotSigned = new(
        "dossiers.delivery-receipt-not-signed",
        ErrorKind.Forbidden,
        "Báo cáo gửi tin không có chữ ký hợp lệ hoặc đã quá cũ.",
        "The delivery receipt is not signed, or too old."
    );

    public static readonly Error ReceiptUnclear = new(
        "dossiers.delivery-receipt-unclear",
        ErrorKind.Malformed,
        "Không đọc được báo cáo gửi tin.",
        "The delivery receipt cannot be read."
    );

    public static readonly Error WishKeyWrong = new(
        "dossiers.wish-key-wrong",
        ErrorKind.NotFound,
        "Liên kết không đúng. Hãy mở lại liên kết trong thư hoặc tin nhắn.",
        "The link is not right. Open the one in your letter or message again."
    );
}
