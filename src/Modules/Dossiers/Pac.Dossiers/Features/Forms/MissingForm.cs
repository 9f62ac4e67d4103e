using System.Globalization;
using Pac.Dossiers.Domain;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Forms;

/// <summary>That a dossier has no such form (yet), and what makes one.</summary>
internal static class MissingForm
{
    public static NotFoundException Receipt(Dossier d) =>
        Of(
            d,
            "01 (giấy tiếp nhận hồ sơ và hẹn trả kết quả)",
            "được lập khi hồ sơ được tiếp nhận tại đây",
            "01 (receipt and appointment)",
            "it is made when the dossier is received or accepted here"
        );

    public static NotFoundException SupplementRequest(Dossier d) =>
        Of(
            d,
            "02 (phiếu yêu cầu bổ sung, hoàn thiện hồ sơ)",
            "được lập khi yêu cầu bổ sung (request-supplement) hoặc khi cơ quan trả hồ sơ về Bộ phận Một cửa (return-to-one-stop)",
            "02 (request to supplement)",
            "it is made by request-supplement, or by return-to-one-stop"
        );

    public static NotFoundException OneSupplementRequest(Dossier d, int number) =>
        Of(
            d,
            string.Create(CultureInfo.InvariantCulture, $"02 (phiếu yêu cầu bổ sung, hoàn thiện hồ sơ) lần {number}"),
            string.Create(CultureInfo.InvariantCulture, $"đến nay đã yêu cầu bổ sung {d.Supplements.Count} lần"),
            string.Create(CultureInfo.InvariantCulture, $"02 (request to supplement) number {number}"),
            string.Create(CultureInfo.InvariantCulture, $"a supplement has been asked for {d.Supplements.Count} times so far")
        );

    public static NotFoundException Correction(Dossier d) =>
        Of(
            d,
            "02 (phiếu yêu cầu bổ sung, hoàn thiện hồ sơ) của cơ quan giải quyết",
            "được lập khi cơ quan trả hồ sơ về Bộ phận Một cửa (return-to-one-stop)",
            "02 (request to supplement) of the agency",
            "it is made by return-to-one-stop"
        );

    public static NotFoundException Refusal(Dossier d) =>
        Of(
            d,
            "03 (phiếu từ chối tiếp nhận, giải quyết hồ sơ)",
            "được lập khi không tiếp nhận (reject) hoặc khi kết thúc bằng văn bản từ chối (settle có refusalReason)",
            "03 (refusal)",
            "it is made by reject, or by settle with a refusalReason"
        );

    public static NotFoundException Apology(Dossier d) =>
        Of(
            d,
            "04 (văn bản xin lỗi và đề nghị gia hạn)",
            "được lập khi xin lỗi và hẹn lại ngày trả (extend)",
            "04 (apology and extension)",
            "it is made by extend"
        );

    public static NotFoundException StopNotice(Dossier d) =>
        Of(
            d,
            "05 (thông báo dừng giải quyết hồ sơ)",
            "được lập khi dừng giải quyết (stop) hoặc khi cho rút hồ sơ (decide-withdrawal)",
            "05 (notice of stopping)",
            "it is made by stop, or by decide-withdrawal when it is granted"
        );

    public static NotFoundException ControlSlip(Dossier d) =>
        Of(
            d,
            "06 (phiếu kiểm soát quá trình giải quyết hồ sơ)",
            "được lập khi hồ sơ được tiếp nhận tại đây và đi theo các bước của quy trình",
            "06 (control slip)",
            "it is made when the dossier is received or accepted here and follows the steps of a workflow"
        );

    private static NotFoundException Of(Dossier d, string form, string how, string formEn, string howEn) =>
        new("form", ($"Hồ sơ {d.Code} không có mẫu số {form}: mẫu này {how}.", $"The dossier {d.Code} has no form {formEn}: {howEn}."));
}
