using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Pac.Identity.Account;
using Pac.Identity.Persistence;

namespace Pac.Identity.Pages;

/// <summary>Where a user is signed in, which devices are remembered, and how to end both.</summary>
internal static class SessionsPage
{
    private const string Here = "/account/sessions";
    private const int Most = 50;

    // Tokens of a session live on for at most half a day after it.
    private static readonly TimeSpan TokensLive = TimeSpan.FromHours(12);

    public static void Map(IEndpointRouteBuilder root)
    {
        root.MapGet(Here, Visitor.Only(Show)).ExcludeFromDescription();
        root.MapPost(Here + "/end", Visitor.Sends(End)).DisableAntiforgery().ExcludeFromDescription();
        root.MapPost(Here + "/end-others", Visitor.Sends(EndOthers)).DisableAntiforgery().ExcludeFromDescription();
        root.MapPost(Here + "/forget", Visitor.Sends(Forget)).DisableAntiforgery().ExcludeFromDescription();
    }

    private static async Task<IResult> Show(Visitor v)
    {
        var p = v.Page;
        var db = p.Http.RequestServices.GetRequiredService<IdentityStore>();
        var options = p.Http.RequestServices.GetRequiredService<SignInSettings>();
        var since = db.Now - options.Absolute - TokensLive;
        var open = await db
            .Sessions.AsNoTracking()
            .Where(s => s.UserId == v.User.Id && s.EndedAt == null && s.StartedAt > since)
            .OrderByDescending(s => s.StartedAt)
            .Take(Most)
            .ToListAsync(p.Cancel);
        var rows = string.Concat(
            open.Select(s =>
                $"<div class=\"row\"><p><strong>{Page.Safe(s.Device)}</strong>{(s.Id == v.Session ? p.T(" (phiên này)", " (this session)") : "")}</p>"
                + $"<p>{p.T("Bắt đầu ", "Began ")}{v.When(s.StartedAt)}; {p.T("dùng lần cuối ", "last used ")}{v.When(s.SeenAt)}; {Page.Safe(s.Address)}</p>"
                + (
                    s.Id == v.Session
                        ? ""
                        : p.Form(
                            Here + "/end",
                            Hidden("id", s.Id),
                            p.T("Kết thúc phiên lúc ", "End the session of ") + v.When(s.StartedAt),
                            "danger small"
                        )
                )
                + "</div>"
            )
        );
        var others = open.Exists(s => s.Id != v.Session)
            ? p.Form(Here + "/end-others", "", p.T("Kết thúc mọi phiên khác", "End all other sessions"), "danger")
            : "";
        var now = db.Now;
        var devices = await db
            .Devices.AsNoTracking()
            .Where(d => d.UserId == v.User.Id && d.TrustedUntil > now)
            .OrderByDescending(d => d.LastSeenAt)
            .Take(Most)
            .ToListAsync(p.Cancel);
        var remembered = string.Concat(
            devices.Select(d =>
                $"<div class=\"row\"><p><strong>{Page.Safe(d.Name)}</strong></p><p>{p.T("Không hỏi mã đến ", "No code asked until ")}{v.When(d.TrustedUntil!.Value)}</p>"
                + p.Form(
                    Here + "/forget",
                    Hidden("id", d.BrowserId),
                    p.T("Hỏi mã lại trên ", "Ask for codes again on ") + d.Name,
                    "danger small"
                )
                + "</div>"
            )
        );
        return v.Show(
            p.T("Phiên đăng nhập", "Sessions"),
            v.Done("Đã lưu thay đổi.", "The change is saved.")
                + rows
                + others
                + (devices.Count > 0 ? $"<h2>{p.T("Thiết bị không hỏi mã", "Devices without a code")}</h2>{remembered}" : "")
        );
    }

    private static async Task<IResult> End(Visitor v)
    {
        if (Guid.TryParse(v.Page.Field("id"), out var id))
            await v.Page.Http.RequestServices.GetRequiredService<Sessions>().End(v.User.Id, id, null, "ended-by-user", v.Page.Cancel);
        return v.Page.Go(Here + "?done=1");
    }

    private static async Task<IResult> EndOthers(Visitor v)
    {
        await v.Page.Http.RequestServices.GetRequiredService<Sessions>().End(v.User.Id, null, v.Session, "ended-by-user", v.Page.Cancel);
        return v.Page.Go(Here + "?done=1");
    }

    private static async Task<IResult> Forget(Visitor v)
    {
        var db = v.Page.Http.RequestServices.GetRequiredService<IdentityStore>();
        if (Guid.TryParse(v.Page.Field("id"), out var id))
        {
            db.Note("Device", id.ToString(), null, "device-forget", v.User.Id.ToString());
            await db.SaveChangesAsync(v.Page.Cancel);
            await db
                .Devices.Where(d => d.UserId == v.User.Id && d.BrowserId == id)
                .ExecuteUpdateAsync(u => u.SetProperty(d => d.TrustedUntil, (DateTimeOffset?)null), v.Page.Cancel);
        }
        return v.Page.Go(Here + "?done=1");
    }

    private static string Hidden(string name, Guid value) => $"<input type=\"hidden\" name=\"{name}\" value=\"{value}\">";
}
