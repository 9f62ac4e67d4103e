using Pac.SharedKernel;

namespace Pac.Dossiers.Domain;

internal static class WebhookErrors
{
    public static readonly Error UnknownEventType = new(
        "dossiers.webhook-event-type-unknown",
        ErrorKind.RuleBroken,
        "Không có loại sự kiện {0}.",
        "There is no event type {0}."
    );

    public static readonly Error TargetRefused = new(
        "dossiers.webhook-target-refused",
        ErrorKind.RuleBroken,
        "Địa chỉ nhận phải là địa chỉ HTTPS công khai, không kèm tên đăng nhập, ở cổng được phép.",
        "The target must be a public HTTPS address without a user name, on a port that is allowed."
    );

    public static readonly Error UnknownScope = new(
        "dossiers.webhook-scope-unknown",
        ErrorKind.RuleBroken,
        "Phạm vi dữ liệu viết là province, centre:mã hoặc agency:mã.",
        "A data scope is written as province, centre:code or agency:code."
    );

    public static readonly Error TooMany = new(
        "dossiers.webhook-too-many",
        ErrorKind.RuleBroken,
        "Đã đạt số đăng ký nhận sự kiện tối đa.",
        "There are as many subscriptions as one owner may have."
    );

    public static readonly Error AlreadyDisabled = new(
        "dossiers.webhook-already-disabled",
        ErrorKind.WrongState,
        "Đăng ký nhận sự kiện đã tắt.",
        "The subscription is disabled already."
    );

    public static readonly Error AlreadyEnabled = new(
        "dossiers.webhook-already-enabled",
        ErrorKind.WrongState,
        "Đăng ký nhận sự kiện đang bật.",
        "The subscription is enabled already."
    );

    public static readonly Error NotEnabled = new(
        "dossiers.webhook-not-enabled",
        ErrorKind.WrongState,
        "Đăng ký nhận sự kiện đang tắt; hãy bật lại trước.",
        "The subscription is disabled; enable it first."
    );

    public static readonly Error NothingAskedFor = new(
        "dossiers.webhook-replay-empty",
        ErrorKind.RuleBroken,
        "Nêu thời điểm bắt đầu hoặc mã các sự kiện cần gửi lại, không nêu cả hai.",
        "Name the instant to begin at or the events to be sent again, not both."
    );

    public static readonly Error ReplayTooLong = new(
        "dossiers.webhook-replay-too-long",
        ErrorKind.RuleBroken,
        "Khoảng thời gian có hơn {0} sự kiện; hãy chia nhỏ.",
        "The period has more than {0} events; divide it."
    );
}
