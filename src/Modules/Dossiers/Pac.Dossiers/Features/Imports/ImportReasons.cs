using Pac.BuildingBlocks.Web;

namespace Pac.Dossiers.Features.Imports;

/// <summary>Why a row of an import could not be taken, in words.</summary>
internal static class ImportReasons
{
    public static string InWords(string code) => Language.Pick(Vietnamese(code), English(code));

    public static string Vietnamese(string code) => Of(code).Vietnamese;

    public static string English(string code) => Of(code).English;

    private static (string Vietnamese, string English) Of(string code) =>
        code switch
        {
            "required" => ("Thiếu giá trị bắt buộc.", "A required value is missing."),
            "invalid" => ("Giá trị không hợp lệ.", "The value is not valid."),
            "too-long" => ("Giá trị quá dài.", "The value is too long."),
            "control-character" => ("Có ký tự không được phép.", "It holds a character that is not allowed."),
            "malformed-row" => ("Dòng không đúng định dạng.", "The row is not well-formed."),
            "unknown-procedure" => ("Không có thủ tục mang mã này.", "There is no procedure with this code."),
            "unknown-centre" => ("Không có trung tâm mang mã này.", "There is no centre with this code."),
            "unknown-agency" => ("Không có cơ quan mang mã này.", "There is no agency with this code."),
            "outside-scope" => ("Ngoài phạm vi dữ liệu của người nhập.", "It lies outside the data of the one who imports."),
            "out-of-range" => ("Thời điểm trước năm 2000.", "The instant lies before the year 2000."),
            "in-the-future" => ("Thời điểm ở tương lai.", "The instant lies in the future."),
            "before-reception" => ("Thời điểm trước khi tiếp nhận.", "The instant lies before the reception."),
            "before-settlement" => ("Thời điểm trước khi giải quyết xong.", "The instant lies before the settlement."),
            "code-taken" => ("Mã hồ sơ đã thuộc về hồ sơ khác.", "The dossier code belongs to another dossier."),
            _ => ("Không nhận được dòng này.", "The row could not be taken."),
        };
}
