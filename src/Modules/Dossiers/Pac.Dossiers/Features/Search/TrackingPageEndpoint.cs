using System.Globalization;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Pac.BuildingBlocks.Web;
using Pac.Dossiers.Domain;
using Pac.SharedKernel;

namespace Pac.Dossiers.Features.Search;

/// <summary>What a person sees who scans the QR code of the receipt: the same as the public tracking of the API, in words.</summary>
internal static class TrackingPageEndpoint
{
    public static void Map(IEndpointRouteBuilder root) => root.MapGet("/track/{code}", Handle).ExcludeFromDescription();

    private static async Task<IResult> Handle(string code, HttpContext http, ISender sender, CancellationToken ct)
    {
        var english = HtmlPage.English(http.Request);
        CultureInfo.CurrentUICulture = english ? Language.English : Language.Vietnamese;
        var title = english ? "Your dossier" : "Hồ sơ của bạn";
        try
        {
            return HtmlPage.Show(http, english, title, Content(await sender.Send(new TrackDossier(code), ct), english, title));
        }
        catch (NotFoundException)
        {
            var unknown = english
                ? "There is no dossier with this code. Please check the code on your receipt."
                : "Không có hồ sơ mang mã này. Hãy kiểm tra lại mã trên giấy tiếp nhận.";
            return HtmlPage.Show(http, english, title, $"<h1>{title}</h1><p>{unknown}</p>", StatusCodes.Status404NotFound);
        }
    }

    private static string Content(Tracking t, bool english, string title)
    {
        var lines = new List<(string Name, string? Value)>
        {
            (english ? "Code" : "Mã hồ sơ", t.Code),
            (english ? "Procedure" : "Thủ tục", t.ProcedureName),
            (english ? "Agency" : "Cơ quan giải quyết", t.AgencyName),
            (english ? "Status" : "Trạng thái", InWords(t.Status, english)),
            (english ? "Received" : "Ngày tiếp nhận", Written(t.ReceivedAt)),
            (english ? "Result promised" : "Ngày hẹn trả kết quả", Written(t.DueAt)),
            (english ? "Settled" : "Ngày giải quyết xong", Written(t.SettledAt)),
            (english ? "Result returned" : "Ngày trả kết quả", Written(t.ReturnedAt)),
        };
        var list = string.Concat(lines.Where(l => l.Value is not null).Select(l => $"<dt>{l.Name}</dt><dd>{HtmlPage.Safe(l.Value)}</dd>"));
        return $"<h1>{title}</h1><dl>{list}</dl>";
    }

    private static string? Written(DateTimeOffset? at) => at?.ToLocal().ToString("HH:mm dd/MM/yyyy", CultureInfo.InvariantCulture);

    internal static string InWords(DossierStatus status, bool english) =>
        status switch
        {
            DossierStatus.Submitted => english ? "Submitted" : "Mới đăng ký",
            DossierStatus.Received => english ? "Received" : "Được tiếp nhận",
            DossierStatus.Rejected => english ? "Not accepted" : "Không được tiếp nhận",
            DossierStatus.InProcess => english ? "Being worked on" : "Đang xử lý",
            DossierStatus.SupplementRequested => english ? "Papers are missing" : "Yêu cầu bổ sung giấy tờ",
            DossierStatus.FinancialObligationRequested => english ? "A payment is awaited" : "Yêu cầu thực hiện nghĩa vụ tài chính",
            DossierStatus.WithdrawalRequested => english ? "Withdrawal requested" : "Công dân yêu cầu rút hồ sơ",
            DossierStatus.Stopped => english ? "Stopped" : "Dừng xử lý",
            DossierStatus.Completed => english ? "Settled: the result is ready" : "Đã xử lý xong: đã có kết quả",
            _ => english ? "Result returned" : "Đã trả kết quả",
        };
}
