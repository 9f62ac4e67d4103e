using Pac.SharedKernel;

namespace Pac.Dossiers.Domain;

internal static class DossierErrors
{
    public static readonly Error OutsideScope = new(
        "dossiers.outside-scope",
        ErrorKind.Forbidden,
        "Phạm vi dữ liệu của bạn không bao gồm trung tâm hoặc cơ quan này.",
        "This centre or agency lies outside the data you may work with."
    );

    public static readonly Error UnknownCentre = new(
        "dossiers.unknown-centre",
        ErrorKind.RuleBroken,
        "Không có trung tâm mang mã này.",
        "There is no centre with this code."
    );

    public static readonly Error UnknownProcedure = new(
        "dossiers.unknown-procedure",
        ErrorKind.RuleBroken,
        "Không có thủ tục hành chính mang mã này đang có hiệu lực.",
        "No procedure with this code is in force."
    );

    public static readonly Error CatalogueChanged = new(
        "dossiers.catalogue-changed",
        ErrorKind.WrongState,
        "Danh mục thủ tục vừa thay đổi cơ quan có thẩm quyền; hãy thực hiện lại.",
        "The catalogue has just named another competent agency; try again."
    );

    public static readonly Error UnknownAgency = new(
        "dossiers.unknown-agency",
        ErrorKind.RuleBroken,
        "Cơ quan này không có thẩm quyền đối với thủ tục.",
        "This agency is not competent for the procedure."
    );

    public static readonly Error AgencyMissing = new(
        "dossiers.agency-missing",
        ErrorKind.RuleBroken,
        "Thủ tục cấp xã: phải nêu Ủy ban nhân dân xã, phường có thẩm quyền.",
        "A procedure of the communes: name the competent commune's People's Committee."
    );

    public static readonly Error ChannelClosed = new(
        "dossiers.channel-closed",
        ErrorKind.RuleBroken,
        "Hồ sơ nộp trực tuyến chỉ đi qua Cổng Dịch vụ công quốc gia; tại quầy nhận trực tiếp hoặc bưu chính.",
        "Online dossiers come through the National Public Service Portal only; here they are received at the counter or by post."
    );

    public static readonly Error ComponentsMissing = new(
        "dossiers.components-missing",
        ErrorKind.RuleBroken,
        "Thiếu thành phần hồ sơ bắt buộc: {0}.",
        "Required components are missing: {0}."
    );

    public static readonly Error ComponentUnknown = new(
        "dossiers.component-unknown",
        ErrorKind.RuleBroken,
        "Thành phần {0} không có trong danh mục đã công bố của thủ tục.",
        "The component {0} is not in the published list of the procedure."
    );

    public static readonly Error ComponentTwice = new(
        "dossiers.component-twice",
        ErrorKind.RuleBroken,
        "Thành phần {0} được nêu hai lần.",
        "The component {0} is given twice."
    );

    public static readonly Error NotReceived = new(
        "dossiers.not-received",
        ErrorKind.WrongState,
        "Chỉ chuyển được hồ sơ vừa tiếp nhận. Hồ sơ đang ở trạng thái “{0}”; có thể thực hiện: {1}.",
        "Only a dossier that was just received can be transferred. It is in the state “{0}”; possible are: {1}."
    );

    public static readonly Error NotInProcess = new(
        "dossiers.not-in-process",
        ErrorKind.WrongState,
        "Hồ sơ không ở trạng thái đang xử lý mà “{0}”; có thể thực hiện: {1}.",
        "The dossier is not being worked on. It is in the state “{0}”; possible are: {1}."
    );

    public static readonly Error LastStep = new(
        "dossiers.last-step",
        ErrorKind.WrongState,
        "Bước cuối kết thúc bằng việc ban hành kết quả.",
        "The last step ends by settling the dossier."
    );

    public static readonly Error StepsOpen = new(
        "dossiers.steps-open",
        ErrorKind.WrongState,
        "Còn bước xử lý chưa hoàn thành.",
        "There are steps that have not been completed."
    );

    public static readonly Error LateCauseMissing = new(
        "dossiers.late-cause-missing",
        ErrorKind.RuleBroken,
        "Hồ sơ quá hạn phải nêu nguyên nhân.",
        "A late dossier needs the cause stated."
    );

    public static readonly Error NotCompleted = new(
        "dossiers.not-completed",
        ErrorKind.WrongState,
        "Chưa có kết quả để trả, hoặc kết quả đã được trả. Hồ sơ đang ở trạng thái “{0}”; có thể thực hiện: {1}.",
        "There is no result to return, or it was returned already. The dossier is in the state “{0}”; possible are: {1}."
    );

    public static readonly Error ReceiverMissing = new(
        "dossiers.receiver-missing",
        ErrorKind.RuleBroken,
        "Trả kết quả tại quầy phải ghi người nhận.",
        "A result handed over at a counter needs the receiver's name."
    );
}
