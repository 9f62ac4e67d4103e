using Pac.SharedKernel;

namespace Pac.Dossiers.Domain;

internal static class ConsultationErrors
{
    public static readonly Error Closed = new(
        "dossiers.consultation-closed",
        ErrorKind.WrongState,
        "Yêu cầu lấy ý kiến đã được trả lời hoặc đã rút.",
        "The consultation was answered or withdrawn already."
    );

    public static readonly Error DossierEnded = new(
        "dossiers.consultation-too-late",
        ErrorKind.WrongState,
        "Hồ sơ đã giải quyết xong, không còn cần ý kiến.",
        "The dossier has been settled; the opinion is no longer needed."
    );

    public static readonly Error NobodyAskedYet = new(
        "dossiers.consultation-while-standing",
        ErrorKind.WrongState,
        "Phiên bản mới cần ý kiến của {0} ở bước hiện tại; hãy chuyển khi hồ sơ đang được xử lý trở lại.",
        "The other version wants the opinion of {0} at the step in hand; move the dossier once it is in process again."
    );

    public static readonly Error Awaited = new(
        "dossiers.opinion-awaited",
        ErrorKind.WrongState,
        "Còn chờ ý kiến của {0} đến {1}; rút yêu cầu nếu không cần nữa.",
        "The opinion of {0} is awaited until {1}; withdraw the consultation if it is not needed."
    );

    public static readonly Error OnlyAnswered = new(
        "dossiers.consultation-withdrawn-by-asked",
        ErrorKind.RuleBroken,
        "Cơ quan được hỏi không rút yêu cầu; hãy trả lời là không có ý kiến.",
        "The agency that is asked does not withdraw the question; it answers that it has no opinion."
    );

    public static readonly Error NotYours = new(
        "dossiers.consultation-of-another-agency",
        ErrorKind.RuleBroken,
        "Chỉ cơ quan được hỏi mới trả lời.",
        "Only the agency that is asked answers."
    );
}
