using Pac.SharedKernel;

namespace Pac.Dossiers.Domain;

internal static class FeedbackErrors
{
    public static readonly Error NotPossible = new(
        "dossiers.feedback-not-possible",
        ErrorKind.WrongState,
        "Không thực hiện được “{0}” khi phản ánh, kiến nghị ở trạng thái “{1}”.",
        "“{0}” is not possible while the feedback is in the state “{1}”."
    );

    public static readonly Error AskedBefore = new(
        "dossiers.feedback-asked-before",
        ErrorKind.RuleBroken,
        "Người gửi đã được yêu cầu bổ sung một lần; hãy trả lời hoặc từ chối.",
        "The sender was asked for more once already; answer or refuse."
    );

    public static readonly Error OfficerMayNot = new(
        "dossiers.feedback-officer-may-not",
        ErrorKind.RuleBroken,
        "Người được giao không có quyền trả lời phản ánh, kiến nghị.",
        "Whoever it is given to has no right to answer feedback."
    );

    public static readonly Error OfficerOfOtherUnit = new(
        "dossiers.feedback-officer-of-another-unit",
        ErrorKind.RuleBroken,
        "Người được giao không thuộc cơ quan được giao xử lý hoặc Trung tâm liên quan.",
        "Whoever it is given to belongs neither to the agency that gets it in hand nor to the centre it concerns."
    );

    public static readonly Error JudgedBefore = new(
        "dossiers.feedback-judged-before",
        ErrorKind.WrongState,
        "Bạn đã đánh giá câu trả lời này.",
        "You have judged this answer already."
    );

    public static readonly Error TellsSender = new(
        "dossiers.feedback-tells-sender",
        ErrorKind.RuleBroken,
        "Nội dung công khai còn tên, số điện thoại hoặc thư điện tử của người gửi.",
        "The published words still have the name, telephone or e-mail address of the sender."
    );

    public static readonly Error UnknownDossier = new(
        "dossiers.feedback-dossier-unknown",
        ErrorKind.RuleBroken,
        "Không có hồ sơ mang mã này.",
        "There is no dossier with this code."
    );

    public static readonly Error UnknownAgency = new(
        "dossiers.feedback-agency-unknown",
        ErrorKind.RuleBroken,
        "Không có cơ quan mang mã này.",
        "There is no agency with this code."
    );
}
