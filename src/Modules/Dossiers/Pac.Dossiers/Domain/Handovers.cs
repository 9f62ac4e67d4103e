using Pac.Dossiers.Domain.Files;
using Pac.SharedKernel;

namespace Pac.Dossiers.Domain;

/// <summary>How a result goes back, as the act states it.</summary>
/// <param name="Method">At the counter, online or by post.</param>
/// <param name="Receiver">Who took it, or to whom it is sent.</param>
/// <param name="Identity">How the receiver was identified.</param>
/// <param name="Authorisation">The paper by which somebody else takes it; null when it is that of the dossier, or none is needed.</param>
/// <param name="Consignment">Number of the consignment (số vận đơn), when it goes by post.</param>
/// <param name="HasFile">Whether the dossier has a file of the result.</param>
internal sealed record Handed(
    ReturnMethod Method,
    string? Receiver = null,
    IdentityCheck? Identity = null,
    Authorisation? Authorisation = null,
    string? Consignment = null,
    bool HasFile = false
);

/// <summary>A file that is the result, with what was found of its signature when it was taken in.</summary>
/// <param name="Id">The document.</param>
/// <param name="Signature">Its signature; null when it has none.</param>
internal sealed record ResultFile(Guid Id, SignatureFacts? Signature);

internal static class HandoverErrors
{
    public static readonly Error AuthorisationMissing = new(
        "dossiers.return-authorisation-missing",
        ErrorKind.RuleBroken,
        "Người nhận không phải người nộp, chủ hồ sơ hoặc người đại diện được ghi với ủy quyền còn hiệu lực; nêu số và ngày của văn bản ủy quyền.",
        "The receiver is neither the applicant nor the owner, nor the representative named with an authorisation in force; state number and date of the authorisation."
    );

    public static readonly Error AuthorisationOver = new(
        "dossiers.return-authorisation-over",
        ErrorKind.RuleBroken,
        "Văn bản ủy quyền chưa có hoặc không còn hiệu lực vào ngày trả kết quả.",
        "The authorisation is not in force on the day on which the result is returned."
    );

    public static readonly Error ConsignmentMissing = new(
        "dossiers.consignment-missing",
        ErrorKind.RuleBroken,
        "Trả kết quả qua bưu chính phải nêu số vận đơn.",
        "A result that goes by post needs the number of its consignment."
    );

    public static readonly Error NoFile = new(
        "dossiers.result-file-missing",
        ErrorKind.RuleBroken,
        "Chưa có tệp kết quả; kết quả chỉ có bản giấy thì trả tại quầy hoặc qua bưu chính.",
        "There is no file of the result; one that exists on paper only goes back at the counter or by post."
    );

    public static readonly Error HolderUnidentified = new(
        "dossiers.holder-unidentified",
        ErrorKind.RuleBroken,
        "Chỉ trả trực tuyến khi người nhận đã được định danh: hồ sơ nộp trực tuyến bằng tài khoản định danh, hoặc đã đối chiếu tài khoản đó khi trả.",
        "A result goes back online only to somebody identified: the dossier was submitted with an e-identity account, or that account was checked on return."
    );

    public static readonly Error FileNeeded = new(
        "dossiers.result-file-needed",
        ErrorKind.RuleBroken,
        "Thủ tục này phải có kết quả điện tử; tải lên tệp kết quả trước khi kết thúc.",
        "This procedure ends with an electronic result; upload its file before settling."
    );

    public static readonly Error NotItsResult = new(
        "dossiers.result-document-unknown",
        ErrorKind.RuleBroken,
        "Tài liệu {0} không phải tệp kết quả còn lưu của hồ sơ này.",
        "The document {0} is no file of a result that this dossier still has."
    );

    public static readonly Error NameTheFiles = new(
        "dossiers.result-files-unnamed",
        ErrorKind.RuleBroken,
        "Hồ sơ có tệp kết quả đã tải lên; khi từ chối, hãy nêu tệp nào là văn bản từ chối hoặc gỡ các tệp đó.",
        "Files of a result were uploaded; with a refusal, name which of them is its letter, or remove them."
    );

    public static readonly Error OnlyWhoSettles = new(
        "dossiers.result-by-who-settles",
        ErrorKind.Forbidden,
        "Chỉ người có quyền ký, ban hành kết quả mới thêm hoặc gỡ tệp của kết quả chưa ban hành hoặc đã ban hành bằng tệp.",
        "Only who may settle a dossier adds or removes files of a result that is not issued yet, or that was issued as files."
    );
}
