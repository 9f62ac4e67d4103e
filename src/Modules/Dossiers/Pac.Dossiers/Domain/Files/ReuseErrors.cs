using Pac.SharedKernel;

namespace Pac.Dossiers.Domain.Files;

internal static class ReuseErrors
{
    public static readonly Error AskedAlthoughReusable = new(
        "dossiers.supplement-reusable",
        ErrorKind.RuleBroken,
        "Thành phần {0} đã có bản số: tài liệu {1} của hồ sơ {2}; hãy tái sử dụng, chỉ được yêu cầu lại để xác minh (khoản 1 Điều 5 Nghị định 118/2025/NĐ-CP).",
        "The component {0} is there already: document {1} of dossier {2}; use it again, it may be asked for only to verify it (Decree 118/2025/ND-CP, art. 5 clause 1)."
    );

    public static readonly Error OtherProcedure = new(
        "dossiers.reuse-other-procedure",
        ErrorKind.RuleBroken,
        "Hồ sơ thuộc thủ tục {0}.",
        "The dossier is of the procedure {0}."
    );

    public static readonly Error NoPart = new(
        "dossiers.reuse-no-part",
        ErrorKind.RuleBroken,
        "Người có số định danh này không phải là người nộp, chủ hồ sơ hoặc người đại diện của hồ sơ.",
        "Whoever has this identity number is neither applicant nor owner nor representative of the dossier."
    );
}
