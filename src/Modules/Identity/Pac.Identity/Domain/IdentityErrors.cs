using Pac.SharedKernel;

namespace Pac.Identity.Domain;

/// <summary>Why an act of administration is refused.</summary>
internal static class IdentityErrors
{
    public static readonly Error BeyondReach = new(
        "identity.beyond-reach",
        ErrorKind.Forbidden,
        "Người dùng này có quyền ngoài phạm vi bạn quản trị.",
        "This user holds rights outside the data you administer."
    );

    public static readonly Error OwnRights = new(
        "identity.own-rights",
        ErrorKind.WrongState,
        "Không ai được thay đổi quyền của chính mình; hãy nhờ một quản trị viên khác.",
        "Nobody changes his own rights; ask another administrator."
    );

    public static readonly Error NameTaken = new(
        "identity.name-taken",
        ErrorKind.WrongState,
        "Tên này đã được dùng.",
        "This name is taken."
    );

    public static readonly Error UnknownRole = new(
        "identity.unknown-role",
        ErrorKind.RuleBroken,
        "Không có vai trò “{0}”.",
        "There is no role “{0}”."
    );

    public static readonly Error UnknownPermission = new(
        "identity.unknown-permission",
        ErrorKind.RuleBroken,
        "Không có quyền “{0}”.",
        "There is no permission “{0}”."
    );

    public static readonly Error UnknownScope = new(
        "identity.unknown-scope",
        ErrorKind.RuleBroken,
        "Không có trung tâm hoặc cơ quan “{0}”.",
        "There is no centre or agency “{0}”."
    );

    public static readonly Error PeriodTurned = new(
        "identity.period-turned",
        ErrorKind.RuleBroken,
        "Ngày kết thúc trước ngày bắt đầu.",
        "The last day is before the first."
    );

    public static readonly Error AlreadyEnded = new(
        "identity.already-ended",
        ErrorKind.RuleBroken,
        "Ngày kết thúc đã qua.",
        "The last day has passed already."
    );

    public static readonly Error TwoScopes = new(
        "identity.two-scopes",
        ErrorKind.WrongState,
        "Trong cùng thời gian, quyền “{0}” đã được giao cho phạm vi {1}; hãy kết thúc phân công đó trước.",
        "In the same period the right “{0}” is held over {1} already; end that assignment first."
    );

    public static readonly Error DutiesMixed = new(
        "identity.duties-mixed",
        ErrorKind.RuleBroken,
        "Hai nhiệm vụ phải tách biệt: {0}",
        "Two duties have to be kept apart: {1}"
    );

    public static readonly Error RoleInUse = new(
        "identity.role-in-use",
        ErrorKind.WrongState,
        "Vai trò đang được giao cho {0} người dùng hoặc ứng dụng.",
        "The role is held by {0} users or applications."
    );

    public static readonly Error OwnRole = new(
        "identity.own-role",
        ErrorKind.WrongState,
        "Bạn đang giữ vai trò này nên không thể thay đổi quyền của nó.",
        "You hold this role, so you cannot change what it allows."
    );

    public static readonly Error LastAdministrator = new(
        "identity.last-administrator",
        ErrorKind.WrongState,
        "Sau việc này sẽ không còn ai quản trị được người dùng và vai trò của toàn tỉnh; hãy giao quyền đó cho người khác trước.",
        "After this nobody could manage the users and roles of the province any more; give somebody else these rights first."
    );

    public static readonly Error AlreadyDisabled = new(
        "identity.already-disabled",
        ErrorKind.WrongState,
        "Tài khoản đã bị vô hiệu hóa.",
        "It is disabled already."
    );

    public static readonly Error NotDisabled = new(
        "identity.not-disabled",
        ErrorKind.WrongState,
        "Tài khoản đang hoạt động.",
        "It is not disabled."
    );

    public static readonly Error NoEmail = new(
        "identity.no-email",
        ErrorKind.WrongState,
        "Người dùng chưa có địa chỉ thư điện tử.",
        "The user has no e-mail address."
    );

    public static readonly Error RedirectsOfKind = new(
        "identity.redirects-of-kind",
        ErrorKind.RuleBroken,
        "Ứng dụng có người đăng nhập cần ít nhất một địa chỉ quay lại; hệ thống máy thì không có.",
        "An application through which people sign in needs an address to come back to; a machine has none."
    );

    public static readonly Error GrantsOfKind = new(
        "identity.grants-of-kind",
        ErrorKind.RuleBroken,
        "Chỉ hệ thống máy mới có vai trò riêng; ứng dụng khác hành động theo quyền của người dùng.",
        "Only a machine holds roles of its own; other applications act with the rights of the user."
    );

    public static readonly Error UnsafeAddress = new(
        "identity.unsafe-address",
        ErrorKind.RuleBroken,
        "Địa chỉ phải là https (http chỉ cho máy cục bộ), không có dấu *, phần # và tên người dùng.",
        "The address must be https (http on a loopback address only), without wildcard, fragment and user name."
    );

    public static readonly Error UnknownOAuthScope = new(
        "identity.unknown-oauth-scope",
        ErrorKind.RuleBroken,
        "Không có phạm vi truy cập “{0}”.",
        "There is no scope “{0}”."
    );

    public static readonly Error UnfitKeys = new(
        "identity.unfit-keys",
        ErrorKind.RuleBroken,
        "Cần 1–10 khóa công khai EC hoặc RSA từ 2048 bit, dạng JSON Web Key Set, không chứa khóa riêng.",
        "1 to 10 public keys are needed, EC or RSA of at least 2048 bits, as a JSON Web Key Set without private parts."
    );

    public static readonly Error NoSecrets = new(
        "identity.no-secrets",
        ErrorKind.WrongState,
        "Ứng dụng chạy trong trình duyệt không giữ bí mật.",
        "An application in the browser keeps no secret."
    );
}
