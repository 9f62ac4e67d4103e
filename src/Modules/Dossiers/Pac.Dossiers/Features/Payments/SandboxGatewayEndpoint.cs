using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Gateway;
using Pac.Dossiers.Persistence;

namespace Pac.Dossiers.Features.Payments;

/// <summary>The page of the sandbox on which the payer says that it was paid or that it failed. It is there in Development only.</summary>
internal static class SandboxGatewayEndpoint
{
    private const int MostNotices = 5;

    public static void Map(IEndpointRouteBuilder root)
    {
        if (root.ServiceProvider.GetService<SandboxGateway>() is not { } gateway)
            return;
        root.MapGet(SandboxGateway.Page + "{code}", (string code, HttpContext http, CancellationToken ct) => Show(gateway, code, http, ct))
            .ExcludeFromDescription();
        root.MapPost(SandboxGateway.Page + "{code}", (string code, HttpContext http, CancellationToken ct) => Act(gateway, code, http, ct))
            .ExcludeFromDescription();
    }

    private static async Task<IResult> Show(SandboxGateway gateway, string code, HttpContext http, CancellationToken ct)
    {
        var english = HtmlPage.English(http.Request);
        var title = english ? "Sandbox of the payment gateway" : "Cổng thanh toán thử nghiệm";
        return await gateway.Find(code, ct) is { } order
            ? HtmlPage.Show(http, english, title, Content(order, english, title))
            : HtmlPage.Show(http, english, title, $"<h1>{title}</h1>", StatusCodes.Status404NotFound);
    }

    // What the payer did, and how often the notice about it is sent: not at all when it gets lost on the way.
    private static async Task<IResult> Act(SandboxGateway gateway, string code, HttpContext http, CancellationToken ct)
    {
        if (!http.Request.HasFormContentType || await gateway.Find(code, ct) is not { } order)
            return await Show(gateway, code, http, ct);
        var form = await http.Request.ReadFormAsync(ct);
        var dong = long.TryParse(form["amount"], NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : order.AmountDong;
        var notices = int.TryParse(form["notices"], NumberStyles.None, CultureInfo.InvariantCulture, out var n)
            ? Math.Min(n, MostNotices)
            : 1;
        switch (form["outcome"].ToString())
        {
            case "paid":
                await gateway.Pay(code, dong, "SB" + Guid.CreateVersion7().ToString("N"), ct);
                break;
            case "failed":
                await gateway.Fail(code, ct);
                break;
        }
        await gateway.Tell(code, notices, ct);
        return TypedResults.LocalRedirect("~" + SandboxGateway.Page + Uri.EscapeDataString(code));
    }

    private static string Content(SandboxOrder order, bool english, string title)
    {
        var address = HtmlPage.Safe(SandboxGateway.Page + order.Code);
        return $"""
            <h1>{title}</h1>
            <dl><dt>{(english ? "Order" : "Giao dịch")}</dt><dd>{HtmlPage.Safe(order.Code)}</dd>
            <dt>{(english ? "Amount" : "Số tiền")}</dt><dd>{order.AmountDong.ToString("N0", CultureInfo.InvariantCulture)} VND</dd>
            <dt>{(english ? "State" : "Trạng thái")}</dt><dd>{HtmlPage.Safe(order.State)}</dd></dl>
            {Button("paid", english ? "I have paid" : "Đã thanh toán")}{Button("failed", english ? "It failed" : "Thanh toán lỗi")}
            {Button("again", english ? "Send the notice again" : "Gửi lại thông báo")}
            """;

        string Button(string outcome, string text) =>
            $"<form method=\"post\" action=\"{address}\"><input type=\"hidden\" name=\"outcome\" value=\"{outcome}\"><button>{text}</button></form>";
    }
}
