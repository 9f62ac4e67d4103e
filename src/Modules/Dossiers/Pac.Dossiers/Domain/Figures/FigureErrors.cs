using Pac.SharedKernel;

namespace Pac.Dossiers.Domain.Figures;

internal static class FigureErrors
{
    public static readonly Error OutsideScope = new(
        "dossiers.figures-outside-scope",
        ErrorKind.Forbidden,
        "Phạm vi dữ liệu của bạn không cho phép công bố hoặc cấu hình số liệu này.",
        "Your data scope does not let you publish or configure these figures."
    );

    public static readonly Error ProofNotKept = new(
        "dossiers.publication-proof-not-kept",
        ErrorKind.NotFound,
        "Bằng chứng của lần công bố này không được lưu; chỉ còn mã băm.",
        "The proof of this publication was not kept; only its hash is there."
    );

    public static readonly Error NoReportingPeriod = new(
        "dossiers.no-reporting-period",
        ErrorKind.RuleBroken,
        "Không có quy định kỳ báo cáo cho thời gian này.",
        "No rule on reporting periods is in force for this time."
    );

    public static readonly Error ParameterNotLater = new(
        "dossiers.quality-parameter-not-later",
        ErrorKind.RuleBroken,
        "Điểm tối đa mới phải có hiệu lực sau mức hiện có.",
        "A new maximum must take effect after the last one."
    );

    public static readonly Error UnknownIndex = new(
        "dossiers.unknown-quality-index",
        ErrorKind.RuleBroken,
        "Không có chỉ số mang mã này trong Bộ chỉ số 766.",
        "There is no index with this number in Decision 766."
    );
}
