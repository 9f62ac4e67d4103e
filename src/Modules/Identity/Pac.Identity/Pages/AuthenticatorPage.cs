using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Pac.Identity.Account;
using Pac.Identity.Domain;
using Pac.Identity.Mail;
using Pac.Identity.Persistence;
using QRCoder;

namespace Pac.Identity.Pages;

/// <summary>The authenticator app and the recovery codes of a user.</summary>
internal static class AuthenticatorPage
{
    private const string Here = "/account/second-factor";

    public static void Map(IEndpointRouteBuilder root)
    {
        root.MapGet(Here, Visitor.Only(Show, fresh: true)).ExcludeFromDescription();
        root.MapPost(Here, Visitor.Sends(Confirm, fresh: true)).DisableAntiforgery().ExcludeFromDescription();
        root.MapPost(Here + "/codes", Visitor.Sends(NewCodes, fresh: true)).DisableAntiforgery().ExcludeFromDescription();
        root.MapPost(Here + "/remove", Visitor.Sends(Remove, fresh: true)).DisableAntiforgery().ExcludeFromDescription();
    }

    private static Task<IResult> Show(Visitor v) => Form(v, null);

    private static async Task<IResult> Form(Visitor v, IReadOnlyList<Fault>? faults)
    {
        var p = v.Page;
        var factor = p.Http.RequestServices.GetRequiredService<SecondFactor>();
        if (v.User.TwoFactorEnabled)
        {
            var left = await factor.CodesLeft(v.User.Id, p.Cancel);
            return v.Show(
                p.T("Xác thực hai bước", "Second factor"),
                Page.Paragraph(p.T("Ứng dụng xác thực đang được dùng.", "An authenticator app is in use."))
                    + Page.Paragraph(p.T($"Còn {left} mã khôi phục chưa dùng.", $"{left} recovery codes are left."))
                    + p.Form(Here + "/codes", "", p.T("Tạo mã khôi phục mới", "Make new recovery codes"), "second")
                    + p.Form(Here + "/remove", "", p.T("Gỡ ứng dụng xác thực", "Remove the authenticator app"), "danger"),
                faults
            );
        }
        var sessions = p.Http.RequestServices.GetRequiredService<Sessions>();
        var forced = await sessions.NeedsSecondFactor(v.User, p.Cancel)
            ? Page.Paragraph(
                p.T(
                    "Vai trò của bạn yêu cầu xác thực hai bước. Hãy thiết lập để tiếp tục.",
                    "Your role asks for a second factor. Set it up to go on."
                )
            )
            : "";
        var key = OneTimeCode.Written(await factor.Pending(v.User.Id, p.Cancel));
        return v.Show(
            p.T("Bật xác thực hai bước", "Set up a second factor"),
            forced
                + Page.Paragraph(
                    p.T(
                        "Quét mã này bằng ứng dụng xác thực trên điện thoại, hoặc nhập khóa bằng tay.",
                        "Scan this code with an authenticator app on your phone, or type the key."
                    )
                )
                + $"<div class=\"qr\" role=\"img\" aria-label=\"{p.T("Mã QR của khóa", "QR code of the key")}\">{Code(v.User.UserName!, key)}</div>"
                + $"<p>{p.T("Khóa", "Key")}: <span class=\"key\">{string.Join(' ', key.Chunk(4).Select(c => new string(c)))}</span></p>"
                + p.Form(
                    p.With(Here),
                    p.Input(
                        "code",
                        p.T("Mã 6 chữ số trong ứng dụng", "6-digit code of the app"),
                        "one-time-code",
                        faults: faults,
                        most: 12,
                        more: " inputmode=\"numeric\""
                    ),
                    p.T("Bật", "Turn on")
                ),
            faults
        );
    }

    private static async Task<IResult> Confirm(Visitor v)
    {
        var (p, services) = (v.Page, v.Page.Http.RequestServices);
        var factor = services.GetRequiredService<SecondFactor>();
        if (v.User.TwoFactorEnabled)
            return p.Go(Here);
        if (!await factor.Confirm(v.User.Id, p.Field("code"), p.Cancel))
            return await Form(
                v,
                [
                    new(
                        "code",
                        p.T(
                            "Mã không đúng. Hãy đợi mã tiếp theo rồi thử lại.",
                            "The code is not right. Wait for the next one and try again."
                        )
                    ),
                ]
            );
        var codes = await Save(v, true, "second-factor-add", MailKind.SecondFactorAdded);
        await services
            .GetRequiredService<Sessions>()
            .Start(p.Http, v.User, [.. v.Amr.Except(["mfa"]), "otp", "mfa"], trust: false, p.Cancel);
        return Codes(v, codes);
    }

    private static async Task<IResult> NewCodes(Visitor v) =>
        v.User.TwoFactorEnabled ? Codes(v, await Save(v, true, "recovery-codes", null)) : v.Page.Go(Here);

    private static async Task<IResult> Remove(Visitor v)
    {
        if (!v.User.TwoFactorEnabled)
            return v.Page.Go(Here);
        await Save(v, false, "second-factor-remove", MailKind.SecondFactorRemoved);
        return v.Page.Go("/account?done=1");
    }

    private static async Task<IReadOnlyList<string>> Save(Visitor v, bool on, string act, MailKind? letter)
    {
        var (p, services) = (v.Page, v.Page.Http.RequestServices);
        var db = services.GetRequiredService<IdentityStore>();
        var factor = services.GetRequiredService<SecondFactor>();
        await using var transaction = await db.Database.BeginTransactionAsync(p.Cancel);
        IReadOnlyList<string> codes = [];
        if (on)
            codes = await factor.NewRecoveryCodes(v.User.Id, p.Cancel);
        else
            await factor.Remove(v.User.Id, p.Cancel);
        v.User.TwoFactorEnabled = on;
        if (letter is { } kind)
            MailJobs.Queue(db, v.User, kind);
        db.Note(nameof(User), v.User.Id.ToString(), null, act, v.User.Id.ToString());
        await services.GetRequiredService<UserManager<User>>().UpdateAsync(v.User);
        await transaction.CommitAsync(p.Cancel);
        return codes;
    }

    private static IResult Codes(Visitor v, IReadOnlyList<string> codes)
    {
        var p = v.Page;
        return v.Show(
            p.T("Mã khôi phục của bạn", "Your recovery codes"),
            Page.Done(p.T("Xác thực hai bước đang bật.", "The second factor is on."))
                + Page.Paragraph(
                    p.T(
                        "Hãy in hoặc chép lại các mã này và cất nơi an toàn: chúng chỉ hiện một lần. Mỗi mã đăng nhập được một lần khi không có điện thoại.",
                        "Print or copy these codes and keep them in a safe place: they are shown only now. Each signs you in once without your phone."
                    )
                )
                + $"<ol class=\"codes\">{string.Concat(codes.Select(c => $"<li>{c}</li>"))}</ol>"
                + Page.Link(p.Back ?? "/account", p.T("Tôi đã cất các mã, tiếp tục", "I have kept the codes, continue"))
        );
    }

    private static string Code(string name, string key)
    {
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(
            $"otpauth://totp/PAC:{Uri.EscapeDataString(name)}?secret={key}&issuer=PAC&algorithm=SHA1&digits=6&period=30",
            QRCodeGenerator.ECCLevel.M
        );
        using var svg = new SvgQRCode(data);
        return svg.GetGraphic(4);
    }
}
