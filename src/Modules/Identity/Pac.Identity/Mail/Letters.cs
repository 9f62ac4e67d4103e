using System.Net;
using System.Text;
using Pac.BuildingBlocks.Mail;
using Pac.Identity.Domain;

namespace Pac.Identity.Mail;

/// <summary>The words of the letters: Vietnamese first, then English, because nobody knows which one the reader needs.</summary>
internal static class Letters
{
    private sealed record Words(string Subject, string Vietnamese, string English, string VietnameseLink = "", string EnglishLink = "");

    public static Letter Write(MailKind kind, User user, string to, string? link)
    {
        var words = Of(kind);
        var text = new StringBuilder();
        var html = new StringBuilder("<!DOCTYPE html><html lang=\"vi\"><head><meta charset=\"utf-8\"><title>")
            .Append(WebUtility.HtmlEncode(words.Subject))
            .Append("</title></head><body>");
        Part(text, html, "vi", $"Kính gửi {user.DisplayName} ({user.UserName}),", words.Vietnamese, words.VietnameseLink, link);
        Part(text, html, "en", $"Dear {user.DisplayName} ({user.UserName}),", words.English, words.EnglishLink, link);
        html.Append("</body></html>");
        return new(to, user.DisplayName, words.Subject, text.ToString(), html.ToString());
    }

    private static void Part(
        StringBuilder text,
        StringBuilder html,
        string language,
        string greeting,
        string words,
        string label,
        string? link
    )
    {
        text.Append(greeting).Append("\n\n").Append(words).Append('\n');
        html.Append("<div lang=\"").Append(language).Append("\"><p>").Append(WebUtility.HtmlEncode(greeting)).Append("</p><p>");
        html.Append(WebUtility.HtmlEncode(words)).Append("</p>");
        if (link is not null)
        {
            text.Append('\n').Append(label).Append(":\n").Append(link).Append('\n');
            html.Append("<p><a href=\"")
                .Append(WebUtility.HtmlEncode(link))
                .Append("\">")
                .Append(WebUtility.HtmlEncode(label))
                .Append("</a></p>");
        }
        text.Append('\n');
        html.Append("</div>");
    }

    private static Words Of(MailKind kind) =>
        kind switch
        {
            MailKind.Invitation => new(
                "Mời sử dụng tài khoản PAC / Your PAC account",
                "Một tài khoản đã được tạo cho bạn. Hãy đặt mật khẩu của bạn trong vòng bốn ngày. Nếu bạn không biết về việc này, hãy bỏ qua thư.",
                "An account was made for you. Please set your password within four days. If you know nothing of this, ignore this letter.",
                "Đặt mật khẩu",
                "Set your password"
            ),
            MailKind.ConfirmAddress => new(
                "Xác nhận địa chỉ thư điện tử / Confirm your e-mail address",
                "Hãy xác nhận rằng địa chỉ này là của bạn. Liên kết có hiệu lực trong một giờ và dùng được một lần.",
                "Please confirm that this address is yours. The link is good for one hour and once only.",
                "Xác nhận địa chỉ",
                "Confirm the address"
            ),
            MailKind.ResetPassword => new(
                "Đặt lại mật khẩu / Reset your password",
                "Có người, có lẽ là bạn, đã yêu cầu đặt lại mật khẩu. Liên kết có hiệu lực trong một giờ và dùng được một lần. Nếu không phải bạn, hãy bỏ qua thư này: mật khẩu không thay đổi.",
                "Somebody, probably you, asked to reset your password. The link is good for one hour and once only. If it was not you, ignore this letter: nothing has changed.",
                "Đặt lại mật khẩu",
                "Reset the password"
            ),
            MailKind.PasswordChanged => new(
                "Mật khẩu đã được thay đổi / Your password was changed",
                "Mật khẩu của bạn vừa được thay đổi và các phiên đăng nhập khác đã kết thúc. Nếu không phải bạn, hãy báo ngay cho quản trị viên.",
                "Your password has just been changed and other sessions were ended. If it was not you, tell the administrator at once."
            ),
            MailKind.SecondFactorAdded => new(
                "Đã thêm cách xác thực / A way to sign in was added",
                "Một ứng dụng xác thực, khóa truy cập hoặc tài khoản liên kết vừa được thêm vào tài khoản của bạn. Nếu không phải bạn, hãy đổi mật khẩu và báo ngay cho quản trị viên.",
                "An authenticator app, a passkey or a linked account has just been added to your account. If it was not you, change your password and tell the administrator at once."
            ),
            MailKind.SecondFactorRemoved => new(
                "Đã gỡ cách xác thực / A way to sign in was removed",
                "Một ứng dụng xác thực, khóa truy cập hoặc tài khoản liên kết vừa được gỡ khỏi tài khoản của bạn. Nếu không phải bạn, hãy đổi mật khẩu và báo ngay cho quản trị viên.",
                "An authenticator app, a passkey or a linked account has just been removed from your account. If it was not you, change your password and tell the administrator at once."
            ),
            MailKind.NewDevice => new(
                "Đăng nhập trên thiết bị mới / Sign-in on a new device",
                "Tài khoản của bạn vừa được đăng nhập trên một thiết bị mới. Nếu không phải bạn, hãy đổi mật khẩu và kết thúc các phiên đăng nhập khác.",
                "Your account was just used to sign in on a new device. If it was not you, change your password and end the other sessions."
            ),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
}
