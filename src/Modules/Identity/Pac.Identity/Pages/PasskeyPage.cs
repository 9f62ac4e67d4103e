using System.Buffers.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Pac.Identity.Account;
using Pac.Identity.Domain;
using Pac.Identity.Mail;
using Pac.Identity.Persistence;

namespace Pac.Identity.Pages;

/// <summary>The passkeys of a user.</summary>
internal static class PasskeyPage
{
    private const string Here = "/account/passkeys";
    private const int Most = 20;

    public static void Map(IEndpointRouteBuilder root)
    {
        root.MapGet(Here, Visitor.Only(v => Form(v, null), fresh: true)).ExcludeFromDescription();
        root.MapPost(Here + "/options", Visitor.Sends(Offer, fresh: true)).DisableAntiforgery().ExcludeFromDescription();
        root.MapPost(Here, Visitor.Sends(Register, fresh: true)).DisableAntiforgery().ExcludeFromDescription();
        root.MapPost(Here + "/remove", Visitor.Sends(Remove, fresh: true)).DisableAntiforgery().ExcludeFromDescription();
    }

    private static async Task<IResult> Form(Visitor v, IReadOnlyList<Fault>? faults)
    {
        var p = v.Page;
        var keys = await p.Http.RequestServices.GetRequiredService<UserManager<User>>().GetPasskeysAsync(v.User);
        var rows = string.Concat(
            keys.OrderBy(k => k.CreatedAt)
                .Select(k =>
                    $"<div class=\"row\"><p><strong>{Page.Safe(k.Name)}</strong></p><p>{p.T("Thêm lúc ", "Added ")}{v.When(k.CreatedAt)}</p>"
                    + p.Form(
                        Here + "/remove",
                        $"<input type=\"hidden\" name=\"id\" value=\"{Base64Url.EncodeToString(k.CredentialId)}\">",
                        p.T("Gỡ ", "Remove ") + k.Name,
                        "danger small"
                    )
                    + "</div>"
                )
        );
        var add =
            $"<form method=\"post\" action=\"{Here}\" data-passkey=\"create\" data-options=\"{Here}/options\" novalidate hidden>{p.Token()}"
            + "<input type=\"hidden\" name=\"credential\" value=\"\">"
            + p.Input(
                "name",
                p.T("Tên của khóa, ví dụ Điện thoại của tôi", "Name of the passkey, such as My phone"),
                "off",
                faults: faults,
                most: 60
            )
            + $"<p class=\"fault\" data-failed tabindex=\"-1\" hidden>{p.T("Không tạo được khóa truy cập. Hãy thử lại.", "The passkey could not be made. Please try again.")}</p>"
            + $"<button>{p.T("Thêm khóa truy cập", "Add a passkey")}</button></form>"
            + $"<noscript>{Page.Paragraph(p.T("Cần bật JavaScript để thêm khóa truy cập.", "Adding a passkey needs JavaScript."))}</noscript>";
        return v.Show(
            p.T("Khóa truy cập", "Passkeys"),
            v.Done("Đã lưu thay đổi.", "The change is saved.")
                + Page.Paragraph(
                    p.T(
                        "Khóa truy cập cho phép đăng nhập bằng vân tay, khuôn mặt hoặc mã PIN của thiết bị, không cần mật khẩu.",
                        "A passkey signs you in with fingerprint, face or PIN of your device, without a password."
                    )
                )
                + rows
                + add,
            faults
        );
    }

    private static async Task<IResult> Offer(Visitor v) =>
        TypedResults.Text(
            await v.Page.Http.RequestServices.GetRequiredService<Passkeys>().OfferRegistration(v.Page.Http, v.User),
            "application/json"
        );

    private static async Task<IResult> Register(Visitor v)
    {
        var (p, services) = (v.Page, v.Page.Http.RequestServices);
        var name = p.Field("name").Trim();
        if (name.Length is 0 or > 60)
            return await Form(
                v,
                [new("name", p.T("Hãy đặt tên cho khóa, nhiều nhất 60 ký tự.", "Give the passkey a name of at most 60 characters."))]
            );
        var users = services.GetRequiredService<UserManager<User>>();
        if ((await users.GetPasskeysAsync(v.User)).Count >= Most)
            return await Form(v, [new("name", p.T("Đã có 20 khóa. Hãy gỡ bớt trước.", "There are 20 passkeys. Remove one first."))]);
        Tell(v, "passkey-add", MailKind.SecondFactorAdded);
        if (!await services.GetRequiredService<Passkeys>().Register(p.Http, v.User, p.Field("credential"), name, p.Cancel))
            return await Form(v, [new("name", p.T("Khóa truy cập không được chấp nhận.", "The passkey was not accepted."))]);
        return p.Go(Here + "?done=1");
    }

    private static async Task<IResult> Remove(Visitor v)
    {
        var (p, users) = (v.Page, v.Page.Http.RequestServices.GetRequiredService<UserManager<User>>());
        var id = p.Field("id");
        if (
            id.Length is > 0 and < 2000
            && Base64Url.IsValid(id)
            && await users.GetPasskeyAsync(v.User, Base64Url.DecodeFromChars(id)) is { } key
        )
        {
            Tell(v, "passkey-remove", MailKind.SecondFactorRemoved);
            await users.RemovePasskeyAsync(v.User, key.CredentialId);
        }
        return p.Go(Here + "?done=1");
    }

    // Saved with the passkey itself.
    private static void Tell(Visitor v, string act, MailKind letter)
    {
        var db = v.Page.Http.RequestServices.GetRequiredService<IdentityStore>();
        MailJobs.Queue(db, v.User, letter);
        db.Note(nameof(User), v.User.Id.ToString(), null, act, v.User.Id.ToString());
    }
}
