using Pac.SharedKernel;

namespace Pac.Dossiers.Domain;

internal static class QueueErrors
{
    public static readonly Error TakenAlready = new(
        "dossiers.taken-already",
        ErrorKind.WrongState,
        "Hồ sơ đã có người thụ lý: {0}.",
        "Somebody is in charge of the dossier already: {0}."
    );

    public static readonly Error NobodyInCharge = new(
        "dossiers.nobody-in-charge",
        ErrorKind.WrongState,
        "Hồ sơ chưa có người thụ lý.",
        "Nobody is in charge of the dossier."
    );

    public static readonly Error NotOfYourUnit = new(
        "dossiers.not-of-your-unit",
        ErrorKind.WrongState,
        "Hồ sơ đang do đơn vị khác giải quyết.",
        "Another unit has the dossier in hand."
    );

    public static readonly Error NotYourStage = new(
        "dossiers.not-your-stage",
        ErrorKind.RuleBroken,
        "Hồ sơ đang ở bộ phận khác: chưa chuyển xử lý thì do Bộ phận Một cửa nhận, đã chuyển thì do cơ quan giải quyết nhận.",
        "The dossier is for others: before it is handed over the one-stop section has it, and afterwards the agency."
    );

    public static readonly Error MayNotProcess = new(
        "dossiers.assignee-may-not",
        ErrorKind.RuleBroken,
        "Người được phân công không có quyền thụ lý hồ sơ.",
        "Whoever is to be in charge has no right to work on dossiers."
    );

    public static readonly Error AssigneeOfOtherUnit = new(
        "dossiers.assignee-of-another-unit",
        ErrorKind.RuleBroken,
        "Người được phân công thuộc đơn vị khác với đơn vị đang giải quyết hồ sơ.",
        "Whoever is to be in charge belongs to another unit than the one that has the dossier in hand."
    );
}
