using Pac.SharedKernel;

namespace Pac.Dossiers.Domain;

internal static class PeopleErrors
{
    public static readonly Error AuthorisationMissing = new(
        "dossiers.authorisation-missing",
        ErrorKind.RuleBroken,
        "Người đại diện phải có văn bản ủy quyền.",
        "A representative needs a document of authorisation."
    );

    public static readonly Error CapacityMissing = new(
        "dossiers.capacity-missing",
        ErrorKind.RuleBroken,
        "Nộp thay người khác phải nêu tư cách (cha mẹ, giám hộ, đại diện theo pháp luật, người thân thích) hoặc văn bản ủy quyền.",
        "Who files for another person states in what capacity (parent, guardian, legal representative, relative), or an authorisation."
    );

    public static readonly Error AuthorisationNotAllowed = new(
        "dossiers.authorisation-not-allowed",
        ErrorKind.RuleBroken,
        "Thủ tục này không được ủy quyền.",
        "This procedure does not allow acting by authorisation."
    );

    public static readonly Error AuthorisationOver = new(
        "dossiers.authorisation-over",
        ErrorKind.RuleBroken,
        "Văn bản ủy quyền chưa có hoặc không còn hiệu lực vào ngày tiếp nhận.",
        "The authorisation is not in force on the day of reception."
    );

    public static readonly Error NothingAsked = new(
        "dossiers.search-empty",
        ErrorKind.RuleBroken,
        "Nêu số định danh hoặc họ tên.",
        "State an identity number or a name."
    );

    public static readonly Error SameDossier = new(
        "dossiers.same-dossier",
        ErrorKind.RuleBroken,
        "Một hồ sơ không trùng với chính nó.",
        "A dossier is no duplicate of itself."
    );

    public static readonly Error OtherPerson = new(
        "dossiers.not-alike",
        ErrorKind.RuleBroken,
        "Hai hồ sơ không cùng người và thủ tục.",
        "The two dossiers are not of the same person and procedure."
    );
}
