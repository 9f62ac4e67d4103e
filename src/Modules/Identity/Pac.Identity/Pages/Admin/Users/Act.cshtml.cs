using MediatR;
using Microsoft.AspNetCore.Mvc;
using Pac.BuildingBlocks.Web;
using Pac.Identity.Features.Users;
using Pac.SharedKernel;

namespace Pac.Identity.Pages.Admin.Users;

/// <summary>Asks before something is done to a user's access, and does it.</summary>
[Door("identity.manage-users", Fresh = true)]
internal sealed class ActModel : OneUser
{
    [BindProperty(SupportsGet = true)]
    public string Act { get; set; } = "";

    /// <summary>What follows from it.</summary>
    public string Consequence { get; private set; } = "";

    public bool TakesAway => Act is not ("enable" or "send-password-letter");

    public Task OnGet() => Load();

    public async Task<IActionResult> OnPost()
    {
        if (await Try(() => Ask(Command())))
            return Go(Address + "?done=1");
        await Load();
        return Page();
    }

    private IRequest<Versioned<UserView>> Command() =>
        Act switch
        {
            "disable" => new DisableUser(Id, Version),
            "enable" => new EnableUser(Id, Version),
            "end-sessions" => new EndUserSessions(Id, Version),
            "reset-second-factor" => new ResetSecondFactor(Id, Version),
            "send-password-letter" => new SendPasswordLetter(Id, Version),
            _ => throw new NotFoundException("page"),
        };

    private async Task Load()
    {
        _ = Command();
        await Read();
        (Title, Consequence) = Act switch
        {
            "disable" => (
                T("Vô hiệu hóa người dùng?", "Disable the user?"),
                T(
                    "Người này mất mọi quyền truy cập ngay: đăng nhập, các phiên và mã truy cập. Hồ sơ tài khoản được giữ lại.",
                    "Every access ends at once: sign-in, sessions and tokens. The record of the account stays."
                )
            ),
            "enable" => (
                T("Cho người dùng hoạt động lại?", "Enable the user?"),
                T("Người này đăng nhập lại được, với các vai trò còn giữ.", "The user can sign in again, with the roles still held.")
            ),
            "end-sessions" => (
                T("Kết thúc mọi phiên của người dùng?", "End all sessions of the user?"),
                T("Người này bị đăng xuất ở mọi nơi và phải đăng nhập lại.", "The user is signed out everywhere and has to sign in again.")
            ),
            "reset-second-factor" => (
                T("Đặt lại xác thực hai bước của người dùng?", "Reset the user's second factor?"),
                T(
                    "Ứng dụng mã, mã dự phòng, khóa truy cập và thiết bị tin cậy bị gỡ; mọi phiên kết thúc; người dùng được báo bằng thư.",
                    "Authenticator, recovery codes, passkeys and trusted devices are taken away, all sessions end, and the user is told by letter."
                )
            ),
            _ => (
                T("Gửi thư đặt mật khẩu cho người dùng?", "Send the user a password letter?"),
                T(
                    "Thư có liên kết để người dùng tự đặt mật khẩu. Quản trị viên không biết mật khẩu.",
                    "The letter holds a link with which the user sets the password. The administrator never learns it."
                )
            ),
        };
    }
}
