using Pac.SharedKernel;

namespace Pac.Dossiers.Domain.Files;

internal static class FileErrors
{
    public static readonly Error TypeUnknown = new(
        "dossiers.file-type-unknown",
        ErrorKind.RuleBroken,
        "Loại tệp này không được tiếp nhận.",
        "Files of this type are not taken."
    );

    public static readonly Error NameUnsafe = new(
        "dossiers.file-name-unsafe",
        ErrorKind.RuleBroken,
        "Tên tệp có ký tự không được phép.",
        "The name of the file holds characters that are not allowed."
    );

    public static readonly Error ExtensionDiffers = new(
        "dossiers.file-extension-differs",
        ErrorKind.RuleBroken,
        "Phần mở rộng của tên tệp không khớp với loại tệp đã khai.",
        "The ending of the name does not belong to the type that is declared."
    );

    public static readonly Error TooLarge = new(
        "dossiers.file-too-large",
        ErrorKind.RuleBroken,
        "Tệp vượt quá {0} byte cho phép đối với loại này.",
        "The file is over the {0} bytes allowed for its type."
    );

    public static readonly Error Empty = new("dossiers.file-empty", ErrorKind.RuleBroken, "Tệp rỗng.", "The file is empty.");

    public static readonly Error ContentDiffers = new(
        "dossiers.file-content-differs",
        ErrorKind.RuleBroken,
        "Nội dung tệp không phải loại tệp đã khai.",
        "What the file holds is not of the type that is declared."
    );

    public static readonly Error Broken = new(
        "dossiers.file-broken",
        ErrorKind.RuleBroken,
        "Tệp bị hỏng hoặc không trọn vẹn.",
        "The file is broken or not whole."
    );

    public static readonly Error TwoInOne = new(
        "dossiers.file-two-in-one",
        ErrorKind.RuleBroken,
        "Tệp chứa một tệp thuộc loại khác.",
        "The file is a file of another type as well."
    );

    public static readonly Error Bomb = new(
        "dossiers.file-bomb",
        ErrorKind.RuleBroken,
        "Tệp nén phình quá giới hạn cho phép.",
        "The file unpacks to more than is allowed."
    );

    public static readonly Error Active = new(
        "dossiers.file-active",
        ErrorKind.RuleBroken,
        "Tệp chứa mã lệnh, macro, tệp nhúng hoặc thành phần tự nạp từ nơi khác.",
        "The file holds scripts, macros, an embedded file or a part that is loaded from elsewhere."
    );

    public static readonly Error Sealed = new(
        "dossiers.file-protected",
        ErrorKind.RuleBroken,
        "Tệp PDF được mã hóa hoặc nén theo cách không kiểm tra được; hãy lưu lại không đặt mật khẩu rồi nộp.",
        "The PDF is encrypted, or packed in a way that cannot be looked into; save it without protection and send that."
    );

    public static readonly Error Unsigned = new(
        "dossiers.file-unsigned",
        ErrorKind.RuleBroken,
        "Tệp XML chỉ được nhận khi có chữ ký số.",
        "An XML file is taken with its electronic signature only."
    );

    public static readonly Error HashDiffers = new(
        "dossiers.file-hash-differs",
        ErrorKind.RuleBroken,
        "Giá trị băm SHA-256 không khớp với tệp đã nhận.",
        "The SHA-256 that was stated is not that of the file that came."
    );

    public static readonly Error Infected = new(
        "dossiers.file-infected",
        ErrorKind.RuleBroken,
        "Phát hiện mã độc trong tệp; tệp đã bị từ chối và ghi nhận.",
        "The file holds malware; it was refused and that was recorded."
    );

    public static readonly Error ScannerAway = new(
        "dossiers.virus-scan-away",
        ErrorKind.Unavailable,
        "Chưa quét được mã độc; hãy thử lại sau, phần đã tải lên vẫn được giữ.",
        "The virus scan cannot answer right now; try again, what was uploaded is kept."
    );

    public static readonly Error StoreAway = new(
        "dossiers.file-store-away",
        ErrorKind.Unavailable,
        "Kho tệp tạm thời không ghi hoặc đọc được; hãy thử lại sau.",
        "The file store cannot be written or read right now; try again later."
    );

    public static readonly Error OffsetDiffers = new(
        "dossiers.upload-offset-differs",
        ErrorKind.WrongState,
        "Vị trí tải lên không khớp; hãy đọc lại Upload-Offset.",
        "The upload stands at another offset; read Upload-Offset again."
    );

