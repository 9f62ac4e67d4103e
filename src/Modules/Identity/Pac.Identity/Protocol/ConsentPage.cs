using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using OpenIddict.Abstractions;
using Pac.BuildingBlocks.Web;
using Pac.Identity.Domain;

namespace Pac.Identity.Protocol;

/// <summary>Asks whether an application may act for a person. Applications are registered by the centre, so it is shown only where one wants it (prompt=consent).</summary>
internal static class ConsentPage
{
    public const string Field = "pac_consent";

    /// <summary>What the person answered; null when he has not been asked.</summary>
    public static async Task<bool?> Answer(HttpContext http, IAntiforgery forgery)
    {
        if (!http.Request.HasFormContentType || !http.Request.Form.TryGetValue(Field, out var answer))
            return null;
        return await forgery.IsRequestValidAsync(http) ? answer == "yes" : null;
    }

    public static async Task<IResult> Ask(
        HttpContext http,
        IAntiforgery forgery,
        OpenIddictRequest request,
        IOpenIddictApplicationManager clients,
        User user
    )
    {
        var english = HtmlPage.English(http.Request);
        var client = await clients.FindByClientIdAsync(request.ClientId!);
        var name = HtmlPage.Safe(client is null ? request.ClientId : await clients.GetDisplayNameAsync(client) ?? request.ClientId);
        var title = english ? "Allow access?" : "Cho phép truy cập?";
        var text = english
            ? $"<b>{name}</b> wants to act for <b>{HtmlPage.Safe(user.DisplayName)}</b>:"
            : $"<b>{name}</b> muốn thay mặt <b>{HtmlPage.Safe(user.DisplayName)}</b>:";
        var tokens = forgery.GetAndStoreTokens(http);
        var hidden = AuthorizeEndpoint
            .Parameters(request)
            .Append(new(tokens.FormFieldName, tokens.RequestToken))
            .Select(p => $"<input type=\"hidden\" name=\"{HtmlPage.Safe(p.Key)}\" value=\"{HtmlPage.Safe(p.Value)}\">");
        var scopes = request.GetScopes().Select(s => $"<li>{HtmlPage.Safe(s)}</li>");
        return HtmlPage.Show(
            http,
            english,
            title,
            $"""
            <h1>{title}</h1><p>{text}</p><ul>{string.Concat(scopes)}</ul>
            <form method="post" action="/connect/authorize">{string.Concat(hidden)}
            <button name="{Field}" value="yes">{(english ? "Allow" : "Cho phép")}</button>
            <button name="{Field}" value="no">{(english ? "Do not allow" : "Không cho phép")}</button></form>
            """
        );
    }
}
