using Pac.SharedKernel;

namespace Pac.Dossiers.Domain;

internal static class AgencyErrors
{
    public static readonly Error UnknownParent = Broken(
        "unknown-parent-agency",
        "Không có cơ quan cấp trên mang mã này.",
        "There is no agency above with this code."
    );

    public static readonly Error Circle = Broken(
        "agency-circle",
        "Cơ quan không thể là cấp trên của chính mình, trực tiếp hoặc qua cơ quan khác.",
        "An agency cannot stand above itself, directly or by way of others."
    );

    public static readonly Error UnknownSuccessor = Broken(
        "unknown-successor-agency",
        "Không có cơ quan kế thừa mang mã này.",
        "There is no other agency with the successor's code."
    );

    public static readonly Error EndDecisionMissing = Broken(
        "agency-end-decision-missing",
        "Phải nêu văn bản quyết định việc kết thúc hoạt động.",
        "The end of an agency needs the document that decides on it."
    );

    public static readonly Error EndMissing = Broken(
        "agency-end-missing",
        "Văn bản kết thúc và cơ quan kế thừa chỉ nêu cùng với ngày kết thúc hoạt động.",
        "An end decision and a successor go with a last day."
    );

    public static readonly Error NotFounded = Broken(
        "agency-not-founded",
        "Cơ quan này chỉ hoạt động từ ngày {0}.",
        "This agency acts from {0} on only."
    );

    public static readonly Error Ended = Broken(
        "agency-ended",
        "Cơ quan này đã kết thúc hoạt động, ngày cuối là {0}; không giao hồ sơ mới.",
        "This agency has ended, its last day was {0}; it is given nothing new."
    );

    public static readonly Error Succeeded = Broken(
        "agency-succeeded",
        "Cơ quan này đã kết thúc hoạt động, ngày cuối là {0}; cơ quan kế thừa là {1}.",
        "This agency has ended, its last day was {0}; its successor is {1}."
    );

    private static Error Broken(string code, string vietnamese, string english) =>
        new("dossiers." + code, ErrorKind.RuleBroken, vietnamese, english);
}