    public static readonly Error UploadClosed = new(
        "dossiers.upload-closed",
        ErrorKind.WrongState,
        "Lượt tải lên này đã kết thúc.",
        "This upload has ended."
    );

    public static readonly Error UploadIncomplete = new(
        "dossiers.upload-incomplete",
        ErrorKind.WrongState,
        "Tệp chưa được tải lên đủ.",
        "Not all of the file has come."
    );

    public static readonly Error DocumentsClosed = new(
        "dossiers.documents-closed",
        ErrorKind.WrongState,
        "Hồ sơ đã kết thúc; không bổ sung thành phần hồ sơ được nữa.",
        "The dossier has ended; no component can be added any more."
    );

    public static readonly Error NoResultYet = new(
        "dossiers.no-result-yet",
        ErrorKind.WrongState,
        "Hồ sơ chưa có kết quả.",
        "The dossier has no result yet."
    );

    public static readonly Error ComponentNeeded = new(
        "dossiers.file-component-needed",
        ErrorKind.RuleBroken,
        "Phải nêu thành phần hồ sơ; tệp kết quả thì không nêu.",
        "Name the component; a result has none."
    );

    public static readonly Error ScanNotNeeded = new(
        "dossiers.scan-not-needed",
        ErrorKind.RuleBroken,
        "Thành phần đã nộp bản điện tử thì không quét lại (Thông tư 03/2025/TT-VPCP, Điều 5 khoản 2).",
        "What was submitted electronically is not scanned (Circular 03/2025/TT-VPCP, art. 5(2))."
    );

    public static readonly Error ScanSpared = new(
        "dossiers.scan-spared",
        ErrorKind.RuleBroken,
        "Giấy tờ này đã ghi nhận không quét (Thông tư 03/2025/TT-VPCP, Điều 5 khoản 2); hãy bỏ ghi nhận trước.",
        "It is noted that this paper is not scanned (Circular 03/2025/TT-VPCP, art. 5(2)); take the note back first."
    );

    public static readonly Error ScanThere = new(
        "dossiers.scan-there",
        ErrorKind.WrongState,
        "Giấy tờ này đã có bản quét; hãy gỡ bản quét trước.",
        "There is a scan of this paper; remove it first."
    );

    public static readonly Error NotHandedIn = new(
        "dossiers.component-not-handed-in",
        ErrorKind.RuleBroken,
        "Hồ sơ không có giấy tờ {0} đã nộp bản giấy.",
        "No paper {0} was handed in with this dossier."
    );

    public static readonly Error PagesNeeded = new(
        "dossiers.scan-pages-needed",
        ErrorKind.RuleBroken,
        "Bản quét phải nêu số trang (Thông tư 01/2023/TT-VPCP, Điều 8 khoản 2).",
        "A scan needs its number of pages (Circular 01/2023/TT-VPCP, art. 8(2))."
    );

    public static readonly Error StoreUnclear = new(
        "dossiers.shared-store-unclear",
        ErrorKind.RuleBroken,
        "Giấy tờ lấy từ kho dùng chung phải nêu cả kho và mã tham chiếu, và không phải bản quét.",
        "What is taken from a shared store names the store and its reference, and is no scan."
    );

    public static readonly Error AnotherPerson = new(
        "dossiers.reuse-of-another-person",
        ErrorKind.RuleBroken,
        "Chỉ tái sử dụng giấy tờ của người nộp, chủ hồ sơ hoặc người đại diện có ủy quyền ghi trong hồ sơ này.",
        "Only documents of the applicant, the owner or the authorised representative of this dossier can be re-used."
    );

    public static readonly Error Transferred = new(
        "dossiers.document-kept",
        ErrorKind.WrongState,
        "Chỉ gỡ được tệp trước khi chuyển hồ sơ; tệp kết quả trước khi trả kết quả.",
        "A document can be removed before the transfer only; a result before it is returned."
    );

    /// <summary>What may be found when a file is looked at.</summary>
    private static readonly Error[] Findings =
    [
        Empty,
        ContentDiffers,
        Broken,
        TwoInOne,
        Bomb,
        Active,
        Sealed,
        Unsigned,
        HashDiffers,
        Infected,
    ];

    /// <summary>The finding with a code.</summary>
    public static Error Finding(string code) => Array.Find(Findings, f => f.Code == code) ?? Broken;
}
