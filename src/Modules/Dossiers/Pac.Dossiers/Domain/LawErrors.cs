using Pac.SharedKernel;

namespace Pac.Dossiers.Domain;

internal static class LawErrors
{
    public static readonly Error UnknownTerm = new(
        "dossiers.legal-term-unknown",
        ErrorKind.RuleBroken,
        "Không có thời hạn pháp lý mang mã này.",
        "There is no legal term with this code."
    );

    public static readonly Error NotLater = new(
        "dossiers.legal-term-not-later",
        ErrorKind.RuleBroken,
        "Ngày có hiệu lực phải sau ngày hôm nay và sau quy định trước ({0}); hồ sơ đã xét theo quy định cũ giữ nguyên.",
        "It takes effect after today and after the figure before it ({0}); what was judged by that one stays as it is."
    );

    public static readonly Error OtherKind = new(
        "dossiers.legal-term-other-kind",
        ErrorKind.RuleBroken,
        "Số liệu phải cùng loại với quy định trước: thời hạn có đơn vị, số lần không có đơn vị, hoặc giờ trong ngày.",
        "The figure is of the kind of the one before: a term with its unit, a number of times without one, or a time of day."
    );

    public static readonly Error Confirmed = new(
        "dossiers.legal-term-confirmed",
        ErrorKind.WrongState,
        "Quy định này đã được xác nhận.",
        "This figure has been confirmed already."
    );
}
